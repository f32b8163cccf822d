"""What the bot is not sure about: no card, one message a day that asks, and the card when somebody says Us."""

from bots import Desk, running

from sandbox.pressing import words_of


async def test_one_message_a_day_asks_about_what_is_unsure_and_us_brings_the_card(desk: Desk, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url, name="tide", names=("tide",), near=("wiki", "backup"))
    async with running(desk):
        await desk.looked_at(talk)
        talk.add("High tide at noon", "Mind the harbour.")
        talk.add("Does anybody use tide for notes?", "I look for something simple.")
        talk.add("Is tide a good wiki?")
        await desk.looked_at(talk)
        await desk.card("Is tide a good wiki?")
        assert len(desk.cards()) == 1
        assert desk.rows("SELECT COUNT(*) FROM conversation WHERE unsure = 1") == [(2,)]

    # The night passes; at the hour of the digest the bot is up again.
    desk.change("UPDATE conversation SET opened_at = '2020-01-01T00:00:00.000Z' WHERE unsure = 1")
    async with running(desk):
        asked = await slack.wait_for_message(channel="mentions", containing="2 I am not sure about")
        assert "<https://talk.example/posts/2|Does anybody use tide for notes?>" in words_of(asked)
        buttons = [block for block in asked["blocks"] if block["type"] == "actions"]
        us, not_us = buttons[1]["elements"][0], buttons[0]["elements"][1]

        await slack.click("Not us", on=_row(asked, not_us), by="maya")
        await desk.shows(asked, "~<https://talk.example/posts/1|High tide at noon>~", "*Not us*, <@U0MAYA>")
        late = await slack.click("Not us", on=_row(asked, not_us), by="sam")
        assert "<@U0MAYA> said *Not us*" in late.words

        await slack.click("Us", on=_row(asked, us), by="sam")
        card = await desk.card("I look for something simple.")
        assert "Interact" in words_of(card)
        await desk.shows(asked, "Nothing left that I am not sure about", "*Us*, <@U0SAM>")

    async with running(desk):
        talk.add("Another wiki than tide?")
        await desk.looked_at(talk)
        await desk.card("Another wiki than tide?")
        assert len(desk.posted("unsure")) == 1


async def test_one_answer_is_for_every_telling_of_a_story_and_each_row_says_so(desk: Desk, street):
    slack = desk.slack
    papers = ("herald", "gazette", "courier")
    feeds = [street.feed(name) for name in papers]
    await desk.watch(*[feed.url for feed in feeds], name="tide", names=("tide",), near=("wiki", "backup"))
    async with running(desk):
        await desk.looked_at(*feeds)
        for feed, paper in zip(feeds, papers, strict=True):
            feed.add("High tide floods the market square", author=paper)
        await desk.looked_at(*feeds)
        await desk.until(lambda: desk.rows("SELECT COUNT(*) FROM conversation WHERE unsure = 1") == [(3,)])

    desk.change("UPDATE conversation SET opened_at = '2020-01-01T00:00:00.000Z' WHERE unsure = 1")
    async with running(desk):
        asked = await slack.wait_for_message(channel="mentions", containing="3 I am not sure about")
        first = next(block for block in asked["blocks"] if block["type"] == "actions")
        await slack.click("Not us", on=_row(asked, first["elements"][1]), by="maya")
        settled = await desk.shows(asked, "Nothing left that I am not sure about")
        assert words_of(settled).count("*Not us*, <@U0MAYA>, of all 3 that tell this story") == 3
        assert desk.rows("SELECT COUNT(DISTINCT story_id), COUNT(*) FROM us_verdict") == [(1, 3)]

        undo = next(block for block in settled["blocks"] if "accessory" in block)
        await slack.click("Undo", on={**settled, "blocks": [undo]}, by="sam")
        again = await desk.shows(asked, "3 I am not sure about")
        us = next(block for block in again["blocks"] if block["type"] == "actions")
        await slack.click("Us", on=_row(again, us["elements"][0]), by="sam")
        card = await desk.until(lambda: (desk.cards() or [None])[0], what="a card")
        await desk.shows(card, "Also on")
        await desk.shows(asked, "*Us*, <@U0SAM>, of all 3 that tell this story")
        assert len(desk.cards()) == 1


def _row(asked, button):
    """The message as somebody sees it who looks at one row only."""
    block = next(block for block in asked["blocks"] if button in block.get("elements", []))
    return {**asked, "blocks": [block]}
