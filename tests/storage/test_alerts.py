"""Alerts: found in the rows once, told once and not in quiet hours, and over when they are over."""

from datetime import timedelta

import pytest
from builders import CHANNEL, NOW, TEAM, a_post, a_sighting, later

from engagement.calm.surge import Liked, Surge
from engagement.conversations.press import Act
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind
from storage.calm.alerts import alerts_to_tell, end_surges, find_alert, surges_over, tell_alerts
from storage.sending.messages import find_message


@pytest.fixture
def crowd(team):
    """Have so many people write about the watch, one after the other within a minute."""

    def write(people, *, at=NOW, watch=None, before_start=False, **facts):
        posts = [a_post(**({"author": f"person {number}", "published_at": at} | facts)) for number in range(people)]
        sightings = [a_sighting(watch or team.watch, post, before_start=before_start) for post in posts]
        return team.poll(*posts, sightings=sightings, at=at)

    return write


def alerts(team):
    return [team.read(find_alert, row["id"]) for row in team.rows("SELECT id FROM alert ORDER BY id")]


def told(team):
    return team.rows("SELECT channel, subject, state FROM message WHERE kind = 'alert' ORDER BY id")


def tell(team, at=NOW):
    team.write(tell_alerts, now=at)
    team.write(end_surges, now=at)


def set_workspace(team, **facts):
    for column, value in facts.items():
        team.write(lambda tx, c=column, v=value: tx.run(f"UPDATE workspace SET {c} = :v", v=v))


def test_a_surge_is_found_once_told_once_and_over_once(team, crowd):
    crowd(5)
    assert alerts(team) == []
    crowd(5, at=later(minutes=10), author="kim")
    assert alerts(team) == []

    crowd(10, at=later(minutes=20))
    tell(team, later(minutes=21))
    crowd(10, at=later(minutes=40))
    tell(team, later(minutes=41))

    [surge] = alerts(team)
    assert (surge.began_at, surge.mentions, surge.people, surge.ended_at) == (NOW, 30, 11, None)
    assert told(team) == [{"channel": CHANNEL, "subject": "1", "state": "waiting"}]

    assert team.read(surges_over, now=later(minutes=90)) == []
    tell(team, later(hours=3))
    [surge] = alerts(team)
    assert surge.ended_at == later(minutes=100)
    assert team.read(find_message, MessageKind.ALERT, "1").stale
    # What comes later is no part of it.
    crowd(3, at=later(hours=4))
    assert alerts(team)[0].mentions == 30
    assert len(told(team)) == 1


def test_the_next_surge_is_told_again(team, crowd):
    crowd(20)
    tell(team)
    tell(team, later(hours=2))
    crowd(20, at=later(hours=30))
    tell(team, later(hours=30))

    assert [each.ended_at for each in alerts(team)] == [later(hours=1), None]
    assert len(told(team)) == 2


@pytest.mark.parametrize(
    "facts",
    [
        {"before_start": True},
        {"published_at": NOW - timedelta(hours=2, minutes=1)},
        {"author": ""},
        {"author": "kim"},
    ],
    ids=["from before the watch", "written hours before it was heard", "by nobody knows whom", "by one person"],
)
def test_what_makes_no_surge(team, crowd, facts):
    crowd(30, **facts)

    assert alerts(team) == []


def test_a_watch_that_listens_for_less_than_a_day_does_not_know_what_is_usual(team, crowd):
    new = team.add_watch("Harbour", at=later(hours=-24))
    crowd(30, watch=new)
    assert alerts(team) == []

    crowd(30, watch=new, at=later(hours=3))
    assert [each.watch for each in alerts(team)] == ["Harbour"]


def test_what_is_usual_at_this_time_of_the_day_is_no_surge(team, crowd):
    for days in range(1, 29):
        crowd(5, at=later(days=-days, minutes=-30))
    crowd(19)
    assert alerts(team) == []

    crowd(1, author="one more")
    [surge] = alerts(team)
    assert 4.8 < surge.usual <= 5.1


