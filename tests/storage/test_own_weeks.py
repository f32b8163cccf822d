"""What one person answered lately."""

import pytest
from builders import NOW, TEAM, a_new_source, a_post, later

from engagement.conversations.press import Act
from engagement.digest.figures import Pace
from engagement.digest.own_week import OwnWeek
from engagement.team.team import Handle, Teammate
from storage.digest.own_weeks import own_weeks
from storage.listening.sources import all_sources
from storage.team.teammates import save_teammate

HOUR = 60 * 60
FEED = a_new_source("https://hn.example/?author=finn")


def mine(team, who="U2", *, at=None):
    return team.read(own_weeks, TEAM, who, now=at or later(days=3))


def answer(team, *, by="U2", at, asked=NOW, **post):
    conversation_id = team.hear(published_at=asked, at=asked, **post)
    team.press(Act.ANSWERED, conversation_id, by=by, at=at)
    return conversation_id


def test_only_what_i_answered_is_mine_with_how_long_they_waited(team):
    answer(team, at=later(hours=1))
    answer(team, at=later(hours=3))
    answer(team, at=later(hours=2), by="U3")

    assert mine(team).now.answers == Pace(count=2, half_within_seconds=HOUR)
    assert mine(team, "U3").now.answers == Pace(count=1, half_within_seconds=2 * HOUR)
    assert not mine(team, "UNEW").say_something


def test_the_seven_days_before_stand_beside(team):
    answer(team, asked=later(days=-6), at=later(days=-6, hours=1))

    weeks = mine(team)
    assert (weeks.now.answers, weeks.before.answers) == (Pace(), Pace(count=1, half_within_seconds=HOUR))


@pytest.mark.parametrize(("days", "kept", "late"), [(0, 1, 0), (2, 0, 1)], ids=["in time", "late"])
def test_a_promise_is_kept_by_an_answer_in_time(team, days, kept, late):
    conversation_id = team.hear()
    team.press(Act.CLAIM, conversation_id)
    team.press(Act.ANSWERED, conversation_id, at=later(hours=1, days=days))

    assert (mine(team).now.kept, mine(team).now.late) == (kept, late)


def test_what_another_promised_and_i_answered_is_no_promise_of_mine(team):
    conversation_id = team.hear()
    team.press(Act.CLAIM, conversation_id, by="U3")
    team.press(Act.ANSWERED, conversation_id, by="U2")

    assert (mine(team).now.answers.count, mine(team).now.kept, mine(team).now.late) == (1, 0, 0)
    assert mine(team, "U3").now == OwnWeek()


def test_an_answer_that_was_taken_back_is_none_and_one_after_that_counts_once(team):
    conversation_id = answer(team, at=later(hours=1))
    team.press(Act.REOPEN, conversation_id, by="U3", at=later(hours=2))
    assert mine(team).now.answers.count == 0

    team.press(Act.ANSWERED, conversation_id, at=later(hours=3))
    assert mine(team).now.answers == Pace(count=1, half_within_seconds=3 * HOUR)


def test_who_asks_again_takes_no_answer_away(team):
    answer(team, at=later(hours=2), thread_key="thread")
    team.hear(thread_key="thread", published_at=later(hours=5), at=later(hours=5))

    assert mine(team).now.answers == Pace(count=1, half_within_seconds=2 * HOUR)


def test_what_was_not_us_was_no_answer(team):
    team.press(Act.NOT_US, answer(team, at=later(hours=1)), at=later(hours=2))

    assert not mine(team).say_something


def test_a_promise_that_is_open_and_overdue_is_told(team):
    team.press(Act.CLAIM, team.hear())

    assert mine(team, at=later(hours=1)).overdue == 0
    assert mine(team).overdue == 1
    assert mine(team, "U3").overdue == 0


def test_evidence_says_better_when_it_was_and_is_no_second_answer(team):
    handle = Handle(community="Hacker News", name="finn_of_tidewiki", feed=FEED)
    mate = Teammate(slack_user="U2", name="Finn", handles=(handle,))
    team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
    finn = next(source for source in team.read(all_sources) if source.url == FEED.url)
    facts = {"thread_key": "hn:1", "community": "Hacker News"}
    conversation_id = team.hear(key="hn:1", published_at=NOW, **facts)
    team.press(Act.ANSWERED, conversation_id, at=later(hours=3))

    said = a_post("hn:9", parent_key="hn:1", published_at=later(hours=1), author="finn_of_tidewiki", **facts)
    team.poll(said, source=finn, sightings=[], at=later(hours=4))

    assert mine(team).now.answers == Pace(count=1, half_within_seconds=HOUR)
