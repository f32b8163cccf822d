"""Somebody leaves the workspace: their promises go to their cover or back to the team, and nothing else is lost."""

import pytest
from builders import CHANNEL, NOW, TEAM, a_message, later

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.sending.outbox import MessageKind
from engagement.voice.draft import Roles
from storage.sending.messages import queue_message
from storage.team.absences import go_away
from storage.team.availability import get_to_know
from storage.team.leaving import come_back, find_departure, has_left, leave, matters, owners_to_look_up
from storage.turns.reminders import find_reminder
from storage.voice.guide import save_roles

SAM = "USAM"


def go(team, who=SAM, *, at=NOW):
    team.write(leave, TEAM, who, at=at)


def know(team, who, *, cover="", at=NOW):
    team.write(get_to_know, TEAM, who, name=who, zone="", at=at)
    team.write(lambda tx: tx.run("UPDATE teammate SET cover = :cover WHERE slack_user = :who", cover=cover, who=who))


def promised(team, by=SAM, **post):
    conversation = team.hear(**post)
    team.press(Act.CLAIM, conversation, by=by)
    return conversation


def told(team):
    return team.rows("SELECT channel, subject, state FROM message WHERE kind = 'departure' ORDER BY id")


def test_what_somebody_had_promised_is_the_teams_again_and_its_channel_is_told_once(team):
    first, second = promised(team), promised(team)
    theirs = promised(team, by="UKIM")
    due_at = team.conversation(first).reply.due_at

    go(team)
    go(team)

    replies = [team.conversation(each).reply for each in (first, second, theirs)]
    assert [reply.state for reply in replies] == [ReplyState.OWED, ReplyState.OWED, ReplyState.CLAIMED]
    assert (replies[0].claimed_by, replies[0].due_at) == ("", due_at)
    assert [row["channel"] for row in told(team)] == [CHANNEL]
    departure = team.read(find_departure, int(told(team)[0]["subject"]), channel=CHANNEL)
    assert [row.conversation_id for row in departure.rows] == [first, second]
    assert (departure.slack_user, departure.heir, departure.promised) == (SAM, "", 2)


def test_a_cover_has_them_instead_and_is_told(team):
    know(team, SAM, cover="UKIM")
    conversation = promised(team)

    go(team)

    reply = team.conversation(conversation).reply
    assert (reply.state, reply.claimed_by, reply.assigned_by) == (ReplyState.CLAIMED, "UKIM", "")
    told_of = "SELECT channel FROM message WHERE channel = 'UKIM'"
    assert team.rows(told_of) == [{"channel": "UKIM"}]
    [reminder] = team.rows("SELECT id FROM reminder")
    told = team.read(find_reminder, reminder["id"])
    assert (told.about, told.has_left, told.left) == (SAM, True, 1)


def test_a_cover_who_may_not_answer_for_the_team_has_nothing_and_the_channel_is_told_so(team):
    know(team, SAM, cover="UKIM")
    conversation = promised(team)
    team.write(save_roles, TEAM, Roles(speak=(SAM, "UMIA")), by="U1", at=NOW)

    go(team)

    assert team.conversation(conversation).reply.state is ReplyState.OWED
    departure = team.read(find_departure, int(told(team)[0]["subject"]), channel=CHANNEL)
    assert (departure.heir, departure.barred) == ("", "UKIM")
    assert team.rows("SELECT id FROM reminder") == []


def test_a_cover_who_has_left_as_well_has_nothing(team):
    know(team, SAM, cover="UKIM")
    know(team, "UKIM")
    conversation = promised(team)
    go(team, "UKIM")

    go(team)

    assert team.conversation(conversation).reply.state is ReplyState.OWED


def test_what_they_decided_stays_in_the_history_and_nobody_decided_for_them(team):
    conversation = promised(team)

    go(team)

    acts = team.rows(
        "SELECT act, actor FROM history WHERE object = 'conversation' AND object_id = :id", id=conversation
    )
    assert [(row["act"], row["actor"]) for row in acts] == [("claim", SAM), ("hand back", "")]
    assert team.conversation(conversation).tagged_by == SAM


def test_what_is_answered_is_no_promise(team):
    conversation = promised(team)
    team.press(Act.ANSWERED, conversation, by=SAM)

    go(team)

    assert (told(team), team.conversation(conversation).reply.answered_by) == ([], SAM)


def test_what_still_waits_to_be_sent_to_them_is_sent_no_more(team):
    know(team, SAM)
    team.write(queue_message, workspace_id=TEAM, channel=SAM, kind=MessageKind.HELLO, subject="x", at=NOW)

    go(team)

    assert team.send_all(at=later(minutes=20)) == []


def test_each_channel_hears_of_its_own(team):
    promised(team)
    other = team.add_watch("Other", channel="C2")
    there = promised(team, watch=other)

    go(team)

    assert [row["channel"] for row in told(team)] == [CHANNEL, "C2"]
    departure = team.read(find_departure, int(told(team)[1]["subject"]), channel="C2")
    assert [row.conversation_id for row in departure.rows] == [there]


def test_who_comes_back_may_be_given_replies_again_and_leaves_again(team):
    know(team, SAM)
    go(team)
    assert team.read(has_left, TEAM, SAM)

    team.write(come_back, TEAM, SAM, at=NOW)

    assert not team.read(has_left, TEAM, SAM)
    promised(team)
    go(team, at=later(days=1))
    assert len(told(team)) == 1


@pytest.mark.parametrize("deactivated", [True, False])
def test_a_stranger_is_no_news(team, deactivated):
    assert not team.read(matters, TEAM, "USTRANGER", deactivated=deactivated)
    go(team, "USTRANGER")
    assert team.rows("SELECT id FROM teammate") == []


def test_slack_is_asked_once_a_day_about_whoever_has_promised_something(team):
    promised(team)
    promised(team, by="UKIM")
    know(team, "UKIM", at=NOW)

    assert team.read(owners_to_look_up, TEAM, asked_before=NOW) == [SAM]
    assert team.read(owners_to_look_up, TEAM, asked_before=later(days=1)) == ["UKIM", SAM]


def test_a_departure_that_is_not_there_is_none(team):
    assert team.read(find_departure, 7, channel=CHANNEL) is None
    assert a_message(channel=SAM).is_direct


def test_a_cover_who_is_away_gets_nothing(team):
    know(team, SAM, cover="UKIM")
    conversation = promised(team)
    team.write(go_away, TEAM, "UKIM", until=later(days=3), cover="", at=NOW)

    go(team)

    assert team.conversation(conversation).reply.state is ReplyState.OWED


@pytest.mark.parametrize(
    "gone",
    [
        go,
        lambda team: team.write(go_away, TEAM, SAM, until=later(days=3), cover="", at=NOW),
    ],
    ids=["has left", "is away"],
)
def test_a_promise_in_what_was_not_us_meanwhile_is_the_teams_again(team, gone):
    conversation = promised(team)
    team.press(Act.NOT_US, conversation)
    gone(team)

    team.press(Act.UNDO, conversation)

    reply = team.conversation(conversation).reply
    assert (reply.state, reply.claimed_by) == (ReplyState.OWED, "")
