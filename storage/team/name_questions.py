"""What we asked people about their names, once each: what it is in a community, or whether somebody there is them."""

from datetime import datetime

from engagement.dataclass import dataclass
from storage.database import Row, Tx
from storage.stamps import stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class NameQuestion:
    """A question to one of us; `name` is empty for "what is it there?", else the one that may be theirs."""

    id: int
    slack_user: str
    community: str
    name: str = ""


def ask(tx: Tx, workspace_id: str, slack_user: str, *, community: str, name: str = "", at: datetime) -> int | None:
    """Note that somebody is asked, and return the number of the question; None where they were before."""
    row = tx.one(
        """INSERT INTO name_question (workspace_id, slack_user, community, name, asked_at)
           VALUES (:workspace_id, :slack_user, :community, :name, :at)
           ON CONFLICT (workspace_id, slack_user, community, name) DO NOTHING RETURNING id""",
        workspace_id=workspace_id,
        slack_user=slack_user,
        community=community,
        name=name,
        at=stamp(at),
    )
    return int(row["id"]) if row else None


def find_question(tx: Tx, workspace_id: str, slack_user: str, question_id: int) -> NameQuestion | None:
    """Return a question that this person was asked, None where they were not."""
    row = tx.one(
        "SELECT * FROM name_question WHERE id = :id AND workspace_id = :workspace_id AND slack_user = :slack_user",
        id=question_id,
        workspace_id=workspace_id,
        slack_user=slack_user,
    )
    return _question_from(row) if row else None


def settle_question(tx: Tx, question_id: int, *, at: datetime) -> None:
    """Note that the question was answered, one way or the other."""
    tx.run("UPDATE name_question SET answered_at = :at WHERE id = :id", id=question_id, at=stamp(at))


def author_of_post(tx: Tx, key: str) -> tuple[str, str] | None:
    """Return (community, author) of the post with this key, None where we have none, or nobody's."""
    row = tx.one(
        """SELECT post.community, post.author FROM post_key JOIN post ON post.id = post_key.post_id
           WHERE post_key.key = :key""",
        key=key,
    )
    return (row["community"], row["author"]) if row and row["author"] else None


def _question_from(row: Row) -> NameQuestion:
    return NameQuestion(id=row["id"], slack_user=row["slack_user"], community=row["community"], name=row["name"])
