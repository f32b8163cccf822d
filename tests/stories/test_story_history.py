"""Somebody wants to know who changed what, and looks it up where the thing is shown."""

import asyncio
import logging

import pytest
from bots import Desk
from builders import NOW

from engagement.conversations.press import Act, Press
from engagement.records.lookup import LINES_A_PAGE
from sandbox.pressing import words_of
from storage.conversations.decisions import record_press

QUESTION = "Does Tidewiki keep page history after a restore?"


@pytest.fixture
async def card(desk: Desk, start, street):
    feed = street.feed("talk")
    feed.add(QUESTION, author="kim")
    await desk.watch(feed.url)
    await start()
    return await desk.card(QUESTION)


def part(view, value):
    """Return what somebody sees of a view around the one button that opens the history of this."""
    return {**view, "blocks": [block for block in view["blocks"] if f"'value': '{value}'" in str(block)]}


async def settings_of(slack, person, *, containing=""):
    if slack.home(person) is None:
        await slack.open_home(by=person)
        await slack.click("Settings", on=await slack.wait_for_home(by=person), by=person)
    return await slack.wait_for_home(by=person, containing=containing or "Latest changes")


async def opened(slack, button, on, *, by, containing=""):
    """Press a button, and return the form that it opens."""
    await slack.click(button, on=on, by=by)
    return await slack.wait_for_view(by=by, containing=containing)


async def history_behind(slack, form, words, *, by):
    """Return what the history says that is opened on top of a form, and close both."""
    history = await opened(slack, "History", form, by=by, containing=words)
    for view in (history, form):
        await slack.close(view, by=by)
    return words_of(history)


async def test_the_guide_says_who_wrote_it_and_is_turned_back_to_its_beginning(desk: Desk, card, caplog):
    caplog.set_level(logging.INFO)
    slack = desk.slack
    home = await settings_of(slack, "maya")
    form = await opened(slack, "Edit the guide…", home, by="maya", containing="We sound like")
    await slack.submit(form, {"sounds": "We say I.", "Words we do not use": "cheap"}, by="maya")
    home = await settings_of(slack, "maya", containing="We say I.")
    form = await opened(slack, "Edit the guide…", home, by="maya", containing="We sound like")
    await slack.submit(form, {"sounds": "We say I.\nWe thank <!channel>.", "Words we do not use": ""}, by="maya")

    home = await settings_of(slack, "sam", containing="We thank")
    history = await opened(slack, "History", part(home, "voice:0"), by="sam", containing="We thank")
    await slack.close(history, by="sam")
    latest, first = (block["elements"][0]["text"] for block in history["blocks"][1:])
    assert "<@U0MAYA> changed the voice guide\n• We sound like: added “We thank &lt;!channel&gt;.”" in latest
    assert latest.endswith("• Words we do not use: took out *cheap*")
    assert "We sound like: “We say I.”\n• Words we do not use: *cheap*" in first

    for number in range(25):
        facts = f'{{"sounds_like": "Rule {number}"}}'
        desk.change(
            """INSERT INTO history (workspace_id, object, object_id, act, actor, at, before_facts, after_facts)
               SELECT workspace_id, object, object_id, act, 'U0SAM', at, '{}', ? FROM history
               WHERE act = 'voice' LIMIT 1""",
            facts,
        )
    history = await opened(slack, "History", part(home, "voice:0"), by="sam", containing="Rule 24")
    assert "You changed the voice guide" in words_of(history)
    assert "Newer" not in words_of(history)
    older = await opened(slack, "Older ▸", history, by="sam", containing="We say I.")
    assert "Rule 5" not in words_of(older)
    assert "Rule 4" in words_of(older)
    assert "Older" not in words_of(older)
    newer = await opened(slack, "◂ Newer", older, by="sam", containing="Rule 24")
    assert words_of(newer) == words_of(history)
    # The second of two quick clicks finds that the page was turned, and leaves it at that.
    await asyncio.gather(*(slack.click("Older ▸", on=newer, by="sam") for _ in range(2)))
    await desk.until(lambda: "the view was changed or closed meanwhile" in caplog.messages)


