"""The outbox against a Slack that has bad days. Time is an argument, so nobody waits."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from aiohttp import web
from databases import a_database
from listening import remember_team
from slack_sdk.web.async_client import AsyncWebClient

from engagement.sending.outbox import MessageKind
from handlers.sending.draw import DRAWERS, draw
from handlers.sending.outbox import Outbox
from handlers.views.blocks import CHART, Message, section
from storage.sending.messages import doubt_what_was_sending, mark_stale, queue_message, start_sending
from storage.sending.messages import messages_to_send as waiting_messages
from storage.stamps import stamp

POST, HISTORY, REPLIES = "chat.postMessage", "conversations.history", "conversations.replies"
UPDATE = "chat.update"
TEAM, MENTIONS, GENERAL = "T0SANDBOX", "C0MENTIONS", "C0GENERAL"


@pytest.fixture
async def db(tmp_path):
    db = a_database(tmp_path / "outbox.db")
    await db.transact(lambda tx: remember_team(tx, TEAM, bot_user="U0TWOEARS", at=NOON()))
    yield db
    db.close()


def NOON():  # noqa: N802 - a moment, not a deed
    """Return the time the sandbox lives in: its history is searched by it."""
    return datetime.now(UTC)


class Day:
    """An outbox, and a clock that goes when a test says so."""

    def __init__(self, db, api_url: str, **pace: timedelta) -> None:
        self.db, self.now = db, NOON()
        self._names = iter(range(1, 1000))
        client = AsyncWebClient(token="xoxb-sandbox", base_url=api_url, retry_handlers=[], timeout=5)
        self.outbox = Outbox(db, lambda _: client, draw=partial(draw, command="/ears"), **pace)

    async def queue(self, *, channel: str = MENTIONS, parent: int = 0) -> int:
        """Put a message into the outbox; they all say hello, and are told apart by their number."""
        subject = str(next(self._names))
        return await self.db.transact(
            lambda tx: queue_message(
                tx,
                workspace_id=TEAM,
                channel=channel,
                kind=MessageKind.HELLO,
                subject=subject,
                parent_id=parent,
                at=self.now,
            )
        )

    async def after(self, seconds: float) -> None:
        """Let so many seconds pass, and the outbox do what is due."""
        self.now += timedelta(seconds=seconds)
        await self.outbox.work(self.now)

    async def state(self, message_id: int) -> str:
        row = await self.db.read(lambda tx: tx.one("SELECT state FROM message WHERE id = :id", id=message_id))
        return row["state"]


@pytest.fixture
def day(db, slack) -> Day:
    return Day(db, slack.api_url)


@pytest.fixture
def standing(slack) -> Callable[[], list[int]]:
    """Which of the queued messages stand in a channel, in their order there."""

    def standing(channel: str = "mentions") -> list[int]:
        posted = [one for one in slack.messages(channel) if one.get("blocks")]
        return [int(one["blocks"][0]["block_id"].removeprefix("two-ears-")) for one in posted]

    return standing


async def test_each_channel_gets_one_message_a_second_and_waits_for_no_other(day, slack, standing):
    await slack.invite_bot("general", by="maya")
    here = [await day.queue() for _ in range(2)]
    there = [await day.queue(channel=GENERAL) for _ in range(2)]

    await day.after(0)
    await day.after(0.5)
    assert (standing(), standing("general")) == (here[:1], there[:1])

    await day.after(0.5)
    assert (standing(), standing("general")) == (here, there)


async def test_a_channel_waits_as_long_for_the_next_message_as_the_pace_says(db, slack, standing):
    day = Day(db, slack.api_url, channel_gap=timedelta(seconds=3))
    first, second = await day.queue(), await day.queue()

    for seconds in (0, 1, 1):
        await day.after(seconds)
        assert standing() == [first]
    await day.after(1)

    assert standing() == [first, second]


async def test_retry_after_is_obeyed_and_the_order_kept(day, slack, standing):
    slack.faults.add(POST, "rate_limited", seconds=7)
    first, second = await day.queue(), await day.queue()

    await day.after(0)
    for _ in range(7):
        await day.after(1)
    assert standing() == []

    await day.after(1)
    await day.after(1)
    assert standing() == [first, second]
    assert sum(call["title"] == POST for call in slack.inspector.calls) == 3


@pytest.mark.parametrize("fault", ["server_error", "drop_before_write"])
async def test_what_was_not_posted_is_looked_for_three_times_and_then_sent_again(day, slack, standing, fault):
    slack.faults.add(POST, fault)
    first, second = await day.queue(), await day.queue()

    for seconds in (0, 1, 3):
        await day.after(seconds)
        assert standing() == []
    await day.after(8)
    await day.after(1)

    assert standing() == [first, second]
    assert sum(call["title"] == HISTORY for call in slack.inspector.calls) == 3


@pytest.mark.parametrize("metadata", [True, False], ids=["by its metadata", "by its block, where metadata is missing"])
async def test_what_was_posted_although_nobody_answered_is_found_and_not_sent_again(day, slack, standing, metadata):
    slack.faults.add(POST, "drop_after_write")
    if not metadata:
        slack.faults.add(HISTORY, "history_without_metadata", times=3)
    first, second = await day.queue(), await day.queue()

    for seconds in (0, 1, 1, 1):
        await day.after(seconds)

    assert standing() == [first, second]
    assert await day.state(first) == "sent"


@pytest.mark.parametrize("method", [HISTORY, REPLIES], ids=["in the channel", "in a thread"])
@pytest.mark.parametrize("trouble", ["", "rate_limited", "server_error", "drop_before_write"])
@pytest.mark.parametrize("late", [0, 1, 2], ids=["known at once", "known at the second look", "known at the third"])
@pytest.mark.parametrize("metadata", [True, False], ids=["with its metadata", "without"])
async def test_however_the_history_tells_it_exactly_one_message_stands(day, slack, method, trouble, late, metadata):
    """The connection dropped after the write; only the history knows, which is late, poor and in trouble itself."""
    parent = await day.queue() if method == REPLIES else 0
    await day.after(0)
    slack.faults.add(POST, "drop_after_write")
    if trouble:
        slack.faults.add(method, trouble)
    if late:
        slack.faults.add(method, "late_history", times=late, seconds=3600)
    if not metadata:
        slack.faults.add(method, "history_without_metadata", times=None)
    message = await day.queue(parent=parent)

    for seconds in (1, 1, 5, 3, 8, 1):
        await day.after(seconds)

    names = [one["blocks"][0]["block_id"] for one in slack.messages("mentions") if one.get("blocks")]
    assert names.count(f"two-ears-{message}") == 1
    assert await day.state(message) == "sent"
    assert [fault.times for fault in slack.faults.armed()] == ([] if metadata else [None])


async def test_while_the_history_cannot_be_read_nothing_is_sent_on_a_guess(day, slack, standing):
    slack.faults.add(POST, "drop_after_write")
    slack.faults.add(HISTORY, "server_error", times=2)
    slack.faults.add(HISTORY, "rate_limited", times=2)
    first = await day.queue()

    for seconds in (0, 1, 5, 5, 5):
        await day.after(seconds)
        assert standing() == [first]
        assert await day.state(first) == "uncertain"
    await day.after(5)

    assert standing() == [first]
    assert await day.state(first) == "sent"


async def test_a_note_that_may_stand_in_a_thread_is_looked_for_in_the_thread(day, slack, standing):
    card = await day.queue()
    await day.after(0)
    slack.faults.add(POST, "drop_after_write")
    note = await day.queue(parent=card)

    for seconds in (1, 1, 1):
        await day.after(seconds)

    [parent] = [one for one in slack.messages("mentions") if one.get("reply_count")]
    assert [one["blocks"][0]["block_id"] for one in slack.replies(parent)] == [f"two-ears-{note}"]
    assert await day.state(note) == "sent"


async def test_what_was_posted_is_found_however_much_was_said_since(day, slack, standing):
    slack.faults.add(POST, "drop_after_write")
    message = await day.queue()
    await day.after(0)
    # The bot was away for an hour, and the channel was not.
    workspace, clock = slack.slack.workspace, slack.slack.workspace.clock
    workspace.clock = lambda: clock() + 3600
    for number in range(200):
        await slack.say(f"and another thing, {number}", by="maya", channel="mentions")

    await day.after(3600)

    assert standing() == [message]
    assert await day.state(message) == "sent"
    assert sum(call["title"] == HISTORY for call in slack.inspector.calls) == 1


async def test_a_note_whose_thread_is_gone_holds_up_nobody(day, slack, standing):
    card = await day.queue()
    await day.after(0)
    slack.faults.add(POST, "drop_before_write")
    note = await day.queue(parent=card)
    await day.after(1)
    [thread] = slack.messages("mentions")
    slack.slack.delete(slack.channel("mentions"), thread["ts"])
    following = await day.queue()

    for seconds in (1, 3, 8, 1, 1):
        await day.after(seconds)

    assert (await day.state(card), await day.state(note)) == ("deleted", "waiting")
    assert standing() == [following]


async def test_the_history_is_left_alone_as_long_as_it_asks(day, slack, standing):
    """Apps outside Slack's Marketplace may read a history once a minute."""
    slack.faults.add(POST, "drop_after_write")
    slack.faults.add(HISTORY, "rate_limited", seconds=60)
    message = await day.queue()

    for seconds in (0, 1, *[5] * 11):
        await day.after(seconds)
    assert sum(call["title"] == HISTORY for call in slack.inspector.calls) == 1
    for seconds in (5, 5):
        await day.after(seconds)

    assert await day.state(message) == "sent"


