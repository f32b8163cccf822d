"""Who spoke of us: for us, against us, who turned, and who asked again and again."""

import pytest
from builders import NOW, TEAM, a_post, a_reading, later

from engagement.conversations.conversation import Sighting
from engagement.conversations.press import Act
from engagement.digest.voices import Person
from engagement.understanding.reading import Kind, Pillar
from storage.digest.bounds import bounds_of
from storage.digest.unlisted import is_unlisted, take_back, unlist, unlisted_of, unlisted_people
from storage.digest.voices import turned_of, voices_of

BOUNDS = bounds_of(TEAM, later(days=-5), later(days=2))
LAST_WEEK = later(days=-10)
PAT = Person("r/selfhosted", "pat")


def say(team, kind, *, author="pat", at=NOW, pillar=Pillar.USER_INITIATED, **post):
    heard = a_post(**({"author": author, "community": "r/selfhosted", "published_at": at} | post))
    reading = a_reading(kind, pillar=pillar)
    team.poll(heard, sightings=[Sighting(watch=team.watch, post=heard, term="tidewiki", reading=reading)], at=at)
    [row] = team.rows("SELECT id FROM conversation WHERE thread_key = :thread", thread=heard.thread_key)
    return row["id"]


def voices(team, bounds=BOUNDS):
    return team.read(lambda tx: voices_of(tx, bounds, turned_of(tx, bounds)))


def authors(said):
    return [each.person.author for each in said]


def test_each_person_is_heard_once_by_what_was_liked_most_and_counted_beside_the_week_before(team):
    say(team, Kind.PRAISE, author="mira", score=1)
    say(team, Kind.PRAISE, author="mira", score=7, title="Seven")
    say(team, Kind.PRAISE, author="rob", score=3)
    say(team, Kind.PRAISE, author="")
    say(team, Kind.PRAISE, author="us", pillar=Pillar.PROVIDER_INITIATED)
    say(team, Kind.COMPLAINT, author="jorg", at=LAST_WEEK)
    team.press(Act.NOT_US, say(team, Kind.COMPLAINT, author="tom"))

    found = voices(team)
    assert [(each.person.author, each.title) for each in found.for_us][:1] == [("mira", "Seven")]
    assert (authors(found.for_us), found.for_us_count, found.for_us_before) == (["mira", "rob"], 2, 0)
    assert (found.against_us, found.against_us_count, found.against_us_before) == ((), 0, 1)


@pytest.mark.parametrize(
    ("said", "turns"),
    [
        ([(Kind.COMPLAINT, LAST_WEEK), (Kind.PRAISE, NOW)], True),
        ([(Kind.COMPLAINT, later(days=-900)), (Kind.QUESTION, LAST_WEEK), (Kind.PRAISE, NOW)], True),
        ([(Kind.COMPLAINT, later(hours=-1)), (Kind.PRAISE, NOW)], True),
        ([(Kind.PRAISE, LAST_WEEK), (Kind.PRAISE, NOW)], False),
        ([(Kind.COMPLAINT, later(days=-30)), (Kind.PRAISE, LAST_WEEK), (Kind.PRAISE, NOW)], False),
        ([(Kind.PRAISE, NOW), (Kind.COMPLAINT, later(hours=1))], False),
    ],
    ids=["last week", "years ago", "an hour ago", "never complained", "turned before", "the other way round"],
)
def test_who_complained_and_praises_us_the_next_time_has_turned(team, said, turns):
    for kind, at in said:
        say(team, kind, at=at)

    turned = voices(team).turned
    assert len(turned) == turns
    if turns:
        assert (turned[0].complaint.kind, turned[0].praise.at) == (Kind.COMPLAINT, NOW)


def test_one_of_that_name_elsewhere_is_somebody_else(team):
    say(team, Kind.COMPLAINT, at=LAST_WEEK, community="Lobsters")
    say(team, Kind.PRAISE)

    assert voices(team).turned == ()


def test_a_complaint_that_was_not_about_us_turns_nobody(team):
    team.press(Act.NOT_US, say(team, Kind.COMPLAINT, at=LAST_WEEK))
    say(team, Kind.PRAISE)

    assert voices(team).turned_count == 0


def test_who_asks_in_several_conversations_within_four_weeks_asks_again_and_again(team):
    team.press(Act.ANSWERED, say(team, Kind.QUESTION, at=later(days=-20)))
    say(team, Kind.BUG, title="The latest")
    say(team, Kind.QUESTION, author="once")
    say(team, Kind.QUESTION, author="long ago", at=later(days=-60))
    say(team, Kind.QUESTION, author="long ago")
    thread = {"thread_key": "thread", "author": "twice in one"}
    say(team, Kind.QUESTION, **thread)
    say(team, Kind.QUESTION, **thread)

    [asker] = voices(team).askers
    assert (asker.latest.person, asker.latest.title, asker.questions, asker.answered) == (PAT, "The latest", 2, 1)
    assert (voices(team).askers_count, voices(team).askers_before) == (1, 0)


def test_who_is_not_to_be_named_is_counted_and_not_listed(team):
    say(team, Kind.COMPLAINT, at=LAST_WEEK)
    say(team, Kind.PRAISE)
    say(team, Kind.QUESTION)
    say(team, Kind.QUESTION)
    team.write(unlist, TEAM, PAT, by="U1", at=NOW)

    found = voices(team)
    assert (found.for_us, found.turned, found.askers) == ((), (), ())
    assert (found.for_us_count, found.turned_count, found.askers_count) == (1, 1, 1)
    assert not found.say_something


def test_somebody_is_unlisted_once_and_can_be_listed_again(team):
    for _ in range(2):
        team.write(unlist, TEAM, PAT, by="U1", at=NOW)
    assert team.read(unlisted_of, TEAM) == {PAT}
    assert team.read(is_unlisted, TEAM, PAT)
    assert not team.read(is_unlisted, "T2", PAT)

    [unlisted] = team.read(unlisted_people, TEAM)
    assert (unlisted.person, unlisted.by) == (PAT, "U1")
    team.write(take_back, "T2", unlisted.id, by="U2", at=NOW)
    assert team.read(is_unlisted, TEAM, PAT)
    for _ in range(2):
        team.write(take_back, TEAM, unlisted.id, by="U2", at=NOW)
    assert not team.read(is_unlisted, TEAM, PAT)
    acts = team.rows("SELECT act, actor FROM history WHERE object = 'person' ORDER BY id")
    assert acts == [{"act": "unlist", "actor": "U1"}, {"act": "list again", "actor": "U2"}]