async def test_a_watch_a_theme_and_labels_say_from_their_forms_who_changed_them(desk: Desk, card):
    slack = desk.slack
    home = await settings_of(slack, "maya")
    form = await opened(slack, "Change or stop…", home, by="maya", containing="Any of these names")
    await slack.submit(form, {"Any of these names": "Tidewiki, tide wiki"}, by="maya")
    await slack.close(await slack.wait_for_view(by="maya", containing="Saved."), by="maya")
    form = await opened(slack, "Add a theme…", home, by="maya", containing="What do you call it?")
    await slack.submit(form, {"name": "Lost history", "phrases": "page history"}, by="maya")
    home = await settings_of(slack, "sam", containing="*Lost history*")

    form = await opened(slack, "Change or stop…", home, by="sam", containing="Any of these names")
    history = await history_behind(slack, form, "saved the watch", by="sam")
    assert "<@U0MAYA> saved the watch" in history
    assert "Names: added *tide wiki*" in history

    which = await opened(slack, "Change or end…", home, by="sam", containing="Which one?")
    form = (await slack.submit(which, by="sam")).views[0]
    history = await history_behind(slack, form, "saved the theme", by="sam")
    assert "<@U0MAYA> saved the theme *Lost history*\n• Phrases: “page history”" in history

    past = await opened(slack, "History", slack.current(card), by="maya", containing="I found it")
    form = await opened(slack, "Labels…", past, by="maya", containing="Your own words")
    await slack.submit(form, {"new_person": "journalist"}, by="maya")
    await desk.shows(card, "*journalist*")
    await slack.close(past, by="maya")
    past = await opened(slack, "History", slack.current(card), by="maya", containing="I found it")
    form = await opened(slack, "Labels…", past, by="maya", containing="Your own words")
    # The third on top of each other: more Slack does not take.
    history = await history_behind(slack, form, "changed the labels", by="maya")
    assert "You changed the labels of a person: *kim* on" in history
    assert "Labels: *journalist*" in history


async def test_the_history_of_a_card_is_turned_back_to_when_it_was_found(desk: Desk, card):
    slack = desk.slack
    [(team,)] = desk.rows("SELECT workspace_id FROM conversation")
    for number in range(LINES_A_PAGE + 2):
        act = Act.UNDO if number % 2 else Act.LISTEN
        press = Press(act=act, conversation_id=1, by=slack.user("maya"), drawn=number + 1)
        await desk.write(lambda tx, press=press: record_press(tx, press, workspace_id=team, at=NOW))
    # As it stood before: on the card of what was listened to there is no menu.
    newest = await opened(slack, "History", card, by="sam", containing="undid the last decision")
    assert "I found it" not in words_of(newest)

    older = await opened(slack, "Older ▸", newest, by="sam", containing="I found it")
    assert words_of(older).count("<@U0MAYA>") == 2
    assert "Labels…" in words_of(older)
    newer = await opened(slack, "◂ Newer", older, by="sam", containing="Older")
    assert words_of(newer).count("<@U0MAYA>") == LINES_A_PAGE


async def test_what_was_muted_and_taken_back_is_told_beside_the_list(desk: Desk, card):
    slack = desk.slack
    await slack.command("/ears mute kim for a day", by="maya", channel="mentions")
    listed = await slack.wait_for_ephemeral(to="maya", containing="No cards come of these")
    await slack.click("Unmute", on=listed, by="maya")
    listed = await slack.wait_for_ephemeral(to="maya", containing="Nobody and nothing is muted")

    history = await opened(slack, "History", listed, by="maya", containing="took back")
    end, start = (block["elements"][0]["text"] for block in history["blocks"][1:])
    assert "You took back a mute: all of kim in" in end
    assert "You muted all of kim in" in start


async def test_every_change_is_there_for_everybody_also_who_may_change_nothing(desk: Desk, card):
    slack = desk.slack
    home = part(await settings_of(slack, "maya"), "roles:0")
    form = await opened(slack, "Change…", home, by="maya", containing="Who answers for us?")
    await slack.submit(form, {"configure": [slack.user("maya")]}, by="maya")

    home = await settings_of(slack, "sam", containing="Every change")
    history = words_of(await opened(slack, "Every change", home, by="sam", containing="saved the watch"))
    assert "<@U0MAYA> changed who may speak, approve or configure\n• Changes these settings: <@U0MAYA>" in history
    assert "saved the watch" in history
