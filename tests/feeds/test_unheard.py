"""Places where we appear and do not listen."""

import pytest
from builders import NOW, a_new_source, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.listening.appearances import Appearance, Unheard
from feeds.places.unheard import unheard_places


def an_appearance(**facts):
    given = {
        "community": "Hacker News",
        "url": "https://news.ycombinator.com/item?id=1",
        "title": "Tidewiki",
        "text": "",
        "written_at": NOW,
    }
    return Appearance(**(given | facts))


HN = a_new_source("https://hn.algolia.com/api/v1/search_by_date?query=x", community="Hacker News")


def unheard(*appearances, sources=(HN,), ours=("tidewiki.example",)):
    return unheard_places(appearances, sources, ours)


def test_links_to_discussions_and_posts_from_elsewhere_are_counted_and_ranked():
    found = unheard(
        an_appearance(
            text="See https://forum.choir.example/t/which-wiki/17/3, and https://forum.choir.example/t/x/18."
        ),
        an_appearance(text="They said so at https://forum.choir.example/t/which-wiki/17", written_at=later(hours=1)),
        an_appearance(community="lemmy.example", url="https://lemmy.example/post/4", written_at=later(hours=-1)),
    )

    assert found == [
        Unheard(
            place="lemmy.example",
            posts=1,
            links=0,
            newest=later(hours=-1),
            page="https://lemmy.example/",
        ),
        Unheard(
            place="forum.choir.example",
            posts=0,
            links=2,
            newest=later(hours=1),
            page="https://forum.choir.example/",
        ),
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"text": "https://docs.example/manual and https://img.example/a.png are no places"},
        {"text": "our own: https://forum.tidewiki.example/t/x/17"},
        {"text": "once more: https://news.ycombinator.com/item?id=2"},
        {"community": "Google News", "title": "A headline without its paper"},
        {"community": "", "url": "http://[::1"},
        {"text": "http://[::1 /t/x/1 https:// https://"},
    ],
)
def test_what_is_heard_or_ours_or_no_place_is_not_listed(facts):
    assert unheard(an_appearance(**facts)) == []


def test_a_search_of_reddit_hears_every_subreddit_a_subreddit_only_itself():
    post = an_appearance(community="r/wikis", url="https://www.reddit.com/r/wikis/comments/1/x/")
    search = a_new_source("https://www.reddit.com/search.rss?q=x", community="Reddit")
    other = a_new_source("https://www.reddit.com/r/selfhosted/new/.rss", community="r/selfhosted")

    assert unheard(post, sources=(search,)) == []
    assert [(place.place, place.page) for place in unheard(post, sources=())] == [
        ("r/wikis", "https://www.reddit.com/r/wikis/")
    ]
    assert [place.place for place in unheard(post, sources=(other,))] == ["r/wikis"]


def test_papers_are_told_apart_by_what_stands_behind_their_headlines():
    news = a_new_source("https://news.google.com/rss/search?q=x", community="Google News")
    first = an_appearance(
        community="Google News",
        url="https://news.google.com/rss/articles/1",
        title="Wikis - a guide - The Harbour Post",
    )

    [paper] = unheard(first, sources=(news,))

    assert (paper.place, paper.posts, paper.page) == ("The Harbour Post", 1, "")


@given(
    st.lists(
        st.builds(
            Appearance,
            community=st.text(max_size=5),
            url=st.text(max_size=30),
            title=st.text(max_size=30),
            text=st.text(max_size=80),
            written_at=st.just(NOW),
        ),
        max_size=5,
    )
)
def test_nothing_that_is_heard_is_listed_whatever_posts_hold(appearances):
    found = unheard_places(appearances, [HN], [])

    assert len({place.place for place in found}) == len(found)
    assert all(place.posts + place.links > 0 and place.place not in ("", "Hacker News") for place in found)
