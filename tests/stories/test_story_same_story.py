"""The same story in several places: one card, its copies in the thread, and two presses that say otherwise."""

from bots import Desk, running

from sandbox.pressing import words_of

RELEASE = "Tidewiki 4.2 brings a new editor and faster search"
NEARLY = "Tidewiki 4.2 is out: new editor, faster search"


async def test_a_release_in_four_places_is_one_card_and_whoever_asks_has_their_own(desk: Desk, street):
    slack = desk.slack
    weekly, reddit, blog, forum = feeds = [street.feed(name) for name in ("weekly", "reddit", "blog", "forum")]
    for feed, community in zip(feeds, ("Wiki Weekly", "r/selfhosted", "A blog", "The forum"), strict=True):
        await desk.watch(feed.url, community=community)
    async with running(desk):
        await desk.looked_at(*feeds)
        weekly.add(RELEASE, author="")
        await desk.looked_at(weekly)
        first = await desk.card(RELEASE)

        # The same headline elsewhere: a note in the thread, a word on the card, and no card of its own.
        reddit.add(f"[News] {RELEASE}!", author="rowing_rob")
        await desk.looked_at(reddit)
        note = await slack.wait_for_message(channel="mentions", containing="Also on r/selfhosted")
        assert note["thread_ts"] == first["ts"]
        await desk.shows(first, "Also on <https://reddit.example/posts/1|r/selfhosted>")

        # Somebody asks under the same headline: their card names the first, and nobody can put it out of sight.
        forum.add(RELEASE, "Does anybody know how to turn it on?", author="sam")
        await desk.looked_at(forum)
        asking = await desk.card("Does anybody know how to turn it on?")
        assert "Possibly the same story as" in words_of(asking)
        assert "Put together" not in words_of(asking)

        # A headline that is only like it asks for a press, and takes it back.
        blog.add(NEARLY, author="")
        await desk.looked_at(blog)
        perhaps = await desk.card(NEARLY)
        assert len(desk.cards()) == 3
        await slack.click("Put together", on=perhaps, by="maya")
        await desk.shows(perhaps, "The same story, in the thread of", "<@U0MAYA>", without="Interact")
        second = await slack.wait_for_message(channel="mentions", containing="Also on A blog")
        assert second["thread_ts"] == first["ts"]
        await desk.shows(
            first, "<https://reddit.example/posts/1|r/selfhosted> and <https://blog.example/posts/1|A blog>"
        )
        await slack.click("Put together", on=perhaps, by="sam")
        await slack.wait_for_ephemeral(to="sam", containing="<@U0MAYA> put this together with the same story")
        await slack.click("Undo", on=desk.slack.current(perhaps), by="maya")
        await desk.shows(perhaps, "Not the same story as", "Interact")
        await desk.shows(second, "It has a card of its own: not the same story, says <@U0MAYA>")

        # "Not the same" in the thread gives the copy its card, and it is decided on like any other.
        await slack.click("Not the same", on=note, by="sam")
        alone = await desk.until(lambda: (desk.cards()[3:] or [None])[0], what="a card of its own")
        assert "[News]" in words_of(alone)
        await desk.shows(first, RELEASE, without="lso on")
        await slack.click("Listen", on=alone, by="sam")
        await desk.shows(alone, "✓ *Listen* by <@U0SAM>")

    told = desk.rows("SELECT act, actor FROM history WHERE act IN ('together', 'apart') ORDER BY id")
    assert told == [("together", ""), ("together", "U0MAYA"), ("apart", "U0MAYA"), ("apart", "U0SAM")]


async def test_what_is_only_possibly_the_same_is_waved_away_with_one_click_and_undone_with_another(desk: Desk, street):
    slack, weekly, blog = desk.slack, street.feed("weekly"), street.feed("blog")
    await desk.watch(weekly.url, community="Wiki Weekly")
    await desk.watch(blog.url, community="A blog")
    async with running(desk):
        await desk.looked_at(weekly, blog)
        weekly.add(RELEASE, author="")
        await desk.looked_at(weekly)
        await desk.card(RELEASE)
        blog.add(NEARLY, author="")
        await desk.looked_at(blog)
        perhaps = await desk.card(NEARLY)

        await slack.click("Not the same", on=perhaps, by="maya")
        away = await desk.shows(perhaps, "Not the same story as", "Interact", without="Put together")
        late = await slack.click("Not the same", on=perhaps, by="sam")
        assert "<@U0MAYA> said that this is not the same story" in late.words

        await slack.click("Undo", on=away, by="sam")
        again = await desk.shows(perhaps, "Possibly the same story as", "Put together", "Not the same")
        await slack.click("Put together", on=again, by="sam")
        await desk.shows(perhaps, "The same story, in the thread of")

    told = desk.rows("SELECT act, actor FROM history WHERE object = 'conversation' ORDER BY id")
    assert told == [("apart", "U0MAYA"), ("perhaps", "U0SAM"), ("together", "U0SAM")]


async def test_a_flood_of_copies_in_one_look_is_one_card(desk: Desk, street):
    desk.changes = {"cards_per_hour": 3}
    feed = street.feed()
    await desk.watch(feed.url)
    async with running(desk):
        await desk.looked_at(feed)
        for number in range(12):
            feed.add(RELEASE, author=f"bot{number}", link=f"https://copies.example/{number}")
        await desk.looked_at(feed)
        first = await desk.card(RELEASE)
        await desk.shows(first, "and 10 more", seconds=20)

        assert len(desk.cards()) == 1
        assert desk.posted("brake") == []
        await desk.until(lambda: len(desk.posted("note")) == 11, seconds=20, what="eleven notes")
        assert desk.rows("SELECT COUNT(*) FROM mention") == [(12,)]
