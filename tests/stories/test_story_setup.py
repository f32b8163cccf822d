"""From an invitation to the first cards: the hello, the form, the places that are tried, the word to the channel."""

import json
import re
import time

import pytest
from bots import Desk
from feed_street import saying

from sandbox.errors import SlackError
from sandbox.pressing import words_of


@pytest.fixture
def catalogue(desk: Desk, street, tmp_path):
    """Four places: one answers, one asks us to slow down, one is a page, one is our site with its feed to be found."""
    street.feed("talk")
    street.feed("busy").answer = saying("Slow down", status=429, kind="text/plain", Retry_After="900")
    street.feed("page").answer = saying("<!doctype html><title>A page</title><p>Hello", kind="text/html")
    feed_link = f'<link rel="alternate" type="application/rss+xml" href="{street.url}/news.rss">'
    street.feed("site").answer = saying(f"<!doctype html><title>Us</title>{feed_link}", kind="text/html")
    street.feed("news").add("Tidewiki 1.0 is out")
    places = [("Talk", "talk.rss?q={query}"), ("Busy", "busy.rss?q={tag}"), ("Page", "page.rss")]
    entries = [{"name": name, "url": f"{street.url}/{path}", "community": name} for name, path in places]
    entries.append({"name": "Your own site", "url": "{site}", "discover": True})
    lines = []
    for entry in entries:
        lines += ["[[place]]", *(f"{key} = {json.dumps(value)}" for key, value in entry.items())]
    file = tmp_path / "places.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    desk.changes = {"places_file": file}


async def test_invited_to_a_channel_it_says_hello_once_and_starts_listening(desk: Desk, start, street, catalogue):
    slack, talk = desk.slack, street.feed("talk")
    talk.add("Does Tidewiki export?")
    talk.add("Is Tide Wiki fast?")
    talk.add("When is high tide? The tide tables say noon, Tidewiki nothing")
    await start()

    await slack.invite_bot("product", by="priya")
    hello = await slack.wait_for_message(channel="product", containing="Hello, I am *Two Ears*")
    form = (await slack.click("Start listening", on=hello, by="priya")).views[0]
    assert "Mentions come to <#C0PRODUCT>" in words_of(form)

    site = f"{street.url}/site.rss"
    wrong = await slack.submit(form, {"Your names": "T", "Your site": "not a site"}, by="priya")
    assert wrong.response_action == "errors"
    assert wrong.errors["names"].startswith("A name has 2 to 80 characters: T")
    assert wrong.errors["site"].startswith("Please enter an address such as")

    answers = {"Your names": "Tidewiki, Tide Wiki\nTidewiki", "Words to leave out": "tide tables", "Your site": site}
    sent = await slack.submit(slack.view("priya"), answers, by="priya")
    assert sent.response_action == "update"
    assert "I look for *Tidewiki* and *Tide Wiki* in" in words_of(sent.views[0])

    result = words_of(await slack.wait_for_view(by="priya", containing="places answered", seconds=20))
    assert "*2 of 4 places answered.* Mentions come to <#C0PRODUCT>" in result
    assert "✅ *Talk*: 3 posts, newest" in result
    assert "✅ *Your own site*: 1 post" in result
    assert "⚠️ *Busy #tidewiki*: " in result
    assert "⚠️ *Page*: " in result
    next_look = re.search(r"Next look <!date\^(\d+)", result)
    assert int(next_look[1]) <= time.time()

    word = words_of(await slack.wait_for_message(channel="product", containing="Listening for *Tidewiki*"))
    assert "in 2 places: Talk and Your own site" in word
    assert "No answer yet from" in word
    assert "Busy" in word
    await desk.card("Does Tidewiki export?", channel="product")
    await desk.card("Is Tide Wiki fast?", channel="product")
    await desk.card("Tidewiki 1.0 is out", channel="product")
    assert len(desk.cards("product")) == 3

    # Invited a second time, to a channel with a watch: nothing is left to say.
    slack.channel("product").members.remove(slack.slack.app.bot_user)
    await slack.invite_bot("product", by="priya")
    await desk.until(lambda: _acknowledged(slack, "member_joined_channel") == 2)
    talk.add("Will Tidewiki print?")
    await desk.card("Will Tidewiki print?", channel="product")
    assert len(slack.messages("product", containing="Hello, I am")) == 1


