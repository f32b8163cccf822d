"""The command works in every conversation, also where the bot is no member: so do the buttons of its answers."""

from bots import Desk

from sandbox.pressing import words_of

TITLE = "Does Tidewiki export?"


async def listed_elsewhere(desk: Desk, start, street, *, community: str = "The forum") -> dict:
    """Return the list that Sam asked for in a channel in which the bot is no member."""
    feed = street.feed()
    await desk.watch(feed.url, community=community)
    feed.add(TITLE)
    await start()
    await desk.card(TITLE)
    await desk.slack.command("/ears waiting", by="sam", channel="general")
    return await desk.slack.wait_for_ephemeral(to="sam", containing="1 person is waiting")


async def test_a_promise_made_elsewhere_counts_and_the_question_that_follows_is_asked_there(desk: Desk, start, street):
    listed = await listed_elsewhere(desk, start, street, community="r/selfhosted")

    await desk.slack.click("I'll reply", on=listed, by="sam")

    await desk.slack.wait_for_ephemeral(to="sam", containing="What is your name on Reddit?")
    await desk.slack.wait_for_ephemeral(to="sam", containing="<@U0SAM> has it")
    assert not desk.slack.ephemerals("sam", containing="Something went wrong")


async def test_who_is_late_elsewhere_is_told_who_was_first(desk: Desk, start, street):
    listed = await listed_elsewhere(desk, start, street)
    card = await desk.card(TITLE)
    await desk.slack.click("Interact", on=card, by="maya")
    await desk.slack.click("I'll reply", on=await desk.shows(card, "nobody has it yet"), by="maya")
    await desk.shows(card, "<@U0MAYA> replies")

    await desk.slack.click("I'll reply", on=listed, by="sam")

    await desk.slack.wait_for_ephemeral(to="sam", containing="<@U0MAYA> has had this one since")
    assert not desk.slack.ephemerals("sam", containing="Something went wrong")


async def test_a_form_opened_elsewhere_says_in_a_direct_message_that_it_came_too_late(desk: Desk, start, street):
    slack = desk.slack
    await listed_elsewhere(desk, start, street)
    card = await desk.card(TITLE)
    await slack.click("Interact", on=card, by="maya")
    await slack.click("I'll reply", on=await desk.shows(card, "nobody has it yet"), by="sam")
    await desk.shows(card, "<@U0SAM> replies")
    await slack.command("/ears digest", by="sam", channel="general")
    digest = await slack.wait_for_ephemeral(to="sam", containing="We answered")
    form = (await slack.click("We answered…", on=digest, by="sam")).views[0]
    await slack.click("Hand back", on=await desk.shows(card, "<@U0SAM> replies"), by="sam")
    await desk.shows(card, "nobody has it yet")

    await slack.submit(form, {}, by="sam")

    told = await slack.wait_for_message(channel=slack.im("sam"), containing="You handed this one back")
    assert "The card is up to date now." in words_of(told)


async def test_who_promises_in_the_home_is_asked_for_their_name_in_a_direct_message(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url, community="r/selfhosted")
    feed.add(TITLE)
    await start()
    await desk.card(TITLE)
    await slack.open_home(by="sam")
    home = await slack.wait_for_home(by="sam", containing="Needs someone (1)")
    await slack.click("Needs someone (1)", on=home, by="sam")

    await slack.click("I'll reply", on=await slack.wait_for_home(by="sam", containing=TITLE), by="sam")

    asked = await slack.wait_for_message(channel=slack.im("sam"), containing="What is your name on Reddit?")
    await slack.click("I have none there", on=asked, by="sam")
    await desk.until(lambda: slack.current(asked) is None, what="an end to the question")
