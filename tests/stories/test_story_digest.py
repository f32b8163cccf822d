"""The weekly digest: once per period, also when nobody was up at the hour, and a claim from it."""

import asyncio
from datetime import UTC, datetime, timedelta

from aiohttp import web
from bots import Desk, program, running

from engagement.calendar import period_due
from sandbox.pressing import words_of
from storage.stamps import stamp


def heard_for_weeks(desk: Desk) -> None:
    """Make the watch older than any period that can be due, as if we had listened for a month."""
    desk.change("UPDATE watch SET created_at = '2020-01-01T00:00:00.000Z'")


def digests(desk: Desk, channel: str = "mentions") -> list[dict]:
    return desk.posted("digest", channel)


async def test_a_digest_that_was_due_while_the_bot_was_down_is_posted_once(desk: Desk, street):
    slack, talk = desk.slack, street.feed("talk")
    talk.add("Does Tidewiki export?", author="kim", ago=timedelta(days=3))
    await desk.watch(talk.url)
    async with running(desk):
        card = await desk.card("Does Tidewiki export?")
    # The hour came and went while nobody ran; the first watch of this week would get its first digest next week.
    assert not digests(desk)
    heard_for_weeks(desk)

    async with running(desk):
        digest = await slack.wait_for_message(channel="mentions", containing="1 person is waiting for an answer")
        row = words_of(digest)
        assert "1 of 1 place heard within the hour" in row
        assert "*1.* ❓ *<https://talk.example/posts/1|Does Tidewiki export?>*" in row
        assert "waiting 3 days" in row
        assert "nobody has it" in row

        await slack.click("I'll reply", on=digest, by="sam")
        claimed = await desk.shows(digest, "*<@U0SAM> has it*, due")
        await desk.shows(card, "*<@U0SAM> replies*")
        late = await slack.click("I'll reply", on=digest, by="maya")
        assert "<@U0SAM> has had this one since" in late.words

        form = (await slack.click("We answered…", on=claimed, by="sam")).views[0]
        await slack.submit(form, by="sam")
        await desk.shows(digest, "Nobody is waiting for us", "~<https://talk.example/posts/1|", "✅ <@U0SAM>")
        await desk.shows(card, "✅ <@U0SAM>")

    async with running(desk):
        talk.add("Will Tidewiki print?")
        await desk.card("Will Tidewiki print?")
    assert len(digests(desk)) == 1
    period = period_due(desk.settings.schedule, datetime.now(UTC)).name
    assert desk.rows("SELECT period FROM digest") == [(period,)]


async def test_a_digest_goes_to_its_channel_and_changing_the_hour_brings_no_second_one(desk: Desk, street):
    talk = street.feed("talk")
    await desk.slack.invite_bot("general", by="maya")
    now = datetime.now(UTC)
    desk.changes = {"digest_channel": "C0GENERAL", "digest_day": f"{now - timedelta(days=1):%A}", "digest_hour": 0}
    await desk.watch(talk.url)
    heard_for_weeks(desk)
    async with running(desk):
        await desk.slack.wait_for_message(channel="general", containing="Nobody is waiting for us", seconds=10)
        await desk.until(lambda: desk.rows("SELECT state FROM message WHERE kind = 'digest'") == [("sent",)])

    desk.changes |= {"digest_hour": 1}
    async with running(desk):
        talk.add("Does Tidewiki export?")
        await desk.card("Does Tidewiki export?")
    assert len(digests(desk, "general")) == 1
    assert not digests(desk)


