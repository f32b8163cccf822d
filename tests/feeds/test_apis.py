"""JSON APIs: each community's answer beside what it should become, and answers that are nonsense."""

import copy
import json
from pathlib import Path

import pytest
from feed_posts import posts_from
from hypothesis import given
from hypothesis import strategies as st

from engagement.post import is_withdrawn
from feeds.adapters import ADAPTERS, read_json
from feeds.entry import Entry, NotAFeedError, ParsedFeed
from feeds.parsing.parse import parse_feed
from feeds.text import one_line

DATA = Path(__file__).parents[1] / "data" / "apis"
FEEDS = DATA.parent / "feeds"

SAMPLES = [
    ("reddit.json", "https://oauth.reddit.com/search?q=Tidewiki&raw_json=1", "Reddit"),
    ("stack-exchange.json", "https://api.stackexchange.com/2.3/search/advanced?q=Tidewiki&site=stackoverflow", ""),
    ("github-search.json", "https://api.github.com/search/issues?q=Tidewiki", "GitHub"),
    ("github-events.json", "https://api.github.com/users/finn-tide/events/public", "GitHub"),
    ("mastodon.json", "https://social.example/api/v1/timelines/tag/tidewiki", "Mastodon"),
    ("bluesky-search.json", "https://api.bsky.app/xrpc/app.bsky.feed.searchPosts?q=Tidewiki", "Bluesky"),
    (
        "bluesky-author.json",
        "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=finn.example",
        "Bluesky",
    ),
    ("lemmy.json", "https://lemmy.example/api/v3/search?q=Tidewiki&sort=New", "Lemmy"),
    ("discourse-search.json", "https://forum.tidewiki.example/search.json?q=Tidewiki", "Tidewiki forum"),
    ("discourse-posts.json", "https://forum.tidewiki.example/posts.json", "Tidewiki forum"),
    ("discourse-topic.json", "https://forum.tidewiki.example/t/260.json", "Tidewiki forum"),
    ("hacker-news-item.json", "https://hn.algolia.com/api/v1/items/46000100", ""),
    ("lobsters-story.json", "https://lobste.rs/s/ab12cd.json", ""),
    (
        "bluesky-thread.json",
        "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=at%3A%2F%2Flin.example%2Fapp.bsky.feed.post%2F3m5bbbbbbbb2x",
        "Bluesky",
    ),
    ("mastodon-context.json", "https://social.example/api/v1/statuses/115580000000000020/context", "Mastodon"),
    ("lemmy-comments.json", "https://lemmy.example/api/v3/comment/list?post_id=17001", "Lemmy"),
    ("github-comments.json", "https://api.github.com/repos/tide/wiki/issues/12/comments?per_page=100", "GitHub"),
    (
        "stack-exchange-answers.json",
        "https://api.stackexchange.com/2.3/questions/79001234/answers?site=stackoverflow.com",
        "",
    ),
    ("discourse-solved.json", "https://forum.tidewiki.example/t/261.json", "Tidewiki forum"),
    ("dev-to.json", "https://dev.to/api/articles?tag=tidewiki", "dev.to"),
    ("app-store.json", "https://itunes.apple.com/us/rss/customerreviews/id=17/json", "App Store"),
]
BODIES = {name: json.loads((DATA / name).read_text(encoding="utf-8")) for name, *_ in SAMPLES}
URLS = {name: url for name, url, _ in SAMPLES}


def as_json(post):
    said = {name: getattr(post, name) for name in ("community", "url", "title", "text", "author", "thread_key")}
    when = post.published_at.isoformat() if post.published_at else None
    marks = {name: True for name in ("accepted", "by_program") if getattr(post, name)}
    placed = {"parent_key": post.parent_key, "published_at": when, "score": post.score}
    return {"keys": list(post.keys), **said, **placed, **marks}


def posts_of(name, url, community):
    return posts_from(parse_feed((DATA / name).read_bytes(), "application/json", url), url, community)


