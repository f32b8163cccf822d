"""From an invitation to the first cards: the hello, the form, the places that are tried, the word to the channel."""

import json
from datetime import timedelta

import pytest
from bots import Desk, running
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
    wrong = await slack.submit(form, {"Any of these names": "T", "Your site": "not a site"}, by="priya")
    assert wrong.response_action == "errors"
    assert wrong.errors["names"].startswith("A name has 2 to 80 characters: T")
    assert wrong.errors["site"].startswith("Please enter an address such as")

    answers = {
        "Any of these names": "Tidewiki, Tide Wiki\nTidewiki",
        "None of these words": "tide tables",
        "Your site": site,
    }
    sent = await slack.submit(slack.view("priya"), answers, by="priya")
    assert sent.response_action == "update"
    assert "I look for *Tidewiki* and *Tide Wiki* in" in words_of(sent.views[0])

    question = await slack.wait_for_view(by="priya", containing="places answered", seconds=20)
    said = words_of(question)
    assert "*2 of 4 places answered.* Mentions come to <#C0PRODUCT>" in said
    assert "Talk\n3 posts there" in said
    assert "Your own site\n1 post there" in said
    assert "⚠️ *Busy #tidewiki*: " in said
    assert "⚠️ *Page*: " in said
    # Nothing is listened to, and nobody is told, before somebody chose; but what was busy is asked again.
    assert desk.rows("SELECT name FROM source JOIN watch_source ON source_id = id") == [("Busy #tidewiki",)]
    assert not slack.messages("product", containing="Listening for")

    done = await slack.submit(question, by="priya")
    assert "I listen for *Tidewiki* in 2 places now" in words_of(done.views[0])
    word = await slack.wait_for_message(channel="product", containing="Listening for *Tidewiki*")
    assert "Talk and Your own site" in words_of(word)
    assert "No answer yet from" in words_of(word)
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
    await slack.submit(
        form, {"Any of these names": "Harbour", "What do you want from it?": "Know our reputation"}, by="maya"
    )

    question = await slack.wait_for_view(by="maya", containing="places answered", seconds=20)
    assert "*1 of 3 places answered.*" in words_of(question)
    await slack.submit(question, by="maya")
    await desk.card("Does Harbour sync?")
    assert desk.rows("SELECT name, outcome, channel, created_by FROM watch") == [
        ("Harbour", "reputation", "C0MENTIONS", "U0MAYA")
    ]


async def test_a_place_that_refused_at_set_up_is_heard_later(desk: Desk, start, street, catalogue):
    slack, busy = desk.slack, street.feed("busy")
    await start()
    form = (await slack.command("/ears watch add", by="maya", channel="mentions")).views[0]
    await slack.submit(form, {"Any of these names": "Tidewiki"}, by="maya")
    question = await slack.wait_for_view(by="maya", containing="places answered", seconds=20)
    await slack.submit(question, by="maya")
    await slack.wait_for_message(channel="mentions", containing="Listening for")

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
    await slack.submit(form, {"Any of these names": "Tidewiki"}, by="maya")

    result = words_of(await slack.wait_for_view(by="maya", containing="None of 3 places", seconds=20))
    assert "I keep trying" in result
    word = words_of(await slack.wait_for_message(channel="mentions", containing="Listening for"))
    assert "as soon as a place answers" in word


@pytest.fixture
def one_place(desk: Desk, street, tmp_path):
    """A catalogue of one place, that answers."""
    file = tmp_path / "places.toml"
    file.write_text(f'[[place]]\nname = "Talk"\nurl = "{street.url}/talk.rss"\ncommunity = "Talk"\n')
    desk.changes = {"places_file": file, "poll_every_seconds": 3600}
    return street.feed("talk")


async def ask_for(slack, names: str, *, by: str = "maya"):
    """Submit the form, and return what is asked then."""
    form = (await slack.command("/ears watch add", by=by, channel="mentions")).views[0]
    await slack.submit(form, {"Any of these names": names}, by=by)
    return await slack.wait_for_view(by=by, containing="answered.*", seconds=20)


