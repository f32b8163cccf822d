"""The made-up communities: what their feeds carry, when posts appear, and how they answer a polite reader."""

import io
import json
import re
import tomllib
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import feedparser
import pytest

from sandbox.community import start_community
from sandbox.community_state import ROUTES, THROTTLED_PATH, Community
from sandbox.community_story import Entry, Story, Variation, load_story

DEMO = Path(__file__).parents[2] / "sandbox" / "demo"
STORY = DEMO / "story.toml"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ADDRESSES = [
    route.path.format(place="selfhosted", tag="tidewiki")
    + (f"?{route.asks}=Tidewiki" if route.asks in ("q", "query") else "")
    for route in ROUTES
]


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def demo(clock) -> AsyncIterator[Community]:
    async with start_community(STORY, clock=clock) as community:
        yield community


@pytest.fixture
async def empty(clock) -> AsyncIterator[Community]:
    async with start_community(clock=clock) as community:
        yield community


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def read(web, url, **headers):
    async with web.get(url, headers=headers) as answer:
        return answer, await answer.read()


async def posts_at(web, url):
    """Return the entries as (title, link, text), newest first."""
    answer, body = await read(web, url)
    assert answer.status == 200
    if "json" not in answer.content_type:
        feed = feedparser.parse(io.BytesIO(body))
        assert not feed.bozo
        return [(entry.get("title", ""), entry.link, entry.get("summary", "")) for entry in feed.entries]
    document = json.loads(body)
    if "hits" in document:
        return [(hit.get("title", ""), hit["objectID"], hit.get("comment_text", "")) for hit in document["hits"]]
    return [(item["title"], item["url"], item["content_html"]) for item in document["items"]]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_every_feed_parses_and_carries_what_was_written_there(address, demo, clock, web):
    clock.forward(400)
    feed = next(route.feed for route in ROUTES if route.path.split("/")[1] == address.split("/")[1])

    posts = await posts_at(web, demo.url + address)

    written = {post.subject for post in demo.written() if post.feed == feed}
    assert 1 <= len(posts) <= 25
    assert len({link for _, link, _ in posts}) == len(posts)
    if feed not in ("hn", "mastodon", "reddit"):
        assert all(any(subject in title for subject in written) for title, _, _ in posts)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_an_unchanged_feed_answers_304_to_its_validators(address, demo, web):
    first, body = await read(web, demo.url + address)

    by_etag, nothing = await read(web, demo.url + address, **{"If-None-Match": first.headers["ETag"]})
    by_date, _ = await read(web, demo.url + address, **{"If-Modified-Since": first.headers["Last-Modified"]})

    assert body
    assert (by_etag.status, by_date.status, nothing) == (304, 304, b"")
    assert [served.status for served in demo.served] == [200, 304, 304]


async def test_a_changed_feed_is_sent_whole_and_with_new_validators(empty, clock, web):
    url = f"{empty.url}/forum/posts.rss"
    empty.add(feed="forum", author="mira_k", title="Hello", text="First.")
    before, _ = await read(web, url)
    clock.forward(5)
    empty.add(feed="forum", author="olav", title="Hello again", text="Second.")

    after, body = await read(web, url, **{"If-None-Match": before.headers["ETag"]})

    assert after.status == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    assert b"Second." in body


async def test_posts_appear_when_their_time_has_come(demo, clock, web):
    url = f"{demo.url}/stackoverflow/feeds/tag/tidewiki"
    before = await posts_at(web, url)
    clock.forward(10.9)
    just_before = await posts_at(web, url)
    clock.forward(0.2)

    after = await posts_at(web, url)

    assert (before, just_before) == ([], [])
    assert [title for title, _, _ in after] == ["Tidewiki behind Caddy: login redirects forever"]


async def test_a_faster_story_keeps_true_dates(clock):
    story = Story(entries=(Entry(feed="hn", thread="a", author="x", title="A", text="", at=100),))
    async with start_community(story, clock=clock, speed=10) as community:
        clock.forward(10)

        assert [post.at for post in community.written()] == [NOON + timedelta(seconds=10)]


async def test_the_story_goes_on_after_its_last_scripted_post(demo, clock):
    story = load_story(STORY)
    clock.forward(story.ends_at)
    scripted = len(demo.written())
    clock.forward(story.variation_every * 10)

    later = demo.written()

    assert scripted == len(story.entries)
    assert len(later) == scripted + 10
    assert not any("{" in post.title + post.text for post in later)


async def test_addresses_and_numbers_stay_while_the_story_goes_on_for_a_day(demo, clock):
    seen: dict[tuple[str, str, datetime, str], tuple[str, int]] = {}
    for _ in range(60):
        clock.forward(24 * 60)
        for post in demo.written():
            key = (post.feed, post.author, post.at, post.text)
            assert seen.setdefault(key, (post.path, post.id)) == (post.path, post.id)

    assert max(Counter(path for path, _ in seen.values()).values()) == 1