async def test_a_note_waits_for_its_card(day, slack, standing):
    slack.faults.add(POST, "rate_limited", seconds=3)
    card = await day.queue()
    note = await day.queue(parent=card)

    for seconds in (0, 1, 1, 1):
        await day.after(seconds)
        assert standing() == []
    await day.after(1)
    await day.after(1)

    assert standing() == [card, note]


async def test_a_message_to_a_channel_without_us_waits_until_we_are_invited(day, slack, standing):
    message = await day.queue(channel=GENERAL)
    await day.after(0)
    assert await day.state(message) == "waiting"
    assert sum(call["title"] == POST for call in slack.inspector.calls) == 1

    await slack.invite_bot("general", by="maya")
    await day.after(9 * 60)
    assert standing("general") == []
    await day.after(60)

    assert standing("general") == [message]


async def test_two_outboxes_on_one_database_send_each_message_once(day, slack, standing):
    other = Day(day.db, slack.api_url)
    messages = [await day.queue() for _ in range(3)]

    for _ in messages:
        day.now += timedelta(seconds=1)
        other.now = day.now
        await day.outbox.work(day.now)
        await other.outbox.work(other.now)

    assert standing() == messages


async def test_what_was_being_sent_when_we_ended_is_in_doubt_and_found(day, slack, standing):
    message = await day.queue()
    await day.after(0)
    # As a crash between the post and its record leaves it.
    await day.db.transact(lambda tx: tx.run("UPDATE message SET state = 'sending', ts = '', sent_at = NULL"))

    doubtful = await day.db.transact(lambda tx: doubt_what_was_sending(tx, at=day.now))
    await day.after(0)

    assert doubtful == 1
    assert standing() == [message]
    assert await day.state(message) == "sent"


