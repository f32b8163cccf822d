"""The outbox: each message once, in order, and never twice because of a doubt."""

from datetime import timedelta

import pytest
from builders import CHANNEL, NOW, TEAM, later

from engagement.calm.brake import ShownBefore
from engagement.conversations.press import Act
from engagement.sending.outbox import (
    MessageKind,
    MessageState,
    Unsent,
    not_found,
    posted,
    refused,
    slowed_down,
    unheard,
)
from storage.calm.brakes import find_brake, release_brake
from storage.sending.messages import (
    doubt_what_was_sending,
    find_message,
    finish_redraw,
    mark_stale,
    messages_to_find,
    messages_to_redraw,
    messages_to_send,
    queue_message,
    redraw_later,
    save_message,
    start_redraw,
    start_sending,
    try_channel_now,
    unsent_messages,
)


@pytest.fixture
def queue(team):
    def queues(subject, *, channel=CHANNEL, kind=MessageKind.CARD, at=NOW, **facts):
        return team.write(queue_message, workspace_id=TEAM, channel=channel, kind=kind, subject=subject, at=at, **facts)

    return queues


def subjects(out):
    return [message.subject for message in out]


def to_send(team, at=NOW):
    return subjects(team.read(messages_to_send, now=at))


def start(team, subject):
    """Take the message for sending and return it as the sender knows it."""
    message = next(each for each in team.read(messages_to_send, now=NOW) if each.subject == subject)
    assert team.write(start_sending, message, at=NOW)
    return message


def state(team, subject):
    return team.read(find_message, MessageKind.CARD, subject).state


def test_the_same_message_is_queued_once(team, queue):
    assert queue("1")
    assert queue("1", at=later(hours=1)) is None
    assert queue("1", part=1)
    assert queue("1", channel="C2")


def test_each_channel_gets_its_oldest_message(team, queue):
    queue("1")
    queue("2")
    queue("3", channel="C2")

    assert to_send(team) == ["1", "3"]


def test_a_channel_gets_one_message_a_second(team, queue):
    queue("1")
    queue("2")
    team.send_next(at=NOW)

    assert to_send(team, later(milliseconds=999)) == []
    assert to_send(team, later(seconds=1)) == ["2"]


def test_a_message_is_sent_by_one_sender_only(team, queue):
    queue("1")
    [message] = team.read(messages_to_send, now=NOW)

    assert team.write(start_sending, message, at=NOW)
    assert not team.write(start_sending, message, at=NOW)
    assert to_send(team, later(hours=1)) == []


def test_a_message_for_a_thread_waits_for_its_parent(team, queue):
    parent = queue("1", held=True)
    queue("2", parent_id=parent, kind=MessageKind.NOTE)
    queue("3")
    assert to_send(team) == ["3"]

    team.db.transact(lambda tx: tx.run("UPDATE message SET state = 'waiting' WHERE id = :id", id=parent))

    assert subjects(team.send_all(at=NOW)) == ["1", "2", "3"]
    assert team.read(find_message, MessageKind.NOTE, "2").thread_ts == f"{parent}.000"


def test_what_is_sent_is_kept_with_its_ts(team, queue):
    queue("1")
    team.send_all()

    message = team.read(find_message, MessageKind.CARD, "1")
    assert (message.state, message.ts, message.tried_at) == (MessageState.SENT, f"{message.id}.000", NOW)


def test_a_message_that_slack_slows_down_keeps_its_place(team, queue):
    queue("1")
    queue("2")
    message = start(team, "1")
    team.write(save_message, slowed_down(message, now=NOW, retry_after=timedelta(seconds=30)), at=NOW)

    assert to_send(team, later(seconds=29)) == []
    assert to_send(team, later(seconds=30)) == ["1"]


def test_a_channel_that_takes_nothing_now_is_not_asked_for_every_message(team, queue):
    queue("1")
    queue("2")
    queue("3", channel="C2")
    message = start(team, "1")
    team.write(save_message, refused(message, now=NOW, error="not_in_channel"), at=NOW)

    assert to_send(team, later(minutes=1)) == ["3"]
    assert to_send(team, later(minutes=11)) == ["1", "3"]


