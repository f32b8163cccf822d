"""A promise and what becomes of it: reminders, what nobody has, absence, and the names people have elsewhere."""

from datetime import UTC, datetime

from bots import TEAM, Desk

from handlers.views.conversations.assign import LEFT
from sandbox.pressing import words_of
from storage.database import open_database
from storage.turns.reminders import remind

WEDNESDAY_NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
LONG_AGO = "2026-01-05T10:00:00.000Z"
QUESTION = "Does Tidewiki keep page history after a restore?"


async def a_claimed_card(desk: Desk, start, street, *, by: str = "sam"):
    feed = street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    await start()
    card = await desk.card(QUESTION)
    await desk.slack.click("Interact", on=card, by="maya")
    tagged = await desk.shows(card, "nobody has it yet")
    await desk.slack.click("I'll reply", on=tagged, by=by)
    return await desk.shows(card, "replies*", "due <!date^")


async def remind_in_office_hours(desk: Desk) -> None:
    """Let the clock of the reminders be noon of a Wednesday, whatever day it is while this runs."""
    db = open_database(desk.settings.database_url.get_secret_value())
    try:
        assert await db.transact(lambda tx: remind(tx, now=WEDNESDAY_NOON)) == 1
    finally:
        db.close()


def at_work_now(desk: Desk, slack_user: str) -> None:
    """Have somebody work around the clock, whatever hour it is while the test runs."""
    desk.change(
        "UPDATE teammate SET works_from = 0, works_until = 1440, works_on = '0123456' WHERE slack_user = ?", slack_user
    )


async def test_an_owner_is_reminded_once_by_direct_message_and_the_message_follows(desk: Desk, start, street):
    slack = desk.slack
    await a_claimed_card(desk, start, street)
    at_work_now(desk, "U0SAM")
    desk.change("UPDATE conversation SET warn_at = ?, due_at = ?", LONG_AGO, LONG_AGO)

    reminder = await slack.wait_for_message(
        channel=slack.im("sam"), containing="1 reply you promised is waiting", seconds=15
    )
    assert QUESTION in words_of(reminder)
    assert "*overdue since" in words_of(reminder)

    await slack.click("Hand back", on=reminder, by="sam")
    await desk.shows(reminder, "Nothing you promised is waiting", "handed back", without="overdue")
    assert desk.rows("SELECT COUNT(*) FROM reminder WHERE kind = 'promised'") == [(1,)]


async def test_what_nobody_has_is_told_to_the_channel_once_and_can_be_taken_there(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION)
    await start()
    await desk.card(QUESTION)
    desk.change("UPDATE conversation SET warn_at = ?", LONG_AGO)
    await remind_in_office_hours(desk)

    warning = await slack.wait_for_message(channel="mentions", containing="1 person waits and nobody has them")
    await slack.click("I'll reply", on=warning, by="sam")
    await desk.shows(warning, "<@U0SAM> has it", without="waiting since")
    assert desk.rows("SELECT COUNT(*) FROM reminder WHERE kind = 'unowned'") == [(1,)]


async def test_who_goes_away_hands_over_and_is_given_nothing_until_they_are_back(desk: Desk, start, street):
    slack = desk.slack
    card = await a_claimed_card(desk, start, street)
    at_work_now(desk, "U0SAM")
    desk.change("UPDATE conversation SET warn_at = ?", LONG_AGO)
    reminder = await slack.wait_for_message(channel=slack.im("sam"), containing="1 reply you promised", seconds=15)

    form = (await slack.click("I am away…", on=reminder, by="sam")).views[0]
    refused = await slack.submit(form, {"cover": "U0SAM"}, by="sam")
    assert "Somebody else, please" in str(refused)
    desk.change(
        "INSERT INTO teammate (workspace_id, slack_user, name, left_at) VALUES (?, 'U0FINN', 'Finn', ?)", TEAM, LONG_AGO
    )
    assert LEFT in str(await slack.submit(form, {"cover": "U0FINN"}, by="sam"))
    await slack.submit(form, {"cover": "U0PRIYA"}, by="sam")
    assert "<@U0PRIYA> has 1 reply of yours now" in words_of(slack.view("sam"))

    covered = await desk.shows(card, "<@U0PRIYA> replies*")
    told = await slack.wait_for_message(channel=slack.im("priya"), containing="<@U0SAM> is away", seconds=10)
    assert QUESTION in words_of(told)

    assign = (await slack.click("Assign…", on=covered, by="maya")).views[0]
    no = await slack.submit(assign, {"to": "U0SAM"}, by="maya")
    assert "They are away until" in str(no)


def hear_people_on(desk: Desk, street) -> None:
    """Let the posts of people on Reddit and Bluesky be heard on loopback."""
    street.feed("sam")
    lines = [
        line
        for community in ("Reddit", "Bluesky")
        for line in (
            "[[author]]",
            f'community = "{community}"',
            r"handle = '(?:u/|@)?(?P<handle>[\w.-]{3,20})'",
            f'url = "{street.url}/sam.rss?of={{handle}}"',
        )
    ]
    file = desk.folder / "places.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    desk.changes = {"places_file": file}


async def test_who_promises_a_reply_is_asked_for_their_name_there_once(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    hear_people_on(desk, street)
    await desk.watch(feed.url, community="r/selfhosted")
    feed.add(QUESTION)
    feed.add("Will Tidewiki print?")
    await start()
    for title in (QUESTION, "Will Tidewiki print?"):
        card = await desk.card(title)
        await slack.click("Interact", on=card, by="maya")
        await slack.click("I'll reply", on=await desk.shows(card, "nobody has it yet"), by="sam")
        await desk.shows(card, "<@U0SAM> replies*")

    asked = await slack.wait_for_ephemeral(to="sam", containing="What is your name on Reddit?")
    form = (await slack.click("Tell me…", on=asked, by="sam")).views[0]
    refused = await slack.submit(form, {"name": "no such name!"}, by="sam")
    assert "is not how names are written on Reddit" in str(refused)
    await slack.submit(form, {"name": "u/sam_tide"}, by="sam")

    await slack.wait_for_ephemeral(to="sam", containing="Thanks. I look at u/sam_tide on Reddit from now on.")
    assert len(slack.ephemerals("sam", containing="What is your name")) == 1
    feeds = desk.rows("SELECT source.url FROM teammate_handle JOIN source ON source.id = teammate_handle.source_id")
    assert feeds == [(f"{street.url}/sam.rss?of=sam_tide",)]


async def test_a_pasted_answer_of_somebody_unknown_asks_whether_that_is_who_pasted_it(desk: Desk, start, street):
    slack = desk.slack
    hear_people_on(desk, street)
    card = await a_claimed_card(desk, start, street)

    form = (await slack.click("We answered…", on=card, by="sam")).views[0]
    await slack.submit(form, {"link": "https://bsky.app/profile/sam.example/post/3kabcdefghi2x"}, by="sam")

    asked = await slack.wait_for_ephemeral(to="sam", containing="Is that you? *@sam.example* on Bluesky")
    await slack.click("Remember", on=asked, by="sam")
    await slack.wait_for_ephemeral(to="sam", containing="Thanks. I look at @sam.example on Bluesky from now on.")
    assert desk.rows("SELECT community, handle FROM teammate_handle") == [("Bluesky", "@sam.example")]
