"""Real feeds and generated community shapes, served on loopback; both live outside of this repository."""

import io
import json

import feedparser
import pytest
from aiohttp import web
from corpus import CORPUS, needs_corpus

from feeds.parsing.parse import parse_feed
from feeds.parsing.parsed import Parsed, ParseFailed
from feeds.wire.fetched import Fetched, FetchRequest
from feeds.xml.item import entry_of
from feeds.xml.lenient import read_leniently
from feeds.xml.strict import read_strictly

pytestmark = needs_corpus


def files_of(folder):
    return sorted((CORPUS / folder).iterdir()) if CORPUS.is_dir() else []


async def test_every_real_feed_yields_its_posts_and_none_costs_another_anything(serve, fetcher, parser):
    files = {path.name: path.read_bytes() for path in files_of("real")}

    async def handler(request):
        return web.Response(body=files[request.path[1:]], content_type="application/xml")

    url = await serve(handler)
    failed = {}
    for name, body in files.items():
        fetched = await fetcher.fetch(FetchRequest(url=f"{url}/{name}"))
        assert isinstance(fetched, Fetched), name
        match await parser.parse(fetched.body, fetched.content_type, fetched.final_url):
            case ParseFailed(reason=reason):
                failed[name] = reason
            case Parsed(posts=posts, skipped=skipped):
                assert len(posts) + skipped == how_many(body), name
                assert len({key for post in posts for key in post.keys[:1]}) == len(posts), name

    assert len(files) > 30
    assert failed == {
        "node-feedparser--notafeed.html": "127.0.0.1 answers with a page that says "
        "“The Is Not The Feed You're Looking For”"
    }


def how_many(body):
    if body.lstrip().startswith(b"{"):
        return len(json.loads(body)["items"])
    return len(feedparser.parse(io.BytesIO(body)).entries)


# Not well-formed, or entries inside of entries, or no feed.
LEFT_TO_FEEDPARSER = {
    "feedjira--InvalidDateFormat.xml",
    "node-feedparser--illegally-nested.xml",
    "node-feedparser--notafeed.html",
    "rss-parser--uolNoticias.rss",
    "v2--no_encoding_ISO-8859-1.xml",
}
BETTER = {
    # feedparser lets the base of a content, a relative one, count for the ids behind it.
    "rss-parser--reddit-home.rss": {"id"},
}
FIELDS = ("id", "link", "title", "text", "author", "comments", "published_at")


def feeds_of(folder):
    bodies = {path.name: path.read_bytes().lstrip(b"\xef\xbb\xbf \t\r\n") for path in files_of(folder)}
    return {name: body for name, body in bodies.items() if not body.startswith(b"{")}


@pytest.mark.parametrize("folder", ["real", "shapes"])
def test_a_well_formed_feed_is_read_the_fast_way_and_as_feedparser_reads_it(folder):
    left, differences = set(), {}
    for name, body in feeds_of(folder).items():
        strict, lenient = read_strictly(body), read_leniently(body, "")
        if strict is None:
            left.add(name)
            continue
        assert strict.written == lenient.written, name
        assert (strict.link, strict.pause[:2]) == (lenient.link, lenient.pause[:2]), name
        for ours, theirs in zip(entries_of(strict), entries_of(lenient), strict=True):
            unlike = {field for field in FIELDS if getattr(ours, field) != getattr(theirs, field)}
            differences.setdefault(name, set()).update(unlike)

    assert left == (LEFT_TO_FEEDPARSER if folder == "real" else set())
    assert {name: unlike for name, unlike in differences.items() if unlike} == (BETTER if folder == "real" else {})


def entries_of(document):
    return [entry_of(item, document, "https://feeds.example/feed") for item in document.items]


def expected_shapes():
    path = CORPUS / "shapes" / "expected.json"
    return json.loads(path.read_text(encoding="utf-8"))["files"] if path.is_file() else {}


@pytest.mark.parametrize("name", sorted(expected_shapes()))
def test_a_communitys_shape_is_read_as_it_was_written(name):
    brand = json.loads((CORPUS / "shapes" / "expected.json").read_text(encoding="utf-8"))["brand"]
    parsed = parse_feed((CORPUS / "shapes" / name).read_bytes(), "", "https://feeds.example/feed")

    for entry, expected in zip(parsed.entries, expected_shapes()[name], strict=True):
        assert (entry.id, entry.link, entry.title, entry.author) == (
            expected["id"],
            expected["link"],
            expected["title"],
            expected["author"],
        )
        assert entry.published_at is not None
        assert int(entry.published_at.timestamp()) == expected["date"]
        where = {"title": entry.title, "body": entry.text}.get(expected["mention"])
        assert where is None or brand in where
