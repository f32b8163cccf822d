"""Addresses: the quick way and the thorough one agree, and what may change in an address by itself is left out."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from builders import ROOT
from corpus import CORPUS, needs_corpus
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.links import (
    _address,
    _thorough_address,
    address,
    host_of,
    is_web,
    joined,
    link_key,
    skeleton,
    split_any,
    split_canonical,
    unwrapped,
)

OURS = ROOT / "tests" / "data" / "feeds"
URL = re.compile(rb"https?://[^\s<>\"']{1,300}")

# Pieces of which most make canonical addresses, and every kind of exception.
schemes = st.sampled_from(["http://", "https://", "HTTPS://", "ftp://", "//", "http:/"])
hosts = st.sampled_from(
    "x.example www.x.example www.www.x.example www. a-b.x.example X.example x.example. x.example:80 x.example:443 "
    "x.example:8080 u@x.example [::1] 127.0.0.1 ü.example xn--tda.example localhost a..b -x.example x_y.example "
    f"{'a' * 64}.example www.google.com www.bing.com a.cdn.ampproject.org".split(" ")
)
segments = st.sampled_from(
    [
        "a",
        "A",
        "2026",
        ".",
        "..",
        "",
        ".well-known",
        "a.b",
        "a;b=1",
        "ä",
        "%7e",
        "%2F",
        "a b",
        "~a",
        "a+b",
        "amp",
        "url",
    ]
)
names = st.sampled_from(["a", "b", "p", "utm_source", "ref", "amp", "url", "ü", "a.b", ""])
values = st.sampled_from(["1", "", "a", "a.b", "a-b", "a b", "a+b", "%41", "ü", "https://y.example/a"])
queries = st.lists(st.tuples(names, values).map("=".join) | names, max_size=3).map("&".join)
fragments = st.sampled_from(["", "top", "4711", "comment-5", "a.b", "a b", "ü", "#", "?", "0"])
tails = st.sampled_from(["", "\n", " ", "/", "?", "#", "?#"])
paths = st.lists(segments, max_size=4).map(lambda found: "".join(f"/{segment}" for segment in found))
urls = st.builds(
    lambda scheme, host, path, query, fragment, tail: (
        f"{scheme}{host}{path}{query and '?'}{query}{fragment and '#'}{fragment}{tail}"
    ),
    schemes,
    hosts,
    paths,
    queries,
    fragments,
    tails,
)


looks_canonical = st.from_regex(
    re.compile(r"https?://[a-z.-]{1,8}\.[a-z]{1,3}(:\d{1,5})?[/\w.~@-]{0,12}(\?\w+=[\w.-]+)?(#[\w.-]+)?", re.ASCII)
)


def canonical(url):
    return address(url).link


def agree(url: str) -> bool:
    quick = split_canonical(url)
    return quick is None or (unwrapped(url) == url and quick == split_any(url))


@given(urls | looks_canonical)
@example("https://www.google.com/url?url=x")
@example("https://x.example/amp?amp=1")
@example("http://x.example:8080/a")
@example("http://x.example:80/a")
@example("https://x.example:443")
@example("http://x.example:443/a")
@example("http://x.example:80801/a")
@example("http://127.0.0.1:0880/a")
def test_the_quick_way_says_what_the_thorough_one_says(url):
    assert agree(url)


@given(urls | looks_canonical)
@example("https://x.example?a=b/c")
@example("https://x.example#a/b")
@example("http://x.example:8080/@pat@y.example/1")
@example("https://www.google.com/amp/s/x.example/a")
@example("https://amp.x.example/2026/a-long-title/amp/")
def test_an_address_in_two_pieces_is_the_one_that_was_taken_apart(url):
    assert _address(url) == _thorough_address(url)


@pytest.mark.parametrize("folder", [OURS, pytest.param(CORPUS, marks=needs_corpus)], ids=["ours", "from the wild"])
def test_both_ways_agree_on_every_address_of_the_samples(folder):
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    found = {url.decode("utf-8", "replace") for path in files for url in URL.findall(path.read_bytes())}

    assert found
    assert [url for url in found if not agree(url)] == []
    assert [url for url in found if canonical(canonical(url)) != canonical(url)] == []


@given(urls | st.text(max_size=30))
def test_a_host_is_what_the_standard_library_says(url):
    try:
        parts = urlsplit(url)
        host, web = (
            (parts.hostname or "").removeprefix("www."),
            parts.scheme in ("http", "https") and bool(parts.hostname),
        )
    except ValueError:
        host, web = "", False

    assert host_of(url) == host
    assert is_web(url) == web


@given(st.sampled_from(["https://x.example/a/b", "http://x.example"]), urls)
def test_an_address_on_a_page_is_what_the_standard_library_says(base, url):
    try:
        expected = urljoin(base, url)
    except ValueError:
        expected = ""

    assert joined(base, url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://amp.x.example/2026/a-long-title",
        "https://x.example/2026/a-long-title/amp",
        "https://x.example/2026/a-long-title/amp/",
        "https://x.example/2026/a-long-title?amp",
        "https://x.example/2026/a-long-title/?amp=1&utm_source=x",
        "https://x.example/2026/a-long-title?outputType=amp",
        "https://x.example/2026/a-long-title.amp",
        "https://www.google.com/amp/s/x.example/2026/a-long-title/amp/",
        "https://www.google.co.uk/amp/x.example/2026/a-long-title",
        "https://x-example.cdn.ampproject.org/c/s/x.example/2026/a-long-title",
        "https://x-example.cdn.ampproject.org/v/s/x.example/2026/a-long-title/?amp_js_v=0.1&usqp=mq331",
        "https://x.example/2026/a-long-title?PHPSESSID=8a7f",
    ],
)
def test_an_amp_page_is_its_page(url):
    assert link_key(url) == "url:x.example/2026/a-long-title"


@pytest.mark.parametrize(
    "url",
    ["https://amp.dev/", "https://x.example/amp", "https://x.example/products/amp", "https://x.example/a?amp=loud"],
)
def test_an_amplifier_is_none(url):
    assert link_key(url) == "url:" + url.removeprefix("https://").rstrip("/")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/a?token=17", "url:x.example/a"),
        ("https://x.example/a?t=1732280000&p=17", "url:x.example/a?p=17"),
        ("https://x.example/a?p=17", "url:x.example/a?p=17"),
        ("https://x.example/a?story_id=17x", "url:x.example/a?story_id=17x"),
        ("https://x.example/a?sid=17", "url:x.example/a"),
        ("https://x.example/s/0123456789abcdef0123/a", "url:x.example/s/*/a"),
        ("https://x.example/de305d54-75b4-431b-adb2-eb6b9e546014", "url:x.example/*"),
        ("https://x.example/a/dGhpcyBpcyBhIHRva2VuIDE3", "url:x.example/a/*"),
        ("https://x.example/@pat/114000000000000017", "url:x.example/@pat/114000000000000017"),
        ("https://x.example/2026-11-20-a-long-title-of-a-post", "url:x.example/2026-11-20-a-long-title-of-a-post"),
        ("https://x.example/what_is_new_in_tidewiki_version", "url:x.example/what_is_new_in_tidewiki_version"),
        ("https://x.example/a#comment-17", "url:x.example/a"),
        ("https://x.example/", "url:x.example"),
    ],
)
def test_what_may_be_a_token_is_left_out(url, expected):
    assert skeleton(link_key(url)) == expected
