"""What nobody knows to be about us: in no list but its own, asked about once a day, and decided like anything else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import CHANNEL, DEFAULT_LIMITS, NOW, TEAM, a_post, a_sighting, later

from engagement.calm.brake import BrakeLimits
from engagement.calm.mute import MuteScope
from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act, Decided, Outdated, Press
from engagement.digest.week import Week
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind
from engagement.understanding.unsure import NextShown, NextShownBefore
from storage.calm.mutes import add_mute
from storage.conversations.cards import count_cards_since, count_untouched
from storage.conversations.waiting import count_untagged, count_waiting, waiting_for_us
from storage.digest.weeks import week_of
from storage.listening.appearances import appearances_since
from storage.sending.messages import find_message
from storage.understanding.answers import say_us
from storage.understanding.unsure import ask_channel, channels_to_ask, find_doubts, show_next
from storage.workspaces import find_workspace

DAY = "2026-11-19"
MORNING = later(hours=19)


def hear_unsure(team, *, at=NOW, sure=False, kind=Kind.QUESTION, **post):
    """Hear a question in which a name stands and nothing that must be near it; return its conversation's number."""
    heard = a_post(**post)
    team.poll(heard, sightings=[a_sighting(team.watch, heard, kind=kind, sure=sure)], at=at)
    sql = "SELECT id FROM conversation WHERE thread_key = :thread"
    return team.rows(sql, thread=heard.thread_key)[0]["id"]


def ask(team, *, day=DAY, at=MORNING):
    workspace = team.read(find_workspace, TEAM)
    for channel in team.read(channels_to_ask, workspace, day=day, until=at):
        team.write(ask_channel, workspace, channel, day=day, until=at, at=at)
    return [row["id"] for row in team.rows("SELECT id FROM unsure_list ORDER BY id")]


def us(team, conversation_id, *, by="U2", at=MORNING, drawn=1, limits=DEFAULT_LIMITS):
    press = Press(act=Act.US, conversation_id=conversation_id, by=by, drawn=drawn)
    return team.write(say_us, press, workspace_id=TEAM, limits=limits, at=at)


def notes_below(team, conversation_id):
    """Return the numbers of the mentions that stand in the thread of a conversation's card."""
    return team.rows(
        """SELECT CAST(note.subject AS BIGINT) AS id FROM message AS note
           JOIN message AS card ON card.id = note.parent_id
           WHERE note.kind = 'note' AND card.kind = 'card' AND card.subject = :subject ORDER BY note.id""",
        subject=str(conversation_id),
    )


def messages(team, kind):
    return team.rows("SELECT * FROM message WHERE kind = :kind ORDER BY id", kind=kind.value)


def test_what_is_unsure_has_no_card_and_stands_in_no_list(team):
    hear_unsure(team)

    assert messages(team, MessageKind.CARD) == []
    assert (team.read(count_waiting, TEAM), team.read(count_untagged, TEAM)) == (0, 0)
    assert team.read(count_untouched, TEAM, CHANNEL) == 0
    assert team.read(count_cards_since, TEAM, CHANNEL, later(hours=-1)) == 0
    assert team.read(appearances_since, TEAM, later(days=-1)) == []
    week = team.read(week_of, TEAM, starts_at=later(days=-1), ends_at=later(days=1))
    assert replace(week, posts_read=0) == Week()


def test_a_later_mention_in_its_thread_makes_no_noise_either(team):
    opened = hear_unsure(team, thread_key="one")
    hear_unsure(team, thread_key="one", at=later(minutes=5))

    assert team.conversation(opened).unsure
    assert messages(team, MessageKind.CARD) == messages(team, MessageKind.NOTE) == []


def test_a_later_mention_that_is_sure_brings_the_card_by_itself(team):
    opened = hear_unsure(team, thread_key="one")
    hear_unsure(team, thread_key="one", sure=True, at=later(days=2))

    assert not team.conversation(opened).unsure
    assert [row["subject"] for row in messages(team, MessageKind.CARD)] == [str(opened)]
    assert team.read(count_waiting, TEAM) == 1
    assert team.card(opened).more == 1


