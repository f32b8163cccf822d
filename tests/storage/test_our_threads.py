"""Threads that we opened: who answered there, and had no word back."""

from datetime import timedelta

import pytest
from builders import NOW, TEAM, a_new_source, a_post, a_sighting, later

from engagement.conversations.press import Act
from engagement.digest.week import OurThread
from engagement.team.team import Handle, Teammate
from engagement.turns.looking import looked
from engagement.understanding.reading import Kind
from storage.digest.bounds import bounds_of
from storage.listening.sources import all_sources
from storage.team.teammates import save_teammate
from storage.turns.looks import save_look, threads_due
from storage.turns.our_threads import our_threads

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


def test_who_answers_without_naming_us_counts_and_what_programs_wrote_or_was_deleted_does_not(team, finn):
    announce(team)
    for number, facts in enumerate([{}, {"by_program": True}, {"text": "[deleted]"}], start=2):
        overhear(team, f"hn:{number}", **facts)

    assert [(each.replies, each.without_word) for each in found(team)] == [(1, 1)]


# ---- which nobody took up ------------------------------------------------------------------------------------------


def announce(team, key="hn:1", **facts):
    """Have Finn open a thread that names us."""
    given = {"thread_key": key, "published_at": NOW, "title": "Tidewiki 0.9", "url": "https://news.example/1"}
    post = a_post(key, community="Hacker News", author="finn_of_tidewiki", **(given | facts))
    team.poll(post, source=team.source, sightings=[a_sighting(team.watch, post)])


def overhear(team, key, **facts):
    post = a_post(key, community="Hacker News", thread_key="hn:1", parent_key="hn:1", published_at=NOW, **facts)
    team.poll(post, source=team.source, sightings=[])


def look_at(team, at, key="hn:1"):
    team.write(save_look, key, looked("https://x.example/1", etag="", last_modified="", now=at))


def test_a_thread_of_ours_that_nobody_took_up_is_named_once_it_was_looked_at(team, finn):
    announce(team)

    assert found(team) == ()
    look_at(team, later(hours=23))
    assert found(team) == ()
    look_at(team, later(days=1))
    expected = OurThread(title="Tidewiki 0.9", url="https://news.example/1", replies=0, without_word=0)
    assert found(team) == (expected,)


def test_it_is_named_in_one_week(team, finn):
    announce(team)
    look_at(team, later(days=2))

    weeks = [bounds_of(TEAM, later(days=day - 6), later(days=day + 1)) for day in (-7, 0, 7)]
    assert [len(found(team, bounds)) for bounds in weeks] == [0, 0, 1]
    assert len(found(team, bounds_of(TEAM, later(days=-6), later(days=1, seconds=1)))) == 1


def test_a_thread_that_somebody_took_up_is_not_silent(team, finn):
    announce(team)
    look_at(team, later(days=2))
    overhear(team, "hn:2")
    say(team, finn, "hn:3", minutes=9, under="hn:2")

    assert found(team) == ()


def test_what_we_opened_is_looked_at_before_the_digest_as_far_as_nobody_took_it_up(team, finn):
    for number in range(1, 8):
        announce(team, f"hn:{number}")
    overhear(team, "hn:8")
    monday = later(days=4, hours=19)

    assert team.read(threads_due, now=monday - timedelta(minutes=21)) == []
    due = team.read(threads_due, now=monday - timedelta(minutes=20))
    assert sorted(each.key for each in due) == [f"hn:{number}" for number in range(3, 8)]
