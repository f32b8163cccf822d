"""What feeds carry becomes plain text."""

import html
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds import text as texts
from feeds.text import TEXT_CHARACTERS, TITLE_CHARACTERS, from_html, one_line, page_title, plain, said_once, unescaped


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain words", "plain words"),
        ("AT&T asks: is 3 < 4?", "AT&T asks: is 3 < 4?"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("bold <b>wo</b>rd", "bold word"),
        ("wrapped\nin the   source", "wrapped in the source"),
        ("use &lt;tags&gt; &amp; more", "use <tags> & more"),
        ("&amp;lt;b&amp;gt; stays as written", "&lt;b&gt; stays as written"),
        ("<pre>line 1\nline 2</pre>", "line 1\nline 2"),
        ("a<script>alert(1)</script><style>p{}</style>b", "ab"),
        ("<!-- SC_OFF --><div>seen</div><!-- SC_ON -->", "seen"),
        ("a&nbsp;b", "a b"),
        ("nul &#0; bell &#7; surrogate &#xd800;", "nul \ufffd bell surrogate \ufffd"),
        (f"a number nobody counts to &#{'9' * 5_000};", "a number nobody counts to \ufffd"),
        ('<a href="https://x.example">a link</a>', "a link"),
        ("<p>never closed <b>bold", "never closed bold"),
        ("", ""),
    ],
)
def test_html_becomes_what_a_reader_sees(markup, text):
    assert from_html(markup) == text


def test_lines_of_plain_text_stay():
    assert plain("one\r\ntwo\n\n\n\nthree   four\x00") == "one\ntwo\n\nthree four"


def test_titles_fit_on_one_line():
    assert one_line(" a\n b\u2028c\x0b ") == "a b c"
    assert len(one_line("word " * 200)) <= TITLE_CHARACTERS
    assert one_line("word " * 200).endswith("word…")


def test_references_are_resolved_once_and_only_where_they_are_complete():
    assert unescaped("Caf&#233; R&D &amp;amp; &copy 2026") == "Café R&D &amp; &copy 2026"


def test_letters_composed_of_two_characters_are_one():
    assert plain("u\u0308ber") == "über"


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0344", "\u0f73"], ids=["two", "one that is two", "Tibetan"])
def test_a_pile_of_marks_takes_no_time(marks):
    """Normalising it takes the square of its height, in one call that nothing can interrupt."""
    pile = "tide" + marks * 50_000 + "wiki"
    started = time.process_time()

    texts = [plain(pile), from_html(pile), one_line(pile)]
    for text in texts:
        unicodedata.normalize("NFKC", text)

    assert time.process_time() - started < 0.5
    assert all(text.startswith("tid") and len(text) < 100 for text in texts)


def test_marks_that_people_write_stay():
    assert plain("नमस्ते é ❤️‍🔥 สวัสดีที่") == "नमस्ते é ❤️‍🔥 สวัสดีที่"
    assert plain("❤️" * 100) == "❤️" * 100


def test_a_long_text_is_cut():
    text = from_html("<p>word</p>" * 50_000)

    assert (len(text), text[-1]) == (TEXT_CHARACTERS, "…")


def test_a_page_says_what_it_is_called():
    assert page_title("<html><head><title>\n Before you\ncontinue </title>") == "Before you continue"
    assert page_title("no markup") == ""


tags = st.sampled_from(
    ["<p>", "</p>", "<pre>", "</pre>", "<li>", "<br>", "<script>", "<table>", "<td>", "</div>", "<x>"]
)
pieces = st.one_of(st.text(max_size=20), tags, st.sampled_from(["&amp;", "&#0;", "&#x1e;", "&lt;", "\x1e", "\ud800"]))


@settings(deadline=None)
@given(st.lists(pieces, max_size=30).map("".join))
def test_no_control_character_and_no_surrogate_survives(markup):
    for text in (from_html(markup), plain(markup), one_line(markup)):
        assert all(unicodedata.category(character) not in ("Cc", "Cs") or character in "\n\t" for character in text)
        text.encode("utf-8")
        assert text == text.strip()
    assert "\n" not in one_line(markup)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_tidying_plain_text_twice_changes_nothing(text):
    assert plain(plain(text)) == plain(text)
    assert one_line(one_line(text)) == one_line(text)


simple = st.sampled_from(["p", "div", "blockquote", "h2", "b", "em", "a", "code", "span", "strong"])
references = st.sampled_from(
    ["&amp;", "&lt;p&gt;", "&nbsp;", "&#39;", "&#x1F600;", "&copy", "&nosuch;", "&am", "p;", "&#1;"]
)
inside = st.text(st.characters(codec="utf-8", exclude_characters="<>&"), max_size=10) | references
attributes = st.sampled_from(["", " href='https://x.example/?a=1&amp;b=2'", ' class="x" data-y="z"', " hidden"])
empty = st.sampled_from(["<br>", "<br/>", "<hr />", "<img alt='x'>", "<!-- a - b -->", "<iframe src='x'> </iframe>"])


