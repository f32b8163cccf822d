"""History: who did what with a conversation, newest first."""

from collections.abc import Mapping
from typing import Final, assert_never

from engagement.conversations.correct import Correction, Field
from engagement.conversations.past import Deed, Drafted, PastPage
from engagement.prose import join
from engagement.records.lookup import About, Topic
from engagement.understanding.reading import Kind, Mood, Pillar
from engagement.voice.draft import DraftDeed
from handlers.views import blocks
from handlers.views.blocks import View
from handlers.views.conversations.snooze import reason_of_words
from handlers.views.conversations.standing_lines import muted_what
from handlers.views.mrkdwn import TITLE_LENGTH, doer, inline, link, quoted, user, when
from handlers.views.records.turning import HISTORY, turn_buttons, value_of
from handlers.views.refusals import deed_of
from handlers.views.team.labels import labels_button
from handlers.views.understanding.priority import say_parts
from handlers.views.words import KIND_NAME, MOOD_NAME, PILLAR_WORDS

SAID_LENGTH: Final = 300
IMPROVEMENT_LENGTH: Final = 100

DRAFTED: Final[Mapping[DraftDeed, str]] = {
    DraftDeed.WRITE: "wrote a draft",
    DraftDeed.APPROVE: "approved the draft",
    DraftDeed.SEND_BACK: "sent the draft back",
}


def history_modal(title: str, page: PastPage, *, reader: str, conversation_id: int) -> View:
    """Return how much a conversation matters, a page of what happened to it, and the way to its labels."""
    lines = [blocks.context(f"{when(deed.at)}  {_sentence(deed, reader)}") for deed in page.deeds]
    found = [] if page.turns.older else [blocks.context(f"{when(page.found_at)}  I found it")]
    turns = turn_buttons(value_of(About(topic=Topic.CONVERSATION, number=conversation_id)), page.turns)
    heading = blocks.section(f"*{inline(title, TITLE_LENGTH)}*", labels_button(conversation_id))
    matters = [blocks.context(say_parts(page.priority))] if page.priority else []
    return blocks.modal(HISTORY, [heading, *matters, *lines, *found, *turns])


def _sentence(deed: Deed | Drafted, reader: str) -> str:
    if isinstance(deed, Drafted):
        note = f": “{inline(deed.note, SAID_LENGTH)}”" if deed.note else ""
        said = f"\n{quoted(inline(deed.text, SAID_LENGTH))}" if deed.deed is DraftDeed.WRITE else ""
        return f"{doer(deed.by, reader=reader)} {DRAFTED[deed.deed]}{note}{said}"
    return f"{deed_of(deed, reader=reader)}{_details(deed)}"


def _details(deed: Deed) -> str:  # noqa: PLR0911 one sort of deed each, side by side
    if deed.to:
        return f" to {user(deed.to)}"
    if deed.link or deed.said:
        return _answer(deed)
    if deed.until:
        return f" until {when(deed.until)}{reason_of_words(deed.reason)}"
    if deed.mute:
        return f": {muted_what(deed.mute)}"
    if deed.improvement is not None:
        return f": *{inline(deed.improvement, IMPROVEMENT_LENGTH)}*" if deed.improvement else " no more"
    if deed.story:
        return f": “{inline(deed.story, IMPROVEMENT_LENGTH)}”"
    if deed.corrections:
        return f": {join([_correction(each) for each in deed.corrections])}"
    return ""


def _answer(deed: Deed) -> str:
    """Return what we said, where it can be read, who wrote it and who approved it."""
    read = f" ({link(deed.link, 'read it')})" if deed.link else ""
    wrote = f", written by {user(deed.written_by)}" if deed.written_by else ""
    approved = f", approved by {user(deed.approved_by)}" if deed.approved_by else ""
    said = f"\n{quoted(inline(deed.said, SAID_LENGTH))}" if deed.said.strip() else ""
    return f"{read}{wrote}{approved}{said}"


def _correction(correction: Correction) -> str:
    was, became = (_label(correction.field, value) for value in (correction.was, correction.became))
    return f"{was} → *{became}*"


def _label(field: Field, value: str) -> str:
    match field:
        case Field.KIND:
            return KIND_NAME[Kind(value)]
        case Field.MOOD:
            return f"mood {MOOD_NAME[Mood(value)].lower()}"
        case Field.PILLAR:
            return PILLAR_WORDS[Pillar(value)]
        case Field.US:
            return value
        case _:
            assert_never(field)
