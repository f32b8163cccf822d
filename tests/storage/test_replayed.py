"""What was heard lately where a watch listens, with what the team said of it."""

from datetime import timedelta

from builders import NOW, a_post, a_sighting, later
from test_stories import a_copy, hear

from engagement.conversations.press import Act
from engagement.understanding.replay import Verdict
from storage.understanding.replays import heard_lately


def lately(team, *, since=NOW - timedelta(days=1), limit=100, watch=None):
    heard = team.read(heard_lately, watch or team.watch, since=since, limit=limit)
    return {each.stored.post.title: each.verdict for each in heard}


def test_what_the_team_said_stands_beside_each_post_and_posts_that_are_no_mention_are_there_too(team):
    ours, theirs = team.hear(title="ours"), team.hear(title="theirs")
    team.hear(title="open")
    team.poll(a_post(title="no mention"), sightings=[])
    team.press(Act.LISTEN, ours)
    team.press(Act.NOT_US, theirs)

    assert lately(team) == {
        "ours": Verdict.US,
        "theirs": Verdict.NOT_US,
        "open": Verdict.NONE,
        "no mention": Verdict.NONE,
    }


def test_who_said_us_where_nobody_was_sure_has_judged_it(team):
    post = a_post()
    team.poll(post, sightings=[a_sighting(team.watch, post, sure=False)])
    assert set(lately(team).values()) == {Verdict.NONE}

    team.press(Act.US, 1)
    assert set(lately(team).values()) == {Verdict.US}


def test_what_was_said_of_a_story_was_said_of_its_copies(team):
    [first, _] = hear(team, a_copy("news.example"), a_copy("links.example"))
    team.press(Act.NOT_US, first)

    heard = team.read(heard_lately, team.watch, since=NOW - timedelta(days=1), limit=100)
    assert [each.verdict for each in heard] == [Verdict.NOT_US] * 2


def test_only_the_newest_of_the_last_weeks_and_of_the_places_of_the_watch_are_looked_at(team):
    team.hear(title="first")
    team.hear(title="second", at=later(hours=2))

    assert set(lately(team, limit=1)) == {"second"}
    assert set(lately(team, since=later(hours=1))) == {"second"}
    assert lately(team, watch=team.add_watch("Bookstack")) == {}