async def test_after_a_pause_it_listens_before_it_tells(desk: Desk, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    async with running(desk):
        await desk.looked_at(talk)
    heard_for_weeks(desk)
    desk.change("UPDATE source SET last_heard_at = '2020-01-01T00:00:00.000Z', next_poll_at = last_heard_at")
    talk.add("Does Tidewiki export?", author="kim")

    async with running(desk):
        digest = words_of(await slack.wait_for_message(channel="mentions", containing="The week in numbers"))
    assert "1 person is waiting for an answer" in digest
    assert "1 of 1 place heard within the hour" in digest


async def test_after_a_pause_it_waits_for_a_slow_place_before_it_tells(desk: Desk, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    heard_for_weeks(desk)

    async def answer_late(_request):
        await asyncio.sleep(2.5)
        return web.Response(body=talk.drawn(), headers={"Content-Type": "application/rss+xml"})

    talk.answer = answer_late
    async with running(desk):
        digest = await slack.wait_for_message(channel="mentions", containing="Next digest", seconds=20)
    assert "1 of 1 place heard within the hour" in words_of(digest)


async def test_killed_in_the_middle_of_the_digest_it_posts_one(desk: Desk, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    heard_for_weeks(desk)
    slack.faults.add("chat.postMessage", "slow", seconds=1.5)

    async with program(desk, "run") as bot:
        await desk.until(lambda: desk.rows("SELECT state FROM message") == [("sending",)], seconds=20, what=bot.said)
    async with running(desk):
        await slack.wait_for_message(channel="mentions", containing="Next digest")
        await desk.until(lambda: desk.rows("SELECT state FROM message") == [("sent",)], seconds=20)
    assert len(digests(desk)) == 1


async def test_the_digest_lists_five_and_counts_the_rest(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    await start()
    await desk.looked_at(talk)
    for days in range(8, 0, -1):
        talk.add(f"Does Tidewiki run for {days} days?", author=f"kim{days}", ago=timedelta(days=days))
    await desk.looked_at(talk)

    await slack.command("/ears digest", by="maya", channel="mentions")
    words = words_of(await slack.wait_for_ephemeral(to="maya", containing="8 people are waiting"))

    assert [f"run for {days} days?" in words for days in range(8, 0, -1)] == [True] * 5 + [False] * 3
    assert "and 3 more, longest waiting 3 days" in words
    assert "8 mentions: 8 not tagged yet" in words


async def test_show_all_lists_who_is_only_counted_and_a_promise_shows_in_its_row(desk: Desk, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    async with running(desk):
        await desk.looked_at(talk)
        for days in range(8, 0, -1):
            talk.add(f"Does Tidewiki run for {days} days?", author=f"kim{days}", ago=timedelta(days=days))
        await desk.looked_at(talk)
    heard_for_weeks(desk)

    async with running(desk):
        digest = await slack.wait_for_message(channel="mentions", containing="8 people are waiting", seconds=20)
        hers = (await slack.click("Show all", on=digest, by="maya")).views[0]
        his = (await slack.click("Show all", on=digest, by="sam")).views[0]
        assert all(f"run for {days} days?" in words_of(hers) for days in range(8, 0, -1))

        [hers] = (await slack.click("I'll reply", on=hers, by="maya")).views
        assert "<@U0MAYA> has it" in words_of(hers)
        assert words_of(hers).count("I'll reply") == 7
        await desk.shows(digest, "*<@U0MAYA> has it*")

        [his] = (await slack.click("I'll reply", on=his, by="sam")).views
        assert "<@U0MAYA> has had this one since" in words_of(his)
        assert words_of(his).count("I'll reply") == 7


async def test_in_its_thread_the_digest_tells_what_stands_behind_its_numbers_once(desk: Desk, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    async with running(desk):
        await desk.looked_at(talk)
        talk.add("Does Tidewiki export?", author="kim")
        talk.add("Does Tidewiki print?", author="lee")
        printing = await desk.card("Does Tidewiki print?")
        await desk.card("Does Tidewiki export?")
        await slack.click("Interact", on=printing, by="sam")
        tagged = await desk.shows(printing, "*Interact*")
        form = (await slack.click("We answered…", on=tagged, by="sam")).views[0]
        await slack.submit(form, by="sam")
        await desk.shows(printing, "✅ <@U0SAM>")
    heard_for_weeks(desk)
    # As if all that had been last week.
    last = datetime.now(UTC) - timedelta(days=7)
    period = period_due(desk.settings.schedule, datetime.now(UTC))
    in_it = max(min(last, period.ends_at - timedelta(hours=1)), period.starts_at + timedelta(minutes=1))
    desk.change("UPDATE conversation SET answered_at = ? WHERE answered_at IS NOT NULL", stamp(in_it))

    async with running(desk):
        digest = await slack.wait_for_message(channel="mentions", containing="1 person is waiting for an answer")
        await desk.until(lambda: len(desk.posted("details")) == 2, what="the thread")
    untagged, answered = desk.posted("details")
    assert {untagged["thread_ts"], answered["thread_ts"]} == {digest["ts"]}
    assert "1 conversation not tagged yet" in words_of(untagged)
    assert "Does Tidewiki export?" in words_of(untagged)
    assert "Answered this week: 1" in words_of(answered)
    assert "<@U0SAM>" in words_of(answered)
    assert "Does Tidewiki print?" in words_of(answered)

    async with running(desk):
        await desk.looked_at(talk)
    assert len(desk.posted("details")) == 2
