"""Never twice, never lost: what feeds do to their entries, over several looks and a restart, in any order."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from feed_street import Street, saying
from identity_cases import STORIES, WEEK
from identity_street import NOON, SITE, Ears, a_feed, an_item, shuffled

from feeds.parsing.worker import Parser
from feeds.wire.fetch import Fetcher


@pytest.fixture
async def ears(street: Street, tmp_path: Path, parser: Parser) -> AsyncIterator[Ears]:
    async with AsyncExitStack() as stack:
        fetcher = await stack.enter_async_context(
            Fetcher(user_agent="TwoEars/test", allow_private_hosts=True, total_seconds=5)
        )
        ears = Ears(street=street, fetcher=fetcher, parser=parser, file=tmp_path / "ears.db")
        yield ears
        ears.db.close()


@pytest.mark.parametrize("looks", STORIES.values(), ids=STORIES)
async def test_one_card_for_each_post(ears, looks):
    await ears.listen("talk", "planet")
    for look in looks:
        await look.at(ears, list)
        # The same again, which is what places say nearly always.
        await look.at(ears, list)


@pytest.mark.parametrize("looks", STORIES.values(), ids=STORIES)
async def test_one_card_for_each_post_in_any_order_and_across_restarts(ears, looks):
    await ears.listen("talk", "planet")
    for number, look in enumerate(looks):
        await look.at(ears, lambda items: items[::-1])
        ears.restart()
        await look.at(ears, lambda items, seed=number: shuffled(items, seed))


async def test_a_feed_that_redirects_says_nothing_new(ears):
    items = [an_item(f"Tidewiki {n}", guid=f"{n}") for n in range(3)]
    await ears.listen("old")
    ears.says("old", items)
    await ears.look()
    new = ears.street.feed("new")
    new.answer = saying(a_feed(items))
    ears.places["old"].answer = saying("", status=301, Location=new.url)

    await ears.look()

    assert new.asked == 1
    assert await ears.posts_and_cards() == (3, 3)


async def test_one_story_through_hnrss_and_through_algolia_is_one_post(ears):
    """Where a place stands decides how it is read, so these are read as if they came from there."""
    await ears.listen("hnrss", "algolia", community="Hacker News")
    item = "https://news.ycombinator.com/item?id=4711"
    feed = a_feed([an_item(guid=item, comments=item, link=SITE + "tidewiki")], "https://news.ycombinator.com/newest")
    hit = {"objectID": "4711", "title": "Does Tidewiki export?", "author": "pat", "story_id": 4711, "url": SITE}

    for _ in range(2):
        await ears.hear("hnrss", feed.encode(), "https://hnrss.org/newest?q=tidewiki")
        await ears.hear("algolia", json.dumps({"hits": [hit]}).encode(), "https://hn.algolia.com/api/v1/search_by_date")
        ears.restart()

    assert await ears.posts_and_cards() == (1, 1)


async def test_an_old_entry_that_slides_back_into_a_search_is_kept_and_says_nothing(ears):
    await ears.listen("search")
    old = an_item("Tidewiki, years ago", link=f"{SITE}old", at=NOON - timedelta(days=900))
    late = an_item("Tidewiki, last week", link=f"{SITE}late", at=NOON - WEEK)
    ears.says("search", [old, late])
    await ears.look()
    assert await ears.posts_and_cards() == (2, 1)

    ears.says("search", [late])
    await ears.look()
    ears.says("search", [an_item("Tidewiki, years ago", link=f"{SITE}old", at=NOON), late])
    ears.restart()
    await ears.look()

    assert await ears.posts_and_cards() == (2, 1)


async def test_an_old_post_that_names_us_from_now_on_is_news(ears):
    await ears.listen("search")
    old = {"link": f"{SITE}old", "at": NOON - timedelta(days=900)}
    ears.says("search", [an_item("Which wiki?", text="Any will do.", **old)])
    await ears.look()
    assert await ears.posts_and_cards() == (1, 0)

    ears.says("search", [an_item("Which wiki?", text="Edit: took Tidewiki.", **old)])
    await ears.look()
    await ears.look()

    assert await ears.posts_and_cards() == (1, 1)


async def test_the_first_look_shows_the_newest_three_however_old_they_are(ears):
    await ears.listen("search", look=False)
    ears.says("search", [an_item(f"Tidewiki {n}", link=f"{SITE}{n}", at=NOON - n * WEEK * 50) for n in range(1, 6)])

    await ears.look()

    assert await ears.posts_and_cards() == (5, 3)
