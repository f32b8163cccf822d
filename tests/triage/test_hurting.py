"""What sounds clearly bad and is said of us is suggested as a complaint, also where no phrase of our lists stands."""

import pytest
from builders import a_watch
from posts import a_post

from engagement.understanding.reading import Kind, Mood, Tag
from engagement.watch import Terms
from triage.mood import MoodFound
from triage.of_us.hurting import CLEARLY_BAD, what_hurts
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

    assert (after.suggested, after.reason) == (Tag.INTERACT, "unsure what they want, but it is us they speak of")


def test_what_is_not_recognised_is_said_to_be_unsure_and_what_a_program_wrote_is_not():
    assert read(a_post("Tidewiki on the shelf."), WATCH).reason.startswith("unsure ")
    assert read(a_post("Tidewiki on the shelf.", author="stale[bot]"), WATCH).reason == "written by a program"


def bad(*words, polarity=-0.9, mood=Mood.BAD):
    return MoodFound(mood=mood, polarity=polarity, words=words)


@pytest.mark.parametrize(
    ("mood", "hurts"),
    [
        (bad("foul"), "foul"),
        (bad("foul", polarity=CLEARLY_BAD), "foul"),
        (bad("foul", polarity=CLEARLY_BAD + 0.1), ""),
        (bad("foul", mood=Mood.MIXED), ""),
        (bad(":("), ""),
        (bad("foul", ":("), "foul"),
    ],
    ids=["clearly", "just so", "mildly", "good as well", "a smiley alone", "a smiley as well"],
)
def test_only_what_is_clearly_bad_in_words_hurts(mood, hurts):
    assert what_hurts(a_post("@tidewiki foul :("), WATCH, mood) == hurts


@pytest.mark.parametrize(
    ("text", "hurts"),
    [
        ("Foul. It ate the map, the legend and the pages. Yes you, @tidewiki", True),
        ("Hello Tidewiki, it ate the map and the legend. Foul.", True),
        ("Tidewiki again and again foul", True),
        ("Tidewiki again and again and foul", False),
        ("Mail to me@tidewiki.example is open. Foul weather.", False),
        ("Tidewikis of the world. Foul weather.", False),
        ("I read Tidewiki, foul weather.", False),
        ("I read in Tidewiki. Foul weather.", False),
        ("The tea is foul and Tidewiki is open.", False),
    ],
    ids=[
        "our handle at the end",
        "our name at the beginning",
        "three words between",
        "four words between",
        "an address",
        "another word",
        "behind our name and a comma",
        "the next sentence",
        "before our name",
    ],
)
def test_it_is_said_of_us_to_our_handle_or_name_or_right_behind_it(text, hurts):
    assert bool(what_hurts(a_post(text), WATCH, bad("foul"))) is hurts


@pytest.mark.parametrize(
    ("community", "hurts"),
    [("App Store", True), ("Google Play", True), ("Trustpilot", True), ("r/selfhosted", False)],
)
def test_all_that_stands_in_reviews_is_said_of_us(community, hurts):
    assert bool(what_hurts(a_post("Foul.", community=community), WATCH, bad("foul"))) is hurts


def test_a_watch_without_names_and_handles_is_spoken_to_by_nobody():
    nameless = a_watch(terms=Terms(names=(" ",)), handles=("@",))

    assert not what_hurts(a_post("@ , foul"), nameless, bad("foul"))
