"""Themes in the settings: their summary, the form of one, and what could be one."""

import json
from collections.abc import Sequence
from typing import Final

from engagement.improvements.theme_phrases import Suggested
from engagement.improvements.themes import LONGEST_PHRASE, LONGEST_THEME, PHRASES_AT_MOST, Theme
from engagement.prose import times
from engagement.records.lookup import Topic
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.mrkdwn import inline, some
from handlers.views.records.turning import history_button

# The names under which what was entered comes back (block_id and action_id alike).
THEME: Final = "theme"
NAME: Final = "name"
PHRASES: Final = "phrases"
END: Final = "end"

PHRASES_SHOWN: Final = 3
OPTIONS_AT_MOST: Final = 100


def say_theme(theme: Theme) -> str:
    """Return "*Lost history*: “lost history”, “history is empty” and 2 more"."""
    return f"*{inline(theme.name, LONGEST_THEME)}*: {some([_said(each) for each in theme.phrases], PHRASES_SHOWN)}"


def _said(phrase: str) -> str:
    return f"“{inline(phrase, LONGEST_PHRASE)}”"


def theme_modal(theme: Theme) -> View:
    """Return the form of a theme, new or to be changed; its number and version come back in `private_metadata`."""
    name = blocks.text_input(NAME, "Lost history after restore", value=theme.name, longest=LONGEST_THEME)
    phrases = blocks.text_input(
        PHRASES, "lost history, history is empty", multiline=True, value="\n".join(theme.phrases)
    )
    hint = f"By commas or lines, at most {PHRASES_AT_MOST}. A mention with any of them counts, in whatever case."
    return blocks.form(
        "Change a theme" if theme.id else "A new theme",
        [
            blocks.field(NAME, "What do you call it?", name),
            blocks.field(PHRASES, "How do people say it?", phrases, hint=hint),
            *([_end()] if theme.id else []),
            blocks.context("What was said in the last twelve weeks is read for it as well, within a minute or two."),
            *([blocks.actions(history_button(Topic.THEME, theme.id))] if theme.id else []),
        ],
        submit="Save",
        callback_id="theme.save",
        private_metadata=json.dumps({"theme": theme.id, "version": theme.version}),
    )


def _end() -> Block:
    box = blocks.checkboxes(END, [blocks.option("Look for it no more", END)], [])
    return blocks.field(END, "End it", box, optional=True)


def which_theme_modal(themes: Sequence[Theme]) -> View:
    """Return the form that asks which theme to change."""
    options = [blocks.option(theme.name, str(theme.id)) for theme in themes[:OPTIONS_AT_MOST]]
    if not options:
        return blocks.modal("Themes", [blocks.section("There is no theme to change.")])
    return blocks.form(
        "Change a theme",
        [blocks.field(THEME, "Which one?", blocks.static_select(THEME, options, options[0]))],
        submit="Next",
        callback_id="theme.picked",
        private_metadata="{}",
    )


def suggestions_modal(suggested: Sequence[Suggested], *, added: str = "") -> View:
    """Return what could be a theme, each one click away; `added` is what became one just now."""
    said = [blocks.section(f"✓ *{inline(added, LONGEST_THEME)}* is a theme now.")] if added else []
    rows = [
        blocks.section(
            f"{_said(each.phrase)}: {times(each.people, 'person', 'people')}",
            blocks.button("Use it", "theme.use", each.phrase),
        )
        for each in suggested
    ]
    more = "nothing else" if added else "nothing yet"
    nothing = f"I see {more} that three people say in the same words, in what was said about you in four weeks."
    hint = blocks.context("Said in four weeks, without your own names. Its name and phrases can be changed later.")
    return blocks.modal("What people say", [*said, *rows, hint] if rows else [*said, blocks.section(nothing)])
