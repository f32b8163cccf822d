"""A team gives people and places words of its own, and finds them again by these words."""

from bots import Desk

from sandbox.pressing import words_of

FIRST = "Does Tidewiki keep page history after a restore?"
SECOND = "Is there a dark mode in Tidewiki?"


async def test_a_label_given_from_a_card_stands_on_that_persons_other_card_and_finds_both(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(FIRST, author="mira", link="https://forum.example/t/1")
    feed.add(SECOND, author="mira", link="https://forum.example/t/2")
    feed.add("Tidewiki 1.0 is out", author="pat", link="https://forum.example/t/3")
    await start()
    one, other = await desk.card(FIRST), await desk.card(SECOND)

    form = await open_labels(desk, one, by="maya")
    refused = await slack.submit(form, {"new_person": "x" * 41}, by="maya")
    assert "at most 40 characters" in refused.errors["new_person"]
    await slack.submit(form, {"new_person": "journalist, Paying Customer"}, by="maya")

    await desk.shows(other, "*journalist* and *Paying Customer*")
    form = await open_labels(desk, other, by="sam", way="Correct this…")
    await slack.submit(form, {"person": ["journalist"]}, by="sam")
    await desk.shows(one, "*journalist*", without="Paying Customer")

    await slack.command("/ears search label:journalist", by="finn", channel="mentions")
    found = words_of(await slack.wait_for_ephemeral(to="finn", containing="The newest"))
    assert FIRST in found
    assert SECOND in found
    assert "1.0 is out" not in found
    await slack.command("/ears search label:journalist dark mode", by="finn", channel="mentions")
    found = words_of(await slack.wait_for_ephemeral(to="finn", containing="dark mode”"))
    assert FIRST not in found
    await slack.command("/ears search label:teacher", by="finn", channel="mentions")
    await slack.wait_for_ephemeral(to="finn", containing="There are *journalist* and *Paying Customer*.")


async def test_two_people_who_label_somebody_at_once_do_not_overwrite_each_other(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(FIRST, author="mira", link="https://forum.example/t/1")
    await start()
    card = await desk.card(FIRST)
    mine, theirs = await open_labels(desk, card, by="maya"), await open_labels(desk, card, by="sam")

    await slack.submit(mine, {"new_person": "journalist"}, by="maya")
    await desk.shows(card, "*journalist*")
    await slack.submit(theirs, {"new_person": "teacher"}, by="sam")

    await desk.shows(card, "*journalist* and *teacher*")


async def test_the_digest_of_a_label_is_of_that_label_also_after_a_press_in_it(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(FIRST, author="mira", link="https://forum.example/t/1")
    feed.add(SECOND, author="pat", link="https://forum.example/t/2")
    await start()
    card = await desk.card(FIRST)
    await desk.card(SECOND)
    await slack.submit(await open_labels(desk, card, by="maya"), {"new_person": "journalist"}, by="maya")

    await slack.command("/ears digest label:journalist", by="finn", channel="mentions")
    digest = await slack.wait_for_ephemeral(to="finn", containing="journalist: 1 person is waiting")
    assert SECOND not in words_of(digest)
    await slack.click("I'll reply", on=digest, by="finn")

    digest = await slack.wait_for_ephemeral(to="finn", containing="<@U0FINN> has it")
    assert "journalist: 1 person is waiting" in words_of(digest)
    await slack.command("/ears digest journalist", by="finn", channel="mentions")
    await slack.wait_for_ephemeral(to="finn", containing="`/ears digest label:journalist`")


async def test_the_home_lists_labels_narrows_by_one_and_drops_it(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(FIRST, author="mira", link="https://forum.example/t/1")
    feed.add(SECOND, author="pat", link="https://forum.example/t/2")
    await start()
    card = await desk.card(FIRST)
    await desk.card(SECOND)
    await slack.submit(await open_labels(desk, card, by="maya"), {"new_person": "journalist"}, by="maya")
    await desk.shows(card, "*journalist*")
    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="Everything")
    await slack.click("Everything", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="Every label")

    await slack.click("home.filter.label", on=home, by="maya", choose="journalist")
    await desk.until(lambda: SECOND not in words_of(slack.home("maya")), what="the other to go")
    assert FIRST in words_of(slack.home("maya"))

    await slack.click("Settings", on=slack.home("maya"), by="maya")
    home = await slack.wait_for_home(by="maya", containing="*journalist*: 1 person")
    form = (await slack.click("Drop a label…", on=home, by="maya")).views[0]
    await slack.submit(form, by="maya")

    await slack.wait_for_home(by="maya", containing="None yet.")
    await desk.shows(card, without="journalist")
    await slack.click("Drop a label…", on=home, by="maya")
    await slack.wait_for_view(by="maya", containing="somebody was first")


async def open_labels(desk: Desk, card, *, by: str, way: str = "History"):
    """Open the form of labels from a card, in two clicks."""
    opened = (await desk.slack.click(way, on=card, by=by)).views[0]
    await desk.slack.click("Labels…", on=opened, by=by)
    return await desk.slack.wait_for_view(by=by, containing="Your own words")


async def test_a_person_who_should_not_be_named_is_counted_in_the_digest_and_listed_in_the_settings(
    desk: Desk, start, street
):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add("I love Tidewiki, it just works", author="mira", link="https://forum.example/t/1")
    await start()
    card = await desk.card("I love Tidewiki, it just works")
    await slack.submit(await open_labels(desk, card, by="maya"), {"unnamed": ["unnamed"]}, by="maya")

    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="Everything")
    await slack.click("Settings", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="• mira on")
    assert "had a person not named in digests" in words_of(home)
    form = await open_labels(desk, card, by="sam")
    await slack.click("settings.name_again", on=home, by="maya")
    await slack.wait_for_home(by="maya", containing="The digest may name everybody.")

    await slack.submit(form, {"new_person": "friend"}, by="sam")
    await desk.shows(card, "*friend*")
    await slack.open_home(by="maya")
    await slack.wait_for_home(by="maya", containing="The digest may name everybody.")
