"""When a roll-up is due, on the clocks of a team."""

from datetime import datetime, timedelta

import pytest
from builders import NOW, a_schedule, later, owed
from hypothesis import given
from hypothesis import strategies as st

from engagement.calm.rollup import RolledUp, Rollup, told_up_to
from engagement.conversations.conversation import Reply, ReplyState
from engagement.listing import Waiting
from engagement.understanding.reading import Kind, Tag
from engagement.watch import Delivery

# Clocks that change by an hour and by half an hour, and one that stands three quarters of an hour off.
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
MOMENTS = st.integers(min_value=-60_000_000, max_value=30_000_000).map(lambda seconds: later(seconds=seconds))
CALM = st.sampled_from([Delivery.HOURLY, Delivery.DAILY])
LONGEST = {Delivery.HOURLY: timedelta(hours=1), Delivery.DAILY: timedelta(hours=25)}


@pytest.mark.parametrize(
    ("delivery", "zone", "now", "expected"),
    [
        (Delivery.HOURLY, "UTC", "2026-11-18T14:20+00:00", "2026-11-18T14:00+00:00"),
        (Delivery.HOURLY, "UTC", "2026-11-18T14:00+00:00", "2026-11-18T14:00+00:00"),
        (Delivery.HOURLY, "Asia/Kathmandu", "2026-11-18T14:20+00:00", "2026-11-18T14:15+00:00"),
        (Delivery.DAILY, "UTC", "2026-11-18T14:20+00:00", "2026-11-18T09:00+00:00"),
        (Delivery.DAILY, "UTC", "2026-11-18T08:59+00:00", "2026-11-17T09:00+00:00"),
        (Delivery.DAILY, "Europe/Berlin", "2026-11-18T08:00+00:00", "2026-11-18T08:00+00:00"),
        (Delivery.DAILY, "Pacific/Auckland", "2026-11-18T21:00+00:00", "2026-11-18T20:00+00:00"),
        (Delivery.NOW, "UTC", "2026-11-18T14:20+00:00", "2026-11-18T14:20+00:00"),
    ],
    ids=[
        "the hour that runs has begun at its full hour",
        "at the full hour itself",
        "a full hour is one of the team's own clocks",
        "a day is told at the hour of the digest",
        "and before it that of yesterday",
        "on the team's own clock",
        "where tomorrow has begun already",
        "what is delivered at once is due at once",
    ],
)
def test_all_is_told_that_was_new_before_the_last_full_hour_or_day(delivery, zone, now, expected):
    moment = datetime.fromisoformat(now)

    assert told_up_to(delivery, a_schedule(zone=zone), moment) == datetime.fromisoformat(expected)


@given(delivery=CALM, zone=ZONES, now=MOMENTS)
def test_a_period_never_ends_in_the_future_nor_long_ago(delivery, zone, now):
    ended = told_up_to(delivery, a_schedule(zone=zone), now)

    assert timedelta() <= now - ended <= LONGEST[delivery]
    assert told_up_to(delivery, a_schedule(zone=zone), ended) == ended


@given(delivery=CALM, zone=ZONES, now=MOMENTS, passed=st.integers(min_value=0, max_value=200_000))
def test_as_time_passes_no_period_comes_back(delivery, zone, now, passed):
    schedule = a_schedule(zone=zone)

    assert told_up_to(delivery, schedule, now + timedelta(seconds=passed)) >= told_up_to(delivery, schedule, now)


@pytest.mark.parametrize(
    ("facts", "settled"),
    [
        ({}, False),
        ({"ours_to_answer": False}, False),
        ({"tag": Tag.LISTEN}, True),
        ({"tag": Tag.INTERACT, "reply": owed()}, False),
        ({"reply": Reply(state=ReplyState.ANSWERED_BY_OTHERS)}, True),
        ({"dismissed_by": "U1"}, True),
    ],
    ids=[
        "a question nobody has looked at",
        "a mention nobody has looked at",
        "listened to",
        "tagged, and the reply is owed",
        "answered",
        "not us",
    ],
)
def test_a_row_is_settled_once_somebody_decided_and_nobody_has_to_answer(facts, settled):
    given_ = {"reply": Reply(), "tag": None} | facts
    waiting = Waiting(
        conversation_id=1,
        version=1,
        title="",
        url="",
        community="",
        author="",
        kind=Kind.QUESTION,
        since=NOW,
        pressing_since=NOW,
        **given_,
    )

    assert RolledUp(waiting=waiting).is_settled is settled


def test_a_roll_up_tells_of_all_that_was_new_also_where_it_lists_only_a_few():
    rollup = Rollup(
        id=1,
        workspace_id="T1",
        channel="C1",
        delivery=Delivery.HOURLY,
        starts_at=NOW,
        ends_at=later(hours=1),
        kinds=((Kind.QUESTION, 12), (Kind.PRAISE, 3)),
        watches=("Tidewiki",),
        rows=(),
        waiting=15,
    )

    assert rollup.told == 15
