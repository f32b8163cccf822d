"""What a team does with a card now and then: assign it, put it aside, correct it, mute it, look at what was done."""

from datetime import UTC, datetime, timedelta

import pytest
from bots import Desk

from sandbox.pressing import words_of
from storage.stamps import stamp

QUESTION = "Does Tidewiki keep page history after a restore?"


@pytest.fixture
def feed(street):
    return street.feed()


@pytest.fixture
async def card(desk: Desk, start, feed):
    """A question that somebody asked, as it stands in the channel."""
    await desk.watch(feed.url)
    feed.add(QUESTION, "We run it at work.", author="pat")
    await start()
    return await desk.card(QUESTION)


async def form_of(desk: Desk, card, option, *, by):
    return (await desk.slack.click(option, on=desk.slack.current(card), by=by)).views[0]


async def test_a_reply_is_assigned_corrected_and_looked_up(desk: Desk, card):
    slack = desk.slack
    form = await form_of(desk, card, "Assign…", by="maya")
    await slack.submit(form, {"to": slack.user("sam")}, by="maya")
    await desk.shows(card, "*<@U0SAM> replies*, as <@U0MAYA> asked, due", "✓ *Interact* by <@U0MAYA>")
    told = await slack.wait_for_message(channel=slack.im("sam"), containing="<@U0MAYA> asks you to answer")
    assert QUESTION in words_of(told)

    form = await form_of(desk, card, "Correct this…", by="priya")
    await slack.submit(form, {"kind": "Bug", "mood": "Bad"}, by="priya")
    await desk.shows(card, "🐞 *Bug*", without="❓")
    assert desk.rows("SELECT field, was, became, corrected_by FROM correction ORDER BY id") == [
        ("kind", "question", "bug", "U0PRIYA"),
        ("mood", "unsure", "bad", "U0PRIYA"),
    ]

    form = await form_of(desk, card, "Correct this…", by="priya")
    await slack.submit(form, {"us": "No, this is not us"}, by="priya")
    dismissed = await desk.shows(card, "*Not us*, <@U0PRIYA>")
    await desk.shows(told, "Nothing is left for you to do here.")
    await slack.click("Undo", on=dismissed, by="maya")
    await desk.shows(card, "*<@U0SAM> replies*")
    assert desk.rows("SELECT became, corrected_by FROM correction WHERE field = 'us' ORDER BY id") == [
        ("not us", "U0PRIYA"),
        ("us", "U0MAYA"),
    ]

    history = words_of(await form_of(desk, card, "History", by="maya"))
    deeds = [
        "You undid the last decision",
        "<@U0PRIYA> said *Not us*",
        "<@U0PRIYA> corrected this: Question → *Bug* and mood unsure → *mood bad*",
        "You assigned this to <@U0SAM>",
        "I found it",
    ]
    places = [history.index(deed) for deed in deeds]
    assert places == sorted(places)


async def test_what_is_put_aside_comes_back_with_its_reason(desk: Desk, card):
    slack = desk.slack
    form = await form_of(desk, card, "Snooze…", by="maya")
    tomorrow = int((datetime.now(UTC) + timedelta(days=1)).timestamp())
    refused = await slack.submit(form, {"moment": tomorrow - 200_000}, by="maya")
    assert "moment" in refused.errors
    await slack.submit(form, {"moment": tomorrow, "reason": "the release is <!channel> on Thursday"}, by="maya")
    asleep = await desk.shows(
        card, f"💤 until <!date^{tomorrow}^", ", by <@U0MAYA>: the release is &lt;!channel&gt; on"
    )
    assert len(asleep["blocks"]) == 2
    status = await slack.command("/ears status", by="sam", channel="mentions")
    assert "Nobody is waiting for us" in status.words

    desk.change("UPDATE conversation SET snoozed_until = ?", stamp(datetime.now(UTC) - timedelta(seconds=1)))
    awake = await desk.shows(card, "*Back, as <@U0MAYA> asked*: the release is", "Suggested:")
    word = await slack.wait_for_message(channel="mentions", containing="you asked to have this back", thread_of=card)
    assert words_of(word).startswith("<@U0MAYA>, you asked to have this back now: the release is")

    await slack.click("Interact", on=awake, by="sam")
    await desk.shows(card, "nobody has it yet", without="*Back")


async def test_a_promise_is_put_off_by_its_owner_alone(desk: Desk, card):
    slack = desk.slack
    await slack.click("I'll reply", on=await tagged(desk, card), by="sam")
    claimed = await desk.shows(card, "*<@U0SAM> replies*")

    refused = await slack.click("Snooze…", on=claimed, by="priya")
    assert "<@U0SAM> has promised this reply, so only <@U0SAM> can put it off." in refused.words
    assert not refused.views

    await slack.submit(await form_of(desk, card, "Snooze…", by="sam"), {"until": "In a week at nine"}, by="sam")
    asleep = await desk.shows(card, "💤 until", ", by <@U0SAM>  ·  *<@U0SAM> replies*")
    await slack.click("Back now", on=asleep, by="priya")
    await desk.shows(card, "*Back before", "*<@U0SAM> replies*")


async def tagged(desk, card):
    await desk.slack.click("Interact", on=card, by="maya")
    return await desk.shows(card, "nobody has it yet")


async def test_an_option_of_an_old_drawing_opens_nothing(desk: Desk, card):
    await tagged(desk, card)

    refused = await desk.slack.click("Mute…", on=card, by="sam")

    assert "<@U0MAYA> tagged this *Interact*" in refused.words
    assert not refused.views


async def test_a_form_that_was_open_for_too_long_changes_nothing(desk: Desk, card):
    form = await form_of(desk, card, "Mute…", by="sam")
    await tagged(desk, card)

    await desk.slack.submit(form, by="sam")

    await desk.slack.wait_for_ephemeral(to="sam", containing="<@U0MAYA> tagged this *Interact*")
    assert desk.rows("SELECT COUNT(*) FROM mute") == [(0,)]


async def test_whom_nobody_wants_to_hear_gets_no_card_until_they_are_unmuted(desk: Desk, card, feed):
    slack = desk.slack
    form = await form_of(desk, card, "Mute…", by="sam")
    assert "`/ears mute` lists what is muted" in words_of(form)
    await slack.submit(form, {"what": "Everything by pat in The forum", "how_long": "For good"}, by="sam")
    muted = await desk.shows(card, "🔇 muted by <@U0SAM>: all of pat in The forum, for good")
    assert len(muted["blocks"]) == 2

    feed.add("Tidewiki again, and again?", author="pat")
    feed.add("Is Tidewiki down?", author="kim")
    await desk.card("Is Tidewiki down?")
    assert desk.rows("SELECT COUNT(*) FROM mention") == [(3,)]
    assert not slack.messages("mentions", containing="again, and again")

    await slack.click("Unmute", on=muted, by="priya")
    await desk.shows(card, "Suggested:", without="🔇")
    feed.add("Tidewiki, once more?", author="pat")
    await desk.card("Tidewiki, once more?")


async def test_a_person_whom_we_answered_is_known_the_next_time(desk: Desk, card, feed):
    slack = desk.slack
    form = (await slack.click("We answered…", on=await tagged(desk, card), by="sam")).views[0]
    await slack.submit(form, by="sam")
    await desk.shows(card, "✅ <@U0SAM>")

    feed.add("And Tidewiki on a new box?", author="pat")
    again = await desk.card("And Tidewiki on a new box?")

    assert "2nd time they write about us, <@U0SAM> answered on <!date^" in words_of(again)
