from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from engagement.pacing import LONGEST_BACK_OFF_SECONDS, next_poll, spread_of

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECONDS = st.integers(min_value=1, max_value=14 * 24 * 3600)
FAILURES = st.integers(min_value=0, max_value=10**9)
RETRY_AFTER = st.none() | st.integers(min_value=-10, max_value=10**30)
SPREAD = st.floats(min_value=0, max_value=1, exclude_max=True)


def wait_for(*, interval_seconds=900, failures=0, retry_after_seconds=None, spread=0.5) -> float:
    due = next_poll(
        now=NOW,
        interval_seconds=interval_seconds,
        failures=failures,
        retry_after_seconds=retry_after_seconds,
        spread=spread,
    )
    return (due - NOW).total_seconds()


def test_a_healthy_source_is_polled_after_its_interval_and_up_to_a_tenth_more():
    assert wait_for(interval_seconds=900, spread=0) == 900
    assert wait_for(interval_seconds=900, spread=0.5) == 945


@given(interval=SECONDS, failures=FAILURES, retry_after=RETRY_AFTER, spread=SPREAD)
def test_no_source_is_asked_before_its_interval_or_before_it_said(interval, failures, retry_after, spread):
    wait = wait_for(interval_seconds=interval, failures=failures, retry_after_seconds=retry_after, spread=spread)

    assert wait >= interval
    assert wait >= min(retry_after or 0, 365 * 24 * 3600)


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


@given(url=st.text())
def test_the_spread_of_a_url_is_a_share(url):
    assert 0 <= spread_of(url) < 1
    assert spread_of(url) == spread_of(url)


def test_the_spread_has_no_crowded_corner():
    spreads = [spread_of(f"https://community.example/feeds/{number}.xml") for number in range(1000)]
    tenths = [sum(1 for spread in spreads if int(spread * 10) == tenth) for tenth in range(10)]

    assert min(tenths) > 60
