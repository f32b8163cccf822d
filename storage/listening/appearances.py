"""The posts about a workspace: where they stand."""

from datetime import datetime

from engagement.listening.appearances import Appearance
from storage.conversations.mentions import DECIDED_IN
from storage.database import Tx
from storage.stamps import read_stamp, stamp

# More tells nothing new about where people talk.
MOST = 2_000
# Of a text: links to other places stand in it, and a long one is not worth the reading.
TEXT_CHARACTERS = 5_000


def appearances_since(tx: Tx, workspace_id: str, since: datetime) -> list[Appearance]:
    """Return the posts that mention us and were noticed since, newest first; not what is unsure, or not us."""
    rows = tx.all(
        f"""SELECT post.community, post.url, post.title, SUBSTR(post.text, 1, :characters) AS text,
             COALESCE(post.published_at, post.seen_at) AS written_at
           FROM mention JOIN post ON post.id = mention.post_id
           JOIN conversation ON {DECIDED_IN}
           WHERE mention.workspace_id = :workspace_id AND mention.noticed_at >= :since
             AND conversation.dismissed_at IS NULL AND conversation.unsure = 0
           ORDER BY mention.id DESC LIMIT :most""",  # noqa: S608 - a constant
        workspace_id=workspace_id,
        since=stamp(since),
        characters=TEXT_CHARACTERS,
        most=MOST,
    )
    return [
        Appearance(
            community=row["community"],
            url=row["url"],
            title=row["title"],
            text=row["text"],
            written_at=read_stamp(row["written_at"]),
        )
        for row in rows
    ]
