"""A thread that was asked for as a whole: its posts stand in it, each with its own words."""

from builders import a_post

from feeds.identity.in_thread import in_thread
from feeds.identity.posts import MADE_TITLE_CHARACTERS

TITLE = "Does Tidewiki export?"


def test_a_comment_does_not_name_us_because_the_title_of_its_thread_does():
    opening = a_post("hn:1", title=TITLE, text="I cannot find it.", thread_key="hn:1")
    comment = a_post("hn:2", title=TITLE, text="It does.\nSince 0.8.", thread_key="hn:1", parent_key="hn:1")

    first, second = in_thread([opening, comment], "hn:1")

    assert first == opening
    assert (second.title, second.text) == ("It does. Since 0.8.", comment.text)


def test_of_a_long_comment_its_beginning_is_its_title():
    (cut,) = in_thread([a_post("hn:2", title=TITLE, text="It does. " * 50, parent_key="hn:1")], "hn:1")

    assert len(cut.title) <= MADE_TITLE_CHARACTERS < len(cut.text)


def test_a_comment_without_words_keeps_the_title_it_has():
    (kept,) = in_thread([a_post("hn:2", title=TITLE, text="", parent_key="hn:1")], "hn:1")

    assert kept.title == TITLE


def test_all_stand_in_the_thread_that_was_asked_for():
    """A feed that knows no more than what is answered calls that the thread, and so did our conversation."""
    posts = [a_post("m/2", thread_key="m/1"), a_post("m/3", thread_key="m/2", parent_key="m/2")]

    assert [(post.thread_key, post.parent_key) for post in in_thread(posts, "m/2")] == [("m/2", ""), ("m/2", "m/2")]
