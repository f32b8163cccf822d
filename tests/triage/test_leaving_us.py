import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post

from engagement.understanding.reading import Kind, Tag
from triage.kind import KindFound
from triage.of_us.leaving import as_leaving
from triage.read import read

WATCH = builders.a_watch(name="Tidewiki")


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("We moved from Tidewiki to a shoe box, and it is faster", "moved from Tidewiki to a shoe box"),
        ("Cancelled our Tidewiki today", "Cancelled our Tidewiki today"),
        ("Migrating forty pages away from Tidewiki", "Migrating forty pages away from Tidewiki"),
        ("Goodbye Tidewiki, hello paper", "Goodbye Tidewiki"),
        ("Replaced Tidewiki with a folder of text files", "Replaced Tidewiki with a folder of text files"),
    ],
)
def test_who_leaves_us_complains(text, because):
    reading = read(a_post(text), WATCH)

    assert (reading.kind, reading.suggested) == (Kind.COMPLAINT, Tag.REACT)
    assert reading.reason == f'a complaint ("{because}")'


@pytest.mark.parametrize(
    "text",
    [
        "We moved from Dokuwiki to Tidewiki",
        "Moved from Tidewiki 2 to Tidewiki 3 in a day",
        "Went from Tidewiki to paper and back",
        "I left Tidewiki running all night",
        "Dropped Tidewiki into our stack last week",
        "Anyone moved from Tidewiki to paper?",
        "",
    ],
)
def test_who_comes_or_stays_does_not_leave(text):
    assert read(a_post(text), WATCH).kind is not Kind.COMPLAINT


@pytest.mark.parametrize(
    "title",
    [
        "Why we left Dokuwiki for Tidewiki, and what we miss",
        "Why we left Tidewiki for Dokuwiki",
        "Why I finally moved from Tidewiki to Outline",
        "Why we dropped Outline in favour of Tidewiki",
    ],
)
def test_who_tells_why_they_left_one_for_another_compares_them(title):
    reading = read(a_post(title=title), WATCH)

    assert (reading.kind, reading.suggested) == (Kind.COMPARISON, Tag.INTERACT)


@pytest.mark.parametrize("title", ["Why we left Tidewiki", "Why we left Tidewiki for good", "Why we left for Oslo"])
def test_who_only_left_compares_nothing(title):
    assert read(a_post(title=title), WATCH).kind is not Kind.COMPARISON


@given(text=st.text(max_size=100), kind=st.sampled_from(Kind))
def test_what_is_asked_or_praised_stays_what_it_is(text, kind):
    found = as_leaving(KindFound(kind=kind), a_post(f"{text} moved from Tidewiki"), WATCH)

    stays = kind in {Kind.QUESTION, Kind.HELP, Kind.BUG, Kind.COMPLAINT, Kind.WISH, Kind.PRAISE}
    assert found.kind is (kind if stays else Kind.COMPLAINT)
