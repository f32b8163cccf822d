"""Who is reminded of what, and when."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import NOW, a_line, answered, claimed, later, owed
from hypothesis import given
from hypothesis import strategies as st

from engagement.turns.reminders import Reminder, ReminderKind, to_remind_of
from engagement.turns.target import WorkingHours

OFFICE = WorkingHours(zone=ZoneInfo("UTC"))
FIVE = NOW.replace(hour=17)


def promise(number, *, warn_at, due_at=None):
    return a_line(number, reply=claimed(warn_at=warn_at, due_at=due_at or warn_at + timedelta(hours=2)))


def numbers(rows):
    return [row.conversation_id for row in rows]


def test_a_promise_is_reminded_of_once_three_quarters_of_its_time_have_passed():
    assert to_remind_of([promise(1, warn_at=later(minutes=1))], OFFICE, now=NOW) == ()
    assert numbers(to_remind_of([promise(1, warn_at=NOW)], OFFICE, now=NOW)) == [1]


def test_what_comes_up_later_in_the_day_is_told_with_it_and_what_comes_up_tomorrow_is_not():
    today, tomorrow = promise(1, warn_at=FIVE - timedelta(seconds=1)), promise(2, warn_at=later(days=1))
    late = promise(3, warn_at=later(days=-2))

    assert numbers(to_remind_of([tomorrow, today, late], OFFICE, now=NOW)) == [3, 1]


def test_what_has_no_time_is_never_reminded_of():
    assert to_remind_of([a_line(1, reply=claimed(warn_at=None))], OFFICE, now=NOW) == ()


@pytest.mark.parametrize("at", ["2026-11-18T08:59", "2026-11-18T17:00", "2026-11-21T12:00"])
def test_nobody_is_reminded_while_they_do_not_work(at):
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)

    assert to_remind_of([promise(1, warn_at=later(days=-1))], OFFICE, now=now) == ()


@given(st.lists(st.timedeltas(timedelta(days=-5), timedelta(days=5)), max_size=6))
def test_nothing_that_is_warned_of_is_left_out_of_a_reminder(waits):
    promises = [promise(number, warn_at=NOW + wait) for number, wait in enumerate(waits)]

    told = to_remind_of(promises, OFFICE, now=NOW)

    warned = {each.conversation_id for each in promises if each.reply.warn_at <= NOW}
    assert warned <= set(numbers(told))
    assert bool(told) is bool(warned)


@pytest.mark.parametrize(
    ("kind", "reply", "waits"),
    [
        (ReminderKind.PROMISED, claimed(claimed_by="U2"), True),
        (ReminderKind.PROMISED, claimed(claimed_by="U3"), False),
        (ReminderKind.PROMISED, owed(), False),
        (ReminderKind.COVER, claimed(claimed_by="U2"), True),
        (ReminderKind.UNOWNED, owed(), True),
        (ReminderKind.UNOWNED, claimed(claimed_by="U2"), False),
        (ReminderKind.UNOWNED, answered(), False),
    ],
)
def test_a_list_knows_what_is_left_of_it(kind, reply, waits):
    reminder = Reminder(kind=kind, recipient="U2", rows=(a_line(1, reply=reply),), told_at=NOW)

    assert reminder.left == int(waits)


def test_what_somebody_put_aside_is_not_left():
    rows = (a_line(1, reply=claimed(claimed_by="U2"), is_muted=True),)

    assert Reminder(kind=ReminderKind.PROMISED, recipient="U2", rows=rows, told_at=NOW).left == 0
