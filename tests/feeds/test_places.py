"""Where to listen: places proposed, tried, and found."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from feeds.links import is_web
from feeds.places.catalogue import CatalogueError, Template, load_catalogue
from feeds.places.discover import feed_links
from feeds.places.probing import Heard, probe
from feeds.places.proposing import Proposal, propose

OURS = load_catalogue()
FEED = """<rss version='2.0'><channel><title>T</title>
<item><title>a</title><guid>https://x.example/1</guid><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>b</title><guid>https://x.example/2</guid><pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item>
</channel></rss>"""
PAGE = """<html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="alternate" type="application/rss+xml" title="News" href="blog/feed.xml"></head></html>"""


def a_proposal(url, **changes):
    return Proposal(**({"name": "A place", "community": "A place", "url": url} | changes))


def test_the_bundled_catalogue_proposes_the_communities_set_up_promises():
    communities = {proposal.community for proposal in propose(["Tidewiki"], "tidewiki.example", OURS.places)}

    assert communities == {
        "Hacker News",
        "Reddit",
        "Lobsters",
        "Stack Overflow",
        "GitHub",
        "Mastodon",
        "Bluesky",
        "Lemmy",
        "dev.to",
        "Google News",
        "tidewiki.example",
    }


def test_names_are_quoted_joined_or_asked_one_by_one():
    catalogue = (
        Template(name="All", url="https://x.example/s?q={query}"),
        Template(name="Each", url="https://y.example/s?q={query}", each=True),
        Template(name="Tag", url="https://z.example/{tag}.rss"),
    )

    found = propose(["Tidewiki", 'tide "wiki" &co', "C++"], "", catalogue)

    assert [(proposal.name, proposal.url) for proposal in found] == [
        ("All", "https://x.example/s?q=%22Tidewiki%22+OR+%22tide++wiki++%26co%22+OR+%22C%2B%2B%22"),
        ('Each "Tidewiki"', "https://y.example/s?q=%22Tidewiki%22"),
        ('Each "tide  wiki  &co"', "https://y.example/s?q=%22tide++wiki++%26co%22"),
        ('Each "C++"', "https://y.example/s?q=%22C%2B%2B%22"),
        ("Tag #tidewiki", "https://z.example/tidewiki.rss"),
    ]


def test_every_place_says_why_it_is_listed_and_that_it_is_untested():
    proposals = propose(["Tidewiki"], "https://github.com/tide/wiki", OURS.places)

    assert all(table.evidence for table in (*OURS.places, *OURS.pasted, *OURS.authors, *OURS.threads))
    assert all(table.checked or table.caution.endswith("untested") for table in (*OURS.places, *OURS.pasted))
    assert all(proposal.note for proposal in proposals)
    assert replace(OURS.places[0], note="", checked=date(2026, 11, 22)).caution == ""


def test_what_a_site_says_fills_places_that_need_it():
    found = {proposal.name: proposal.url for proposal in propose([], "https://blog.tidewiki.example", OURS.places)}
    ours = {proposal.name: proposal.url for proposal in propose([], "github.com/tide/wiki.git", OURS.places)}

    assert found["Lobsters, links to your site"] == "https://lobste.rs/domains/blog.tidewiki.example.rss"
    assert "Your discussions on GitHub" not in found
    assert ours["Your discussions on GitHub"] == "https://github.com/tide/wiki/discussions.atom"
    # Or we would hear every link to GitHub.
    assert "Lobsters, links to your site" not in ours


def test_searches_that_take_no_quotes_get_none():
    catalogue = (Template(name="Words", url="https://x.example/s?q={words}"),)

    assert [proposal.url for proposal in propose(["Tide Wiki"], "", catalogue)] == ["https://x.example/s?q=Tide+Wiki"]


names_of_all_kinds = st.lists(st.text(max_size=20), max_size=4)


@given(names_of_all_kinds, st.text(max_size=30) | st.just("https://github.com/a/b"))
def test_whatever_is_entered_gives_addresses_each_once(names, site):
    urls = [proposal.url for proposal in propose(names, site, OURS.places)]

    assert len(set(urls)) == len(urls)
    assert all(is_web(url) for url in urls)
    assert not any(character.isspace() for url in urls for character in url)


@pytest.mark.parametrize("names", [[], [""], ["  "]])
def test_without_names_only_places_that_need_none_are_proposed(names):
    assert [proposal.name for proposal in propose(names, "", OURS.places)] == ["Lobsters"]


def test_an_operators_own_catalogue_replaces_ours(tmp_path):
    path = tmp_path / "places.toml"
    path.write_text('[[place]]\nname = "Intern"\nurl = "https://intern.example/{query}"\n', encoding="utf-8")

    assert [template.name for template in load_catalogue(path).places] == ["Intern"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "cannot be read"),
        ("[[place", "is no catalogue of places"),
        ('[[place]]\nname = "x"\n', "url"),
        ('[[place]]\nname = "x"\nurl = "https://x/{brand}"\n', "{brand}"),
        ('[[place]]\nname = "x"\nurl = "https://x/"\ncolour = "red"\n', "colour"),
    ],
)
def test_a_catalogue_that_cannot_be_used_says_why(tmp_path, content, complaint):
    path = tmp_path / "places.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(CatalogueError, match=complaint):
        load_catalogue(path)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('[[pasted]]\nname = "x"\naddress = "x/(?P<a>.)"\nfeeds = ["https://x/{b}"]\n', "{b}, which is none of a"),
        ('[[pasted]]\nname = "x"\naddress = "("\nfeeds = []\n', "is no catalogue of places"),
        ('[[author]]\ncommunity = "x"\nurl = "https://x/{id}"\n', "{id}, which is none of handle"),
    ],
)
def test_rules_that_cannot_be_used_say_why(tmp_path, content, complaint):
    path = tmp_path / "places.toml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(CatalogueError, match=complaint):
        load_catalogue(path)


def test_an_own_catalogue_of_places_alone_keeps_our_rules(tmp_path):
    path = tmp_path / "places.toml"
    path.write_text('[[place]]\nname = "Intern"\nurl = "https://intern.example/{query}"\n', encoding="utf-8")

    own = load_catalogue(path)

    assert own.places != OURS.places
    assert (own.pasted, own.authors) == (OURS.pasted, OURS.authors)


async def test_places_are_tried_together_and_each_says_what_it_heard_or_why_not(serve, fetcher, parser):
    async def handler(request):
        match request.path:
            case "/feed":
                return web.Response(text=FEED)
            case "/empty":
                return web.Response(text="<rss version='2.0'><channel/></rss>")
            case "/slow-down":
                return web.Response(status=429)
        return web.Response(text="<html><title>Log in</title></html>")

    url = await serve(handler)
    proposals = [a_proposal(url + path) for path in ("/feed", "/empty", "/slow-down", "/page")]

    found = await probe(fetcher, parser, proposals, seconds=30)

    assert [probed.proposal for probed in found] == proposals
    assert [probed.heard for probed in found] == [
        Heard(count=2, newest=datetime(2026, 11, 21, 10, tzinfo=UTC)),
        Heard(count=0, newest=None),
        None,
        None,
    ]
    assert [probed.reason for probed in found] == [
        "",
        "",
        "the server asks us to slow down (429)",
        "127.0.0.1 answers with a page that says “Log in”",
    ]


async def test_a_slow_place_does_not_hold_up_the_others(serve, fetcher, parser):
    started, released = [], asyncio.Event()

    async def handler(request):
        if request.path == "/slow":
            started.append(request)
            await released.wait()
        return web.Response(text=FEED)

    url = await serve(handler)
    await parser.parse(FEED.encode(), "", url)

    fast, slow = await probe(fetcher, parser, [a_proposal(f"{url}/fast"), a_proposal(f"{url}/slow")], seconds=3)
    released.set()

    assert fast.heard
    assert slow.reason == "no answer within 3 seconds"
    assert started


async def test_the_feed_of_a_site_is_found_through_its_page(serve, fetcher, parser):
    async def handler(request):
        if request.path == "/":
            return web.Response(text=PAGE, content_type="text/html")
        return web.Response(text=FEED) if request.path == "/blog/feed.xml" else web.Response(status=404)

    url = await serve(handler)
    (found,) = await probe(fetcher, parser, [a_proposal(url, discover=True)], seconds=30)

    assert found.heard
    assert (found.proposal.url, found.proposal.discover) == (f"{url}/blog/feed.xml", False)


async def test_the_feed_of_a_site_that_names_none_is_found_where_feeds_usually_are(serve, fetcher, parser):
    async def handler(request):
        if request.path == "/atom.xml":
            return web.Response(text=FEED)
        return web.Response(text="<html></html>", status=200 if request.path == "/" else 404)

    url = await serve(handler)
    (found,) = await probe(fetcher, parser, [a_proposal(url, discover=True)], seconds=30)

    assert found.proposal.url == f"{url}/atom.xml"


@pytest.mark.parametrize("site", ["/blog", "/blog/", "/blog?lang=en", "/blog/#top"])
async def test_feeds_are_looked_for_below_the_page_whatever_its_address_carries(serve, fetcher, parser, site):
    async def handler(request):
        if request.path == "/blog/feed":
            return web.Response(text=FEED)
        return web.Response(text="<html></html>", status=200 if request.path.startswith("/blog") else 404)

    url = await serve(handler)
    (found,) = await probe(fetcher, parser, [a_proposal(url + site, discover=True)], seconds=30)

    assert found.proposal.url == f"{url}/blog/feed"


async def test_a_site_without_a_feed_says_so(serve, fetcher, parser):
    async def handler(_request):
        return web.Response(text="<html></html>")

    url = await serve(handler)
    (found,) = await probe(fetcher, parser, [a_proposal(url, discover=True)], seconds=30)

    assert found.heard is None
    assert found.reason == "the page names no feed, and there is none where feeds usually are"


def test_a_page_names_its_feeds_those_of_comments_last():
    assert feed_links(PAGE.encode(), "https://x.example/") == [
        "https://x.example/blog/feed.xml",
        "https://x.example/comments/feed",
    ]


@pytest.mark.parametrize(
    "page",
    [
        b'<base href="http://[x"><link rel=alternate type=application/rss+xml href=/feed>',
        b'<link rel=alternate type=text/rss+xml href="http://[x"><link rel=alternate type=text/rss+xml href=/feed>',
    ],
    ids=["as its base", "as a feed"],
)
def test_a_page_that_names_an_address_that_is_none_still_names_its_feed(page):
    """Set-up asks many places at once, and would have heard none of them."""
    assert feed_links(page, "https://x.example/") == ["https://x.example/feed"]


def test_links_of_a_page_are_relative_to_its_base_and_lead_to_the_web():
    page = b"""<base href="https://cdn.example/a/"><link rel=alternate type=application/atom+xml href=feed>
    <link rel="alternate" type="application/atom+xml" href="javascript:x"><link rel="stylesheet" href="x.css">
    <LINK REL="ALTERNATE" TYPE="application/feed+json; charset=utf-8" HREF="/b.json">"""

    assert feed_links(page, "https://x.example/") == ["https://cdn.example/a/feed", "https://cdn.example/b.json"]


def test_a_page_that_declares_no_feed_may_link_to_one():
    page = b"""<a href="/about">About</a> <a href="/blog/atom.xml">Atom</a> <a href="/rss/">R</a>
    <a href="/feedback">Say it</a> <a href="https://feeds.example/u/1.rss#top">R</a> <a href="/?format=feed">Feed</a>"""

    assert feed_links(page, "https://x.example/") == [
        "https://x.example/blog/atom.xml",
        "https://x.example/rss/",
        "https://feeds.example/u/1.rss#top",
        "https://x.example/?format=feed",
    ]
