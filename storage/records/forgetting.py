"""Forgetting a person: what they wrote and who they are leaves every row, and a number stands for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engagement.calm.mute_words import MuteWish
from engagement.digest.voices import Person
from engagement.records.forgotten import TITLE, Erasure, hashed, is_name_of_forgotten, name_of
from storage.batches import rows_where, run_where
from storage.database import Row, Tx, the_row
from storage.records.forgotten_rows import forget_in_our_rows, redraw_what_showed_them
from storage.records.history import write_history
from storage.records.words import index_posts
from storage.stamps import stamp
from storage.team.meant import who_is_meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """Somebody who was forgotten: the number that stands for them, and how many posts were emptied."""

    number: int
    posts: int


def people_called(tx: Tx, workspace_id: str, community: str, name: str) -> list[Person]:
    """Return whom somebody means by a name in a community (or in a site that some communities belong to)."""
    meant = who_is_meant(tx, workspace_id, MuteWish(who=name, where=community, until=None, is_all=False))
    spelt = tx.one(
        "SELECT 1 AS yes FROM post WHERE community = :community AND author = :name", community=community, name=name
    )
    exact = [Person(community, name)] if spelt and name else []
    people = [*exact, *(Person(each.community, each.author) for each in meant)]
    return [person for person in dict.fromkeys(people) if not is_name_of_forgotten(person.author)]


def count_posts_of(tx: Tx, person: Person) -> int:
    """Return how many posts of somebody we have."""
    return int(
        the_row(
            tx,
            "SELECT COUNT(*) AS posts FROM post WHERE community = :community AND author = :author",
            **person._asdict(),
        )["posts"]
    )


def forget_person(tx: Tx, workspace_id: str, person: Person, *, by: str, at: datetime) -> Forgotten | None:
    """Forget somebody for good; None where we have nothing of theirs.

    Posts are shared, so it holds for everybody who uses this database. What they write from now on is heard as
    anybody's.
    """
    posts = tx.all(
        "SELECT id, url, thread_key, parent_key FROM post WHERE community = :community AND author = :author",
        **person._asdict(),
    )
    if not posts or not person.author or is_name_of_forgotten(person.author):
        return None
    number = int(
        the_row(
            tx,
            """INSERT INTO forgotten_person (workspace_id, community, posts, forgotten_by, forgotten_at)
               VALUES (:workspace_id, :community, :posts, :by, :at) RETURNING id""",
            workspace_id=workspace_id,
            community=person.community,
            posts=len(posts),
            by=by,
            at=stamp(at),
        )["id"]
    )
    erasure = Erasure(
        community=person.community,
        author=person.author,
        number=number,
        urls=frozenset(row["url"] for row in posts if row["url"]),
    )
    ids = [row["id"] for row in posts]
    _hide_keys(tx, posts, erasure)
    _empty(tx, ids, number)
    conversations = forget_in_our_rows(tx, ids, erasure, by=by, at=at)
    redraw_what_showed_them(tx, ids, conversations, at=at)
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="person",
        object_id=number,
        act="forget",
        actor=by,
        at=at,
        after={"posts": len(posts)},
    )
    return Forgotten(number=number, posts=len(posts))


def _empty(tx: Tx, ids: list[int], number: int) -> None:
    run_where(
        tx,
        """UPDATE post SET title = :title, text = '', url = '', author = :author, forgotten_id = :number
           WHERE id IN ({wanted})""",
        ids,
        title=TITLE,
        author=name_of(number),
        number=number,
    )
    # Why we think so is said in their words.
    run_where(
        tx,
        "UPDATE mention SET mood_words = '[]', learned = '', reason = '', waits_for_us = 0 WHERE post_id IN ({wanted})",
        ids,
    )
    index_posts(tx, ids)


def _hide_keys(tx: Tx, posts: Sequence[Row], erasure: Erasure) -> None:
    """Have their posts be known by hashes, and those keys and threads that carry the name go by them everywhere."""
    rows = rows_where(tx, "SELECT key, post_id FROM post_key WHERE post_id IN ({wanted})", [row["id"] for row in posts])
    leads = {row["key"]: int(row["post_id"]) for row in rows}
    threads = {str(row["thread_key"]) for row in posts}
    # What others opened may carry the name by chance, and is theirs.
    opened = {str(row["thread_key"]) for row in posts if not row["parent_key"]}
    telling = {key for key in (*leads, *opened) if erasure.is_told_by(key)}
    tx.many(
        """INSERT INTO forgotten_key (hash, post_id, stands_for) VALUES (:hash, :post_id, :stands_for)
           ON CONFLICT (hash) DO NOTHING""",
        [
            {"hash": hashed(key), "post_id": leads.get(key, 0), "stands_for": int(key in telling)}
            for key in sorted(leads.keys() | telling)
        ],
    )
    # What was learned of these threads by looking at them: also by addresses that carry the name.
    run_where(tx, "DELETE FROM thread WHERE thread_key IN ({wanted})", sorted(threads))
    stands_in = {row["id"]: str(row["thread_key"]) for row in posts}
    # All parents before any thread, by which they are found.
    for key in sorted(telling):
        _rename_post(tx, key, thread_key=stands_in.get(leads.get(key, 0), key))
    for key in sorted(telling & opened):
        own = [number for number, thread in stands_in.items() if thread == key]
        _rename_thread(tx, key, own)


def _rename_post(tx: Tx, key: str, *, thread_key: str) -> None:
    """Have one key be its hash, as a post's own and as what others in its thread stand under."""
    names = {"key": key, "hash": hashed(key)}
    tx.run("UPDATE post_key SET key = :hash WHERE key = :key", **names)
    tx.run(
        "UPDATE post SET parent_key = :hash WHERE parent_key <> '' AND thread_key = :thread_key AND parent_key = :key",
        thread_key=thread_key,
        **names,
    )


def _rename_thread(tx: Tx, key: str, own: Sequence[int]) -> None:
    """Have a thread be known by its hash everywhere; `own` are their posts in it, what opens it among them."""
    names = {"key": key, "hash": hashed(key)}
    run_where(tx, "UPDATE post SET thread_key = :hash WHERE thread_key = :key AND id IN ({wanted})", own, **names)
    tx.run("UPDATE post SET thread_key = :hash WHERE parent_key <> '' AND thread_key = :key", **names)
    tx.run("UPDATE thread_post SET thread_key = :hash WHERE thread_key = :key", **names)
    for table in ("conversation", "team_post", "mute"):
        tx.run(
            f"""UPDATE {table} SET thread_key = :hash
                WHERE workspace_id IN (SELECT id FROM workspace) AND thread_key = :key""",  # noqa: S608 - our own names
            **names,
        )
