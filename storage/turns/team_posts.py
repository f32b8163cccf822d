"""What teammates wrote in the communities: told by the feed it came from, or by its author."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from engagement.dataclass import dataclass
from engagement.post import Post, StoredPost
from engagement.team.handles import bare_handle, network_of
from engagement.understanding.reading import Pillar
from storage.batches import rows_where
from storage.database import Tx
from storage.listening.posts import stored_post_from

HANDLES = """SELECT teammate.workspace_id, teammate.slack_user, teammate_handle.community, teammate_handle.handle,
    teammate_handle.source_id
  FROM teammate_handle JOIN teammate ON teammate.id = teammate_handle.teammate_id"""

# So many comments under each other are looked through.
DEEPEST = 20
# A thread as one workspace sees it: the workspace, and the thread's key.
Thread = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPost:
    """A post of a teammate (a Slack user id)."""

    slack_user: str
    keys: tuple[str, ...]
    stored: StoredPost

    @property
    def id(self) -> int:
        """The number of the post."""
        return self.stored.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What teammates wrote, of what a poll brought: `keys` name the posts, `threads` are those they stand in."""

    keys: frozenset[tuple[str, ...]] = frozenset()
    threads: frozenset[Thread] = frozenset()


def note_team_posts(tx: Tx, source_id: int, posts: Collection[Post], ids: Mapping[tuple[str, ...], int]) -> Noted:
    """Note which of `posts`, new from a source, a teammate wrote.

    `ids` has the number of each post by its keys.
    """
    handles = tx.all(HANDLES) if posts else ()
    if not handles:
        return Noted()
    of_feed = [row for row in handles if row["source_id"] == source_id]
    by_name = {(network_of(row["community"]), bare_handle(row["handle"])): row for row in handles}
    found, keys = [], []
    for post in posts:
        named = by_name.get((network_of(post.community), bare_handle(post.author))) if post.author else None
        for row in of_feed or ([named] if named else []):
            keys.append(post.keys)
            found.append(
                {
                    "workspace_id": row["workspace_id"],
                    "post_id": ids[post.keys],
                    "slack_user": row["slack_user"],
                    "thread_key": post.thread_key,
                }
            )
    if found:
        # Taken for somebody else's until we knew whose name that is.
        tx.many(
            """UPDATE mention SET pillar = :pillar, waits_for_us = 0
               WHERE workspace_id = :workspace_id AND post_id = :post_id""",
            [each | {"pillar": Pillar.PROVIDER_INITIATED.value} for each in found],
        )
        tx.many(
            """INSERT INTO team_post (workspace_id, post_id, slack_user, thread_key)
               VALUES (:workspace_id, :post_id, :slack_user, :thread_key)
               ON CONFLICT (workspace_id, post_id) DO NOTHING""",
            found,
        )
    threads = frozenset((str(each["workspace_id"]), str(each["thread_key"])) for each in found)
    return Noted(keys=frozenset(keys), threads=threads)


def team_posts_in(tx: Tx, thread: Thread) -> list[TeamPost]:
    """Return what the team wrote in a thread, as far as we know."""
    workspace_id, thread_key = thread
    rows = tx.all(
        """SELECT team_post.slack_user, post.*, post.id AS post_id FROM team_post
           JOIN post ON post.id = team_post.post_id
           WHERE team_post.workspace_id = :workspace_id AND team_post.post_id IN (
             SELECT post_id FROM team_post WHERE workspace_id = :workspace_id AND thread_key = :thread_key
             UNION SELECT post_id FROM thread_post WHERE thread_key = :thread_key)""",
        workspace_id=workspace_id,
        thread_key=thread_key,
    )
    keys = keys_of_posts(tx, [row["post_id"] for row in rows])
    return [
        TeamPost(slack_user=row["slack_user"], keys=keys[row["post_id"]], stored=stored_post_from(row)) for row in rows
    ]


def posts_above(tx: Tx, wanted: Iterable[str], *, known: Collection[str]) -> list[tuple[tuple[str, ...], StoredPost]]:
    """Return the posts with the keys `wanted`, and what those stand under, as far as we have them; not what is known.

    No further up than people read.
    """
    found: dict[int, StoredPost] = {}
    looked_for = set(known)
    for _ in range(DEEPEST):
        looked_up = set(wanted) - looked_for
        if not looked_up:
            break
        looked_for |= looked_up
        rows = rows_where(
            tx,
            """SELECT post.*, post.id AS post_id FROM post_key JOIN post ON post.id = post_key.post_id
               WHERE post_key.key IN ({wanted})""",
            sorted(looked_up),
        )
        found |= {row["post_id"]: stored_post_from(row) for row in rows}
        wanted = {row["parent_key"] for row in rows} - {""}
    keys = keys_of_posts(tx, sorted(found))
    return [(keys[number], stored) for number, stored in found.items()]


def keys_of_posts(tx: Tx, post_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the keys of posts, by their numbers."""
    keys: dict[int, list[str]] = {number: [] for number in post_ids}
    for row in rows_where(tx, "SELECT post_id, key FROM post_key WHERE post_id IN ({wanted}) ORDER BY key", post_ids):
        keys[row["post_id"]].append(row["key"])
    return {number: tuple(found) for number, found in keys.items()}
