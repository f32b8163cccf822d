"""Mentions that people bring: a link in a Slack message, and a talk that no feed carries."""

from datetime import UTC, datetime, timedelta

from bots import Desk

from sandbox.pressing import words_of

LINK = "https://forum.example/t/tidewiki-exports/7"


async def test_a_link_in_a_message_becomes_a_mention_with_a_card(desk: Desk, start, street):
    slack = desk.slack
    await desk.watch(street.feed("talk").url)
    await start()
    message = await slack.say(
        f"Have you seen {LINK}? They ask a lot about Tidewiki exports <!here>", by="sam", channel="general"
    )

    await slack.shortcut("track.message", by="sam", on=message)

    card = await desk.card("about Tidewiki exports")
    assert "forum.example" in words_of(card)
    assert "<!here>" not in words_of(card)
    told = await slack.wait_for_ephemeral(to="sam", containing="Tracked.")
    assert f"|The card> is in <#{card['channel']}>" in words_of(told)
    assert desk.rows("SELECT url, author FROM post") == [(LINK, "")]

    await slack.shortcut("track.message", by="maya", on=message)
    assert "I had this one already" in words_of(await slack.wait_for_ephemeral(to="maya", containing="already"))
    assert len(desk.cards()) == 1


async def test_a_link_that_a_feed_carries_too_is_one_post_whoever_is_first(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    talk.add("Does Tidewiki export?", author="kim")
    talk.add("A quiet post, of something else", author="kim")
    await start()
    await desk.card("Does Tidewiki export?")
    urls = dict(desk.rows("SELECT title, url FROM post"))

    known = await slack.say(urls["Does Tidewiki export?"], by="sam", channel="general")
    await slack.shortcut("track.message", by="sam", on=known)
    await slack.wait_for_ephemeral(to="sam", containing="I had this one already")

    quiet = await slack.say(f"this is us, too: {urls['A quiet post, of something else']}", by="sam", channel="general")
    await slack.shortcut("track.message", by="sam", on=quiet)
    card = await desk.card("A quiet post, of something else")
    assert "kim" in words_of(card)
    assert desk.rows("SELECT COUNT(*) FROM post") == [(2,)]


async def test_of_several_links_and_watches_one_is_chosen_and_a_reply_may_be_owed(desk: Desk, start, street):
    slack = desk.slack
    await desk.watch(street.feed("talk").url)
    await desk.watch(street.feed("other").url, name="BookStack", names=["BookStack"], channel="C0GENERAL")
    await start()
    text = "https://one.example/a and https://two.example/b, not https://x.slack.com/archives/C1/p1"
    message = await slack.say(text, by="sam", channel="general")

    form = (await slack.shortcut("track.message", by="sam", on=message)).views[0]
    assert "x.slack.com" not in str(form["blocks"])
    chosen = {"Which link?": "two.example/b", "For which watch?": "Tidewiki", "What next?": "I'll reply"}
    await slack.submit(form, chosen, by="sam")

    card = await desk.card("two.example", seconds=10)
    assert "*<@U0SAM> replies*" in words_of(await desk.shows(card, "*<@U0SAM> replies*"))
    assert desk.rows("SELECT slack_user FROM teammate") == [("U0SAM",)]
    done = await slack.wait_for_view(by="sam", containing="Tracked.", seconds=10)
    assert "|The card> is in" in words_of(done)


async def test_a_message_without_a_link_and_a_bot_that_watches_nothing_say_what_to_do(desk: Desk, start, street):
    slack = desk.slack
    await start()
    message = await slack.say("no link here", by="sam", channel="general")

    await slack.shortcut("track.message", by="sam", on=message)
    assert "`/ears watch add`" in words_of(await slack.wait_for_ephemeral(to="sam", containing="do not listen"))
    form = (await slack.shortcut("log.in_person", by="sam")).views[0]
    assert "`/ears watch add`" in words_of(form)

    await desk.watch(street.feed("talk").url)
    await slack.shortcut("track.message", by="sam", on=message)
    assert "no web link" in words_of(await slack.wait_for_ephemeral(to="sam", containing="no web link"))


async def test_a_talk_in_person_becomes_a_mention_that_owes_a_follow_up(desk: Desk, start, street):
    slack = desk.slack
    await desk.watch(street.feed("talk").url)
    await start()
    form = (await slack.shortcut("log.in_person", by="maya")).views[0]
    talk = {
        "Who was it?": "Ada <!channel> *Lovelace*",
        "Where?": "FOSDEM",
        "What was said?": "Would switch from BookStack if it kept history.",
        "What was it?": "💡 Wish",
        "Do we owe them a follow-up?": "Yes, and I'll do it",
    }
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    yesterday = tomorrow - timedelta(days=2)

    refused = await slack.submit(form, talk | {"By when?": str(yesterday)}, by="maya")
    assert "That day is over" in str(refused.errors)
    await slack.submit(form, talk | {"By when?": str(tomorrow)}, by="maya")

    card = await desk.card("Would switch from BookStack")
    words = words_of(await desk.shows(card, "*<@U0MAYA> replies*"))
    assert desk.rows("SELECT slack_user FROM teammate") == [("U0MAYA",)]
    assert "💡 *Wish*" in words
    assert "in person" in words
    assert "<!channel>" not in words
    assert "Logged." in words_of(await slack.wait_for_view(by="maya", containing="Logged.", seconds=10))
    kept = "SELECT pillar, url, author, due_at FROM mention JOIN post ON post.id = post_id JOIN conversation ON TRUE"
    assert desk.rows(kept) == [("in-person", "", "Ada <!channel> *Lovelace*", f"{tomorrow}T18:00:00.000Z")]

    await slack.command("/ears mine", by="maya", channel="mentions")
    assert "in person" in words_of(await slack.wait_for_ephemeral(to="maya", containing="You have promised 1 reply"))
    await slack.command("/ears search bookstack history", by="maya", channel="mentions")
    assert "FOSDEM" in words_of(await slack.wait_for_ephemeral(to="maya", containing="The newest that say"))
    await slack.command("/ears digest", by="maya", channel="mentions")
    assert "FOSDEM" in words_of(await slack.wait_for_ephemeral(to="maya", containing="1 person is waiting"))
    form = (await slack.click("We answered…", on=card | {"blocks": slack.current(card)["blocks"]}, by="maya")).views[0]
    await slack.submit(form, by="maya")
    assert "FOSDEM" in words_of(await desk.shows(card, "✅ <@U0MAYA>"))


async def test_a_talk_that_owes_nothing_is_listened_to(desk: Desk, start, street):
    slack = desk.slack
    await desk.watch(street.feed("talk").url)
    await start()
    form = (await slack.shortcut("log.in_person", by="maya")).views[0]
    await slack.submit(form, {"Who was it?": "Ada", "What was said?": "Likes it."}, by="maya")

    card = await desk.card("Ada")
    assert "✓ *Listen* by <@U0MAYA>" in words_of(await desk.shows(card, "👂"))
