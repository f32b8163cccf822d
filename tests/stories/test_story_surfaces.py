"""Whatever somebody used, an error of ours is answered there, with a reference that is in the log."""

import logging
import re
from collections.abc import Awaitable, Callable

import pytest
from bots import Desk

from sandbox.pressing import words_of

TITLE = "Does Tidewiki export?"
REFERENCE = re.compile(r"The log has it under `([0-9a-f]{8})`")
SAID = "Something went wrong on my side"

Use = Callable[[], Awaitable[object]]


def break_rows(desk: Desk) -> None:
    """Have rows hold what no release of ours writes: whoever reads them fails."""
    desk.change("UPDATE conversation SET reply_state = 'of a later release'")
    desk.change("UPDATE watch SET outcome = 'of a later release'")


async def press_on_a_card(desk: Desk, card) -> Use:
    return lambda: desk.slack.click("Interact", on=card, by="sam")


async def option_of_a_card(desk: Desk, card) -> Use:
    return lambda: desk.slack.click("Snooze…", on=card, by="sam")


async def press_in_a_list_of_ones_own(desk: Desk, card) -> Use:
    await desk.slack.command("/ears waiting", by="sam", channel="mentions")
    listed = await desk.slack.wait_for_ephemeral(to="sam", containing="waiting for an answer")
    return lambda: desk.slack.click("I'll reply", on=listed, by="sam")


async def submit_a_form(desk: Desk, card) -> Use:
    form = (await desk.slack.click("Assign…", on=card, by="sam")).views[0]
    return lambda: desk.slack.submit(form, {"to": "U0MAYA"}, by="sam")


async def submit_a_form_of_the_home(desk: Desk, card) -> Use:
    await desk.slack.open_home(by="sam")
    home = await desk.slack.wait_for_home(by="sam", containing="Needs someone (1)")
    await desk.slack.click("Needs someone (1)", on=home, by="sam")
    home = await desk.slack.wait_for_home(by="sam", containing=TITLE)
    form = (await desk.slack.click("Assign…", on=home, by="sam")).views[0]
    return lambda: desk.slack.submit(form, {"to": "U0MAYA"}, by="sam")


async def submit_a_form_that_is_read_before_it_closes(desk: Desk, card) -> Use:
    history = (await desk.slack.click("History", on=card, by="sam")).views[0]
    await desk.slack.click("Labels…", on=history, by="sam")
    form = await desk.slack.wait_for_view(by="sam", containing="Your own words")
    desk.slack.slack.views.find(form["id"])[1]["private_metadata"] = "[]"
    return lambda: desk.slack.submit(form, by="sam")


async def press_in_a_form(desk: Desk, card) -> Use:
    history = (await desk.slack.click("History", on=card, by="sam")).views[0]
    return lambda: desk.slack.click("Labels…", on=history, by="sam")


async def press_in_the_home(desk: Desk, card) -> Use:
    await desk.slack.open_home(by="sam")
    home = await desk.slack.wait_for_home(by="sam", containing="Needs someone (1)")
    return lambda: desk.slack.click("Needs someone (1)", on=home, by="sam")


async def a_command(desk: Desk, card) -> Use:
    return lambda: desk.slack.command("/ears waiting", by="sam", channel="mentions")


async def a_shortcut_of_a_message(desk: Desk, card) -> Use:
    message = await desk.slack.say("Look: https://forum.example/t/9", by="maya", channel="mentions")
    return lambda: desk.slack.shortcut("track.message", by="sam", on=message)


async def a_global_shortcut(desk: Desk, card) -> Use:
    return lambda: desk.slack.shortcut("log.in_person", by="sam")


SURFACES = [
    press_on_a_card,
    option_of_a_card,
    press_in_a_list_of_ones_own,
    submit_a_form,
    submit_a_form_of_the_home,
    submit_a_form_that_is_read_before_it_closes,
    press_in_a_form,
    press_in_the_home,
    a_command,
    a_shortcut_of_a_message,
    a_global_shortcut,
]


@pytest.fixture
async def card(desk: Desk, start, street):
    desk.may_fail = True
    feed = street.feed()
    await desk.watch(feed.url)
    feed.add(TITLE)
    await start()
    return await desk.card(TITLE)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.__name__)
async def test_an_error_is_told_where_the_person_stands(desk: Desk, card, caplog, surface):
    slack = desk.slack
    use = await surface(desk, card)
    break_rows(desk)

    await use()

    def said() -> str:
        seen = [*slack.ephemerals("sam", containing=SAID), slack.view("sam") or {}]
        return "".join(words for words in map(words_of, seen) if SAID in words)

    answer = await desk.until(said, what="a word to Sam")
    [reference] = REFERENCE.findall(answer)
    logged = [one for one in caplog.records if getattr(one, "reference", "") == reference]
    assert [one.getMessage() for one in logged if one.levelno == logging.ERROR] == ["a listener failed"]
    # Nobody else hears of it, and nobody's conversation with the bot is needed for it.
    assert not [one for one in slack.workspace.all_messages() if SAID in words_of(one)]


async def test_what_was_entered_stands_below_the_word_of_an_error(desk: Desk, card):
    slack = desk.slack
    history = (await slack.click("History", on=card, by="sam")).views[0]
    await slack.click("Labels…", on=history, by="sam")
    form = await slack.wait_for_view(by="sam", containing="Your own words")
    slack.slack.views.find(form["id"])[1]["private_metadata"] = "[]"

    await slack.submit(form, {"New labels of The forum": "journalist"}, by="sam")

    await slack.wait_for_view(by="sam", containing=SAID)
    _, below = slack.slack.views.find(form["id"])
    assert "Your own words" in words_of(below)
