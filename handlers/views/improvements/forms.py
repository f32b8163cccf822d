"""The forms of improvements: which one a mention is counted for, what it is, and what becomes of it."""

import json
from collections.abc import Sequence
from typing import Final

from engagement.improvements.asked_for import Demand, Told
from engagement.improvements.improvement import Improvement, ImprovementKind, Wanted
from engagement.prose import times
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.home.rows import card_address
from handlers.views.improvements.improvement import (
    KIND_NAME,
    STATE_NAME,
    example,
    title_line,
    value_of,
)
from handlers.views.mrkdwn import TITLE_LENGTH, in_lines, inline, link, separated, user

# The names under which what was entered comes back (block_id and action_id alike).
EXISTING: Final = "existing"
TITLE: Final = "title"
KIND: Final = "kind"
CHANNEL: Final = "department"
OWNER: Final = "owner"
TRACKER: Final = "tracker"
NOTE: Final = "note"
LINK: Final = "link"
INTO: Final = "into"
MOVED: Final = "moved"
# Beside the select that it narrows, in each form.
SEARCH: Final = "improvement.search"
SEARCH_INTO: Final = "improvement.search_into"
NO_IMPROVEMENT: Final = "0"
# What a select offers is Slack's limit, less the option that takes it out.
OFFERED_AT_MOST: Final = 99
LONGEST_TITLE: Final = 150
LONGEST_NOTE: Final = 500
LISTED_AT_MOST: Final = 40

NONE_OF_THAT_NAME: Final = "No other improvement has these words in its name."
CHOOSE_INTO: Final = "Please look for one that there is, and choose it."
CHOOSE_ONE: Final = "Please give it a name, or choose one that you have."
NAME_IT: Final = "Please say what should change."
ONE_OF_BOTH: Final = "You chose one above. Leave this empty, or choose none there."
NOTHING_TO_SPLIT: Final = (
    "Fewer than two conversations ask for this, so there is nothing to split. *Change…* says anew what it is."
)
HOW_TO_TELL: Final = "Each is owed a reply again: *I'll reply* on their card takes it. I notice when it is given."
SAY_WHY: Final = "Please say why: whoever asked may want to know."


def choose_modal(
    title: str,
    value: str,
    offered: Sequence[Improvement],
    *,
    counted_for: int,
    channel_id: str,
    wanted: Wanted,
    words: str = "",
    proposed: int = 0,
) -> View:
    """Return the form that counts a mention for an improvement: one of `offered`, or a new one.

    `value` is the card's `id:version`, `counted_for` the improvement it is counted for now (0: none), `proposed` one
    that is chosen already, `wanted` what is proposed for a new one. What was sought by `words` is offered where they
    are given. `private_metadata` is JSON: `{"value", "channel", "counted_for"}`.
    """
    existing = existing_field(offered, counted_for, proposed)
    searched = search_field(SEARCH, offered, words)
    return blocks.form(
        "Improvement",
        [
            blocks.section(f"*{inline(title, TITLE_LENGTH)}*"),
            *searched,
            *existing,
            *wanted_fields(wanted, is_new=bool(existing or searched)),
        ],
        submit="Save",
        callback_id="improvement.choose_submit",
        private_metadata=json.dumps({"value": value, "channel": channel_id, "counted_for": str(counted_for)}),
    )


def existing_field(offered: Sequence[Improvement], counted_for: int, proposed: int = 0) -> list[Block]:
    """Return the field that chooses one of `offered`; `counted_for` or else `proposed` (0: none) is chosen already.

    None for no choice.
    """
    options = [_option(each) for each in offered[:OFFERED_AT_MOST]]
    if counted_for:
        options.append(blocks.option("No improvement", NO_IMPROVEMENT))
    if not options:
        return []
    chosen = next((each for each in options if each["value"] == str(counted_for or proposed or "")), None)
    select = blocks.optional_select(EXISTING, "Choose one", options, chosen)
    return [blocks.field(EXISTING, "One that you have", select, optional=True)]


def search_field(action_id: str, offered: Sequence[Improvement], words: str) -> list[Block]:
    """Return the field that looks for an improvement by its name, where more may be there than are `offered`."""
    if not words and len(offered) < OFFERED_AT_MOST:
        return []
    field = blocks.search_input(action_id, "history backup", value=words)
    return [blocks.dispatching(blocks.field(action_id, "Look for one by its name", field, optional=True))]


def _option(improvement: Improvement) -> Block:
    what = f"{STATE_NAME[improvement.state]}, {KIND_NAME[improvement.wanted.kind].lower()}"
    return blocks.option(improvement.wanted.title, str(improvement.id), what)


def wanted_fields(wanted: Wanted, *, is_new: bool) -> list[Block]:
    """Return the fields that say what an improvement is; `is_new` where one may be chosen instead."""
    kinds = [blocks.option(KIND_NAME[kind], kind.value) for kind in ImprovementKind]
    kind = next(each for each in kinds if each["value"] == wanted.kind.value)
    title = blocks.text_input(TITLE, "Keep history in backups", value=wanted.title, longest=LONGEST_TITLE)
    tracker = blocks.url_input(TRACKER, "https://github.com/you/it/issues/7", value=wanted.tracker_url)
    return [
        blocks.field(TITLE, f"{'Or a new one: w' if is_new else 'W'}hat should change?", title, optional=is_new),
        blocks.field(KIND, "What sort of change", blocks.static_select(KIND, kinds, kind)),
        blocks.field(
            CHANNEL,
            "Which channel gets its card",
            blocks.conversation_select(CHANNEL, "Choose a channel", chosen=wanted.channel),
        ),
        blocks.field(OWNER, "Who has it", blocks.user_select(OWNER, "A teammate", chosen=wanted.owner), optional=True),
        blocks.field(TRACKER, "Its issue in your tracker", tracker, optional=True),
    ]


