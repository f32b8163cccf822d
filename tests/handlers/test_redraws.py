"""Redraws beside a Slack that takes its time: what stands in the channel in the end is what the rows say."""

import asyncio
import sqlite3
import time
from datetime import UTC, datetime, timedelta

import pytest
from databases import a_database
from listening import remember_team
from slack_sdk.web.async_client import AsyncWebClient

from engagement.sending.outbox import MessageKind
from handlers.sending.outbox import Outbox
from handlers.sending.redraws import AT_ONCE, PATIENCE_SECONDS, TRY_AGAIN, again_in
from handlers.views.blocks import Message, only
from storage.sending.messages import mark_stale, queue_message

UPDATE = "chat.update"
TEAM = "T0SANDBOX"
SLOW = 3.0


class Board:
    """Messages in a channel that say what `words` holds for them, sent and redrawn by an outbox."""

    def __init__(self, db, slack) -> None:
        self.db, self.slack = db, slack
        self.words: dict[str, str] = {}
        self.drawn: list[str] = []
        self.outbox = self.new_outbox()

    def new_outbox(self) -> Outbox:
        client = AsyncWebClient(token="xoxb-sandbox", base_url=self.slack.api_url, retry_handlers=[], timeout=10)
        return Outbox(self.db, lambda _: client, draw=self._draw)

    def _draw(self, _tx, message) -> Message:
        self.drawn.append(message.subject)
        return only(self.words[message.subject])

    async def post(self, *names: str) -> None:
        for name in names:
            self.words[name] = f"{name} is new"
            await self.db.transact(
                lambda tx, name=name: queue_message(
                    tx,
                    workspace_id=TEAM,
                    channel=self.slack.channel("mentions" if name != "there" else "general").id,
                    kind=MessageKind.HELLO,
                    subject=name,
                    at=datetime.now(UTC),
                )
            )
        deadline, at = time.monotonic() + 10, datetime.now(UTC)
        while not all(self.standing(name) for name in names) and time.monotonic() < deadline:
            await self.outbox.work(at)
            at += timedelta(seconds=1)

    async def press(self, name: str, words: str, *, kind=MessageKind.HELLO, later=timedelta()) -> None:
        """Change what a message is about, and have it redrawn, as a click does."""
        self.words[name] = words
        await self.db.transact(lambda tx: mark_stale(tx, kind, name))
        await self.outbox.redraw(datetime.now(UTC) + later)

    def standing(self, name: str) -> str:
        said = [one["text"] for channel in ("mentions", "general") for one in self.slack.messages(channel)]
        return next((one for one in said if one.startswith(f"{name} ")), "")

    def updates(self) -> int:
        return sum(call["title"] == UPDATE for call in self.slack.inspector.calls)


@pytest.fixture
async def board(tmp_path, slack):
    db = a_database(tmp_path / "redraws.db")
    await db.transact(lambda tx: remember_team(tx, TEAM, bot_user="U0TWOEARS", at=datetime.now(UTC)))
    await slack.invite_bot("general", by="maya")
    board = Board(db, slack)
    await board.post("here", "there")
    yield board
    await board.outbox.drain(10)
    db.close()


async def test_a_slow_redraw_of_one_message_does_not_hold_up_another(board, slack, caplog):
    slack.faults.add(UPDATE, "slow", seconds=SLOW)
    began = time.monotonic()

    await board.press("here", "here is claimed")
    await board.press("there", "there is claimed")

    assert time.monotonic() - began < SLOW - PATIENCE_SECONDS
    assert (board.standing("here"), board.standing("there")) == ("here is new", "there is claimed")
    await board.outbox.drain(10)
    assert board.standing("here") == "here is claimed"
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []


async def test_messages_are_sent_while_a_redraw_is_slow(board, slack):
    slack.faults.add(UPDATE, "slow", seconds=SLOW)
    await board.press("here", "here is claimed")

    await board.post("third")

    assert board.standing("here") == "here is new"
    assert board.standing("third") == "third is new"


async def test_of_two_quick_presses_the_card_shows_what_the_rows_say_in_the_end(board, slack):
    slack.faults.add(UPDATE, "slow", seconds=1)
    await board.press("here", "here is tagged")
    assert board.standing("here") == "here is new"

    await board.press("here", "here is claimed")
    await board.outbox.drain(10)

    assert board.standing("here") == "here is claimed"
    assert board.updates() == 2


async def test_many_presses_side_by_side_are_redrawn_one_at_a_time_each(board):
    await asyncio.gather(
        *(board.press(name, f"{name} is at {number}") for number in range(10) for name in ("here", "there"))
    )
    await board.outbox.redraw(datetime.now(UTC))
    await board.outbox.drain(10)

    assert (board.standing("here"), board.standing("there")) == ("here is at 9", "there is at 9")


