"""Where replies can be seen."""

import pytest
from builders import NOW

from feeds.places.catalogue import load_catalogue
from feeds.places.replies import can_see_replies

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("community", "key", "url"),
    [
        ("Hacker News", "hn:1", "https://news.ycombinator.com/item?id=1"),
        ("r/selfhosted", "reddit:abc", "https://www.reddit.com/r/selfhosted/comments/abc/"),
        ("forum.example", "discourse:forum.example/7", "https://forum.example/t/x/7"),
        ("unix.stackexchange.com", "stackexchange:unix/7", "https://unix.stackexchange.com/q/7"),
        ("GitHub", "github:a/b#1", "https://github.com/a/b/issues/1"),
    ],
)
def test_where_a_person_or_a_thread_can_be_heard_replies_are_seen(community, key, url):
    assert can_see_replies(community, key, url, CATALOGUE, at=NOW)


@pytest.mark.parametrize(
    ("community", "key", "url"),
    [
        ("Medium", "link:medium.com/p/1", "https://medium.com/p/1"),
        ("App Store", "appstore:1", "https://apps.apple.com/app/id1"),
        ("Google News", "link:paper.example/1", "https://paper.example/1"),
        ("blog.example", "link:blog.example/1", "https://blog.example/1"),
        ("in person", "in-person:1", ""),
    ],
)
def test_anywhere_else_somebody_has_to_look(community, key, url):
    assert not can_see_replies(community, key, url, CATALOGUE, at=NOW)
