"""`bot.py check` as an operator runs it, against the sandbox and feeds on loopback."""

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from builders import ROOT
from listening import listen, remember_team, watch_for

from engagement.listening.source import NewSource
from engagement.watch import Terms
from handlers.checks.check import run_check
from handlers.checks.findings import Finding, line_of, verdict_of
from handlers.checks.live_places import try_catalogue
from handlers.checks.slack import SCOPES
from sandbox.server import start_sandbox
from settings import Settings
from storage.database import open_database
from storage.workspaces import all_workspaces

GOOD = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_APP_TOKEN": "xapp-sandbox", "ALLOW_PRIVATE_HOSTS": "1"}
SECRET = "do-not-print-me"
NOBODY = "http://127.0.0.1:9/api/"
FEED = (
    '<rss version="2.0"><channel><title>Forum</title><link>https://forum.example/</link>'
    "<item><guid>https://forum.example/1</guid><title>Is there a Tidewiki export?</title></item></channel></rss>"
)


class Checked:
    """How a check ended, and what it said."""

    def __init__(self, code, output):
        self.code = code
        self.output = output
        self.lines = output.splitlines()

    def line(self, beginning):
        """Return the one line that begins so."""
        [found] = [line for line in self.lines if line.startswith(beginning)]
        return found


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Check as `bot.py check` does, in an empty folder, with these settings and no others."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)

    async def run(*, live=None, api_url=NOBODY, **settings):
        for name, value in (settings | {"SLACK_API_URL": api_url}).items():
            monkeypatch.setenv(name, value)
        code = await run_check(live_channel=live)
        return Checked(code, capsys.readouterr().out)

    return run


@pytest.fixture
def program(tmp_path):
    """Run `bot.py check` itself, and give all it said, with the same."""

    async def run(*arguments, api_url=NOBODY, **settings):
        known = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONUTF8": "1", "SLACK_API_URL": api_url}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, ROOT / "bot.py", "check", *arguments),
            cwd=tmp_path,
            env=known | settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return Checked(process.returncode, output.decode())

    return run


async def answer_as_a_feed(request):
    if request.path == "/busy":
        return web.Response(status=429)
    return web.Response(text=FEED, content_type="application/rss+xml")


@pytest.fixture
async def feeds():
    app = web.Application()
    app.router.add_get("/{tail:.*}", answer_as_a_feed)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.fixture
def listening(tmp_path):
    """Make a database with one watch that posts to `channel` of `slack` and listens to `places`."""

    async def make(slack, channel, **places):
        team = slack.workspace.id
        db = open_database(str(tmp_path / "two-ears.db"))

        def fill(tx):
            remember_team(tx, team)
            sources = [NewSource(url=url, name=name, community=name) for name, url in places.items()]
            into = slack.channel(channel).id if channel in ("mentions", "product") else channel
            listen(tx, *sources, workspace_id=team, channel=into)

        await db.transact(fill)
        db.close()

    return make


@asynccontextmanager
async def somebody_else(**answer):
    """A server on loopback that is not Slack."""
    app = web.Application()

    async def speak(_request):
        return web.Response(**answer)

    app.router.add_route("*", "/{tail:.*}", speak)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/api/"))


async def test_a_good_installation_is_all_ticks(program, listening, feeds):
    async with start_sandbox(manifest=ROOT / "manifest.json") as slack:
        await listening(slack, "mentions", Forum=f"{feeds}/rss")
        checked = await program(api_url=slack.api_url, **GOOD)

    assert all(line.startswith("✓") for line in checked.lines[:-1]), checked.output
    assert checked.lines[-1] == "Everything is in order."
    assert checked.line("✓ #mentions") == "✓ #mentions: takes mentions of Tidewiki and the weekly digest"
    assert checked.line("✓ Forum") == "✓ Forum: 1 post"
    assert checked.code == 0


async def test_a_new_installation_is_told_how_to_begin(check, slack):
    checked = await check(api_url=slack.api_url, **GOOD)

    assert "type /invite @Two Ears in a channel and press Start listening" in checked.line("✓ Watches")
    assert checked.code == 0


async def test_the_manifest_asks_for_exactly_the_scopes_that_are_checked():
    manifest = json.loads((ROOT / "manifest.json").read_text())

    assert sorted(manifest["oauth_config"]["scopes"]["bot"]) == sorted(SCOPES)