@pytest.mark.parametrize(("name", "url", "community"), SAMPLES, ids=[name for name, *_ in SAMPLES])
def test_an_apis_answer_becomes_its_posts(name, url, community):
    expected = json.loads((DATA / f"{Path(name).stem}.posts.json").read_text(encoding="utf-8"))

    assert [as_json(post) for post in posts_of(name, url, community)] == expected


def test_every_sample_has_its_test():
    assert {path.name for path in DATA.iterdir() if not path.name.endswith(".posts.json")} == set(BODIES)


def test_every_adapter_has_a_sample():
    used = {next(each for each in ADAPTERS if each.reads(BODIES[name], URLS[name])).__name__ for name in BODIES}

    # That of Hacker News stands among the feeds.
    assert used == {each.__name__ for each in ADAPTERS} - {"feeds.adapters.hacker_news"}


@pytest.mark.parametrize(
    ("name", "feed", "community"),
    [
        ("reddit.json", "reddit", "Reddit"),
        ("app-store.json", "app-store", "App Store"),
        ("lemmy.json", "lemmy", ""),
        ("discourse-posts.json", "discourse-posts", "Tidewiki forum"),
        ("discourse-search.json", "discourse-posts", "Tidewiki forum"),
    ],
)
def test_a_post_is_the_same_whether_it_comes_through_the_api_or_the_feed(name, feed, community):
    by_api = posts_of(name, URLS[name], community)
    by_feed = json.loads((FEEDS / f"{feed}.posts.json").read_text(encoding="utf-8"))
    pairs = [(mine, theirs) for mine in by_api for theirs in by_feed if set(mine.keys) & set(theirs["keys"])]

    assert pairs
    for mine, theirs in pairs:
        assert mine.keys[0] == theirs["keys"][0]
        assert (mine.thread_key, mine.url, mine.author) == (theirs["thread_key"], theirs["url"], theirs["author"])


def test_what_an_api_says_about_itself_is_kept():
    more = {name: read_json(BODIES[name], URLS[name]).more for name in BODIES}
    assert [name for name, said in more.items() if said] == [
        "reddit.json",
        "stack-exchange.json",
        "github-search.json",
        "bluesky-search.json",
        "discourse-solved.json",
    ]

    stack = BODIES["stack-exchange.json"]
    assert read_json(stack, URLS["stack-exchange.json"]).pause_seconds == 10
    assert read_json({**stack, "backoff": None}, "").pause_seconds is None
    assert read_json({**stack, "quota_remaining": 0}, "").pause_seconds == 86_400


@pytest.mark.parametrize(("kind", "inner"), [("posts", "post"), ("comments", "comment")])
@pytest.mark.parametrize("sign", ["deleted", "removed"])
def test_lemmy_says_of_what_was_taken_away_that_it_was(kind, inner, sign):
    document = copy.deepcopy(BODIES["lemmy.json"])
    document[kind][0][inner][sign] = True

    posts = posts_from(read_json(document, URLS["lemmy.json"]), URLS["lemmy.json"])

    assert sum(map(is_withdrawn, posts)) == 1


@pytest.mark.parametrize(
    ("document", "url"),
    [
        ([], "https://social.example/api/v1/timelines/tag/tidewiki"),
        ([], "https://dev.to/api/articles?tag=tidewiki"),
        ([], "https://api.github.com/users/finn/events/public"),
        ({"posts": []}, "https://api.bsky.app/xrpc/app.bsky.feed.searchPosts?q=x"),
        ({"posts": [], "comments": []}, "https://lemmy.example/api/v3/search?q=x"),
        ({"grouped_search_result": {}}, "https://forum.example/search.json?q=x"),
        ({"items": [], "quota_remaining": 3}, "https://api.stackexchange.com/2.3/search/advanced?q=x"),
        ({"kind": "Listing", "data": {"children": []}}, "https://oauth.reddit.com/search?q=x"),
    ],
)
def test_nothing_found_is_an_answer(document, url):
    assert parse_feed(json.dumps(document).encode(), "", url).entries == ()


def chain(depth, make):
    """Return what `make` makes of what it made before, so many times."""
    inner = None
    for number in range(depth, 0, -1):
        inner = make(number, inner)
    return inner


