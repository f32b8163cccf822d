"""When something of ours fails, the person is told, with a reference that is in the log."""

import logging
import re

import pytest
from bots import Desk

from sandbox import interactions
from sandbox.pressing import action_for, words_of

TITLE = "Does Tidewiki export?"
REFERENCE = re.compile(r"The log has it under `([0-9a-f]{8})`")


@pytest.fixture
async def card(desk: Desk, start, street):
    desk.may_fail = True
    feed = street.feed()
    await desk.watch(feed.url)
    feed.add(TITLE)
    await start()
    return await desk.card(TITLE)


def failures(caplog) -> list[logging.LogRecord]:
    return [one for one in caplog.records if one.getMessage().startswith("a listener failed")]


def told(text: str, caplog) -> logging.LogRecord:
    """Return the log's record of what somebody was told."""
    reference = REFERENCE.search(text)[1]
    return next(one for one in failures(caplog) if one.reference == reference)


async def test_values_our_buttons_never_made_change_nothing_and_are_answered(desk: Desk, card, caplog):
    slack = desk.slack
    container = {"type": "message", "channel": card["channel"], "message_ts": card["ts"]}
    values = ["<!channel>", "1", "1:1:1", "1:99999999999999999999", "", "1:1\n", "x:1"]

    for count, value in enumerate(values, start=1):
        forged = action_for(card, "Listen") | {"value": value}
        result = await interactions.click(slack.slack, user="U0SAM", container=container, action=forged)

        assert result.ok
        await desk.until(lambda count=count: len(slack.ephemerals("sam")) == count)
        answer = words_of(slack.ephemerals("sam")[-1])
        assert told(answer, caplog).reason == "a button's value is not id:version"
    assert desk.rows("SELECT tag, version FROM conversation") == [(None, 1)]
    # A stranger's payload does not fill the log with tracebacks.
    assert not any(one.exc_info for one in failures(caplog))


async def test_a_conversation_that_is_not_there_is_gone_in_words(desk: Desk, card):
    container = {"type": "message", "channel": card["channel"], "message_ts": card["ts"]}

    for person, action_id in (("maya", "mention.listen"), ("sam", "reply.answered"), ("finn", "digest.claim")):
        forged = action_for(card, "Listen") | {"action_id": action_id, "value": "4711:1"}
        user = desk.slack.user(person)
        await interactions.click(desk.slack.slack, user=user, container=container, action=forged)

        await desk.slack.wait_for_ephemeral(to=person, containing="I no longer have this conversation")


async def test_a_button_that_no_release_of_ours_drew_is_answered_too(desk: Desk, card):
    forged = action_for(card, "Listen") | {"action_id": "mention.of_a_later_release"}
    container = {"type": "message", "channel": card["channel"], "message_ts": card["ts"]}

    result = await interactions.click(desk.slack.slack, user="U0SAM", container=container, action=forged)

    assert result.ok
    await desk.slack.wait_for_ephemeral(to="sam", containing="I do not know this button")


async def test_a_command_that_fails_is_answered(desk: Desk, card, caplog):
    desk.change("DELETE FROM workspace")

    result = await desk.slack.command("/ears status", by="sam", channel="mentions")

    assert result.ok
    answer = words_of(await desk.slack.wait_for_ephemeral(to="sam", containing="Something went wrong"))
    assert told(answer, caplog).exc_info


async def test_a_form_that_fails_after_it_closed_is_answered_in_its_channel(desk: Desk, card, caplog):
    slack = desk.slack
    await slack.click("Interact", on=card, by="maya")
    tagged = await desk.shows(card, "nobody has it yet")
    form = (await slack.click("We answered…", on=tagged, by="sam")).views[0]
    _, kept = slack.slack.views.find(form["id"])
    kept["private_metadata"] = kept["private_metadata"].replace(tagged["blocks"][-1]["elements"][0]["value"], "forged")

    result = await slack.submit(form, by="sam")

    assert result.ok
    answer = words_of(await slack.wait_for_ephemeral(to="sam", containing="Something went wrong"))
    assert told(answer, caplog)
    assert desk.rows("SELECT reply_state FROM conversation") == [("owed",)]


async def test_a_form_that_fails_while_it_is_open_says_so_in_its_place(desk: Desk, card, caplog, tmp_path):
    slack = desk.slack
    form = (await slack.command("/ears watch add", by="sam", channel="mentions")).views[0]
    desk.change("DELETE FROM workspace")

    await slack.submit(form, {"Any of these names": "Harbour"}, by="sam")

    view = await slack.wait_for_view(by="sam", containing="Something went wrong", seconds=20)
    assert told(words_of(view), caplog)


async def test_events_that_nobody_needs_are_acknowledged(desk: Desk, card, caplog):
    slack = desk.slack
    slack.slack.sockets.tell(
        {
            "type": "event_callback",
            "team_id": "T0SANDBOX",
            "event_id": "Ev1",
            "event": {"type": "reaction_added", "user": "U0SAM", "event_ts": "1.1"},
        }
    )

    await desk.until(
        lambda: [call["ok"] for call in slack.inspector.calls if call["title"] == "reaction_added"] == [True]
    )
    assert not failures(caplog)


# Buttons whose value says what they are about, in every corner of the product.
BUTTONS = [
    "card.again",
    "mention.more",
    "rollup.claim",
    "rollup.open",
    "rollup.show_all",
    "watch.edit",
    "watch.stop",
    "unsure.us",
    "unsure.next",
    "mention.undo",
    "mention.wake",
    "mention.unmute",
    "reply.claim",
    "reply.hand_back",
    "reply.reopen",
    "reply.answered",
    "digest.claim",
    "brake.show_all",
    "home.tab.mine",
    "home.turn.on",
    "settings.unmute",
    "settings.forget_word",
    "settings.forget_preference",
    "settings.forget_learned",
    "learned.all",
    "learned.turn.older",
    "places.wake",
    "channel.move",
    "labels.edit",
    "mute.end",
    "search.more",
]


async def test_a_number_that_is_too_long_changes_nothing_whatever_the_button(desk: Desk, card, caplog):
    slack = desk.slack
    container = {"type": "message", "channel": card["channel"], "message_ts": card["ts"]}

    for count, action_id in enumerate(BUTTONS, start=1):
        forged = action_for(card, "Listen") | {"action_id": action_id, "value": "9" * 40}
        await interactions.click(slack.slack, user="U0SAM", container=container, action=forged)
        await desk.until(lambda count=count: len(slack.ephemerals("sam")) == count, what=action_id)

    assert len(failures(caplog)) == len(BUTTONS)
    assert [one.reason for one in failures(caplog) if one.exc_info] == []
    assert desk.rows("SELECT tag, version FROM conversation") == [(None, 1)]
