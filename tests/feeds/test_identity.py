"""The same post is one post, two posts are two: the ways in which feeds make that hard."""

import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from feed_posts import posts_from
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.entry import Entry, ParsedFeed
from feeds.identity.keys import identify
from feeds.identity.posts import identified
from feeds.identity.spots import spot_in_feed, spot_of
from feeds.links import address, link_key

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FEED = "https://blog.example/feed.xml"


def canonical(url):
    return address(url).link


def an_entry(**changes):
    entry = Entry(
        id="https://blog.example/?p=17",
        link="https://blog.example/2026/history",
        title="Where did my history go?",
        text="Every history tab is empty after a restore.",
        author="pat",
        published_at=NOON,
    )
    return entry._replace(**changes)


def keys_of(*entries, url=FEED, site="https://blog.example/"):
    posts = posts_from(ParsedFeed(title="Feed", link=site, entries=entries), url)
    return [set(post.keys) for post in posts]


def is_same_post(one, other, *, url=FEED, other_url=FEED):
    (first,), (second,) = keys_of(one, url=url), keys_of(other, url=other_url)
    return bool(first & second)


def test_a_guid_that_flips_between_http_and_https_is_the_same():
    assert is_same_post(an_entry(link=""), an_entry(id="http://blog.example/?p=17", link=""))


def test_a_guid_with_a_counter_in_its_fragment_is_the_same():
    assert is_same_post(
        an_entry(id="https://news.example/a#0", link=""), an_entry(id="https://news.example/a#3", link="")
    )


def test_a_guid_that_follows_the_headline_is_caught_by_the_link():
    assert is_same_post(an_entry(id="history-gone-17"), an_entry(id="history-is-back-17", title="History is back"))


def test_tracking_parameters_make_no_new_post():
    assert is_same_post(
        an_entry(id=""), an_entry(id="", link="http://www.blog.example/2026/history/?utm_source=rss&fbclid=1#top")
    )


def test_without_a_guid_the_link_identifies():
    assert is_same_post(an_entry(id=""), an_entry(id="", title="Another title", published_at=None))


def test_without_a_guid_a_post_of_a_community_is_one_however_its_address_is_spelled():
    one = an_entry(id="", link="https://www.reddit.com/r/selfhosted/comments/1abc/where_did_it_go/")
    other = an_entry(id="", link="https://old.reddit.com/r/selfhosted/comments/1abc/", title="Another title")

    assert is_same_post(one, other, url="https://www.reddit.com/.rss", other_url="https://old.reddit.com/.rss")


def test_parameters_that_choose_the_page_make_a_new_post():
    assert not is_same_post(
        an_entry(id="", link="https://blog.example/?p=17"), an_entry(id="", link="https://blog.example/?p=18")
    )


def test_comments_on_one_page_are_different_posts_of_one_thread():
    feed = ParsedFeed(
        title="Comments",
        link="https://blog.example/",
        entries=(
            an_entry(id="", link="https://blog.example/2026/history#comment-5"),
            an_entry(id="", link="https://blog.example/2026/history#comment-6"),
        ),
    )
    one, other = posts_from(feed, FEED)

    assert not set(one.keys) & set(other.keys)
    assert one.thread_key == other.thread_key == one.parent_key == "url:blog.example/2026/history"


def test_comments_on_one_page_with_one_title_at_one_moment_stay_apart():
    one, other = (f"https://blog.example/2026/history#comment-{number}" for number in (5, 6))

    assert not is_same_post(an_entry(id=one, link=one), an_entry(id=other, link=other))


def test_the_same_guid_on_all_items_identifies_none_of_them():
    found = keys_of(
        an_entry(id="blog.example", link="https://blog.example/a"),
        an_entry(id="blog.example", link="https://blog.example/b"),
    )

    assert len(found) == 2
    assert not found[0] & found[1]


def test_a_guid_that_others_share_identifies_nothing_without_a_link_either():
    def keys_at_a_poll(title):
        return keys_of(an_entry(id="blog.example", link="", title=title), an_entry(id="blog.example"))[0]

    assert not keys_at_a_poll("Tidewiki 1") & keys_at_a_poll("Tidewiki 2")


