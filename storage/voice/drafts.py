"""Drafts of replies: one at a time for each author in each conversation, shown in the thread of its card."""

from datetime import datetime

from engagement.dataclass import dataclass
from engagement.sending.outbox import MessageKind
from engagement.voice.draft import (
    CHANGED_IN_PLACE,
    Draft,
    DraftDeed,
    DraftState,
    Judged,
    JudgedBefore,
    JudgeResult,
    Verdict,
    first_state,
    judge,
)
from storage.calm.rollups import post_card
from storage.conversations.conversations import find_conversation
from storage.database import Row, Tx, the_row
from storage.records.history import write_history
from storage.sending.messages import find_message, mark_stale, queue_message
from storage.stamps import dump_list, load_list, read_stamp, read_stamp_or_none, stamp, stamp_or_none
from storage.voice.guide import find_roles

# What the history calls a draft; its number there is the conversation's, so that one look finds both.
OBJECT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """What somebody entered. `drawn` is the (id, version) of their own draft that the form was drawn from, if any.

    It `asks` for approval where somebody has to read it first.
    """

    conversation_id: int
    text: str
    by: str
    passed: tuple[str, ...] = ()
    drawn: tuple[int, int] = (0, 0)
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftKept:
    """It counted; the draft as it stands now."""

    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChangedBefore:
    """Nothing changed: their draft is another one since the form was drawn (judged, or saved in another window)."""

    draft: Draft


# None where the conversation is gone.
DraftResult = DraftKept | DraftChangedBefore | None


def drafts_of(tx: Tx, conversation_id: int) -> list[Draft]:
    """Return the drafts of a conversation in the order they were begun."""
    rows = tx.all("SELECT * FROM draft WHERE conversation_id = :id ORDER BY id", id=conversation_id)
    return [_draft_from(row) for row in rows]


def find_draft(tx: Tx, draft_id: int, *, workspace_id: str | None = None) -> Draft | None:
    """Return one draft, None where there is none; with `workspace_id`, none of another workspace."""
    row = tx.one("SELECT * FROM draft WHERE id = :id", id=draft_id)
    return _draft_from(row) if row and workspace_id in (None, row["workspace_id"]) else None


def save_draft(tx: Tx, workspace_id: str, new: NewDraft, *, at: datetime) -> DraftResult:
    """Keep a draft and show it in the card's thread.

    One that nobody has said a word about is changed in its place. One that was judged stays as it was judged, and the
    new one is a message of its own.
    """
    conversation = find_conversation(tx, new.conversation_id)
    if conversation is None or conversation.workspace_id != workspace_id:
        return None
    before = next((draft for draft in drafts_of(tx, new.conversation_id) if draft.by == new.by and draft.is_open), None)
    if before and (before.id, before.version) != new.drawn:
        return DraftChangedBefore(draft=before)
    if before and before.state in CHANGED_IN_PLACE:
        draft = _change(tx, before, new, at=at)
        if draft is None:
            return DraftChangedBefore(draft=find_draft(tx, before.id) or before)
    else:
        if before:
            set_state(tx, before, DraftState.REPLACED)
        draft = _begin(tx, workspace_id, new, at=at)
        _show(tx, workspace_id, conversation.channel, draft, at=at)
    mark_stale(tx, MessageKind.CARD, str(new.conversation_id))
    _note(tx, workspace_id, draft, act=DraftDeed.WRITE, by=new.by, at=at)
    return DraftKept(draft=draft)


def judge_draft(
    tx: Tx, draft_id: int, verdict: Verdict, *, workspace_id: str, by: str, drawn: int, note: str, at: datetime
) -> JudgeResult:
    """Approve a draft or send it back, and tell its author; who may, say the roles."""
    draft = find_draft(tx, draft_id, workspace_id=workspace_id)
    if draft is None:
        return None
    result = judge(draft, verdict, find_roles(tx, workspace_id), by=by, drawn=drawn, note=note, at=at)
    if not isinstance(result, Judged):
        return result
    after = result.draft
    if not _store(tx, after):
        return JudgedBefore(draft=find_draft(tx, draft_id) or draft)
    mark_stale(tx, MessageKind.DRAFT, str(draft.id))
    mark_stale(tx, MessageKind.CARD, str(draft.conversation_id))
    queue_message(
        tx,
        workspace_id=workspace_id,
        channel=after.by,
        kind=MessageKind.JUDGED,
        subject=str(after.id),
        part=after.version,
        at=at,
    )
    _note(tx, workspace_id, after, act=DraftDeed(verdict.value), by=by, at=at)
    return result