def test_a_message_that_failed_for_good_lets_the_next_one_out(team, queue):
    queue("1")
    queue("2")
    message = start(team, "1")
    team.write(save_message, refused(message, now=NOW, error="no_text"), at=NOW)

    assert to_send(team) == ["2"]
    assert state(team, "1") is MessageState.FAILED


def test_an_uncertain_message_blocks_its_channel_until_it_is_found(team, queue):
    queue("1")
    queue("2")
    message = start(team, "1")
    team.write(save_message, unheard(message, now=NOW, error="ConnectionError"), at=NOW)
    assert to_send(team, later(hours=1)) == []
    assert team.read(messages_to_find, now=NOW) == []

    [lost] = team.read(messages_to_find, now=later(seconds=1))
    assert lost.tried_at == NOW
    team.write(save_message, posted(lost, "1.5"), at=later(seconds=1))

    assert to_send(team, later(seconds=2)) == ["2"]
    assert team.read(find_message, MessageKind.CARD, "1").ts == "1.5"


def test_a_message_that_is_not_found_is_sent_again_before_the_others(team, queue):
    queue("1")
    queue("2")
    at = NOW
    team.write(save_message, unheard(start(team, "1"), now=at, error="TimeoutError"), at=at)
    looks = 0
    while state(team, "1") is MessageState.UNCERTAIN:
        at += timedelta(seconds=1)
        for lost in team.read(messages_to_find, now=at):
            looks += 1
            team.write(save_message, not_found(lost, now=at), at=at)

    assert looks == 3
    assert to_send(team, at) == ["1"]


def test_at_start_up_what_was_on_its_way_is_uncertain(team, queue):
    queue("1")
    queue("2", channel="C2")
    start(team, "1")

    assert team.write(doubt_what_was_sending, at=later(minutes=1)) == 1

    [lost] = team.read(messages_to_find, now=later(minutes=1))
    assert (lost.subject, lost.tried_at) == ("1", NOW)
    assert to_send(team, later(minutes=1)) == ["2"]


def test_what_is_sent_stays_sent_whatever_an_older_look_says(team, queue):
    queue("1")
    message = start(team, "1")
    team.write(doubt_what_was_sending, at=NOW)
    [lost] = team.read(messages_to_find, now=NOW)
    team.write(save_message, posted(message, "1.0"), at=NOW)

    for late in (not_found(lost, now=NOW), slowed_down(lost, now=NOW, retry_after=timedelta(0))):
        team.write(save_message, late, at=NOW)

    assert state(team, "1") is MessageState.SENT


def test_a_change_before_the_message_is_drawn_needs_no_redraw(team, queue):
    queue("1")
    team.write(mark_stale, MessageKind.CARD, "1")
    assert team.read(messages_to_redraw, now=NOW, limit=9) == []
    message = start(team, "1")

    team.write(save_message, posted(message, "1.0"), at=NOW)

    assert team.read(messages_to_redraw, now=NOW, limit=9) == []


def test_a_change_while_the_message_is_on_its_way_is_redrawn(team, queue):
    queue("1")
    message = start(team, "1")
    team.write(mark_stale, MessageKind.CARD, "1")
    team.write(save_message, posted(message, "1.0"), at=NOW)

    [stale] = team.read(messages_to_redraw, now=NOW, limit=9)
    team.write(start_redraw, stale.id)
    team.write(finish_redraw, stale.id)
    assert team.read(messages_to_redraw, now=NOW, limit=9) == []


def test_a_redraw_that_was_broken_off_is_done_again(team, queue):
    queue("1")
    team.send_all()
    team.write(mark_stale, MessageKind.CARD, "1")
    [stale] = team.read(messages_to_redraw, now=NOW, limit=9)

    team.write(start_redraw, stale.id)

    assert subjects(team.read(messages_to_redraw, now=NOW, limit=9)) == ["1"]


