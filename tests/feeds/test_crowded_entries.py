"""An entry may carry the same thing any number of times, one inside of another: what is read, and in what time."""

import json
import time

import pytest

from feeds.parsing.parse import parse_feed

URL = "https://feeds.example/feed"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>T</title>{}</feed>'
LINKS = '<link href="x"/>' * 5_000
NAMES = [{"name": "a"}] * 10_000
ITEMS = [{"id": str(number)} for number in range(5_000)]
GROUPS = "<media:group xml:base='a/'>{}</media:group>"


def atom(entry):
    return ATOM.format(entry).encode()


def json_feed(**members):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", **members}).encode()


@pytest.mark.parametrize(
    "body",
    [
        atom("<entry>" + "<media:group xml:base='a/'>" * 200 + LINKS + "</media:group>" * 200 + "</entry>"),
        atom(f"<entry xml:base='{'a/' * 5_000}'>{LINKS}</entry>"),
        json_feed(authors=NAMES, items=ITEMS),
    ],
    ids=["bases in bases", "a long base", "everybody wrote everything"],
)
def test_what_all_members_have_in_common_is_not_read_for_each(body):
    started = time.process_time()

    parse_feed(body, "", URL)

    assert time.process_time() - started < 2


def test_an_address_is_read_by_the_bases_of_the_groups_it_stands_in():
    entry = "<entry xml:base='2026/'><title>x</title>{}</entry>"
    link = "<link href='tide'/>"

    read = [
        parse_feed(atom(entry.format(link)), "", URL),
        parse_feed(atom(entry.format(GROUPS.format(link))), "", URL),
        parse_feed(atom(entry.format(GROUPS.format(GROUPS.format(link)))), "", URL),
    ]

    assert [feed.entries[0].link for feed in read] == [
        "https://feeds.example/2026/tide",
        "https://feeds.example/2026/a/tide",
        "https://feeds.example/2026/a/a/tide",
    ]


INTRODUCTION = "This week we report from the harbour, from both of its piers and from all the boats there are. "
LONG, SHORT = INTRODUCTION + "It was quiet.", INTRODUCTION + "With help of Tidewiki."


@pytest.mark.parametrize(
    "body",
    [
        atom(f"<entry><title>x</title><content>{LONG * 2}</content><summary>{SHORT}</summary></entry>"),
        atom(f"<entry><title>x</title><content>{SHORT}</content><summary>{LONG * 2}</summary></entry>"),
        json_feed(items=[{"id": "1", "content_html": LONG, "content_text": LONG, "summary": SHORT}]),
        json_feed(items=[{"id": "1", "content_html": SHORT, "content_text": LONG}]),
    ],
    ids=["summary", "content", "summary of JSON", "content of JSON"],
)
def test_the_mention_may_stand_in_any_of_two_texts_that_begin_alike(body):
    (entry,) = parse_feed(body, "", URL).entries

    assert "Tidewiki" in entry.text
    assert "quiet" in entry.text


@pytest.mark.parametrize("summary", [LONG[:-1] + "…", f"{LONG} […]", "It was quiet", "And then? It was"])
def test_what_stands_in_a_longer_text_is_said_once(summary):
    content = f"<p>{LONG}</p><p>And then?</p><p>It was night.</p>".replace("<", "&lt;")

    (entry,) = parse_feed(
        atom(f"<entry><title>x</title><content type='html'>{content}</content><summary>{summary}</summary></entry>"),
        "",
        URL,
    ).entries

    assert entry.text == f"{LONG}\nAnd then?\nIt was night."


def test_whoever_wrote_an_item_is_named_before_whoever_writes_the_feed():
    items = [{"id": "1", "authors": [{"name": "pat"}]}, {"id": "2"}]

    entries = parse_feed(json_feed(authors=[{"name": "lin"}], items=items), "", URL).entries

    assert [entry.author for entry in entries] == ["pat", "lin"]
