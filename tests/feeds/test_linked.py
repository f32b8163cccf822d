"""A post of which only the address is known has the keys that a feed would give it."""

import pytest
from feed_posts import posts_from
from hypothesis import given
from hypothesis import strategies as st

from feeds.entry import Entry, ParsedFeed
from feeds.identity.linked import post_at


def from_a_feed(link, **entry):
    entry = Entry(**({"id": "", "title": "A title", "text": "", "author": ""} | entry), link=link)
    return posts_from(ParsedFeed(title="", link="", entries=(entry,)), "https://feeds.example/rss")[0]


@pytest.mark.parametrize(
    ("url", "community", "key"),
    [
        ("https://www.reddit.com/r/selfhosted/comments/abc/does_tidewiki_keep/", "r/selfhosted", "reddit:t3_abc"),
        ("https://www.reddit.com/r/selfhosted/comments/abc/_/def/", "r/selfhosted", "reddit:t1_def"),
        ("https://news.ycombinator.com/item?id=123", "Hacker News", "hn:123"),
        (
            "https://github.com/tidewiki/tidewiki/issues/12#issuecomment-3",
            "GitHub",
            "github:tidewiki/tidewiki#12/issuecomment-3",
        ),
        ("https://blog.club.example/a-post?utm_source=slack", "blog.club.example", "url:blog.club.example/a-post"),
    ],
)
def test_it_is_the_same_post_as_in_a_feed(url, community, key):
    post, heard = post_at(url, title="", text=""), from_a_feed(url)

    assert post.community == community == heard.community
    assert key in {*post.keys} & {*heard.keys}
    assert (post.thread_key, post.parent_key) == (heard.thread_key, heard.parent_key)
    assert post.published_at is None


@pytest.mark.parametrize("url", ["", "ftp://x.example", "javascript:alert(1)", "https://", "x", "https://[x/"])
def test_what_is_no_web_address_is_no_post(url):
    assert post_at(url, title="", text="") is None


def test_what_people_say_of_it_is_cut_where_a_feed_is():
    post = post_at("https://x.example/a", title="word " * 200, text="word " * 9_000)

    assert (len(post.title) <= 300, len(post.text) <= 20_000) == (True, True)


@given(st.text())
def test_no_address_is_a_fault(url):
    post = post_at(url, title="", text="")

    assert post is None or post.keys
