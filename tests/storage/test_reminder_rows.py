"""Reminders in rows: who is told, once, of what stands then; and what a list says later."""

from datetime import UTC, datetime

import pytest
from builders import CHANNEL, NOW, TEAM, later

from engagement.conversations.press import Act
from engagement.sending.outbox import MessageKind
from engagement.turns.reminders import ReminderKind
from engagement.understanding.reading import Kind
from storage.sending.messages import find_message
from storage.team.availability import get_to_know
from storage.turns.reminders import find_reminder, remind, reminders_due

# A question of Wednesday at 14:00 is warned of on Thursday at 12:00.
WARNED = later(hours=22)


def told(team, kind):
    rows = team.rows("SELECT id, recipient FROM reminder WHERE kind = :kind ORDER BY id", kind=kind.value)
    return [(row["recipient"], [line.conversation_id for line in lines(team, row["id"])]) for row in rows]


def lines(team, reminder_id):
    return team.read(find_reminder, reminder_id).rows


@pytest.fixture
def promised(team):
    """Two questions that U2 has promised to answer."""
    questions = [team.hear(), team.hear()]
    for each in questions:
        team.press(Act.CLAIM, each, by="U2")
    return questions


def test_an_owner_is_told_of_everything_at_once_and_once_a_day(team, promised):
    assert team.write(remind, now=later(hours=21)) == 0

    assert team.write(remind, now=WARNED) == 1
    assert team.write(remind, now=later(hours=23)) == 0
    assert team.write(remind, now=later(days=1, hours=23)) == 1

    assert told(team, ReminderKind.PROMISED) == [("U2", promised)] * 2
    rows = team.rows("SELECT channel, kind, subject FROM message WHERE kind = 'reminder' ORDER BY id")
    assert [row["channel"] for row in rows] == ["U2", "U2"]


@pytest.mark.parametrize("act", [Act.ANSWERED, Act.NOT_US, Act.HAND_BACK])
def test_what_is_done_or_handed_back_is_nobodys_promise_any_more(team, promised, act):
    for each in promised:
        team.press(act, each, by="U2", at=later(hours=1))
    team.write(remind, now=WARNED)

    assert told(team, ReminderKind.PROMISED) == []


def test_what_is_put_aside_is_not_reminded_of(team, promised):
    for each in promised:
        team.press(Act.SNOOZE, each, by="U2", until=later(days=3), at=later(hours=1))

    assert team.read(reminders_due, now=WARNED) == []


def test_an_owner_is_told_in_their_own_hours(team):
    team.write(get_to_know, TEAM, "U2", name="Kiri", zone="Pacific/Auckland", at=NOW)
    question = team.hear()
    team.press(Act.CLAIM, question, by="U2")

    # At noon in London it is one at night in Auckland; there it is nine at 20:00.
    assert team.write(remind, now=datetime(2026, 11, 19, 12, tzinfo=UTC)) == 0
    assert team.write(remind, now=datetime(2026, 11, 19, 20, tzinfo=UTC)) == 1


def test_what_nobody_has_is_told_to_its_channel_once(team):
    waiting = [team.hear(), team.hear()]
    team.press(Act.INTERACT, waiting[1])
    team.hear(kind=Kind.PRAISE)
    assert team.write(remind, now=later(hours=21)) == 0

    assert team.write(remind, now=WARNED) == 1
    assert team.write(remind, now=later(days=1, hours=23)) == 0

    assert told(team, ReminderKind.UNOWNED) == [(CHANNEL, waiting)]


def test_a_channel_is_told_once_an_hour_and_of_what_it_was_not_told_of(team):
    first = team.hear()
    team.write(remind, now=WARNED)
    second = team.hear(at=later(minutes=20))
    assert team.write(remind, now=later(hours=22, minutes=30)) == 0
    assert team.write(remind, now=later(hours=23)) == 1

    assert told(team, ReminderKind.UNOWNED) == [(CHANNEL, [first]), (CHANNEL, [second])]


def test_what_is_handed_back_after_the_channel_knew_is_told_again_when_it_is_due(team):
    question = team.hear()
    team.write(remind, now=WARNED)
    team.press(Act.CLAIM, question, by="U2", at=later(hours=23))
    team.press(Act.HAND_BACK, question, by="U2", at=later(hours=24))

    assert team.write(remind, now=later(days=1, hours=23)) == 1


def test_nobody_is_told_at_the_weekend(team):
    team.hear(at=later(days=2))

    assert team.read(reminders_due, now=later(days=4)) == []


def test_a_list_says_how_its_rows_stand_now_and_is_redrawn(team, promised):
    team.write(remind, now=WARNED)
    team.send_all(at=WARNED)

    team.press(Act.ANSWERED, promised[0], by="U2", at=later(hours=23))

    [row] = team.rows("SELECT id FROM reminder WHERE kind = 'promised'")
    assert team.read(find_reminder, row["id"]).left == 1
    assert team.read(find_message, MessageKind.REMINDER, str(row["id"])).stale


def test_what_is_not_there_is_not_found(team):
    assert team.read(find_reminder, 77) is None
