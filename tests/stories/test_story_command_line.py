"""The command line beside a running bot: import and export, a poll, the digest on paper, and the end."""

import signal
import sqlite3
import tomllib

import psutil
import pytest
from bots import Desk, program, run_program, running

WATCHLIST = """
[[watch]]
name = "Tidewiki"
channel = "#mentions"
names = ["Tidewiki", "Tide Wiki"]
excluded = ["tide tables"]
handles = ["tidewiki_team"]
outcome = "reputation"
site = "https://tidewiki.example"

[[watch.source]]
url = "{url}/talk.rss"
name = "The talk"
community = "Talk"

[[watch.source]]
url = "{url}/other.rss"
name = "The other"
community = "Other"
"""


@pytest.fixture
def watchlist(desk: Desk, street):
    street.feed("talk").add("Does Tide Wiki export?")
    street.feed("other")
    file = desk.folder / "watchlist.toml"
    file.write_text(WATCHLIST.format(url=street.url), encoding="utf-8")
    return file


async def test_import_works_beside_a_running_bot_and_what_is_exported_can_be_imported(desk: Desk, street, watchlist):
    async with running(desk):
        code, said = await run_program(desk, "import", str(watchlist))
        assert (code, said) == (0, "1 watch with 2 places imported.\n")
        await desk.card("Does Tide Wiki export?", seconds=15)
        await desk.card("Listening for *Tidewiki*")

        again, _ = await run_program(desk, "import", str(watchlist))
        code, exported = await run_program(desk, "export")
    assert (again, code) == (0, 0)
    [watch] = tomllib.loads(exported)["watch"]
    [wanted] = tomllib.loads(watchlist.read_text())["watch"]
    said = watch | {"channel": f"#{watch['channel'].removeprefix('#')}"}
    # What a watch has without having been given it is written out as well.
    assert said == wanted | {"delivery": "now", "near": []}
    assert desk.rows("SELECT COUNT(*) FROM source") == [(2,)]

    other = Desk(slack=desk.slack, folder=desk.folder / "other")
    other.folder.mkdir()
    (other.folder / "export.toml").write_text(exported, encoding="utf-8")
    assert (await run_program(other, "import", "export.toml"))[0] == 0
    assert (await run_program(other, "export"))[1] == exported

    code, opml = await run_program(desk, "export", "--format", "opml")
    assert code == 0
    (other.folder / "places.opml").write_text(opml, encoding="utf-8")
    code, said = await run_program(other, "import", "places.opml", "--watch", "Tidewiki")
    assert (code, said) == (0, "2 places imported for Tidewiki.\n")
    assert other.rows("SELECT url FROM source ORDER BY id") == desk.rows("SELECT url FROM source ORDER BY id")


async def test_import_waits_for_its_turn_at_the_database(desk: Desk, street, watchlist):
    async with running(desk):
        holder = sqlite3.connect(desk.file, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        async with program(desk, "import", str(watchlist), name="import") as importing:
            try:
                # It has asked Slack for the channels, and waits to write.
                await desk.until(
                    lambda: any(call["title"] == "auth.test" for call in list(desk.slack.inspector.calls)[:3]),
                    seconds=20,
                )
                assert importing.process.returncode is None
            finally:
                holder.execute("COMMIT")
                holder.close()
            assert await importing.process.wait() == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[watch]]\nname = 'T'\nchannel = '#nowhere'\nnames = ['T']\n", "There is no public channel #nowhere"),
        ("[[watch]]\nname = 'T'\n", "watch 1, channel: it is missing"),
        ("this is no TOML", "is not TOML"),
    ],
    ids=["an unknown channel", "a missing field", "no TOML"],
)
async def test_a_wrong_watchlist_is_refused_in_words(desk: Desk, text, expected):
    file = desk.folder / "wrong.toml"
    file.write_text(text, encoding="utf-8")

    code, said = await run_program(desk, "import", str(file))

    assert code == 1
    assert expected in said
    assert "Traceback" not in said


async def test_poll_looks_once_at_the_feeds_of_a_file(desk: Desk, street):
    talk, sick = street.feed("talk"), street.feed("sick")
    talk.add_many(30)
    urls = desk.folder / "urls.txt"
    urls.write_text(f"# places\n{talk.url}\n\n{talk.url}\n{street.url}/nothing.rss\n{sick.url}\n", encoding="utf-8")
    arguments = ("--feeds", str(urls), "--db", "state.db", "--workers", "4", "--allow-private-hosts")

    code, said = await run_program(desk, "poll", *arguments)
    assert code == 0
    assert "2 of 3 places heard: 30 new posts, 0 mentions." in said
    assert "127.0.0.1: there is nothing at this address (404)" in said

    code, said = await run_program(desk, "poll", *arguments)
    assert "2 of 3 places heard: 0 new posts, 0 mentions." in said
    assert talk.not_modified == 1
    assert not desk.file.exists()


