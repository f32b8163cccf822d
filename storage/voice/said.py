"""What we said in public: kept with its text, who wrote it and who approved it, once we know that it was said."""

from engagement.conversations.conversation import Card, Conversation, ReplyState
from engagement.understanding.reading import Kind
from engagement.voice.draft import SaidInPublic, draft_of_answer, settled_state
from storage.database import Row, Tx
from storage.stamps import read_stamp, stamp
from storage.voice.drafts import drafts_of, set_state

# So many of the latest are looked through for good ones.
LOOKED_THROUGH = 100
TO_THEM_AT_MOST = 2

# What was taken back was not said, unless we read it there.
NOT_TAKEN_BACK = """(said_in_public.seen = 1 OR NOT EXISTS (SELECT 1 FROM history
  WHERE history.object = 'conversation' AND history.object_id = said_in_public.conversation_id
    AND history.act = 'reopen' AND history.at >= said_in_public.answered_at))"""
ASKED_AGAIN = """CASE WHEN EXISTS (SELECT 1 FROM history
  WHERE history.object = 'conversation' AND history.object_id = said_in_public.conversation_id
    AND history.act IN ('asked again', 'reopen') AND history.at >= said_in_public.answered_at) THEN 1 ELSE 0 END"""
# One for each conversation: what was found at the source stands for what was told before.
LATEST = """NOT EXISTS (SELECT 1 FROM said_in_public AS later
  WHERE later.conversation_id = said_in_public.conversation_id AND later.id > said_in_public.id)"""
SAID = f"""SELECT said_in_public.*, mention.kind, post.community, post.title, post.text AS asked, post.url AS asked_url,
    {ASKED_AGAIN} AS asked_again
  FROM said_in_public JOIN mention ON mention.id = (SELECT MIN(opening.id) FROM mention AS opening
    WHERE opening.conversation_id = said_in_public.conversation_id)
  JOIN post ON post.id = mention.post_id
  WHERE said_in_public.workspace_id = :workspace_id AND said_in_public.conversation_id <> :besides
    AND {NOT_TAKEN_BACK} AND {LATEST}"""  # noqa: S608 - constants only


def keep_what_we_said(tx: Tx, before: Conversation, after: Conversation) -> None:
    """Keep an answer of ours that stands now, with the draft it came of, and have the drafts say that it is said."""
    reply = after.reply
    if reply.state is not ReplyState.ANSWERED or reply.answered_at is None or reply == before.reply:
        return
    text = _text_at_source(tx, after)
    told = _told_before(tx, before)
    drafts = drafts_of(tx, after.id)
    draft = draft_of_answer(drafts, by=reply.answered_by, text=text)
    written_by, approved_by = reply.answered_by, ""
    if draft is not None:
        written_by, approved_by = draft.by, draft.judged_by
    elif told is not None:
        written_by, approved_by = told["written_by"], told["approved_by"]
    tx.run(
        """INSERT INTO said_in_public (workspace_id, conversation_id, answered_at, answered_by, written_by, approved_by,
             draft_id, url, text, seen)
           VALUES (:workspace_id, :id, :at, :by, :written_by, :approved_by, :draft_id, :url, :text, :seen)""",
        workspace_id=after.workspace_id,
        id=after.id,
        at=stamp(reply.answered_at),
        by=reply.answered_by,
        written_by=written_by,
        approved_by=approved_by,
        draft_id=draft.id if draft else told["draft_id"] if told else 0,
        url=reply.answer_url,
        text=text or (draft.text if draft else told["text"] if told else ""),
        seen=int(reply.answer_seen),
    )
    for each in drafts:
        if each.is_open:
            set_state(tx, each, settled_state(each, was_said=each is draft))


def _text_at_source(tx: Tx, conversation: Conversation) -> str:
    """Return what the team wrote at the address of the answer, empty where we have not read it."""
    row = tx.one(
        """SELECT post.text FROM conversation
           JOIN team_post ON team_post.workspace_id = conversation.workspace_id
             AND team_post.thread_key = conversation.thread_key
           JOIN post ON post.id = team_post.post_id
           WHERE conversation.id = :id AND post.url = :url ORDER BY post.id LIMIT 1""",
        id=conversation.id,
        url=conversation.reply.answer_url,
    )
    return str(row["text"]) if row else ""


def _told_before(tx: Tx, before: Conversation) -> Row | None:
    """Return what was kept of the answer that stood until now: the new one is its evidence."""
    if not before.reply.is_answered:
        return None
    return tx.one("SELECT * FROM said_in_public WHERE conversation_id = :id ORDER BY id DESC LIMIT 1", id=before.id)


def said_lately(tx: Tx, card: Card) -> list[SaidInPublic]:
    """Return what we said in other conversations of the workspace, newest first."""
    rows = tx.all(
        f"{SAID} ORDER BY said_in_public.answered_at DESC, said_in_public.id DESC LIMIT :limit",
        workspace_id=card.conversation.workspace_id,
        besides=card.conversation.id,
        limit=LOOKED_THROUGH,
    )
    return [_said_from(row) for row in rows]


def said_to_them(tx: Tx, card: Card) -> list[SaidInPublic]:
    """Return what we said before to who opened the conversation, in this community, newest first."""
    post = card.opening.stored.post
    if not post.author:
        return []
    rows = tx.all(
        f"""{SAID} AND said_in_public.conversation_id IN (SELECT theirs.conversation_id FROM post AS their_post
              JOIN mention AS theirs ON theirs.post_id = their_post.id
              WHERE their_post.community = :community AND their_post.author = :author)
            ORDER BY said_in_public.answered_at DESC, said_in_public.id DESC LIMIT :limit""",  # noqa: S608 - constants
        workspace_id=card.conversation.workspace_id,
        besides=card.conversation.id,
        community=post.community,
        author=post.author,
        limit=TO_THEM_AT_MOST,
    )
    return [_said_from(row) for row in rows]


def what_we_said(tx: Tx, conversation_id: int, *, answered_at: str) -> dict[str, str]:
    """Return the text of an answer (`answered_at` as the rows have it), who wrote it and who approved it.

    `written_by` is empty where who answered wrote it; all are, of an answer from before such things were kept.
    """
    row = tx.one(
        """SELECT * FROM said_in_public WHERE conversation_id = :id AND answered_at = :answered_at
           ORDER BY id DESC LIMIT 1""",
        id=conversation_id,
        answered_at=answered_at,
    )
    if row is None:
        return {}
    wrote = "" if row["written_by"] == row["answered_by"] else row["written_by"]
    return {"said": row["text"], "written_by": wrote, "approved_by": row["approved_by"]}


def _said_from(row: Row) -> SaidInPublic:
    return SaidInPublic(
        conversation_id=row["conversation_id"],
        community=row["community"],
        title=row["title"] or row["asked"],
        asked_url=row["asked_url"],
        kind=Kind(row["kind"]),
        by=row["answered_by"],
        at=read_stamp(row["answered_at"]),
        text=row["text"],
        url=row["url"],
        written_by=row["written_by"],
        approved_by=row["approved_by"],
        seen=bool(row["seen"]),
        asked_again=bool(row["asked_again"]),
    )
