"""Two readers, one answer: a well-formed feed gives the same entries the fast way and through feedparser."""

import html
from pathlib import Path
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

import pytest
from feedparser.sanitizer import _HTMLSanitizer
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.xml import dates as dates_module
from feeds.xml import item as item_module
from feeds.xml import undeclared
from feeds.xml.dates import date_of
from feeds.xml.item import entry_of
from feeds.xml.lenient import date_in_any_format, read_leniently
from feeds.xml.mending import with_references
from feeds.xml.strict import read_strictly

URL = "https://feeds.example/feed"
SAMPLES = sorted((Path(__file__).parents[1] / "data" / "feeds").glob("*.xml"))
RSS = "<rss version='2.0' {}><channel><title>T</title>{}</channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom' {}><title>T</title>{}</feed>"
NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "fb": "http://rssnamespace.org/feedburner/ext/1.0",
}


def said(document):
    return (
        document.title,
        document.link,
        document.is_rss,
        document.written,
        [entry_or_none(item, document) for item in document.items],
    )


def entry_or_none(item, document):
    try:
        return entry_of(item, document, URL)
    except ValueError:
        return None


def read_both_ways(body):
    """Return what both say; the fast way must have an answer of its own."""
    strict, lenient = read_strictly(body), read_leniently(body, "")
    assert strict is not None
    assert lenient is not None
    return said(strict), said(lenient)


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.stem for sample in SAMPLES])
def test_every_community_is_read_the_fast_way_and_gives_what_feedparser_gives(sample):
    strict, lenient = read_both_ways(sample.read_bytes().strip())

    assert strict == lenient


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]) | st.sampled_from("\n\t é&<>\"'\u2019😀"),
    max_size=40,
)
markup = st.lists(
    words.map(html.escape)
    | st.sampled_from(
        ["<p>", "</p>", "<br/>", "<b>", "</b>", "&nbsp;", "&amp;lt;", "<a href='x'>", "</a>", "<!-- x -->"]
    ),
    max_size=8,
).map("".join)
addresses = st.sampled_from(
    [
        "https://x.example/a",
        "http://x.example/a?b=c&d=e",
        "/relative",
        "a b",
        "",
        "17",
        "urn:x:17",
        "mailto:x@y.example",
    ]
)
dates = st.sampled_from(
    ["Fri, 20 Nov 2026 10:00:00 +0100", "2026-11-20T10:00:00Z", "2026-11-20", "yesterday", "", "20 Nov 26 10:00 PST"]
)
authors = words | st.sampled_from(["pat@x.example (Pat)", "Pat <pat@x.example>", "pat@x.example"])


def as_text(value, cdata):
    """Spell a value in one of XML's two ways."""
    return f"<![CDATA[{value}]]>" if cdata and "]]>" not in value else escape(value)


def element(name, values, **attributes):
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return st.builds(lambda value, cdata: f"<{name}{written}>{as_text(value, cdata)}</{name}>", values, st.booleans())


rss_children = st.one_of(
    element("title", words),
    element("title", markup),
    element("link", addresses),
    element("guid", addresses),
    element("guid", addresses, isPermaLink="false"),
    element("description", markup),
    element("description", words),
    element("content:encoded", markup),
    element("pubDate", dates),
    element("dc:date", dates),
    element("dc:creator", authors),
    element("author", authors),
    element("comments", addresses),
    element("category", words),
    element("slash:comments", st.just("3")),
    element("fb:origLink", addresses),
    element("media:description", markup),
    element("itunes:author", words),
)
atom_children = st.one_of(
    element("title", words),
    element("title", words, type="text"),
    element("title", markup, type="html"),
    element("id", addresses),
    st.builds("<link href={}/>".format, addresses.map(quoteattr)),
    st.builds("<link rel='related' type='text/html' href={}/>".format, addresses.map(quoteattr)),
    element("content", markup, type="html"),
    element("content", words),
    element("summary", markup, type="html"),
    element("summary", words, type="text"),
    st.builds(
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{}<br/>{}</p><b/></div></content>".format,
        words.map(escape),
        words.map(escape),
    ),
    element("updated", dates),
    element("published", dates),
    st.builds("<author><name>{}</name><uri>x</uri></author>".format, words.map(escape)),
    st.just("<source><title>other</title><id>other</id><updated>2026-11-20T10:00:00Z</updated></source>"),
    st.builds("<media:group><media:description>{}</media:description></media:group>".format, markup.map(escape)),
)


