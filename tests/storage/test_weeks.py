"""What people said of us in a week, and which words brought noise."""

from zoneinfo import ZoneInfo

from builders import NOW, TEAM, a_post, a_reading, later

from engagement.conversations.conversation import Sighting
from engagement.conversations.press import Act
from engagement.digest.voices import Person
from engagement.understanding.reading import Kind, Mood, Pillar
from storage.digest.bounds import bounds_of
from storage.digest.lines import line_of
from storage.digest.unlisted import unlist
from storage.digest.voices import turned_of
from storage.digest.weeks import days_of, noise_of, week_of

WEEK = {"starts_at": later(days=-7), "ends_at": later(hours=1)}
BOUNDS = bounds_of(TEAM, WEEK["starts_at"], WEEK["ends_at"])
PRAISE = "Switched our whole rowing club over and never looked back."


def hear(team, kind, *, term="tidewiki", mood=Mood.UNSURE, pillar=Pillar.USER_INITIATED, at=NOW, **post):
    heard = a_post(**post)
    reading = a_reading(kind, mood=mood, pillar=pillar)
    team.poll(heard, sightings=[Sighting(watch=team.watch, post=heard, term=term, reading=reading)], at=at)
    [row] = team.rows("SELECT id FROM conversation WHERE thread_key = :thread", thread=heard.thread_key)
    return row["id"]


def quoted(team):
    return team.read(lambda tx: line_of(tx, BOUNDS, turned_of(tx, BOUNDS)))


def test_who_praised_us_and_who_complained_are_people_each_counted_once(team):
    for author in ("mira", "mira", "rob", ""):
        hear(team, Kind.PRAISE, author=author)
    hear(team, Kind.PRAISE, author="mira", community="Lobsters")
    hear(team, Kind.COMPLAINT, author="jorg")
    hear(team, Kind.PRAISE, author="us", pillar=Pillar.PROVIDER_INITIATED)
    team.press(Act.NOT_US, hear(team, Kind.COMPLAINT, author="tom"))

    week = team.read(week_of, TEAM, **WEEK)

    assert (week.for_us, week.against_us) == (3, 1)


def test_a_day_is_one_on_the_teams_calendar(team):
    team.press(Act.REACT, hear(team, Kind.BUG, at=NOW.replace(hour=23, minute=30)))
    hear(team, Kind.BUG, at=NOW.replace(hour=8))

    days = team.read(days_of, bounds_of(TEAM, later(days=-2), later(days=2)), ZoneInfo("Europe/Berlin"))

    assert [(day.date.day - NOW.day, day.untagged, day.react) for day in days] == [(0, 1, 0), (1, 0, 1)]


def test_a_word_that_brings_more_of_others_than_of_us_is_named(team):
    for _ in range(6):
        team.press(Act.NOT_US, hear(team, Kind.OTHER, term="tide"))
    for _ in range(3):
        hear(team, Kind.OTHER, term="tide")

    noise = team.read(noise_of, BOUNDS)

    assert (noise.term, noise.hits, noise.not_us) == ("tide", 9, 6)


def test_the_best_liked_praise_that_sounds_good_is_quoted(team):
    hear(team, Kind.PRAISE, mood=Mood.GOOD, text=f"{PRAISE} One", score=3)
    hear(team, Kind.PRAISE, mood=Mood.GOOD, text=f"{PRAISE} Two", score=8, author="rob")
    hear(team, Kind.PRAISE, mood=Mood.MIXED, text=f"{PRAISE} Three", score=90)
    hear(team, Kind.PRAISE, mood=Mood.GOOD, text=f"{PRAISE} Ours", score=99, pillar=Pillar.PROVIDER_INITIATED)

    line = quoted(team)

    assert (line.text, line.author) == (f"{PRAISE} Two", "rob")


def test_who_complained_before_is_quoted_first_with_the_complaint(team):
    hear(team, Kind.PRAISE, mood=Mood.GOOD, text=f"{PRAISE} Liked", score=80)
    complaint = {"author": "rob", "url": "https://forum.example/slow", "published_at": later(days=-60)}
    hear(team, Kind.COMPLAINT, at=later(days=-60), **complaint)
    hear(team, Kind.PRAISE, text=f"{PRAISE} Two", author="rob")

    line = quoted(team)

    assert (line.text, line.author) == (f"{PRAISE} Two", "rob")
    assert (line.before.url, line.before.at) == ("https://forum.example/slow", later(days=-60))


def test_who_should_not_be_named_is_not_quoted(team):
    hear(team, Kind.PRAISE, mood=Mood.GOOD, text=f"{PRAISE} One", author="rob", community="Lobsters", score=9)
    hear(team, Kind.PRAISE, mood=Mood.GOOD, text=f"{PRAISE} Two", author="mira")
    team.write(unlist, TEAM, Person("Lobsters", "rob"), by="U1", at=NOW)

    assert quoted(team).author == "mira"


def test_in_a_week_without_praise_nobody_is_quoted(team):
    hear(team, Kind.QUESTION)

    assert quoted(team) is None
    assert team.read(noise_of, BOUNDS) is None