def test_where_guid_and_link_are_both_shared_the_two_together_survive_an_edit():
    def rota(title):
        shared = (("one", "a"), ("one", "b"), ("two", "a"))
        return keys_of(*(an_entry(id=id_, link=f"https://blog.example/{link}", title=title) for id_, link in shared))

    before, after = rota("Tidewiki"), rota("Tidewiki, edited")

    assert [[bool(one & other) for other in after] for one in before] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_the_same_link_on_all_items_identifies_none_of_them():
    found = keys_of(*(an_entry(id=f"{n}55516482", link="https://shop.example/app/reviews") for n in range(3)))

    assert len(found) == 3
    assert not found[0] & found[1]


def test_items_that_all_link_to_the_front_page_are_different():
    assert not is_same_post(
        an_entry(id="", link="https://blog.example/", title="Down"),
        an_entry(id="", link="https://blog.example/", title="Up"),
    )


def test_an_identity_fits_into_an_index_however_long_it_is_written():
    long = an_entry(id="x" * 5000, link=f"https://blog.example/{'y' * 3000}")
    (post,) = posts_from(ParsedFeed(title="Feed", link="", entries=(long,)), FEED)

    assert max(len(key.encode()) for key in (*post.keys, post.thread_key)) < 2000
    assert post.thread_key in post.keys
    assert is_same_post(long, long._replace(title="Edited"))
    assert not is_same_post(long, long._replace(id="x" * 5001, link=long.link + "y"))


def test_an_endless_address_is_none_and_is_not_kept():
    endless = f"https://blog.example/{'y' * 100_000}"
    tracemalloc.start()
    try:
        assert {canonical(f"{endless}{number}") for number in range(200)} == {""}
        assert {spot_of(f"{endless}{number}").url for number in range(200)} == {""}
        assert tracemalloc.get_traced_memory()[0] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_thread_with_an_endless_address_is_none_and_a_post_in_it_stands_by_itself():
    lost = an_entry(thread=f"https://blog.example/{'y' * 100_000}")
    (post,) = posts_from(ParsedFeed(title="Feed", link="", entries=(lost,)), FEED)

    assert post.thread_key in post.keys
    assert post.parent_key == ""


def test_nothing_but_text_still_identifies():
    assert is_same_post(an_entry(id="", link=""), an_entry(id="", link=""))
    assert not is_same_post(an_entry(id="", link=""), an_entry(id="", link="", text="Another text."))
    assert is_same_post(an_entry(id="", link="", published_at=None), an_entry(id="", link="", published_at=None))


def test_half_a_character_identifies_as_well():
    """JSON may carry one."""
    half = an_entry(id="", link="", title="Where did \ud83d go?")

    assert is_same_post(half, half)
    assert not is_same_post(half, half._replace(title="Where did \ud83e go?"))


def test_words_alone_identify_in_their_own_house_only():
    words = an_entry(id="", link="")
    (here,), (there,), (mirrored,) = (
        keys_of(words, url=url, site=site)
        for url, site in (
            (FEED, ""),
            ("https://other.example/feed.xml", ""),
            ("https://other.example/feed.xml", "https://blog.example/"),
        )
    )

    assert not here & there
    assert here == mirrored


@pytest.mark.parametrize(
    ("both", "other", "expected"),
    [
        ({}, {}, True),
        ({}, {"text": "Edited."}, True),
        ({}, {"title": "where did  my HISTORY go?"}, True),
        ({}, {"published_at": NOON.replace(microsecond=5)}, True),
        ({}, {"title": "Where did my notes go?"}, False),
        ({}, {"published_at": NOON + timedelta(days=7)}, False),
        ({"published_at": None}, {}, True),
        ({"published_at": None}, {"text": "Edited."}, False),
        ({"title": ""}, {}, True),
        ({"title": ""}, {"text": "Edited."}, False),
    ],
    ids=[
        "nothing else changes",
        "the text is edited",
        "the title is spelled another way",
        "the clock is read more exactly",
        "another title",
        "the same title a week later",
        "no date",
        "no date and another text",
        "no title",
        "no title and another text",
    ],
)
def test_a_page_whose_address_changes_by_itself_is_known_by_its_title_at_that_moment(both, other, expected):
    one = an_entry(id="", link="https://blog.example/17?token=a81f", **both)

    assert is_same_post(one, one._replace(link="https://blog.example/17?token=77c2", **other)) is expected


