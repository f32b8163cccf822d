"""Channels that we lose, and cards that somebody deletes: what waits, who is told, and what comes back."""

import pytest
from builders import CHANNEL, DEFAULT_LIMITS, NOW, TEAM, a_post, a_sighting, later

from engagement.calm.brake import BrakeLimits
from engagement.calm.mute import MuteScope
from engagement.conversations.press import Act
from engagement.sending.channels import Loss
from engagement.sending.outbox import MessageKind, posted, refused
from engagement.understanding.reading import Kind
from storage.calm.brakes import release_brake
from storage.calm.mutes import add_mute
from storage.calm.rollups import find_rollup
from storage.calm.rollups_due import bundles_due, tell_rollups
from storage.listening.watches import find_watch
from storage.sending.channels import find_channel_again, find_lost_channel, lose_channel
from storage.sending.elsewhere import post_elsewhere
from storage.sending.lost import lose_message, post_card_again, settle_send
from storage.sending.messages import messages_to_send, queue_message, start_sending, unsent_messages
from storage.understanding.unsure import ask_channel, find_doubts
from storage.workspaces import find_workspace


def test_whoever_listens_there_is_told_of_a_lost_channel_once(team):
    for seconds in (0, 60):
        team.write(lose_channel, TEAM, CHANNEL, Loss.ARCHIVED, at=later(seconds=seconds))

    assert told(team) == [("U1", "1")]


def test_a_channel_that_is_lost_once_more_is_told_once_more(team):
    team.write(lose_channel, TEAM, CHANNEL, Loss.ARCHIVED, at=NOW)
    team.write(find_channel_again, TEAM, CHANNEL, at=later(hours=1))
    team.write(lose_channel, TEAM, CHANNEL, Loss.REMOVED, at=later(hours=2))

    assert told(team) == [("U1", "1"), ("U1", "2")]
    assert team.read(find_lost_channel, 1).back_at == later(hours=1)


@pytest.mark.parametrize(
    ("error", "loss"),
    [("is_archived", Loss.ARCHIVED), ("not_in_channel", Loss.REMOVED), ("channel_not_found", Loss.GONE)],
)
def test_a_refusal_says_that_the_channel_is_lost_and_a_message_that_stands_that_it_is_back(team, error, loss):
    team.hear(key="one")
    [message] = team.read(messages_to_send, now=NOW)
    team.write(settle_send, refused(message, now=NOW, error=error), at=NOW)
    assert (team.read(find_lost_channel, 1).loss, team.read(find_lost_channel, 1).waiting) == (loss, 1)

    team.write(settle_send, posted(message, "1.0"), at=later(minutes=10))

    assert team.read(find_lost_channel, 1).back_at == later(minutes=10)


def test_a_person_who_cannot_be_written_to_is_no_lost_channel(team):
    team.write(queue_message, workspace_id=TEAM, channel="U1", kind=MessageKind.HELLO, subject="x", at=NOW)
    [message] = team.read(messages_to_send, now=NOW)

    team.write(settle_send, refused(message, now=NOW, error="channel_not_found"), at=NOW)

    assert team.read(find_lost_channel, 1) is None


def test_elsewhere_stands_all_that_is_open_and_nothing_that_is_settled(team):
    asked, settled = team.hear(key="asked"), team.hear(key="settled", kind=Kind.OTHER)
    team.send_all()
    team.press(Act.LISTEN, settled)
    team.hear(key="late", kind=Kind.OTHER, thread_key=thread_of(team, settled))
    waiting = team.hear(key="new")
    team.write(lose_channel, TEAM, CHANNEL, Loss.REMOVED, at=NOW)

    assert team.write(post_elsewhere, team.read(find_lost_channel, 1), "CNEW", by="U2", at=later(hours=1))

    sent = team.send_all(at=later(hours=1, seconds=1))
    assert [(one.channel, one.subject) for one in sent if one.kind is MessageKind.CARD] == [
        ("CNEW", str(asked)),
        ("CNEW", str(waiting)),
    ]
    assert team.read(find_watch, team.watch.id).channel == "CNEW"
    assert [team.conversation(each).channel for each in (asked, settled, waiting)] == ["CNEW", CHANNEL, "CNEW"]
    assert team.read(unsent_messages, TEAM).count == 0