def wrapped(children):
    several = st.lists(children, max_size=4).map("".join)
    # An item stands in a list: right inside another one it would end that, whose own end then belongs to nothing.
    items = st.builds("<ul{0}><li>{1}</li></ul>".format, attributes, several)
    return st.builds("<{0}{1}>{2}</{0}>".format, simple, attributes, several) | items | empty


@settings(deadline=None)
@given(st.lists(st.recursive(inside, wrapped, max_leaves=12), max_size=5).map("".join))
def test_simple_markup_gives_without_a_parser_what_the_parser_gives(markup):
    def tidied(text):
        return "\n".join(filter(None, (one_line(part, limit=10_000) for part in text.split(texts.BREAK))))

    markup = texts.without_controls(markup)

    assert tidied(texts._with_breaks(markup)) == tidied(texts._parsed(markup))


half_references = st.sampled_from(["&", "&amp", "&copy", "&#", "&#x", ";", "x3c", "9", "lt;", "amp;", "notit", "\x1f"])


@settings(deadline=None)
@given(st.lists(references | half_references | st.text(max_size=5), max_size=12).map("".join))
def test_references_mean_what_they_mean_in_a_browser(text):
    assert texts._resolved(text) == html.unescape(text)


def test_no_number_of_references_fills_the_memory():
    from_html("".join(f"&#{number};" for number in range(20_000)))

    assert len(texts._MEANINGS) <= texts._Meanings.AT_MOST


def test_nothing_is_done_to_a_steady_character_wherever_it_stands():
    every = [chr(number) for number in range(0x80, 0x110000)]
    steady = [character for character in every if not texts._UNSTEADY.match(character)]
    composed = {decomposed for character in every if "<" not in (decomposed := unicodedata.decomposition(character))}
    behind_others = {chr(int(number, 16)) for decomposed in composed for number in decomposed.split()[1:]}

    assert len(steady) > 2_000
    assert behind_others.isdisjoint(steady)
    for character in steady:
        assert not unicodedata.category(character).startswith("M")
        assert unicodedata.normalize("NFC", character) == character
        assert not character.isspace() or character == "\xa0"
        assert not texts._CONTROL_OR_NEWLINE.match(character)


spaces = st.sampled_from([*" \t\n\r\x0b\x0c\x1c\x85\xa0\u2003\u2028\u3000", "  ", "\r\n", texts.BREAK, texts.NOTHING])
odd = st.sampled_from(
    ["ö", "o\u0308", "語", "\u0301", "\u0344", "\u0301" * 16, "\u0316", "“", "\x7f", "\ud800", "\ufeff", "👍🏽"]
)


@settings(deadline=None)
@given(st.lists(spaces | odd | st.text(max_size=5), max_size=20).map("".join))
def test_a_text_is_laid_out_at_once_as_line_by_line(text):
    def lines(laid_out):
        return [line for line in map(texts._one_line, laid_out) if line]

    expected = lines(map(texts.without_controls, text.split(texts.BREAK)))

    assert lines(texts._laid_out(text).split("\n")) == expected
    assert "\t" not in texts._laid_out(text)


@settings(deadline=None)
@given(st.lists(spaces | odd | st.text(max_size=5), max_size=20).map("".join))
def test_what_is_odd_is_looked_at_alone_and_found_as_in_the_whole(text):
    cleaned = texts._CONTROLS.sub("", texts._NEWLINES.sub("\n", text.replace("\r\n", "\n")))
    cleaned = texts._PILE.sub(texts._without_pile, cleaned)
    normal = unicodedata.normalize("NFC", cleaned)

    assert texts.without_controls(text) == (
        normal if len(normal) <= len(cleaned) else texts._PILE.sub(texts._without_pile, normal)
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>a</td></tr></table>",
        "<pre>a\nb</pre>",
        "<p>a < b</p>",
        '<a title="x > y">b</a>',
        "<script>a</script>",
    ],
    ids=["table", "verbatim", "bare bracket", "bracket in an attribute", "script"],
)
def test_markup_that_is_not_simple_is_left_to_the_parser(markup):
    assert texts._with_breaks(markup) == texts._parsed(markup)


@pytest.mark.parametrize("tag", ["<p ", "<p a='", "<!--", "<!-- -", "<a b=c ", "</p", "&#"])
def test_half_a_tag_takes_no_time_however_often_it_is_repeated(tag):
    started = time.process_time()

    from_html(tag * (texts.MARKUP_CHARACTERS // len(tag)))

    assert time.process_time() - started < 2


@pytest.mark.parametrize("tag", ["<pre>", "<pre>\n", "<div><pre>\n", "<pre>a\n<b>"])
def test_what_stands_in_each_other_is_walked_once(tag):
    started = time.process_time()

    from_html(tag * (40_000 // len(tag)))

    assert time.process_time() - started < 2


def test_every_line_of_what_stands_in_each_other_stays():
    markup = "<pre>one\ntwo<pre>three\n<b>four\nfive</b></pre>six\nseven</pre><pre>eight\nnine</pre>"

    assert from_html(markup).split("\n") == ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.mark.parametrize(("given", "said"), [(["["], "["), (["…", ""], "…"), (["Fine", "[…]"], "Fine"), ([], "")])
def test_what_is_left_of_a_text_cut_short_is_dropped_only_beside_others(given, said):
    assert said_once(given) == said