async def test_every_missing_scope_is_named_with_where_to_add_it(check):
    manifest = json.loads((ROOT / "manifest.json").read_text())
    manifest["oauth_config"]["scopes"]["bot"] = ["chat:write", "channels:read", "channels:history"]
    async with start_sandbox(manifest=manifest) as slack:
        checked = await check(api_url=slack.api_url, **GOOD)

    line = checked.line("✗ Scopes")
    assert "commands, users:read missing" in line
    assert "OAuth & Permissions" in line
    assert "Reinstall to Workspace" in line
    assert checked.lines[-1] == "1 thing needs your attention."
    assert checked.code == 1


async def test_a_channel_without_the_bot_says_what_to_type(check, listening, slack):
    await listening(slack, "product")
    checked = await check(api_url=slack.api_url, **GOOD)

    assert "type /invite @Two Ears in #product" in checked.line("✗ #product")
    assert checked.code == 1


async def test_a_channel_that_is_gone_or_archived_is_named(check, listening, slack):
    await listening(slack, "C0GONE")
    slack.channel("mentions").is_archived = True
    checked = await check(api_url=slack.api_url, DIGEST_CHANNEL=slack.channel("mentions").id, **GOOD)

    assert "it is gone, or private" in checked.line("✗ Channel C0GONE: takes mentions of Tidewiki;")
    assert "unarchive it" in checked.line("✗ #mentions: takes the weekly digest")


async def test_refused_tokens_are_both_named_and_never_printed(program, slack):
    tokens = {"SLACK_BOT_TOKEN": f"xoxb-{SECRET}", "SLACK_APP_TOKEN": f"xapp-{SECRET}"}
    checked = await program("--live", "mentions", api_url=slack.api_url, **tokens)

    assert "invalid_auth" in checked.line("✗ Bot token")
    assert "Install App" in checked.line("✗ Bot token")
    assert "connections:write" in checked.line("✗ App token")
    assert "needs a bot token that works" in checked.line("✗ A message to #mentions")
    assert SECRET not in checked.output
    assert checked.code == 1


async def test_swapped_tokens_are_found_before_slack_is_asked(check, slack):
    swapped = {"SLACK_BOT_TOKEN": "xapp-sandbox", "SLACK_APP_TOKEN": "xoxb-sandbox"}
    checked = await check(api_url=slack.api_url, **swapped)

    assert "must begin with xoxb-" in checked.line("✗ Settings: SLACK_BOT_TOKEN")
    assert "must begin with xapp-" in checked.line("✗ Settings: SLACK_APP_TOKEN")
    assert checked.lines[-1] == "2 things need your attention."


async def test_a_slack_that_cannot_be_reached_hides_nothing_else(check, tmp_path):
    checked = await check(**GOOD)

    assert "check the network, a proxy in between, and SLACK_API_URL" in checked.line("✗ Bot token")
    assert "SLACK_API_URL" in checked.line("✗ App token")
    assert str(tmp_path / "two-ears.db") in checked.line("✓ Database")
    assert checked.lines[-1] == "2 things need your attention."
    assert checked.code == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"text": "Hello", "content_type": "text/plain"},
        {"text": "<h1>Log in</h1>", "content_type": "text/html"},
        {"text": "Bad gateway", "status": 502},
        {"text": "{", "content_type": "application/json"},
    ],
    ids=["plain words", "a page to log in", "a broken proxy", "half of an answer"],
)
async def test_something_that_is_not_slack_is_told_apart(check, answer):
    async with somebody_else(**answer) as api_url:
        checked = await check(api_url=api_url, **GOOD)

    assert f"nobody answers at {api_url} as Slack does" in checked.line("✗ Bot token")
    assert "Traceback" not in checked.output


async def test_missing_tokens_are_findings_and_the_rest_is_looked_at(check, listening, feeds, slack):
    await listening(slack, "mentions", Forum=f"{feeds}/rss")
    checked = await check(api_url=slack.api_url, ALLOW_PRIVATE_HOSTS="1")

    assert "SLACK_BOT_TOKEN is missing" in checked.output
    assert "SLACK_APP_TOKEN is missing" in checked.output
    assert checked.line("✓ Forum") == "✓ Forum: 1 post"
    assert checked.lines[-1] == "2 things need your attention."
    assert checked.code == 1


async def test_wrong_settings_are_all_listed(check):
    checked = await check(TIME_ZONE="Mars/Base", POLL_WORKERS="many", DIGEST_DAY="Someday", **GOOD)

    for name in ("TIME_ZONE", "POLL_WORKERS", "DIGEST_DAY"):
        assert checked.line(f"✗ Settings: {name}")
    assert checked.lines[-1] == "3 things need your attention."
    assert checked.code == 1


