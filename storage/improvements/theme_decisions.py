"""A theme that leads to an improvement: decided once, and then what people said is counted for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from engagement.conversations.press import Act, Decided, Press, PressResult
from engagement.dataclass import dataclass
from engagement.improvements.improvement import Improvement, Wanted
from engagement.improvements.themes import REMEMBERED
from engagement.sending.outbox import DIGEST_FOLLOWS, MessageKind
from engagement.understanding.reading import Tag
from storage.conversations.cards import SNOOZED
from storage.conversations.conversations import find_conversation
from storage.conversations.decisions import record_press
from storage.database import Tx
from storage.improvements.improvements import standing_improvement
from storage.improvements.improving import count_for, propose
from storage.improvements.theme_offers import offered_for
from storage.improvements.themes import hold_theme, settle_theme
from storage.improvements.themes_heard import BY_PEOPLE
from storage.sending.messages import mark_stale
from storage.stamps import stamp

# More is not counted at once: the newest are those who can still be told.
COUNTED_AT_MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeDecision:
    """What was decided about a theme, and the conversations that are to be counted for it."""

    improvement: Improvement
    conversations: tuple[int, ...]


def decide_theme(
    tx: Tx, workspace_id: str, theme_id: int, wanted: Wanted | int, *, drawn: int, by: str, at: datetime
) -> ThemeDecision | None:
    """Decide about a theme that was drawn from version `drawn`: a new improvement, or the one of that number.

    None, and nothing is changed, where somebody changed the theme since, or there is no such improvement.
    """
    theme = hold_theme(tx, workspace_id, theme_id)
    if theme is None or theme.version != drawn:
        return None
    if isinstance(wanted, int):
        improvement = standing_improvement(tx, wanted)
    else:
        improvement = propose(tx, workspace_id, wanted, by=by, at=at)
    if improvement is None or improvement.workspace_id != workspace_id:
        return None
    if not settle_theme(tx, workspace_id, theme, improvement.id, by=by, at=at):
        raise AssertionError("what was looked at in this transaction changed within it")
    _redraw_digests(tx, workspace_id, at=at)
    conversations = tuple(conversations_about(tx, workspace_id, theme.id, at=at))
    return ThemeDecision(improvement=improvement, conversations=conversations)


def conversations_about(tx: Tx, workspace_id: str, theme_id: int, *, at: datetime) -> list[int]:
    """Return where people spoke of a theme and that is counted for no improvement yet, the newest.

    What somebody put aside for a while stays aside.
    """
    rows = tx.all(
        f"""SELECT DISTINCT mention.conversation_id FROM mention_theme AS of_theme
            JOIN mention ON mention.id = of_theme.mention_id
            JOIN conversation ON conversation.id = mention.conversation_id
            WHERE of_theme.theme_id = :id AND of_theme.noticed_at >= :since AND mention.workspace_id = :workspace_id
              AND conversation.improvement_id = 0 AND conversation.told_in = 0 AND NOT {SNOOZED} AND {BY_PEOPLE}
            ORDER BY mention.conversation_id DESC LIMIT :limit""",  # noqa: S608 - constants only
        id=theme_id,
        workspace_id=workspace_id,
        since=stamp(at - REMEMBERED),
        limit=COUNTED_AT_MOST,
    )
    return [row["conversation_id"] for row in rows]


def count_conversations(
    tx: Tx, workspace_id: str, conversations: Sequence[int], improvement_id: int, *, by: str, at: datetime
) -> None:
    """React to conversations and count them for an improvement, as if somebody pressed it on each card.

    Whoever decided about one meanwhile keeps their decision.
    """
    for number in conversations:
        conversation = find_conversation(tx, number)
        if conversation is None or conversation.improvement_id:
            continue
        if conversation.tag is not Tag.REACT:
            react = Press(act=Act.REACT, conversation_id=number, by=by, drawn=conversation.version)
            outcome = record_press(tx, react, workspace_id=workspace_id, at=at)
            if not isinstance(outcome, Decided):
                continue
            conversation = outcome.conversation
        improve = Press(
            act=Act.IMPROVE,
            conversation_id=number,
            by=by,
            drawn=conversation.version,
            improvement_id=improvement_id,
        )
        count_for(tx, improve, workspace_id=workspace_id, at=at)


def react_from_card(tx: Tx, press: Press, *, workspace_id: str, at: datetime) -> PressResult:
    """React to a conversation, and count it for what a theme of it has led to, as its card says."""
    before = find_conversation(tx, press.conversation_id)
    outcome = record_press(tx, press, workspace_id=workspace_id, at=at)
    offered = offered_for(tx, before) if before and isinstance(outcome, Decided) else None
    if offered is None or not isinstance(outcome, Decided):
        return outcome
    improve = replace(press, act=Act.IMPROVE, drawn=outcome.conversation.version, improvement_id=offered.improvement.id)
    counted = count_for(tx, improve, workspace_id=workspace_id, at=at)
    return counted if isinstance(counted, Decided) else outcome


def _redraw_digests(tx: Tx, workspace_id: str, *, at: datetime) -> None:
    """Have the digests redrawn that people still look at: they say what was decided."""
    rows = tx.all(
        "SELECT id FROM digest WHERE workspace_id = :workspace_id AND created_at >= :since",
        workspace_id=workspace_id,
        since=stamp(at - DIGEST_FOLLOWS),
    )
    for row in rows:
        mark_stale(tx, MessageKind.DIGEST, str(row["id"]))
