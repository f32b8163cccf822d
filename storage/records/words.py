"""The words of what was written about us, as they are sought: kept for every post that is a mention, and for no other.

Both databases get the same words, because we part texts ourselves: what stands in an address or beside a hyphen would
else be found on one and not on the other.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from typing import Final

from storage.batches import rows_where, run_where
from storage.database import Engine, Tx, count
from storage.improvements.theme_queue import queue_for_themes

# Longer ones are keys and noise; PostgreSQL refuses words above 2,046 bytes.
LONGEST_WORD: Final = 64
# PostgreSQL's limits, of a position and of how many it keeps for one word.
LAST_POSITION: Final = 16_383
POSITIONS: Final = 255

# Chinese and Japanese have no spaces between words, so each of their characters is one: a phrase finds them in a row.
_WORD: Final = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
# The same where nothing else can stand; most texts are such.
_ASCII_WORD: Final = re.compile(r"[a-z0-9]+")

SAID: Final = """SELECT id, title, text, author, community FROM post WHERE id IN ({wanted})
  AND EXISTS (SELECT 1 FROM mention WHERE mention.post_id = post.id)"""
INSERT: Final = {
    Engine.SQLITE: "INSERT INTO post_words (rowid, words) VALUES (:id, :words)",
    Engine.POSTGRES: "INSERT INTO post_words (post_id, words) VALUES (:id, CAST(:words AS tsvector))",
}
DELETE: Final = {
    Engine.SQLITE: "DELETE FROM post_words WHERE rowid IN ({wanted})",
    Engine.POSTGRES: "DELETE FROM post_words WHERE post_id IN ({wanted})",
}


def parted(text: str) -> list[str]:
    """Return the words of a text in their order, without capitals, accents and whatever is neither letter nor digit."""
    folded = text.casefold()
    if folded.isascii():
        return [word[:LONGEST_WORD] for word in _ASCII_WORD.findall(folded)]
    plain = unicodedata.normalize("NFKD", folded)
    bare = "".join(char for char in plain if unicodedata.category(char) != "Mn")
    # Compiled when the first asks: so many ranges take 2 ms, which a start would pay.
    return [word[:LONGEST_WORD] for word in re.findall(_WORD, bare)]


def index_posts(tx: Tx, post_ids: Collection[int]) -> None:
    """Have those of the posts that are mentions found by what their rows say now, and by nothing they said before.

    Their themes are what they say now, too.
    """
    forget_words(tx, post_ids)
    queue_for_themes(tx, post_ids)
    write = _as_vector if tx.engine is Engine.POSTGRES else " ".join
    rows = [
        {"id": row["id"], "words": write(parted(f"{row['title']}\n{row['text']}\n{row['author']}\n{row['community']}"))}
        for row in rows_where(tx, SAID, sorted(post_ids))
    ]
    if rows:
        tx.many(INSERT[tx.engine], rows)


def forget_words(tx: Tx, post_ids: Collection[int]) -> None:
    """Have the posts found no more."""
    run_where(tx, DELETE[tx.engine], sorted(post_ids))


def index_some(tx: Tx, *, limit: int) -> bool:
    """Index the next few posts from before there was a search, newest first; return whether some are left."""
    rows = tx.all("SELECT post_id FROM post_without_words ORDER BY post_id DESC LIMIT :limit", limit=limit)
    waiting = [row["post_id"] for row in rows]
    index_posts(tx, waiting)
    run_where(tx, "DELETE FROM post_without_words WHERE post_id IN ({wanted})", waiting)
    return len(waiting) == limit


def count_without_words(tx: Tx) -> int:
    """Return how many posts still wait to be indexed."""
    return count(tx, "FROM post_without_words")


def _as_vector(words: list[str]) -> str:
    """Return PostgreSQL's notation of words with their positions; nothing in them needs quoting."""
    places: dict[str, list[int]] = defaultdict(list)
    for position, word in enumerate(words, start=1):
        if len(places[word]) < POSITIONS:
            places[word].append(min(position, LAST_POSITION))
    return " ".join(f"'{word}':{','.join(map(str, dict.fromkeys(at)))}" for word, at in places.items())
