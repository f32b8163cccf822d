"""Where else a person stands: labels, names, drafts, answers, histories and reports; and what showed them in Slack."""

import json
from collections.abc import Sequence
from datetime import datetime

from engagement.conversations.press import Act
from engagement.records.forgotten import TITLE, Erasure
from engagement.sending.outbox import MessageKind
from engagement.team.team import bare_handle, network_of
from storage.batches import rows_where, run_where
from storage.conversations.conversations import find_conversation, settle_is_open
from storage.conversations.decided import write_decision
from storage.database import Row, Tx
from storage.improvements.improvements import improvement_from, improvement_values
from storage.records.history import read_facts
from storage.sending.messages import mark_stale
from storage.sending.redraws import redraw_conversation
from storage.stamps import stamp

# What a draft says, in its row and in its history.
DRAFTED = ("text", "note")


def forget_in_our_rows(tx: Tx, post_ids: Sequence[int], erasure: Erasure, *, by: str, at: datetime) -> list[int]:
    """Take somebody out of everything but their posts; return the conversations in which they stood."""
    who = {"community": erasure.community, "author": erasure.author}
    stood = {row["id"] for row in _conversations_of(tx, post_ids)}
    helped = tx.all("SELECT id FROM conversation WHERE community = :community AND helper = :author", **who)
    ids = sorted(stood | {row["id"] for row in helped})
    for table, column in (("person_label", "author"), ("teammate_handle", "handle")):
        tx.run(f"DELETE FROM {table} WHERE community = :community AND {column} = :author", **who)  # noqa: S608 - our own names
    for table, column in (("unlisted_person", "author"), ("mute", "author"), ("name_question", "name")):
        sql = f"UPDATE {table} SET {column} = :stands WHERE community = :community AND {column} = :author"  # noqa: S608 - as above
        tx.run(sql, stands=erasure.stands, **who)
    _forget_in_noise(tx, erasure, at=at)
    _forget_in_conversations(tx, ids, erasure)
    _forget_in_improvements(tx, ids, erasure)
    _forget_in_settings(tx, erasure)
    _forget_in_reports(tx, erasure)
    for conversation_id in ids:
        settle_is_open(tx, conversation_id)
        conversation = find_conversation(tx, conversation_id)
        if conversation is not None:
            write_decision(tx, conversation, conversation, act=Act.FORGET, actor=by, at=at)
    return ids


def _forget_in_noise(tx: Tx, erasure: Erasure, *, at: datetime) -> None:
    """End the entries of noise lists that name them as somebody typed it: they can mean nobody any more."""
    places = {"", erasure.community.casefold(), network_of(erasure.community).casefold()}
    typed = "SELECT id, author, community FROM mute WHERE scope = 'author' AND author <> :stands"
    for row in tx.all(typed, stands=erasure.stands):
        if row["community"].casefold() in places and bare_handle(row["author"]) == bare_handle(erasure.author):
            tx.run(
                "UPDATE mute SET author = :stands, ended_at = COALESCE(ended_at, CAST(:at AS TEXT)) WHERE id = :id",
                id=row["id"],
                stands=erasure.stands,
                at=stamp(at),
            )
            lines = tx.all("SELECT * FROM history WHERE object = 'mute' AND object_id = :id", id=row["id"])
            for line in lines:
                facts = [read_facts(line[column]) for column in ("before_facts", "after_facts")]
                before, after = (each | {"author": erasure.stands} if "author" in each else each for each in facts)
                _rewrite(tx, line, before, after, erasure)


def redraw_what_showed_them(tx: Tx, post_ids: Sequence[int], conversations: Sequence[int], *, at: datetime) -> None:
    """Have everything in Slack drawn again that may show them, however old."""
    for conversation_id in conversations:
        redraw_conversation(tx, conversation_id)
        mark_stale(tx, MessageKind.DELETED, str(conversation_id))
        for draft in tx.all("SELECT id FROM draft WHERE conversation_id = :id", id=conversation_id):
            mark_stale(tx, MessageKind.DRAFT, str(draft["id"]))
            mark_stale(tx, MessageKind.JUDGED, str(draft["id"]))
        history = "SELECT id FROM history WHERE object = 'conversation' AND object_id = :id AND act = 'wake'"
        for line in tx.all(history, id=conversation_id):
            mark_stale(tx, MessageKind.BACK, str(line["id"]))
    mentions = rows_where(tx, "SELECT id, noticed_at FROM mention WHERE post_id IN ({wanted})", post_ids)
    for row in mentions:
        mark_stale(tx, MessageKind.NOTE, str(row["id"]))
    for row in rows_where(tx, "SELECT id FROM alert WHERE post_id > 0 AND post_id IN ({wanted})", post_ids):
        mark_stale(tx, MessageKind.ALERT, str(row["id"]))
    first = min((row["noticed_at"] for row in mentions), default=None)
    for digest in tx.all("SELECT id FROM digest WHERE created_at >= :first", first=first) if first else ():
        _redraw_digest(tx, str(digest["id"]), at=at)


def _redraw_digest(tx: Tx, digest_id: str, *, at: datetime) -> None:
    """Have a digest and its thread drawn again, also where it is so old that it follows its rows no more."""
    tx.run(
        "UPDATE message SET tried_at = :at WHERE kind = 'digest' AND subject = :id AND state = 'sent'",
        id=digest_id,
        at=stamp(at),
    )
    mark_stale(tx, MessageKind.DIGEST, digest_id)
    mark_stale(tx, MessageKind.DETAILS, digest_id)


