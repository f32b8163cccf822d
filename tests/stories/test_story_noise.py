"""A team writes down what is noise: it gets no card, is counted and listed, and one of it is fetched back."""

import pytest
from bots import Desk

from sandbox.pressing import words_of


@pytest.fixture
def feed(street):
    return street.feed()


async def settings_of(desk: Desk, *, by="maya"):
    await desk.slack.open_home(by=by)
    home = await desk.slack.wait_for_home(by=by, containing="Settings")
    if "▸ Settings" not in words_of(home):
        await desk.slack.click("Settings", on=home, by=by)
    return await desk.slack.wait_for_home(by=by, containing="*Noise*")


async def test_what_is_noise_is_written_down_counted_and_fetched_back(desk: Desk, start, feed):
    slack = desk.slack
    await desk.watch(feed.url)
    feed.add("Does Tidewiki keep page history?", author="kim")
    await start()
    await desk.card("page history")
    home = await settings_of(desk)
    form = (await slack.click("settings.noise", on=home, by="maya")).views[0]

    refused = await slack.submit(form, {"term": "giveaway\nTidewiki", "site": "weather"}, by="maya")
    assert refused.errors["term"].startswith("Line 2: “Tidewiki” is what you listen for")
    assert refused.errors["site"].startswith("Line 1: “weather” is no site")
    saved = await slack.submit(form, {"term": "giveaway\nebb and flow", "author": "spam on The forum"}, by="maya")
    assert saved.ok, saved
    await slack.wait_for_home(by="maya", containing="• Words: “giveaway” and “ebb and flow”")

    feed.add("GIVEAWAY: a year of Tidewiki", author="deals")
    feed.add("Tidewiki, Tidewiki!", author="Spam")
    feed.add("Is Tidewiki down?", author="kim")
    await desk.card("Is Tidewiki down?")
    assert not slack.messages("mentions", containing="GIVEAWAY")
    assert not slack.messages("mentions", containing="Tidewiki, Tidewiki!")
    status = await slack.command("/ears status", by="sam", channel="mentions")
    assert "2 left out by your noise lists this week" in status.words

    home = await settings_of(desk, by="sam")
    assert "2 mentions left out in the last seven days." in words_of(home)
    listed = (await slack.click("What was left out…", on=home, by="sam")).views[0]
    assert "Left out: posts with “giveaway”, for good, by <@U0MAYA>" in words_of(listed)
    assert "Left out: all of spam in The forum, for good, by <@U0MAYA>" in words_of(listed)
    row = next(block for block in listed["blocks"] if "GIVEAWAY" in words_of(block))
    await slack.click("Show its card", on={**listed, "blocks": [row]}, by="sam")
    await desk.card("GIVEAWAY: a year of Tidewiki")
    listed = await slack.wait_for_view(by="sam", containing="It is on its way to")
    assert "giveaway" not in words_of(listed)

    home = await settings_of(desk)
    form = (await slack.click("settings.noise", on=home, by="maya")).views[0]
    await slack.submit(form, {"term": "ebb and flow", "author": ""}, by="maya")
    await slack.wait_for_home(by="maya", containing="• Words: “ebb and flow”")
    feed.add("Another giveaway of Tidewiki", author="spam")
    await desk.card("Another giveaway of Tidewiki")


async def test_a_watch_has_lists_of_its_own_above_its_form(desk: Desk, start, feed):
    slack = desk.slack
    await desk.watch(feed.url)
    await start()
    listed = await slack.command("/ears watch", by="maya", channel="mentions")
    form = (await slack.click("Change…", on=listed.ephemerals[0], by="maya")).views[0]
    await slack.click("More…", on=form, by="maya")
    form = await slack.wait_for_view(by="maya", containing="Leave out…")

    lists = (await slack.click("Leave out…", on=form, by="maya")).views[0]
    assert "For *Tidewiki* alone." in words_of(lists)
    await slack.submit(lists, {"site": "https://talk.example/"}, by="maya")

    feed.add("Tidewiki on this very site")
    await desk.until(lambda: desk.rows("SELECT mute_id > 0 FROM mention") == [(1,)])
    assert desk.rows("SELECT scope, value, watch_id FROM mute") == [("site", "talk.example", 1)]


async def test_a_card_mutes_the_site_that_it_stands_on(desk: Desk, start, feed):
    slack = desk.slack
    await desk.watch(feed.url)
    feed.add("Does Tidewiki keep page history?")
    await start()
    card = await desk.card("page history")
    form = (await slack.click("Mute…", on=card, by="sam")).views[0]
    site = desk.rows("SELECT url FROM post")[0][0].split("/")[2].split(":")[0]

    await slack.submit(form, {"what": f"Everything that stands on {site}", "how_long": "For good"}, by="sam")

    await desk.shows(card, f"🔇 muted by <@U0SAM>: all that stands on {site}, for good")
    assert f"all that stands on {site}" in (await slack.command("/ears mute", by="sam", channel="mentions")).words
