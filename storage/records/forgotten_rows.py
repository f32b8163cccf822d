"""What is about a person who is forgotten: labels and names, the conversations they stood in, their improvements."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from engagement.conversations.press import Act
from engagement.records.forgotten import TITLE, Erasure
from engagement.team.handles import bare_handle, network_of
from storage.batches import rows_where, run_where
from storage.conversations.conversations import find_conversation, settle_is_open
from storage.conversations.decided import write_decision
from storage.conversations.story_marks import forget_marks
from storage.database import Row, Tx
from storage.records.history import read_facts, write_history
from storage.stamps import stamp

# What a draft says, in its row and in its history.
DRAFTED = ("text", "note")
# What we typed of an improvement.
OF_IMPROVEMENT = ("title", "tracker_url", "note", "link")


def forget_who_they_are(tx: Tx, erasure: Erasure, *, at: datetime) -> None:
    """Take somebody out of what says who is who: labels and names go, and what was decided about them stays."""
    who = {"community": erasure.community, "author": erasure.author}
    for table, column in (("person_label", "author"), ("teammate_handle", "handle")):
        tx.run(f"DELETE FROM {table} WHERE community = :community AND {column} = :author", **who)  # noqa: S608 - our own names
    for table, column in (("unlisted_person", "author"), ("mute", "author"), ("name_question", "name")):
        sql = f"UPDATE {table} SET {column} = :stands WHERE community = :community AND {column} = :author"  # noqa: S608 - as above
        tx.run(sql, stands=erasure.stands, **who)
    _forget_in_noise(tx, erasure, at=at)


def _forget_in_noise(tx: Tx, erasure: Erasure, *, at: datetime) -> None:
    """End the entries of noise lists that name them as somebody typed it: they can mean nobody any more."""
    places = {"", erasure.community.casefold(), network_of(erasure.community).casefold()}
    typed = "SELECT * FROM mute WHERE scope = 'author' AND author <> :stands ORDER BY id"
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
                rewrite(tx, line, before, after, erasure)
            if row["ended_at"] is None:
                _note_the_end(tx, row, erasure, at=at)


def _note_the_end(tx: Tx, mute: Row, erasure: Erasure, *, at: datetime) -> None:
    facts = {name: mute[name] for name in ("scope", "community", "value", "watch_id", "until")}
    write_history(
        tx,
        workspace_id=mute["workspace_id"],
        object_="mute",
        object_id=mute["id"],
        act="unmute",
        actor="",
        at=at,
        before={**facts, "author": erasure.stands, "ended_at": None},
        after={**facts, "author": erasure.stands, "ended_at": stamp(at)},
    )


def forget_in_conversations(tx: Tx, ids: Sequence[int], erasure: Erasure, *, by: str, at: datetime) -> None:
    """Take somebody out of conversations they stood in, and out of the improvements these were ever counted for.

    Each has one line of it in its history, however often it is gone through.
    """
    forget_marks(tx, ids)
    _clean_rows(tx, ids, erasure)
    lines = "SELECT * FROM history WHERE object IN ('conversation', 'draft') AND object_id IN ({wanted})"
    improvements: set[int] = set()
    told = set()
    for line in rows_where(tx, lines, ids):
        before, after = (_of_us(line, facts, erasure) for facts in ("before_facts", "after_facts"))
        improvements |= {int(str(facts.get("improvement_id") or 0)) for facts in (before, after)}
        rewrite(tx, line, before, after, erasure)
        if (line["object"], line["act"], line["at"]) == ("conversation", Act.FORGET.value, stamp(at)):
            told.add(line["object_id"])
    _forget_in_improvements(tx, sorted(improvements - {0}), erasure)
    for conversation_id in sorted(set(ids) - told):
        conversation = find_conversation(tx, conversation_id)
        if conversation is not None:
            write_decision(tx, conversation, conversation, act=Act.FORGET, actor=by, at=at)
    for conversation_id in ids:
        settle_is_open(tx, conversation_id)


def _clean_rows(tx: Tx, ids: Sequence[int], erasure: Erasure) -> None:
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
        """UPDATE draft SET text = :title, passed = '[]', note = CASE WHEN note = '' THEN '' ELSE :title END
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


def _of_us(line: Row, column: str, erasure: Erasure) -> Mapping[str, object]:
    facts = read_facts(line[column])
    if line["object"] == "draft":
        facts |= {name: TITLE for name in DRAFTED if facts.get(name)}
        facts |= {"passed": []} if facts.get("passed") else {}
    return erasure.out_of_typed(facts, about_them=True)


def _forget_in_improvements(tx: Tx, numbers: Sequence[int], erasure: Erasure) -> None:
    """Take the name out of what we wrote of improvements that they asked for, in row and history alike."""
    for row in rows_where(tx, "SELECT * FROM improvement WHERE id IN ({wanted})", numbers):
        words = {name: row[name] for name in OF_IMPROVEMENT}
        clean = erasure.out_of_typed(words, about_them=True)
        if clean != words:
            tx.run(
                """UPDATE improvement SET title = :title, tracker_url = :tracker_url, note = :note, link = :link
                   WHERE id = :id""",
                id=row["id"],
                **clean,
            )
        lines = tx.all("SELECT * FROM history WHERE object = 'improvement' AND object_id = :id", id=row["id"])
        for line in lines:
            facts = (read_facts(line[column]) for column in ("before_facts", "after_facts"))
            before, after = (erasure.out_of_typed(each, about_them=True) for each in facts)
            rewrite(tx, line, before, after, erasure)


def rewrite(tx: Tx, line: Row, before: object, after: object, erasure: Erasure) -> None:
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
