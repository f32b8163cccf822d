"""A surge: said once, by neither chance nor the hour of the day nor a few loud people."""

import math
import random
from collections import Counter, deque
from datetime import timedelta

import pytest
from builders import NOW, a_post, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.calm.surge import LIKED_AT_LEAST, PEOPLE, WINDOW, Pulse, is_much_liked, is_over, is_surge, usual_hour

COUNTS = st.integers(min_value=0, max_value=10_000)
USUAL = st.floats(min_value=0, max_value=1_000)


@pytest.mark.parametrize(
    ("mentions", "people", "usual", "expected"),
    [
        (8, 8, 0.0, True),
        (8, 8, 1.0, True),
        (7, 7, 0.1, False),
        (40, 7, 1.0, False),
        (39, 30, 10.0, False),
        (40, 30, 10.0, True),
        (8, 8, 2.0, False),
        (11, 9, 2.0, True),
        (16, 9, 4.0, True),
        (15, 9, 4.0, False),
    ],
    ids=[
        "eight people about something nobody speaks of",
        "eight where one is usual",
        "seven people are no surge",
        "seven people who cannot stop are none either",
        "less than four usual hours",
        "four usual hours",
        "four times two an hour is chance now and then",
        "and eleven is not",
        "sixteen where four are usual",
        "and fifteen are chance",
    ],
)
def test_a_surge_is_four_usual_hours_in_one_by_eight_people_and_no_chance(mentions, people, usual, expected):
    assert is_surge(Pulse(mentions=mentions, people=people, usual=usual)) is expected


@pytest.mark.parametrize(
    ("mentions", "usual", "expected"),
    [(3, 0.1, True), (4, 0.1, False), (19, 10.0, True), (20, 10.0, False)],
    ids=["an hour with hardly any", "an hour with some", "less than two usual hours", "two usual hours"],
)
def test_a_surge_is_over_once_an_hour_has_less_than_two_usual_ones(mentions, usual, expected):
    assert is_over(Pulse(mentions=mentions, people=mentions, usual=usual)) is expected


@given(mentions=COUNTS, people=COUNTS, usual=USUAL)
def test_what_is_a_surge_is_not_over(mentions, people, usual):
    pulse = Pulse(mentions=mentions, people=people, usual=usual)

    assert not (is_surge(pulse) and is_over(pulse))


@given(mentions=COUNTS, people=COUNTS, usual=USUAL, more=COUNTS)
def test_more_mentions_never_make_a_surge_less_of_one(mentions, people, usual, more):
    if is_surge(Pulse(mentions=mentions, people=people, usual=usual)):
        assert is_surge(Pulse(mentions=mentions + more, people=people, usual=usual))


def test_what_is_usual_is_the_mean_of_all_hours_or_of_this_one_if_it_is_more():
    # NOW is 14:00: the last hour reaches from 13 into 14.
    assert usual_hour({3: 48}, days=2, now=NOW) == 1
    assert usual_hour({14: 48}, days=2, now=NOW) == 24
    assert usual_hour({13: 48}, days=2, now=NOW) == 24
    assert usual_hour({13: 48}, days=2, now=later(hours=2)) == 1
    assert usual_hour({}, days=28, now=NOW) == 0


MINUTES = 10


class Month:
    """A month of a watch, looked at every ten minutes: people who write more at noon than at night, and one surge."""

    def __init__(self, seed, *, a_day, surge=None, people=200):
        self.dice, self.a_day, self.surge, self.people = random.Random(seed), a_day, surge, people
        self.hour, self.seen = deque(), Counter()
        self.alerts, self.overs = [], []

    def run(self, days=56):
        """The first four weeks are the past that is usual; then somebody listens to alerts."""
        lasts = False
        for minute in range(0, days * 24 * 60, MINUTES):
            now = NOW + timedelta(minutes=minute)
            came = self._people(now)
            self.hour += ((now, person) for person in came)
            while self.hour and self.hour[0][0] <= now - WINDOW:
                self.seen[self.hour.popleft()[0].hour] += 1
            if minute < 28 * 24 * 60:
                continue
            usual = usual_hour(self.seen, days=minute / (24 * 60), now=now)
            pulse = Pulse(mentions=len(self.hour), people=len({person for _, person in self.hour}), usual=usual)
            if lasts and is_over(pulse):
                lasts = False
                self.overs.append(now)
            elif came and not lasts and is_surge(pulse):
                lasts = True
                self.alerts.append(now)
        return self

    def _people(self, now):
        # From nothing at midnight to twice the mean at noon.
        rhythm = 1 - math.cos(2 * math.pi * now.hour / 24)
        rate = self.a_day / (24 * 60) * rhythm * MINUTES
        if self.surge and self.surge[0] <= now < self.surge[1]:
            rate += self.surge[2] / 60 * MINUTES
        count = 0
        product = self.dice.random()
        while product > math.exp(-rate):
            count += 1
            product *= self.dice.random()
        return [self.dice.randrange(self.people) for _ in range(count)]


@pytest.mark.parametrize(
    ("score", "expected"), [(None, False), (0, False), (LIKED_AT_LEAST - 1, False), (LIKED_AT_LEAST, True)]
)
def test_a_post_is_much_liked_by_as_many_as_a_workspace_may_ask_for_at_least(score, expected):
    assert is_much_liked(a_post(score=score)) is expected


BEGINS, ENDS = later(days=40), later(days=40, hours=5)


def a_surge(a_day):
    """For five hours as many as in eight usual ones, and thirty more an hour."""
    return BEGINS, ENDS, 30 + 8 * a_day / 24


@pytest.mark.parametrize("a_day", [0.5, 10, 40, 150])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_month_with_one_surge_is_alarmed_exactly_once(seed, a_day):
    month = Month(seed, a_day=a_day, surge=a_surge(a_day)).run()

    assert len(month.alerts) == 1
    assert timedelta() <= month.alerts[0] - BEGINS <= WINDOW
    assert [timedelta() < over - ENDS <= WINDOW for over in month.overs] == [True]


@pytest.mark.parametrize("a_day", [0.5, 10, 40, 150])
def test_a_month_as_usual_is_never_alarmed(a_day):
    assert Month(3, a_day=a_day).run().alerts == []


def test_a_few_people_who_cannot_stop_are_no_surge():
    assert Month(4, a_day=10, surge=a_surge(10), people=PEOPLE - 1).run().alerts == []