@pytest.mark.parametrize(
    ("first_id", "second_id", "expected"),
    [
        ("https://blog.example/17?token=a81f", "https://blog.example/17?token=77c2", True),
        ("https://blog.example/?p=17", "https://blog.example/?p=18", False),
        ("entry-4711", "entry-4712", False),
    ],
    ids=["ids that are the address", "ids that are other addresses", "ids of their own"],
)
def test_posts_with_ids_of_their_own_stay_apart_though_page_title_and_moment_are_the_same(
    first_id, second_id, expected
):
    one = an_entry(id=first_id, link="https://blog.example/17?token=a81f")

    assert is_same_post(one, one._replace(id=second_id, link="https://blog.example/17?token=77c2")) is expected


@pytest.mark.parametrize(
    "changed",
    [{"title": "Where did my history go? (solved)"}, {"published_at": NOON + timedelta(days=1)}],
    ids=["another title", "another date"],
)
def test_an_entry_that_is_listed_as_it_was_and_as_it_is_is_one_post(changed):
    other = an_entry(id="https://blog.example/?p=18", link="https://blog.example/2026/notes")

    assert len(keys_of(an_entry(), an_entry(**changed), other)) == 2


def test_entries_without_ids_at_one_address_are_different_posts_beside_one_with_an_id():
    page = an_entry(id="", link="https://blog.example/changes")

    assert len(keys_of(page._replace(title="Version 1"), page._replace(title="Version 2"), an_entry())) == 3


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({}, {"id": "https://blog.example/?p=18", "link": "https://blog.example/2026/notes"}, True),
        ({"id": ""}, {"id": "", "link": "https://blog.example/2026/notes"}, True),
        ({}, {"id": "https://blog.example/?p=18"}, False),
        ({}, {"link": "https://blog.example/2026/notes"}, False),
    ],
    ids=["nothing", "that they have no id", "their address", "their id"],
)
def test_two_entries_are_apart_where_they_have_nothing_in_common(one, other, apart):
    """Else an entry says what it is only beside the others, and cannot be read without them at the next poll."""
    feed = ParsedFeed(title="Feed", link="https://blog.example/", entries=(an_entry(**one), an_entry(**other)))

    assert identified(feed, FEED, "").apart is apart


def test_one_id_and_one_address_on_all_there_is_identify_nothing():
    found = keys_of(an_entry(), an_entry(title="Where did my notes go?"))

    assert len(found) == 2
    assert not found[0] & found[1]


@pytest.mark.parametrize(
    ("changed", "count"),
    [({}, 1), ({"title": "Version 2"}, 2), ({"published_at": NOON + timedelta(days=7)}, 2)],
    ids=["a fragment that counts", "one that names", "one that names a week"],
)
def test_one_address_with_two_fragments_in_one_feed_is_what_titles_and_dates_say(changed, count):
    one = an_entry(id="https://blog.example/a#v1", link="https://blog.example/a", title="Version 1")

    assert len(keys_of(one, one._replace(id="https://blog.example/a#v2", **changed))) == count


def test_an_id_that_is_an_address_of_a_community_is_the_post_there():
    (keys,) = keys_of(an_entry(id="https://news.ycombinator.com/item?id=4711"))

    assert "hn:4711" in keys


def test_a_post_without_a_link_stands_where_its_id_leads():
    item = "https://news.ycombinator.com/item?id=4711"
    (post,) = posts_from(ParsedFeed(title="Feed", link="", entries=(an_entry(id=item, link=""),)), FEED)

    assert (post.community, post.url) == ("Hacker News", item)


def test_a_post_of_a_mirror_is_shown_at_the_address_that_its_feed_links_to():
    page = "https://mirror.example/r/selfhosted/comments/1abc"
    feed = ParsedFeed(title="Feed", link="", entries=(an_entry(id=f"{page}/", link=f"{page}/where_did_it_go/"),))
    (post,) = posts_from(feed, "https://mirror.example/r/selfhosted.rss", "r/selfhosted")

    assert (post.keys[0], post.url) == ("reddit:t3_1abc", f"{page}/where_did_it_go/")


def test_a_date_that_changes_makes_no_new_post():
    assert is_same_post(an_entry(), an_entry(published_at=datetime(2026, 11, 21, tzinfo=UTC)))