def change_modal(improvement: Improvement, *, channel_id: str) -> View:
    """Return the form that says anew what an improvement is."""
    return _form("Change", improvement, wanted_fields(improvement.wanted, is_new=False), "change", channel_id, "Save")


def ship_modal(demand: Demand, *, channel_id: str) -> View:
    """Return the form that says that it shipped, and what can be told of it."""
    link = blocks.url_input(LINK, "https://")
    note = blocks.text_input(NOTE, "In 1.0, restores keep history.", longest=LONGEST_NOTE)
    fields = [
        blocks.section(_will_be_told(demand)),
        blocks.field(LINK, "Where can people read about it?", link, optional=True),
        blocks.field(
            NOTE, "What is there now?", note, hint="Whoever tells them reads it on their cards.", optional=True
        ),
    ]
    return _form("It shipped", demand.improvement, fields, "ship", channel_id, "Shipped")


def _will_be_told(demand: Demand) -> str:
    if not demand.people:
        return "Nobody asked for it that I know of."
    return (
        f"*{times(demand.people, 'person', 'people')}* asked. Each to whom a reply would still be welcome is owed one "
        "again: their card says *tell them it shipped*."
    )


def decline_modal(improvement: Improvement, *, channel_id: str) -> View:
    """Return the form that declines it, with a reason."""
    note = blocks.text_input(NOTE, "It would break every link.", longest=LONGEST_NOTE)
    return _form("Decline", improvement, [blocks.field(NOTE, "Why not?", note)], "decline", channel_id)


def merge_modal(improvement: Improvement, others: Sequence[Improvement], *, channel_id: str, words: str = "") -> View:
    """Return the form that counts who asked for another, sought by `words` if any; or why there is none."""
    if not others and not words:
        return blocks.modal("Merge", [blocks.section("There is no other improvement to merge this with.")])
    options = [_option(each) for each in others[:OFFERED_AT_MOST]]
    fields = [
        blocks.section(
            "Everybody who asked for this is counted for the other one from then on, and this one is closed."
        ),
        *search_field(SEARCH_INTO, others, words),
        blocks.field(INTO, "Merge into", blocks.optional_select(INTO, "Choose one", options))
        if options
        else blocks.context(NONE_OF_THAT_NAME),
    ]
    return _form("Merge", improvement, fields, "merge", channel_id)


def split_modal(demand: Demand, *, channel_id: str) -> View:
    """Return the form that has some of those who asked counted for a new improvement; or why there is none."""
    by_conversation = {each.conversation_id: each for each in demand.asked}
    if len(by_conversation) < 2:  # noqa: PLR2004 - one stays
        return blocks.modal("Split", [blocks.section(NOTHING_TO_SPLIT)])
    options = [
        blocks.option(each.title or UNTITLED, str(number), f"{each.author} {each.community}".strip())
        for number, each in list(by_conversation.items())[:OFFERED_AT_MOST]
    ]
    going = blocks.multi_static_select(MOVED, "Choose some", options)
    left_out = len(by_conversation) - len(options)
    hint = f"The newest {len(options):,}; {left_out:,} more stay here." if left_out else ""
    wanted = Wanted(title="", kind=demand.improvement.wanted.kind, channel=demand.improvement.wanted.channel)
    fields = [
        blocks.section("Some who asked for this want something else? They are counted for a new one from then on."),
        blocks.field(MOVED, "Conversations that ask for something else", going, hint=hint),
        *wanted_fields(wanted, is_new=False),
    ]
    return _form("Split", demand.improvement, fields, "split", channel_id)


def people_modal(demand: Demand, *, team_url: str = "") -> View:
    """Return who is still to be told that it shipped, who asked first before the others, each with its card."""
    rows = [_to_tell(each, team_url) for each in demand.untold[:LISTED_AT_MOST]]
    more = len(demand.untold) - len(rows)
    return blocks.modal(
        "People to tell",
        [
            blocks.section(title_line(demand.improvement)),
            *([blocks.section(row) for row in rows] or [blocks.section("Everybody who can be reached was told.")]),
            *([blocks.context(f"and {more:,} more")] if more else []),
            *([blocks.context(HOW_TO_TELL)] if rows else []),
        ],
    )


def _to_tell(told: Told, team_url: str) -> str:
    card = card_address(told.channel, told.card_ts, team_url)
    who = f"{user(told.claimed_by)} tells them" if told.claimed_by else "nobody has it yet"
    return in_lines(example(told.asked), separated([who, link(card, "card") if card else ""]))


def _form(
    name: str, improvement: Improvement, fields: Sequence[Block], act: str, channel_id: str, submit: str = ""
) -> View:
    return blocks.form(
        name,
        [blocks.section(title_line(improvement)), *fields],
        submit=submit or name,
        callback_id=f"improvement.{act}_submit",
        private_metadata=json.dumps({"value": value_of(improvement), "channel": channel_id}),
    )