def _acknowledged(slack, title: str) -> int:
    return sum(call["title"] == title and call["ok"] for call in slack.inspector.calls)


async def test_invited_twice_before_anybody_set_anything_up_it_says_hello_once(desk: Desk, start):
    slack = desk.slack
    await start()
    await slack.invite_bot("general", by="maya")
    await slack.wait_for_message(channel="general", containing="Hello, I am")

    with pytest.raises(SlackError, match="already_in_channel"):
        await slack.invite_bot("general", by="maya")
    slack.channel("general").members.remove(slack.slack.app.bot_user)
    await slack.invite_bot("general", by="sam")
    await desk.until(lambda: _acknowledged(slack, "member_joined_channel") == 2)
    # Whatever is queued goes out in its order: after the hello to another channel nothing older is left.
    await slack.invite_bot("product", by="sam")
    await slack.wait_for_message(channel="product", containing="Hello, I am")

    assert len(slack.messages("general", containing="Hello, I am")) == 1
    await desk.until(lambda: desk.rows("SELECT state, COUNT(*) FROM message GROUP BY state") == [("sent", 2)])


async def test_watch_add_opens_the_same_form_and_the_command_may_come_from_anywhere(
    desk: Desk, start, street, catalogue
):
    slack = desk.slack
    street.feed("talk").add("Does Harbour sync?")
    await start()

    form = (await slack.command("/ears watch add", by="maya", channel="mentions")).views[0]
    await slack.submit(form, {"Your names": "Harbour", "What do you want from it?": "Know our reputation"}, by="maya")

    result = words_of(await slack.wait_for_view(by="maya", containing="places answered", seconds=20))
    assert "*1 of 3 places answered.*" in result
    await desk.card("Does Harbour sync?")
    assert desk.rows("SELECT name, outcome, channel, created_by FROM watch") == [
        ("Harbour", "reputation", "C0MENTIONS", "U0MAYA")
    ]


async def test_a_place_that_refused_at_set_up_is_heard_later(desk: Desk, start, street, catalogue):
    slack, busy = desk.slack, street.feed("busy")
    await start()
    form = (await slack.command("/ears watch add", by="maya", channel="mentions")).views[0]
    await slack.submit(form, {"Your names": "Tidewiki"}, by="maya")
    await slack.wait_for_view(by="maya", containing="places answered", seconds=20)

    busy.answer = None
    busy.add("Does Tidewiki run on a busy place?")
    desk.change("UPDATE source SET next_poll_at = '2020-01-01T00:00:00.000Z' WHERE name LIKE 'Busy%'")

    await desk.card("Does Tidewiki run on a busy place?")
    await slack.command("/ears status", by="maya", channel="mentions")
    said = words_of(await slack.wait_for_ephemeral(to="maya", containing="heard within the hour"))
    # The third of those proposed is no feed, and was not kept.
    assert "2 of 2 places heard" in said


async def test_where_nothing_answers_the_form_says_so_and_it_keeps_trying(desk: Desk, start, street, catalogue):
    slack = desk.slack
    street.feed("talk").answer = saying("gone", status=503, kind="text/plain")
    await start()
    form = (await slack.command("/ears watch add", by="maya", channel="mentions")).views[0]
    await slack.submit(form, {"Your names": "Tidewiki"}, by="maya")

    result = words_of(await slack.wait_for_view(by="maya", containing="None of 3 places", seconds=20))
    assert "I keep trying" in result
    word = words_of(await slack.wait_for_message(channel="mentions", containing="Listening for"))
    assert "as soon as a place answers" in word