async def test_each_place_is_asked_once_and_a_refusal_costs_no_other(check, listening, feeds, slack):
    places = {"Forum": f"{feeds}/rss", "Busy": f"{feeds}/busy", "Nowhere": f"http://user:{SECRET}@127.0.0.1:9/"}
    await listening(slack, "mentions", **places)
    checked = await check(api_url=slack.api_url, POLL_WORKERS="1", **GOOD)

    assert checked.line("✓ Forum")
    assert "the server asks us to slow down (429)" in checked.line("✗ Busy")
    assert "nobody answers at this address" in checked.line("✗ Nowhere")
    assert SECRET not in checked.output


async def test_a_place_inside_a_private_network_names_the_setting(check, listening, feeds, slack):
    await listening(slack, "mentions", Forum=f"{feeds}/rss")
    checked = await check(api_url=slack.api_url, **(GOOD | {"ALLOW_PRIVATE_HOSTS": "0"}))

    assert "set ALLOW_PRIVATE_HOSTS=1" in checked.line("✗ Forum")


@pytest.mark.parametrize("kind", ["folder that is not there", "something else"])
async def test_a_database_that_does_not_open_is_named(check, tmp_path, kind):
    path = tmp_path / "missing" / "two-ears.db" if kind == "folder that is not there" else tmp_path / "letter.txt"
    if path.parent.exists():
        path.write_text("Dear Pat, this is not a database at all. " * 100)
    checked = await check(DATABASE_URL=f"sqlite:///{path}")

    assert str(path) in checked.line("✗ Database")
    assert checked.code == 1


async def test_a_query_that_cannot_be_read_is_named_with_its_mistake(check, slack, tmp_path):
    db = open_database(str(tmp_path / "two-ears.db"))

    def fill(tx):
        remember_team(tx, slack.workspace.id)
        watch_for(tx, workspace_id=slack.workspace.id, terms=Terms(names=("Tidewiki",), query="tide OR"))

    await db.transact(fill)
    db.close()

    checked = await check(api_url=slack.api_url, **GOOD)

    assert "`OR` wants a word behind it: put one there, or take it away (character 6)." in checked.line(
        "✗ The query of Tidewiki"
    )
    assert checked.code == 1


async def test_a_check_leaves_no_trace_in_the_database(check, tmp_path, slack):
    await check(api_url=slack.api_url, **GOOD)
    db = open_database(str(tmp_path / "two-ears.db"))

    assert await db.read(all_workspaces) == []
    db.close()


async def test_a_catalogue_that_cannot_be_read_is_named(check, tmp_path):
    (tmp_path / "places.toml").write_text('[[place]]\nname = "Forum"\nurl = "https://forum.example/?q={word}"\n')
    checked = await check(PLACES_FILE="places.toml")

    assert "none of host, query, repo, site, tag, words" in checked.line("✗ PLACES_FILE")


async def test_check_live_posts_finds_changes_and_deletes(program):
    async with start_sandbox(manifest=ROOT / "manifest.json") as slack:
        checked = await program("--live", "#mentions", api_url=slack.api_url, **GOOD)

        assert slack.messages("mentions") == []
    assert checked.lines[-5:] == [
        "✓ A message to #mentions: posted",
        "✓ Found again in the history: by its metadata, and by its block's id",
        "✓ Changed",
        "✓ Deleted",
        "Everything is in order.",
    ]
    assert checked.code == 0


async def test_check_live_says_when_only_the_blocks_id_leads_back(check, slack):
    slack.faults.add("conversations.history", "history_without_metadata", times=5)
    checked = await check(live="mentions", api_url=slack.api_url, **GOOD)

    assert slack.messages("mentions") == []
    assert "by its block's id, not by its metadata; one is enough" in checked.line("✓ Found again")
    assert checked.code == 0


async def test_check_live_deletes_what_it_could_not_find(check):
    manifest = json.loads((ROOT / "manifest.json").read_text())
    manifest["oauth_config"]["scopes"]["bot"].remove("channels:history")
    async with start_sandbox(manifest=manifest) as slack:
        checked = await check(live="mentions", api_url=slack.api_url, **GOOD)

        assert slack.messages("mentions") == []
    assert "channels:history missing" in checked.line("✗ A message to #mentions, find")
    assert checked.line("✓ Deleted")
    assert checked.code == 1


@pytest.mark.parametrize(
    ("channel", "advice"),
    [("product", "type /invite @Two Ears in #product"), ("nowhere", "There is no public channel #nowhere")],
)
async def test_check_live_says_what_to_type_where_it_cannot_post(check, channel, advice, slack):
    checked = await check(live=channel, api_url=slack.api_url, **GOOD)

    assert advice in checked.line(f"✗ A message to #{channel}")
    assert checked.code == 1