def once_each(children):
    """An entry names most things once, and has one summary; feeds that repeat them have their own tests."""
    return st.lists(children, max_size=8, unique_by=kind_of)


def kind_of(child):
    name = child[1:].split()[0].partition(">")[0]
    return "summary" if name in ("description", "media:description", "media:group", "summary") else name


def declared(prefixes):
    return "".join(f' xmlns:{prefix}="{NAMESPACES[name]}"' for name, prefix in prefixes.items())


def with_prefixes(text, prefixes):
    for name, prefix in prefixes.items():
        text = text.replace(f"<{name}:", f"<{prefix}:").replace(f"</{name}:", f"</{prefix}:")
    return text


same = {name: name for name in NAMESPACES}
prefixes = st.sampled_from([same, {name: f"x{number}" for number, name in enumerate(NAMESPACES)}])
identified = "<{}>kept</{}>".format
rss_entries = st.lists(once_each(rss_children), min_size=1, max_size=4)


@settings(deadline=None)
@given(rss_entries, prefixes)
def test_any_well_formed_rss_reads_the_same_both_ways(entries, prefixes):
    items = "".join(f"<item>{identified('x-kept', 'x-kept')}{''.join(entry)}<guid>a</guid></item>" for entry in entries)
    body = f"<rss version='2.0'{declared(prefixes)}><channel><title>T &amp; U</title>{items}</channel></rss>"

    strict, lenient = read_both_ways(with_prefixes(body, prefixes).encode())

    assert strict == lenient


@settings(deadline=None)
@given(rss_entries, prefixes)
def test_any_well_formed_rdf_reads_the_same_both_ways(entries, prefixes):
    items = "".join(f"<item rdf:about='urn:{n}'>{''.join(entry)}</item>" for n, entry in enumerate(entries))
    body = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
        f"{declared(prefixes)}><channel><title>T</title><link>https://x.example/</link></channel>{items}</rdf:RDF>"
    )

    strict, lenient = read_both_ways(with_prefixes(body, prefixes).encode())

    assert strict == lenient


@settings(deadline=None)
@given(st.lists(once_each(atom_children), min_size=1, max_size=4), st.sampled_from(["", "a:"]))
def test_any_well_formed_atom_reads_the_same_both_ways(entries, prefix):
    written = "".join(f"<entry><id>urn:kept</id>{''.join(entry)}</entry>" for entry in entries)
    body = (
        f"<feed xmlns='http://www.w3.org/2005/Atom'{declared(same)}>"
        f"<title>T</title><author><name>Sam</name></author><link href='https://x.example/'/>{written}</feed>"
    )
    if prefix:
        body = prefixed(body)

    strict, lenient = read_both_ways(body.encode())

    assert strict == lenient


def prefixed(body):
    """Spell Atom with a prefix, which some writers do; XHTML inside keeps its own namespace."""
    body = body.replace("xmlns='http://www.w3.org/2005/Atom'", "xmlns:a='http://www.w3.org/2005/Atom'")
    for name in ("feed", "entry", "title", "link", "id", "content", "summary", "updated", "published"):
        for before in ("<", "</"):
            for after in (">", " ", "/"):
                body = body.replace(f"{before}{name}{after}", f"{before}a:{name}{after}")
    for name in ("author", "name", "uri", "source"):
        body = body.replace(f"<{name}>", f"<a:{name}>").replace(f"</{name}>", f"</a:{name}>")
    return body


flaws = st.sampled_from(
    [
        "&",
        "&nbsp;",
        "&eacute;",
        "&nosuch;",
        "&copy",
        "&amp;",
        "&#38;",
        "&#x26;",
        "&lt;b&gt;",
        "&acE;",
        "AT&T;",
        " ",
        "a",
        "<b",
    ]
)