def test_mentions_that_are_not_us_are_left_out(team, crowd):
    crowd(7)
    for row in team.rows("SELECT id FROM conversation"):
        team.press(Act.NOT_US, row["id"])
    crowd(7, at=later(minutes=1), author="x")
    crowd(4, at=later(minutes=2))

    assert alerts(team) == []


def test_the_conversations_that_lead_come_first(team, crowd):
    crowd(9)
    team.hear(title="Much liked", score=40, author="a", published_at=NOW, kind=Kind.COMPLAINT)
    for number in range(3):
        team.hear(title=f"Talk {number}", thread_key="talk", author=f"t{number}", published_at=NOW)

    [surge] = alerts(team)
    assert [(lead.post.title, lead.mentions) for lead in surge.leading][:2] == [("Much liked", 1), ("Talk 0", 3)]
    assert (len(surge.leading), surge.leading[0].kind) == (3, Kind.COMPLAINT)


def test_an_alert_goes_into_the_urgent_channel_and_not_in_quiet_hours(team, crowd):
    set_workspace(team, urgent_channel="C0URGENT", quiet_from=13, quiet_to=16)
    crowd(20)

    for minutes in (0, 60, 119):
        team.write(tell_alerts, now=later(minutes=minutes))
    assert told(team) == []
    assert team.rows("SELECT DISTINCT state FROM message WHERE kind = 'card'") != []

    # Over by then, and said all the same: in the morning people want to know what happened.
    tell(team, later(hours=2))
    assert [each["channel"] for each in told(team)] == ["C0URGENT"]
    assert alerts(team)[0].ended_at
    assert team.read(alerts_to_tell, now=later(hours=9)) == []


def test_a_post_that_many_people_like_is_told_once(team):
    post = a_post(score=99, published_at=NOW)
    team.poll(post, at=NOW)
    assert alerts(team) == []

    for minutes, score in [(10, 100), (20, 250), (30, 90)]:
        team.poll(post._replace(score=score), at=later(minutes=minutes))
        tell(team, later(minutes=minutes))

    [liked] = alerts(team)
    assert isinstance(liked, Liked)
    assert (liked.lead.post.title, liked.lead.post.score) == (post.title, 250)
    assert len(told(team)) == 1


def test_a_post_that_is_liked_already_when_it_is_heard_is_told_at_once(team):
    set_workspace(team, urgent_score=50)
    team.poll(a_post(score=50, published_at=NOW))

    assert [type(each) for each in alerts(team)] == [Liked]


@pytest.mark.parametrize(
    ("before_start", "days"), [(True, 0), (False, 8)], ids=["from before the watch", "written long ago"]
)
def test_a_post_that_was_liked_long_ago_is_not_urgent(team, before_start, days):
    post = a_post(score=500, published_at=later(days=-days))
    team.poll(post, sightings=[a_sighting(team.watch, post, before_start=before_start)])

    assert alerts(team) == []


def test_a_liked_post_that_is_no_mention_or_not_us_is_not_urgent(team):
    post = a_post(score=20, published_at=NOW)
    team.poll(post)
    team.poll(a_post(score=500), sightings=[])
    team.press(Act.NOT_US, team.rows("SELECT id FROM conversation")[0]["id"])
    team.poll(post._replace(score=500))

    assert alerts(team) == []


def test_surges_of_two_watches_are_two(team, crowd):
    other = team.add_watch("Harbour")
    crowd(20)
    crowd(20, watch=other)

    assert [(type(each), each.watch) for each in alerts(team)] == [(Surge, "Tidewiki"), (Surge, "Harbour")]
    assert team.read(find_alert, 99) is None
    assert {each["workspace_id"] for each in team.rows("SELECT workspace_id FROM alert")} == {TEAM}
