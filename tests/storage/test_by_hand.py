"""Mentions that people bring: carded at once, one post whoever brings it, decided about as they said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import CHANNEL, NOW, TEAM, a_post, a_sighting, later

from engagement.calm.brake import BrakeLimits
from engagement.calm.mute import MuteScope
from engagement.conversations.by_hand import ACTS, FollowUp
from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.understanding.reading import Kind, Tag
from storage.calm.mutes import add_mute
from storage.conversations.by_hand import bring
from storage.listening.posts import known_post
from storage.records.search import search_mentions


def brought(team, post=None, follow_up=FollowUp.TEAM, **facts):
    sighting = a_sighting(team.watch, post or a_post(), kind=Kind.OTHER)
    return team.write(bring, sighting, ACTS[follow_up], **({"by": "U2", "at": NOW} | facts))


def cards(team):
    return [
        row["subject"] for row in team.rows("SELECT subject FROM message WHERE kind = 'card' AND state = 'waiting'")
    ]


def test_what_somebody_brings_is_a_mention_with_a_card_and_can_be_found(team):
    where = brought(team, a_post(title="Found by hand"))

    assert (where.is_new, where.channel) == (True, CHANNEL)
    assert cards(team) == [str(where.conversation_id)]
    assert len(team.read(search_mentions, TEAM, "hand", limit=9)) == 1
    assert team.conversation(where.conversation_id).tag is None


def test_brought_twice_it_is_where_it_was_and_nothing_changes(team):
    post = a_post()
    first = brought(team, post)
    again = brought(team, post, FollowUp.MINE)

    assert (again.is_new, again.conversation_id) == (False, first.conversation_id)
    assert team.conversation(first.conversation_id).tag is None
    assert len(cards(team)) == 1


def test_whoever_brings_what_was_unsure_says_that_it_is_about_us(team):
    post = a_post()
    team.poll(post, sightings=[replace(a_sighting(team.watch, post), sure=False)])
    assert cards(team) == []

    where = brought(team, post, FollowUp.MINE)

    assert (where.is_new, cards(team)) == (True, [str(where.conversation_id)])
    conversation = team.conversation(where.conversation_id)
    assert (conversation.unsure, conversation.reply.claimed_by) == (False, "U2")


def test_what_a_feed_carried_stays_as_the_feed_says_it(team):
    heard = a_post(title="As it was written", author="kim", keys=("k",))
    team.poll(heard, sightings=[])
    pasted = a_post(title="as somebody calls it", author="", keys=("other", "k"))

    known = team.read(known_post, pasted)
    where = brought(team, known)

    assert (known.title, known.author, known.keys) == ("As it was written", "kim", pasted.keys)
    assert team.card(where.conversation_id).opening.stored.post.author == "kim"
    assert team.read(known_post, a_post(title="Unknown")).title == "Unknown"


def test_a_feed_that_carries_it_later_says_what_it_says_and_brings_no_second_card(team):
    post = a_post(keys=("k",), title="as somebody calls it", author="", published_at=None)
    where = brought(team, post)
    [card] = team.send_all()
    first = a_post(keys=("k",), title="As it was written", author="kim", thread_key=post.thread_key)
    team.poll(first)
    second = team.add_source(team.watch, "https://other.example/feed")
    team.poll(first._replace(title="As it was cut"), source=second)

    stored = team.card(where.conversation_id).opening.stored.post
    assert (stored.title, stored.author, stored.published_at) == ("As it was written", "kim", first.published_at)
    assert team.rows("SELECT id, stale FROM message WHERE kind = 'card'") == [{"id": card.id, "stale": 1}]
    assert team.rows("SELECT COUNT(*) AS posts FROM post") == [{"posts": 1}]
    assert [len(team.read(search_mentions, TEAM, word, limit=9)) for word in ("somebody", "written", "cut")] == [
        0,
        1,
        0,
    ]


def test_it_goes_past_the_brake_and_past_a_mute_because_somebody_asked_for_it(team):
    none = BrakeLimits(cards_per_hour=1, untouched=1)
    for number in range(3):
        team.poll(a_post(key=f"flood-{number}"), limits=none)
    team.write(add_mute, TEAM, MuteScope.COMMUNITY, community="forum.example", until=None, by="U1", at=NOW)

    where = brought(team, a_post(community="forum.example"))

    assert str(where.conversation_id) in cards(team)


def test_what_belongs_to_a_conversation_goes_into_its_thread(team):
    number = team.hear(thread_key="the thread")
    where = brought(team, a_post(thread_key="the thread"))

    assert (where.conversation_id, where.is_new) == (number, True)
    assert team.card(number).more == 1
    assert len(team.rows("SELECT id FROM message WHERE kind = 'note'")) == 1


@pytest.mark.parametrize(
    ("follow_up", "tag", "state", "who"),
    [
        (FollowUp.TEAM, None, ReplyState.NONE, ""),
        (FollowUp.NONE, Tag.LISTEN, ReplyState.NONE, ""),
        (FollowUp.SOMEBODY, Tag.INTERACT, ReplyState.OWED, ""),
        (FollowUp.MINE, Tag.INTERACT, ReplyState.CLAIMED, "U2"),
    ],
)
@pytest.mark.parametrize("due_at", [None, NOW + timedelta(days=9)])
def test_whoever_brings_it_says_what_is_owed(team, follow_up, tag, state, who, due_at):
    conversation = team.conversation(brought(team, follow_up=follow_up, due_at=due_at).conversation_id)

    assert (conversation.tag, conversation.reply.state, conversation.reply.claimed_by) == (tag, state, who)
    if state is not ReplyState.NONE:
        assert conversation.reply.due_at == (due_at or conversation.reply.due_at)
    lines = team.rows("SELECT act, actor FROM history WHERE object = 'conversation' ORDER BY id")
    assert [line["act"] for line in lines] == [Act.BRING, *ACTS[follow_up]]
    assert {line["actor"] for line in lines} == {"U2"}


def test_a_decision_that_no_longer_fits_changes_nothing(team):
    number = team.hear(thread_key="the thread")
    team.press(Act.CLAIM, number, by="U7")

    brought(team, a_post(thread_key="the thread"), FollowUp.MINE, at=later(hours=1), due_at=later(days=2))

    assert team.conversation(number).reply.claimed_by == "U7"
