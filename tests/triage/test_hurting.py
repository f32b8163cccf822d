"""What sounds clearly bad and is said of us is suggested as a complaint, also where no phrase of our lists stands."""

import pytest
from builders import a_watch
from posts import a_post

from engagement.understanding.reading import Kind, Mood, Tag
from triage.read import corrected, read

WATCH = a_watch(handles=("tidewiki",))


@pytest.mark.parametrize(
    ("text", "where", "quoted"),
    [
        ("Tidewiki's search is horrendous.", {}, "horrendous"),
        ("It ate the map. @tidewiki so disgusted with all of this. Deplorable.", {}, "disgusted, deplorable"),
        ("Tidewiki, you are deplorable.", {}, "deplorable"),
        ("It took the whole day.", {"title": "Tidewiki is horrendous"}, "horrendous"),
        ("Worthless. It only shows a white page.", {"community": "App Store"}, "worthless"),
    ],
    ids=["said of our name", "said to our handle", "said to our name", "a title", "a review"],
)
def test_what_sounds_bad_and_is_said_of_us_is_suggested_as_a_complaint_with_its_words(text, where, quoted):
    reading = read(a_post(text, **where), WATCH)

    assert (reading.kind, reading.mood) == (Kind.OTHER, Mood.BAD)
    assert (reading.suggested, reading.reason) == (Tag.REACT, f'sounds like a complaint ("{quoted}")')


def test_whoever_only_sounds_like_a_complaint_is_not_said_to_wait():
    assert not read(a_post("Tidewiki's search is horrendous."), WATCH).ours_to_answer


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Horrendous weather. Reading in Tidewiki all day long.", {}),
        ("My old editor is horrendous beside Tidewiki.", {}),
        ("", {"title": "Tidewiki crash course, a full tutorial"}),
        ("Tidewiki's search is horrendous.", {"author": "grump[bot]"}),
        ("Tidewiki's search is horrendous.", {"author": "tidewiki"}),
    ],
    ids=["of something else", "of something else, beside our name", "a lesson", "by a program", "by us"],
)
def test_what_hurts_somebody_else_or_nobody_is_not_suggested_as_a_complaint(text, facts):
    assert read(a_post(text, **facts), WATCH).suggested is not Tag.REACT


def test_an_article_that_sounds_bad_complains_of_nothing():
    where = {"community": "Planet", "url": "https://blog.example.org/2026/11/a-year"}
    article = a_post(title="Tidewiki's horrendous year", **where)

    assert read(article, WATCH).suggested is Tag.LISTEN


def test_a_mood_that_a_person_corrects_takes_its_suggestion_along():
    before = read(a_post("Tidewiki's search is horrendous."), WATCH)

    after = corrected(before, kind=before.kind, mood=Mood.GOOD, pillar=before.pillar)

    assert (after.suggested, after.reason) == (Tag.LISTEN, "unsure: no question, complaint or praise that I recognise")


def test_what_is_not_recognised_is_said_to_be_unsure_and_what_a_program_wrote_is_not():
    assert read(a_post("Tidewiki on the shelf."), WATCH).reason.startswith("unsure: ")
    assert read(a_post("Tidewiki on the shelf.", author="stale[bot]"), WATCH).reason == "written by a program"
