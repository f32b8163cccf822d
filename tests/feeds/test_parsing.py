"""Bytes in, posts out: each community's shape beside what it should become, and bodies that are none."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from feed_posts import posts_from

from feeds.entry import NotAFeedError
from feeds.parsing.parse import parse_feed

DATA = Path(__file__).parents[1] / "data" / "feeds"
URL = "https://feeds.example/feed"

SAMPLES = [
    ("hn-algolia.json", "https://hn.algolia.com/api/v1/search_by_date?query=%22Tidewiki%22", "Hacker News"),
    ("hnrss.xml", "https://hnrss.org/newest?q=Tidewiki", "Hacker News"),
    ("reddit.xml", "https://www.reddit.com/search.rss?q=Tidewiki", "Reddit"),
    ("lobsters.xml", "https://lobste.rs/newest.rss", "Lobsters"),
    ("stackoverflow.xml", "https://stackoverflow.com/feeds/tag/tidewiki", "Stack Overflow"),
    ("mastodon.xml", "https://social.example/tags/tidewiki.rss", "Mastodon"),
    ("bluesky.xml", "https://bsky.app/profile/lin.example/rss", "Bluesky"),
    ("discourse-posts.xml", "https://forum.tidewiki.example/posts.rss", "Tidewiki forum"),
    ("lemmy.xml", "https://lemmy.example/feeds/c/selfhosted.xml?sort=New", ""),
    ("github-discussions.xml", "https://github.com/tidewiki/tidewiki/discussions.atom", "GitHub"),
    ("youtube.xml", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc", "YouTube"),
    ("google-news.xml", "https://news.google.com/rss/search?q=Tidewiki", "Google News"),
    ("google-alerts.xml", "https://www.google.com/alerts/feeds/1/2", "Google Alerts"),
    ("devto.xml", "https://dev.to/feed/tag/selfhosted", "dev.to"),
    ("app-store.xml", "https://itunes.apple.com/us/rss/customerreviews/id=17/xml", "App Store"),
    ("json-feed.json", "https://blog.example/feed.json", "A small blog"),
    ("wordpress.xml", "https://ferry.example/feed/", "Ferry blog"),
]


def as_json(post):
    return {
        "keys": list(post.keys),
        "community": post.community,
        "url": post.url,
        "title": post.title,
        "text": post.text,
        "author": post.author,
        "thread_key": post.thread_key,
        "parent_key": post.parent_key,
        "published_at": post.published_at.isoformat() if post.published_at else None,
    }


@pytest.mark.parametrize(("name", "url", "community"), SAMPLES, ids=[name for name, *_ in SAMPLES])
def test_a_communitys_feed_becomes_its_posts(name, url, community):
    sample = DATA / name
    expected = json.loads((DATA / f"{sample.stem}.posts.json").read_text(encoding="utf-8"))

    posts = posts_from(parse_feed(sample.read_bytes(), "", url), url, community)

    assert [as_json(post) for post in posts] == expected


def test_every_sample_has_its_test():
    names = {path.name for path in DATA.iterdir() if not path.name.endswith(".posts.json")}

    assert names == {name for name, *_ in SAMPLES}


def rss(items, *, head=""):
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{head}{items}</channel></rss>'.encode()


def test_space_before_the_xml_declaration_is_forgiven():
    for before in (b"\n\n  ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"):
        assert len(parse_feed(before + rss("<item><title>x</title></item>"), "text/xml", URL).entries) == 1


def test_a_body_that_names_a_file_or_an_address_is_not_opened(tmp_path):
    """feedparser opens bare strings: a body of these bytes would be a read of a file, or a request to a machine."""
    secret = tmp_path / "feed.xml"
    secret.write_bytes(rss("<item><title>secret</title></item>"))

    for body in (str(secret).encode(), b"http://127.0.0.1:9/feed", b"file://" + str(secret).encode()):
        with pytest.raises(NotAFeedError):
            parse_feed(body, "", URL)


def test_an_entity_of_a_file_is_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2", encoding="utf-8")
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
        "<rss version='2.0'><channel><item><title>a &x; b</title></item></channel></rss>"
    ).encode()

    assert "hunter2" not in str(parse_feed(body, "", URL))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "feeds.example answers with nothing at all"),
        (
            b"<!doctype html><html><head><title>Before you continue</title></head><body>cookies</body></html>",
            "feeds.example answers with a page that says “Before you continue”",
        ),
        (b"whoa there, pardner!", "feeds.example gives something else than a feed"),
        (b'{"error": 403}', "feeds.example answers with JSON that is no feed"),
        (b'["a"]', "feeds.example answers with JSON that is no feed"),
        (b'{"items": ', "feeds.example answers with broken JSON"),
        (b"[" * 200_000, "feeds.example answers with broken JSON"),
        (b"<a/>" * 1_000_001, "feeds.example answers with more markup than any feed has"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "feeds.example gives something else than a feed"),
    ],
    ids=["nothing", "consent page", "text", "JSON error", "JSON list", "half JSON", "deep JSON", "tags", "image"],
)
def test_a_body_that_is_no_feed_is_told_by_what_it_is(body, reason):
    with pytest.raises(NotAFeedError) as caught:
        parse_feed(body, "text/html", URL)

    assert str(caught.value) == reason


def test_a_feed_without_entries_is_a_feed():
    assert parse_feed(rss(""), "", URL).entries == ()


def test_an_empty_entry_costs_itself_alone():
    parsed = parse_feed(rss("<item></item><item><title>kept</title></item>"), "", URL)

    assert [entry.title for entry in parsed.entries] == ["kept"]
    assert parsed.skipped == 1


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>x</title></item>" * 5_003),
        json.dumps({"title": "T", "items": [{"title": "x"}] * 5_003}).encode(),
        json.dumps({"hits": [{"objectID": "17"}] * 5_003}).encode(),
    ],
    ids=["RSS", "JSON Feed", "search of Hacker News"],
)
def test_a_feed_of_any_format_gives_a_bounded_number_of_entries(body):
    parsed = parse_feed(body, "", URL)

    assert (len(parsed.entries), parsed.skipped) == (5_000, 3)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Fri, 20 Nov 2026 10:00:00 +0100", datetime(2026, 11, 20, 9, tzinfo=UTC)),
        ("2026-11-20T10:00:00Z", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_believed_or_left_out(date, expected):
    parsed = parse_feed(rss(f"<item><title>x</title><pubDate>{date}</pubDate></item>"), "", URL)

    assert [entry.published_at for entry in parsed.entries] == [expected]


def test_a_date_in_the_future_becomes_now_and_no_other_does():
    now = datetime(2026, 11, 22, tzinfo=UTC)
    dates = ("Fri, 20 Nov 2099 10:00:00 GMT", "Fri, 20 Nov 2026 10:00:00 GMT", "")
    items = (f"<item><title>{number}</title><pubDate>{date}</pubDate></item>" for number, date in enumerate(dates))
    parsed = parse_feed(rss("".join(items)), "", URL)

    assert [post.published_at for post in posts_from(parsed, URL, now=now)] == [
        now,
        datetime(2026, 11, 20, 10, tzinfo=UTC),
        None,
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [("&#55357;&#56842;", "\U0001f60a"), ("&#xD83D;&#xde0a;!", "\U0001f60a!"), ("a&#xd800;b", "a\ufffdb")],
    ids=["an emoji", "an emoji in hexadecimals", "half an emoji"],
)
@pytest.mark.parametrize("flaw", ["", "&nosuch;"], ids=["well-formed", "not well-formed"])
def test_an_emoji_written_in_two_halves_costs_nothing(written, read, flaw):
    parsed = parse_feed(rss(f"<item><title>{written}</title></item>{flaw}"), "", URL)

    assert [entry.title for entry in parsed.entries] == [read]


HOSTILE = ["\ud800", "\x00", "\x1f", "\ufffe"]


@pytest.mark.parametrize("member", ["id", "url", "external_url", "title", "content_text"])
@pytest.mark.parametrize("character", HOSTILE, ids=[f"{ord(character):04x}" for character in HOSTILE])
def test_no_character_that_a_database_refuses_gets_into_a_post(member, character):
    item = {"id": "a-long-identity", "title": "kept", member: f"https://x.example/{character}17"}
    body = json.dumps({"title": "T", "items": [item]}).encode()

    (post,) = posts_from(parse_feed(body, "", URL), URL)

    everything = "".join([*post.keys, post.url, post.title, post.text, post.thread_key, post.parent_key])
    assert everything.encode("utf-8")
    assert character not in everything


BAD = "http://[never"


@pytest.mark.parametrize(
    "body",
    [
        rss(f"<link>{BAD}</link><item><title>kept</title><link>{BAD}</link></item>"),
        json.dumps({"title": "T", "home_page_url": BAD, "items": [{"title": "kept", "url": BAD}]}).encode(),
    ],
    ids=["RSS", "JSON Feed"],
)
def test_an_address_that_is_none_costs_neither_the_feed_nor_the_entry(body):
    parsed = parse_feed(body, "", URL)

    assert [(entry.title, entry.link) for entry in parsed.entries] == [("kept", "")]
    assert [post.title for post in posts_from(parsed, URL)] == ["kept"]


def test_a_bare_ampersand_loses_nothing():
    parsed = parse_feed(rss("<item><title>R&D at AT&T with Tidewiki</title></item>"), "", URL)

    assert parsed.entries[0].title == "R&D at AT&T with Tidewiki"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('<?xml version="1.0" encoding="iso-8859-1"?>{}', "text/xml"),
        ('<?xml version="1.0"?>{}', "text/xml; charset=iso-8859-1"),
        ('<?xml version="1.0"?>{}', ""),
        ('<?xml version="1.0" encoding="utf-8"?>{}', ""),
    ],
    ids=["declared", "in the header", "nowhere", "declared wrongly"],
)
def test_latin_1_is_read_wherever_it_is_declared_or_not(body, content_type):
    feed = body.format("<rss version='2.0'><channel><item><title>Übergabe für Åse</title></item></channel></rss>")

    parsed = parse_feed(feed.encode("iso-8859-1"), content_type, URL)

    assert parsed.entries[0].title == "Übergabe für Åse"


def test_a_header_does_not_overrule_what_is_plainly_utf_8():
    feed = "<rss version='2.0'><channel><item><title>Übergabe</title></item></channel></rss>".encode()

    assert parse_feed(feed, "text/xml; charset=iso-8859-1", URL).entries[0].title == "Übergabe"


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("", None),
        ("<ttl>60</ttl>", 3600),
        ("<ttl>0</ttl>", None),
        ("<ttl>often</ttl>", None),
        ("<ttl>999999999999999999999</ttl>", 999_999 * 60),
    ],
)
def test_the_pause_a_feed_asks_for(head, seconds):
    assert parse_feed(rss("", head=head), "", URL).ttl_seconds == seconds


def test_a_post_without_a_title_is_called_by_its_beginning():
    text = "word " * 100
    parsed = parse_feed(rss(f"<item><description>{text}</description></item>"), "", URL)
    (post,) = posts_from(parsed, URL)

    assert post.title.startswith("word word")
    assert post.title.endswith("…")
    assert len(post.title) <= 90
    assert post.text == text.strip()


@pytest.mark.parametrize("flaw", ["", "<p>"], ids=["well-formed", "not well-formed"])
def test_the_author_of_an_atom_feed_wrote_what_names_no_author(flaw):
    """RFC 4287, 4.2.1."""
    entry = "<entry><title>{}</title>{}</entry>"
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><author><name>Lin</name></author>"
        f"{entry.format('one', '')}{entry.format('two', '<author><name>Pat</name></author>')}{flaw}</feed>"
    )

    assert [entry.author for entry in parse_feed(body.encode(), "", URL).entries] == ["Lin", "Pat"]


@pytest.mark.parametrize(
    "item",
    [
        "<link>javascript:alert(1)</link>",
        "<guid isPermaLink='false'>tag:feeds.example,2026:17</guid><link>javascript://x.example/%0aalert(1)</link>",
    ],
    ids=["of a post", "of what a post is about"],
)
def test_only_web_addresses_become_links(item):
    parsed = parse_feed(rss(f"<item><title>x</title>{item}</item>"), "", URL)

    assert [post.url for post in posts_from(parsed, URL)] == [""]


def test_a_source_names_the_community_of_what_is_at_home_there():
    item = "<item><title>{0}</title><link>https://{0}/a</link></item>"
    parsed = parse_feed(rss(item.format("feeds.example") + item.format("other.example")), "", URL)

    assert [post.community for post in posts_from(parsed, URL, "Our blog")] == ["Our blog", "other.example"]


@pytest.mark.parametrize("guid", ["", "<guid isPermaLink='false'>tag:feeds.example,2026:17</guid>"])
def test_what_has_no_address_is_of_the_community_that_its_source_names(guid):
    parsed = parse_feed(rss(f"<item><title>x</title>{guid}</item>"), "", URL)

    assert [post.community for post in posts_from(parsed, URL, "Our blog")] == ["Our blog"]


@pytest.mark.parametrize(
    ("source", "link", "community"),
    [
        ("https://social.example/tags/tidewiki.rss", "https://social.example/@pat/114711", "Mastodon"),
        (
            "https://old.reddit.com/r/selfhosted/.rss",
            "https://old.reddit.com/r/selfhosted/comments/1abc/",
            "r/selfhosted",
        ),
        ("https://old.reddit.com/user/pat/.rss", "https://old.reddit.com/user/pat/comments/1abc/", "Reddit"),
        ("https://medium.com/feed/@pat", "https://medium.com/@pat/a-tide-of-notes", "Medium"),
    ],
    ids=["software", "a part of a site", "a site by another host", "a site"],
)
def test_a_source_renames_no_community_that_everybody_knows_by_its_own_name(source, link, community):
    parsed = parse_feed(rss(f"<item><title>x</title><link>{link}</link></item>"), "", source)

    assert [post.community for post in posts_from(parsed, source, "Our friends")] == [community]


@pytest.mark.parametrize("link", ["https://forum.example/t/title/12/3", "https://www.reddit.com/r/x/comments/1abc/"])
def test_a_post_that_names_no_author_is_a_post_where_handles_are_tidied_too(link):
    parsed = parse_feed(rss(f"<item><title>x</title><link>{link}</link></item>"), "", URL)

    assert [post.author for post in posts_from(parsed, URL)] == [""]
