"""Where only people can see replies: judged once, and once a reply is due there somebody has to look."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import TEAM, later

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.digest.week import WEEK
from engagement.turns.unseen import Unseen
from engagement.understanding.reading import Tag
from storage.conversations.waiting import count_waiting
from storage.digest.digests import compute_digest
from storage.turns.unseen import is_any_lost, judge, lose_sight, to_be_looked_at, unjudged
from storage.workspaces import find_workspace

MUCH_LATER = later(days=9)


@pytest.fixture
def on_medium(team):
    """A question on Medium, where replies cannot be seen; gives its conversation."""
    conversation = team.hear(community="Medium", url="https://medium.example/@ann/1")
    team.write(judge, {conversation: True})
    return conversation


def digest(team):
    return team.read(
        lambda tx: compute_digest(
            tx, find_workspace(tx, TEAM), starts_at=MUCH_LATER - 2 * WEEK, ends_at=MUCH_LATER, now=MUCH_LATER
        )
    )


def test_each_conversation_is_asked_of_once(team):
    conversation = team.hear(community="Medium", url="https://medium.example/@ann/1", thread_key="link:1")
    [asked] = team.read(unjudged)
    assert (asked.conversation_id, asked.community, asked.thread_key) == (conversation, "Medium", "link:1")

    team.write(judge, {conversation: True})
    assert (team.read(unjudged), team.conversation(conversation).unseen) == ([], True)


def test_once_a_reply_is_due_there_nobody_waits_and_somebody_has_to_look(team, on_medium):
    team.press(Act.INTERACT, on_medium)
    due_at = team.conversation(on_medium).reply.due_at
    assert team.write(lose_sight, now=due_at - timedelta(seconds=1)) == 0
    assert team.read(count_waiting, TEAM) == 1

    assert team.read(is_any_lost, now=due_at)
    assert team.write(lose_sight, now=due_at) == 1

    assert team.conversation(on_medium).reply.state is ReplyState.CANNOT_TELL
    assert not team.read(is_any_lost, now=due_at)
    assert team.read(count_waiting, TEAM) == 0
    unseen = (Unseen(community="Medium", count=1, url="https://medium.example/@ann/1"),)
    assert team.read(to_be_looked_at, TEAM) == unseen
    week = digest(team)
    assert (week.unseen, week.waiting, week.week.cannot_tell, week.week.waiting) == (unseen, (), 1, 0)


def test_they_are_counted_by_community_each_with_the_longest_waiting(team):
    for community, url in (("Medium", "m1"), ("App Store", "a1"), ("App Store", "a2")):
        conversation = team.hear(community=community, url=f"https://{url}.example")
        team.write(judge, {conversation: True})
        team.press(Act.INTERACT, conversation)
    team.write(lose_sight, now=MUCH_LATER)

    assert team.read(to_be_looked_at, TEAM) == (
        Unseen(community="App Store", count=2, url="https://a1.example"),
        Unseen(community="Medium", count=1, url="https://m1.example"),
    )


@pytest.mark.parametrize(
    ("act", "state"),
    [(Act.ANSWERED, ReplyState.ANSWERED), (Act.CLAIM, ReplyState.CLAIMED), (Act.NOT_US, ReplyState.CANNOT_TELL)],
)
def test_whoever_looks_presses_what_they_found(team, on_medium, act, state):
    team.press(Act.INTERACT, on_medium)
    team.write(lose_sight, now=MUCH_LATER)

    team.press(act, on_medium, at=MUCH_LATER)

    assert team.conversation(on_medium).reply.state is state
    assert team.read(to_be_looked_at, TEAM) == ()


def test_undo_takes_back_what_was_owed_there(team, on_medium):
    team.press(Act.INTERACT, on_medium)
    team.write(lose_sight, now=MUCH_LATER)

    team.press(Act.UNDO, on_medium, at=MUCH_LATER)

    after = team.conversation(on_medium)
    assert (after.tag, after.reply.state) == (None, ReplyState.NONE)


def test_what_somebody_promised_there_waits_on(team, on_medium):
    team.press(Act.CLAIM, on_medium)

    assert team.write(lose_sight, now=MUCH_LATER) == 0
    assert team.read(count_waiting, TEAM) == 1


def test_who_asks_there_once_more_waits_again(team, on_medium):
    team.press(Act.INTERACT, on_medium)
    team.write(lose_sight, now=MUCH_LATER)

    [row] = team.rows("SELECT thread_key FROM conversation")
    team.hear(community="Medium", thread_key=row["thread_key"], parent_key=row["thread_key"], at=MUCH_LATER)

    after = team.conversation(on_medium)
    assert (after.reply.state, after.tag) == (ReplyState.OWED, Tag.INTERACT)
    team.hear(community="Medium", thread_key=row["thread_key"], parent_key=row["thread_key"], at=MUCH_LATER)
    assert team.conversation(on_medium).reply == replace(after.reply)