def test_a_short_guid_means_something_in_its_own_feed_only():
    """Two feeds of one host may both count from one; what they share is the link."""
    other_feed = "https://blog.example/comments.xml"
    one, other = an_entry(id="17", link=""), an_entry(id="17", link="", title="Another")

    assert not is_same_post(one, other, other_url=other_feed)
    assert is_same_post(an_entry(id="17"), an_entry(id="17"), other_url=other_feed)


@pytest.mark.parametrize(
    ("guid", "expected"),
    [("abcdefgh", True), ("abcdefg", False), ("2026-11-18", False), ("20261118T120000Z", False)],
    ids=["eight characters", "seven", "a day", "a moment"],
)
def test_an_id_that_a_neighbour_would_not_think_of_is_the_same_in_all_feeds_of_a_host(guid, expected):
    one, other = an_entry(id=guid, link=""), an_entry(id=guid, link="", title="Another")

    assert is_same_post(one, other, other_url="https://blog.example/comments.xml") is expected


def test_an_id_of_spaces_is_none():
    one, other = an_entry(id="  "), an_entry(id="  ", link="https://blog.example/2026/notes", title="Another")

    assert is_same_post(one, one._replace(title="Another"))
    assert not is_same_post(one, other)


@pytest.mark.parametrize("guid", ["item-4711-a", "item:4711-a"])
def test_a_guid_is_not_shared_between_hosts(guid):
    one = an_entry(id=guid, link="")

    assert not is_same_post(one, one, other_url="https://other.example/feed.xml")
    assert is_same_post(one, one, other_url="http://www.blog.example/feed.xml")


def test_one_post_through_a_search_and_its_subreddit_is_one_post():
    entry = an_entry(id="t3_1abc", link="https://www.reddit.com/r/selfhosted/comments/1abc/title/")
    old = entry._replace(link="https://old.reddit.com/r/selfhosted/comments/1abc/title/")

    assert is_same_post(
        entry,
        old,
        url="https://www.reddit.com/search.rss?q=tide",
        other_url="https://www.reddit.com/r/selfhosted/new/.rss",
    )


def test_one_story_through_algolia_and_hnrss_is_one_post():
    item = "https://news.ycombinator.com/item?id=4711"
    algolia = an_entry(id=item, link=item, thread="hn:4711")
    hnrss = an_entry(id=item, comments=item, link="https://blog.example/2026/history")
    (first,) = keys_of(
        algolia, url="https://hn.algolia.com/api/v1/search_by_date", site="https://news.ycombinator.com/"
    )
    (second,) = keys_of(hnrss, url="https://hnrss.org/newest", site="https://news.ycombinator.com/newest")

    assert first & second


def test_a_discussion_of_an_article_is_not_the_article():
    item = "https://news.ycombinator.com/item?id=4711"
    (story,) = keys_of(
        an_entry(id=item, comments=item), url="https://hnrss.org/newest", site="https://news.ycombinator.com/"
    )
    (article,) = keys_of(an_entry())

    assert not story & article


@pytest.mark.parametrize("at", [NOON, None], ids=["with a date", "without"])
def test_a_headline_of_google_news_is_one_post_whatever_its_id(at):
    site = "https://news.google.com/search?q=tide"
    one = an_entry(id="CBMi1111111", link="https://news.google.com/rss/articles/CBMi1111111?oc=5", published_at=at)
    other = one._replace(id="CBMi2222222", link="https://news.google.com/rss/articles/CBMi2222222?oc=5")
    (first,) = keys_of(one, url="https://news.google.com/rss/search?q=tide", site=site)
    (second,) = keys_of(other, url="https://news.google.com/rss/search?q=tide", site=site)

    assert first & second


def test_a_headline_that_one_feed_of_google_news_lists_under_two_ids_is_one_post():
    found = keys_of(
        an_entry(id="CBMi1111111", link="https://news.google.com/rss/articles/CBMi1111111?oc=5"),
        an_entry(id="CBMi2222222", link="https://news.google.com/rss/articles/CBMi2222222?oc=5"),
        url="https://news.google.com/rss/search?q=tide",
        site="https://news.google.com/search?q=tide",
    )

    assert len(found) == 1


