"""A flood meets the brake: a few cards, one message that stands for the rest, and nothing lost."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from bots import TEAM, Desk, running
from builders import DEFAULT_LIMITS

from engagement.calm.brake import Shown
from feeds.parsing.worker import Parser
from feeds.wire.fetch import Fetcher
from handlers.clients import posting_client
from handlers.polling.poll import Poller
from handlers.sending.draw import draw
from handlers.sending.outbox import Outbox
from sandbox.pressing import words_of
from storage.calm.brakes import release_brake
from storage.database import open_database


def numbers(desk: Desk) -> list[int]:
    """The flood's posts that stand in the channel as cards, in their order there."""
    return [int(words_of(card).partition("export number ")[2].partition("?")[0]) for card in desk.cards()]


async def test_a_flood_is_held_behind_one_message_and_let_out_once(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    desk.changes = {"cards_per_hour": 3}
    await desk.watch(feed.url)
    feed.add_many(2)
    await start()
    await desk.card("export number 2?")

    feed.add_many(5)
    brake = await slack.wait_for_message(channel="mentions", containing="waiting behind this message", seconds=20)
    assert "*4 more* from “Tidewiki” are waiting" in words_of(brake)
    assert numbers(desk) == [1, 2, 3]

    await slack.click("Show all", on=brake, by="maya")
    await desk.shows(brake, "4 shown by <@U0MAYA>", without="Show all")
    # An old drawing of it, pressed by somebody else, lets nothing out twice.
    late = await slack.click("Show all", on=brake, by="sam")
    assert "<@U0MAYA> had them shown" in late.words

    await desk.until(lambda: len(desk.cards()) == 7, seconds=30, what="seven cards")
    assert numbers(desk) == list(range(1, 8))
    assert len(desk.posted("brake")) == 1
    await desk.until(lambda: desk.rows("SELECT DISTINCT state FROM message") == [("sent",)])
    assert desk.rows("SELECT released_by FROM brake") == [("U0MAYA",)]


async def test_what_came_while_the_bot_was_down_meets_the_brake_too(desk: Desk, street):
    slack, feed = desk.slack, street.feed()
    desk.changes = {"cards_per_hour": 2}
    await desk.watch(feed.url)
    feed.add_many(1)
    async with running(desk):
        await desk.card("export number 1?")

    feed.add_many(40)
    async with running(desk):
        brake = await slack.wait_for_message(channel="mentions", containing="waiting behind this message", seconds=20)
        assert "*39 more*" in words_of(brake)
        feed.add_many(2)
        await desk.shows(brake, "*41 more*", seconds=10)

    assert numbers(desk) == [1, 2]
    assert len(desk.posted("brake")) == 1
    assert desk.rows("SELECT state, COUNT(*) FROM message WHERE kind = 'card' GROUP BY state ORDER BY state") == [
        ("held", 41),
        ("sent", 2),
    ]


class FastMotion:
    """The bot's poll and outbox by hand, with a clock that a test turns: forty cards in a second."""

    def __init__(self, desk: Desk, db, fetcher: Fetcher, parser: Parser) -> None:
        self.db, self.now = db, datetime.now(UTC)
        settings = desk.settings
        self.outbox = Outbox(db, lambda _: posting_client(settings), draw=partial(draw, command="/ears"))
        self.poller = Poller(
            db=db, fetcher=fetcher, parser=parser, workers=2, limits=DEFAULT_LIMITS, clock=lambda: self.now
        )

    async def pass_(self, seconds: float) -> None:
        """Let time pass: the places are looked at, then the outbox works once a second until it is done."""
        self.now += timedelta(seconds=seconds)
        await self.poller.poll_due()
        while await self.db.read(lambda tx: tx.one("SELECT id FROM message WHERE state = 'waiting' OR stale = 1")):
            self.now += timedelta(seconds=1)
            await self.outbox.work(self.now)


@pytest.fixture
async def fast(desk: Desk, street, parser):
    await desk.watch(street.feed().url)
    db = open_database(str(desk.file))
    async with Fetcher(user_agent="TwoEars/test", allow_private_hosts=True) as fetcher:
        yield FastMotion(desk, db, fetcher, parser)
    db.close()


async def test_of_forty_new_posts_fifteen_are_shown_and_twenty_five_wait(desk: Desk, fast, street):
    feed = street.feed()
    await fast.pass_(0)
    feed.add_many(40)
    await fast.pass_(5)
    assert numbers(desk) == list(range(1, 16))
    [brake] = desk.posted("brake")
    assert "*25 more*" in words_of(brake)

    # More of it, an hour and a day later: still one message, and no card past it.
    feed.add_many(10)
    await fast.pass_(4000)
    await fast.pass_(86_400)
    assert len(desk.cards()) == 25
    assert "*25 more*" in words_of(desk.slack.current(brake))


async def test_show_all_lets_out_the_rest_exactly_once(desk: Desk, fast, street):
    feed = street.feed()
    await fast.pass_(0)
    feed.add_many(40)
    await fast.pass_(5)

    def release(tx):
        return release_brake(tx, 1, workspace_id=TEAM, drawn=1, by="U0MAYA", at=fast.now)

    assert [isinstance(await fast.db.transact(release), Shown) for _ in range(2)] == [True, False]
    await fast.pass_(1)
    assert numbers(desk) == list(range(1, 41))
    assert len(desk.posted("brake")) == 1

    # What comes after that meets a brake of its own.
    feed.add_many(3)
    await fast.pass_(60)
    assert len(desk.cards()) == 40
    assert [words_of(one).splitlines()[1] for one in desk.posted("brake")][1].startswith("*3 more*")
