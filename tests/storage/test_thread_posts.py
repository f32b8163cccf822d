"""What we have of a thread, whether or not it names us; and what its community marks about the posts in it."""

import pytest
from builders import NOW, a_post, later

from storage.turns.thread_posts import note_thread_posts, thread_posts_in

THREAD = "hn:1"


@pytest.fixture
def opening(team):
    return team.poll(a_post(THREAD, thread_key=THREAD, published_at=NOW), sightings=[])


def said(team, key, *, minutes, under=THREAD, **facts):
    """Hear a post of the thread that does not name us; return its number."""
    facts = {"thread_key": THREAD, "parent_key": under, "published_at": later(minutes=minutes)} | facts
    team.poll(a_post(key, **facts), sightings=[])
    return team.rows("SELECT post_id AS id FROM post_key WHERE key = :key", key=key)[0]["id"]


def thread(team, key=THREAD):
    return team.read(thread_posts_in, key)


@pytest.mark.usefixtures("opening")
def test_all_posts_of_a_thread_stand_in_the_order_they_were_written(team):
    said(team, "hn:3", minutes=20)
    said(team, "hn:2", minutes=10, under="hn:1")
    said(team, "hn:9", minutes=15, thread_key="hn:8", under="hn:8")

    assert [each.keys for each in thread(team)] == [(THREAD,), ("hn:2",), ("hn:3",)]


def test_a_look_knows_more_of_a_thread_than_the_feed_that_brought_a_post(team):
    """Mastodon's feeds name the post that is answered, and not the one that opened the thread."""
    number = said(team, "mastodon:m/3", minutes=9, thread_key="mastodon:m/2", under="mastodon:m/2")

    for _ in range(2):
        team.write(note_thread_posts, "mastodon:m/1", [number, number])

    [found] = thread(team, "mastodon:m/1")
    assert (found.id, found.stored.post.parent_key) == (number, "mastodon:m/2")


def test_of_each_post_stands_there_whether_it_solved_it_and_whether_a_program_wrote_it(team):
    said(team, "hn:2", minutes=1, accepted=True)
    said(team, "hn:3", minutes=2, by_program=True)

    marks = [(each.stored.post.accepted, each.stored.post.by_program) for each in thread(team)]
    assert marks == [(True, False), (False, True)]


def test_what_is_accepted_later_is_noted_although_its_words_are_the_same(team):
    said(team, "hn:2", minutes=1)
    assert not thread(team)[0].stored.post.accepted

    said(team, "hn:2", minutes=1, accepted=True)

    assert thread(team)[0].stored.post.accepted