async def test_a_new_run_begins_by_looking_for_what_the_last_one_was_sending(day, slack, standing, caplog):
    message = await day.queue()
    await day.after(0)
    await day.db.transact(lambda tx: tx.run("UPDATE message SET state = 'sending', ts = '', sent_at = NULL"))
    restarted = Day(day.db, slack.api_url)

    await restarted.after(0)
    await restarted.after(1)

    assert standing() == [message]
    assert await day.state(message) == "sent"
    # The first run had nothing to doubt, and says nothing.
    assert [one.count for one in caplog.records if one.message == "messages in doubt since the last run"] == [1]


async def test_a_run_after_one_that_went_well_doubts_nothing(day):
    await day.after(0)
    message = await day.queue()
    [waiting] = await day.db.read(lambda tx: waiting_messages(tx, now=day.now))
    await day.db.transact(lambda tx: start_sending(tx, waiting, at=day.now))

    await day.after(1)

    assert await day.state(message) == "sending"


async def test_what_could_not_be_recorded_is_found_and_holds_up_nobody(day, slack, standing):
    """A database that refuses to write stands for a full disk; all was well before."""
    await day.after(0)
    message = await day.queue()
    await day.db.transact(
        lambda tx: tx.run(
            "CREATE TRIGGER full BEFORE UPDATE ON message WHEN NEW.state = 'sent' BEGIN SELECT RAISE(ABORT, ''); END"
        )
    )
    with pytest.raises(sqlite3.IntegrityError):
        await day.after(0)
    assert await day.state(message) == "sending"
    await day.db.transact(lambda tx: tx.run("DROP TRIGGER full"))
    following = await day.queue()

    for seconds in (1, 1, 1):
        await day.after(seconds)

    assert standing() == [message, following]
    assert await day.state(message) == "sent"


