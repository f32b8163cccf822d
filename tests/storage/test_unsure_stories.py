"""What nobody is sure of, where the same story has a card: that is about us, so this is as well."""

from datetime import timedelta

import pytest
from builders import DEFAULT_LIMITS, NOW, TEAM, a_post, a_reading, later

from engagement.conversations.conversation import Sighting
from engagement.conversations.press import Act, Decided, Press
from engagement.understanding.reading import Kind, Pillar
from handlers.polling.same_story import TELLING
from storage.conversations.stories import take_apart
from storage.listening.polls import Poll
from storage.listening.taking_in import store_poll
from storage.understanding.answers import say_us
from storage.understanding.unsure import ask_channel, channels_to_ask
from storage.workspaces import find_workspace

RELEASE = "Tide 4.2 brings a new editor and faster search"


def hear(team, community, *, sure, title=RELEASE, kind=Kind.NEWS, at=NOW):
    post = a_post(community, community=community, title=title, text="", author="", url=f"https://{community}/1")
    pillar = Pillar.ASSOCIATION if kind is Kind.NEWS else Pillar.USER_INITIATED
    sighting = Sighting(watch=team.watch, post=post, term="tide", reading=a_reading(kind, pillar=pillar), sure=sure)
    poll = Poll(source_id=team.source.id, posts=[post], sightings=[sighting])
    team.write(store_poll, poll, limits=DEFAULT_LIMITS, at=at, telling=TELLING)
    return team.rows("SELECT id FROM conversation WHERE thread_key = :key", key=post.thread_key)[0]["id"]


def say(team, act, number):
    press = Press(act=act, conversation_id=number, by="U2", drawn=team.conversation(number).version)
    outcome = team.write(say_us, press, workspace_id=TEAM, limits=DEFAULT_LIMITS, telling=TELLING, at=later(hours=1))
    assert isinstance(outcome, Decided)


def cards(team):
    return [int(row["subject"]) for row in team.rows("SELECT subject FROM message WHERE kind = 'card' ORDER BY id")]


def notes(team):
    return len(team.rows("SELECT 1 FROM message WHERE kind = 'note'"))


def is_asked(team):
    until = later(days=1)
    return bool(team.read(channels_to_ask, team.read(find_workspace, TEAM), day="2026-11-19", until=until))


def test_what_tells_the_story_of_a_card_is_not_asked_about_but_told_in_its_thread(team):
    first = hear(team, "news.example", sure=True)
    copy = hear(team, "links.example", sure=False, at=later(hours=2))

    conversation = team.conversation(copy)
    assert (conversation.unsure, conversation.told_in) == (False, first)
    assert (cards(team), notes(team)) == ([first], 1)
    assert not is_asked(team)
    [line] = team.rows("SELECT act, actor FROM history WHERE object = 'conversation' AND object_id = :id", id=copy)
    assert line == {"act": "together", "actor": ""}


def test_taken_out_of_that_thread_it_is_remembered_from_which_and_may_go_back(team):
    first = hear(team, "news.example", sure=True)
    copy = hear(team, "links.example", sure=False, at=later(hours=2))
    press = Press(act=Act.APART, conversation_id=copy, by="U2", drawn=team.conversation(copy).version)

    team.write(take_apart, press, workspace_id=TEAM, at=later(hours=3))

    after = team.card(copy)
    assert (after.conversation.told_in, after.conversation.apart_from) == (0, first)
    assert cards(team) == [first, copy]
    assert after.earlier.were_joined
    assert after.earlier.may_be_joined


@pytest.mark.parametrize(
    ("title", "kind"),
    [(RELEASE, Kind.QUESTION), ("High tide floods the market square on Monday", Kind.NEWS)],
    ids=["asks us", "another story"],
)
def test_anything_else_is_asked_about(team, title, kind):
    hear(team, "news.example", sure=True)
    other = hear(team, "links.example", sure=False, title=title, kind=kind)

    assert team.conversation(other).unsure
    assert is_asked(team)


def test_a_story_that_is_not_us_makes_nothing_sure(team):
    first = hear(team, "news.example", sure=True)
    team.press(Act.NOT_US, first)

    assert team.conversation(hear(team, "links.example", sure=False)).unsure


def test_of_copies_that_are_asked_about_one_answer_brings_a_card_and_the_others_its_thread(team):
    first, second = hear(team, "news.example", sure=False), hear(team, "links.example", sure=False)
    team.write(
        lambda tx: ask_channel(
            tx, find_workspace(tx, TEAM), team.watch.channel, day="2026-11-18", until=NOW + timedelta(hours=1), at=NOW
        )
    )

    say(team, Act.US, first)

    assert (cards(team), notes(team)) == ([first], 1)
    assert team.conversation(second).told_in == first
