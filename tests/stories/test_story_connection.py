"""The line to Slack: dead without a word, closed with one, or gone with all of Slack; people notice little of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from bots import Desk, running
from builders import ROOT

from handlers.watchdog import Patience
from sandbox.actor import Actor
from sandbox.manifest import read_app
from sandbox.server import serve, start_sandbox
from sandbox.slack import Slack

QUESTION = "Does Tidewiki keep page history after a restore?"
OPEN = "apps.connections.open"
ANSWERS_WITHIN_SECONDS = 15.0
MANIFEST = ROOT / "manifest.json"


@pytest.fixture
async def slack() -> AsyncIterator[Actor]:
    """The sandbox. It may refuse a socket whose address is used up, and nothing else."""
    async with start_sandbox(manifest=MANIFEST) as actor:
        yield actor
        refusals = [one for one in actor.inspector.calls if one["kind"] == "refusal" and one["title"] != "socket"]
    assert not refusals, refusals


@pytest.fixture
def hasty(desk: Desk) -> None:
    """A bot that pings five times a second, and trusts a silent line for two seconds instead of a minute."""
    # Three looks at a line that is not back yet end the bot: on a busy machine the SDK takes a second to come back.
    desk.patience = Patience(ping=0.2, silent=2.0, look=0.6, reconnect=5.0)
    # The SDK reports each try that fails as an error.
    desk.may_fail = True


def opened(desk: Desk) -> int:
    return sum(call["title"] == OPEN and call["ok"] for call in desk.slack.inspector.calls)


async def answers(desk: Desk) -> None:
    """Ask for help until the bot gives it, as people do; a line that is not back yet answers nothing."""
    slack = desk.slack
    async with asyncio.timeout(ANSWERS_WITHIN_SECONDS):
        while not (await slack.command("/ears help", by="finn", channel="mentions", patience=1)).ephemerals:
            await slack.wait_until_connected()


async def test_a_half_open_line_is_replaced_and_people_are_heard_again(desk: Desk, start, street, hasty):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    await start()
    card = await desk.card(QUESTION)
    before = opened(desk)

    # What is sent on this socket goes nowhere from now on, and no ping is answered; nobody is told.
    slack.slack.sockets.freeze()
    slack.slack.sockets.ack_seconds = 0.5
    await desk.until(lambda: opened(desk) > before, what="a new connection")
    await answers(desk)

    await slack.click("Listen", on=card, by="maya")
    await desk.shows(card, "✓ *Listen*")
    assert len(desk.cards()) == 1


async def test_what_happened_on_a_dead_line_is_heard_on_the_next(desk: Desk, start, hasty):
    slack = desk.slack
    slack.slack.sockets.ack_seconds, slack.slack.time_factor = 0.5, 0.05
    await start()
    slack.slack.sockets.freeze()

    await slack.invite_bot("product", by="maya")

    await slack.wait_for_message(channel="product", containing="Hello, I am", seconds=20)
    assert len(slack.messages("product", containing="Hello, I am")) == 1


async def test_a_line_that_never_answered_a_ping_is_not_trusted_for_ever(desk: Desk, start, hasty):
    slack = desk.slack
    slack.slack.sockets.never_pong = True
    await start()

    await desk.until(lambda: opened(desk) > 2, seconds=20, what="one new connection after the other")
    slack.slack.sockets.never_pong = False

    await answers(desk)


async def test_a_quiet_line_whose_pings_are_answered_is_left_alone(desk: Desk, start, street, hasty):
    slack, feed = desk.slack, street.feed()
    # The SDK gives up a line after four pings without an answer: on a busy machine that is no second.
    desk.patience = replace(desk.patience, ping=0.5)
    await desk.watch(feed.url)
    await start()
    await desk.until(lambda: feed.asked > 3, what="more quiet than is trusted")

    assert opened(desk) == 1
    assert slack.slack.sockets.count == 1


async def test_an_address_that_expired_before_it_was_used_is_replaced_at_the_start(desk: Desk, start, hasty):
    desk.slack.faults.add(OPEN, "expired_socket_url")

    await start()

    await answers(desk)


async def test_an_address_that_expired_while_it_reconnects_is_replaced(desk: Desk, start, hasty):
    slack = desk.slack
    await start()
    before = opened(desk)
    slack.faults.add(OPEN, "expired_socket_url", times=2)

    await slack.slack.sockets.disconnect("refresh_requested")

    await desk.until(lambda: opened(desk) > before + 2 and slack.slack.sockets.count == 1, seconds=20)
    await answers(desk)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_when_slack_says_goodbye_it_comes_back(desk: Desk, start, hasty, reason):
    slack = desk.slack
    await start()
    before = opened(desk)

    await slack.slack.sockets.disconnect(reason)

    await desk.until(lambda: opened(desk) > before, what="a new connection")
    await answers(desk)
    await desk.until(lambda: slack.slack.sockets.count == 1, what="the old one closed")


async def test_slack_goes_away_and_comes_back_and_no_card_is_lost_or_doubled(tmp_path, street):
    """The same workspace at the same address, as after a restart; the bot goes on listening meanwhile."""
    slack, feed = Slack(app=read_app(MANIFEST)), street.feed()
    async with AsyncExitStack() as up:
        address = await up.enter_async_context(serve(slack))
        # No look falls into this story: the SDK comes back by itself.
        patience = Patience(ping=0.2, look=60.0)
        desk = Desk(slack=Actor(slack, address), folder=tmp_path, patience=patience)
        await desk.watch(feed.url)
        feed.add(QUESTION)
        async with running(desk):
            card = await desk.card(QUESTION)

            await up.aclose()
            feed.add("Does Tidewiki run without a network?")
            await desk.until(lambda: ("uncertain",) in desk.rows("SELECT state FROM message"), what="a post in vain")
            await up.enter_async_context(serve(slack, port=int(address.rpartition(":")[2])))

            await desk.card("without a network?", seconds=20)
            await answers(desk)
            await desk.slack.click("Listen", on=card, by="maya")
            await desk.shows(card, "✓ *Listen*")
            assert len(desk.cards()) == 2
