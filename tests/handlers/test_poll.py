"""The poll: what a source's answer means for its next turn, and that one source costs only itself."""

import logging
from datetime import timedelta

import pytest
from rounds import INTERVAL, NOON, a_feed

from handlers.polling.poll import Heard, NotHeard


async def test_a_source_that_was_heard_is_asked_again_after_its_interval_and_conditionally(poll):
    await poll.listen("talk")
    first = await poll.turn()
    assert (first["talk"].posts, first["talk"].news, first["talk"].mentions) == (1, 1, 1)

    assert await poll.turn() == {}
    poll.now += timedelta(seconds=INTERVAL * 2)
    second = await poll.turn()

    assert second["talk"].news == 0
    assert [asked.get("If-None-Match") for asked in poll.places["talk"].asked] == [None, '"one"']
    assert (await poll.source("talk")).etag == '"one"'
    assert (await poll.source("talk")).last_heard_at == poll.now


@pytest.mark.parametrize(("asked", "at_least"), [("7200", 7200), ("", INTERVAL), ("1", INTERVAL)])
async def test_a_source_that_refuses_is_left_alone_as_long_as_it_asks(poll, asked, at_least):
    await poll.listen("talk")
    place = poll.places["talk"]
    place.status, place.headers = 429, {"Retry-After": asked} if asked else {}

    result = (await poll.turn())["talk"]

    source = await poll.source("talk")
    assert isinstance(result, NotHeard)
    assert "slow down" in result.reason
    assert (source.failures, source.last_error) == (1, result.reason)
    assert source.next_poll_at >= NOON + timedelta(seconds=at_least)


async def test_it_waits_longer_with_every_failure_and_forgets_them_when_it_hears_again(poll):
    await poll.listen("talk")
    poll.places["talk"].status = 500
    for failures in range(1, 4):
        await poll.turn()
        source = await poll.source("talk")
        assert source.failures == failures
        assert source.next_poll_at >= poll.now + timedelta(seconds=INTERVAL)
        poll.now = source.next_poll_at

    poll.places["talk"].status = 200
    assert isinstance((await poll.turn())["talk"], Heard)
    source = await poll.source("talk")
    assert (source.failures, source.last_error) == (0, "")


async def test_one_that_hangs_one_that_is_no_feed_and_one_that_is_gone_cost_the_others_nothing(impatient):
    names = ["hangs", "page", "gone", *(f"good{number}" for number in range(6))]
    await impatient.listen(*names)
    impatient.places["hangs"].hangs = True
    impatient.places["page"].body = "<!doctype html><title>A page</title>"
    impatient.places["gone"].status = 410

    results = await impatient.turn()

    assert {name for name, result in results.items() if isinstance(result, NotHeard)} == {"hangs", "page", "gone"}
    assert sum(result.posts for result in results.values() if isinstance(result, Heard)) == 6
    # One post in six places.
    assert await impatient.count("post") == 1
    assert await impatient.count("mention") == 1


async def test_an_error_of_ours_costs_its_source_alone_and_is_in_the_log(poll, caplog):
    caplog.set_level(logging.ERROR)
    await poll.listen("good")
    await poll.listen("bad", watch="Harbour")
    # As somebody with an editor may leave a row.
    await poll.db.transact(lambda tx: tx.run("UPDATE watch SET names = 'Harbour' WHERE name = 'Harbour'"))

    results = await poll.turn()

    assert isinstance(results["good"], Heard)
    assert results["bad"].reason == "an error of mine; my log has the details"
    ours = [record for record in caplog.records if record.name == "handlers.polling.poll"]
    assert [record.exc_info is not None for record in ours] == [True]
    assert (await poll.source("bad")).failures == 1


async def test_validators_are_not_kept_without_the_posts_they_belong_to(poll):
    await poll.listen("talk")
    poll.places["talk"].body = "<!doctype html><title>Down for maintenance</title>"

    assert isinstance((await poll.turn())["talk"], NotHeard)

    source = await poll.source("talk")
    assert source.etag == ""
    poll.places["talk"].body = a_feed("Does Tidewiki export")
    poll.now = source.next_poll_at
    assert (await poll.turn())["talk"].mentions == 1


async def test_a_watch_that_joins_later_sees_the_newest_three_of_what_was_there(poll):
    await poll.listen("talk")
    poll.places["talk"].body = a_feed(*(f"Harbour does {number}" for number in range(5)))
    assert (await poll.turn())["talk"].mentions == 0

    await poll.listen("talk", watch="Harbour")
    assert (await poll.turn())["talk"].mentions == 3

    assert await poll.count("mention WHERE before_start = 1") == 3
    poll.now += timedelta(seconds=INTERVAL * 2)
    assert (await poll.turn())["talk"].mentions == 0


async def test_two_watches_on_one_place_fetch_it_once(poll):
    await poll.listen("talk")
    await poll.listen("talk", watch="export")

    results = await poll.turn()

    assert len(poll.places["talk"].asked) == 1
    # One post is one mention of the workspace, whichever watch saw it first.
    assert results["talk"].mentions == 1
    assert await poll.count("conversation") == 1


async def test_an_error_that_cannot_even_be_recorded_costs_its_source_alone(poll, caplog):
    """A row that the database refuses to change stands for a full disk or a lost connection."""
    await poll.listen("bad", *(f"good{number}" for number in range(6)))
    await poll.db.transact(
        lambda tx: tx.run(
            "CREATE TRIGGER no_news BEFORE UPDATE ON source WHEN OLD.name = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    )

    results = await poll.turn()

    assert sum(isinstance(result, Heard) for result in results.values()) == 6
    assert isinstance(results["bad"], NotHeard)
    assert "failure not recorded" in caplog.text


async def test_a_turn_that_is_broken_off_leaves_its_places_to_the_next_one(poll):
    await poll.listen(*(f"talk{number}" for number in range(9)))

    def break_off(_result):
        raise BrokenPipeError

    with pytest.raises(ExceptionGroup):
        await poll.poller.poll_due(break_off)
    poll.now += timedelta(seconds=INTERVAL * 2)

    assert len(await poll.turn()) == 9
