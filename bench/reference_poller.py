"""What the bot is measured against: the poller one would write in an hour, aiohttp and feedparser, each at its best.

Conditional GET, feedparser without sanitising (its fastest way), every entry kept in SQLite. No pacing, no limits, no
safety, no identity, no matching. `python bench/reference_poller.py --feeds urls.txt --db x.db --workers 20`.
"""

import argparse
import asyncio
import io
import sqlite3
from pathlib import Path

import aiohttp
import feedparser

SCHEMA = """
CREATE TABLE IF NOT EXISTS feed (url TEXT PRIMARY KEY, etag TEXT, modified TEXT);
CREATE TABLE IF NOT EXISTS entry (feed TEXT, id TEXT, link TEXT, title TEXT, author TEXT, date TEXT, text TEXT,
  PRIMARY KEY (feed, id)) WITHOUT ROWID;
"""
Kept = tuple[str | None, ...]


def read(body: bytes) -> list[Kept]:
    """Return a row for each entry of a feed."""
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    rows = []
    for each in parsed.entries:
        content = each.get("content")
        text = content[0]["value"] if content else each.get("summary")
        date = each.get("published") or each.get("updated")
        key = each.get("id") or each.get("link") or each.get("title")
        rows.append((key, each.get("link"), each.get("title"), each.get("author"), date, text))
    return rows


async def poll(urls: list[str], db: sqlite3.Connection, workers: int) -> None:
    """Fetch, read and keep every feed once."""
    known = {url: (etag, modified) for url, etag, modified in db.execute("SELECT * FROM feed")}
    turns = asyncio.Semaphore(workers)

    async def one(session: aiohttp.ClientSession, url: str) -> None:
        etag, modified = known.get(url, (None, None))
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        async with turns, session.get(url, headers=headers) as answer:
            if answer.status == 304:  # noqa: PLR2004 - Not Modified
                return
            rows = read(await answer.read())
            with db:
                validators = (answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
                db.execute("INSERT OR REPLACE INTO feed VALUES (?, ?, ?)", (url, *validators))
                db.executemany(
                    "INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", [(url, *row) for row in rows]
                )

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(one(session, url) for url in urls))


def main() -> None:
    parser = argparse.ArgumentParser(description="A plain poller to measure against.")
    parser.add_argument("--feeds", type=Path, required=True)
    parser.add_argument("--db", required=True)
    parser.add_argument("--workers", type=int, default=20)
    asked = parser.parse_args()
    db = sqlite3.connect(asked.db)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.executescript(SCHEMA)
    asyncio.run(poll(asked.feeds.read_text(encoding="utf-8").split(), db, asked.workers))
    print(db.execute("SELECT COUNT(*) FROM entry").fetchone()[0], "entries kept")


if __name__ == "__main__":
    main()
