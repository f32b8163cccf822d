"""What *Us* and *Not us* have taught: votes of the words beside a name, and what follows from them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from engagement.conversations.conversation import Conversation
from engagement.conversations.press import Act
from engagement.understanding.beside import ENOUGH, Judged, LearnedBeside, Verdict, verdict_of, what_it_tells
from storage.batches import rows_where
from storage.conversations.copies import story_of
from storage.database import Row, Tx, the_row
from storage.records.history import write_history
from storage.stamps import load_list

# The latest count; more than a team teaches in years.
WORDS_AT_MOST = 300
OPENING = """SELECT id, workspace_id, watch_id, beside FROM mention
  WHERE id = (SELECT MIN(opening.id) FROM mention AS opening WHERE opening.conversation_id = :id)"""

# One story is one vote, however often it is told and pressed.
VOTES = """SELECT word, COUNT(DISTINCT CASE WHEN is_us = 1 THEN story_id END) AS us,
    COUNT(DISTINCT CASE WHEN is_us = 0 THEN story_id END) AS not_us
  FROM beside_vote WHERE watch_id = :watch_id {some} GROUP BY word"""
STANDING = "SELECT word, is_us, posts FROM learned_beside WHERE watch_id = :watch_id {some}"
FORGET = "DELETE FROM learned_beside WHERE watch_id = :watch_id AND word = :word"
LEARN = """INSERT INTO learned_beside (workspace_id, watch_id, word, is_us, posts)
  VALUES (:workspace_id, :watch_id, :word, :is_us, :posts)
  ON CONFLICT (watch_id, word) DO UPDATE SET is_us = excluded.is_us, posts = excluded.posts"""


def learned_beside(tx: Tx, workspace_id: str) -> tuple[LearnedBeside, ...]:
    """Return what the workspace has taught of words beside its names, the latest first."""
    rows = tx.all(
        "SELECT * FROM learned_beside WHERE workspace_id = :workspace_id ORDER BY id DESC LIMIT :limit",
        workspace_id=workspace_id,
        limit=WORDS_AT_MOST,
    )
    return tuple(
        LearnedBeside(
            id=row["id"], watch_id=row["watch_id"], word=row["word"], is_us=bool(row["is_us"]), posts=row["posts"]
        )
        for row in rows
    )


def learn_from_verdict(tx: Tx, before: Conversation, after: Conversation, *, act: Act, by: str, at: datetime) -> None:
    """Note what a decision says of the words beside the name in what opened the conversation, if it says anything."""
    verdict = verdict_of(before, after, act)
    opening = tx.one(OPENING, id=after.id) if verdict else None
    if verdict is None or opening is None:
        return
    # Held until the transaction ends: of two people who decide at once, the second counts the first.
    tx.run("UPDATE watch SET version = version WHERE id = :id", id=opening["watch_id"])
    words = load_list(opening["beside"])
    was = _judged(tx, opening["watch_id"])
    _vote(tx, opening, words, verdict, story_id=story_of(tx, after.id))
    is_ = _judged(tx, opening["watch_id"])
    crossed = any(
        min(one, other) < ENOUGH <= max(one, other) for one, other in ((was.us, is_.us), (was.not_us, is_.not_us))
    )
    settle_beside(tx, opening["workspace_id"], opening["watch_id"], None if crossed else words, by=by, at=at)


def _vote(tx: Tx, opening: Row, words: Sequence[str], verdict: Verdict, *, story_id: int) -> None:
    mention = {"id": opening["id"]}
    tx.run("DELETE FROM beside_vote WHERE mention_id = :id", **mention)
    tx.run("DELETE FROM us_verdict WHERE mention_id = :id", **mention)
    if verdict is Verdict.TAKEN_BACK:
        return
    values = {"watch_id": opening["watch_id"], "is_us": int(verdict is Verdict.US), "story_id": story_id} | mention
    tx.run(
        """INSERT INTO us_verdict (mention_id, watch_id, is_us, story_id)
           VALUES (:id, :watch_id, :is_us, :story_id)""",
        **values,
    )
    tx.many(
        """INSERT INTO beside_vote (watch_id, word, mention_id, is_us, story_id)
           VALUES (:watch_id, :word, :id, :is_us, :story_id)""",
        [values | {"word": word} for word in sorted(set(words))],
    )


def _judged(tx: Tx, watch_id: int) -> Judged:
    """Return how many stories of a watch were judged in each way, as far as it matters whether there are enough."""
    us, not_us = (
        len(
            tx.all(
                "SELECT DISTINCT story_id FROM us_verdict WHERE watch_id = :watch_id AND is_us = :is_us LIMIT :enough",
                watch_id=watch_id,
                is_us=is_us,
                enough=ENOUGH,
            )
        )
        for is_us in (1, 0)
    )
    return Judged(us=us, not_us=not_us)


def settle_beside(
    tx: Tx, workspace_id: str, watch_id: int, words: Collection[str] | None, *, by: str, at: datetime
) -> None:
    """Say anew what words of a watch tell (None: all of them); the history has it where that changes."""
    of_all, asks = _judged(tx, watch_id), _asks(tx, watch_id)
    before, told = _standing(tx, watch_id, words), {}
    for word, judged in _votes(tx, watch_id, words).items():
        if (is_us := what_it_tells(judged, of_all, asks=asks)) is not None:
            told[word] = (is_us, judged.us if is_us else judged.not_us)
    doubted = sorted(before.keys() - told.keys())
    learned = sorted(word for word, (is_us, _) in told.items() if word not in before or before[word][0] is not is_us)
    values = {"workspace_id": workspace_id, "watch_id": watch_id}
    tx.many(FORGET, [{"watch_id": watch_id, "word": word} for word in doubted])
    # Only what differs: a watch may have as many words as a dictionary.
    tx.many(
        LEARN,
        [
            values | {"word": word, "is_us": int(is_us), "posts": posts}
            for word, (is_us, posts) in sorted(told.items())
            if before.get(word) != (is_us, posts)
        ],
    )
    for act, noted in (("learn", learned), ("doubt", doubted)):
        if noted:
            _note(tx, workspace_id, noted, act, by=by, at=at)


def _votes(tx: Tx, watch_id: int, words: Collection[str] | None) -> dict[str, Judged]:
    """Return how the stories with each of these words of a watch were judged; with None, with each of all."""
    rows = _of_words(tx, VOTES, watch_id, words)
    return {row["word"]: Judged(us=int(row["us"]), not_us=int(row["not_us"])) for row in rows}


def _standing(tx: Tx, watch_id: int, words: Collection[str] | None) -> dict[str, tuple[bool, int]]:
    """Return what these words (None: all) tell by now, and how many posts say so."""
    rows = _of_words(tx, STANDING, watch_id, words)
    return {row["word"]: (bool(row["is_us"]), int(row["posts"])) for row in rows}


def _of_words(tx: Tx, sql: str, watch_id: int, words: Collection[str] | None) -> Sequence[Row]:
    if words is None:
        return tx.all(sql.format(some=""), watch_id=watch_id)
    return rows_where(tx, sql.replace("{some}", "AND word IN ({wanted})"), sorted(words), watch_id=watch_id)


def _asks(tx: Tx, watch_id: int) -> bool:
    """Return whether a watch asks for words near its names, so that some of its mentions are unsure."""
    return bool(load_list(the_row(tx, "SELECT near FROM watch WHERE id = :id", id=watch_id)["near"]))


def forget_beside(tx: Tx, workspace_id: str, number: int, *, by: str, at: datetime) -> bool:
    """Forget what a word tells, and the votes that taught it; return whether it was there."""
    row = tx.one(
        "DELETE FROM learned_beside WHERE id = :id AND workspace_id = :workspace_id RETURNING watch_id, word",
        id=number,
        workspace_id=workspace_id,
    )
    if row is None:
        return False
    tx.run("DELETE FROM beside_vote WHERE watch_id = :watch_id AND word = :word", **row)
    _note(tx, workspace_id, [row["word"]], "forget", by=by, at=at)
    return True


def _note(tx: Tx, workspace_id: str, words: Sequence[str], act: str, *, by: str, at: datetime) -> None:
    write_history(
        tx, workspace_id=workspace_id, object_="beside", object_id=0, act=act, actor=by, at=at, after={"name": words}
    )
