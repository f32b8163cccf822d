"""Two weeks of 500 sources on 40 hosts, with bad days: what the rules promise, counted. The dice are seeded."""

import random
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

import pytest
from builders import NOW, a_source

from engagement.listening.habits import Harvest
from engagement.listening.hosts import Allowance, Pace, answered, refused, started
from engagement.listening.pacing import first_in_line
from engagement.listening.polled import Answer, Failure, adopted, failed, heard
from engagement.listening.trouble import Cause

SOURCES, HOSTS, DAYS = 500, 40, 14
INTERVAL = 4 * 3600
END = NOW + timedelta(days=DAYS)
# The bot is down from and to; the second time so long that everything is overdue.
STOPS = [(NOW + timedelta(days=3), timedelta(minutes=5)), (NOW + timedelta(days=6), timedelta(days=2))]


@dataclass
class Host:
    """A public host and its bad days: [from, to) in which it throttles, or does not answer."""

    name: str
    gap: int
    throttles: tuple = ()
    outages: tuple = ()
    retry_after: int | None = None
    limit: int = 0
    carries: list = field(default_factory=list)
    asked: list = field(default_factory=list)


def within(spans, at):
    return any(start <= at < end for start, end in spans)


class World:
    """The hosts, the rows (`sources` and `paces`, all that outlives a stop), and the clock."""

    def __init__(self, seed):
        dice = random.Random(seed)
        self.hosts = [self._a_host(dice, number) for number in range(HOSTS)]
        self.paces = {}
        self.polls = defaultdict(list)
        self.moves = dict.fromkeys(range(1, SOURCES + 1, 50), NOW + timedelta(days=1))
        self.sources, self.host_of, self.opens_at = {}, {}, {}
        for number in range(1, SOURCES + 1):
            # A fifth of all sources stands at one host.
            host = self.hosts[0 if number % 5 == 0 else dice.randrange(1, HOSTS)]
            url = f"https://{host.name}/feed/{number}"
            self.sources[number] = a_source(id=number, url=url, interval_seconds=INTERVAL, next_poll_at=NOW)
            self.host_of[number] = host
            host.carries.append(number)

    def _a_host(self, dice, number):
        def spans(count, hours):
            starts = [NOW + timedelta(seconds=dice.randrange(DAYS * 86_400)) for _ in range(count)]
            return tuple((start, start + timedelta(hours=dice.randrange(1, hours))) for start in starts)

        return Host(
            name=f"host{number}.test",
            gap=60 if number % 10 == 0 else 2,
            throttles=spans(3, 20) if number % 4 == 1 else (),
            outages=spans(3, 40) if number % 4 == 2 else (),
            retry_after=dice.choice([None, 0, 30, 7200]),
            limit=dice.choice([5, 50]) if number % 4 == 3 else 0,
        )

    def run(self):
        now = NOW
        for stop, pause in [*STOPS, (END, timedelta())]:
            now = self._until(now, stop) + pause

    def _until(self, now, stop):
        """Look every moment at which something may be asked, as a bot that was just started would."""
        while (now := max(now, self._next_moment())) < stop:
            for source in self._ready(now):
                self._poll(source, now)
            now += timedelta(seconds=1)
        return stop

    def _next_moment(self):
        return min(self._opens_at(host) for host in self.hosts)

    def _opens_at(self, host):
        """The moment at which a source of this host may be asked; kept, as it changes only when one was."""
        if host.name not in self.opens_at:
            due = min((self.sources[number].next_poll_at for number in host.carries), default=END)
            self.opens_at[host.name] = max(due, self._pace(host.name).next_at)
        return self.opens_at[host.name]

    def _pace(self, name, gap=0):
        return self.paces.get(name) or Pace(host=name, next_at=NOW, gap_seconds=gap)

    def _ready(self, now):
        due = [
            source
            for host in self.hosts
            if self._opens_at(host) <= now
            for source in map(self.sources.get, host.carries)
            if source.next_poll_at <= now
        ]
        due.sort(key=lambda source: (source.next_poll_at, source.id))
        return first_in_line(due, host_of=lambda source: self.host_of[source.id].name, busy=[])

    def _poll(self, source, now):
        host = self.host_of[source.id]
        pace = started(self._pace(host.name, host.gap), now=now)
        host.asked.append(now)
        self.polls[source.id].append(now)
        if within(host.throttles, now):
            pace = refused(pace, retry_after_seconds=host.retry_after, now=now)
            source = failed(source, Failure(reason="slow down", cause=Cause.THROTTLED), now=now, is_deaf=False)
        elif within(host.outages, now):
            source = failed(source, Failure(reason="no answer", cause=Cause.NO_ANSWER), now=now, is_deaf=False)
        else:
            left = Allowance(remaining=host.limit, reset_seconds=600) if host.limit else None
            pace = answered(pace, usual_gap_seconds=host.gap, allowance=left, pause_seconds=0, now=now)
            source = self._answer(source, now)
        self.paces[host.name] = pace
        self.sources[source.id] = source
        del self.opens_at[host.name]

    def _answer(self, source, now):
        moved = self.moves.get(source.id)
        target = source.url.replace("/feed/", "/moved/") if moved and now >= moved else ""
        answer = Answer(etag="", last_modified="", body_hash="", ttl_seconds=0, permanent_url=target)
        source = heard(source, answer, Harvest(carried=25, new=0), now=now)
        url = adopted(source, now=now)
        return replace(source, url=url) if url else source

    def is_healthy(self, number):
        host = self.host_of[number]
        return not host.throttles and not host.outages


