"""What a post sounds like where no rule recognises it: a tag with its words, and nobody is said to wait."""

import json

import pytest
from builders import a_watch
from hypothesis import given, settings
from hypothesis import strategies as st
from posts import a_post

from engagement.understanding.reading import Kind, Mood, Pillar, Tag
from triage.guess import ASK_THE_SAME, WEIGHTS, guess_of
from triage.read import corrected, read
from triage.training.guess import MENTIONS, PLACES, TALK, read_rows

WATCH = a_watch(handles=("tidewiki",))
WISH = a_post("Four hundred pages by now. Let me pin one, I scroll every single time.")


def test_the_weights_are_small_and_say_that_they_come_from_us():
    kept = json.loads(WEIGHTS.read_text("utf-8"))

    assert WEIGHTS.stat().st_size < 450_000
    assert kept["made_by"] == "python -m triage.training.guess"
    assert all(origin.startswith("MIT, ours") for origin in kept["trained_on"].values())


def test_each_row_that_it_learns_from_is_a_post_of_a_place_and_a_kind_we_know_once():
    sources = {json.loads(line)["source"] for line in MENTIONS.read_text("utf-8").splitlines()}
    said = [row.post.title or row.post.text for row in read_rows()]

    assert sources <= PLACES.keys() | TALK
    assert len(said) == len(set(said))
    assert all(said)


def test_what_it_was_never_shown_is_told_by_its_tag_and_quoted():
    reading = read(WISH, WATCH)

    assert (reading.kind, reading.pillar) == (Kind.OTHER, Pillar.USER_INITIATED)
    assert reading.suggested is Tag.REACT
    assert reading.reason == 'sounds like a wish ("Let me pin one, I scroll every single time.")'


def test_nobody_is_said_to_wait_for_what_is_only_guessed():
    assert not read(WISH, WATCH).ours_to_answer


def test_what_a_person_says_of_the_mood_takes_the_guess_along():
    before = read(WISH, WATCH)

    after = corrected(before, kind=before.kind, mood=Mood.BAD, pillar=before.pillar)

    assert after.reason.startswith("unsure: ")


@pytest.mark.parametrize(
    "text",
    [
        "Tidewiki on the shelf.",
        "Rain all day, soup, and a chapter of the book about Tidewiki.",
        "Das Wetter ist schlecht und ich lese den ganzen Tag in Tidewiki.",
        "",
    ],
    ids=["a thing", "in passing", "in another language", "nothing"],
)
def test_of_what_asks_and_feels_nothing_it_is_unsure(text):
    assert guess_of(a_post(text), 0.0) is None


@pytest.mark.parametrize(("polarity", "kind"), [(-0.5, Kind.COMPLAINT), (0.0, Kind.COMPLAINT), (0.9, None)])
def test_what_the_lexicons_hear_as_the_opposite_is_not_guessed(polarity, kind):
    guess = guess_of(a_post("third time this week the sync ate my notes. third."), polarity)

    assert (guess.kind if guess else None) is kind


@settings(deadline=None)
@given(
    title=st.text(max_size=80), text=st.text(max_size=200), polarity=st.floats(-1, 1), community=st.text(max_size=20)
)
def test_whatever_is_said_a_guess_asks_something_of_us_and_quotes_the_post(title, text, polarity, community):
    guess = guess_of(a_post(text, title=title, community=community), polarity)

    if guess is not None:
        assert any(guess.kind in kinds for kinds in ASK_THE_SAME)
        assert guess.because
