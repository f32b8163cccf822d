"""Where a whole thread is listed: by its key, or by the address of a post in it."""

from datetime import UTC, datetime

import pytest

from feeds.identity.spots import spot_of
from feeds.links import is_web
from feeds.places.catalogue import CatalogueError, load_catalogue
from feeds.places.threads import address_of_thread

OURS = load_catalogue().threads
SINCE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("post", "url"),
    [
        ("https://news.ycombinator.com/item?id=46000100", "https://hn.algolia.com/api/v1/items/46000100"),
        (
            "https://old.reddit.com/r/wikis/comments/1p2q3r/x/nabc12/",
            "https://www.reddit.com/comments/1p2q3r/.rss?sort=new&limit=100",
        ),
        ("https://lobste.rs/s/ab12cd/a_wiki#c_zz9aaa", "https://lobste.rs/s/ab12cd.json"),
        (
            "https://unix.stackexchange.com/questions/79/x",
            (
                "https://api.stackexchange.com/2.3/questions/79/answers?site=unix.stackexchange.com"
                "&sort=creation&order=desc&pagesize=100&filter=withbody"
            ),
        ),
        (
            "https://github.com/Tide/wiki/issues/12#issuecomment-901",
            "https://api.github.com/repos/Tide/wiki/issues/12/comments?per_page=100&since=2026-11-20T10:00:00Z",
        ),
        ("https://github.com/tide/wiki/discussions/7", "https://github.com/tide/wiki/discussions/7.atom"),
        ("https://social.example/@mira/115", "https://social.example/api/v1/statuses/115/context"),
        (
            "https://bsky.app/profile/did:plc:lin/post/3m5b",
            (
                "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread"
                "?uri=at%3A%2F%2Fdid:plc:lin%2Fapp.bsky.feed.post%2F3m5b&depth=10"
            ),
        ),
        (
            "https://lemmy.example/post/17001",
            "https://lemmy.example/api/v3/comment/list?post_id=17001&type_=All&sort=New&limit=50",
        ),
        ("https://forum.example/t/history/260/3", "https://forum.example/t/260.json"),
        ("https://forum.example/community/t/history/260", "https://forum.example/community/t/260.json"),
    ],
)
def test_a_thread_is_asked_for_at_its_community(post, url):
    found = address_of_thread(spot_of(post).thread_key, post, OURS, since=SINCE)

    assert found is not None
    assert found.url == url


def test_a_long_topic_of_a_forum_has_its_newest_posts_in_a_feed():
    found = address_of_thread("discourse:forum.example/260", "", OURS, since=SINCE)

    assert found is not None
    assert found.newest == "https://forum.example/t/-/260.rss"


@pytest.mark.parametrize("post", ["https://blog.example/a", "https://medium.com/@lin/a-1b2c3d4e5f60", "", "no address"])
def test_of_most_of_the_web_nobody_lists_the_answers(post):
    assert address_of_thread(spot_of(post).thread_key, post, OURS, since=SINCE) is None


@pytest.mark.parametrize("key", ["hn:1/../2", "discourse:forum.example:80@evil.example/3", "mastodon:a b/3", "hn:"])
def test_what_is_no_key_of_a_community_asks_nobody(key):
    found = address_of_thread(key, "", OURS, since=SINCE)

    assert found is None


@pytest.mark.parametrize("rule", OURS, ids=lambda rule: f"{rule.community} {rule.url}")
def test_every_address_is_of_the_web(rule):
    assert is_web(rule.url.replace("{", "").replace("}", ""))


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("url = 'https://x.example/{id}'\nkey = 'x:(?P<name>.*)'", "{id}"),
        ("url = 'https://x.example/'", "one of them"),
        ("url = 'https://x.example/'\nkey = 'x'\naddress = 'x'", "one of them"),
        ("url = 'https://x.example/'\nkey = '('", "no catalogue"),
    ],
)
def test_a_mistake_in_a_table_is_named(tmp_path, table, complaint):
    file = tmp_path / "places.toml"
    file.write_text(f'[[thread]]\ncommunity = "X"\n{table}\n', encoding="utf-8")

    with pytest.raises(CatalogueError, match=complaint):
        load_catalogue(file)


def test_an_own_catalogue_takes_our_threads_unless_it_says_that_there_are_none(tmp_path):
    own, none = tmp_path / "own.toml", tmp_path / "none.toml"
    own.write_text('[[place]]\nname = "Intern"\nurl = "https://intern.example/"\n', encoding="utf-8")
    none.write_text("thread = []\n", encoding="utf-8")

    assert load_catalogue(own).threads == OURS
    assert load_catalogue(none).threads == ()
