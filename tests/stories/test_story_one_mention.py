"""From a post in a feed to an answer that the digest counts; two people at once; what can be taken back."""

import asyncio

import pytest
from bots import Desk

from sandbox.community import start_community
from sandbox.pressing import words_of

QUESTION = "Does Tidewiki keep page history after a restore?"


@pytest.fixture
async def community():
    async with start_community() as community:
        yield community


async def test_a_question_is_carded_claimed_answered_and_counted(desk: Desk, start, community):
    slack = desk.slack
    await desk.watch(f"{community.url}/forum/posts.rss", community="Tidewiki forum")
    await start()
    await desk.until(lambda: community.served, what="a first poll")

    community.add(feed="forum", title=QUESTION, text="Every history tab is empty. Is Tidewiki meant to?", author="pat")
    card = await desk.card(QUESTION)
    assert "❓ *Question*" in words_of(card)
    assert "Started by them" in words_of(card)
    assert card["text"].startswith("Question on Tidewiki forum: Does Tidewiki")

    await slack.click("Interact", on=card, by="maya")
    tagged = await desk.shows(card, "✓ *Interact* by <@U0MAYA>", "a reply is due <!date^", "nobody has it yet")

    await slack.click("I'll reply", on=tagged, by="sam")
    claimed = await desk.shows(card, "*<@U0SAM> replies*, due <!date^")

    form = (await slack.click("We answered…", on=claimed, by="sam")).views[0]
    assert QUESTION in words_of(form)
    await slack.submit(form, {"link": "https://forum.example/t/1/2"}, by="sam")
    answered = await desk.shows(card, "✅ <@U0SAM> <!date^", "^https://forum.example/t/1/2|")
    assert len(answered["blocks"]) == 2

    await slack.command("/ears digest", by="finn", channel="mentions")
    digest = await slack.wait_for_ephemeral(to="finn", containing="needed us")
    assert "Nobody is waiting for us" in words_of(digest)
    assert "1 conversation needed us, answered" in words_of(digest)
    assert "1 mention" in words_of(digest)
    assert len(desk.cards()) == 1


async def test_what_sounds_bad_without_a_phrase_is_suggested_for_react_and_what_is_not_known_is_unsure(
    desk: Desk, start, street
):
    feed = street.feed()
    await desk.watch(feed.url)
    feed.add("Tidewiki's search is horrendous", "It took the whole day.")
    feed.add("A shelf of boats", "My notes are in Tidewiki.")
    await start()

    card = await desk.card("horrendous")
    assert 'Suggested: *React*, sounds like a complaint ("horrendous")' in words_of(card)
    assert "unsure what they want, but it is us they speak of" in words_of(await desk.card("A shelf of boats"))


async def test_of_two_people_who_press_at_once_one_wins_and_the_other_hears_who(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    await start()
    card = await desk.card(QUESTION)
    await slack.click("Interact", on=card, by="maya")
    tagged = await desk.shows(card, "nobody has it yet")

    await asyncio.gather(
        slack.click("I'll reply", on=tagged, by="sam"), slack.click("I'll reply", on=tagged, by="priya")
    )
    claimed = await desk.shows(card, "replies*")
    winner, loser = ("sam", "priya") if "U0SAM" in words_of(claimed) else ("priya", "sam")

    told = await slack.wait_for_ephemeral(to=loser, containing="has had this one since")
    assert slack.user(winner) in words_of(told)
    assert not slack.ephemerals(winner)
    assert desk.rows("SELECT claimed_by, version FROM conversation") == [(slack.user(winner), 3)]


async def test_a_press_on_an_old_drawing_changes_nothing(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    await start()
    old = await desk.card(QUESTION)
    await slack.click("Interact", on=old, by="maya")
    # The last that is drawn of itself, once it is known that nothing can be looked up there.
    now = await desk.shows(old, "✓ *Interact*", "I cannot see replies")

    outcome = await slack.click("Listen", on=old, by="sam")

    assert "<@U0MAYA> tagged this *Interact*" in outcome.words
    assert words_of(slack.current(old)) == words_of(now)
    assert desk.rows("SELECT tag, tagged_by FROM conversation") == [("interact", "U0MAYA")]
    assert desk.rows("SELECT COUNT(*) FROM history WHERE object = 'conversation'") == [(1,)]


async def test_what_was_decided_can_be_taken_back_step_by_step(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add("Tidewiki loses my pages", "Tidewiki is broken, the restore crashes and it is terrible.")
    await start()
    card = await desk.card("Tidewiki loses my pages")

    await slack.click("React", on=card, by="priya")
    reacted = await desk.shows(card, "✓ *React* by <@U0PRIYA>", "*the reply is still owed*")
    await slack.click("Undo", on=reacted, by="priya")
    fresh = await desk.shows(card, "Suggested: *React*", without="still owed")

    await slack.click("Interact", on=fresh, by="maya")
    interacting = await desk.shows(card, "nobody has it yet")
    await slack.click("I'll reply", on=interacting, by="sam")
    claimed = await desk.shows(card, "*<@U0SAM> replies*")
    await slack.click("React too", on=claimed, by="priya")
    both = await desk.shows(card, "✓ *React* by <@U0PRIYA>", "*<@U0SAM> replies*")
    await slack.click("Hand back", on=both, by="sam")
    handed_back = await desk.shows(card, "*the reply is still owed*", "nobody has it yet", without="replies*")

    form = (await slack.click("We answered…", on=handed_back, by="maya")).views[0]
    await slack.submit(form, by="maya")
    answered = await desk.shows(card, "✅ <@U0MAYA>", "✓ *React*")
    await slack.click("Reopen", on=answered, by="sam")
    await desk.shows(card, "*the reply is still owed*", without="✅")


async def test_listen_and_not_us_shrink_the_card_and_can_be_undone(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add("My home-server stack", "I run Tidewiki on it.")
    await start()
    card = await desk.card("My home-server stack")

    await slack.click("Listen", on=card, by="maya")
    listened = await desk.shows(card, "👂", "✓ *Listen* by <@U0MAYA>")
    assert len(listened["blocks"]) == 1
    await slack.click("Undo", on=listened, by="maya")
    fresh = await desk.shows(card, "Suggested:")

    await slack.click("Not us", on=fresh, by="sam")
    dismissed = await desk.shows(card, "*Not us*, <@U0SAM>")
    assert len(dismissed["blocks"]) == 1
    await slack.click("Undo", on=dismissed, by="sam")
    await desk.shows(card, "Suggested:", without="*Not us*")
