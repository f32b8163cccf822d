"""What people keep coming back to, as the digest and its thread tell it, and the form that decides about it."""

import json
from collections.abc import Sequence
from typing import Final

from engagement.improvements.improvement import Improvement, ImprovementKind, Wanted
from engagement.improvements.themes import Improving, ThemeHeard
from engagement.listing import DIGEST_THEMES, Digest
from engagement.prose import times
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.improvements.forms import existing_field, search_field, wanted_fields
from handlers.views.improvements.improvement import STATE_NAME
from handlers.views.mrkdwn import in_lines, inline, link, quoted, separated, user

# All of a digest shares the 11,000 characters that Slack was seen to accept in one message.
TITLE_LENGTH: Final = 60
URL_LENGTH: Final = 200
SAID_LENGTH: Final = 100
# A view holds 100 blocks.
LISTED_AT_MOST: Final = 50
SEARCH_THEME: Final = "heard.search"
GONE: Final = "This theme is not looked for any more."
DECIDED_BEFORE: Final = (
    "Somebody decided about this theme, or changed it, since the form was opened. Nothing was saved."
)


def what_we_heard(digest: Digest) -> list[Block]:
    """Return the themes that a digest names, with the way to decide; in a quiet week only if anybody new speaks."""
    shown = digest.themes[:DIGEST_THEMES]
    if not shown or not (digest.waiting or any(each.new for each in shown)):
        return []
    lines = [f"• {theme_line(each)}" for each in shown]
    decide = [_decide(each, f"Decide about {each.name}…") for each in shown if each.is_undecided]
    see_all = blocks.button("See all themes", "heard.all", "all")
    return [blocks.section(in_lines("*What we heard*", *lines)), blocks.actions(*decide, see_all)]


def theme_line(heard: ThemeHeard) -> str:
    """Return "*Lost history*: 9 people in four weeks, 4 new → nobody has decided yet"."""
    name = f"*{inline(heard.name, TITLE_LENGTH)}*"
    if heard.is_undecided and heard.is_liked:
        like = "likes" if heard.people == 1 else "like"
        new = f", {heard.new:,} new" if heard.new else ""
        return f"{name}: {times(heard.people, 'person', 'people')} {like} it{new}; what would be more of it?"
    return f"{name}: {_people(heard)} → {_decided(heard.improving)}"


def theme_lines(heard: ThemeHeard) -> str:
    """Return a theme as the thread of the digest tells it, with the newest that was said of it."""
    said = [
        separated(
            [
                link(each.url, each.title or UNTITLED, limit=SAID_LENGTH, longest=URL_LENGTH),
                inline(each.community),
            ]
        )
        for each in heard.said
    ]
    return in_lines(theme_line(heard), quoted("\n".join(said)) if said else "")


def _people(heard: ThemeHeard) -> str:
    people = times(heard.people, "person", "people")
    if heard.new == heard.people:
        return f"{people}, {'all ' if heard.people > 1 else ''}new"
    return f"{people} in four weeks{f', {heard.new:,} new' if heard.new else ''}"


def _decided(improving: Improving | None) -> str:
    if improving is None:
        return "nobody has decided yet"
    title = link(improving.url, improving.title, limit=TITLE_LENGTH, longest=URL_LENGTH)
    owner = f" ({user(improving.owner)})" if improving.owner else ""
    return f"_{title}_, {STATE_NAME[improving.state].lower()}{owner}"


def _decide(heard: ThemeHeard, label: str) -> Block:
    # A number of its own: Slack takes each action_id once in a block.
    return blocks.button(label, f"heard.decide.{heard.theme_id}", str(heard.theme_id))


def all_themes_modal(heard: Sequence[ThemeHeard]) -> View:
    """Return every theme that anybody spoke of in four weeks, each with the way to decide where that is open."""
    rows = [
        blocks.section(theme_line(each), _decide(each, "Decide…") if each.may_be_decided else None)
        for each in heard[:LISTED_AT_MOST]
    ]
    nothing = "Nobody spoke of your themes in four weeks, or you have none yet: my Home has them, under *Settings*."
    hint = blocks.context("Each person counts once in each community. New: for the first time in these seven days.")
    return blocks.modal("Themes", [*rows, hint] if rows else [blocks.section(nothing)])


def decide_modal(
    heard: ThemeHeard,
    value: str,
    offered: Sequence[Improvement],
    *,
    conversations: int,
    channel_id: str,
    department: str,
    words: str = "",
) -> View:
    """Return the form that says what is to change because of a theme: one of `offered`, or a new improvement.

    `value` is the theme's `id:version`, `conversations` how many will be counted for it, `department` the channel
    proposed for a new one. What was sought by `words` is offered where they are given. `private_metadata` is JSON:
    `{"value", "channel", "proposed"}`.
    """
    searched = search_field(SEARCH_THEME, offered, words)
    kind = ImprovementKind.MORE if heard.is_liked else ImprovementKind.FIX
    wanted = Wanted(title=heard.name, kind=kind, channel=department)
    return blocks.form(
        "Decide",
        [
            blocks.section(theme_line(heard)),
            *searched,
            *existing_field(offered, 0),
            *wanted_fields(wanted, is_new=bool(offered or searched)),
            blocks.context(_will_be_counted(conversations)),
        ],
        submit="Decide",
        callback_id="heard.decide_submit",
        private_metadata=json.dumps({"value": value, "channel": channel_id, "proposed": heard.name}),
    )


def _will_be_counted(conversations: int) -> str:
    if not conversations:
        return "No conversation is left to count for it."
    cards = "Its card says" if conversations == 1 else "Their cards say"
    counted = times(conversations, "conversation is", "conversations are")
    return f"{counted} counted for it. {cards} *React*, and whoever asked hears of it when it ships."


def decided_before_modal(heard: ThemeHeard) -> View:
    """Return what was decided about a theme meanwhile."""
    return blocks.modal("Decided", [blocks.section(theme_line(heard))])


def gone_modal() -> View:
    """Return that a theme is not there any more."""
    return blocks.modal("Themes", [blocks.section(GONE)])
