"""The worst moments: killed between the post and its record, a connection that drops, a Slack that is in trouble."""

import asyncio
import signal

from bots import Desk, program, running

POST = "chat.postMessage"
TITLE = "Does Tidewiki keep page history after a restore?"


def states(desk: Desk) -> list[str]:
    return [state for (state,) in desk.rows("SELECT state FROM message ORDER BY id")]


async def test_killed_while_its_post_was_under_way_it_posts_exactly_one_card(desk: Desk, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(TITLE)
    # Slack takes its time, and the bot dies meanwhile: the card comes to stand there all the same.
    slack.faults.add(POST, "slow", seconds=1.5)

    async with program(desk, "run", name="first") as bot:
        # Not before its post has reached Slack, or no card ever stands there.
        await desk.until(lambda: not slack.faults.armed() and states(desk) == ["sending"], seconds=20, what=bot.said)
        assert await bot.end(signal.SIGKILL, within=5) == -signal.SIGKILL
    assert states(desk) == ["sending"]
    assert not desk.cards()

    async with program(desk, "run", name="second") as bot:
        card = await desk.card(TITLE)
        await desk.until(lambda: states(desk) == ["sent"], seconds=20, what=bot.said)
        [(recorded,)] = desk.rows("SELECT ts FROM message")
        assert "messages in doubt since the last run" in bot.said
    assert recorded == card["ts"]
    assert len(desk.cards()) == 1


async def test_killed_after_its_post_was_done_it_finds_the_card_and_can_redraw_it(desk: Desk, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(TITLE)
    slack.faults.add(POST, "drop_after_write")
    # The bot dies before it can look; afterwards the history has no metadata: the block's id must do.
    slack.faults.add("conversations.history", "slow", seconds=1.5)
    slack.faults.add("conversations.history", "history_without_metadata", times=5)

    async with program(desk, "run", name="first") as bot:
        await desk.card(TITLE, seconds=20)
        await desk.until(lambda: states(desk) == ["uncertain"], what=bot.said)
        await bot.end(signal.SIGKILL, within=5)

    async with running(desk):
        await desk.until(lambda: states(desk) == ["sent"], seconds=20)
        card = await desk.card(TITLE)
        await slack.click("Listen", on=card, by="maya")
        await desk.shows(card, "✓ *Listen*")
    assert len(desk.cards()) == 1


async def test_a_connection_that_drops_after_the_write_leaves_exactly_one_card(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    slack.faults.add(POST, "drop_after_write")
    feed.add(TITLE)
    await start()

    await desk.until(lambda: desk.file.exists() and states(desk) == ["sent"])

    assert len(desk.cards()) == 1


async def test_slack_asks_to_wait_and_the_cards_come_late_but_in_order(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    slack.faults.add(POST, "rate_limited", seconds=2)
    feed.add_many(2)
    await start()

    first = await desk.card("number 1?")
    second = await desk.card("number 2?")

    refused, *done = [call for call in reversed(slack.inspector.calls) if call["title"] == POST]
    assert not refused["ok"]
    assert done[0]["at"] - refused["at"] >= 2
    assert first["ts"] < second["ts"]
    assert len(desk.cards()) == 2


async def test_clicks_work_again_after_slack_closed_the_connection(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(TITLE)
    await start()
    card = await desk.card(TITLE)

    await slack.slack.sockets.disconnect("refresh_requested")
    await desk.until(lambda: slack.slack.sockets.count == 1, seconds=20)

    async with asyncio.timeout(20):
        while not (await slack.click("Listen", on=card, by="maya", patience=1)).ok:
            await slack.wait_until_connected()
    await desk.shows(card, "✓ *Listen*")
