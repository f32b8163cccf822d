"""Somebody is away: where their promises go, and who is told."""

import pytest
from builders import NOW, TEAM, later

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.turns.reminders import ReminderKind
from engagement.voice.draft import Roles
from storage.team.absences import HandedOver, come_back, go_away
from storage.team.availability import availability_of
from storage.turns.reminders import find_reminder, remind
from storage.voice.guide import save_roles

NEXT_WEEK = later(days=7)


@pytest.fixture
def promised(team):
    """Two questions that U2 has promised to answer, beside one of U3."""
    questions = [team.hear() for _ in range(3)]
    for each, by in zip(questions, ["U2", "U2", "U3"], strict=True):
        team.press(Act.CLAIM, each, by=by)
    return questions[:2]


def go(team, cover="", *, at=NOW):
    return team.write(go_away, TEAM, "U2", until=NEXT_WEEK, cover=cover, at=at)


def test_who_covers_has_the_promises_and_gets_one_message_that_lists_them(team, promised):
    assert go(team, "U4") == HandedOver(covered=2)

    replies = [team.conversation(each).reply for each in promised]
    assert [(reply.claimed_by, reply.assigned_by) for reply in replies] == [("U4", "U2")] * 2
    [message] = team.rows("SELECT channel, subject FROM message WHERE kind IN ('reminder', 'assigned')")
    reminder = team.read(find_reminder, int(message["subject"]))
    assert (message["channel"], reminder.kind, reminder.about) == ("U4", ReminderKind.COVER, "U2")
    assert [row.conversation_id for row in reminder.rows] == promised
    assert reminder.until == NEXT_WEEK


def test_without_anybody_to_cover_the_promises_go_back_to_the_team(team, promised):
    assert go(team) == HandedOver(handed_back=2)

    assert [team.conversation(each).reply.state for each in promised] == [ReplyState.OWED] * 2
    assert team.rows("SELECT id FROM reminder") == []


def test_a_cover_who_may_not_answer_for_the_team_gets_nothing_and_covers_for_nobody(team, promised):
    team.write(save_roles, TEAM, Roles(speak=("U2", "U3")), by="U1", at=NOW)

    assert go(team, "U4") == HandedOver(handed_back=2, barred=True)
    assert [team.conversation(each).reply.state for each in promised] == [ReplyState.OWED] * 2
    assert team.rows("SELECT id FROM reminder") == []
    assert team.read(availability_of, TEAM, "U2").cover == ""


def test_who_has_promised_nothing_hands_nothing_over_and_tells_nobody(team):
    assert go(team, "U4") == HandedOver()
    assert team.rows("SELECT id FROM reminder") == []


def test_who_is_away_is_away_until_the_day_or_until_they_are_back(team):
    go(team, "U4")
    away = team.read(availability_of, TEAM, "U2")
    assert (away.is_away(NOW), away.is_away(NEXT_WEEK), away.cover) == (True, False, "U4")

    team.write(come_back, TEAM, "U2", at=later(days=1))

    assert not team.read(availability_of, TEAM, "U2").is_away(later(days=1))
    acts = team.rows("SELECT act, actor FROM history WHERE object = 'teammate' ORDER BY id")
    assert [(line["act"], line["actor"]) for line in acts] == [("away", "U2"), ("back", "U2")]


def test_nobody_is_reminded_while_they_are_away(team):
    question = team.hear()
    go(team)
    team.press(Act.CLAIM, question, by="U2")

    assert team.write(remind, now=later(hours=22)) == 0