async def test_what_was_found_is_posted_at_once_and_by_no_poll_again(desk: Desk, start, one_place):
    slack = desk.slack
    for days in range(5, 0, -1):
        one_place.add(f"Does Tidewiki export page {days}?", ago=timedelta(days=days))
    await start()

    await slack.submit(await ask_for(slack, "Tidewiki"), by="maya")

    await desk.card("page 1?")
    await desk.card("page 3?")
    assert one_place.asked == 1
    await desk.looked_at(one_place)
    # After the poll everything counts as read: what was found before is neither posted again, nor the rest of it.
    assert [words_of(card).partition("page ")[2][0] for card in desk.cards()] == ["3", "2", "1"]
    assert "from before I came" in words_of(desk.cards()[0])
    [word] = slack.messages("mentions", containing="Listening for *Tidewiki* in 1 place")
    await desk.shows(word, "Next look <!date^")


async def test_whoever_closes_the_question_listens_in_all_that_answered(desk: Desk, start, one_place):
    slack = desk.slack
    one_place.add("Is Tidewiki any good?")
    await start()

    await slack.close(await ask_for(slack, "Tidewiki"), by="maya")

    await desk.card("Is Tidewiki any good?")
    await slack.wait_for_message(channel="mentions", containing="Listening for *Tidewiki* in 1 place: Talk")


async def test_whoever_closes_the_form_while_places_are_tried_loses_nothing(desk: Desk, start, one_place):
    slack = desk.slack
    one_place.add("Is Tidewiki any good?")
    await start()
    form = (await slack.command("/ears watch add", by="maya", channel="mentions")).views[0]
    await slack.submit(form, {"Any of these names": "Tidewiki"}, by="maya")

    await slack.close(await slack.wait_for_view(by="maya", containing="I look for"), by="maya")

    await desk.card("Is Tidewiki any good?", seconds=20)


async def test_a_question_that_nobody_answers_is_settled_by_itself(desk: Desk, one_place):
    slack = desk.slack
    one_place.add("Is Tidewiki any good?")
    async with running(desk):
        question = await ask_for(slack, "Tidewiki")
    desk.change("UPDATE setup SET created_at = '2020-01-01T00:00:00.000Z'")

    async with running(desk):
        # What was found is forgotten with the process: the first poll finds it again.
        await desk.card("Is Tidewiki any good?")
        late = await slack.submit(question, by="maya")
        assert "Nobody chose for a while" in words_of(late.views[0])


async def test_nobody_overwrites_a_watch_by_setting_it_up_again(desk: Desk, start, one_place):
    await start()
    await desk.slack.submit(await ask_for(desk.slack, "Tidewiki"), by="maya")
    form = (await desk.slack.command("/ears watch add", by="sam", channel="mentions")).views[0]

    refused = await desk.slack.submit(form, {"Any of these names": "Tidewiki, tide"}, by="sam")

    assert refused.errors["names"].startswith("I listen for Tidewiki already.")


async def test_of_more_places_than_slack_takes_boxes_some_are_chosen(desk: Desk, start, street, tmp_path):
    places = [f'[[place]]\nname = "Talk {n}"\nurl = "{street.feed(f"talk{n}").url}"\n' for n in range(11)]
    file = tmp_path / "places.toml"
    file.write_text("\n".join(places))
    desk.changes = {"places_file": file}
    await start()
    question = await ask_for(desk.slack, "Tidewiki")

    refused = await desk.slack.submit(question, {"places0": [], "places1": []}, by="maya")
    assert refused.errors["places0"].startswith("Please choose at least one")
    await desk.slack.submit(question, {"places0": ["Talk 3"], "places1": ["Talk 10"]}, by="maya")

    await desk.slack.wait_for_message(channel="mentions", containing="in 2 places: Talk 3 and Talk 10")


async def test_new_names_are_looked_for_in_places_that_know_them(desk: Desk, start, street, one_place):
    slack = desk.slack
    one_place.add("Is Harbour any good?")
    await desk.watch(street.feed("old").url, name="Tidewiki")
    await start()
    await slack.open_home(by="maya")
    await slack.click("Settings", on=await slack.wait_for_home(by="maya"), by="maya")
    home = await slack.wait_for_home(by="maya", containing="Change or stop…")
    form = (await slack.click("Change or stop…", on=home, by="maya")).views[0]
    saved = (await slack.submit(form, {"Any of these names": "Tidewiki, Harbour"}, by="maya")).views[0]

    await slack.click("Find places…", on=saved, by="maya")

    question = await slack.wait_for_view(by="maya", containing="1 of 1 place answered", seconds=20)
    await slack.submit(question, by="maya")
    await desk.card("Is Harbour any good?")
