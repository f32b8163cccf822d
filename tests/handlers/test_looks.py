"""Threads are looked at by themselves: in time, in the turn of their host, and each costs only itself."""

import asyncio
import json
import logging
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from builders import TEAM
from rounds import a_round

from engagement.conversations.conversation import ReplyState
from engagement.team.team import Handle, Teammate
from engagement.turns.looking import AHEAD
from feeds.places.catalogue import WholeThread
from handlers.polling.looks import Looker
from handlers.sending.telling import tell_digests_due
from storage.conversations.conversations import find_conversation
from storage.digest.digests import find_digest
from storage.stamps import read_stamp
from storage.team.teammates import save_teammate

QUESTIONS = {1: "Does Tidewiki export", 2: "Is there a Tidewiki for ferries", 3: "Tidewiki or paper, which is it?"}
SECOND = timedelta(seconds=1)


def the_feed(numbers):
    items = "".join(
        f"<item><title>{QUESTIONS[number]}?</title><link>https://github.com/tide/wiki/issues/{number}</link></item>"
        for number in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Issues</title>{items}</channel></rss>'


def a_comment(number, *, on, author="lin", text="It does.", at):
    issue = f"tide/wiki/issues/{on}"
    return {
        "html_url": f"https://github.com/{issue}#issuecomment-{number}",
        "issue_url": f"https://api.github.com/repos/{issue}",
        "body": text,
        "user": {"login": author, "type": "User"},
        "created_at": at.isoformat(),
    }


class Street:
    """A round in which people asked in issues, and the comments there."""

    def __init__(self, poll):
        self.poll = poll
        self.list_at("hub.test/{id}")

    def list_at(self, path):
        """Have threads listed at such a path."""
        self.rule = WholeThread(community="x", key=r"github:tide/wiki#(?P<id>\d+)", url=f"{self.poll.url}/{path}")
        self.looker = Looker(poller=self.poll.poller, threads=(self.rule,), sleep=self.poll.sleep)

    async def ask(self, *numbers):
        """Have these questions heard; nobody has answered them."""
        await self.poll.listen("search")
        self.poll.places["search"].body, self.poll.places["search"].headers = the_feed(()), {}
        await self.poll.turn()
        self.poll.places["search"].body = the_feed(numbers)
        for number in numbers:
            self.says(number)
        await self.poll.turn(minutes=20)

    def says(self, number, *comments):
        place = self.poll.place(self.rule.url.format(id=number).removeprefix(f"{self.poll.url}/"))
        body = json.dumps([a_comment(50, on=number, text="Me too.", at=self.poll.now), *comments])
        place.body, place.headers = body, {"ETag": f'"{hash(body)}"'}
        return place

    async def mate(self, name="finn-tide"):
        """Have a teammate known by a name on GitHub, and heard in no feed."""
        finn = Teammate(slack_user="UFINN", name="Finn", handles=(Handle(community="GitHub", name=name),))
        await self.poll.db.transact(
            lambda tx: save_teammate(tx, TEAM, finn, by="U1", interval_seconds=600, at=self.poll.now)
        )

    async def conversation(self, number):
        [row] = [
            row
            for row in await self.poll.rows("SELECT * FROM conversation")
            if row["thread_key"] == f"github:tide/wiki#{number}"
        ]
        return await self.poll.db.read(lambda tx: find_conversation(tx, row["id"]))

    async def warned_at(self):
        return read_stamp((await self.poll.rows("SELECT MIN(warn_at) AS at FROM conversation"))[0]["at"])

    async def go_to(self, moment):
        self.poll.now = moment
        await self.looker.look_due()

    def asked(self, number):
        return len(self.poll.places[f"hub.test/{number}"].asked)

    async def look(self, number):
        rows = await self.poll.rows("SELECT * FROM thread")
        return next(row for row in rows if row["thread_key"] == f"github:tide/wiki#{number}")

    async def digest(self):
        """Have the digest told that is due; return it."""
        await tell_digests_due(self.poll.db, self.poll.now, looker=self.looker)
        rows = await self.poll.rows("SELECT id FROM digest ORDER BY id DESC")
        return await self.poll.db.read(lambda tx: find_digest(tx, rows[0]["id"])) if rows else None


@pytest.fixture
def street(poll):
    return Street(poll)


@pytest.fixture
async def hurried(tmp_path, parser):
    """A street whose places have a second to answer."""
    async with a_round(tmp_path / "looks.db", parser, total_seconds=1) as round_:
        yield Street(round_)


def finn_says(street, number):
    street.says(number, a_comment(90 + number, on=number, author="finn-tide", at=street.poll.now))


async def test_an_answer_of_a_teammate_without_a_feed_is_seen_before_anybody_is_warned(street):
    await street.ask(1)
    await street.mate()
    finn_says(street, 1)
    warned_at = await street.warned_at()

    await street.go_to(warned_at - AHEAD - SECOND)
    assert street.asked(1) == 0
    await street.go_to(warned_at - AHEAD)

    reply = (await street.conversation(1)).reply
    assert (reply.state, reply.answered_by, reply.answer_seen) == (ReplyState.ANSWERED, "UFINN", True)
    assert reply.answer_url == "https://github.com/tide/wiki/issues/1#issuecomment-91"


async def test_a_thread_that_still_waits_is_not_asked_again_for_the_same_moment(street):
    await street.ask(1)
    await street.go_to(await street.warned_at())

    await street.go_to(street.poll.now + timedelta(minutes=30))

    assert street.asked(1) == 1
    assert (await street.look(1))["looked_at"] is not None


async def test_what_names_us_there_is_a_mention_of_the_same_conversation_and_once(street):
    await street.ask(1)
    warned_at = await street.warned_at()
    street.says(1, a_comment(5, on=1, text="Tidewiki? Does it run on a boat?", at=street.poll.now))

    for hours in (0, 1):
        await street.go_to(warned_at + timedelta(hours=hours))
        await street.poll.db.transact(lambda tx: tx.run("UPDATE thread SET looked_at = NULL, etag = ''"))

    assert await street.poll.count("conversation") == 1
    assert await street.poll.count("mention") == 2
    assert await street.poll.count("thread_post") == 2
    assert street.asked(1) == 2


async def test_threads_of_one_host_take_turns_with_its_polls(street):
    await street.ask(1, 2)
    warned_at = await street.warned_at()

    await street.go_to(warned_at)
    await street.go_to(warned_at + SECOND)
    assert sorted([street.asked(1), street.asked(2)]) == [0, 1]

    await street.go_to(warned_at + 2 * SECOND)
    assert [street.asked(1), street.asked(2)] == [1, 1]


async def test_a_thread_that_is_the_same_as_before_is_not_sent_again(street):
    await street.ask(1)
    await street.go_to(await street.warned_at())
    await street.poll.db.transact(lambda tx: tx.run("UPDATE thread SET looked_at = '2026-01-01T00:00:00.000000Z'"))

    await street.go_to(street.poll.now + timedelta(hours=1))

    place = street.poll.places["hub.test/1"]
    assert [asked.get("If-None-Match") for asked in place.asked] == [None, place.headers["ETag"]]
    assert (await street.look(1))["failures"] == 0


async def test_a_name_that_became_known_after_the_look_counts_at_the_next_one(street):
    await street.ask(1)
    finn_says(street, 1)
    await street.go_to(await street.warned_at())
    await street.mate()
    await street.poll.db.transact(lambda tx: tx.run("UPDATE thread SET looked_at = '2026-01-01T00:00:00.000000Z'"))

    await street.go_to(street.poll.now + timedelta(hours=1))

    assert (await street.conversation(1)).reply.state is ReplyState.ANSWERED


async def test_one_that_hangs_one_that_is_nonsense_and_one_that_is_gone_cost_the_others_nothing(hurried):
    hurried.list_at("ours-{id}/thread")
    await hurried.ask(1, 2, 3)
    await hurried.mate()
    places = {number: hurried.poll.place(f"ours-{number}/thread") for number in (1, 2, 3)}
    places[1].hangs = True
    places[2].body = '{"thread": {"$type": "app.bsky.", "post": 3, "replies": [' * 20_000
    finn_says(hurried, 3)

    await hurried.go_to(await hurried.warned_at())

    assert (await hurried.conversation(3)).reply.state is ReplyState.ANSWERED
    assert [(await hurried.look(number))["failures"] for number in (1, 2, 3)] == [1, 1, 0]
    assert "broken JSON" in (await hurried.look(2))["reason"]


async def test_an_error_of_ours_costs_its_thread_alone_and_is_in_the_log(street, caplog):
    caplog.set_level(logging.ERROR)
    await street.ask(1)
    await street.poll.db.transact(lambda tx: tx.run("UPDATE watch SET names = 'Tidewiki'"))

    street.says(1, a_comment(5, on=1, text="Tidewiki is fine.", at=street.poll.now))
    await street.go_to(await street.warned_at())

    assert (await street.look(1))["reason"] == "an error of mine; my log has the details"
    assert [record.message for record in caplog.records if record.name == "handlers.polling.looks"] == [
        "thread not looked at"
    ]


# ---- before a digest -----------------------------------------------------------------------------------------------

# The Monday after the question: the digest is due at nine.
NINE = datetime.fromisoformat("2026-11-23T09:00:00+00:00")


async def at_nine(street, **later):
    """Let the time of the digest come, long after everything that was due."""
    await street.poll.db.transact(lambda tx: tx.run("UPDATE conversation SET warn_at = NULL"))
    street.poll.now = NINE + timedelta(**later)


async def test_the_digest_is_computed_after_a_look_at_whom_it_would_name(street):
    await street.ask(1, 2)
    await street.mate()
    finn_says(street, 1)
    await at_nine(street)

    digest = await street.digest()

    assert [row.title for row in digest.waiting] == [QUESTIONS[2] + "?"]
    assert digest.checked_at_source >= NINE
    assert digest.checks[0].conversation_id == digest.waiting[0].conversation_id
    assert digest.week.answered == 1


async def test_rows_are_looked_at_in_the_minutes_before_it_and_not_once_more_at_the_hour(street):
    await street.ask(1)
    await at_nine(street, minutes=-21)
    await street.go_to(street.poll.now)
    assert street.asked(1) == 0
    await street.go_to(NINE - timedelta(minutes=20))
    assert street.asked(1) == 1
    street.poll.now = NINE

    digest = await street.digest()

    assert street.asked(1) == 1
    assert digest.checked_at_source == NINE - timedelta(minutes=20)


async def test_a_row_whose_thread_could_not_be_looked_at_says_why(street):
    await street.ask(1)
    street.poll.places["hub.test/1"].status = 500
    await at_nine(street)

    digest = await street.digest()

    [check] = digest.checks
    assert (check.looked_at, check.readable) == (None, True)
    assert "500" in check.reason
    assert digest.checked_at_source is None


@pytest.mark.parametrize("due", [NINE, NINE - timedelta(minutes=9)], ids=["at the hour", "before it"])
async def test_where_somebody_switched_looks_off_nothing_is_said_of_them(street, due):
    await street.ask(1)
    street.looker = Looker(poller=street.poll.poller, threads=())
    await at_nine(street)
    await street.go_to(due)
    street.poll.now = NINE

    assert (await street.digest()).checks == ()


async def test_a_row_whose_answers_nobody_can_list_says_so(street):
    elsewhere = replace(street.rule, key="x:(?P<id>.*)")
    street.looker = Looker(poller=street.poll.poller, threads=(elsewhere,), sleep=street.poll.sleep)
    await street.ask(1)
    await at_nine(street)

    digest = await street.digest()

    assert [check.readable for check in digest.checks] == [False]
    assert street.asked(1) == 0


async def test_a_digest_waits_for_hosts_but_not_for_ever(street):
    street.list_at("slow.test/{id}")
    await street.ask(1, 2)
    await at_nine(street)

    digest = await street.digest()

    assert sorted(check.reason for check in digest.checks) == ["", "its host takes one request at a time"]
    assert digest.checked_at - NINE < timedelta(seconds=60)


async def test_a_thread_that_hangs_holds_no_digest_up_for_longer_than_agreed(street):
    await street.ask(1)
    street.poll.places["hub.test/1"].hangs = True
    await at_nine(street)

    async with asyncio.timeout(10):
        await street.looker.look_before_digest([TEAM], seconds=0.2)

    assert (await street.look(1))["reason"] == "it did not answer in time"


async def test_a_bot_that_was_down_at_the_hour_looks_first_too_and_tells_once(street):
    await street.ask(1)
    await at_nine(street, hours=5)

    first = await street.digest()
    await street.digest()

    assert first.checked_at_source >= NINE + timedelta(hours=5)
    assert await street.poll.count("digest") == 1
    assert street.asked(1) == 1