def an_item(number, inner):
    children = [inner] if inner else []
    return {
        "id": number,
        "type": "comment",
        "author": "bo",
        "text": "No.",
        "parent_id": number - 1,
        "children": children,
    }


def a_skeet(number, inner):
    post = {"uri": f"at://did:plc:bo/app.bsky.feed.post/3m{number}", "record": {"text": "No."}}
    return {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": [inner] if inner else []}


def a_quarrel(depth):
    return chain(depth, an_item)


def a_bluesky_quarrel(depth):
    return {"thread": chain(depth, a_skeet)}


@pytest.mark.parametrize("quarrel", [a_quarrel, a_bluesky_quarrel])
def test_a_thread_is_read_as_deep_as_json_goes(quarrel):
    assert len(parse_feed(json.dumps(quarrel(200)).encode(), "", "https://x.example/").entries) == 200


@pytest.mark.parametrize(("open_", "close"), [('{"id":1,"children":[', "]}"), ('{"replies":[', "]}"), ("[", "]")])
def test_what_is_deeper_costs_nothing_but_itself(open_, close):
    with pytest.raises(NotAFeedError):
        parse_feed((open_ * 20_000 + close * 20_000).encode(), "", "https://x.example/")


def test_a_post_that_is_gone_is_no_thread():
    gone = {"thread": {"$type": "app.bsky.feed.defs#notFoundPost", "uri": "at://x", "notFound": True}}

    with pytest.raises(NotAFeedError, match="not there any more"):
        read_json(gone, "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread")


@pytest.mark.parametrize(
    ("url", "name", "kind"),
    [
        ("https://www.reddit.com/r/wikis/comments/1p2q3r/x/nabc12/", "/u/AutoModerator", True),
        ("https://github.com/tide/wiki/issues/12#issuecomment-9", "renovate[bot]", True),
        ("https://forum.example/t/x/7/2", "discobot", True),
        ("https://forum.example/t/x/7/2", "systematic", False),
        ("https://blog.example/7", "system", False),
    ],
)
def test_names_behind_which_no_person_writes_are_known(url, name, kind):
    entry = Entry(id=url, link=url, title="x", text="x", author=name)

    (post,) = posts_from(ParsedFeed(title="", link="", entries=(entry,)), url)

    assert post.by_program is kind


@pytest.mark.parametrize("document", [[], {}, [1], {"posts": 3}, {"hits": {}}, [[]], {"error": "not found"}, "x", None])
def test_json_that_no_api_gives_is_no_feed(document):
    assert read_json(document, "https://x.example/") is None


def paths_of(document, path=()):
    """Return the way to everything inside a document."""
    yield path
    inside = dict(enumerate(document)) if isinstance(document, list) else document
    for key, value in inside.items() if isinstance(inside, dict) else ():
        yield from paths_of(value, (*path, key))


values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("x" * 5_000)
nonsense = st.recursive(
    values,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["data", "posts", "label", "user"]), inner)
    ),
    max_leaves=6,
)


@given(name=st.sampled_from(sorted(BODIES)), data=st.data())
def test_a_member_of_a_wrong_type_costs_its_entry_or_the_feed_and_nothing_more(name, data):
    document = copy.deepcopy(BODIES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(list(paths_of(document))[1:]))
        inside = document
        for key in path[:-1]:
            inside = inside[key]
        inside[path[-1]] = data.draw(nonsense)
    url = data.draw(st.sampled_from([URLS[name], "", "https://x.example/api/v1/api/v3/bsky"]))

    try:
        parsed = read_json(document, url)
    except NotAFeedError:
        return
    if parsed is None:
        return
    posts_from(parsed, url)
    for entry in parsed.entries:
        assert_plain(entry)
    assert parsed.pause_seconds is None or 0 < parsed.pause_seconds <= 86_400


def assert_plain(entry):
    texts = (entry.id, entry.link, entry.title, entry.text, entry.author, entry.comments, entry.thread, entry.parent)
    assert isinstance(entry, Entry)
    assert all(isinstance(text, str) for text in texts)
    assert entry.score is None or abs(entry.score) < 2**31
    assert [one_line(entry.title), one_line(entry.author)] == [entry.title, entry.author]