async def test_a_changed_message_is_redrawn_as_soon_as_slack_takes_it(day, slack, standing):
    await day.queue()
    await day.after(0)
    slack.faults.add(UPDATE, "rate_limited", seconds=4)
    slack.faults.add(UPDATE, "server_error")
    slack.faults.add(UPDATE, "drop_before_write")
    await day.db.transact(lambda tx: mark_stale(tx, MessageKind.HELLO, "1"))

    tried = []
    for seconds in (0, 4, 1, 4, 1, 4, 1, 10):
        await day.after(seconds)
        tried.append(sum(call["title"] == UPDATE for call in slack.inspector.calls))

    assert tried == [1, 1, 2, 2, 3, 3, 4, 4]
    updates = [call["ok"] for call in reversed(slack.inspector.calls) if call["title"] == UPDATE]
    assert updates == [False, False, False, True]


async def test_a_message_that_somebody_deleted_is_not_redrawn_for_ever(day, slack):
    await day.queue()
    await day.after(0)
    [message] = slack.messages("mentions")
    slack.slack.delete(slack.channel("mentions"), message["ts"])
    await day.db.transact(lambda tx: mark_stale(tx, MessageKind.HELLO, "1"))

    for _ in range(5):
        await day.after(10)

    assert sum(call["title"] == UPDATE for call in slack.inspector.calls) == 1


async def test_a_message_that_is_on_its_way_is_not_taken_twice(day):
    await day.queue()
    [message] = await day.db.read(lambda tx: waiting_messages(tx, now=day.now))

    taken = [await day.db.transact(lambda tx: start_sending(tx, message, at=day.now)) for _ in range(2)]

    assert taken == [True, False]


async def test_a_message_that_cannot_be_drawn_holds_up_nobody(day, standing, caplog):
    """A digest of an earlier release, for example, whose figures this one cannot read."""
    broken = await day.db.transact(lambda tx: _queue_unreadable_digest(tx, day.now))
    message = await day.queue()

    await day.after(0)
    await day.after(1)

    assert standing() == [message]
    assert await day.state(broken) == "failed"
    assert "message not drawn" in caplog.text
    told = [(one.message_id, one.reason) for one in caplog.records if one.message == "message not posted"]
    assert told == [(broken, "there is nothing to draw")]


async def test_what_waits_or_is_missed_by_nobody_is_no_error_in_the_log(day, caplog):
    waits = await day.queue(channel=GENERAL)
    reminder = {"workspace_id": TEAM, "channel": MENTIONS, "kind": MessageKind.REMINDER, "subject": "7"}
    missed = await day.db.transact(lambda tx: queue_message(tx, **reminder, at=day.now))

    await day.after(0)

    assert (await day.state(waits), await day.state(missed)) == ("waiting", "failed")
    assert "message not posted" not in caplog.text


async def test_a_message_that_can_be_drawn_no_more_is_not_tried_for_ever(day, caplog):
    await day.db.transact(lambda tx: _queue_unreadable_digest(tx, day.now))
    await day.db.transact(lambda tx: tx.run("UPDATE message SET state = 'sent', ts = '1.000100', stale = 1"))

    await day.after(0)
    await day.after(10)

    assert [one.message for one in caplog.records].count("message not drawn") == 1


def _queue_unreadable_digest(tx, at):
    row = tx.one(
        """INSERT INTO digest (workspace_id, period, report, created_at) VALUES (:team, '2020-W01', '{}', :at)
           RETURNING id""",
        team=TEAM,
        at=stamp(at),
    )
    return queue_message(
        tx, workspace_id=TEAM, channel=MENTIONS, kind=MessageKind.DIGEST, subject=str(row["id"]), at=at
    )


