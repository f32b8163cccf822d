"""What a server says about when to ask again, in each of the spellings that servers use."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from engagement.listening.hosts import Allowance
from feeds.wire.headers import allowance, fresh_seconds, retry_after

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())


def http_date(**after):
    return format_datetime(NOW + timedelta(**after), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Cache-Control": "max-age=600"}, 600),
        ({"cache-control": "public, MAX-AGE = 600"}, 600),
        ({"Cache-Control": 'max-age="600"'}, 600),
        ({"Cache-Control": "max-age=0"}, 0),
        ({"Cache-Control": "max-age=600, no-cache"}, None),
        ({"Cache-Control": "no-store"}, None),
        ({"Cache-Control": 'max-age=600, no-cache="Set-Cookie"'}, 600),
        ({"Cache-Control": "s-maxage=600"}, None),
        ({"Cache-Control": "s-maxage=86400, max-age=60"}, 60),
        ({"Cache-Control": "max-age=60, max-age=600"}, 60),
        ({"Cache-Control": "max-age=soon"}, None),
        ({"Cache-Control": "max-age=-5"}, None),
        ({"Cache-Control": "max-age=" + "9" * 5000}, 365 * 24 * 3600),
        ({"Cache-Control": "x-max-age=5"}, None),
        ({"Cache-Control": "max-age=600", "Age": "200"}, 400),
        ({"Cache-Control": "max-age=600", "Age": "700"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "old"}, 600),
        ({"Cache-Control": "max-age=600", "Expires": "0"}, 600),
        ({"Expires": http_date(minutes=5), "Date": http_date()}, 300),
        ({"Expires": http_date(minutes=5), "Date": http_date(), "Age": "60"}, 240),
        ({"Expires": http_date(minutes=5)}, 300),
        # A server whose clock is a day slow means the same five minutes.
        ({"Expires": http_date(days=-1, minutes=5), "Date": http_date(days=-1)}, 300),
        ({"Expires": http_date(minutes=-5), "Date": http_date()}, 0),
        ({"Expires": "0", "Date": http_date()}, 0),
        ({"Expires": "-1"}, 0),
        ({"Expires": "Thu, 99 Nonsense"}, 0),
        ({"Expires": ""}, 0),
        ({"Expires": http_date(days=4000), "Date": http_date()}, 365 * 24 * 3600),
        ({"Cache-Control": "max-age=soon", "Expires": http_date(minutes=5), "Date": http_date()}, 300),
    ],
    ids=str,
)
def test_how_long_an_answer_stays_fresh(headers, seconds):
    assert fresh_seconds(CIMultiDict(headers), now=NOW) == seconds


def test_a_cache_control_in_several_lines_counts_as_one():
    headers = CIMultiDict([("Cache-Control", "max-age=600"), ("Cache-Control", "no-cache")])

    assert fresh_seconds(headers, now=NOW) is None


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"x-ratelimit-remaining": "58.0", "x-ratelimit-reset": "417"}, (58, 417)),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "31"}, (0, 31)),
        ({"X-RateLimit-Remaining": "0.9", "X-RateLimit-Reset": "30.5"}, (0, 30)),
        ({"X-RateLimit-Remaining": "59", "X-RateLimit-Reset": str(EPOCH + 1800)}, (59, 1800)),
        ({"X-RateLimit-Remaining": "59", "X-RateLimit-Reset": str((EPOCH + 90) * 1000)}, (59, 90)),
        ({"X-RateLimit-Remaining": "299", "X-RateLimit-Reset": "2026-11-22T09:05:00.000000Z"}, (299, 300)),
        ({"X-RateLimit-Remaining": "1", "X-RateLimit-Reset": http_date(minutes=1)}, (1, 60)),
        ({"X-RateLimit-Remaining": "1", "X-RateLimit-Reset": str(EPOCH - 5)}, (1, 0)),
        ({"X-Rate-Limit-Remaining": "7", "X-Rate-Limit-Reset": "60"}, (7, 60)),
        ({"RateLimit-Remaining": "2999", "RateLimit-Reset": str(EPOCH + 300)}, (2999, 300)),
        ({"X-RateLimit-Remaining": "4", "X-RateLimit-Reset-After": "1.25"}, (4, 1)),
        ({"RateLimit": "limit=100, remaining=50, reset=5"}, (50, 5)),
        ({"RateLimit": '"default";r=50;t=30'}, (50, 30)),
        ({"RateLimit": '"burst";r=9;t=1, "daily";r=10;t=86400'}, (10, 86_400)),
        ({"RateLimit": '"default";r=50'}, None),
        ({"X-RateLimit-Remaining": "-3", "X-RateLimit-Reset": "60"}, (0, 60)),
        ({"X-RateLimit-Remaining": "3", "X-RateLimit-Reset": "9" * 15}, (3, 86_400)),
        ({"X-RateLimit-Remaining": "3"}, None),
        ({"X-RateLimit-Reset": "60"}, None),
        ({"X-RateLimit-Remaining": "many", "X-RateLimit-Reset": "60"}, None),
        ({"X-RateLimit-Remaining": "nan", "X-RateLimit-Reset": "inf"}, None),
        ({"X-RateLimit-Remaining": "9" * 5000, "X-RateLimit-Reset": "60"}, None),
    ],
    ids=str,
)
def test_how_many_requests_a_host_still_takes(headers, expected):
    found = allowance(CIMultiDict(headers), now=NOW)

    assert found == (Allowance(remaining=expected[0], reset_seconds=expected[1]) if expected else None)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": "60"}, 60),
        ({"Retry-After": "1.5"}, 1),
        ({"Retry-After": http_date(minutes=5)}, 300),
        ({"Retry-After": http_date(minutes=-5)}, 0),
        ({"Retry-After": "99999999"}, 86_400),
        ({"Retry-After": "-5"}, 0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "inf"}, None),
        ({"Retry-After": "soon", "X-Ratelimit-Reset": "31"}, 31),
        ({"X-Ratelimit-Reset": "31"}, 31),
        ({"X-Ratelimit-Reset": str(EPOCH + 40)}, 40),
        ({"X-Ratelimit-Remaining": "0", "X-Ratelimit-Reset": "31"}, 31),
        # GitHub names the end of the hour with every answer, also with an error of its own.
        ({"X-Ratelimit-Remaining": "59", "X-Ratelimit-Reset": "3000"}, None),
        ({"RateLimit": '"default";r=0;t=30'}, 30),
        ({"Retry-After": "7", "X-Ratelimit-Reset": "31"}, 7),
    ],
    ids=str,
)
def test_how_long_a_server_asks_us_to_wait(headers, seconds):
    """Zero is an answer: reading it as absent makes a client wait for hours instead of not at all."""
    assert retry_after(CIMultiDict(headers), now=NOW) == seconds


NAMES = st.sampled_from(
    [
        "Cache-Control",
        "Expires",
        "Date",
        "Age",
        "Retry-After",
        "RateLimit",
        "X-RateLimit-Remaining",
        "X-RateLimit-Reset",
    ]
)
VALUES = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"[-+]?[0-9]{1,30}(\.[0-9]{1,3})?", fullmatch=True),
    st.from_regex(r"(max-age|remaining|r|t|reset)=[0-9]{0,25}[;,]? ?(no-cache|t=[0-9]+)?", fullmatch=True),
    st.datetimes().map(lambda moment: format_datetime(moment.replace(tzinfo=UTC), usegmt=True)),
    st.datetimes().map(datetime.isoformat),
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_no_header_whatever_raises_or_asks_for_more_than_a_day(pairs):
    headers = CIMultiDict(pairs)
    fresh, left, wait = fresh_seconds(headers, now=NOW), allowance(headers, now=NOW), retry_after(headers, now=NOW)

    assert fresh is None or 0 <= fresh <= 365 * 24 * 3600
    assert wait is None or 0 <= wait <= 86_400
    assert left is None or (left.remaining >= 0 and 0 <= left.reset_seconds <= 86_400)