def test_elsewhere_comes_what_waits_for_a_roll_up_and_what_is_urgent(team):
    team.write(lambda tx: tx.run("UPDATE watch SET delivery = 'hourly'"))
    team.write(lambda tx: tx.run("UPDATE workspace SET urgent_channel = :channel", channel=CHANNEL))
    team.hear(key="asked")
    team.press(Act.LISTEN, team.hear(key="settled", kind=Kind.OTHER))
    team.write(lose_channel, TEAM, CHANNEL, Loss.REMOVED, at=NOW)

    assert team.write(post_elsewhere, team.read(find_lost_channel, 1), "CNEW", by="U2", at=NOW)

    assert [each.channel for each in team.read(bundles_due, now=later(hours=1))] == ["CNEW"]
    assert team.read(find_workspace, TEAM).urgent_channel == "CNEW"


def test_elsewhere_is_held_what_the_brake_held_and_can_be_shown(team):
    held, settled = [team.hear(key=key, limits=BrakeLimits(cards_per_hour=0)) for key in ("one", "two")]
    team.send_all()
    team.press(Act.NOT_US, settled)
    move(team)

    [message] = [one for one in team.send_all(at=later(minutes=1)) if one.kind is MessageKind.BRAKE]
    assert (message.channel, message.subject) == ("CNEW", "2")
    team.write(release_brake, 2, workspace_id=TEAM, drawn=1, by="U2", at=later(minutes=2))

    sent = team.send_all(at=later(minutes=3))
    assert [(one.channel, one.subject) for one in sent] == [("CNEW", str(held)), ("CNEW", str(settled))]


def test_elsewhere_a_roll_up_tells_again_of_what_has_no_card_yet(team):
    team.write(lambda tx: tx.run("UPDATE watch SET delivery = 'hourly'"))
    told = team.hear(key="told")
    team.write(tell_rollups, limits=DEFAULT_LIMITS, now=later(hours=1))
    team.send_all(at=later(hours=1))
    move(team, at=later(hours=1, minutes=1))

    team.write(tell_rollups, limits=DEFAULT_LIMITS, now=later(hours=2))

    [message] = [one for one in team.send_all(at=later(hours=2)) if one.channel == "CNEW"]
    assert message.kind is MessageKind.ROLLUP
    assert [row.waiting.conversation_id for row in team.read(find_rollup, int(message.subject)).rows] == [told]


def test_elsewhere_is_asked_what_is_unsure_and_what_is_muted_comes_back(team):
    sightings = [a_sighting(team.watch, a_post(key), sure=key != "unsure") for key in ("unsure", "muted")]
    team.poll(sightings[0].post, sightings=sightings[:1])
    workspace = team.read(find_workspace, TEAM)
    asking = {"day": "2026-11-18", "until": later(minutes=1), "at": later(minutes=1)}
    assert team.write(ask_channel, workspace, CHANNEL, **asking)
    team.send_all(at=later(minutes=2))
    team.write(add_mute, TEAM, MuteScope.COMMUNITY, community="forum.example", until=None, by="U1", at=NOW)
    team.poll(sightings[1].post, sightings=sightings[1:])
    move(team)

    assert [row["channel"] for row in team.rows("SELECT channel FROM conversation")] == ["CNEW", "CNEW"]
    assert team.write(ask_channel, workspace, "CNEW", **asking)
    assert len(team.read(find_doubts, 2).doubts) == 1


def move(team, *, at=NOW):
    team.write(lose_channel, TEAM, CHANNEL, Loss.ARCHIVED, at=at)
    assert team.write(post_elsewhere, team.read(find_lost_channel, 1), "CNEW", by="U2", at=at)


