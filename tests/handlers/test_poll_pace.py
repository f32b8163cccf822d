"""Public hosts are asked one request after the other, by whichever process; what waits is in the rows."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from builders import TEAM
from rounds import INTERVAL, NOON, a_feed

from handlers.polling.poll import Heard, NotHeard
from storage.listening.hosts import find_pace
from storage.listening.sources import all_sources, wake_source

SECOND = timedelta(seconds=1)


def crowd(count, host="a.test"):
    return [f"{host}/{number}" for number in range(count)]


async def test_a_turn_asks_each_public_host_once_and_private_ones_as_often_as_need_be(poll):
    await poll.listen(*crowd(5), *crowd(2, "b.test"), *crowd(4, "ours"))

    first = await poll.turn()
    assert sorted(first) == ["a.test/0", "b.test/0", "ours/0", "ours/1", "ours/2", "ours/3"]
    assert await poll.turn(seconds=1) == {}
    assert sorted(await poll.turn(seconds=1)) == ["a.test/1", "b.test/1"]
    assert sorted(await poll.turn(seconds=2)) == ["a.test/2"]


async def test_hosts_known_to_be_tight_are_asked_once_a_minute(poll):
    await poll.listen(*crowd(3, "slow.test"))

    await poll.turns(until=NOON + timedelta(minutes=3), every=SECOND)

    assert [at - NOON for at, _ in poll.asked] == [timedelta(minutes=minute) for minute in range(3)]


async def test_a_restart_neither_bursts_nor_forgets(poll):
    """Ended in the middle of a line, after a night, and again and again: the host sees the same pace."""
    await poll.listen(*crowd(30), "b.test/0")
    await poll.turns(until=NOON + timedelta(seconds=20), every=SECOND)
    poll.now += timedelta(hours=9)
    for _ in range(120):
        poll.restart()
        await poll.turn()
        poll.now += SECOND

    asked = [at for at, name in poll.asked if name.startswith("a.test")]
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert min(gaps) == 2 * SECOND
    assert {name for at, name in poll.asked if at >= NOON + timedelta(hours=9)} == set(poll.places)


async def test_the_longest_overdue_come_first_after_a_long_stop(poll):
    await poll.listen(*crowd(4))
    for number, name in enumerate(crowd(4)):
        await poll.db.transact(
            lambda tx, name=name, number=number: tx.run(
                "UPDATE source SET next_poll_at = :at WHERE name = :name",
                name=name,
                at=f"2026-11-1{7 - number}T00:00:00.000Z",
            )
        )

    await poll.turns(until=NOON + 8 * SECOND, every=2 * SECOND)

    assert [name for _, name in poll.asked] == list(reversed(crowd(4)))


async def test_what_a_host_asks_for_holds_for_all_its_sources_and_over_a_restart(poll):
    await poll.listen(*crowd(3), "b.test/0")
    place = poll.places["a.test/0"]
    place.status, place.headers = 429, {"Retry-After": "300"}

    assert isinstance((await poll.turn())["a.test/0"], NotHeard)
    poll.restart()
    assert await poll.turns(until=NOON + timedelta(seconds=299), every=7 * SECOND) == []
    poll.restart()
    poll.now = NOON + timedelta(seconds=300)
    assert list(await poll.turn()) == ["a.test/1"]

    # It has learned to ask less often, and gives that up slowly.
    pace = await poll.db.read(lambda tx: find_pace(tx, "a.test"))
    assert (pace.gap_seconds, pace.refusals, pace.refused_since) == (3, 0, None)


async def test_a_host_that_asks_for_a_year_is_asked_again_after_a_day(poll):
    await poll.listen("a.test/0", "ours/0")
    for place in poll.places.values():
        place.status, place.headers = 429, {"Retry-After": "31536000"}
    await poll.turn()
    assert await poll.turn(hours=23) == {}

    assert sorted(await poll.turn(hours=1)) == ["a.test/0", "ours/0"]


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1), timedelta(days=4000)], ids=str)
async def test_a_clock_that_jumps_and_comes_back_neither_bursts_nor_makes_deaf(poll, jump):
    await poll.listen(*crowd(5), *crowd(2, "ours"))
    await poll.turns(until=NOON + timedelta(hours=1), every=SECOND * 5)
    poll.now += jump
    await poll.turns(until=poll.now + timedelta(minutes=20), every=SECOND * 5)
    poll.now -= jump
    back = poll.now
    await poll.turns(until=back + timedelta(hours=26), every=timedelta(minutes=1))

    asked = sorted(at for at, name in poll.asked if name.startswith("a.test") and at >= back)
    assert min(later - earlier for earlier, later in pairwise(asked)) >= 2 * SECOND
    assert {name for at, name in poll.asked if at >= back} == set(poll.places)
    assert await poll.count("message WHERE kind = 'trouble'") == 0
    assert await poll.count("mention") == 1


async def test_what_a_private_host_asks_for_holds_for_that_address_alone(poll):
    await poll.listen(*crowd(3, "ours"))
    place = poll.places["ours/0"]
    place.status, place.headers = 429, {"Retry-After": "7200"}

    assert len(await poll.turn()) == 3
    assert (await poll.source("ours/0")).next_poll_at >= NOON + timedelta(hours=2)
    assert len(await poll.turn(seconds=INTERVAL * 2)) == 2


async def test_a_host_that_counts_is_asked_as_often_as_it_says(poll):
    await poll.listen(*crowd(9))
    for place in poll.places.values():
        place.headers = {"X-Ratelimit-Remaining": "10", "X-Ratelimit-Reset": "100"}

    await poll.turns(until=NOON + timedelta(seconds=60), every=SECOND)

    asked = [at for at, _ in poll.asked]
    assert [later - earlier for earlier, later in pairwise(asked)] == [10 * SECOND] * 5


async def pace_of(poll, host):
    return await poll.db.read(lambda tx: find_pace(tx, host))


async def test_what_is_said_at_the_end_of_a_redirect_counts_for_the_host_that_says_it(poll):
    await poll.listen("a.test/0")
    poll.places["a.test/0"].status, poll.places["a.test/0"].headers = 302, {"Location": "/b.test/0"}
    poll.place("b.test/0").headers = {"X-Ratelimit-Remaining": "10", "X-Ratelimit-Reset": "100"}
    assert isinstance((await poll.turn())["a.test/0"], Heard)
    assert ((await pace_of(poll, "a.test")).gap_seconds, (await pace_of(poll, "b.test")).gap_seconds) == (2, 10)

    poll.places["b.test/0"].status, poll.places["b.test/0"].headers = 429, {"Retry-After": "7200"}
    assert isinstance((await poll.turn(seconds=INTERVAL * 2))["a.test/0"], NotHeard)
    assert (await pace_of(poll, "a.test")).next_at == poll.now + 2 * SECOND
    assert (await pace_of(poll, "b.test")).next_at == poll.now + timedelta(hours=2)
    # Its own host would let us ask it again before the other one does.
    assert (await poll.source("a.test/0")).next_poll_at >= poll.now + timedelta(hours=2)


async def test_a_feed_that_asks_for_longer_pauses_gets_them(poll):
    await poll.listen("talk")
    poll.places["talk"].headers = {"ETag": '"one"', "Cache-Control": "max-age=7200"}

    await poll.turn()

    assert (await poll.source("talk")).next_poll_at >= NOON + timedelta(hours=2)


async def test_two_slow_answers_of_one_host_hold_up_no_other_and_a_third_is_not_asked_for(poll):
    await poll.listen(*crowd(4))
    for name in crowd(4):
        poll.places[name].hangs = True
    # Another name of the same server: connections are counted by name, too.
    poll.url = poll.url.replace("127.0.0.1", "localhost")
    await poll.listen(*crowd(4, "b.test"))

    async with asyncio.timeout(20), asyncio.TaskGroup() as turns:
        for number in range(4):
            # As the clock does it: the next turn begins though this one has not ended.
            turns.create_task(poll.turn())
            await poll.places[f"b.test/{number}"].was_asked.wait()
            poll.now += 2 * SECOND
        asked = [name for _, name in poll.asked if name.startswith("a.test")]
        for name in crowd(4):
            poll.places[name].let_go.set()

    assert asked == crowd(2)


async def test_one_poll_from_the_command_line_waits_for_hosts_and_says_what_it_leaves(poll):
    await poll.listen(*crowd(3, "slow.test"), "b.test/0", *crowd(2, "ours"))
    sources = [await poll.source(name) for name in poll.places]
    seen = []

    left = await poll.poller.poll_all(sources, lambda result: seen.append(result.source.name), patience_seconds=61)

    assert {source.name for source in left} == {"slow.test/2"}
    assert sorted([*seen, "slow.test/2"]) == sorted(poll.places)


class CountingParser:
    def __init__(self, parser):
        self.parser, self.bodies = parser, 0

    async def parse(self, *args, **kwargs):
        self.bodies += 1
        return await self.parser.parse(*args, **kwargs)


async def test_entries_that_stay_the_same_are_not_read_again_and_count_all_the_same(poll):
    await poll.listen("talk")
    poll.places["talk"].headers = {}
    poll.places["talk"].body = a_feed("Does Tidewiki export", "A boat", "A lake")
    await poll.turn(seconds=INTERVAL * 2)
    marks = (await poll.source("talk")).marks

    poll.places["talk"].body = a_feed("Does Tidewiki export", "A boat", "Tidewiki on a lake", "A river")
    heard = (await poll.turn(seconds=INTERVAL * 2))["talk"]

    assert (heard.posts, heard.news, heard.mentions) == (4, 2, 1)
    after = await poll.source("talk")
    assert after.habits.most_carried == 4
    assert len(set(marks.split()) & set(after.marks.split())) == 3


async def test_the_same_body_again_is_not_read_again(poll):
    poll.parser = CountingParser(poll.parser)
    poll.restart()
    await poll.listen("talk")
    poll.places["talk"].headers = {}
    for _ in range(3):
        assert isinstance((await poll.turn(seconds=INTERVAL * 2))["talk"], Heard)
    assert poll.parser.bodies == 1

    poll.places["talk"].body = a_feed("Does Tidewiki export", "Tidewiki on a boat")
    assert (await poll.turn(seconds=INTERVAL * 2))["talk"].mentions == 1
    assert (poll.parser.bodies, len(poll.places["talk"].asked)) == (2, 4)


async def test_the_same_body_still_shows_a_new_watch_what_was_there(poll):
    await poll.listen("talk")
    poll.places["talk"].headers = {}
    await poll.turn()

    await poll.listen("talk", watch="export")
    await poll.turn(seconds=1)

    # One post is one mention of the workspace; the place was looked through for both.
    assert await poll.count("source WHERE joins > welcomed") == 0


async def test_a_body_that_could_not_be_read_is_read_again(poll):
    poll.parser = CountingParser(poll.parser)
    poll.restart()
    await poll.listen("talk")
    poll.places["talk"].body = "<!doctype html><title>Down</title>"
    await poll.turn()
    poll.now = (await poll.source("talk")).next_poll_at
    await poll.turn()

    assert poll.parser.bodies == 2


async def test_a_feed_that_is_gone_is_asked_no_more_until_somebody_wakes_it(poll):
    await poll.listen("talk")
    poll.places["talk"].status = 410
    await poll.turn()
    assert await poll.turn(days=9) == {}

    source = await poll.source("talk")

    def wake(workspace_id):
        return poll.db.transact(lambda tx: wake_source(tx, source.id, workspace_id=workspace_id, by="U2", at=poll.now))

    assert not await wake("T0OTHER")
    assert await wake(TEAM)
    assert not await wake(TEAM)
    poll.places["talk"].status = 200
    assert isinstance((await poll.turn())["talk"], Heard)
    assert (await poll.source("talk")).troubles == set()
    assert [row["act"] for row in await poll.rows("SELECT act FROM history WHERE object = 'source'")] == ["wake"]


async def move(poll, *, to, days):
    poll.places["old"].status, poll.places["old"].headers = 301, {"Location": f"/{to}"}
    for _ in range(days * 2):
        await poll.turn(hours=12)


async def test_a_feed_that_says_for_a_week_that_it_moved_is_followed_and_nothing_comes_twice(poll):
    await poll.listen("old")
    poll.place("new")
    await poll.turn()
    await move(poll, to="new", days=7)
    assert (await poll.source("old")).url.endswith("/old")
    await move(poll, to="new", days=1)

    source = await poll.source("old")
    assert source.url.endswith("/new")
    assert (source.move.to, await poll.count("post"), await poll.count("mention")) == ("", 1, 1)
    asked = len(poll.places["old"].asked)
    await poll.turn(days=1)
    assert len(poll.places["old"].asked) == asked
    assert [row["act"] for row in await poll.rows("SELECT act FROM history WHERE object = 'source'")] == ["move"]


async def test_a_feed_that_moves_to_one_we_have_becomes_one_with_it(poll):
    await poll.listen("old")
    await poll.listen("new", watch="export")
    await poll.turn()
    await move(poll, to="new", days=8)

    assert [source.name for source in await poll.db.read(all_sources)] == ["new"]
    listening = await poll.rows(
        "SELECT watch.name, source.name AS place FROM watch_source JOIN watch ON watch.id = watch_id "
        "JOIN source ON source.id = source_id ORDER BY watch.id"
    )
    assert listening == [{"name": "Tidewiki", "place": "new"}, {"name": "export", "place": "new"}]
    results = await poll.turn(days=1)
    assert list(results) == ["new"]
    assert (await poll.count("post"), await poll.count("mention")) == (1, 1)


async def test_two_feeds_that_move_to_one_address_become_one(poll):
    await poll.listen("old", "older")
    poll.place("new")
    for name in ("old", "older"):
        poll.places[name].status, poll.places[name].headers = 301, {"Location": "/new"}
    for _ in range(16):
        await poll.turn(hours=12)

    (source,) = await poll.rows("SELECT url FROM source JOIN watch_source ON source_id = source.id")
    assert source["url"].endswith("/new")
    assert (await poll.count("post"), await poll.count("mention")) == (1, 1)
    assert len(await poll.turn(days=1)) == 1


async def test_an_old_address_that_is_missing_after_it_sent_us_on_is_left_at_once(poll):
    await poll.listen("old")
    poll.place("new")
    await move(poll, to="new", days=1)
    poll.places["old"].status = 404
    await poll.turn(days=1)

    assert (await poll.source("old")).url.endswith("/new")


async def test_a_move_to_a_page_that_is_no_feed_is_never_followed(poll):
    await poll.listen("old")
    poll.place("new").body = "<!doctype html><title>Our new site</title>"
    await move(poll, to="new", days=12)

    assert (await poll.source("old")).url.endswith("/old")
