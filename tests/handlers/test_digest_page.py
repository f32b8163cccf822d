"""The digest as a page: everything Slack gets, nothing that strangers wrote as markup, nothing that is loaded."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import details_samples
import digest_samples
import pytest
import view_samples as sample
from browser import a_browser, a_tab, needs_chromium
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engagement.digest.details import Part
from handlers.views.blocks import Message, context, header, section
from handlers.views.digest.digest import draw_digest
from handlers.views.digest.marked_up import Reader
from handlers.views.digest.page import Edition, draw_page
from handlers.views.digest.thread import draw_parts
from handlers.views.mrkdwn import inline, link, when

READER = Reader(zone=ZoneInfo("Europe/Berlin"), names={"U0SUPPORT": "Sam", "U0COMMUNITY": "<script>Maya</script>"})
WAITS = (600, 3_000, 5_000, 9_000, 90_000, 700_000)
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "article", "footer", "h1", "h2", "h3", "p", "br", "hr"),
    *("a", "strong", "em", "s", "blockquote", "time", "span", "figure", "figcaption", "ul", "li"),
    *("svg", "line", "rect", "text", "table", "thead", "tbody", "tr", "th", "td"),
}
EVIL = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><svg onload=alert(1)>",
    "]]><!--",
    "<a href='javascript:alert(1)'>x</a>",
    "\x00\x1b\ud800\ufffe",
    "<!date^1^{time}^javascript:alert(1)|x>",
    "*bold* ~gone~ > quote",
    "&lt;script&gt;",
]


def a_page(**changes):
    digest = draw_digest(digest_samples.a_digest(**changes))
    return draw_page([Edition(digest=digest, thread=draw_parts(details_samples.some_details()), waits=WAITS)], READER)


def read(page):
    """Read a page as browsers do, and look for what has no place in it."""
    tree = etree.fromstring(page, etree.HTMLParser(recover=False, huge_tree=True))
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    assert {each.tag for each in elements} <= TAGS
    assert not [name for each in elements for name in each.attrib if name.startswith("on") or name in ("src", "style")]
    assert all(each.get("href").startswith(("https://", "http://")) for each in tree.iter("a"))
    [style] = tree.iter("style")
    assert "url(" not in style.text
    assert "@import" not in style.text
    return tree


def words(tree):
    return " ".join(" ".join(text for text in tree.find("body").itertext()).split())


def test_the_page_says_what_slack_says_and_what_stands_in_the_thread():
    said = words(read(a_page()))

    assert "3 people are waiting for an answer" in said
    assert "1. ❓ Is there an upgrade path from 0.7?" in said
    assert "The week in numbers (last week in brackets)" in said
    assert "Answered this week: 2" in said
    assert "Places: health and noise" in said


def test_the_buttons_are_left_out_and_people_have_their_names():
    said = words(read(a_page()))

    assert "I'll reply" not in said
    assert "@Sam has it" in said
    assert "U0SUPPORT" not in said


def test_times_are_those_of_the_teams_zone_and_it_says_so():
    tree = read(a_page())

    assert "due Mon 23 Nov 19:00" in words(tree)
    assert "Times are in the zone Europe/Berlin." in words(tree)
    assert next(tree.iter("time")).get("datetime").endswith("+00:00")


def test_each_plot_has_its_figures_below():
    mentions, waits = read(a_page()).iter("figure")

    assert [row.text for row in mentions.find("table/thead/tr")] == ["Day", "Listen", "Interact", "Not tagged yet"]
    assert [[cell.text for cell in row] for row in waits.find("table/tbody")] == [
        ["< 1 h", "2"],
        ["1\u20134 h", "2"],
        ["4\u20138 h", "0"],
        ["8\u201324 h", "0"],
        ["1\u20132 d", "1"],
        ["2\u20137 d", "0"],
        ["> 7 d", "1"],
    ]
    assert waits.find("svg").get("aria-label").startswith("How long people waited for our answer: < 1 h 2, ")
    assert len(waits.findall("svg/rect")) == 4


def test_a_tag_keeps_its_colour_in_a_week_that_lacks_another():
    mentions = next(read(a_page()).iter("figure"))

    assert [each.get("class") for each in mentions.iter("span")] == [f"swatch series-{number}" for number in (0, 1, 3)]


def test_bars_stay_in_their_drawing():
    for bar in next(read(a_page()).iter("svg")).iter("rect"):
        assert float(bar.get("y")) >= 0
        assert float(bar.get("y")) + float(bar.get("height")) <= 180


def test_a_quiet_week_has_no_plot_and_two_workspaces_are_two_articles():
    editions = [Edition(digest=draw_digest(digest_samples.a_quiet_digest()), waits=(60,))] * 2

    tree = read(draw_page(editions, READER))

    assert list(tree.iter("figure")) == []
    assert len(list(tree.iter("article"))) == 2
    assert tree.findtext("head/title") == "Two Ears: 2 digests"


def test_the_nastiest_data_is_nothing_but_text():
    editions = [
        Edition(digest=draw_digest(digest_samples.a_nasty_digest()), thread=draw_parts(details_samples.nasty_details()))
    ]

    said = words(read(draw_page(editions, READER)))

    assert "<!channel>" in said
    assert "<https://evil.example|click>" in said


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "_<https://x.example|Dark mode>_ shipped",
            '<em><a href="https://x.example" rel="noopener noreferrer">Dark mode</a></em>',
        ),
        ("→ _Dark mode_, planned", "→ <em>Dark mode</em>, planned"),
        ("mira_k and _k of a_b_c", "mira_k and _k of a_b_c"),
        ("so *_both_*", "so <strong><em>both</em></strong>"),
    ],
)
def test_what_is_set_in_italics_in_slack_is_on_the_page(text, html):
    page = draw_page([Edition(digest=Message(text="x", blocks=[section(text)]), thread=[], waits=[])], READER)

    assert html in page


@pytest.mark.parametrize("evil", EVIL)
def test_what_feeds_say_becomes_no_markup_wherever_it_stands(evil):
    line = replace(digest_samples.a_digest().line, text=evil, author=evil, community=evil, url=evil)
    row = digest_samples.a_waiting(title=evil, author=evil, community=evil, url=evil)
    digest = digest_samples.a_digest(waiting=(row,), line=line, label=evil, watches=(evil,))

    tree = read(draw_page([Edition(digest=draw_digest(digest))], READER))

    assert len(list(tree.iter("script"))) == 0


@given(st.text(max_size=80), st.text(max_size=40), st.integers(0, 10**9))
def test_whatever_passes_the_gate_is_a_page_and_whatever_does_not_is_text(text, url, seconds):
    gated = [section(f"*{inline(text)}* {link(url, text)} {when(sample.NOW + timedelta(seconds=seconds), url=url)}")]
    ungated = [header(text), section(text or "-"), context(text)]

    read(draw_page([Edition(digest=Message(text=text, blocks=[*gated, *ungated]))], READER))


def test_stars_that_close_nothing_harm_nobody():
    tree = read(draw_page([Edition(digest=Message(text="", blocks=[section("*a ~b* c~ < d")]))], READER))

    assert "a b c < d" in words(tree)


class TestInABrowser:
    pytestmark = needs_chromium

    async def test_nothing_is_loaded_and_nothing_is_wider_than_a_phone(self, tmp_path):
        file = tmp_path / "digest.html"
        nasty = Edition(
            digest=draw_digest(digest_samples.a_nasty_digest()),
            thread=draw_parts(details_samples.nasty_details()),
            waits=WAITS,
        )
        file.write_text(draw_page([nasty], READER), encoding="utf-8")
        asked = []
        async with a_browser() as browser, a_tab(browser, viewport={"width": 360, "height": 800}) as tab:
            tab.on("request", lambda request: asked.append(request.url))
            await tab.goto(file.as_uri())

            assert await tab.evaluate("document.documentElement.scrollWidth") <= 360
            assert await tab.locator("h2").count() == len(Part)
            assert (await tab.pdf(format="A4"))[:5] == b"%PDF-"
        assert asked == [file.as_uri()]
