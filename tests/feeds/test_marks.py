"""What a body has in common with the one before is not read again, and makes no difference."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsing import reading
from feeds.parsing.marks import MARKED_AT_MOST
from feeds.parsing.reading import parse_body

URL = "https://forum.example/feed"
SOME = st.integers(0, 3)


def entry(number, *, guid="", link="", title="", text="") -> str:
    guid = guid or f"post-{number:08}"
    link = link or f"https://forum.example/posts/{number}"
    return (
        f'<item><guid isPermaLink="false">{guid}</guid><link>{link}</link><title>{title or f"Post {number}"}</title>'
        f"<pubDate>Wed, 18 Nov 2026 14:{number % 60:02}:00 GMT</pubDate><description>{text or number}</description>"
        "</item>"
    )


def feed(*entries: str, head: str = "", tail: str = "") -> bytes:
    return (
        f"<rss version='2.0'><channel><title>A forum</title><link>https://forum.example/</link>{head}"
        f"{chr(10).join(entries)}{tail}</channel></rss>"
    ).encode()


def read(body: bytes, marks: str = "", *, url: str = URL):
    return parse_body(body, "application/rss+xml", url, "", None, marks)


def titles(parsed) -> list[str]:
    return [post.title for post in parsed.posts]


def test_only_what_is_new_is_read():
    ttl = "<ttl>60</ttl>"
    before = read(feed(entry(2), entry(1), head=ttl))
    after = read(feed(entry(3), entry(2), entry(1), head=ttl), before.marks)

    assert (titles(before), before.kept) == (["Post 2", "Post 1"], 0)
    assert (titles(after), after.kept, after.ttl_seconds) == (["Post 3"], 2, 3600)


def test_marks_are_handed_on_from_body_to_body():
    marks = read(feed(entry(1), entry(2))).marks
    marks = read(feed(entry(3), entry(1), entry(2)), marks).marks

    after = read(feed(entry(4), entry(3), entry(2)), marks)

    assert (titles(after), after.kept) == (["Post 4"], 2)


def test_where_nothing_is_new_one_entry_is_read_for_what_the_feed_says_of_itself():
    dated = "<lastBuildDate>Wed, 18 Nov 2026 1{}:00:00 GMT</lastBuildDate>"
    before = read(feed(entry(1), entry(2), entry(3), head=dated.format(4)))

    after = read(feed(entry(1), entry(2), entry(3), head=dated.format(5)), before.marks)

    assert (titles(after), after.kept, after.title, after.marks) == (["Post 1"], 2, "A forum", before.marks)


def test_an_edit_is_read_and_nothing_else():
    marks = read(feed(entry(1), entry(2))).marks

    assert titles(read(feed(entry(1), entry(2, title="Edited")), marks)) == ["Edited"]


@pytest.mark.parametrize(
    "after",
    [
        feed(entry(3), entry(1), entry(2), head="<managingEditor>somebody else</managingEditor>"),
        feed(entry(3), entry(1), entry(2)).replace(b"https://forum.example/<", b"https://elsewhere.example/<"),
        feed(entry(3), entry(1), entry(2), tail="<image><url>https://forum.example/new.png</url></image>"),
        feed(entry(3), entry(1), entry(1), entry(2)),
        feed(entry(3), "<item>no end", entry(1), entry(2)),
    ],
    ids=["another editor", "another site", "something behind", "one twice", "broken"],
)
def test_what_stands_around_the_entries_counts(after):
    assert read(after, read(feed(entry(1), entry(2))).marks).kept == 0


def test_another_address_reads_anew():
    marks = read(feed(entry(1), entry(2))).marks

    assert read(feed(entry(3), entry(1)), marks, url="https://forum.example/other").kept == 0


@pytest.mark.parametrize(
    "body",
    [
        feed(*(entry(number) for number in range(MARKED_AT_MOST + 1))),
        feed(entry(1, guid="the same guid"), entry(2, guid="the same guid")),
        feed(entry(1, link="https://forum.example/changes"), entry(2, link="https://forum.example/changes")),
        feed(entry(1, text="<![CDATA[</item> <item>]]>")),
        feed(entry(1), head="<!-- <item> -->"),
        feed(entry(1), "<image/>", entry(2)),
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "<item></item>"}]}',
    ],
    ids=["very many", "one guid", "one link", "a tag in a text", "a tag in a comment", "something between", "JSON"],
)
def test_what_is_not_as_usual_has_no_marks_or_marks_that_do_no_harm(body):
    parsed = read(body)

    again = read(body, parsed.marks)

    assert again.kept + len(again.posts) == len(parsed.posts)
    assert set(again.posts) <= set(parsed.posts)


def test_a_guid_that_turns_out_to_be_everybodys_is_nobodys():
    """Where it was the only one of its kind it told something, and has been kept as a key."""
    marks = read(feed(entry(1, guid="the same guid"))).marks

    body = feed(entry(2, guid="the same guid"), entry(1, guid="the same guid"))

    assert read(body, marks) == read(body)


@pytest.mark.parametrize("broken", [ValueError, MemoryError])
def test_a_part_that_cannot_be_read_costs_what_the_whole_would(monkeypatch, broken):
    marks = read(feed(entry(1))).marks

    def breaks(*_):
        raise broken

    monkeypatch.setattr(reading, "parse_feed", breaks)

    assert "ead" in read(feed(entry(2), entry(1)), marks).reason


ENTRIES = st.lists(
    st.builds(
        lambda number, guid, link, title, text: entry(
            number,
            guid=f"guid-of-{guid}" if guid else "",
            link=f"https://forum.example/{link}#{text}" if link else "",
            title=f"Title {title}" if title else "",
            text=f"&lt;p&gt;text {text}",
        ),
        st.integers(0, 9),
        SOME,
        SOME,
        SOME,
        SOME,
    ),
    min_size=1,
    max_size=6,
)


@given(before=ENTRIES, added=ENTRIES, kept=st.integers(0, 6))
def test_a_feed_read_by_its_news_says_what_the_whole_feed_says(before, added, kept):
    first = read(feed(*before))
    body = feed(*added, *before[:kept])
    whole = read(body)

    after = read(body, first.marks)

    assert after.kept + len(after.posts) == len(whole.posts)
    assert [post for post in whole.posts if post not in after.posts and post not in first.posts] == []
    assert [post for post in after.posts if post not in whole.posts] == []
    assert replace(after, posts=(), kept=0, marks="") == replace(whole, posts=(), kept=0, marks="")
