"""The first look into a place, the same post in two places, and a thread that goes on."""

import re
from datetime import timedelta

from bots import Desk, running

from sandbox.community import start_community
from sandbox.pressing import words_of


async def test_the_first_look_brings_the_newest_three_and_marks_them(desk: Desk, start, street):
    feed = street.feed()
    for days in range(9, 0, -1):
        feed.add(f"Does Tidewiki run for {days} days?", ago=timedelta(days=days))
    await desk.watch(feed.url)
    await start()

    await desk.card("for 1 days?")
    await desk.looked_at(feed)

    assert [re.search(r"for (\d) days", words_of(card))[1] for card in desk.cards()] == ["3", "2", "1"]
    assert all("from before I came" in words_of(card) for card in desk.cards())
    assert desk.rows("SELECT COUNT(*) FROM post") == [(9,)]
    assert feed.not_modified >= 1


async def test_neither_a_second_look_nor_a_restart_posts_anything_twice(desk: Desk, street):
    feed = street.feed()
    feed.add("Does Tidewiki export?")
    await desk.watch(feed.url)
    async with running(desk):
        await desk.card("Does Tidewiki export?")
        await desk.looked_at(feed)
        feed.add("Can Tidewiki import?")
        fresh = await desk.card("Can Tidewiki import?")
        assert "from before I came" not in words_of(fresh)
        await desk.looked_at(feed)
    async with running(desk):
        await desk.looked_at(feed)
        feed.add("Will Tidewiki print?")
        await desk.card("Will Tidewiki print?")
    assert len(desk.cards()) == 3


async def test_the_same_post_in_two_places_is_one_card(desk: Desk, start, street):
    one, other = street.feed("talk"), street.feed("planet")
    await desk.watch(one.url, other.url)
    await start()
    await desk.looked_at(one, other)

    one.add("Does Tidewiki export?", "It should.", link="https://talk.example/posts/1")
    await desk.card("Does Tidewiki export?")
    other.add("Does Tidewiki export?", "It sh…", link="http://talk.example/posts/1/?utm_source=planet")
    await desk.looked_at(other, one)

    assert len(desk.cards()) == 1
    assert desk.rows("SELECT COUNT(*) FROM post") == [(1,)]
    assert desk.rows("SELECT COUNT(*) FROM source_post") == [(2,)]


async def test_an_edit_changes_the_post_and_posts_nothing(desk: Desk, start, street):
    feed = street.feed()
    await desk.watch(feed.url)
    feed.add("Does Tidewiki export?", "As PDF.")
    await start()
    await desk.card("As PDF.")

    feed.items.clear()
    feed.add("Does Tidewiki export?", "As PDF. Edit: as plain text.")
    await desk.looked_at(feed)

    assert desk.rows("SELECT text FROM post") == [("As PDF. Edit: as plain text.",)]
    assert len(desk.cards()) == 1


async def test_an_edit_that_names_us_for_the_first_time_raises_a_mention_once(desk: Desk, start, street):
    feed = street.feed()
    await desk.watch(feed.url)
    feed.add("Which wiki do you use?", "Any will do.")
    await start()
    await desk.looked_at(feed)
    assert not desk.cards()

    for edit in ("I try Tidewiki now.", "I try Tidewiki now, and like it."):
        feed.items.clear()
        feed.add("Which wiki do you use?", edit)
        await desk.looked_at(feed)

    await desk.card("Which wiki do you use?")
    assert len(desk.cards()) == 1


async def test_later_posts_of_a_thread_go_into_the_thread_of_its_card(desk: Desk, start):
    slack = desk.slack
    async with start_community() as community:
        await desk.watch(f"{community.url}/forum/posts.rss", community="Tidewiki forum")
        await start()
        await desk.until(lambda: community.served, what="a first poll")
        thread = {"feed": "forum", "thread": "restore"}
        community.add(**thread, author="pat", title="Is Tidewiki meant to lose history?", text="It is all gone.")
        card = await desk.card("meant to lose history?")

        community.add(**thread, author="kim", text="Same here. Does Tidewiki 0.9 do this for everybody?")
        note = await slack.wait_for_message(channel="mentions", thread_of=card, containing="Same here.", seconds=10)
        assert "kim" in words_of(note)
        await desk.shows(card, "+1 more in this conversation", "*1 waiting for us*")

        # Answered, and then asked again: the reply is owed again.
        await slack.click("Interact", on=slack.current(card), by="maya")
        tagged = await desk.shows(card, "nobody has it yet")
        form = (await slack.click("We answered…", on=tagged, by="maya")).views[0]
        await slack.submit(form, by="maya")
        await desk.shows(card, "✅ <@U0MAYA>")
        community.add(**thread, author="pat", text="Thanks! But how does Tidewiki restore a single page?")
        await desk.shows(card, "+2 more in this conversation", "nobody has it yet", without="✅", seconds=10)

        await slack.wait_for_message(channel="mentions", thread_of=card, containing="restore a single page?")
    assert len(desk.cards()) == 1
    assert len(slack.replies(card)) == 2