def _conversations_of(tx: Tx, post_ids: Sequence[int]) -> list[Row]:
    return rows_where(tx, "SELECT DISTINCT conversation_id AS id FROM mention WHERE post_id IN ({wanted})", post_ids)


def _forget_in_conversations(tx: Tx, ids: Sequence[int], erasure: Erasure) -> None:
    run_where(
        tx,
        "UPDATE conversation SET helper = :stands WHERE helper = :author AND id IN ({wanted})",
        ids,
        stands=erasure.stands,
        author=erasure.author,
    )
    for row in rows_where(tx, "SELECT id, answer_url, snooze_reason FROM conversation WHERE id IN ({wanted})", ids):
        tx.run(
            "UPDATE conversation SET answer_url = :url, snooze_reason = :reason WHERE id = :id",
            id=row["id"],
            url=erasure.out_of_address(row["answer_url"]),
            reason=erasure.out_of(row["snooze_reason"]),
        )
    # A draft answers their words and often repeats them; what was said in public is ours, but for the name.
    run_where(
        tx,
        """UPDATE draft SET text = :title, note = CASE WHEN note = '' THEN '' ELSE :title END
           WHERE conversation_id IN ({wanted})""",
        ids,
        title=TITLE,
    )
    for row in rows_where(tx, "SELECT id, url, text FROM said_in_public WHERE conversation_id IN ({wanted})", ids):
        tx.run(
            "UPDATE said_in_public SET url = :url, text = :text WHERE id = :id",
            id=row["id"],
            url=erasure.out_of_address(row["url"]),
            text=erasure.out_of(row["text"]),
        )
    lines = "SELECT * FROM history WHERE object IN ('conversation', 'draft') AND object_id IN ({wanted})"
    for line in rows_where(tx, lines, ids):
        before, after = (_of_us(line, facts, erasure) for facts in ("before_facts", "after_facts"))
        _rewrite(tx, line, before, after, erasure)


def _of_us(line: Row, column: str, erasure: Erasure) -> object:
    facts = read_facts(line[column])
    if line["object"] == "draft":
        facts |= {name: TITLE for name in DRAFTED if facts.get(name)}
    return erasure.out_of_our_words(facts)


def _forget_in_improvements(tx: Tx, conversations: Sequence[int], erasure: Erasure) -> None:
    """Take the name out of what we wrote of improvements for which they were counted, in row and history alike."""
    counted = rows_where(
        tx,
        "SELECT DISTINCT improvement_id AS id FROM conversation WHERE improvement_id > 0 AND id IN ({wanted})",
        conversations,
    )
    for row in rows_where(tx, "SELECT * FROM improvement WHERE id IN ({wanted})", [each["id"] for each in counted]):
        values = improvement_values(improvement_from(row))
        words = {name: values[name] for name in ("title", "tracker_url", "note", "link")}
        clean = erasure.out_of_our_words(words)
        if clean != words and isinstance(clean, dict):
            tx.run(
                """UPDATE improvement SET title = :title, tracker_url = :tracker_url, note = :note, link = :link
                   WHERE id = :id""",
                id=row["id"],
                **clean,
            )
        lines = tx.all("SELECT * FROM history WHERE object = 'improvement' AND object_id = :id", id=row["id"])
        for line in lines:
            before, after = (
                erasure.out_of_our_words(read_facts(line[column])) for column in ("before_facts", "after_facts")
            )
            _rewrite(tx, line, before, after, erasure)


def _forget_in_settings(tx: Tx, erasure: Erasure) -> None:
    """Take them out of what was noted of labels, mutes and names, where they stand by their whole name."""
    lines = tx.all(
        """SELECT * FROM history WHERE workspace_id IN (SELECT id FROM workspace) AND object <> 'conversation'
             AND object IN ('person', 'mute', 'teammate')"""
    )
    for line in lines:
        before, after = (erasure.out_of_facts(read_facts(line[column])) for column in ("before_facts", "after_facts"))
        _rewrite(tx, line, before, after, erasure)


def _forget_in_reports(tx: Tx, erasure: Erasure) -> None:
    for row in tx.all("SELECT id, report FROM digest"):
        told = json.loads(row["report"])
        if isinstance(line := told.get("line"), dict) and _is_by(line, erasure):
            told["line"] = None
        report = json.dumps(erasure.out_of_facts(told), ensure_ascii=False)
        tx.run("UPDATE digest SET report = :report WHERE id = :id", id=row["id"], report=report)


def _is_by(line: dict[str, object], erasure: Erasure) -> bool:
    return (line.get("community"), line.get("author")) == (erasure.community, erasure.author)


def _rewrite(tx: Tx, line: Row, before: object, after: object, erasure: Erasure) -> None:
    """Write a line of the history anew, and beside it for whom: nothing else may, as the database sees to."""
    texts = [json.dumps(facts, ensure_ascii=False) for facts in (before, after)]
    if texts != [line["before_facts"], line["after_facts"]]:
        tx.run(
            """UPDATE history SET before_facts = :before, after_facts = :after, forgotten_id = :forgotten_id
               WHERE id = :id""",
            id=line["id"],
            forgotten_id=erasure.number,
            before=texts[0],
            after=texts[1],
        )
