"""Issues are asked now and then, and one that is closed has its improvement ask whether it has shipped."""

import json
import re
from datetime import timedelta

import pytest
from builders import CHANNEL, TEAM

from engagement.improvements.improvement import ImprovementAct, ImprovementKind, ImprovementPress, Wanted
from feeds.places.issues import Tracker
from handlers.polling.issues import ASKED_EVERY, IssueWatcher
from storage.improvements.improvements import find_improvement, latest_press
from storage.improvements.improving import press_improvement, propose

PATH = "hub.test/7"


class Watched:
    """An improvement with an issue in a tracker on loopback."""

    def __init__(self, poll):
        self.poll = poll
        tracker = Tracker(address=re.compile(r"https://hub\.test/(?P<id>\d+)"), url=f"{poll.url}/hub.test/{{id}}")
        self.watcher = IssueWatcher(poller=poll.poller, trackers=(tracker,))
        self.place = poll.place(PATH)
        self.says("open")

    async def propose(self, url="https://hub.test/7"):
        wanted = Wanted(title="Keep history", kind=ImprovementKind.FIX, channel=CHANNEL, tracker_url=url)
        made = await self.poll.db.transact(lambda tx: propose(tx, TEAM, wanted, by="U1", at=self.poll.now))
        self.id = made.id
        return wanted

    def says(self, state):
        self.place.body, self.place.headers = json.dumps({"state": state}), {"ETag": f'"{state}"'}

    async def ask(self, **later):
        self.poll.now += timedelta(**later)
        await self.watcher.ask_due()
        return await self.poll.db.read(lambda tx: find_improvement(tx, self.id))


@pytest.fixture
async def watched(poll):
    await poll.listen("search")
    return Watched(poll)


async def test_a_closed_issue_has_its_improvement_ask_whether_it_has_shipped(watched):
    await watched.propose()

    assert (await watched.ask()).closed_at is None
    watched.says("closed")
    closed = await watched.ask(hours=4)

    assert closed.closed_at == watched.poll.now
    first = await watched.poll.db.read(lambda tx: latest_press(tx, watched.id))
    assert (first.act, first.by) == (ImprovementAct.CLOSED, "")
    await watched.ask(hours=4)
    assert len(watched.place.asked) == 3


async def test_an_issue_that_is_opened_again_has_its_improvement_ask_no_more(watched):
    await watched.propose()
    watched.says("closed")
    await watched.ask()
    watched.place.status = 500
    assert (await watched.ask(hours=4)).closed_at

    watched.place.status = 200
    watched.says("open")
    assert (await watched.ask(hours=4)).closed_at is None
    watched.says("closed")
    assert (await watched.ask(hours=4)).closed_at == watched.poll.now


async def test_an_issue_is_asked_now_and_then_and_says_when_nothing_has_changed(watched):
    await watched.propose()

    await watched.ask()
    await watched.ask(minutes=10)
    await watched.ask(seconds=ASKED_EVERY.total_seconds())

    assert [each.get("If-None-Match") for each in watched.place.asked] == [None, '"open"']


async def test_another_issue_is_asked_at_once(watched):
    wanted = await watched.propose("https://hub.test/8")
    watched.poll.place("hub.test/8").status = 500
    await watched.ask()
    there = Wanted(title=wanted.title, kind=wanted.kind, channel=wanted.channel, tracker_url="https://hub.test/7")
    press = ImprovementPress(act=ImprovementAct.CHANGE, by="U1", at=watched.poll.now, drawn=1, wanted=there)
    await watched.poll.db.transact(lambda tx: press_improvement(tx, watched.id, press, workspace_id=TEAM))

    watched.says("closed")
    assert (await watched.ask(minutes=1)).closed_at


async def test_a_tracker_that_fails_or_is_unknown_costs_nothing(watched):
    await watched.propose()
    watched.place.status = 500

    assert (await watched.ask()).closed_at is None
    await watched.ask(minutes=10)
    assert len(watched.place.asked) == 1

    await watched.propose("https://linear.app/tide/issue/7")
    assert (await watched.ask(minutes=10)).closed_at is None


async def test_an_issue_whose_host_takes_no_request_now_stays_due(watched):
    await watched.propose()
    await watched.propose()

    await watched.ask()
    assert len(watched.place.asked) == 1
    await watched.ask(minutes=1)
    assert len(watched.place.asked) == 2
