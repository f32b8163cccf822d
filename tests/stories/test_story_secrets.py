"""A secret in a setting or in a place's address stays where it was put: in the environment, and in the source's row."""

import base64
import contextlib
import json
import logging
import sqlite3
from urllib.parse import quote

from aiohttp import web
from bots import Desk, run_program
from feed_street import saying

SECRET = "m4rker-s3cret"
SPELLINGS = {SECRET, quote(SECRET), base64.b64encode(f"pat:{SECRET}".encode()).decode()}
SETTINGS = (
    "reddit_client_id",
    "reddit_client_secret",
    "reddit_feed_user",
    "reddit_feed_token",
    "github_token",
    "stackexchange_key",
)
WITHOUT_LINKS = (
    '<rss version="2.0"><channel><title>Talk</title><item><title>Does Tidewiki export?</title>'
    "<description>&lt;a href=''&gt;Tidewiki&lt;/a&gt;</description></item>"
    "<item><title>Tidewiki again</title><link></link></item>"
    "<item><title>Tidewiki there</title><link>?page=2</link></item>"
    "</channel></rss>"
)


def shown(text: object) -> bool:
    """Say whether the secret stands in a text, in whatever spelling."""
    said = text if isinstance(text, str) else json.dumps(text, default=repr, ensure_ascii=False)
    return any(spelling in said for spelling in SPELLINGS)


def dressed(url: str, name: str) -> str:
    """Return an address as somebody pastes it who has a login there, and a token in the address as well."""
    return f"{url.replace('://', f'://pat:{SECRET}@')}?token={SECRET}&feed={name}"


async def test_a_secret_reaches_neither_logs_nor_slack_nor_exports_nor_other_rows(desk: Desk, start, street, caplog):
    caplog.set_level(logging.DEBUG)
    desk.changes = {name: f"{SECRET}-{name}" for name in SETTINGS} | {"log_level": "DEBUG"}
    answers = {
        "healthy": None,
        "linkless": saying(WITHOUT_LINKS),
        "broken": saying("no", status=500),
        "closed": saying("no", status=401),
        "gone": saying("no", status=410),
        "page": saying("<title>Log in</title>", kind="text/html"),
        "moved": moved_to(f"/healthy.rss?token={SECRET}"),
        "away": moved_to(f"http://127.0.0.1:9/?token={SECRET}"),
        "nowhere": moved_to(f"file:///{SECRET}"),
    }
    for name, answer in answers.items():
        street.feed(name).answer = answer
    street.feed("healthy").add("Does Tidewiki sync?", "It should.")
    urls = [dressed(street.feed(name).url, name) for name in answers]
    await desk.watch(*urls, dressed("http://127.0.0.1:9/refused", "refused"), community="The forum")
    await start()
    await desk.until(lambda: all(street.feed(name).asked for name in answers), what="a look at every place")
    await desk.until(lambda: len(desk.cards()) >= 3, what="three cards")

    for command, words in (("sources", "places"), ("status", "waiting"), ("digest", "Tidewiki")):
        await desk.slack.command(f"/ears {command}", by="sam", channel="mentions")
        await desk.slack.wait_for_ephemeral(to="sam", containing=words)
    printed = [
        await run_program(desk, *words) for words in (("export",), ("export", "--format", "opml"), ("poll", "--all"))
    ]
    printed.append(await run_program(desk, "check"))

    assert {table for table, _ in columns_with_the_secret(desk)} == {"source"}
    assert [call for call in desk.slack.inspector.calls if shown(call)] == []
    assert [record.getMessage() for record in caplog.records if shown(str(vars(record)))] == []
    assert not shown(caplog.text)
    assert [said for _, said in printed if shown(said)] == []


def columns_with_the_secret(desk: Desk) -> set[tuple[str, str]]:
    found = set()
    with contextlib.closing(sqlite3.connect(f"file:{desk.file}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                found |= {(table, name) for name in row.keys() if shown(str(row[name]))}  # noqa: SIM118 rows are no dicts
    return found


def moved_to(url: str):
    async def answer(_request):
        return web.Response(status=301, headers={"Location": url})

    return answer
