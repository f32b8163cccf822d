"""A calm channel: the hour in one message, cards only for what somebody wants to see, and nothing lost."""

from datetime import UTC, datetime, timedelta

from bots import Desk, running

from sandbox.pressing import words_of
from storage.stamps import stamp


def deliver(desk: Desk, how: str) -> None:
    """Have the watch deliver otherwise, as the form *Calm* does."""
    desk.change("UPDATE watch SET delivery = ?, version = version + 1", how)


def let_an_hour_pass(desk: Desk, *, hours: int = 1) -> None:
    """Make what waits so much older."""
    desk.change(
        """UPDATE mention SET noticed_at = ? WHERE conversation_id IN
             (SELECT conversation_id FROM rollup_card WHERE rollup_id = 0)""",
        stamp(datetime.now(UTC) - timedelta(hours=hours)),
    )


async def card_of(desk: Desk, title: str) -> dict:
    """Return the card of that title: the roll-up names it too."""
    [card] = await desk.until(lambda: [one for one in desk.cards() if title in words_of(one)], what=title)
    return card


async def test_an_hour_comes_in_one_message_and_a_card_when_somebody_wants_it(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    deliver(desk, "hourly")
    await start()
    await desk.looked_at(talk)
    for title in ("Does Tidewiki export?", "Tidewiki 1.0 is out", "We moved to Tidewiki"):
        talk.add(title, author="kim")
    await desk.looked_at(talk)
    assert desk.cards() == []

    let_an_hour_pass(desk)
    rollup = await slack.wait_for_message(channel="mentions", containing="*3 new* since")
    assert "for “Tidewiki”: 1 question" in words_of(rollup)

    # Who waits is answered from the row; the card on which that is kept comes by itself.
    await slack.click("I'll reply", on=rollup, by="sam")
    card = await desk.card("<@U0SAM> replies")
    await desk.shows(rollup, "*<@U0SAM> has it*, due", "its card is below", without="I'll reply")
    late = await slack.click("I'll reply", on=rollup, by="maya")
    assert "<@U0SAM> has had this one since" in late.words

    await slack.click("Open card", on=rollup, by="maya")
    news = await card_of(desk, "Tidewiki 1.0 is out")
    late = await slack.click("Open card", on=rollup, by="sam")
    assert "Its card is in the channel already." in late.words

    # What was said to a card stands in the roll-up, and is not posted by Show all.
    await slack.click("Listen", on=news, by="maya")
    shown = await desk.shows(rollup, "✓ *Listen*")
    await slack.click("Show all", on=shown, by="priya")
    await card_of(desk, "We moved to Tidewiki")
    await desk.shows(rollup, "3 of 3 since", "shown by <@U0PRIYA>", without="Open card")
    assert len(desk.cards()) == 3
    assert len(desk.posted("rollup")) == 1
    await desk.shows(card, "*<@U0SAM> replies*")


async def test_who_promises_in_a_roll_up_is_met_and_asked_for_their_name_as_on_a_card(desk: Desk, start, street):
    """Without their zone the reply would be due in the hours of the team."""
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url, community="r/selfhosted")
    deliver(desk, "hourly")
    await start()
    await desk.looked_at(talk)
    talk.add("Does Tidewiki export?", author="kim")
    await desk.looked_at(talk)
    let_an_hour_pass(desk)
    rollup = await slack.wait_for_message(channel="mentions", containing="*1 new* since")

    await slack.click("I'll reply", on=rollup, by="sam")

    await slack.wait_for_ephemeral(to="sam", containing="What is your name on Reddit?")
    assert desk.rows("SELECT slack_user FROM teammate") == [("U0SAM",)]


async def test_an_hour_that_struck_while_the_bot_was_down_is_told_once(desk: Desk, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    deliver(desk, "hourly")
    async with running(desk):
        await desk.looked_at(talk)
        talk.add("Does Tidewiki export?")
        await desk.looked_at(talk)
    let_an_hour_pass(desk, hours=30)
    assert desk.posted("rollup") == []

    for _ in range(2):
        async with running(desk):
            await slack.wait_for_message(channel="mentions", containing="*1 new* since")
            await desk.looked_at(talk)
    assert len(desk.posted("rollup")) == 1
    assert desk.cards() == []


async def test_a_day_is_told_at_the_hour_of_the_digest_and_a_watch_that_delivers_at_once_again_lets_its_cards_out(
    desk: Desk, start, street
):
    slack, talk = desk.slack, street.feed("talk")
    desk.changes = {"cards_per_hour": 2}
    await desk.watch(talk.url)
    deliver(desk, "daily")
    await start()
    await desk.looked_at(talk)
    talk.add("Does Tidewiki export?")
    await desk.looked_at(talk)
    let_an_hour_pass(desk, hours=25)
    assert "*1 new* since" in words_of(await slack.wait_for_message(channel="mentions", containing="1 question."))

    talk.add_many(3)
    await desk.looked_at(talk)
    assert desk.cards() == []
    deliver(desk, "now")
    brake = await slack.wait_for_message(channel="mentions", containing="waiting behind this message")
    assert "*1 more*" in words_of(brake)
    await desk.until(lambda: len(desk.cards()) == 2, what="two cards")
