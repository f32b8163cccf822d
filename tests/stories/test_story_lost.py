"""A channel that is archived, renamed or closed to the bot, and a card that somebody deletes: nothing is lost."""

from bots import Desk

from sandbox.pressing import words_of

QUESTION = "Does Tidewiki keep page history after a restore?"
SECOND = "Is there a dark mode in Tidewiki?"


def to_maya(desk: Desk) -> list[dict]:
    """What the bot wrote to the person who made the watch."""
    ims = [im for im in desk.slack.workspace.ims.values() if im.im_of == "U0MAYA"]
    return desk.slack.messages(ims[0].id) if ims else []


async def test_what_is_found_for_an_archived_channel_waits_and_whoever_listens_there_is_told_once(
    desk: Desk, start, street
):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    await start()
    await desk.card(QUESTION)

    await slack.archive("mentions", by="sam")
    told = await desk.until(lambda: to_maya(desk), what="a word to Maya")
    assert "was archived" in words_of(told[0])
    assert "What I find for *Tidewiki* waits" in words_of(told[0])
    feed.add(SECOND)
    await desk.looked_at(feed)
    await desk.until(
        lambda: desk.rows("SELECT 1 FROM message WHERE error = 'is_archived'"), what="a card that Slack refuses"
    )

    await slack.archive("mentions", by="sam", on=False)
    await desk.card(SECOND)
    again = await desk.until(
        lambda: [one for one in to_maya(desk) if "again, since" in words_of(one)], what="the good news"
    )
    assert len(to_maya(desk)) == len(again) == 1


async def test_where_the_bot_was_removed_it_posts_elsewhere_with_everything_that_is_open(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    await start()
    await desk.card(QUESTION)
    await slack.kick_bot("mentions", by="sam")
    [told] = await desk.until(lambda: to_maya(desk), what="a word to Maya")
    assert "I am not in <#C0MENTIONS> any more" in words_of(told)

    form = (await slack.click("Post elsewhere…", on=told, by="maya")).views[0]
    refused = await slack.submit(form, {"channel": "C0GENERAL"}, by="maya")
    assert "I am not in that channel" in str(refused.errors)
    await slack.invite_bot("general", by="maya")
    await slack.submit(slack.view("maya"), {"channel": "C0GENERAL"}, by="maya")

    card = await desk.card(QUESTION, channel="general")
    await slack.click("Interact", on=card, by="sam")
    await desk.shows(card, "✓ *Interact* by <@U0SAM>")
    feed.add(SECOND)
    await desk.looked_at(feed)
    await desk.card(SECOND, channel="general")
    await desk.shows(told, "goes to <#C0GENERAL> now")
    late = await slack.click("Post elsewhere…", on=told, by="maya")
    assert "I can post again already" in late.words


async def test_a_renamed_channel_goes_on_as_before(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    await start()
    await desk.looked_at(feed)

    await slack.rename("mentions", "what-people-say", by="sam")
    feed.add(QUESTION)

    card = await desk.card(QUESTION, channel="what-people-say")
    await slack.click("Listen", on=card, by="sam")
    await desk.shows(card, "✓ *Listen*")


async def test_a_deleted_card_that_still_waits_is_told_once_and_comes_back_when_asked_for(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION, link="https://forum.example/t/1")
    await start()
    card = await desk.card(QUESTION)
    await slack.delete(card)

    await slack.command("/ears digest", by="sam", channel="mentions")
    digest = await slack.wait_for_ephemeral(to="sam", containing="waiting")
    await slack.click("I'll reply", on=digest, by="sam")
    told = await slack.wait_for_message(channel="mentions", containing="was deleted by hand")
    assert "Somebody still waits for our answer" in words_of(told)
    assert desk.cards() == []

    await slack.click("Post it again", on=told, by="sam")
    again = await desk.card("*<@U0SAM> replies*")
    assert QUESTION in words_of(again)
    await desk.shows(told, "stands here again")
    outcome = await slack.click("Post it again", on=told, by="priya")
    assert "stands in the channel already" in outcome.words
    assert len(desk.cards()) == 1
