"""Places that are tried for a form take the turns of their hosts, as polls do."""

from datetime import timedelta

import pytest
from builders import TEAM
from listening import remember_team, watch_for
from rounds import MANNERS, a_round

from feeds.places.probing import probe
from feeds.places.proposing import Proposal
from feeds.wire.fetched import Fetched, FetchFailed, FetchRequest
from handlers.checks.check import check_place
from handlers.listening.scouts import tried
from handlers.listening.setting_up import begin
from handlers.polling.visiting import Visitor
from storage.listening.setups import settle_setup

SECOND = timedelta(seconds=1)
PATIENCE = 6


@pytest.fixture
async def poll(tmp_path, parser):
    async with a_round(tmp_path / "visit.db", parser) as round_:
        yield round_


def a_visitor(poll):
    return Visitor(
        db=poll.db,
        fetcher=poll.fetcher,
        manners=MANNERS,
        clock=lambda: poll.now,
        patience_seconds=PATIENCE,
        sleep=poll.sleep,
    )


async def ask(poll, visitor, name):
    poll.place(name)
    return await visitor.fetch(FetchRequest(url=f"{poll.url}/{name}"))


async def test_a_poll_after_a_visit_waits_for_its_turn_and_a_visit_after_a_poll(poll):
    assert isinstance(await ask(poll, a_visitor(poll), "slow.test/1"), Fetched)
    await poll.listen("slow.test/1")
    assert await poll.turn(seconds=59) == {}
    assert list(await poll.turn(seconds=1)) == ["slow.test/1"]

    unasked = await ask(poll, a_visitor(poll), "slow.test/2")
    assert (unasked.unasked, unasked.retry_after_seconds) == (True, 60)
    assert poll.places["slow.test/2"].asked == []


async def test_a_turn_that_comes_soon_is_waited_for(poll):
    await poll.listen("a.test/1")
    await poll.turn()

    assert isinstance(await ask(poll, a_visitor(poll), "a.test/2"), Fetched)
    assert poll.places["a.test/2"].asked_at == [poll.places["a.test/1"].asked_at[0] + 2 * SECOND]


async def test_a_page_and_its_feeds_are_one_visit_but_not_where_the_host_is_tight(poll):
    visitor = a_visitor(poll)
    for name in ("a.test/page", "a.test/feed", "slow.test/1", "slow.test/2"):
        await ask(poll, visitor, name)

    assert [name for _, name in poll.asked] == ["a.test/page", "a.test/feed", "slow.test/1"]
    assert len({at for at, _ in poll.asked}) == 1


async def test_a_host_that_asks_to_slow_down_is_left_alone_by_all_who_come_later(poll):
    await poll.listen("a.test/1")
    poll.place("a.test/2").status, poll.places["a.test/2"].headers = 429, {"Retry-After": "600"}
    visitor = a_visitor(poll)

    assert (await ask(poll, visitor, "a.test/2")).throttled
    assert (await ask(poll, visitor, "a.test/3")).unasked
    assert await poll.turn(seconds=599) == {}
    assert list(await poll.turn(seconds=1)) == ["a.test/1"]


async def test_private_hosts_are_asked_at_once(poll):
    visitor = a_visitor(poll)
    for number in range(3):
        assert isinstance(await ask(poll, visitor, f"ours/{number}"), Fetched)


async def test_a_place_whose_host_has_to_wait_at_set_up_is_kept_and_not_called_broken(poll):
    names = ["slow.test/1", "slow.test/2"]
    for name in names:
        poll.place(name)
    proposals = [Proposal(name=name, community="Talk", url=f"{poll.url}/{name}") for name in names]
    probed = await probe(a_visitor(poll), poll.parser, proposals, seconds=PATIENCE * 2)
    shown = [tried(each, now=poll.now) for each in probed]
    assert [(each.ok, each.again_at) for each in shown] == [(True, None), (False, poll.now + 60 * SECOND)]

    def set_up(tx):
        remember_team(tx)
        watch = watch_for(tx, at=poll.now)
        begun = begin(tx, watch, probed, 600, by="U1", at=poll.now)
        settle_setup(tx, begun.setup_id, workspace_id=TEAM, chosen=None, interval_seconds=600, by="U1", at=poll.now)

    await poll.db.transact(set_up)
    assert (await poll.source("slow.test/2")).failures == 0
    # The one that was not asked yet has the first turn.
    assert await poll.turns(until=poll.now + timedelta(minutes=3), every=SECOND) == names[::-1]
    assert [at - poll.asked[0][0] for at, _ in poll.asked] == [timedelta(minutes=minute) for minute in range(3)]


async def test_a_visit_that_fails_says_why(poll):
    poll.place("a.test/1").status = 404

    result = await ask(poll, a_visitor(poll), "a.test/1")

    assert isinstance(result, FetchFailed)
    assert (result.missing, result.unasked) == (True, False)


async def test_a_check_asks_no_host_that_has_to_wait_and_calls_that_no_fault(poll):
    await poll.listen("slow.test/1", "slow.test/2")
    await poll.turn()

    finding = await check_place(a_visitor(poll), poll.parser, await poll.source("slow.test/2"))

    assert (finding.ok, finding.advice) == (True, "not asked, its host takes one request at a time")
    assert poll.places["slow.test/2"].asked == []
