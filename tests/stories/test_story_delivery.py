"""Slack delivers at least once, is busy, and tells late: what comes twice is acted on once, and nothing is lost."""

import pytest
from bots import Desk

from handlers.pace import PACE
from sandbox.pressing import words_of

POST, HISTORY = "chat.postMessage", "conversations.history"
QUESTION = "Does Tidewiki keep page history after a restore?"
JOINED = "member_joined_channel"


@pytest.fixture
def quick(desk: Desk) -> None:
    """A Slack that waits half a second for an acknowledgement, and does not pause for minutes before it tries again."""
    desk.slack.slack.sockets.ack_seconds = 0.5
    desk.slack.slack.time_factor = 0.001


def deliveries(desk: Desk, title: str) -> list[tuple[int, bool]]:
    """Return the attempts at an event, oldest first, as number and whether it was acknowledged."""
    calls = [call for call in reversed(desk.slack.inspector.calls) if call["title"] == title]
    return [(call["detail"]["retry_attempt"], call["ok"]) for call in calls]


def known_again(caplog) -> int:
    """Return how many deliveries were taken for a second one."""
    return sum(record.getMessage() == "delivered twice" for record in caplog.records)


async def send_again(desk: Desk, kind: str, caplog) -> None:
    """Have Slack send its latest envelope once more, and wait until the bot has it."""
    before = known_again(caplog)
    await desk.slack.slack.sockets.send_again(kind)
    await desk.until(lambda: known_again(caplog) > before, what="a second delivery that is known again")


async def test_an_event_whose_acknowledgements_are_lost_is_acted_on_once(desk: Desk, start, quick, caplog):
    slack = desk.slack
    await start()
    slack.slack.sockets.lose_acks = 2

    await slack.invite_bot("product", by="maya")

    await slack.wait_for_message(channel="product", containing="Hello, I am")
    await desk.until(lambda: deliveries(desk, JOINED) == [(0, False), (1, False), (2, True)])
    assert known_again(caplog) == 2
    assert len(slack.messages("product", containing="Hello, I am")) == 1


async def test_an_event_that_comes_again_is_not_acted_on_though_its_traces_are_gone(desk: Desk, start, caplog):
    """The outbox would refuse a second hello; without the row only the memory of the event does."""
    slack = desk.slack
    await start()
    await slack.invite_bot("product", by="maya")
    await slack.wait_for_message(channel="product", containing="Hello, I am")
    await desk.until(lambda: desk.rows("SELECT state FROM message") == [("sent",)])
    desk.change("DELETE FROM message")

    await send_again(desk, "events_api", caplog)
    # Whatever was queued before this hello goes out before it.
    await slack.invite_bot("general", by="maya")
    await slack.wait_for_message(channel="general", containing="Hello, I am")

    assert len(slack.messages("product", containing="Hello, I am")) == 1


async def test_a_retry_that_is_the_only_delivery_is_acted_on(desk: Desk, start, quick):
    slack = desk.slack
    await start()
    slack.slack.sockets.lose_envelopes = 1

    await slack.invite_bot("product", by="maya")

    await slack.wait_for_message(channel="product", containing="Hello, I am")
    assert deliveries(desk, JOINED) == [(0, False), (1, True)]


async def test_an_invitation_while_it_was_away_is_heard_when_it_is_back(desk: Desk, start, quick):
    slack = desk.slack
    await slack.invite_bot("product", by="maya")

    await start()

    await slack.wait_for_message(channel="product", containing="Hello, I am")
    assert deliveries(desk, JOINED) == [(1, True)]


async def test_a_command_delivered_twice_is_answered_once(desk: Desk, start, caplog):
    slack = desk.slack
    await start()
    await slack.command("/ears help", by="finn", channel="mentions")
    await slack.wait_for_ephemeral(to="finn", containing="/ears sources")

    await send_again(desk, "slash_commands", caplog)
    await slack.command("/ears sources", by="finn", channel="mentions")
    await slack.wait_for_ephemeral(to="finn", containing="finds places")

    assert len(slack.ephemerals("finn")) == 2


async def test_a_form_asked_for_twice_opens_once_and_nothing_goes_wrong(desk: Desk, start, caplog):
    slack = desk.slack
    await start()
    form = (await slack.command("/ears watch add", by="maya", channel="mentions")).views[0]

    await send_again(desk, "slash_commands", caplog)

    assert slack.view("maya")["id"] == form["id"]
    assert len(slack.slack.views.stack("U0MAYA")) == 1
    assert not slack.ephemerals("maya")