def test_what_was_said_before_it_was_sure_stands_in_the_thread_of_the_card(team):
    opened = hear_unsure(team, thread_key="one")
    hear_unsure(team, thread_key="one", at=later(minutes=5))
    hear_unsure(team, thread_key="one", sure=True, at=later(minutes=9))

    assert notes_below(team, opened) == team.rows("SELECT id FROM mention WHERE id > 1")
    hear_unsure(team, thread_key="one", at=later(minutes=12))
    assert len(notes_below(team, opened)) == 3


def test_us_brings_along_what_was_said_later_but_not_what_is_muted(team):
    opened = hear_unsure(team, thread_key="one", author="kim")
    hear_unsure(team, thread_key="one", author="pat")
    hear_unsure(team, thread_key="one", author="lee")
    team.write(lambda tx: tx.run("UPDATE mention SET mute_id = 1 WHERE id = 2"))

    us(team, opened)

    assert notes_below(team, opened) == [{"id": 3}]
    us(team, opened)
    assert len(notes_below(team, opened)) == 1


def test_nobody_writes_about_us_for_the_second_time_after_one_that_was_unsure(team):
    hear_unsure(team, author="kim")
    conversation_id = hear_unsure(team, author="kim", sure=True)

    assert team.card(conversation_id).times_seen == 1


def test_both_at_once_make_one_card(team):
    first, second = a_post(thread_key="one"), a_post(thread_key="one")
    sightings = [replace(a_sighting(team.watch, first), sure=False), a_sighting(team.watch, second)]

    team.poll(first, second, sightings=sightings)

    assert len(messages(team, MessageKind.CARD)) == 1


def test_what_was_said_not_to_be_us_stays_out_when_somebody_goes_on(team):
    opened = hear_unsure(team, thread_key="one")
    team.press(Act.NOT_US, opened)
    hear_unsure(team, thread_key="one", sure=True, at=later(days=2))

    assert messages(team, MessageKind.CARD) == []


def test_a_channel_is_asked_once_a_day_and_only_when_there_is_something(team):
    assert ask(team) == []
    hear_unsure(team, title="High tide")
    [asked] = ask(team)
    hear_unsure(team, at=MORNING + timedelta(minutes=1))

    assert ask(team, at=MORNING + timedelta(hours=2)) == [asked]
    doubts = team.read(find_doubts, asked)
    assert [doubt.opening.stored.post.title for doubt in doubts.doubts] == ["High tide"]
    assert (doubts.left, doubts.more, doubts.page) == (1, 0, 0)
    assert len(messages(team, MessageKind.UNSURE)) == 1
    assert len(ask(team, day="2026-11-20", at=MORNING + timedelta(days=1))) == 2


def test_what_came_after_the_hour_is_asked_about_the_next_day(team):
    hear_unsure(team, at=MORNING)

    assert ask(team) == []
    assert ask(team, day="2026-11-20", at=MORNING + timedelta(days=1)) != []


def test_what_nobody_answered_is_not_asked_again(team):
    hear_unsure(team)
    asked = ask(team)

    assert ask(team, day="2026-11-20", at=MORNING + timedelta(days=1)) == asked


def test_nobody_is_asked_about_a_watch_that_was_stopped(team):
    hear_unsure(team)
    team.write(lambda tx: tx.run("UPDATE watch SET stopped_at = '2026-11-18T15:00:00.000Z'"))

    assert ask(team) == []


def test_us_posts_the_card_and_it_waits_like_any_other(team):
    conversation_id = hear_unsure(team)
    [asked] = ask(team)
    team.send_all(at=MORNING)

    assert isinstance(us(team, conversation_id, by="U7"), Decided)

    assert [row["subject"] for row in messages(team, MessageKind.CARD)] == [str(conversation_id)]
    assert team.read(count_waiting, TEAM) == 1
    assert team.read(count_cards_since, TEAM, CHANNEL, MORNING - timedelta(hours=1)) == 1
    [doubt] = team.read(find_doubts, asked).doubts
    assert (doubt.is_open, doubt.us_by) == (False, "U7")
    assert team.read(find_message, MessageKind.UNSURE, str(asked)).stale
    team.press(Act.INTERACT, conversation_id)
    assert team.conversation(conversation_id).reply.state is ReplyState.OWED