class OddSlack:
    """A Slack whose answers the sandbox does not know: the first post is answered by `odd`, and not done."""

    def __init__(self) -> None:
        self.api_url = ""
        self.posted: list[str] = []
        self.takes_blocks = self.takes_words = self.takes_charts = True
        self.odd: dict[str, object] | None = None
        self.blocks: list[list[str]] = []

    async def post(self, request: web.Request) -> web.Response:
        body = await request.json()
        if self.odd is not None:
            odd, self.odd = self.odd, None
            return web.Response(**odd)
        blocks = body.get("blocks") or []
        self.blocks.append([block["type"] for block in blocks])
        has_chart = "data_visualization" in self.blocks[-1]
        if (blocks and not self.takes_blocks) or (has_chart and not self.takes_charts):
            return web.json_response({"ok": False, "error": "invalid_blocks"})
        if not self.takes_words:
            return web.json_response({"ok": False, "error": "msg_too_long"})
        self.posted.append(body["text"])
        return web.json_response({"ok": True, "ts": "1.000100"})

    async def history(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "messages": []})


@pytest.fixture
async def odd_slack():
    odd = OddSlack()
    app = web.Application()
    app.add_routes(
        [
            web.post("/api/chat.postMessage", odd.post),
            web.post("/api/chat.update", odd.post),
            web.get("/api/conversations.history", odd.history),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    odd.api_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    yield odd
    await runner.cleanup()


def a_day_with_a_chart(db, odd_slack) -> Day:
    drawn = Message(text="A digest", blocks=[section("Numbers"), {"type": CHART}, section("Hearing")])
    client = AsyncWebClient(token="xoxb-sandbox", base_url=odd_slack.api_url, retry_handlers=[])
    day = Day(db, odd_slack.api_url)
    day.outbox = Outbox(db, lambda _: client, draw=lambda _tx, _message: drawn)
    return day


async def test_a_chart_that_slack_does_not_know_is_left_out_also_of_a_redraw(db, caplog, odd_slack):
    """It is new, and a digest without its picture says everything all the same."""
    odd_slack.takes_charts = False
    day = a_day_with_a_chart(db, odd_slack)
    message = await day.queue()

    await day.after(0)
    await db.transact(lambda tx: mark_stale(tx, MessageKind.HELLO, "1"))
    await day.after(1)

    with_chart, without = ["section", CHART, "section"], ["section", "section"]
    assert odd_slack.blocks == [with_chart, without, with_chart, without]
    assert await day.state(message) == "sent"
    assert "Slack refused" not in caplog.text


async def test_a_chart_is_not_blamed_for_another_refusal(db, odd_slack):
    no = '{"ok": false, "error": "not_in_channel"}'
    odd_slack.odd = {"status": 200, "text": no, "content_type": "application/json"}
    day = a_day_with_a_chart(db, odd_slack)
    message = await day.queue()

    await day.after(0)

    assert odd_slack.blocks == []
    assert await day.state(message) == "waiting"


async def test_where_slack_refuses_the_blocks_the_words_still_go_out(db, caplog, odd_slack):
    odd_slack.takes_blocks = False
    day = Day(db, odd_slack.api_url)
    message = await day.queue()

    await day.after(0)

    assert odd_slack.posted == ["Hello, I am Two Ears. Press Start listening."]
    assert await day.state(message) == "sent"
    assert "Slack refused the blocks" in caplog.text


async def test_where_slack_refuses_the_words_too_the_message_has_failed(db, odd_slack):
    odd_slack.takes_blocks = odd_slack.takes_words = False
    day = Day(db, odd_slack.api_url)
    message = await day.queue()

    await day.after(0)

    assert await day.state(message) == "failed"


async def test_a_redraw_that_slack_refuses_is_given_up_until_something_changes(db, odd_slack, caplog):
    day = Day(db, odd_slack.api_url)
    await day.queue()
    await day.after(0)
    no = '{"ok": false, "error": "edit_window_closed"}'
    odd_slack.odd = {"status": 200, "text": no, "content_type": "application/json"}
    await db.transact(lambda tx: mark_stale(tx, MessageKind.HELLO, "1"))

    for _ in range(3):
        await day.after(10)
    assert (odd_slack.odd, len(odd_slack.blocks)) == (None, 1)
    assert [one.reason for one in caplog.records if one.message == "message not redrawn"] == ["edit_window_closed"]

    await db.transact(lambda tx: mark_stale(tx, MessageKind.HELLO, "1"))
    await day.after(1)
    assert len(odd_slack.blocks) == 2


@pytest.mark.parametrize(
    "odd",
    [
        {"status": 200, "text": "<html>Please log in</html>", "content_type": "text/html"},
        {"status": 200, "text": "back soon", "content_type": "text/plain"},
        {"status": 200, "text": '{"ok": tr', "content_type": "application/json"},
        {"status": 200, "text": "[]", "content_type": "application/json"},
        {"status": 403, "text": "<html>Blocked</html>", "content_type": "text/html"},
        {"status": 502, "text": "<html>Bad gateway</html>", "content_type": "text/html"},
        {"status": 500, "text": "Internal Server Error", "content_type": "text/plain"},
        {"status": 503, "text": '{"ok":false,"error":"service_unavailable"}', "content_type": "application/json"},
    ],
    ids=lambda odd: f"{odd['status']} {odd['text'][:14]}",
)
async def test_an_answer_that_says_nothing_leaves_the_message_in_doubt(db, odd_slack, odd):
    odd_slack.odd = odd
    day = Day(db, odd_slack.api_url)
    message = await day.queue()

    await day.after(0)
    assert await day.state(message) == "uncertain"
    for seconds in (1, 3, 8):
        await day.after(seconds)

    assert await day.state(message) == "sent"
    assert len(odd_slack.posted) == 1


async def test_redraws_stop_while_slack_asks_us_to_slow_down(day, slack):
    for _ in range(3):
        await day.queue()
        await day.after(1)
    await day.db.transact(lambda tx: [mark_stale(tx, MessageKind.HELLO, str(number)) for number in (1, 2, 3)])
    slack.faults.add(UPDATE, "rate_limited", seconds=10)

    for seconds in (0, 1, 8):
        await day.after(seconds)
    assert sum(call["title"] == UPDATE for call in slack.inspector.calls) == 1
    # A second more would do, but for the seconds that the refused call takes on a busy machine.
    await day.after(10)

    assert sum(call["title"] == UPDATE for call in slack.inspector.calls) == 4


@pytest.mark.parametrize(("fault", "stand"), [("drop_after_write", 2), ("drop_before_write", 1)])
async def test_a_direct_message_without_an_answer_is_sent_once_more_and_not_looked_for(day, slack, fault, stand):
    slack.faults.add(POST, fault)
    message = await day.queue(channel="U0MAYA")

    await day.after(0)
    await day.after(7)
    assert await day.state(message) == "waiting"
    await day.after(1)

    assert await day.state(message) == "sent"
    assert len(slack.messages(slack.im("maya"))) == stand
    assert not [call for call in slack.inspector.calls if call["title"] == HISTORY]


async def test_a_direct_message_that_was_on_its_way_when_the_bot_died_is_sent_once_more(day, slack):
    message = await day.queue(channel="U0MAYA")
    await day.db.transact(lambda tx: start_sending(tx, waiting_messages(tx, now=day.now)[0], at=day.now))

    await day.after(0)
    row = await day.db.read(lambda tx: tx.one("SELECT state, error FROM message WHERE id = :id", id=message))
    assert (row["state"], row["error"]) == ("waiting", "the last run ended")
    await day.after(8)

    assert await day.state(message) == "sent"


async def test_a_message_to_a_person_is_redrawn_where_it_stands(day, slack):
    """Slack posts to a user id, and changes what stands in the conversation's own."""
    message_id = await day.queue(channel="U0SAM")
    await day.after(0)
    assert slack.messages(slack.im("sam"))

    await day.db.transact(lambda tx: mark_stale(tx, MessageKind.HELLO, "1"))
    await day.after(1)

    assert await day.state(message_id) == "sent"
    assert await day.db.read(lambda tx: tx.one("SELECT stale FROM message")["stale"]) == 0
    assert [call["ok"] for call in slack.inspector.calls if call["title"] == UPDATE] == [True]


def test_every_kind_of_message_can_be_drawn():
    assert set(DRAWERS) == set(MessageKind)
