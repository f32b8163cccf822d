"""Pasted addresses: which feeds they lead to, by their shape and by what their pages say."""

from dataclasses import replace

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from feeds.communities import STACK_EXCHANGE_SITES
from feeds.links import is_web
from feeds.places.catalogue import Pasted, load_catalogue
from feeds.places.pasting import NO_ADDRESS, candidates, find_feeds
from feeds.typed import as_address

RULES = load_catalogue().pasted
FEED = """<rss version='2.0'><channel><title>The ferry</title>
<item><title>a</title><guid>https://x.example/1</guid></item></channel></rss>"""


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        (
            "https://news.ycombinator.com/item?id=4711",
            "https://hn.algolia.com/api/v1/search_by_date?tags=comment,story_4711&hitsPerPage=100",
        ),
        ("https://www.reddit.com/r/selfhosted/", "https://www.reddit.com/r/selfhosted/new/.rss"),
        ("old.reddit.com/r/selfhosted+wikis/new", "https://www.reddit.com/r/selfhosted+wikis/new/.rss"),
        ("https://www.reddit.com/r/wikis/comments/1p2q3r/history/", "https://www.reddit.com/comments/1p2q3r/.rss"),
        ("reddit.com/user/paperless_pat", "https://www.reddit.com/user/paperless_pat/.rss"),
        ("https://lobste.rs/", "https://lobste.rs/newest.rss"),
        ("https://lobste.rs/t/python,web", "https://lobste.rs/t/python,web.rss"),
        ("https://stackoverflow.com/questions/tagged/nginx?tab=Newest", "https://stackoverflow.com/feeds/tag/nginx"),
        ("https://unix.stackexchange.com/questions/17/why", "https://unix.stackexchange.com/feeds/question/17"),
        ("https://serverfault.com", "https://serverfault.com/feeds"),
        (
            "https://github.com/tide/wiki",
            "https://api.github.com/search/issues?q=repo:tide/wiki&sort=created&order=desc&per_page=50",
        ),
        (
            "https://github.com/tide/wiki/issues?q=is%3Aopen",
            "https://api.github.com/search/issues?q=repo:tide/wiki&sort=created&order=desc&per_page=50",
        ),
        (
            "https://github.com/tide/wiki/pull/12#issuecomment-3",
            "https://api.github.com/repos/tide/wiki/issues/12/comments?per_page=100",
        ),
        ("https://github.com/tide/wiki/discussions", "https://github.com/tide/wiki/discussions.atom"),
        ("https://fosstodon.org/tags/wiki", "https://fosstodon.org/api/v1/timelines/tag/wiki?limit=40"),
        ("https://fosstodon.org/@lin", "https://fosstodon.org/@lin.rss"),
        (
            "https://bsky.app/profile/lin.example",
            "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=lin.example&filter=posts_with_replies&limit=50",
        ),
        ("https://lemmy.world/c/selfhosted@lemmy.ml", "https://lemmy.world/feeds/c/selfhosted@lemmy.ml.xml?sort=New"),
        ("https://forum.example/t/a-topic/260/7?u=me", "https://forum.example/t/a-topic/260.rss"),
        ("https://x.example/forum/t/a-topic/260", "https://x.example/forum/t/a-topic/260.rss"),
        ("https://forum.example/c/support/help/12/l/latest", "https://forum.example/c/support/help/12.rss"),
        ("https://forum.example/tag/export", "https://forum.example/tag/export.rss"),
        ("https://dev.to/t/wiki", "https://dev.to/api/articles?tag=wiki&per_page=50"),
        ("https://dev.to/lin", "https://dev.to/feed/lin"),
        (
            "https://www.youtube.com/channel/UCabc_-9/videos",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc_-9",
        ),
        ("https://www.youtube.com/playlist?list=PL12", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL12"),
        (
            "https://apps.apple.com/de/app/tidewiki/id1700?mt=8",
            "https://itunes.apple.com/de/rss/customerreviews/id=1700/sortBy=mostRecent/page=1/xml",
        ),
        ("https://medium.com/tag/wiki", "https://medium.com/feed/tag/wiki"),
        ("https://ferry.tumblr.com/archive", "https://ferry.tumblr.com/rss"),
        ("https://blog.example/?s=tide+wiki", "https://blog.example/?s=tide+wiki&feed=rss2"),
        ("https://lists.example/users/?q=tidewiki&o=-1", "https://lists.example/users/?q=tidewiki&x=A"),
    ],
)
def test_the_shape_of_an_address_says_where_its_feed_is(address, feed):
    found = candidates(as_address(address), RULES)

    assert found[0][0].url == feed
    assert found[0][0].name
    assert found[0][0].community


@pytest.mark.parametrize("host", STACK_EXCHANGE_SITES)
def test_every_site_of_stack_exchange_is_pasted_alike(host):
    [[found]] = candidates(f"https://{host}/questions/tagged/tide", RULES)

    assert host.partition(".")[0] in found.url