async def test_a_post_by_hand_stands_in_the_feed_and_on_its_page(empty, web):
    url = empty.add(feed="forum", title="Restore?", text="Is it <b>gone</b> & lost?", author="pat", thread="r")
    reply = empty.add(feed="forum", text="No.", author="sam", thread="r")

    posts = await posts_at(web, f"{empty.url}/forum/posts.rss")
    _, page = await read(web, url)

    assert [link for _, link, _ in posts] == [reply, url]
    assert reply == f"{url}/2"
    assert "&lt;b&gt;gone&lt;/b&gt; &amp; lost?" in page.decode()
    assert "No." in page.decode()


async def test_the_admin_endpoint_takes_a_post_and_explains_a_refusal(empty, web):
    fields = {"feed": "reddit", "author": "pat", "title": "Tidewiki?", "text": "Well?", "place": "selfhosted"}
    async with web.post(f"{empty.url}/admin/post", json=fields) as taken:
        url = (await taken.json())["url"]
    async with web.post(f"{empty.url}/admin/post", json={**fields, "feed": "fax"}) as refused:
        reason = (await refused.json())["error"]

    assert (taken.status, refused.status) == (201, 400)
    assert url.startswith(f"{empty.url}/r/selfhosted/comments/")
    assert "fax" in reason


async def test_a_strangers_page_cannot_post_through_somebodys_browser(empty, web):
    fields = {"feed": "reddit", "author": "pat", "title": "Tidewiki?", "text": "Well?", "place": "selfhosted"}
    headers = {"Origin": "https://stranger.example"}
    async with web.post(f"{empty.url}/admin/post", json=fields, headers=headers) as refused:
        assert refused.status == 403


@pytest.mark.parametrize(
    ("feed", "opening", "follow_up"),
    [
        ("hn", r"/item\?id=(\d+)", r"/item\?id=(\d+)"),
        ("reddit", r"/r/selfhosted/comments/(\w+)/tidewiki/", r"/r/selfhosted/comments/(\w+)/tidewiki/\w+/"),
        ("forum", r"/t/tidewiki/(\d+)", r"/t/tidewiki/(\d+)/2"),
        ("github", r"/tidewiki/tidewiki/issues/(\d+)", r"/tidewiki/tidewiki/issues/(\d+)#issuecomment-\d+"),
        ("stackoverflow", r"/questions/(\d+)/tidewiki", r"/questions/(\d+)/tidewiki/\d+#\d+"),
        ("lobsters", r"/s/(\w{6})/tidewiki", r"/s/(\w{6})/tidewiki#c_\w{6}"),
    ],
)
async def test_addresses_name_the_thread_as_the_community_does(feed, opening, follow_up, empty, web):
    first = empty.add(feed=feed, author="a", title="Tidewiki", text="One", thread="t")
    second = empty.add(feed=feed, author="b", text="Two", thread="t")
    pages = [(await read(web, url))[1].decode() for url in (first, second)]

    threads = [pattern_of(empty, url, pattern) for url, pattern in ((first, opening), (second, follow_up))]

    assert feed == "hn" or threads[0] == threads[1]
    assert all("One" in page and "Two" in page for page in pages)


def pattern_of(community, url, pattern):
    match = re.fullmatch(re.escape(community.url) + pattern, url)
    assert match, url
    return match[1]


async def test_comments_on_hacker_news_carry_their_story(demo, web):
    _, body = await read(web, f"{demo.url}/hn/search_by_date?query=%22Tidewiki%22&tags=(story,comment)")

    hits = json.loads(body)["hits"]

    story = next(hit for hit in hits if "title" in hit)
    assert story["story_id"] == int(story["objectID"])
    assert {hit["parent_id"] for hit in hits if "title" not in hit} == {story["story_id"]}
    assert {hit["story_title"] for hit in hits if "title" not in hit} == {story["title"]}


async def test_the_same_reddit_post_comes_through_two_sources(demo, web):
    search = await posts_at(web, f"{demo.url}/reddit/search.rss?q=Tidewiki")
    newest = await posts_at(web, f"{demo.url}/reddit/r/selfhosted/new/.rss")

    assert len(set(search) & set(newest)) >= 2
    assert len(newest) > len(search)


async def test_a_name_nobody_scripted_is_talked_about_from_then_on(demo, clock, web):
    url = f"{demo.url}/reddit/search.rss?q=%22Acme+Anvil%22"
    before = await posts_at(web, url)
    clock.forward(600)

    after = await posts_at(web, url)

    assert before
    assert len(after) > len(before)
    assert all("Acme Anvil" in title + text for title, _, text in after)
    assert b"Acme Anvil" in (await read(web, after[0][1]))[1]
    assert all("Acme Anvil" in text for _, _, text in await posts_at(web, f"{demo.url}/mastodon/tags/acmeanvil.rss"))