def test_a_guid_that_is_no_fullname_makes_no_key_of_reddit():
    link = "https://www.reddit.com/r/selfhosted/comments/1abc/title/"

    (keys,) = keys_of(an_entry(id=link, link=link), url="https://www.reddit.com/r/selfhosted/new.rss", site="")

    assert {key for key in keys if key.startswith("reddit:")} == {"reddit:t3_1abc"}


def test_fullnames_of_other_sites_are_not_reddits():
    (keys,) = keys_of(an_entry(id="t3_1abc", link="https://blog.example/x"))

    assert not any(key.startswith("reddit:") for key in keys)


def test_entries_that_share_a_thread_address_stay_apart():
    """A feed of answers whose links all lead to the question has one address and many posts."""
    thread = "https://stackoverflow.com/questions/1/title"
    found = posts_from(
        ParsedFeed(
            title="Answers",
            link="https://stackoverflow.com/",
            entries=(an_entry(id="answer-4711", link=thread), an_entry(id="answer-4712", link=thread)),
        ),
        "https://stackoverflow.com/feeds/x",
    )

    assert len(found) == 2
    assert {post.thread_key for post in found} == {"stackexchange:stackoverflow.com/1"}
    assert {post.parent_key for post in found} == {"stackexchange:stackoverflow.com/1"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://WWW.Example.com:80/a/../b/?b=2&a=1#top", "http://www.example.com/b/?a=1&b=2"),
        ("https://x.example", "https://x.example/"),
        ("https://x.example/?gclid=1&ref=hn&id=2", "https://x.example/?id=2"),
        ("https://www.google.com/url?sa=t&url=https://x.example/a%3Fb%3D1&usg=z", "https://x.example/a?b=1"),
        ("ftp://x.example/a", ""),
        ("", ""),
    ],
)
def test_a_link_has_one_canonical_form(url, expected):
    assert canonical(url) == expected


hosts = st.sampled_from(
    ["x.example", "WWW.X.example", "[::1]", "x.example:443", "x.example:8080", "user@x.example", "ü.example"]
)
parts = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


@given(st.sampled_from(["http", "https"]), hosts, parts, parts, parts)
def test_making_a_link_canonical_twice_changes_nothing(scheme, host, path, query, fragment):
    once = canonical(f"{scheme}://{host}/{path}?{query}#{fragment}")

    assert canonical(once) == once


@given(st.text(max_size=60))
def test_any_text_may_stand_where_a_link_should(text):
    link_key(text)
    assert canonical(canonical(text)) == canonical(text)


entries = st.builds(
    Entry,
    id=st.sampled_from(["", "1", "tag:x.example,2026:1", "https://x.example/1"]) | st.text(max_size=10),
    link=st.sampled_from(["", "https://x.example/1", "https://x.example/2", "https://x.example/"]),
    title=st.text(max_size=10),
    text=st.text(max_size=10),
    author=st.text(max_size=5),
)


@given(st.lists(entries, max_size=6))
def test_keys_are_never_empty_and_always_the_same(found):
    feed = ParsedFeed(title="Feed", link="https://x.example/", entries=tuple(found))
    posts = posts_from(feed, FEED)

    assert posts == posts_from(feed, FEED)
    assert all(post.keys and all(post.keys) and len(set(post.keys)) == len(post.keys) for post in posts)
    assert all(post.thread_key for post in posts)


ids = st.sampled_from(["a", "b-17", "tag:x.example,2026:1", "https://x.example/1", "https://x.example/2#v2", "t3_1abc"])
dates = st.sampled_from([None, NOON, NOON - timedelta(days=7), NOON.replace(hour=0)])


@given(st.lists(st.tuples(ids | st.text(min_size=1, max_size=5), entries, dates), max_size=6, unique_by=lambda t: t[0]))
def test_entries_of_one_feed_with_ids_of_their_own_are_never_taken_for_each_other(found):
    """Whatever else they share: title, moment, text, and an address."""
    own = [entry._replace(id=f"{number}-{guid}", published_at=at) for number, (guid, entry, at) in enumerate(found)]
    posts = posts_from(ParsedFeed(title="Feed", link="https://x.example/", entries=tuple(own)), FEED)

    assert len(posts) == len(own)
    assert len({key for post in posts for key in post.keys}) == sum(len(post.keys) for post in posts)