def test_a_change_while_the_rows_are_drawn_is_redrawn_after_it(team, queue):
    queue("1")
    team.send_all()
    team.write(mark_stale, MessageKind.CARD, "1")
    [stale] = team.read(messages_to_redraw, now=NOW, limit=9)
    team.write(start_redraw, stale.id)
    team.write(mark_stale, MessageKind.CARD, "1")

    team.write(finish_redraw, stale.id)

    assert subjects(team.read(messages_to_redraw, now=NOW, limit=9)) == ["1"]


def test_a_redraw_that_slack_slows_down_is_done_later(team, queue):
    queue("1")
    team.send_all()
    message = team.read(find_message, MessageKind.CARD, "1")
    team.write(redraw_later, message.id, not_before=later(seconds=5))

    assert team.read(messages_to_redraw, now=later(seconds=4), limit=9) == []
    assert subjects(team.read(messages_to_redraw, now=later(seconds=5), limit=9)) == ["1"]


def test_a_message_about_nothing_is_none(team):
    assert team.read(find_message, MessageKind.CARD, "77") is None


# ---- Show all ------------------------------------------------------------------------------------------------------


@pytest.fixture
def brake_id(team):
    for _ in range(18):
        team.hear()
    return int(team.rows("SELECT subject FROM message WHERE kind = 'brake'")[0]["subject"])


def release(team, brake_id, *, drawn=1, by="U1", workspace_id=TEAM):
    return team.write(release_brake, brake_id, workspace_id=workspace_id, drawn=drawn, by=by, at=later(minutes=5))


def test_the_brake_says_how_many_it_holds_and_of_what(team, brake_id):
    brake = team.read(find_brake, brake_id)

    assert (brake.held, brake.watches, brake.released_at) == (3, ("Tidewiki",), None)
    assert team.read(find_brake, 77) is None


def test_show_all_lets_everything_out_once(team, brake_id):
    team.send_all()
    brake = release(team, brake_id).brake

    assert (brake.held, brake.released_by, brake.version) == (3, "U1", 2)
    assert release(team, brake_id, by="U2") == ShownBefore(brake=brake)
    assert release(team, brake_id, drawn=2, by="U2") == ShownBefore(brake=brake)
    assert [each.kind for each in team.send_all(at=later(minutes=6))] == [MessageKind.CARD] * 3
    assert [each.kind for each in team.read(messages_to_redraw, now=later(minutes=9), limit=9)] == [MessageKind.BRAKE]
    assert [row["actor"] for row in team.rows("SELECT actor FROM history WHERE object = 'brake'")] == ["U1"]


def test_show_all_from_another_workspace_lets_nothing_out(team, brake_id):
    assert release(team, brake_id, workspace_id="T2") is None
    assert team.read(find_brake, brake_id).released_at is None


def test_after_show_all_the_next_flood_has_a_message_of_its_own(team, brake_id):
    release(team, brake_id)
    team.hear(at=later(minutes=10))

    brakes = team.rows("SELECT subject FROM message WHERE kind = 'brake' ORDER BY id")
    assert len(brakes) == 2
    assert team.read(find_brake, int(brakes[1]["subject"])).held == 1


def test_a_held_card_that_was_decided_on_is_still_let_out(team, brake_id):
    held = team.rows("SELECT id FROM conversation WHERE brake_id = :id", id=brake_id)[0]["id"]
    team.press(Act.NOT_US, held)

    assert release(team, brake_id).brake.held == 3


def test_what_slack_would_not_take_is_counted_until_it_went_out(team):
    team.hear()
    [message] = team.read(messages_to_send, now=NOW)
    team.write(save_message, refused(message, now=NOW, error="not_in_channel"), at=NOW)

    assert team.read(unsent_messages, TEAM) == Unsent(count=1, reason="not_in_channel")


def test_what_waits_for_a_channel_goes_out_when_we_are_invited_again(team):
    team.hear()
    [message] = team.read(messages_to_send, now=NOW)
    team.write(save_message, refused(message, now=NOW, error="not_in_channel"), at=NOW)
    assert team.read(messages_to_send, now=NOW) == []

    team.write(try_channel_now, TEAM, message.channel, at=NOW)

    assert [each.id for each in team.read(messages_to_send, now=NOW)] == [message.id]
