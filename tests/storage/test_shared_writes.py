"""A transaction is shared by those that wait at once, and paid for by nobody else when one fails."""

import asyncio
import gc
import weakref

import pytest

from storage.shared_writes import LEAST_WEIGHT, TURNS, SharedWrites

HEAVIEST = 200
ADD = """INSERT INTO post (community, url, title, text, author, thread_key, parent_key, seen_at)
  VALUES ('', '', :title, '', '', '', '', '')"""


@pytest.fixture
def writes(database):
    return SharedWrites(db=database, heaviest=HEAVIEST)


def add(title):
    """Return what writes a post of that title and tells its transaction."""

    def write(tx):
        tx.run(ADD, title=title)
        return tx

    return write


async def titles(writes):
    rows = await writes.db.read(lambda tx: tx.all("SELECT title FROM post ORDER BY id"))
    return [row["title"] for row in rows]


async def groups_of(writes, *weights):
    """Write a post for each of `weights` at once; return how many of them each transaction wrote."""
    wishes = [writes.transact(add(str(number)), weight=weight) for number, weight in enumerate(weights)]
    transactions = await asyncio.gather(*wishes)
    assert await titles(writes) == [str(number) for number in range(len(weights))]
    distinct = dict.fromkeys(map(id, transactions))
    return [sum(id(each) == one for each in transactions) for one in distinct]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([25] * 5, [5]),
        ([25] * 20, [8, 8, 4]),
        ([0] * (HEAVIEST // LEAST_WEIGHT + 1), [HEAVIEST // LEAST_WEIGHT, 1]),
        ([HEAVIEST, 1, 1], [1, 2]),
        ([HEAVIEST + 1, 1], [1, 1]),
    ],
    ids=["a few", "many", "next to nothing", "one full", "one too heavy"],
)
async def test_those_who_wait_at_once_share_a_transaction_of_bounded_weight(writes, weights, expected):
    assert await groups_of(writes, *weights) == expected


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_on_postgresql_each_has_its_own(writes):
    assert await groups_of(writes, 25, 25, 25) == [1, 1, 1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_one_that_comes_a_few_turns_later_shares_the_transaction(writes):
    first = asyncio.create_task(writes.transact(add("first"), weight=1))
    for _ in range(TURNS):
        await asyncio.sleep(0)
    second = asyncio.create_task(writes.transact(add("second"), weight=1))

    assert await first is await second
    assert await titles(writes) == ["first", "second"]


async def test_one_that_comes_later_is_written_later(writes):
    first = await writes.transact(add("first"), weight=1)
    second = await writes.transact(add("second"), weight=1)

    assert first is not second
    assert await titles(writes) == ["first", "second"]


async def test_one_that_fails_costs_the_others_nothing(writes):
    def fail(tx):
        add("half")(tx)
        raise LookupError("in the middle")

    one, failed, other = await asyncio.gather(
        writes.transact(add("one"), weight=1),
        writes.transact(fail, weight=1),
        writes.transact(add("other"), weight=1),
        return_exceptions=True,
    )

    assert isinstance(failed, LookupError)
    assert one is not other
    assert await titles(writes) == ["one", "other"]


async def test_one_that_fails_alone_is_run_once(writes):
    runs = []

    def fail(tx):
        runs.append(tx)
        raise LookupError

    with pytest.raises(LookupError):
        await writes.transact(fail, weight=1)
    assert len(runs) == 1


async def test_one_that_is_broken_off_before_its_turn_writes_nothing_and_costs_the_others_nothing(writes):
    wishes = [asyncio.create_task(writes.transact(add(title), weight=1)) for title in ("one", "broken off", "other")]
    await asyncio.sleep(0)
    wishes[1].cancel()

    _, broken_off, _ = await asyncio.gather(*wishes, return_exceptions=True)

    assert isinstance(broken_off, asyncio.CancelledError)
    assert await titles(writes) == ["one", "other"]


@pytest.mark.parametrize("turns", [1, 1 + TURNS], ids=["before the first is written", "while it is written"])
async def test_where_the_writing_itself_is_broken_off_nobody_is_left_waiting(writes, turns):
    waiting = [asyncio.create_task(writes.transact(add(title), weight=HEAVIEST)) for title in "abc"]
    # Each puts down its wish, then others might come, then the first is on its way to the writer.
    for _ in range(1 + turns):
        await asyncio.sleep(0)
    writes._writing.cancel()
    done = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), timeout=10)

    assert all(isinstance(each, asyncio.CancelledError) for each in done)
    await writes.transact(add("later"), weight=1)
    assert "later" in await titles(writes)


async def test_an_error_keeps_nothing_of_those_who_met_it(writes):
    class Held:
        pass

    def fail(_tx):
        raise ValueError

    async def ask(held):
        await writes.transact(fail, weight=1)
        return held

    held = Held()
    still_there = weakref.ref(held)
    gc.disable()
    try:
        asking = asyncio.gather(ask(held), return_exceptions=True)
        del held
        [error] = await asking
        assert isinstance(error, ValueError)
        del asking, error
        await asyncio.sleep(0)
        assert still_there() is None
    finally:
        gc.enable()
