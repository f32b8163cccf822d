"""What happened to a conversation, for people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engagement.conversations.conversation import Card
from engagement.conversations.correct import Correction
from engagement.conversations.past import Deed, Drafted, PastPage
from engagement.conversations.press import Act
from engagement.conversations.standing import waits_for_us
from engagement.records.lookup import Turn
from engagement.voice.draft import DraftDeed
from storage.calm.mutes import find_mute
from storage.conversations.corrections import corrections_of
from storage.conversations.mentions import asks_us, opening_mention
from storage.database import Row, Tx
from storage.improvements.improvements import find_improvement
from storage.records.history import read_facts
from storage.records.pages import page_of_lines
from storage.stamps import read_stamp, read_stamp_or_none
from storage.understanding.weights import why_it_matters
from storage.voice.drafts import OBJECT
from storage.voice.said import what_we_said

LINES = f"FROM history WHERE history.object IN ('conversation', '{OBJECT}') AND history.object_id = :id"


def past_of(tx: Tx, card: Card, turn: Turn | None = None, *, now: datetime) -> PastPage:
    """Return a page of the deeds about a card's conversation, newest first."""
    conversation_id = card.conversation.id
    rows, turns = page_of_lines(tx, LINES, turn, id=conversation_id)
    corrections = corrections_of(tx, conversation_id)
    waits = waits_for_us(card.conversation, ours_to_answer=asks_us(tx, conversation_id))
    return PastPage(
        deeds=tuple(_deed_from(tx, row, corrections) for row in rows),
        turns=turns,
        found_at=card.opening.stored.seen_at,
        priority=why_it_matters(tx, conversation_id, now=now) if waits else None,
    )


def _deed_from(tx: Tx, row: Row, corrections: Sequence[Correction]) -> Deed | Drafted:
    if row["object"] == OBJECT:
        return _drafted_from(row)
    act, facts, at = Act(row["act"]), read_facts(row["after_facts"]), read_stamp(row["at"])
    return Deed(
        act=act,
        by=row["actor"],
        at=at,
        **_said(tx, row["object_id"], act, facts),
        corrections=tuple(one for one in corrections if act is Act.CORRECT and (one.by, one.at) == (row["actor"], at)),
    )


def _drafted_from(row: Row) -> Drafted:
    facts = read_facts(row["after_facts"])
    return Drafted(
        deed=DraftDeed(row["act"]),
        by=row["actor"],
        at=read_stamp(row["at"]),
        text=facts["text"],
        note=facts["note"],
    )


def _said(  # noqa: PLR0911 one sort of deed each, side by side
    tx: Tx, conversation_id: int, act: Act, facts: dict[str, Any]
) -> dict[str, Any]:
    """Return what was said beside an act, by the names that a deed has for it."""
    match act:
        case Act.ASSIGN:
            return {"to": facts["claimed_by"]}
        case Act.ANSWERED | Act.ANSWERED_THERE:
            kept = what_we_said(tx, conversation_id, answered_at=facts["answered_at"])
            return {"link": facts["answer_url"], **kept}
        case Act.SOLVED_THERE:
            return {"link": facts["answer_url"]}
        case Act.SNOOZE:
            return {"until": read_stamp_or_none(facts["snoozed_until"]), "reason": facts["snooze_reason"]}
        case Act.IMPROVE | Act.SHIPPED | Act.NOT_SHIPPED:
            improvement = find_improvement(tx, facts["improvement_id"])
            return {"improvement": improvement.wanted.title if improvement else ""}
        case Act.TOGETHER:
            told = opening_mention(tx, facts["told_in"])
            return {"story": told.stored.post.title or told.stored.post.text if told else ""}
        case Act.MUTE:
            return {"mute": find_mute(tx, facts["mute_id"])}
        case _:
            return {}