@given(st.lists(entries, max_size=6), st.randoms())
def test_the_order_of_a_feed_changes_no_identity(found, chance):
    def keys(listed):
        placed = [(entry, spot_in_feed(entry, frozenset({"x.example", "blog.example"}))) for entry in listed]
        return dict(zip(listed, identify(placed, site="https://x.example/", source_url=FEED).keys, strict=True))

    assert keys(found) == keys(chance.sample(found, len(found)))


@given(st.integers(0, 86_400 * 3), st.integers(0, 86_400 * 3))
@example(40_500, 82_800)  # from a quarter past eleven in the evening to eleven in the morning
def test_a_headline_is_news_for_half_a_day_at_least_and_a_day_at_most(one, other):
    def headline(number, seconds):
        link = f"https://news.google.com/rss/articles/CBMi{number}"
        return an_entry(id=f"CBMi{number}0000", link=link, published_at=NOON + timedelta(seconds=seconds))

    same = is_same_post(headline(1, one), headline(2, other))

    assert same or abs(one - other) >= 43_200
    assert not same or abs(one - other) < 86_400


def test_a_link_blog_stands_where_it_says_so_and_not_at_what_it_links_to():
    linked = "https://paper.example/article"
    blog, discussed = an_entry(id="tag:blog.example,2026:17", link=linked), "https://blog.example/items/17"
    posts = [
        posts_from(ParsedFeed(title="Feed", link="https://blog.example/", entries=(entry,)), FEED)[0]
        for entry in (blog, blog._replace(id="17", comments=discussed), blog._replace(id="tag:paper.example,2026:1"))
    ]

    assert [post.keys for post in posts] == [
        ("guid:tag:blog.example,2026:17",),
        ("guid:blog.example/feed.xml:17", "url:blog.example/items/17"),
        ("guid:tag:paper.example,2026:1", "url:paper.example/article"),
    ]
    assert [post.url for post in posts] == [linked, discussed, linked]
    assert [post.thread_key for post in posts] == [posts[0].keys[0], posts[1].keys[1], posts[2].keys[1]]
    assert [post.community for post in posts] == ["blog.example", "blog.example", "paper.example"]


def test_a_post_that_a_feed_collects_is_known_by_its_address_at_home():
    home = "https://pat.example/a-tide"
    (keys,) = keys_of(an_entry(id="https://pat.example/?p=17", link=home, comments=f"{home}/comments"), site="")

    assert "url:pat.example/a-tide" in keys


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.x.example/feed.xml", ""),
        ("https://x.example/feed.xml", ""),
        ("https://proxy.example/feed.xml", "https://news.x.example/"),
    ],
    ids=["a neighbour", "the site that both are part of", "and another host that delivers it"],
)
def test_a_feed_that_links_to_another_host_of_its_site_has_its_posts_there(url, site):
    entry = an_entry(id="tag:news.x.example,2026:17", link="https://blog.x.example/a")
    (keys,) = keys_of(entry, url=url, site=site)

    assert "url:blog.x.example/a" in keys


def test_a_link_blog_that_another_host_delivers_does_not_stand_at_what_it_links_to():
    entry = an_entry(id="tag:blog.example,2026:17", link="https://paper.example/article")

    assert keys_of(entry, url="https://proxy.example/feed.xml") == [{"guid:tag:blog.example,2026:17"}]


def test_a_link_blog_whose_feed_names_no_page_of_its_own_stands_where_its_ids_say():
    entry = an_entry(id="tag:blog.example,2026:17", link="https://news.paper.example/article")
    (post,) = posts_from(ParsedFeed(title="Feed", link="", entries=(entry,)), FEED)

    assert (post.community, post.url, post.keys) == ("blog.example", entry.link, ("guid:tag:blog.example,2026:17",))


def test_a_post_that_servers_copy_from_each_other_is_at_home_where_it_was_written():
    uri = "https://a.example/users/pat/statuses/114711"
    copy = an_entry(id=uri, link="https://b.example/@pat@a.example/99")
    feed = ParsedFeed(title="#wiki", link="https://b.example/tags/wiki", entries=(copy,))
    (post,) = posts_from(feed, "https://b.example/tags/wiki.rss")

    assert post.thread_key == post.keys[0] == "mastodon:a.example/114711"
    assert "url:b.example/@pat@a.example/99" in post.keys
    assert (post.community, post.url) == ("Mastodon", copy.link)