def test_us_passes_the_brake(team):
    numbers = [hear_unsure(team) for _ in range(3)]
    limits = BrakeLimits(cards_per_hour=2)

    for number in numbers:
        us(team, number, limits=limits)

    assert [row["state"] for row in messages(team, MessageKind.CARD)] == ["waiting", "waiting", "held"]


def test_the_second_to_decide_changes_nothing_and_hears_who_was_first(team):
    conversation_id = hear_unsure(team)
    team.press(Act.NOT_US, conversation_id, by="U1", drawn=1)

    outcome = us(team, conversation_id, by="U2", drawn=1)

    assert isinstance(outcome, Outdated)
    assert (outcome.first.act, outcome.first.by) == (Act.NOT_US, "U1")
    assert messages(team, MessageKind.CARD) == []


def test_not_us_is_counted_as_such_and_can_be_undone(team):
    conversation_id = hear_unsure(team)
    [asked] = ask(team)

    team.press(Act.NOT_US, conversation_id, by="U1")
    week = team.read(week_of, TEAM, starts_at=later(days=-1), ends_at=later(days=1))
    assert (week.mentions, week.not_us) == (0, 1)
    assert team.read(find_doubts, asked).left == 0

    team.press(Act.UNDO, conversation_id)
    assert team.read(find_doubts, asked).left == 1
    assert isinstance(us(team, conversation_id, drawn=3), Decided)


def test_the_next_ten_come_into_the_thread_once(team):
    for number in range(23):
        hear_unsure(team, title=f"tide {number}", at=later(minutes=number))
    [first] = ask(team)
    assert (team.read(find_doubts, first).left, team.read(find_doubts, first).more) == (23, 13)

    assert team.write(show_next, first, workspace_id=TEAM, by="U1", at=MORNING) == NextShown()
    again = team.write(show_next, first, workspace_id=TEAM, by="U2", at=MORNING)
    assert again == NextShownBefore(by="U1", at=MORNING)

    before, after = messages(team, MessageKind.UNSURE)
    assert (after["parent_id"], before["stale"]) == (before["id"], 1)
    second = team.read(find_doubts, int(after["subject"]))
    assert [doubt.opening.stored.post.title for doubt in second.doubts] == [
        f"tide {number}" for number in range(10, 20)
    ]
    assert (second.page, second.asked_by, second.more) == (1, "U1", 3)
    assert team.read(find_doubts, first).more == 0

    team.write(show_next, second.id, workspace_id=TEAM, by="U1", at=MORNING)
    third = team.read(find_doubts, int(messages(team, MessageKind.UNSURE)[-1]["subject"]))
    assert (len(third.doubts), third.more) == (3, 0)
    assert team.write(show_next, third.id, workspace_id=TEAM, by="U1", at=MORNING) is None


@pytest.mark.parametrize("list_id", [1, 99], ids=["of another workspace", "that is not there"])
def test_a_list_that_is_not_ours_shows_nothing(team, list_id):
    hear_unsure(team)
    ask(team)

    assert team.write(show_next, list_id, workspace_id="TOTHER", by="U1", at=MORNING) is None
    assert team.read(find_doubts, 99) is None


def test_who_asks_in_what_was_unsure_is_who_waits(team):
    conversation = hear_unsure(team, thread_key="thread", kind=Kind.OTHER)
    later_on = a_post("asks", thread_key="thread", title="And how do I export?", published_at=later(hours=2))

    team.poll(later_on, sightings=[a_sighting(team.watch, later_on)], at=later(hours=2))

    [waiting] = team.read(waiting_for_us, TEAM, limit=5)
    assert (waiting.title, waiting.since) == ("And how do I export?", later(hours=2))
    assert team.conversation(conversation).reply.warn_at > later(hours=2)


def test_nobody_is_asked_about_what_is_muted(team):
    team.write(add_mute, TEAM, MuteScope.COMMUNITY, community="forum.example", until=None, by="U1", at=NOW)
    hear_unsure(team)

    assert ask(team) == []
