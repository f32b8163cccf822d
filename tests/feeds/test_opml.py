"""Subscription lists, in and out."""

from hypothesis import given
from hypothesis import strategies as st

from engagement.watch import NewSource
from feeds.opml import read_opml, write_opml

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
