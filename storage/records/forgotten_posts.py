"""The posts of a person who is forgotten: emptied, and known by hashes from then on."""

from collections.abc import Sequence

from engagement.records.forgotten import TITLE, Erasure, hashed
from storage.batches import rows_where, run_where
from storage.database import Row, Tx
from storage.records.words import index_posts


def hide_keys(tx: Tx, posts: Sequence[Row], erasure: Erasure) -> None:
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


def empty(tx: Tx, ids: Sequence[int], erasure: Erasure, number: int) -> None:
    """Have nothing of theirs stand in these posts any more."""
    run_where(
        tx,
        """UPDATE post SET title = :title, text = '', url = '', author = :stands, forgotten_id = :number
           WHERE id IN ({wanted})""",
        ids,
        title=TITLE,
        stands=erasure.stands,
        number=number,
    )
    # Why we think so is said in their words.
    run_where(
        tx,
        """UPDATE mention SET mood_words = '[]', learned = '', reason = '', beside = '[]', taught = '', waits_for_us = 0
           WHERE post_id IN ({wanted})""",
        ids,
    )
    terms = {row["term"] for row in rows_where(tx, "SELECT term FROM mention WHERE post_id IN ({wanted})", ids)}
    for term in sorted(filter(erasure.is_in, terms)):
        run_where(tx, "UPDATE mention SET term = '' WHERE term = :term AND post_id IN ({wanted})", ids, term=term)
    index_posts(tx, ids)


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
