"""A teammate's seat is taken away: what they had promised is the team's again."""

from bots import Desk

from sandbox.pressing import words_of

QUESTION = "Does Tidewiki keep page history after a restore?"


async def promised_by_sam(desk: Desk, feed):
    card = await desk.card(QUESTION)
    await desk.slack.click("Interact", on=card, by="sam")
    card = await desk.shows(card, "a reply is due")
    await desk.slack.click("I'll reply", on=card, by="sam")
    return await desk.shows(card, "*<@U0SAM> replies*")


async def test_who_leaves_hands_back_what_they_promised_and_is_given_nothing_more(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    await start()
    card = await promised_by_sam(desk, feed)
    await slack.deactivate("finn")

    await slack.deactivate("sam")

    told = await slack.wait_for_message(channel="mentions", containing="<@U0SAM> has left the workspace")
    assert "1 conversation that they had promised to answer needs somebody" in words_of(told)
    card = await desk.shows(card, "nobody has it yet")
    form = (await slack.click("Assign…", on=card, by="maya")).views[0]
    refused = await slack.submit(form, {"to": "U0SAM"}, by="maya")
    assert "They have left the workspace" in str(refused.errors)
    await slack.click("I'll reply", on=told, by="maya")
    await desk.shows(told, "<@U0MAYA> has it")
    await desk.shows(card, "*<@U0MAYA> replies*")
    # Of somebody who had nothing to do with it nobody is told.
    assert len(desk.posted("departure")) == 1

    await slack.deactivate("sam", on=False)
    await desk.until(lambda: desk.rows("SELECT left_at FROM teammate WHERE slack_user = 'U0SAM'") == [(None,)])


async def test_who_left_while_the_bot_was_down_is_found_when_it_is_up_again(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    stop = await start()
    await promised_by_sam(desk, feed)
    stop.set()
    await desk.until(lambda: not slack.slack.sockets.count, what="the bot to end")
    slack.workspace.users["U0SAM"].is_deactivated = True

    await start()

    await slack.wait_for_message(channel="mentions", containing="<@U0SAM> has left the workspace", seconds=10)