@pytest.mark.parametrize("again", ["somebody asks", "somebody opens it"])
def test_what_was_settled_before_the_channel_moved_follows_when_it_is_open_again(team, again):
    conversation = team.hear(key="one")
    team.send_all()
    team.press(Act.ANSWERED, conversation)
    move(team)
    assert MessageKind.CARD not in [each.kind for each in team.send_all(at=later(minutes=1))]

    if again == "somebody asks":
        team.hear(key="two", thread_key=thread_of(team, conversation), at=later(hours=1))
    else:
        team.press(Act.REOPEN, conversation)

    assert team.conversation(conversation).channel == "CNEW"
    first, *notes = team.send_all(at=later(hours=1))
    assert (first.kind, first.channel) == (MessageKind.CARD, "CNEW")
    assert {(each.kind, each.channel) for each in notes} <= {(MessageKind.NOTE, "CNEW")}


def test_where_mentions_go_to_a_channel_again_what_was_settled_there_stays(team):
    conversation = team.hear(key="one")
    team.send_all()
    team.press(Act.ANSWERED, conversation)
    move(team)
    team.add_watch("Outline")

    team.press(Act.REOPEN, conversation)

    assert team.conversation(conversation).channel == CHANNEL


def test_of_two_who_choose_a_channel_the_first_counts(team):
    team.write(lose_channel, TEAM, CHANNEL, Loss.REMOVED, at=NOW)
    lost = team.read(find_lost_channel, 1)

    assert team.write(post_elsewhere, lost, "CNEW", by="U2", at=NOW)
    assert not team.write(post_elsewhere, lost, "COTHER", by="U3", at=NOW)
    assert team.read(find_lost_channel, 1).moved_by == "U2"


@pytest.mark.parametrize(("act", "told_of"), [(None, 1), (Act.INTERACT, 1), (Act.LISTEN, 0)])
def test_of_a_deleted_card_the_channel_is_told_while_something_is_open(team, act, told_of):
    conversation = team.hear(key="one")
    [card] = team.send_all()
    if act:
        team.press(act, conversation)

    for _ in range(2):
        team.write(lose_message, card.id, at=NOW)

    kinds = team.rows("SELECT kind FROM message WHERE kind = 'deleted'")
    assert len(kinds) == told_of


def test_a_deleted_card_is_missed_once_somebody_asks_again(team):
    conversation = team.hear(key="one")
    [card] = team.send_all()
    team.press(Act.ANSWERED, conversation)
    team.write(lose_message, card.id, at=NOW)
    assert team.send_all(at=later(minutes=1)) == []

    team.hear(key="two", thread_key=thread_of(team, conversation), at=later(hours=1))

    assert [one.kind for one in team.send_all(at=later(hours=1))] == [MessageKind.DELETED]


def test_a_deleted_card_is_missed_once_somebody_opens_it_again_elsewhere(team):
    conversation = team.hear(key="one")
    [card] = team.send_all()
    team.press(Act.NOT_US, conversation)
    team.write(lose_message, card.id, at=NOW)

    team.press(Act.UNDO, conversation)

    assert [one.kind for one in team.send_all(at=later(hours=1))] == [MessageKind.DELETED]


def test_what_goes_into_the_thread_of_a_deleted_card_waits_until_it_is_posted_again(team):
    conversation = team.hear(key="one")
    [card] = team.send_all()
    team.hear(key="two", thread_key=thread_of(team, conversation))
    [note] = team.read(messages_to_send, now=later(seconds=1))
    assert team.write(start_sending, note, at=NOW)
    team.write(settle_send, refused(note, now=NOW, error="thread_not_found"), at=NOW)
    assert [one.kind for one in team.send_all(at=later(minutes=1))] == [MessageKind.DELETED]

    assert not team.write(post_card_again, conversation, workspace_id="TOTHER", by="U2", at=NOW)
    assert team.write(post_card_again, conversation, workspace_id=TEAM, by="U2", at=later(minutes=2))
    assert not team.write(post_card_again, conversation, workspace_id=TEAM, by="U3", at=later(minutes=2))

    again = team.send_all(at=later(minutes=3))
    assert [(one.id, one.kind) for one in again] == [(card.id, MessageKind.CARD), (note.id, MessageKind.NOTE)]


def thread_of(team, conversation):
    return team.rows("SELECT thread_key FROM conversation WHERE id = :id", id=conversation)[0]["thread_key"]


def told(team):
    rows = team.rows("SELECT channel, subject FROM message WHERE kind = 'lost channel' ORDER BY id")
    return [(row["channel"], row["subject"]) for row in rows]
