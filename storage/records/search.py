"""What was written about us, found by its words."""

import re
from collections.abc import Sequence
from typing import Final

from engagement.dataclass import dataclass
from engagement.listing import Found
from storage.batches import rows_where
from storage.conversations.conversation_rows import conversation_from
from storage.conversations.mentions import MENTION, mention_from
from storage.database import Engine, Tx
from storage.records.words import parted
from storage.team.labels import MENTION_CARRIES

# What somebody types has a few words; the rest of a pasted page is not looked at.
LONGEST_QUERY: Final = 300
TERMS_AT_MOST: Final = 16
# A single letter is a word of its own: what begins with it is nearly everything.
SHORTEST_BEGINNING: Final = 2
# Beyond any post's number.
NEWEST: Final = 2**62

# A "phrase in quotes" or a word, each perhaps with a * behind it. A quote that is never closed is none.
_TERM: Final = re.compile(r'"(?P<phrase>[^"]*)"\*?|(?P<word>[^\s"]+)')

# CROSS JOIN has SQLite begin with the words. It reads them from the newest post back and stops when it has enough:
# however many posts hold a word, no more than what is shown is looked at.
FOUND: Final = {
    Engine.SQLITE: """SELECT mention.post_id, mention.id AS mention_id,
        COALESCE(mention.card_id, mention.conversation_id) AS conversation_id
      FROM post_words CROSS JOIN mention ON mention.workspace_id = :workspace_id AND mention.post_id = post_words.rowid
      WHERE post_words MATCH :sought AND post_words.rowid < :before""",
    Engine.POSTGRES: """SELECT mention.post_id, mention.id AS mention_id,
        COALESCE(mention.card_id, mention.conversation_id) AS conversation_id
      FROM post_words JOIN mention ON mention.workspace_id = :workspace_id AND mention.post_id = post_words.post_id
      WHERE post_words.words @@ CAST(:sought AS tsquery) AND post_words.post_id < :before""",
}
LATEST: Final = {
    Engine.SQLITE: "ORDER BY post_words.rowid DESC LIMIT :limit",
    Engine.POSTGRES: "ORDER BY post_words.post_id DESC LIMIT :limit",
}
# Without words: what carries a label, from the newest mention back.
ANY_WORDS: Final = """SELECT mention.post_id, mention.id AS mention_id,
        COALESCE(mention.card_id, mention.conversation_id) AS conversation_id FROM mention
  WHERE mention.workspace_id = :workspace_id AND mention.post_id < :before"""
ANY_LATEST: Final = "ORDER BY mention.post_id DESC LIMIT :limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that stand one after the other; of a prefix, the last of them may go on."""

    words: tuple[str, ...]
    is_prefix: bool


def search_mentions(
    tx: Tx, workspace_id: str, typed: str, *, limit: int, before: int | None = None, label: int | None = None
) -> list[Found]:
    """Return at most `limit` mentions with all the words that somebody typed, in the order we met them, newest first.

    `typed` may be anything: words, "phrases in quotes" and a * at the end of a beginning count, all else is left out.
    Nothing that could be sought finds nothing. `before` is the `post_id` of the last one that was shown already.
    With a `label` (its number) only what carries that label is found; then there need not be words.
    """
    sought = sought_by(tx, typed)
    if not sought and label is None:
        return []
    found, latest = (FOUND[tx.engine], LATEST[tx.engine]) if sought else (ANY_WORDS, ANY_LATEST)
    carries = "" if label is None else f"AND {MENTION_CARRIES}"
    rows = tx.all(
        f"{found} {carries} {latest}",
        workspace_id=workspace_id,
        before=NEWEST if before is None else before,
        limit=limit,
        **({"sought": sought} if sought else {}),
        **({} if label is None else {"label": label}),
    )
    mentions = {
        row["mention_id"]: mention_from(row)
        for row in rows_where(tx, f"{MENTION} WHERE mention.id IN ({{wanted}})", [row["mention_id"] for row in rows])
    }
    conversations = {
        row["id"]: conversation_from(row)
        for row in rows_where(
            tx, "SELECT * FROM conversation WHERE id IN ({wanted})", {row["conversation_id"]: None for row in rows}
        )
    }
    return [
        Found(mention=mentions[row["mention_id"]], conversation=conversations[row["conversation_id"]]) for row in rows
    ]


def sought_by(tx: Tx, typed: str) -> str:
    """Return what FOUND is asked for by what somebody typed; empty where nothing in it could be sought."""
    terms = terms_of(typed)
    return _for_postgres(terms) if tx.engine is Engine.POSTGRES else _for_sqlite(terms)


def terms_of(typed: str) -> list[Term]:
    """Return what is sought: plain words and phrases, whatever somebody typed."""
    found = []
    for match in _TERM.finditer(typed[:LONGEST_QUERY]):
        words = tuple(parted(match["phrase"] if match["phrase"] is not None else match["word"]))
        if words:
            goes_on = match[0].endswith("*") and len(words[-1]) >= SHORTEST_BEGINNING
            found.append(Term(words=words, is_prefix=goes_on))
    return found[:TERMS_AT_MOST]


def _for_sqlite(terms: Sequence[Term]) -> str:
    return " AND ".join(f'"{" ".join(term.words)}"{"*" if term.is_prefix else ""}' for term in terms)


def _for_postgres(terms: Sequence[Term]) -> str:
    return " & ".join(f"({' <-> '.join(_quoted(term))})" for term in terms)


def _quoted(term: Term) -> list[str]:
    *words, last = (f"'{word}'" for word in term.words)
    return [*words, f"{last}:*" if term.is_prefix else last]
