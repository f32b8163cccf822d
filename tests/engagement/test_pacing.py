from datetime import UTC, datetime

import pytest
from builders import a_source
from hypothesis import assume, given
from hypothesis import strategies as st

from engagement.listening.pacing import (
    FARTHEST,
    LONGEST_BACK_OFF_SECONDS,
    first_in_line,
    interval_of,
    next_poll,
    spread_of,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = 24 * 3600
SECONDS = st.integers(min_value=1, max_value=14 * DAY)
FAILURES = st.integers(min_value=0, max_value=10**9)
RETRY_AFTER = st.none() | st.integers(min_value=-10, max_value=10**30)
SPREAD = st.floats(min_value=0, max_value=1, exclude_max=True)


def wait_for(*, interval_seconds=900, failures=0, retry_after_seconds=None, spread=0.5, is_first=False) -> float:
    due = next_poll(
        now=NOW,
        interval_seconds=interval_seconds,
        failures=failures,
        retry_after_seconds=retry_after_seconds,
        spread=spread,
        is_first=is_first,
    )
    return (due - NOW).total_seconds()


def test_a_healthy_source_is_polled_after_its_interval_and_up_to_a_tenth_more():
    assert wait_for(interval_seconds=900, spread=0) == 900
    assert wait_for(interval_seconds=900, spread=0.5) == 945


@pytest.mark.parametrize(
    ("failures", "seconds"), [(1, 1000 + 0.618 * 1000), (2, 1000 + 0.236 * 3000), (3, 1000 + 0.854 * 7000)]
)
def test_each_failure_doubles_the_longest_wait_and_turns_the_spread(failures, seconds):
    assert wait_for(interval_seconds=1000, failures=failures, spread=0) == pytest.approx(seconds, abs=3)


def test_no_source_is_put_off_farther_than_a_clock_is_believed():
    assert wait_for(interval_seconds=DAY, spread=0.999, is_first=True) < FARTHEST.total_seconds()


def test_sources_added_in_one_go_fill_the_interval_from_the_second_poll_on():
    urls = [f"https://community.example/feeds/{number}.xml" for number in range(1000)]
    waits = [wait_for(interval_seconds=1000, spread=spread_of(url), is_first=True) for url in urls]

    per_minute = [sum(1 for wait in waits if int((wait - 1000) // 100) == slot) for slot in range(9)]
    assert min(per_minute) > 70
    assert max(waits) < 2000


@given(interval=SECONDS, failures=FAILURES, retry_after=RETRY_AFTER, spread=SPREAD, is_first=st.booleans())
def test_no_source_is_asked_before_its_interval_or_before_it_said(interval, failures, retry_after, spread, is_first):
    wait = wait_for(
        interval_seconds=interval,
        failures=failures,
        retry_after_seconds=retry_after,
        spread=spread,
        is_first=is_first,
    )

    assert wait >= interval
    assert wait >= min(retry_after or 0, DAY)

    assert wait <= max(2 * interval, DAY)


@given(interval=SECONDS, failures=FAILURES, spread=SPREAD)
def test_no_source_is_given_up(interval, failures, spread):
    longest = max(LONGEST_BACK_OFF_SECONDS, interval * 1.1)

    assert wait_for(interval_seconds=interval, failures=failures, spread=spread) <= longest


@given(interval=SECONDS, failures=st.integers(min_value=1, max_value=12), spread=SPREAD)
def test_a_back_off_stays_below_the_doubled_interval(interval, failures, spread):
    assert wait_for(interval_seconds=interval, failures=failures, spread=spread) <= interval * 2**failures


def test_each_url_backs_off_though_its_spread_never_changes():
    """Full jitter with one fixed number would keep the unlucky at the short end for ever."""
    for spread in (0.0, 0.25, 0.5, 0.999):
        waits = [wait_for(interval_seconds=600, failures=failures, spread=spread) for failures in range(8, 16)]
        assert max(waits) > 10 * 3600


@given(one=SPREAD, other=SPREAD, interval=st.integers(min_value=1, max_value=DAY // 2))
def test_two_sources_that_fail_together_do_not_come_back_together_for_ever(one, other, interval):
    waits = [
        sum(wait_for(interval_seconds=interval, failures=failures, spread=each) for failures in (1, 2, 3))
        for each in (one, other)
    ]

    assume(0.01 < abs(one - other) < 0.49)
    assert waits[0] != waits[1]


@given(url=st.text(st.characters(exclude_categories=())))
def test_the_spread_of_a_url_is_a_share(url):
    assert 0 <= spread_of(url) < 1
    assert spread_of(url) == spread_of(url)


def test_the_spread_has_no_crowded_corner():
    spreads = [spread_of(f"https://community.example/feeds/{number}.xml") for number in range(1000)]
    tenths = [sum(1 for spread in spreads if int(spread * 10) == tenth) for tenth in range(10)]

    assert min(tenths) > 60


@pytest.mark.parametrize(
    ("facts", "seconds"),
    [
        ({}, 600),
        ({"asked_seconds": 3600}, 3600),
        ({"asked_seconds": 60}, 600),
        ({"asked_seconds": DAY}, DAY),
        ({"usual_gap_seconds": 400}, 400),
        ({"usual_gap_seconds": 30}, 300),
        ({"usual_gap_seconds": 1}, 300),
        ({"usual_gap_seconds": 30, "asked_seconds": 1800}, 1800),
        ({"usual_gap_seconds": 5000}, 600),
        ({"is_overflowing": True, "usual_gap_seconds": 5000}, 300),
        ({"quiet_seconds": 13 * DAY}, 600),
        ({"quiet_seconds": 35 * DAY}, 1500),
        ({"quiet_seconds": 900 * DAY}, 2400),
        ({"configured_seconds": 2 * 3600, "quiet_seconds": 900 * DAY}, 6 * 3600),
        ({"configured_seconds": 12 * 3600, "quiet_seconds": 900 * DAY}, 12 * 3600),
        ({"configured_seconds": 80, "is_overflowing": True}, 60),
        ({"configured_seconds": 20, "is_overflowing": True}, 20),
    ],
)
def test_the_interval_follows_what_was_configured_what_is_asked_for_and_how_busy_a_place_is(facts, seconds):
    assert interval_of(**({"configured_seconds": 600} | facts)) == seconds


@given(
    configured=st.integers(min_value=1, max_value=DAY),
    asked=st.integers(min_value=0, max_value=10**9),
    gap=st.integers(min_value=0, max_value=10**9),
    quiet=st.floats(min_value=-DAY, max_value=10**10),
    overflowing=st.booleans(),
)
def test_no_interval_leaves_its_bounds(configured, asked, gap, quiet, overflowing):
    seconds = interval_of(
        configured_seconds=configured,
        asked_seconds=asked,
        usual_gap_seconds=gap,
        quiet_seconds=quiet,
        is_overflowing=overflowing,
    )

    assert min(asked, DAY) <= seconds <= DAY
    assert seconds >= min(configured, max(60, configured / 2))
    if asked <= configured:
        assert seconds <= max(configured, min(4 * configured, 6 * 3600))


def in_line(*hosts, busy=()):
    sources = [a_source(id=number, host=host) for number, host in enumerate(hosts, 1)]
    return [source.id for source in first_in_line(sources, host_of=lambda source: source.host, busy=busy)]


def test_one_source_of_each_public_host_may_be_asked_and_every_one_of_a_private_host():
    assert in_line("a.test", "a.test", "", "b.test", "", "a.test") == [1, 3, 4, 5]


def test_a_host_with_two_requests_under_way_takes_no_third_and_delays_no_other():
    assert in_line("a.test", "b.test", busy=["a.test"]) == [1, 2]
    assert in_line("a.test", "b.test", busy=["a.test", "a.test"]) == [2]


@given(st.lists(st.sampled_from(["", "a.test", "b.test", "c.test"])), st.lists(st.sampled_from(["a.test", "b.test"])))
def test_a_crowded_host_takes_no_turn_of_another(hosts, busy):
    chosen = [hosts[number - 1] for number in in_line(*hosts, busy=busy)]

    for host in ("a.test", "b.test", "c.test"):
        assert chosen.count(host) == (1 if host in hosts and busy.count(host) < 2 else 0)
    assert chosen.count("") == hosts.count("")
