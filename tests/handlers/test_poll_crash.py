"""A poll that is killed at any of its steps, and two that run beside each other: nothing lost, nothing twice."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from builders import CHANNEL, TEAM
from rounds import DEFAULT_LIMITS, MANNERS, a_feed, a_round

from handlers.polling.poll import Poller
from storage.database import open_database
from storage.listening.listening import leave_place

# More than are looked at and kept in one transaction.
MANY = 450
MOST_STEPS = 40
NEWS = [f"Does Tidewiki print {number}" for number in range(4)]
BEFORE = "Does Tidewiki export"


class CutDatabase:
    """A database whose process is killed at its transaction number `at`: before it, or once it is committed."""

    def __init__(self, db, at, *, is_done):
        self._db, self._left, self._is_done = db, at, is_done
        self.cut = asyncio.Event()
        self.read, self.shares_transactions = db.read, db.shares_transactions

    async def transact(self, fn):
        self._left -= 1
        if self._left >= 0:
            return await self._db.transact(fn)
        if self._is_done and not self.cut.is_set():
            await self._db.transact(fn)
        self.cut.set()
        return await asyncio.Event().wait()


async def until_killed(poll, at, *, is_done) -> bool:
    """Take a turn that ends with the process; False where it ended before that."""
    whole = poll.db
    poll.db = CutDatabase(whole, at, is_done=is_done)
    poll.restart()
    turn, cut = asyncio.create_task(poll.turn(hours=1)), asyncio.create_task(poll.db.cut.wait())
    await asyncio.wait((turn, cut), return_when=asyncio.FIRST_COMPLETED)
    was_cut = not turn.done()
    for task in (turn, cut):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    poll.db = whole
    poll.restart()
    return was_cut


@pytest.mark.parametrize("is_done", [False, True], ids=["before it is written", "after it is written"])
async def test_a_poll_that_is_killed_at_any_step_loses_nothing_and_posts_nothing_twice(tmp_path, parser, is_done):
    step, was_cut = 0, True
    while was_cut:
        assert step < MOST_STEPS
        # The first transaction of a turn is the one of `Round.turn` itself.
        step += 1
        async with a_round(tmp_path / f"{step}.db", parser) as poll:
            await poll.listen("a.test/big", "b.test/old")
            poll.place("b.test/new")
            await poll.turn()
            news = a_feed(*NEWS, *(f"Boats {number}" for number in range(MANY)), BEFORE)
            poll.places["a.test/big"].body, poll.places["a.test/big"].headers = news, {"ETag": '"two"'}
            poll.places["b.test/old"].status, poll.places["b.test/old"].headers = 308, {"Location": "/b.test/new"}

            was_cut = await until_killed(poll, step, is_done=is_done)
            await poll.turns(until=poll.now + timedelta(hours=1), every=timedelta(minutes=5))

            mentions = await poll.rows("SELECT title FROM mention JOIN post ON post.id = post_id ORDER BY post.id")
            assert sorted(row["title"] for row in mentions) == sorted([*NEWS, BEFORE])
            assert await poll.count("message WHERE kind = 'card'") == len(mentions)
            assert await poll.count("post") == MANY + len(mentions)
            big, old = await poll.source("a.test/big"), await poll.source("b.test/old")
            assert (big.etag, big.failures, old.failures) == ('"two"', 0, 0)
            assert old.move.to.endswith("/b.test/new")
            asked = [at for at, name in poll.asked if name == "a.test/big"]
            assert asked[-1] > poll.now - timedelta(minutes=30)
    assert step > 4


async def test_a_poll_from_the_command_line_beside_the_bot_posts_nothing_twice(tmp_path, parser):
    async with a_round(tmp_path / "both.db", parser) as poll:
        names = [f"ours/{number}" for number in range(6)]
        await poll.listen(*names)
        for name in names:
            poll.places[name].body = a_feed(*NEWS[:3])
        beside = open_database(str(tmp_path / "both.db"))
        other = Poller(
            db=beside,
            fetcher=poll.fetcher,
            parser=poll.parser,
            workers=3,
            limits=DEFAULT_LIMITS,
            clock=lambda: poll.now,
            manners=MANNERS,
        )
        sources = [await poll.source(name) for name in names]
        async with asyncio.TaskGroup() as group:
            group.create_task(poll.poller.poll_due())
            group.create_task(other.poll_all(sources, lambda _: None))
        beside.close()

        assert len(poll.asked) == 2 * len(names)
        assert [await poll.count(table) for table in ("post", "mention", "message")] == [3, 3, 3]
        assert {(await poll.source(name)).failures for name in names} == {0}


async def test_a_place_that_is_left_while_it_is_asked_brings_no_card(tmp_path, parser):
    async with a_round(tmp_path / "left.db", parser) as poll:
        await poll.listen("a.test/1")
        place, let_go = poll.places["a.test/1"], asyncio.Event()
        at_once = place.answer

        async def answer(request):
            place.was_asked.set()
            await let_go.wait()
            return await at_once(request)

        place.answer = answer
        turn = asyncio.create_task(poll.turn())
        await place.was_asked.wait()
        source = await poll.source("a.test/1")
        [watch] = await poll.rows("SELECT id FROM watch")
        await poll.db.transact(
            lambda tx: leave_place(tx, TEAM, watch_id=watch["id"], source_id=source.id, by="U1", at=poll.now)
        )
        let_go.set()
        await turn

        assert await poll.count("message") == 0
        assert await poll.turn(days=1) == {}
        # Back again, it is looked at at once, as if it were new.
        await poll.listen("a.test/1")
        assert (await poll.turn())["a.test/1"].mentions == 1
        assert await poll.rows("SELECT channel, kind FROM message") == [{"channel": CHANNEL, "kind": "card"}]