async def test_a_throttled_place_says_when_to_come_back(demo, web):
    answer, _ = await read(web, demo.url + THROTTLED_PATH)

    assert (answer.status, answer.headers["Retry-After"]) == (429, "900")


@pytest.mark.parametrize(("site", "name"), [("", "tidewiki"), ("?of=https://www.acme.example/x", "acme")])
async def test_a_site_is_a_page_that_names_its_feed(site, name, demo, web):
    answer, body = await read(web, f"{demo.url}/site{site}")
    feed = re.search(r'type="application/feed\+json" title="News" href="([^"]+)"', body.decode())[1]

    posts = await posts_at(web, demo.url + feed)

    assert answer.content_type == "text/html"
    assert feed == f"/site/feed.json?of={name}"
    assert posts
    assert all(name in title.casefold() for title, _, _ in posts)


async def test_text_that_looks_like_markup_arrives_as_text(empty, web):
    nasty = '<!channel> <b>bold</b> ]]> & "quoted" \x00\x0b <https://evil.example|click>'
    for feed in ("forum", "reddit", "news", "lobsters"):
        empty.add(feed=feed, author="x]]>", title=nasty, text=nasty)

    for address in ("/forum/posts.rss", "/reddit/r/selfhosted/new/.rss", "/news/rss/search", "/lobsters/newest.rss"):
        [(title, _, text)] = await posts_at(web, empty.url + address)
        assert "<!channel> <b>bold</b> ]]> &" in title
        assert "&lt;!channel&gt; &lt;b&gt;bold&lt;/b&gt; ]]&gt;" in text


async def test_an_empty_community_has_empty_feeds_and_a_front_page(empty, web):
    for address in ADDRESSES:
        assert await posts_at(web, empty.url + address) == []
    assert (await read(web, empty.url + "/"))[0].status == 200
    assert (await read(web, empty.url + "/t/nobody/1"))[0].status == 404


@pytest.mark.parametrize(
    ("post", "sentence"),
    [
        ('feed = "fax"\nthread = "a"\nauthor = "x"\ntext = "t"\nat = 1', "post 1 of the story names an unknown feed"),
        ('feed = "hn"\nthread = "a"\nauthor = "x"\nat = 1', "post 1 of the story is incomplete"),
        ('feed = "hn"\nthread = "a"\nauthor = "x"\ntext = "t"\nat = 1\nmood = "good"', "has an unknown field"),
    ],
)
def test_a_story_with_a_mistake_is_refused_in_words(post, sentence, tmp_path):
    path = tmp_path / "story.toml"
    path.write_text(f"[[post]]\n{post}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=sentence):
        load_story(path)


def test_made_up_posts_fill_every_blank():
    story = Story(variations=(Variation(feed="hn", title="{name} on {system}", text="t"),), words={"system": ("Y",)})

    assert {entry.title for entry in story.about("Z", 100)} == {"Z on Y"}
    assert Story().about("Z", 100) == []


@pytest.mark.parametrize("name", ["watchlist.toml", "live.toml"])
def test_watchlists_are_complete(name):
    [watch] = tomllib.loads((DEMO / name).read_text(encoding="utf-8"))["watch"]

    assert watch["channel"] == "mentions"
    assert watch["names"]
    assert len({source["url"] for source in watch["source"]}) == len(watch["source"]) >= 8
    assert all(source.keys() == {"name", "community", "url"} for source in watch["source"])


async def test_every_source_of_the_demo_is_served(demo, web):
    [watch] = tomllib.loads((DEMO / "watchlist.toml").read_text(encoding="utf-8"))["watch"]

    statuses = [(await read(web, source["url"].format(origin=demo.url)))[0].status for source in watch["source"]]

    assert Counter(statuses) == {200: len(watch["source"]) - 1, 429: 1}


async def test_reddit_keeps_comments_out_of_its_searches_for_posts(demo, clock, web):
    clock.forward(10)
    posts = await posts_at(web, f"{demo.url}/reddit/search.rss?q=Tidewiki")
    comments = await posts_at(web, f"{demo.url}/reddit/search.rss?q=Tidewiki&type=comment")

    assert not any(title.startswith("/u/") for title, _, _ in posts)
    assert [title for title, _, _ in comments] == [
        "/u/paperless_pat on Does Tidewiki keep page history after a restore?"
    ]


async def test_every_place_of_start_listening_is_served(demo, web):
    places = tomllib.loads((DEMO / "places.toml").read_text(encoding="utf-8"))["place"]
    words = {"{origin}": demo.url, "{query}": "%22Acme%22", "{tag}": "acme", "{site}": "https://acme.example"}
    urls = [re.sub(r"\{\w+\}", lambda blank: words[blank[0]], place["url"]) for place in places]

    statuses = [(await read(web, url))[0].status for url in urls]

    assert Counter(statuses) == {200: len(places) - 1, 429: 1}
