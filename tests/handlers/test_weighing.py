"""What an upgrade, or another outcome of a watch, left to weigh: weighed a few at a time until nothing is left."""

import pytest
from builders import NOW, TEAM, a_post, a_sighting, later
from databases import a_database
from listening import remember_team, watch_for

from engagement.understanding.reading import Kind
from handlers.understanding.weighing import AT_ONCE, weigh_the_rest
from storage.conversations.conversations import open_conversation
from storage.conversations.mentions import add_mention
from storage.conversations.waiting import waiting_for_us
from storage.listening.posts import keep_post
from storage.understanding.weights import is_any_to_weigh

WISHES = AT_ONCE + 3


@pytest.fixture
def db(tmp_path):
    database = a_database(tmp_path / "weights.db")
    yield database
    database.close()


def as_before_the_upgrade(tx):
    """Wishes, and somebody stuck behind them, none of them weighed."""
    remember_team(tx)
    watch = watch_for(tx)
    for number in range(WISHES + 1):
        kind = Kind.HELP if number == WISHES else Kind.WISH
        sighting = a_sighting(watch, a_post(author=f"p{number}", published_at=later(minutes=number - 99)), kind=kind)
        post_id = keep_post(tx, sighting.post, at=NOW)
        add_mention(tx, sighting, post_id, open_conversation(tx, sighting, at=NOW).id, at=NOW)
    tx.run("UPDATE conversation SET pressing_since = asked_at, weighed = 0")


async def test_all_that_is_open_is_weighed_after_an_upgrade(db):
    await db.transact(as_before_the_upgrade)
    assert await db.read(is_any_to_weigh)

    await weigh_the_rest(db)

    assert not await db.read(is_any_to_weigh)
    [first] = await db.read(lambda tx: waiting_for_us(tx, TEAM, limit=1))
    assert first.kind is Kind.HELP
