"""A feed without anything unusual is read by expat, and is what lxml would make of it."""

import time
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.xml import strict
from feeds.xml.strict import read_strictly
from feeds.xml.usual import DEEPEST, LONGEST_BODY, usual_tree

RSS = (
    "<rss xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:x='http://x.example/'{}><channel><title>T</title>{}"
    "<item><title>a &amp; b</title>{}</item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:x='http://x.example/'{}><title>T</title>{}"
    "<entry><title>a</title>{}</entry></feed>"
)
attributes = st.sampled_from(
    [
        "",
        " xml:lang='en'",
        " xml:base='https://b.example/'",
        " base='/c'",
        " xml:id='1'",
        " xmlns:dc='urn:other'",
        " xmlns:media='urn:other'",
        " xmlns:y='not an address'",
        " xmlns:atom='http://www.w3.org/2005/Atom'",
        " xmlns:Media='http://search.yahoo.com/mrss/'",
        " xmlns:y='{http://www.w3.org/2005/Atom'",
    ]
)
pieces = st.sampled_from(
    [
        "<link>/a</link>",
        "<link href='b' rel='alternate'><c/></link>",
        "<guid>c</guid>",
        "<dc:creator>d</dc:creator>",
        "<x:title>e</x:title>",
        "<x:e><x:title/><x:e/></x:e>",
        "<x:e><title/></x:e>",
        "<title xmlns='urn:f'>f</title>",
        "<x:Item/>",
        "<x:item/>",
        "<entry><title>g</title></entry>",
        "<description>h<!-- i -->j<?k l?><![CDATA[<m>]]>n</description>",
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>o<br/></div></content>",
        "<summary type='xhtml'>p<q/></summary>",
        "<author><name>r</name></author>",
        "<y:s/>",
        "<t:u:v/>",
        "<!DOCTYPE w>",
        "&nbsp;",
        "&#xFFFE;",
        "\ufffe",
        "]]>",
        "é😀\r\n",
        "\x7f",
        "<x" + "x" * 60_000 + "/>",
    ]
)
some = st.lists(pieces, max_size=4).map("".join)


def by_lxml(body):
    with mock.patch.object(strict, "usual_tree", return_value=None):
        return said(read_strictly(body))


def said(document):
    return document and (document.title, document.link, document.written, [vars(item) for item in document.items])


@settings(deadline=None)
@given(st.sampled_from([RSS, ATOM]), attributes, some, some, st.sampled_from(["utf-8", "latin-1", "us-ascii", ""]))
@example(RSS, "", "", "<x:y>" * (DEEPEST - 3) + "</x:y>" * (DEEPEST - 3), "")
@example(RSS, "", "", "<x:y>" * (DEEPEST - 2) + "</x:y>" * (DEEPEST - 2), "")
@example(RSS, "", "<x:y>" * 10_000 + "</x:y>" * 10_000, "", "")
def test_what_expat_reads_is_what_lxml_would_read(form, root, head, entry, encoding):
    declaration = f"<?xml version='1.0' encoding='{encoding}'?>" if encoding else ""
    body = (declaration + form.format(root, head, entry)).encode(encoding or "utf-8", "xmlcharrefreplace")

    assert said(read_strictly(body)) == by_lxml(body)


@settings(deadline=None)
@given(st.sampled_from([RSS, ATOM]), st.lists(st.tuples(st.integers(0, 300), st.binary(max_size=3)), max_size=3))
def test_what_is_not_well_formed_is_so_for_both(form, changes):
    body = form.format("", "<link href='/'/>", "<x:e>f</x:e>").encode()
    for at, octets in changes:
        body = body[:at] + octets + body[at + len(octets) :]

    assert said(read_strictly(body)) == by_lxml(body)


@pytest.mark.parametrize("form", [RSS, ATOM])
def test_a_usual_feed_needs_no_lxml(form):
    body = form.format("", "", "<x:e>f</x:e>").encode()

    with mock.patch.object(strict, "_document") as by_lxml:
        document = read_strictly(b"<?xml version='1.0' encoding='UTF-8'?>\n" + body)

    assert document is not None
    assert not by_lxml.called


def test_what_is_nested_deeper_than_lxml_goes_is_left_to_it():
    inside = DEEPEST - 1

    assert usual_tree(b"<rss>" + b"<x>" * inside + b"</x>" * inside + b"</rss>") is not None
    assert usual_tree(b"<rss>" + b"<x>" * DEEPEST + b"</x>" * DEEPEST + b"</rss>") is None


def test_what_is_longer_than_most_feeds_is_left_to_lxml():
    assert usual_tree(b"<rss>" + b" " * LONGEST_BODY + b"</rss>") is None


def test_entries_in_thousands_of_namespaces_cost_no_more_than_as_many_entries():
    others = "".join(f"<x:item xmlns:x='urn:{number}'/>" for number in range(20_000))
    body = RSS.format("", others, "").encode()

    started = time.process_time()
    document = read_strictly(body)

    assert document is None
    assert time.process_time() - started < 2