@pytest.mark.parametrize(
    "address",
    [
        "https://blog.example/",
        "https://www.youtube.com/@tide",
        "https://www.youtube.com/c/tide",
        "https://github.com/orgs/tide",
        "https://medium.com/@lin/a-story",
    ],
)
def test_an_address_of_no_known_shape_is_left_to_its_page(address):
    assert candidates(address, RULES) == []


@given(st.text(max_size=60) | st.from_regex(r"(www\.)?[a-z.]{1,20}/[@~]?[a-z0-9/?=&+%{}-]{0,40}", fullmatch=True))
def test_whatever_is_typed_leads_to_web_addresses_or_nowhere(typed):
    url = as_address(typed)

    assert url == "" or is_web(url)
    assert all(is_web(each.url) for group in candidates(url, RULES) for each in group)


async def test_every_feed_of_the_first_rule_that_answers_is_offered(serve, fetcher, parser):
    async def handler(request):
        return web.Response(text=FEED) if request.path in ("/issues", "/releases") else web.Response(status=404)

    url = await serve(handler)
    host = url.removeprefix("http://")
    rules = [
        Pasted(address=f"{host}/(?P<page>forum)", feeds=(url + "/{page}.rss",), name="{page}"),
        Pasted(
            address=f"{host}/(?P<page>.+)",
            feeds=(f"{url}/issues", f"{url}/none", f"{url}/releases"),
            name="Ours",
            community="GitHub",
        ),
    ]

    found = await find_feeds(fetcher, parser, f"{url}/forum", rules, seconds=20)

    assert [(each.proposal.url, each.proposal.community, each.heard.count) for each in found] == [
        (f"{url}/issues", "GitHub", 1),
        (f"{url}/releases", "GitHub", 1),
    ]


async def test_a_page_leads_to_its_feed_under_the_name_the_feed_has(serve, fetcher, parser):
    async def handler(request):
        link = '<link rel="alternate" type="application/rss+xml" href="/news.rss">'
        return web.Response(text=FEED if request.path == "/news.rss" else link, content_type="text/html")

    url = await serve(handler)
    (page,) = await find_feeds(fetcher, parser, f"{url}/about", RULES, seconds=20)
    (itself,) = await find_feeds(fetcher, parser, f"{url}/news.rss", RULES, seconds=20)

    assert (page.proposal.url, page.proposal.name, page.heard.count) == (f"{url}/news.rss", "The ferry", 1)
    assert (itself.proposal.url, itself.proposal.name) == (f"{url}/news.rss", "The ferry")
    assert page.proposal.community == "127.0.0.1"
    assert not page.proposal.discover


async def test_where_nothing_answers_the_community_says_why(serve, fetcher, parser):
    async def handler(request):
        return web.Response(status=429 if request.path == "/new.rss" else 404)

    url = await serve(handler)
    rules = [Pasted(address=".*", feeds=(f"{url}/new.rss",), name="r/tide")]

    (known,) = await find_feeds(fetcher, parser, f"{url}/tide", rules, seconds=20)
    (unknown,) = await find_feeds(fetcher, parser, f"{url}/tide", [], seconds=20)
    (none,) = await find_feeds(fetcher, parser, "nowhere", rules, seconds=20)

    assert (known.heard, known.proposal.name, known.may_answer) == (None, "r/tide", True)
    assert "slow down" in known.reason
    assert "404" in unknown.reason
    assert none.reason == NO_ADDRESS


async def test_a_page_with_several_feeds_offers_them_those_of_comments_last(serve, fetcher, parser):
    async def handler(request):
        if request.path.endswith(".rss"):
            return web.Response(text=FEED) if request.path != "/gone.rss" else web.Response(status=404)
        links = [("comments", "Comments"), ("gone", "Gone"), ("news", "News")]
        page = "".join(f"<link rel=alternate type=application/rss+xml title={t} href=/{n}.rss>" for n, t in links)
        return web.Response(text=page, content_type="text/html")

    url = await serve(handler)
    found = await find_feeds(fetcher, parser, url, RULES, seconds=20)

    assert [each.proposal.url for each in found] == [f"{url}/news.rss", f"{url}/comments.rss"]


async def test_a_rule_that_only_guessed_leaves_the_reason_to_the_page(serve, fetcher, parser):
    async def handler(request):
        return web.Response(status=404 if request.path.endswith((".rss", "feed", ".xml")) else 200, text="<p>Hello")

    url = await serve(handler)
    guess = Pasted(address=".*", feeds=(f"{url}/guess.rss",), name="A guess")

    (guessed,) = await find_feeds(fetcher, parser, f"{url}/c/x", [guess], seconds=20)
    (known,) = await find_feeds(fetcher, parser, f"{url}/c/x", [replace(guess, community="Lemmy")], seconds=20)

    assert guessed.reason.startswith("the page names no feed")
    assert "404" in known.reason