async def test_a_form_delivered_twice_makes_one_watch(desk: Desk, start, street, tmp_path, caplog):
    slack = desk.slack
    places = tmp_path / "places.toml"
    places.write_text(f'[[place]]\nname = "Talk"\nurl = "{street.feed().url}"\ncommunity = "Talk"\n', encoding="utf-8")
    desk.changes = {"places_file": places}
    await start()
    form = (await slack.command("/ears watch add", by="maya", channel="mentions")).views[0]

    sent = await slack.submit(form, {"Any of these names": "Tidewiki"}, by="maya")
    await send_again(desk, "interactive", caplog)

    assert sent.response_action == "update"
    question = await slack.wait_for_view(by="maya", containing="1 of 1 place answered", seconds=20)
    await slack.submit(question, by="maya")
    await send_again(desk, "interactive", caplog)
    await slack.wait_for_message(channel="mentions", containing="Listening for *Tidewiki*")
    assert desk.rows("SELECT COUNT(*) FROM watch") == [(1,)]
    assert len(desk.posted("started")) == 1


async def test_a_press_delivered_twice_does_not_say_that_somebody_was_first(desk: Desk, start, street, caplog):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    await start()
    card = await desk.card(QUESTION)
    await slack.click("Interact", on=card, by="maya")

    await send_again(desk, "interactive", caplog)

    await desk.shows(card, "✓ *Interact* by <@U0MAYA>")
    assert not slack.ephemerals("maya")
    assert desk.rows("SELECT tag, version FROM conversation") == [("interact", 2)]


# A Slack that is busy.


async def test_a_storm_of_429_delays_cards_and_redraws_and_loses_none(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add_many(2)
    slack.faults.add(POST, "rate_limited", times=2, seconds=1)
    slack.faults.add("chat.update", "rate_limited", times=2, seconds=1)
    await start()

    first = await desk.card("number 1?", seconds=20)
    await slack.click("Listen", on=first, by="maya", patience=0)
    await desk.card("number 2?", seconds=20)
    await desk.shows(first, "✓ *Listen*", seconds=20)

    assert ["number 1?" in words_of(card) for card in desk.cards()] == [True, False]
    assert not slack.faults.armed()
    assert desk.rows("SELECT state, COUNT(*) FROM message GROUP BY state") == [("sent", 2)]


async def test_slacks_own_pace_of_a_message_a_second_is_kept(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    desk.pace = PACE
    slack.faults.add(POST, "one_message_a_second")
    await desk.watch(feed.url)
    feed.add_many(3)
    await start()

    await desk.card("number 3?", seconds=20)

    assert len(desk.cards()) == 3


async def test_a_form_waits_out_one_429(desk: Desk, start):
    slack = desk.slack
    await start()
    slack.faults.add("views.open", "rate_limited", seconds=1)

    await slack.command("/ears watch add", by="maya", channel="mentions", patience=0)

    await slack.wait_for_view(by="maya", containing="Any of")
    assert not slack.ephemerals("maya")


async def test_a_form_that_a_storm_keeps_closed_is_not_waited_for_in_silence(desk: Desk, start):
    slack = desk.slack
    desk.may_fail = True
    await start()
    slack.faults.add("views.open", "rate_limited", times=2, seconds=1)

    await slack.command("/ears watch add", by="maya", channel="mentions", patience=0)

    await slack.wait_for_ephemeral(to="maya", containing="Something went wrong")
    assert slack.view("maya") is None


async def test_who_presses_second_is_told_also_in_a_storm(desk: Desk, start, street):
    """By the press's own address, which no rate limit shuts."""
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    await start()
    card = await desk.card(QUESTION)
    await slack.click("Interact", on=card, by="maya")
    await desk.shows(card, "✓ *Interact*")
    slack.faults.add("chat.postEphemeral", "rate_limited", times=2, seconds=1)

    await slack.click("Listen", on=card, by="sam", patience=0)

    await slack.wait_for_ephemeral(to="sam", containing="<@U0MAYA> tagged this *Interact*")
    assert desk.rows("SELECT tag FROM conversation") == [("interact",)]


async def test_in_the_worst_of_moments_exactly_one_card_stands_there(desk: Desk, start, street):
    """Posted but not answered, not in the history yet, its metadata gone, and the history itself refused at first."""
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    slack.faults.add(POST, "drop_after_write")
    slack.faults.add(HISTORY, "rate_limited", seconds=1)
    slack.faults.add(HISTORY, "late_history", times=None, seconds=2)
    slack.faults.add(HISTORY, "history_without_metadata", times=None)
    await start()

    await desk.until(lambda: desk.file.exists() and desk.rows("SELECT state FROM message") == [("sent",)], seconds=30)

    [card] = desk.cards()
    assert desk.rows("SELECT ts FROM message") == [(card["ts"],)]
    # It is known by what was found: it can be pressed and redrawn.
    await slack.click("Listen", on=card, by="maya")
    await desk.shows(card, "✓ *Listen*")
    assert len(desk.cards()) == 1
