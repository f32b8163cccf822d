"""`bot.py retriage` and what `check` says of old readings."""

import asyncio
from contextlib import closing

import pytest
from builders import NOW, a_post, a_reading, a_sighting
from click.testing import CliRunner
from databases import a_database
from listening import remember_team, watch_for

from bot import cli
from engagement.understanding.reading import Kind
from engagement.understanding.rereading import Reread
from handlers.checks.check import check_database
from handlers.understanding.retriage import AT_ONCE, finding_of_old_readings, retriage, say_reread
from settings import Settings
from storage.conversations.conversations import open_conversation
from storage.conversations.mentions import add_mention, find_mention
from storage.listening.posts import keep_post
from triage.read import RULES_VERSION

ASKS, PRAISES = "Does Tidewiki keep page history after a restore?", "I love Tidewiki, thank you all!"


def hear(tx, watch, text):
    """Have a mention that older rules took for nothing."""
    post = a_post(title="", text=text)
    sighting = a_sighting(watch, post, kind=Kind.OTHER)
    number = keep_post(tx, post, at=NOW)
    add_mention(tx, sighting, number, open_conversation(tx, sighting, at=NOW).id, at=NOW)


@pytest.fixture
def history(tmp_path, monkeypatch):
    """A database with more mentions of older rules than one batch has; the command finds it by its setting."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", str(tmp_path / "old.db"))

    def write(tx):
        remember_team(tx)
        watch = watch_for(tx)
        for number in range(AT_ONCE + 2):
            hear(tx, watch, ASKS if number % 2 else PRAISES)

    with closing(a_database(tmp_path / "old.db")) as db:
        asyncio.run(db.transact(write))
        yield db


def test_history_is_read_anew_once_and_said_in_a_sentence(history):
    first = CliRunner().invoke(cli, ["retriage"])
    again = CliRunner().invoke(cli, ["retriage"])

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.output.startswith(
        "52 mentions read anew, 0 with another suggestion, 26 with another mood, 52 of another"
    )
    assert again.output == "Nothing to do: every mention was read by the rules of this version.\n"
    kept = asyncio.run(history.read(lambda tx: find_mention(tx, 2))).reading
    assert (kept.kind, kept.rules_version) == (Kind.QUESTION, RULES_VERSION)


async def test_broken_off_after_a_batch_the_rest_is_read_the_next_time(tmp_path):
    class StoppedError(Exception):
        pass

    moments = iter([NOW])

    def clock():
        for moment in moments:
            return moment
        raise StoppedError

    with closing(a_database(tmp_path / "old.db")) as db:
        await db.transact(remember_team)
        watch = await db.transact(watch_for)
        for _ in range(AT_ONCE + 2):
            await db.transact(lambda tx: hear(tx, watch, ASKS))
        with pytest.raises(StoppedError):
            await retriage(db, clock=clock)

        assert (await retriage(db, clock=lambda: NOW)).count == 2


def test_a_database_that_cannot_be_opened_is_said_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "mysql://nowhere/")

    result = CliRunner().invoke(cli, ["retriage"])

    assert result.exit_code == 1
    assert "DATABASE_URL names no database I know" in result.output


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (Reread(left=1), "1 mention left as they are: their watch cannot be read."),
        (
            Reread(count=312, suggestions=14, moods=1200, cards=1),
            (
                "312 mentions read anew, 14 with another suggestion, 1,200 with another mood, 0 of another kind."
                " 1 card will be redrawn."
            ),
        ),
    ],
    ids=["only broken watches", "what changed"],
)
def test_what_was_done_is_said_in_numbers(done, said):
    assert say_reread(done) == said


def test_the_check_names_the_command_that_helps():
    finding = finding_of_old_readings(312)

    assert (finding.ok, finding.subject) == (True, "Readings")
    assert finding.advice == "312 mentions read by the rules of an older version; bot.py retriage reads them anew"


async def test_the_check_of_the_database_says_so_until_it_is_done(tmp_path):
    settings = Settings(_env_file=None, database_url=str(tmp_path / "old.db"))
    with closing(a_database(tmp_path / "old.db")) as db:
        await db.transact(remember_team)
        watch = await db.transact(watch_for)
        await db.transact(lambda tx: hear(tx, watch, ASKS))
        before, after = [], []
        await check_database(settings, before.append)
        await retriage(db, clock=lambda: NOW)
        await check_database(settings, after.append)

    assert [finding.subject for finding in before] == ["Database", "Readings"]
    assert [finding.subject for finding in after] == ["Database"]


def test_readings_that_a_test_makes_are_older_than_the_rules():
    assert a_reading().rules_version < RULES_VERSION