@settings(deadline=None)
@given(st.lists(flaws, max_size=8).map("".join), st.booleans())
def test_flawed_references_are_mended_for_both(text, cdata):
    text = f"<![CDATA[{text}]]>" if cdata else text.replace("<b", "&lt;b")
    body = RSS.format("", f"<item><title>kept {text}</title><description>{text}</description></item>").encode()

    strict, lenient = read_strictly(with_references(body)), read_leniently(body, "")

    assert strict is not None
    assert said(strict) == said(lenient)


def test_what_a_document_declares_is_not_explained_by_html():
    body = "<!DOCTYPE rss [<!ENTITY eacute 'other'>]><rss>&eacute; &nosuch; R&D</rss>"

    assert with_references(body.encode()).endswith(b"<rss>&eacute; &nosuch; R&amp;D</rss>")


@settings(deadline=None)
@given(st.datetimes().map(str) | dates | st.text(max_size=30))
@example("Thu, 31 Dec 2026 23:59:60 GMT")
@example("Mon, 30 Feb 2026 10:00:00 GMT")
@example("2026-11-20T10:00:00.123456-03:30")
@example("Fri, 20 Nov 2026 10:00:00 -0030")
@example("2026-11-20T24:00:00Z")
def test_a_date_means_the_same_both_ways(text):
    assert date_of(text) == date_in_any_format(text)


usual_dates = st.sampled_from(
    [
        "2026-11-20T10:00:00Z",
        "2026-11-20T10:00:00+01:00",
        "2026-W47-5T10:00:00Z",
        "2026-11-20T10:00+00:00:30",
        "Fri, 20 Nov 2026 10:00:00 GMT",
        "Fri, 20 Nov 2026 10:00:00 -0100",
        "Fri, 20 Nov 2026 10:00:00 +01:30",
    ]
)


@given(usual_dates, st.lists(st.tuples(st.integers(0, 31), st.sampled_from("09 -:+.,TWZé\u0661")), max_size=3))
def test_a_date_that_is_read_by_columns_is_one_that_the_whole_expression_takes(text, changes):
    for at, character in changes:
        text = text[:at] + character + text[at + 1 :]

    assert moment(dates_module._in_columns, text) in (None, moment(dates_module._in_parts, text))


def moment(read, text):
    try:
        return read(text)
    except (OverflowError, ValueError):
        return None


steps = st.sampled_from(["a", "17", "/", ".", "..", "./", "//", "?", "?a=b", "#", ";", "é", " ", "%20", "-", "@"])


@given(st.lists(steps, max_size=10).map("".join))
@example("r/selfhosted/comments/1abc/a_title/")
@example("a/../b")
@example("a?b=/../c")
def test_a_link_that_is_whole_is_what_joining_it_gives(path):
    link = f"https://x.example/{path}"

    assert not item_module._WHOLE.fullmatch(link) or urljoin(URL, link) == link


def test_a_text_looks_like_html_by_feedparsers_list():
    assert set(_HTMLSanitizer.acceptable_elements) == undeclared._ELEMENTS


ITEM = "<item><title>kept</title></item>"


