"""The names of the team: a form that adds one, and a form that forgets some."""

from collections.abc import Sequence
from typing import Final
from zlib import crc32

from engagement.prose import times
from engagement.team.team import Handle, Teammate
from handlers.views import blocks
from handlers.views.blocks import View
from handlers.views.mrkdwn import inline, user

# The names under which what was entered comes back (block_id and action_id alike).
WHO: Final = "who"
COMMUNITY: Final = "community"
NAME: Final = "name"
FORGOTTEN: Final = "forgotten"

TITLE: Final = "Teammates and names"
OPTIONS_AT_MOST: Final = 100
# Slack's limit of an option's value.
VALUE_LENGTH: Final = 150
NAME_LENGTH: Final = 100
REASON_LENGTH: Final = 200


def name_modal(communities: Sequence[str], *, asker: str) -> View:
    """Return the form that says under which name somebody of us writes in a community."""
    options = [blocks.option(each, each) for each in communities if len(each) <= VALUE_LENGTH][:OPTIONS_AT_MOST]
    return blocks.form(
        TITLE,
        [
            blocks.field(WHO, "Who?", blocks.user_select(WHO, "Somebody of us", chosen=asker)),
            blocks.field(COMMUNITY, "Where?", blocks.static_select(COMMUNITY, options, options[0])),
            blocks.field(
                NAME,
                "Under which name?",
                blocks.text_input(NAME, "paperless_pat", longest=NAME_LENGTH),
                hint="As it stands beside their posts there.",
            ),
        ],
        submit="Save",
        callback_id="team.name_submit",
        private_metadata="{}",
    )


def looking_for_modal(handle: Handle) -> View:
    """Return what is shown while we look whether somebody's posts can be read."""
    return blocks.modal(
        TITLE, [blocks.section(f"⏳ I look for *{inline(handle.name)}* on {inline(handle.community)} …")]
    )


def named_modal(slack_user: str, handle: Handle, *, reason: str = "") -> View:
    """Return the word that the name is known; `reason` says why the posts cannot be read there, if so."""
    said = f"{user(slack_user)} is *{inline(handle.name)}* on {inline(handle.community)}."
    reads = "I read what they post there, and see your replies by myself."
    cannot = f"I cannot read their posts there: {inline(reason, REASON_LENGTH)}. Press *We answered…* for replies."
    return blocks.modal(TITLE, [blocks.section(said), blocks.section(cannot if reason else reads)], close="Done")


def forget_modal(team: Sequence[Teammate]) -> View:
    """Return the form that asks which names are nobody's of us any more, of a hundred at most."""
    options = [
        blocks.option(f"{handle.name} on {handle.community}", value_of(mate, handle), mate.name)
        for mate in team
        for handle in mate.handles
    ]
    return blocks.form(
        TITLE,
        [
            blocks.field(
                FORGOTTEN,
                "Which of these should I forget?",
                blocks.multi_static_select(FORGOTTEN, "Names", options[:OPTIONS_AT_MOST]),
                hint="I stop reading their posts. What was answered stays answered.",
            )
        ],
        submit="Forget",
        callback_id="team.forget_submit",
        private_metadata="{}",
    )


def value_of(mate: Teammate, handle: Handle) -> str:
    """Return what an option carries of a name: it says nothing by itself, and nothing else has it."""
    names = f"{handle.community}\n{handle.name}"
    return f"{mate.slack_user}:{crc32(names.encode()):08x}"


def forgotten_modal(count: int) -> View:
    """Return the word that it is done."""
    said = f"I forgot {times(count, 'name')}." if count else "Somebody was faster: the names have changed meanwhile."
    return blocks.modal(TITLE, [blocks.section(said)], close="Done")
