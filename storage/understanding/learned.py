"""What a workspace has taught: votes as people correct, and what follows from them, kept as it stands."""

from datetime import datetime

from engagement.conversations.conversation import Mention
from engagement.understanding.learned import Learned, LearnedWord, vote_of, what_it_means, words_in_doubt
from engagement.understanding.reading import Mood
from storage.conversations.copies import STORY
from storage.database import Tx
from storage.records.history import write_history
from storage.understanding.beside import learned_beside
from storage.understanding.preferences import preferences_of

# More than a team corrects in a year; the latest count.
WORDS_AT_MOST = 200
# One story is one vote, however often it is told and corrected.
VOTES = f"""SELECT word_vote.became, COUNT(DISTINCT {STORY}) AS votes
  FROM word_vote JOIN mention ON mention.id = word_vote.mention_id
  JOIN conversation ON conversation.id = mention.conversation_id
  WHERE word_vote.workspace_id = :workspace_id AND word_vote.word = :word AND word_vote.became <> ''
  GROUP BY word_vote.became"""  # noqa: S608 - a constant


def learned_in(tx: Tx, workspace_id: str) -> Learned:
    """Return what the workspace has taught, the latest first."""
    rows = tx.all(
        "SELECT * FROM learned_word WHERE workspace_id = :workspace_id ORDER BY id DESC LIMIT :limit",
        workspace_id=workspace_id,
        limit=WORDS_AT_MOST,
    )
    return Learned(
        words=tuple(
            LearnedWord(id=row["id"], word=row["word"], means=Mood(row["means"]), corrections=row["corrections"])
            for row in rows
        ),
        preferences=preferences_of(tx, workspace_id),
        beside=learned_beside(tx, workspace_id),
    )


def learn_from_mood(tx: Tx, workspace_id: str, mention: Mention, mood: Mood, *, by: str, at: datetime) -> None:
    """Learn from somebody who says that a mention (as it was read until now) sounds otherwise.

    A mention votes once on each word that decided when it was first read, however often it is corrected: the last time
    counts.
    """
    standing = tx.all(
        "SELECT word, was FROM word_vote WHERE mention_id = :id AND workspace_id = :workspace_id",
        id=mention.id,
        workspace_id=workspace_id,
    )
    voted = {row["word"]: Mood(row["was"]) for row in standing}
    votes = voted or dict.fromkeys(words_in_doubt(mention.reading), mention.reading.mood)
    for word, was in sorted(votes.items()):
        vote = vote_of(was, mood)
        tx.run(
            """INSERT INTO word_vote (workspace_id, word, mention_id, was, became)
               VALUES (:workspace_id, :word, :mention_id, :was, :became)
               ON CONFLICT (workspace_id, word, mention_id) DO UPDATE SET became = excluded.became""",
            workspace_id=workspace_id,
            word=word,
            mention_id=mention.id,
            was=was.value,
            became=vote.value if vote else "",
        )
        settle_word(tx, workspace_id, word, by=by, at=at)


def settle_word(tx: Tx, workspace_id: str, word: str, *, by: str, at: datetime) -> None:
    """Say anew what a word means; the history has it where that changes."""
    where = {"workspace_id": workspace_id, "word": word}
    # Held until the transaction ends: of two people who correct at once, the second counts the first.
    tx.run("UPDATE word_vote SET became = became WHERE workspace_id = :workspace_id AND word = :word", **where)
    votes = {
        Mood(row["became"]): int(row["votes"])
        for row in tx.all(
            VOTES,
            **where,
        )
    }
    before = tx.one("SELECT means FROM learned_word WHERE workspace_id = :workspace_id AND word = :word", **where)
    means = what_it_means(votes)
    if means is None:
        tx.run("DELETE FROM learned_word WHERE workspace_id = :workspace_id AND word = :word", **where)
    else:
        tx.run(
            """INSERT INTO learned_word (workspace_id, word, means, corrections)
               VALUES (:workspace_id, :word, :means, :corrections)
               ON CONFLICT (workspace_id, word) DO UPDATE
                 SET means = excluded.means, corrections = excluded.corrections""",
            means=means.value,
            corrections=votes[means],
            **where,
        )
    if (means.value if means else None) != (before["means"] if before else None):
        _note(tx, workspace_id, word, "learn" if means else "doubt", by=by, at=at)


def forget_word(tx: Tx, workspace_id: str, word_id: int, *, by: str, at: datetime) -> bool:
    """Forget a word, and the corrections that taught it; return whether it was there."""
    row = tx.one(
        "DELETE FROM learned_word WHERE id = :id AND workspace_id = :workspace_id RETURNING word",
        id=word_id,
        workspace_id=workspace_id,
    )
    if row is None:
        return False
    tx.run(
        "DELETE FROM word_vote WHERE workspace_id = :workspace_id AND word = :word",
        workspace_id=workspace_id,
        word=row["word"],
    )
    _note(tx, workspace_id, row["word"], "forget", by=by, at=at)
    return True


def _note(tx: Tx, workspace_id: str, word: str, act: str, *, by: str, at: datetime) -> None:
    write_history(
        tx, workspace_id=workspace_id, object_="word", object_id=0, act=act, actor=by, at=at, after={"name": word}
    )