async def test_poll_keeps_out_of_private_networks_unless_told_otherwise(desk: Desk, street):
    talk = street.feed("talk")
    desk.changes = {"allow_private_hosts": False}
    urls = desk.folder / "urls.txt"
    urls.write_text(talk.url, encoding="utf-8")

    code, said = await run_program(desk, "poll", "--feeds", str(urls), "--db", "state.db")

    assert code == 0
    assert "inside a private network" in said
    assert talk.asked == 0


async def test_the_digest_can_be_read_before_it_is_posted(desk: Desk, street):
    talk = street.feed("talk")
    talk.add("Does Tidewiki export?", author="kim")
    await desk.watch(talk.url)
    assert (await run_program(desk, "poll"))[0] == 0

    code, said = await run_program(desk, "digest", "--dry-run")

    assert code == 0
    assert "1 person is waiting for an answer" in said
    assert "Does Tidewiki export? (https://talk.example/posts/1)" in said
    assert "[I'll reply]" in said
    assert "<!date" not in said
    assert "1 conversation not tagged yet" in said

    arguments = ("digest", "--dry-run", "--format", "html", "--output")
    assert await run_program(desk, *arguments, "digest.html") == (0, "")
    page = (desk.folder / "digest.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert '<a href="https://talk.example/posts/1" rel="noopener noreferrer">Does Tidewiki export?</a>' in page
    code, said = await run_program(desk, *arguments, "no/such/folder/digest.html")
    assert (code, said) == (1, "no/such/folder/digest.html cannot be written: No such file or directory.\n")
    assert not desk.slack.messages("mentions")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "a supervisor"])
async def test_the_end_comes_within_three_seconds_and_leaves_nothing_running(desk: Desk, street, number):
    talk = street.feed("talk")
    talk.add_many(3)
    await desk.watch(talk.url)
    async with program(desk, "run") as bot:
        await desk.card("export number 1?", seconds=20)
        family = psutil.Process(bot.process.pid).children(recursive=True)
        assert family, "the parser has a process of its own"

        assert await bot.end(number, within=3) == 0

        assert psutil.wait_procs(family, timeout=1)[1] == []
        assert "Traceback" not in bot.said
        assert " ERROR " not in bot.said
    await desk.until(lambda: desk.slack.slack.sockets.count == 0)


async def test_ctrl_c_while_slack_is_slow_to_answer_still_ends_in_time(desk: Desk, street):
    talk = street.feed("talk")
    talk.add("Does Tidewiki export?")
    await desk.watch(talk.url)
    desk.slack.faults.add("chat.postMessage", "slow", seconds=5)
    async with program(desk, "run") as bot:
        await desk.until(lambda: desk.rows("SELECT state FROM message") == [("sending",)], seconds=20, what=bot.said)
        assert await bot.end(signal.SIGINT, within=3) == 0
        assert "Traceback" not in bot.said


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"slack_bot_token": "xoxb-somebody-else"}, "Slack refuses: invalid_auth"),
        ({"slack_app_token": "xapp-somebody-else"}, "Slack refuses: invalid_auth"),
        ({"slack_api_url": "http://127.0.0.1:9/api/"}, "Slack does not answer at http://127.0.0.1:9/api/"),
    ],
    ids=["a wrong bot token", "a wrong app token", "no Slack"],
)
async def test_a_bot_that_cannot_begin_says_why_in_one_line(desk: Desk, changes, expected):
    desk.changes = changes

    code, said = await run_program(desk, "run")

    assert code == 1
    assert expected in said
    assert "Traceback" not in said


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
async def test_a_slack_in_trouble_is_not_a_wrong_token(desk: Desk, method):
    desk.slack.faults.add(method, "server_error", times=5)

    code, said = await run_program(desk, "run")

    assert code == 1
    assert "Slack does not answer at" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
async def test_ctrl_c_waits_for_no_slack_that_is_slow_to_begin(desk: Desk, method):
    desk.slack.faults.add(method, "slow", seconds=6)
    async with program(desk, "run") as bot:
        # The fault is taken when the call has come in.
        await desk.until(lambda: not desk.slack.faults.armed(), seconds=20, what=bot.said)
        assert await bot.end(signal.SIGINT, within=3) == 0
        assert "Traceback" not in bot.said
