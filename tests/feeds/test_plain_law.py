"""Whatever a feed carries, what comes out is plain: the words a reader of the page would see, and nothing else."""

import html
import json
import unicodedata
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.parsing.parsed import Parsed
from feeds.parsing.reading import parse_body

URL = "https://talk.example/feed"
LINK = "https://talk.example/posts/1"
# What markup and references are made of, what no database stores, what turns text around.
TRICKY = st.sampled_from(
    [*"<>&;\"'/! \n\t\r#x", "\0", "\x0b", "\x1b", "\x7f", "\x85", "\ud800", "\udfff", "\ufeff", "\uffff"]
)
PIECES = st.sampled_from(
    ["<b>", "</p>", "<script>", "<!--", "]]>", "&lt;", "&amp;lt;", "&#0;", "&#x1b;", "&#xD800;", "&bogus;", "<![CDATA["]
)
ANYTHING = st.lists(st.one_of(TRICKY, PIECES, st.characters(exclude_categories=())), max_size=30).map("".join)
# What can stand in a well-formed document and be seen in a browser, letter for letter.
SEEN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cn", "Co", "Mn", "Me", "Zl", "Zp", "Zs")))


def is_misread(said: str) -> bool:
    """Return whether UTF-8 read as Latin-1 looks like this: it is put right, whoever meant it as it stands."""
    try:
        return said.encode("latin-1").decode("utf-8") != said
    except UnicodeError:
        return False


WORDS = st.lists(SEEN, max_size=6).map(" ".join).filter(lambda said: not is_misread(said))


def rss(title: str, text: str, author: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Talk</title><item><title>{title}</title><link>{LINK}</link><description>{text}</description>"
        f"<dc:creator>{author}</dc:creator></item></channel></rss>"
    ).encode("utf-8", "surrogatepass")


def atom(title: str, text: str, author: str, kind: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Talk</title><id>talk</id><entry><id>one</id>'
        f'<title type="{kind}">{title}</title><link href="{LINK}"/><content type="{kind}">{text}</content>'
        f"<author><name>{author}</name></author></entry></feed>"
    ).encode("utf-8", "surrogatepass")


def json_feed(title: str, author: str, **content: str) -> bytes:
    item = {"id": "1", "url": LINK, "title": title, "authors": [{"name": author}], **content}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Talk", "items": [item]}).encode()


CARRIERS = {
    "rss raw": lambda said: rss(said, said, said),
    "rss escaped": lambda said: rss(escape(said), escape(said), escape(said)),
    "rss escaped twice": lambda said: rss(escape(escape(said)), escape(escape(said)), escape(escape(said))),
    "rss cdata": lambda said: rss(*[f"<![CDATA[{said}]]>"] * 3),
    "atom text": lambda said: atom(escape(said), escape(said), escape(said), "text"),
    "atom html": lambda said: atom(escape(said), escape(said), escape(said), "html"),
    "json text": lambda said: json_feed(said, said, content_text=said),
    "json html": lambda said: json_feed(said, said, content_html=said),
}


def parsed(body: bytes) -> Parsed:
    result = parse_body(body, "", URL, "Talk", None)
    assert isinstance(result, Parsed), result
    return result


def unfit(text: str, allowed: str = "") -> list[str]:
    """Return the characters that no database or message should get."""
    return [
        character
        for character in text
        if character not in allowed
        and (unicodedata.category(character) in ("Cc", "Cs") or character in "\ufeff\ufffe\uffff")
    ]


@pytest.mark.parametrize("carrier", CARRIERS)
@settings(max_examples=60, deadline=None)
@given(said=ANYTHING)
def test_no_control_character_and_no_lone_surrogate_comes_through(carrier, said):
    result = parse_body(CARRIERS[carrier](said), "", URL, "Talk", None)

    for post in result.posts if isinstance(result, Parsed) else ():
        assert unfit(post.text, allowed="\n") == []
        for line in (post.title, post.author, post.url, post.community, post.thread_key, post.parent_key, *post.keys):
            assert unfit(line) == []
        "".join((post.title, post.text, post.author, post.url, *post.keys)).encode("utf-8")


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


MARKED = {
    "rss": lambda said: rss("Title", escape(f"<p>{html.escape(said)}</p><script>no()</script>"), "pat"),
    "rss cdata": lambda said: rss("Title", f"<![CDATA[<div>{html.escape(said)}</div><style>p{{}}</style>]]>", "pat"),
    "atom html": lambda said: atom("Title", escape(f"<p>{html.escape(said)}<br></p>"), "pat", "html"),
    "atom text": lambda said: atom("Title", escape(said), "pat", "text"),
    "json html": lambda said: json_feed("Title", "pat", content_html=f"<p>{html.escape(said)}</p><!-- no -->"),
    "json text": lambda said: json_feed("Title", "pat", content_text=said),
}


@pytest.mark.parametrize("carrier", MARKED)
@settings(max_examples=40, deadline=None)
@given(said=WORDS)
def test_what_somebody_wrote_comes_out_as_written_markup_gone_after_one_unescape(carrier, said):
    """So `&amp;lt;b&amp;gt;` in a feed is the word `<b>` of somebody who writes about HTML, and stays one."""
    (post,) = parsed(MARKED[carrier](said)).posts

    assert folded(post.text) == folded(said)