def set_state(tx: Tx, draft: Draft, state: DraftState) -> None:
    """Have a draft be at another point of its way, and its message say so."""
    tx.run("UPDATE draft SET state = :state, version = version + 1 WHERE id = :id", id=draft.id, state=state.value)
    mark_stale(tx, MessageKind.DRAFT, str(draft.id))


def _begin(tx: Tx, workspace_id: str, new: NewDraft, *, at: datetime) -> Draft:
    row = the_row(
        tx,
        """INSERT INTO draft (workspace_id, conversation_id, text, written_by, written_at, state, passed)
           VALUES (:workspace_id, :conversation_id, :text, :by, :at, :state, :passed) RETURNING *""",
        workspace_id=workspace_id,
        conversation_id=new.conversation_id,
        text=new.text,
        by=new.by,
        at=stamp(at),
        state=first_state(asks=new.asks).value,
        passed=dump_list(new.passed),
    )
    return _draft_from(row)


def _change(tx: Tx, before: Draft, new: NewDraft, *, at: datetime) -> Draft | None:
    """Have a draft say what was entered, if nobody judged it since."""
    row = tx.one(
        """UPDATE draft SET text = :text, written_at = :at, state = :state, passed = :passed, version = version + 1
           WHERE id = :id AND version = :version RETURNING *""",
        id=before.id,
        version=before.version,
        text=new.text,
        at=stamp(at),
        state=first_state(asks=new.asks).value,
        passed=dump_list(new.passed),
    )
    if row is None:
        return None
    mark_stale(tx, MessageKind.DRAFT, str(before.id))
    return _draft_from(row)


def _store(tx: Tx, after: Draft) -> bool:
    """Store a judgement, if nobody changed the draft since."""
    return bool(
        tx.run(
            """UPDATE draft SET state = :state, judged_by = :judged_by, judged_at = :judged_at, note = :note,
                 version = :version WHERE id = :id AND version = :version - 1""",
            id=after.id,
            state=after.state.value,
            judged_by=after.judged_by,
            judged_at=stamp_or_none(after.judged_at),
            note=after.note,
            version=after.version,
        )
    )


def _show(tx: Tx, workspace_id: str, channel: str, draft: Draft, *, at: datetime) -> None:
    """Have the draft posted in the card's thread; a card that a roll-up holds comes first."""
    post_card(tx, draft.conversation_id, workspace_id=workspace_id, at=at)
    card = find_message(tx, MessageKind.CARD, str(draft.conversation_id))
    if card is not None:
        queue_message(
            tx,
            workspace_id=workspace_id,
            channel=channel,
            kind=MessageKind.DRAFT,
            subject=str(draft.id),
            parent_id=card.id,
            at=at,
        )


def _note(tx: Tx, workspace_id: str, draft: Draft, *, act: DraftDeed, by: str, at: datetime) -> None:
    write_history(
        tx,
        workspace_id=workspace_id,
        object_=OBJECT,
        object_id=draft.conversation_id,
        act=act.value,
        actor=by,
        at=at,
        after={"draft": draft.id, "text": draft.text, "note": draft.note, "passed": list(draft.passed)},
    )


def _draft_from(row: Row) -> Draft:
    return Draft(
        id=row["id"],
        conversation_id=row["conversation_id"],
        text=row["text"],
        by=row["written_by"],
        at=read_stamp(row["written_at"]),
        state=DraftState(row["state"]),
        passed=load_list(row["passed"]),
        judged_by=row["judged_by"],
        judged_at=read_stamp_or_none(row["judged_at"]),
        note=row["note"],
        version=row["version"],
    )
