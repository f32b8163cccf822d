"""The gate for outside text: laws that hold for whatever a feed says."""

import re
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.mrkdwn import channel, code, escape, inline, link, quoted, some, user, web_address, when

ANY_TEXT = st.text(st.characters(codec=None) | st.sampled_from("<>|&^*`~_\n"), max_size=300)
ANY_URL = st.builds(
    "{}{}".format, st.sampled_from(["https://", "http://a.example/", "https://b.example?q=", ""]), ANY_TEXT
)
LINK = re.compile(r"<(https?://[^<>|\s]+)\|([^<>|]*)>")
ENTITY = re.compile(r"&(?:amp|lt|gt);")
ISOLATES = "\u2068\u2069"


@given(ANY_TEXT)
def test_escaped_text_has_no_brackets_and_reads_the_same(text):
    escaped = escape(text)

    assert "<" not in escaped
    assert ">" not in escaped
    assert "&" not in ENTITY.sub("", escaped)
    assert unescape(escaped) == "".join(char for char in text if char in escaped or char in "<>&")


@given(ANY_TEXT, st.integers(1, 200))
def test_a_line_is_one_line_within_its_limits_and_no_entity_is_cut(text, limit):
    line = inline(text, limit).strip(ISOLATES)

    assert "\n" not in line
    assert len(ENTITY.sub("x", line)) <= limit
    assert len(line) <= 2 * limit
    assert not set(line) & set("<>*`~")
    assert "&" not in ENTITY.sub("", line)


@given(ANY_URL, ANY_TEXT)
def test_a_link_is_one_link_or_none_and_never_a_ping(url, label):
    drawn = link(url, label)

    if "<" in drawn:
        match = LINK.fullmatch(drawn)
        assert match is not None
        assert urlsplit(unescape(match[1])).hostname
    else:
        assert ">" not in drawn


@given(ANY_URL)
def test_an_address_once_made_safe_stays_as_it_is(url):
    address = web_address(url).replace("&amp;", "&")

    assert web_address(address).replace("&amp;", "&") == address


@given(ANY_TEXT)
def test_a_user_or_channel_that_is_no_id_is_only_text(text):
    for drawn, shape in ((user(text), r"<@[A-Z0-9]+>"), (channel(text), r"<#[A-Z0-9]+>")):
        assert re.fullmatch(shape, drawn) or not set(drawn) & set("<>")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/x",
        "https://",
        "https:///path",
        "//example.org",
        "",
        "http://[::1",
        "https://a.example/" + "x" * 2_000,
    ],
)
def test_a_link_without_a_usable_address_is_its_label_alone(url):
    assert link(url, "A & B") == "A &amp; B"


def test_what_would_end_a_link_is_encoded():
    assert link("https://a.example/x y|z>w?a=1&b=<!channel>", "one|two") == (
        "<https://a.example/x%20y%7Cz%3Ew?a=1&amp;b=%3C!channel%3E|one¦two>"
    )


def test_an_address_in_other_letters_is_encoded():
    assert web_address("https://de.example/Größe") == "https://de.example/Gr%C3%B6%C3%9Fe"


def test_a_link_without_words_reads_as_its_host():
    assert link("https://a.example/x", " ") == "<https://a.example/x|a.example>"


def test_right_to_left_text_is_isolated_and_overrides_are_dropped():
    assert inline("\N{HEBREW LETTER ALEF}\N{RIGHT-TO-LEFT OVERRIDE}b") == "\u2068\N{HEBREW LETTER ALEF}b\u2069"
    assert inline("\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe") == "gnp.exe"


def test_a_time_shows_in_every_zone_and_falls_back_to_utc():
    at = datetime(2026, 11, 22, 15, 2, tzinfo=timezone(timedelta(hours=1)))

    assert when(at) == "<!date^1795356120^{date_short_pretty} {time}|22 Nov 2026 14:02 UTC>"


def test_a_time_may_be_a_link():
    at = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)

    assert when(at, "answered {time}", "https://a.example/^|x") == (
        "<!date^1795356120^answered {time}^https://a.example/%5E%7Cx|answered 14:02 UTC>"
    )
    assert when(at, "answered {time}", "javascript:x") == "<!date^1795356120^answered {time}|answered 14:02 UTC>"


def test_every_line_of_a_quotation_is_marked():
    assert quoted("one\ntwo") == "> one\n> two"


@pytest.mark.parametrize(
    ("names", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c", "d"], "a, b and 2 more")]
)
def test_long_lists_are_counted_at_their_end(names, expected):
    assert some(names, 2) == expected


@given(ANY_TEXT, st.integers(1, 200))
def test_code_is_one_line_that_ends_where_we_end_it_with_its_signs_as_they_are(text, limit):
    drawn = code(text, limit).strip("`")

    assert code(text, limit).count("`") == 2
    assert "\n" not in drawn
    assert len(drawn.strip(ISOLATES)) <= 2 * limit
    assert not set(drawn) & set("<>")
    assert code("tide* /\\d*~/ `C++`") == "`tide* /\\d*~/ \u02cbC++\u02cb`"