@pytest.fixture(scope="module", params=[1])
def world(request):
    world = World(request.param)
    world.run()
    return world


def test_no_host_is_asked_more_often_than_it_takes_in_any_window(world):
    for host in world.hosts:
        for window in (host.gap, 60, 600, 3600):
            for position, began in enumerate(host.asked):
                inside = bisect_left(host.asked, began + timedelta(seconds=window)) - position
                assert inside <= window / host.gap + 1
        gaps = [later - earlier for earlier, later in pairwise(host.asked)]
        assert min(gaps) >= timedelta(seconds=host.gap)


def test_a_host_that_names_its_limit_is_asked_no_more_often(world):
    for host in (host for host in world.hosts if host.limit):
        needed = -(-600 // host.limit)
        learned = host.asked[1:]
        gaps = [later - earlier for earlier, later in pairwise(learned)]
        assert min(gaps) >= timedelta(seconds=needed)


def test_a_host_that_asks_for_a_pause_gets_it(world):
    for host in (host for host in world.hosts if host.throttles and host.retry_after):
        for position, asked in enumerate(host.asked[:-1]):
            if within(host.throttles, asked):
                assert host.asked[position + 1] - asked >= timedelta(seconds=host.retry_after)


def test_every_healthy_source_is_asked_at_least_every_second_interval(world):
    at_most = timedelta(seconds=2 * INTERVAL)
    healthy = [number for number in world.sources if world.is_healthy(number)]
    assert len(healthy) > 200
    for number in healthy:
        polls = world.polls[number]
        for earlier, later in pairwise(polls):
            asleep = sum((pause for stop, pause in STOPS if earlier <= stop < later), timedelta())
            # The hundred of the slowest host need 100 minutes to be asked once each.
            assert later - earlier - asleep <= at_most
        assert END - polls[-1] <= at_most


def test_no_source_is_forgotten_however_bad_its_days_were(world):
    assert {number for number, polls in world.polls.items() if END - polls[-1] <= timedelta(hours=30)} == set(
        world.sources
    )


def test_after_a_stop_the_overdue_ones_come_one_by_one(world):
    for stop, pause in STOPS:
        restart = stop + pause
        for host in world.hosts:
            first_minute = [at for at in host.asked if restart <= at < restart + timedelta(minutes=1)]
            assert len(first_minute) <= 60 / host.gap


def test_no_host_waits_for_a_crowded_one(world):
    """After two days everything is overdue: the small hosts are through while the large one still works its line."""
    restart = STOPS[1][0] + STOPS[1][1]
    for host in world.hosts[1:]:
        if not host.throttles and not host.outages:
            assert any(restart <= at < restart + timedelta(minutes=11) for at in host.asked)


def test_sources_that_moved_have_their_new_address(world):
    moved = [world.sources[number] for number in world.moves if world.is_healthy(number)]

    assert moved
    assert all("/moved/" in source.url for source in moved)


def test_no_two_sources_of_different_hosts_meet_for_ever(world):
    """Added in one go, all were first asked together; by the end they are spread over the interval."""
    last = [world.polls[number][-1] for number in world.sources if world.is_healthy(number)]
    slots = defaultdict(int)
    for at in last:
        slots[int((END - at).total_seconds() // (INTERVAL / 10))] += 1

    assert max(slots.values()) < len(last) / 3
