"""Where a post stands, read from its address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.communities import RULES, community_of_feed
from feeds.identity.spots import spot_of

THREADS = [
    ("https://news.ycombinator.com/item?id=4711", "Hacker News", "hn:4711"),
    ("https://www.reddit.com/r/selfhosted/comments/1abc/some_title/", "r/selfhosted", "reddit:t3_1abc"),
    ("https://old.reddit.com/r/selfhosted/comments/1abc/", "r/selfhosted", "reddit:t3_1abc"),
    ("https://www.reddit.com/user/pat/comments/1abc/some_title/", "Reddit", "reddit:t3_1abc"),
    ("https://redd.it/1abc", "Reddit", "reddit:t3_1abc"),
    ("https://lobste.rs/s/abc123/some_title", "Lobsters", "lobsters:abc123"),
    ("https://stackoverflow.com/questions/4711/some-title", "Stack Overflow", "stackexchange:stackoverflow.com/4711"),
    ("https://stackoverflow.com/q/4711", "Stack Overflow", "stackexchange:stackoverflow.com/4711"),
    ("https://serverfault.com/q/4711/99", "Server Fault", "stackexchange:serverfault.com/99"),
    ("https://github.com/Tide/Wiki/issues/12", "GitHub", "github:tide/wiki#12"),
    ("https://github.com/tide/wiki/discussions/12", "GitHub", "github:tide/wiki#12"),
    ("https://github.com/tide/wiki/pull/12/files", "GitHub", "github:tide/wiki#12"),
    ("https://gitlab.com/tide/sub/wiki/-/issues/12", "GitLab", "gitlab:tide/sub/wiki/issues/12"),
    ("https://forum.example/t/some-title/4711", "forum.example", "discourse:forum.example/4711"),
    ("https://forum.example/t/some-title/4711/1", "forum.example", "discourse:forum.example/4711"),
    ("https://forum.example/t/4711", "forum.example", "discourse:forum.example/4711"),
    ("https://lemmy.example/post/4711", "lemmy.example", "lemmy:lemmy.example/4711"),
    ("https://mastodon.example/@pat/114711", "Mastodon", "mastodon:mastodon.example/114711"),
    ("https://bsky.app/profile/pat.example/post/3kabc", "Bluesky", "bluesky:3kabc"),
    ("https://www.youtube.com/watch?v=Ab_-1&t=42", "YouTube", "youtube:Ab_-1"),
    ("https://youtu.be/Ab_-1", "YouTube", "youtube:Ab_-1"),
    ("https://discuss.example/d/4711-some-title", "discuss.example", "flarum:discuss.example/4711"),
    ("https://dev.to/pat/some-title-1a2b", "dev.to", "url:dev.to/pat/some-title-1a2b"),
    ("https://www.blog.example/a/?utm_source=feed", "blog.example", "url:blog.example/a"),
    ("https://news.google.com/rss/articles/CBMi4?oc=5", "Google News", "url:news.google.com/rss/articles/CBMi4?oc=5"),
]


@pytest.mark.parametrize(("url", "community", "thread"), THREADS, ids=[url for url, *_ in THREADS])
def test_an_address_names_its_community_and_its_thread(url, community, thread):
    spot = spot_of(url)

    assert spot.community == community
    if "/q/4711/99" not in url:
        assert (spot.post_key, spot.thread_key, spot.parent_key) == (thread, thread, "")


@pytest.mark.parametrize(
    ("url", "post", "thread"),
    [
        ("https://news.ycombinator.com/item?id=1#4711", "hn:4711", "hn:1"),
        ("https://www.reddit.com/r/x/comments/1abc/title/k99/?context=3", "reddit:t1_k99", "reddit:t3_1abc"),
        ("https://lobste.rs/s/abc123/title#c_xyz", "lobsters:c_xyz", "lobsters:abc123"),
        (
            "https://stackoverflow.com/questions/1/title/4711#4711",
            "stackexchange:stackoverflow.com/4711",
            "stackexchange:stackoverflow.com/1",
        ),
        (
            "https://stackoverflow.com/questions/1/title#comment55_4711",
            "stackexchange:stackoverflow.com/comment55",
            "stackexchange:stackoverflow.com/1",
        ),
        ("https://github.com/a/b/issues/1#issuecomment-99", "github:a/b#1/issuecomment-99", "github:a/b#1"),
        ("https://forum.example/t/title/12/3", "discourse:forum.example/12/3", "discourse:forum.example/12"),
        ("https://forum.example/t/12/3", "discourse:forum.example/12/3", "discourse:forum.example/12"),
        (
            "https://example.org/forum/t/title/12/3",
            "discourse:example.org/forum/12/3",
            "discourse:example.org/forum/12",
        ),
        ("https://blog.example/a#comment-5", "url:blog.example/a#comment-5", "url:blog.example/a"),
    ],
)
def test_an_answer_stands_in_the_thread_it_answers(url, post, thread):
    spot = spot_of(url)

    assert (spot.post_key, spot.thread_key, spot.parent_key) == (post, thread, thread)


@pytest.mark.parametrize("url", ["", "mailto:pat@x.example", "http://[", "tag:x.example,2026:1", "javascript:alert(1)"])
def test_what_is_no_web_address_stands_nowhere(url):
    assert spot_of(url).url == ""


def test_a_mirror_keeps_the_shape_of_the_addresses_it_mirrors():
    spot = spot_of("https://mirror.example/r/selfhosted/comments/1abc/title/k99/", hint="Reddit")

    assert (spot.community, spot.post_key, spot.thread_key) == ("r/selfhosted", "reddit:t1_k99", "reddit:t3_1abc")
    assert spot_of("https://mirror.example/r/selfhosted/comments/1abc/title/k99/").known is False


def test_a_mirror_carries_the_name_of_what_it_mirrors():
    assert spot_of("https://mirror.example/s/abc123/title", hint="Lobsters").community == "Lobsters"


def test_a_fediverse_address_says_who_wrote():
    assert spot_of("https://a.example/@pat/1").author == "@pat@a.example"
    assert spot_of("https://a.example/@pat@b.example/1").author == "@pat@b.example"


@pytest.mark.parametrize("host", ["127.0.0.1:7071", "[::1]:7071"])
@pytest.mark.parametrize("path", ["@pat/1", "@pat@{host}/1", "users/pat/statuses/1"])
def test_a_host_without_a_name_is_left_out_of_the_handle(host, path):
    path = path.format(host=host.removesuffix(":7071").strip("[]"))

    assert spot_of(f"http://{host}/{path}").author == "@pat"


def test_a_handle_keeps_its_home_wherever_it_is_read():
    assert spot_of("http://127.0.0.1/@pat@b.example/1").author == "@pat@b.example"


@pytest.mark.parametrize(
    ("url", "community"),
    [
        ("https://www.reddit.com/r/selfhosted/new/.rss", "r/selfhosted"),
        ("https://www.reddit.com/search.rss?q=tide", "Reddit"),
        ("https://hn.algolia.com/api/v1/search_by_date?query=tide", "Hacker News"),
        ("https://lobste.rs/newest.rss", "Lobsters"),
        ("https://www.blog.example/feed", "blog.example"),
    ],
)
def test_a_feed_speaks_for_a_community(url, community):
    assert community_of_feed(url) == community


@pytest.mark.parametrize("rule", RULES, ids=[rule.address.pattern for rule in RULES])
def test_the_sign_of_a_rule_stands_in_every_address_that_it_reads(rule):
    """Otherwise a post would lose its thread, since a rule is asked only where its sign is seen."""

    @given(st.from_regex(rule.address, fullmatch=True, alphabet=st.characters(codec="ascii")))
    def holds(address):
        assert rule.sign in address.lower()

    holds()
