"""What somebody set once and nobody uses now: a forgetting takes the name out of it without a question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from engagement.records.forgotten import Erasure, hashed
from storage.database import Tx, assigned
from storage.homes import page_from, save_page
from storage.listening.sources import IN_USE

# By table: which rows are over, and what people typed in them, or was noted of them.
OVER: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "watch": ("stopped_at IS NOT NULL", ("name", "names", "excluded", "near", "query", "handles", "site")),
    "theme": ("ended_at <> ''", ("name", "folded", "phrases")),
    "mute": ("ended_at IS NOT NULL", ("value",)),
    "setup": ("settled_at IS NOT NULL", ("places",)),
    "trouble": ("ended_at IS NOT NULL", ("detail",)),
}


def forget_in_what_is_over(tx: Tx, erasure: Erasure) -> None:
    """Take the name out of watches and themes that ended, places nobody listens to, and what people last looked for."""
    for table, (is_over, columns) in OVER.items():
        for row in tx.all(f"SELECT id, {', '.join(columns)} FROM {table} WHERE {is_over} ORDER BY id"):  # noqa: S608 - our own names
            clean = {name: erasure.out_of(row[name]) for name in columns}
            if any(row[name] != text for name, text in clean.items()):
                tx.run(f"UPDATE {table} SET {assigned(clean)} WHERE id = :id", id=row["id"], **clean)  # noqa: S608 - as above
    _forget_in_places(tx, erasure)
    for row in tx.all("SELECT workspace_id, slack_user, page FROM home ORDER BY workspace_id, slack_user"):
        page = page_from(row["page"])
        if erasure.is_in(page.filters.words) or erasure.is_in(page.filters.label):
            filters = replace(page.filters, words="", label="")
            save_page(tx, row["workspace_id"], row["slack_user"], replace(page, filters=filters, spot=None))


def _forget_in_places(tx: Tx, erasure: Erasure) -> None:
    """Have a place whose address or name is theirs go by a hash, once nobody listens there: a feed of their posts."""
    for row in tx.all(f"SELECT id, url, name, moved_to, last_error FROM source WHERE NOT {IN_USE} ORDER BY id"):  # noqa: S608 - constants only
        if any(erasure.is_told_by(row[name]) for name in ("url", "name", "moved_to", "last_error")):
            tx.run(
                """UPDATE source SET url = :url, name = :name, moved_to = '', last_error = '', etag = '',
                     last_modified = '' WHERE id = :id""",
                id=row["id"],
                url=hashed(row["url"]),
                name=erasure.out_of(row["name"]),
            )