@pytest.mark.parametrize(
    "body",
    [
        RSS.format("", f"{ITEM}&nosuch;"),
        RSS.format("", "<item><title>R&D</title></item>"),
        "<!DOCTYPE rss [<!ENTITY a 'b'>]>" + RSS.format("", "<item><title>&a;</title></item>"),
        RSS.format("", f"<item><title>outer</title>{ITEM}</item>"),
        RSS.format("", "").replace("</rss>", f"{ITEM}</rss>"),
        RSS.format("", f"<items>{ITEM}</items>"),
        RSS.format("", "<item><title>a <b>bold</b> word</title></item>"),
        RSS.format("", "<item><description><p>one</p><p>two</p></description></item>"),
        RSS.format("", "<item><body xmlns='http://www.w3.org/1999/xhtml'><p>text</p></body></item>"),
        RSS.format("xmlns:dc='http://wrong.example/'", "<item><dc:creator>Pat</dc:creator></item>"),
        RSS.format("", "<item><x:thing xmlns:x='http://x.example/'><title>inner</title></x:thing></item>"),
        RSS.format("", "<item><undeclared:title>kept</undeclared:title></item>"),
        ATOM.format("", "<entry><content type='application/octet-stream'>a2VwdA==</content></entry>"),
        ATOM.format("", "<entry><title mode='base64'>a2VwdA==</title></entry>"),
        ATOM.format("", ""),
        RSS.format("", ITEM).replace("<rss", "<html").replace("</rss", "</html"),
        RSS.format("", ITEM).replace("<rss version='2.0' ", "<rss version='2.0'") + "junk",
        "<x>" * 500 + "</x>" * 500,
        RSS.format("", "<item><title>\x01</title></item>"),
    ],
    ids=[
        "unknown entity", "bare ampersand", "DTD", "nested", "outside the channel", "in a list of its own",
        "markup in a title", "markup in a description", "body", "wrong namespace", "foreign element around a known one",
        "prefix of nothing", "binary content", "base64", "no entries", "another root", "junk behind", "deep", "control",
    ],
)  # fmt: skip
def test_what_is_not_taken_for_granted_is_left_to_feedparser(body):
    assert read_strictly(body.encode()) is None


def test_a_document_that_may_declare_entities_is_not_read_the_fast_way():
    """References in attributes would be resolved whatever the parser was told."""
    feed = RSS.format("", "<item><title>x</title><guid isPermaLink='{}'>1</guid></item>")

    assert read_strictly(feed.format("false").encode()) is not None
    assert read_strictly(f"<!DOCTYPE rss [<!ENTITY e 'false'>]>{feed.format('&e;')}".encode()) is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"])
def test_a_bomb_is_not_hidden_by_its_encoding(encoding):
    body = "<!DOCTYPE rss [<!ENTITY a 'b'>]>" + RSS.format("", "<item><title>&a;</title></item>")

    assert read_strictly(body.encode(encoding)) is None


@pytest.mark.parametrize("declared_as", ["iso-8859-1", "windows-1252", "iso-8859-15", "utf-8"])
@pytest.mark.parametrize("sent_as", ["utf-8", "cp1252"])
def test_what_was_meant_is_read_the_same_both_ways(declared_as, sent_as):
    """Mojibake is mended, and Windows' quotation marks are none of Latin-1's control characters."""
    feed = RSS.format(
        "", "<item><title>Tide\u2019s \xdcbergabe</title><description>\u201cf\xfcr \xc5se\u201d</description></item>"
    )
    body = f'<?xml version="1.0" encoding="{declared_as}"?>{feed}'.encode(sent_as)
    if read_strictly(body) is None:
        # Bytes that the encoding does not have.
        assert (declared_as, sent_as) in {("utf-8", "cp1252"), ("windows-1252", "utf-8")}
        return

    strict, lenient = read_both_ways(body)

    assert strict == lenient


@pytest.mark.parametrize("equals", ["=", " = "])
def test_a_relative_address_is_read_where_it_stands(equals):
    body = ATOM.format(
        f"xml:base{equals}'https://x.example/blog/'",
        f"<entry xml:base{equals}'2026/'><id>tag:x</id>"
        "<link href='tide'/><link rel='via' xml:base='/' href='wiki'/></entry>",
    )

    strict, lenient = read_both_ways(body.encode())

    assert strict == lenient
    assert strict[-1][0].link == "https://x.example/blog/2026/tide"


CAPTION = "<media:content><media:description>{}</media:description></media:content>"
PODCAST = "<description>{}</description><content:encoded>{}</content:encoded><itunes:summary>{}</itunes:summary>"


@pytest.mark.parametrize("entry", [PODCAST, CAPTION * 3], ids=["podcast", "pictures"])
def test_no_text_is_forgotten_where_feedparser_keeps_the_last(entry):
    """A difference on purpose: the mention may stand in the one that it forgets."""
    body = RSS.format(declared(same), f"<item>{entry.format('first', 'second', 'third')}</item>")

    document = read_strictly(body.encode())

    assert document is not None
    text = entry_of(document.items[0], document, URL).text
    assert all(word in text for word in ("first", "second", "third"))
