"""Threads that we opened: who answered there, and had no word back."""

import pytest
from builders import NOW, TEAM, a_new_source, a_post, a_sighting, later

from engagement.press import Act
from engagement.reading import Kind
from engagement.team import Handle, Teammate
from engagement.week import OurThread
from storage.bounds import bounds_of
from storage.our_threads import our_threads
from storage.sources import all_sources
from storage.teammates import save_teammate

FEED = a_new_source("https://hn.example/?author=finn")
BOUNDS = bounds_of(TEAM, later(days=-1), later(days=6))


@pytest.fixture
def finn(team):
    handle = Handle(community="Hacker News", name="finn_of_tidewiki", feed=FEED)
    mate = Teammate(slack_user="UFINN", name="Finn", handles=(handle,))
    team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
    return next(source for source in team.read(all_sources) if source.url == FEED.url)


def say(team, finn, key, *, minutes, under="", thread="hn:1", **facts):
    """Have the team say something that is no mention, or (`kind`) one."""
    at = later(minutes=minutes)
    post = a_post(
        key,
        community="Hacker News",
        author="finn_of_tidewiki",
        thread_key=thread,
        parent_key=under,
        published_at=at,
        **facts,
    )
    team.poll(post, source=finn, sightings=[], at=at)


def reply(team, key, *, minutes, under="hn:1", thread="hn:1", at=None, **facts):
    written = later(minutes=minutes)
    facts = {"thread_key": thread, "parent_key": under, "community": "Hacker News", "published_at": written} | facts
    return team.hear(key=key, kind=Kind.OTHER, at=at or written, **facts)


def found(team, bounds=BOUNDS):
    return team.read(our_threads, bounds, limit=2)


def test_a_thread_of_ours_says_how_many_answered_and_how_many_had_no_word(team, finn):
    say(team, finn, "hn:1", minutes=0, title="Which editor do you use?", url="https://news.example/1")
    for number in range(2, 9):
        reply(team, f"hn:{number}", minutes=number)
    for number in range(2, 7):
        say(team, finn, f"hn:1{number}", minutes=60 + number, under=f"hn:{number}")

    expected = OurThread(title="Which editor do you use?", url="https://news.example/1", replies=7, without_word=2)
    assert found(team) == (expected,)


def test_our_own_post_that_mentions_us_is_no_reply(team, finn):
    post = a_post("hn:1", community="Hacker News", author="finn_of_tidewiki", thread_key="hn:1", published_at=NOW)
    team.poll(post, source=finn, sightings=[a_sighting(team.watch, post)])
    reply(team, "hn:2", minutes=2)

    assert [(each.replies, each.without_word) for each in found(team)] == [(1, 1)]


def test_a_thread_in_which_everybody_had_a_word_is_not_named(team, finn):
    say(team, finn, "hn:1", minutes=0)
    reply(team, "hn:2", minutes=2)
    say(team, finn, "hn:3", minutes=3, under="hn:2")

    assert found(team) == ()


def test_a_thread_that_somebody_else_opened_is_none_of_ours(team, finn):
    reply(team, "hn:1", minutes=0, under="")
    reply(team, "hn:2", minutes=2)
    say(team, finn, "hn:3", minutes=3, under="hn:1")

    assert found(team) == ()


def test_a_thread_in_which_nobody_wrote_this_week_is_not_named(team, finn):
    say(team, finn, "hn:1", minutes=0)
    reply(team, "hn:2", minutes=2)

    assert found(team, bounds_of(TEAM, later(days=6), later(days=13))) == ()


def test_what_is_not_us_is_not_named(team, finn):
    say(team, finn, "hn:1", minutes=0)
    team.press(Act.NOT_US, reply(team, "hn:2", minutes=2))

    assert found(team) == ()


def test_where_most_wait_for_a_word_comes_first(team, finn):
    for thread, replies in (("hn:1", 1), ("hn:2", 3), ("hn:3", 2)):
        say(team, finn, thread, minutes=0, thread=thread, title=thread)
        for number in range(replies):
            reply(team, f"{thread}{number}", minutes=5, under=thread, thread=thread)

    assert [each.title for each in found(team)] == ["hn:2", "hn:3"]
