"""Where we were talked about, and who was heard most there."""

from builders import NOW, TEAM, a_new_source, later
from test_voices_of import BOUNDS, LAST_WEEK, say

from engagement.conversations.press import Act
from engagement.digest.figures import Pace
from engagement.digest.voices import Person
from engagement.team.team import Handle, Teammate
from engagement.understanding.reading import Kind, Pillar
from storage.digest.asked_once import AskedOnce
from storage.digest.communities import communities_heard
from storage.digest.unlisted import unlist
from storage.team.teammates import save_teammate

HOUR = 60 * 60


def heard(team):
    return team.read(lambda tx: communities_heard(tx, BOUNDS, AskedOnce(tx, BOUNDS)))


def people(team):
    return [(each.person.author, each.mentions, each.likes) for each in heard(team)[0].heard_most]


def test_the_busiest_community_comes_first_and_one_that_fell_silent_last(team):
    for community, at in (("a", NOW), ("b", NOW), ("b", NOW), ("b", LAST_WEEK), ("c", LAST_WEEK)):
        say(team, Kind.OTHER, community=community, at=at)

    assert [(each.name, each.mentions, each.mentions_before) for each in heard(team)] == [
        ("b", 2, 1),
        ("a", 1, 0),
        ("c", 0, 1),
    ]


def test_first_replies_are_timed_in_each_community(team):
    for community, at, hours in (("a", NOW, 3), ("a", NOW, 1), ("b", NOW, 9), ("a", LAST_WEEK, 2)):
        asked = say(team, Kind.QUESTION, community=community, at=at)
        team.press(Act.ANSWERED, asked, at=at.replace(hour=at.hour + hours))

    busiest, other = heard(team)
    assert busiest.first_reply == Pace(count=2, half_within_seconds=HOUR)
    assert busiest.first_reply_before == Pace(count=1, half_within_seconds=2 * HOUR)
    assert other.first_reply == Pace(count=1, half_within_seconds=9 * HOUR)


def test_people_are_listed_by_likes_and_then_by_mentions_and_who_reached_nobody_is_not(team):
    for author, score in (("a", 1), ("a", 2), ("b", 9), ("c", None), ("c", None), ("d", 0), ("e", 1), ("", 50)):
        say(team, Kind.OTHER, author=author, score=score)

    assert people(team) == [("b", 1, 9), ("a", 2, 3), ("e", 1, 1)]


def test_what_we_had_to_do_with_somebody_counts_from_the_beginning(team):
    team.press(Act.ANSWERED, say(team, Kind.QUESTION, at=later(days=-300)), at=later(days=-299))
    team.press(Act.ANSWERED, say(team, Kind.QUESTION, at=later(days=-200)), at=later(days=-199))
    say(team, Kind.OTHER, score=5, url="https://forum.example/liked")
    say(team, Kind.OTHER, score=1)

    [pat] = heard(team)[0].heard_most
    assert (pat.answers, pat.answered_at, pat.url) == (2, later(days=-199), "https://forum.example/liked")


def test_one_of_us_whom_we_met_and_who_is_not_to_be_named_is_not_listed(team):
    for author in ("finn", "shy", "met", "ours", "pat"):
        pillar = {"met": Pillar.IN_PERSON, "ours": Pillar.PROVIDER_INITIATED}.get(author, Pillar.USER_INITIATED)
        say(team, Kind.OTHER, author=author, score=5, pillar=pillar)
    handle = Handle(community="r/selfhosted", name="finn", feed=a_new_source("https://r.example/finn"))
    mate = Teammate(slack_user="UFINN", name="Finn", handles=(handle,))
    team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
    team.write(unlist, TEAM, Person("r/selfhosted", "shy"), by="U1", at=NOW)

    assert people(team) == [("pat", 1, 5)]
