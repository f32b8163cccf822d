"""What a post sounds like where no rule recognises it: a tag with its words, and nobody is said to wait."""

import json

import pytest
from builders import a_watch
from hypothesis import given, settings
from hypothesis import strategies as st
from posts import a_post

from engagement.understanding.reading import Kind, Mood, Pillar, Tag
from triage.guess import ASK_THE_SAME, WEIGHTS, Guess, features_of, guess_of, trained_guess
from triage.layer import WORD, Layer
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

    assert after.reason.startswith("unsure ")


@pytest.mark.parametrize(
    "text",
    [
        "Tidewiki on the shelf.",
        "Rain all day, soup, and a chapter of the book about Tidewiki.",
        "The tide wiki of Devon now lists every pier with a lamp and a view.",
        "Das Wetter ist schlecht und ich lese den ganzen Tag in Tidewiki.",
        "",
    ],
    ids=["a thing", "in passing", "a namesake", "in another language", "nothing"],
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


ANSWERS = tuple(kind for kind in Kind if kind is not Kind.OTHER)


def a_layer(lean=None, **words):
    """A layer that leans as `lean` says, and knows these words by how much they speak for a kind."""
    return Layer(
        answers=ANSWERS,
        leans=for_kinds(lean or {}),
        weights={WORD + word: for_kinds(speaks_for) for word, speaks_for in words.items()},
    )


def for_kinds(speaks_for):
    return tuple(speaks_for.get(kind, 0.0) for kind in ANSWERS)


PLEASED, CROSS, BROKEN = {Kind.PRAISE: 20.0}, {Kind.COMPLAINT: 20.0}, {Kind.BUG: 20.0}


@pytest.mark.parametrize(
    ("text", "polarity", "kind"),
    [
        ("hooray", 0.5, Kind.PRAISE),
        ("hooray", 0.0, Kind.PRAISE),
        ("hooray", -0.5, None),
        ("alas", -0.5, Kind.COMPLAINT),
        ("alas", 0.0, Kind.COMPLAINT),
        ("alas", 0.5, None),
        ("snap", -0.5, Kind.BUG),
        ("snap", 0.5, None),
    ],
)
def test_a_mood_that_says_the_opposite_takes_a_guess_away(text, polarity, kind):
    guess = guess_of(a_post(text), polarity, a_layer(hooray=PLEASED, alas=CROSS, snap=BROKEN))

    assert (guess.kind if guess else None) is kind


def test_kinds_that_ask_the_same_are_likely_together_and_the_likeliest_is_said():
    two_of_a_sort = a_layer(hmm={Kind.PRAISE: 20.0, Kind.COMPLAINT: 19.8, Kind.BUG: 19.7})

    guess = guess_of(a_post("hmm"), 0.0, two_of_a_sort)

    assert guess is not None
    assert guess.kind is Kind.COMPLAINT


def test_what_is_not_likely_enough_is_not_guessed():
    assert guess_of(a_post("hmm"), 0.0, a_layer(hmm={Kind.PRAISE: 10.0, Kind.NEWS: 10.5})) is None


def test_what_no_word_speaks_for_is_not_guessed_however_likely_it_is():
    assert guess_of(a_post("hooray"), 0.0, a_layer(PLEASED, hooray={Kind.PRAISE: 1.3})) is None


def test_a_language_that_cannot_be_read_is_not_guessed_at():
    layer = a_layer(nicht=CROSS)

    assert guess_of(a_post("Das ist nicht gut und ich will es nicht."), 0.0, layer) is None
    assert guess_of(a_post("It said nicht and stopped."), 0.0, layer) is not None


def test_the_sentence_that_speaks_most_for_a_guess_is_its_reason():
    guess = guess_of(
        a_post("We moved. Alas, the cellar! It rains."), 0.0, a_layer(alas=CROSS, rains={Kind.COMPLAINT: 1.0})
    )

    assert guess == Guess(kind=Kind.COMPLAINT, because="Alas, the cellar!")


PLAIN = "Somebody else waits here with them and reads"


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("I wait", "says I"),
        ("we wait", "says we"),
        ("you wait", "says you"),
        ("wait 3 days", "has a number"),
        ("wait for v2.1", "has a version"),
        ("one thing: wait", "has a colon"),
        ("wait...", "trails off"),
        ("wait? no", "asks"),
        ("wait?", "ends asking"),
        ("wait!", "exclaims"),
        ("wait", "begins small"),
        ("Wait.", "ends with a dot"),
        ("Wait", "few words"),
        ("wait " * 30, "many words"),
        ("Wait. Wait.", "sentences"),
        ("wait, wait", "commas"),
        ("Wait here", "'^wait"),
        ("Wait here", "'here$"),
    ],
)
def test_how_a_post_is_written_counts(text, has):
    said = features_of(a_post(text), text.strip(), 0.0)
    plain = features_of(a_post(PLAIN), PLAIN, 0.0)

    assert said.get(has, 0.0) > 0
    assert not plain.get(has)


@pytest.mark.parametrize(("polarity", "bad", "good"), [(-0.5, 1.0, 0.0), (0.5, 0.0, 1.0), (0.0, 0.0, 0.0)])
def test_the_mood_counts_on_one_side(polarity, bad, good):
    features = features_of(a_post("wait"), "wait", polarity)

    assert (features["bad"], features["good"]) == (bad, good)


def test_what_the_shipped_layer_weighs_is_what_a_post_can_have():
    """A feature that is called otherwise than when it was trained would be nothing, and nobody would notice."""
    posts = [row.post for row in read_rows()]
    had = {name for post in posts for name in features_of(post, post.title or post.text, 0.0)}

    assert {name for name in trained_guess().weights if not name.startswith(WORD)} == {
        name for name in had if not name.startswith(WORD)
    }
