"""Subscription lists, in and out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.listening.source import NewSource
from feeds.places.opml import read_opml, write_opml

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Self-hosting"><outline type="rss" text="r/selfhosted" xmlUrl="https://www.reddit.com/r/selfhosted/new/.rss"/>
<outline type="rss" text="Übergabe &amp; Co" xmlUrl="https://blog.example/feed?a=1&amp;b=2"/></outline>
<outline type="rss" text="twice" xmlUrl="https://blog.example/feed?a=1&amp;b=2"/>
<outline type="rss" text="a file" xmlUrl="file:///etc/passwd"/><outline text="no feed"/></body></opml>"""


def test_a_list_names_its_feeds_once_and_only_web_addresses():
    expected = [
        NewSource(url="https://www.reddit.com/r/selfhosted/new/.rss", name="r/selfhosted", community="r/selfhosted"),
        NewSource(url="https://blog.example/feed?a=1&b=2", name="Übergabe & Co", community="blog.example"),
    ]

    assert read_opml(OPML.encode()) == expected
    assert read_opml(b"\xef\xbb\xbf" + OPML.encode()) == expected
    assert read_opml(OPML.encode("utf-16")) == expected


def test_what_is_no_list_has_no_feeds_and_is_not_fetched():
    """listparser fetches text that looks like an address."""
    for data in (b"", b"http://127.0.0.1:9/list.opml", b"<html></html>", b"\x00\xff", b"<opml><body><outline"):
        assert read_opml(data) == []


names = st.text(min_size=1, max_size=30)


@given(st.lists(st.tuples(names, st.integers(min_value=0)), max_size=5))
def test_what_is_written_is_read_again(named):
    sources = [
        NewSource(url=f"https://x.example/{number}?a=1&b=2", name=name, community="x.example") for name, number in named
    ]

    assert [source.url for source in read_opml(write_opml(sources).encode())] == list(
        dict.fromkeys(source.url for source in sources)
    )


def test_lists_as_other_readers_write_them_are_read():
    listing = b"""<opml version="1.0"><body><outline text="A"><outline text="B"><outline title="C"
    xmlUrl="https://c.example/feed"/></outline></outline><outline text="low" type="atom" xmlurl="https://low.example/a"/>
    <outline type="link" text="a page" url="https://page.example/"/><outline text="a & b" xmlUrl="https://amp.example/?a=1&b=2"/>
    <outline type="include" url="https://x.example/more.opml"/></body></opml>"""

    assert [(source.name, source.url) for source in read_opml(listing)] == [
        ("C", "https://c.example/feed"),
        ("low", "https://low.example/a"),
        ("a & b", "https://amp.example/?a=1&b=2"),
    ]


def test_a_hostile_list_is_read_in_linear_time_and_memory():
    laughs = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "ha">{laughs}]><opml><body><outline text="&j;" xmlUrl="https://e.example/f"/></body></opml>'
    deep = "<opml><body>" + "<outline text='x'>" * 20_000 + "<outline text='f' xmlUrl='https://deep.example/f'/>"

    assert [len(source.name) for source in read_opml(bomb.encode())] == [3]
    assert [source.url for source in read_opml(deep.encode())] == ["https://deep.example/f"]


def test_secrets_are_not_written():
    source = NewSource(url="https://me:pass@x.example/feed?token=abc&b=2", name="Mine", community="x.example")

    written = write_opml([source])

    assert "abc" not in written
    assert "pass" not in written
    assert [each.url for each in read_opml(written.encode())] == ["https://x.example/feed?b=2"]


@pytest.mark.parametrize("title", ["", "https://pat:s3cret@a.example/feed?token=s3cret"], ids=["no title", "address"])
def test_a_place_without_a_name_gets_its_address_without_the_secrets_in_it(title):
    url = "https://pat:s3cret@a.example/feed?token=s3cret"
    (source,) = read_opml(f'<opml version="2.0"><body><outline title="{title}" xmlUrl="{url}"/></body></opml>'.encode())

    assert (source.url, source.name) == (url, "https://a.example/feed")