async def test_the_live_check_asks_every_place_once_and_says_who_answered(tmp_path, capsys):
    asked = []

    async def handler(request):
        asked.append(request.path_qs)
        if request.path == "/open":
            item = "<item><title>Firefox</title><link>https://forum.example/t/x/{}</link></item>"
            items = item.format(260) + item.format("261/2")
            return web.Response(text=f"<rss version='2.0'><channel>{items}</channel></rss>")
        if request.path == "/topic/261":
            return web.Response(
                text="<rss version='2.0'><channel><item><title>Re: Firefox</title></item></channel></rss>"
            )
        return web.Response(status=403)

    app = web.Application()
    app.router.add_get("/{tail:.*}", handler)
    async with TestServer(app, host="127.0.0.1") as server:
        url = str(server.make_url("")).rstrip("/")
        file = tmp_path / "places.toml"
        file.write_text(
            f'[[place]]\nname = "Open"\nurl = "{url}/open?q={{query}}"\nevidence = "its manual"\n'
            f'[[place]]\nname = "Shut"\nurl = "{url}/shut"\nchecked = 2026-11-01\n'
            f'[[thread]]\ncommunity = "Forum"\nkey = "discourse:.*/(?P<id>.*)"\nurl = "{url}/topic/{{id}}"\n'
            f'[[thread]]\ncommunity = "Other"\nkey = "hn:(?P<id>.*)"\nurl = "{url}/hn/{{id}}"\n',
            encoding="utf-8",
        )
        database = f"sqlite:///{tmp_path / 'check.db'}"
        settings = Settings(_env_file=None, allow_private_hosts=True, places_file=file, database_url=database)
        code = await try_catalogue(settings)

    said = capsys.readouterr().out
    assert code == 0
    assert sorted(asked) == ["/open?q=%22Firefox%22", "/shut", "/topic/261"]
    assert "Asking 2 places on 1 host for Firefox" in said
    assert "ok Open: 2 posts [untested; its manual]" in said
    assert "ok Forum, a thread: 1 post [untested; no evidence]" in said
    assert "-- Shut: " in said
    assert "[checked 2026-11-01; no evidence]" in said
    assert said.rstrip().endswith("may stand at: Forum, a thread, Open.")


def test_a_finding_is_one_line_whatever_was_said():
    assert line_of(Finding(ok=True, subject="Changed")) == "✓ Changed"
    assert (
        line_of(Finding(ok=False, subject="Forum", advice="two\nlines; try again")) == "✗ Forum: two lines; try again"
    )


def test_a_terminal_without_ticks_gets_words():
    bad = Finding(ok=False, subject="Übergabe", advice="“no”")

    assert line_of(bad, encoding="latin-1") == "NO  Übergabe: ?no?"
    assert line_of(Finding(ok=True, subject="Changed"), encoding="ascii") == "ok  Changed"


def test_the_verdict_counts_what_is_wrong():
    good, bad = Finding(ok=True, subject="a"), Finding(ok=False, subject="b")

    assert verdict_of([good]) == "Everything is in order."
    assert verdict_of([good, bad]) == "1 thing needs your attention."
    assert verdict_of([bad, bad]) == "2 things need your attention."


@pytest.mark.parametrize(
    ("live", "status", "line"),
    [
        (None, 405, "✓ WEBHOOK_URL: answers (405); check --live sends a test event"),
        ("mentions", 204, "✓ WEBHOOK_URL: took a test event (204)"),
        (
            "mentions",
            404,
            "✗ WEBHOOK_URL: answered 404 to a test event; anything but 2xx means that it did not take it",
        ),
    ],
    ids=["it answers", "it takes a test event", "it does not"],
)
async def test_the_webhook_is_asked_and_sent_a_test_event_in_earnest(check, live, status, line):
    asked = []

    async def answer(request):
        asked.append(request.method)
        return web.Response(status=status)

    app = web.Application()
    app.router.add_route("*", "/hook", answer)
    async with TestServer(app) as server:
        url, secret = str(server.make_url("/hook")), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        checked = await check(live=live, WEBHOOK_URL=url, WEBHOOK_SECRET=secret, **GOOD)

    assert checked.line(line[:13] + ": ") == line
    assert asked == ["POST" if live else "HEAD"]
    assert checked.line("✓ WEBHOOK_URL, events") == "✓ WEBHOOK_URL, events: 0 waiting"