async def test_a_slack_that_has_gone_slow_is_asked_for_so_many_at_once_and_no_more(board, slack):
    slow = ["there", *(f"post{number}" for number in range(1, AT_ONCE))]
    await board.post(*slow[1:])
    slack.faults.add(UPDATE, "slow", seconds=60, times=None)
    await board.db.transact(lambda tx: [mark_stale(tx, MessageKind.HELLO, name) for name in slow])
    board.drawn.clear()

    await asyncio.gather(*(board.outbox.redraw(datetime.now(UTC)) for _ in slow))
    await slack.wait_for(lambda: len(board.drawn) == AT_ONCE)
    await board.press("here", "here is claimed")

    assert sorted(board.drawn) == sorted(slow)
    await board.outbox.drain(0.1)


async def test_a_redraw_that_is_broken_off_at_the_end_is_made_by_the_next_run(board, slack, caplog):
    slack.faults.add(UPDATE, "slow", seconds=60)
    await board.press("here", "here is claimed")

    await board.outbox.drain(0.1)
    assert [one.message for one in caplog.records].count("messages were still on their way") == 1
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []
    # Nothing is under way any more.
    await board.outbox.drain(3)
    assert [one.message for one in caplog.records].count("messages were still on their way") == 1
    board.outbox = board.new_outbox()
    await board.outbox.redraw(datetime.now(UTC))

    assert board.standing("here") == "here is claimed"


async def test_a_redraw_that_is_broken_off_has_ended_once_the_outbox_is_drained(board, slack, monkeypatch):
    """It finds the connection lost instead of its end, and writes that down before the database is closed."""
    ended = []

    async def lose_the_connection(*_args, **_facts):
        try:
            await asyncio.sleep(SLOW)
        except asyncio.CancelledError:
            raise ConnectionResetError from None
        finally:
            ended.append("the call")

    monkeypatch.setattr("handlers.sending.redraws.update", lose_the_connection)
    await board.press("here", "here is told")

    await board.outbox.drain(0.1)

    assert ended == ["the call"]
    monkeypatch.undo()
    await board.outbox.redraw(datetime.now(UTC) + timedelta(seconds=10))
    assert board.standing("here") == "here is told"


async def test_an_error_of_the_database_within_a_redraw_reaches_whoever_asked_for_it(board):
    full = "CREATE TRIGGER full BEFORE UPDATE ON message WHEN NEW.stale = 0 BEGIN SELECT RAISE(ABORT, ''); END"
    await board.db.transact(lambda tx: tx.run(full))

    with pytest.raises(sqlite3.IntegrityError):
        await board.press("here", "here is claimed")

    await board.db.transact(lambda tx: tx.run("DROP TRIGGER full"))
    await board.press("there", "there is claimed")
    assert (board.standing("here"), board.standing("there")) == ("here is claimed", "there is claimed")


async def test_an_error_of_the_database_within_a_slow_redraw_is_in_the_log(board, slack, caplog):
    slack.faults.add(UPDATE, "slow", seconds=1)
    await board.press("here", "here is claimed")

    def break_(tx):
        tx.run("ALTER TABLE message RENAME TO message_away")

    await board.db.transact(break_)
    await board.outbox.drain(10)
    await slack.wait_for(lambda: "a redraw failed" in caplog.text)
    await board.db.transact(lambda tx: tx.run("ALTER TABLE message_away RENAME TO message"))

    assert isinstance(caplog.records[-1].exc_info[1], sqlite3.OperationalError)


async def test_a_message_that_somebody_deleted_is_known_to_be_gone_at_its_next_redraw(board, slack):
    await slack.delete(next(one for one in slack.messages("mentions") if one["text"].startswith("here ")))

    await board.press("here", "here is claimed")

    states = await board.db.read(lambda tx: tx.all("SELECT subject, state FROM message ORDER BY subject"))
    assert {row["subject"]: row["state"] for row in states} == {"here": "deleted", "there": "sent"}


def test_what_never_reached_slack_is_tried_again_without_asking_it_when():
    assert again_in(TimeoutError()) == TRY_AGAIN


async def test_a_digest_follows_its_rows_for_seven_days_and_costs_nothing_afterwards(board, slack):
    await board.post("digest")
    await board.db.transact(lambda tx: tx.run("UPDATE message SET kind = 'digest' WHERE subject = 'digest'"))

    await board.press("digest", "digest claimed", kind=MessageKind.DIGEST, later=timedelta(days=6, hours=23))
    assert board.standing("digest") == "digest claimed"

    await board.press("digest", "digest answered", kind=MessageKind.DIGEST, later=timedelta(days=7, minutes=1))
    assert board.standing("digest") == "digest claimed"
    assert await board.db.read(lambda tx: tx.all("SELECT 1 FROM message WHERE stale <> 0")) == []
