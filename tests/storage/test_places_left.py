"""Which watch listens where, and how it leaves a place."""

from builders import NOW, TEAM, a_post, later

from storage.listening.listening import leave_place, listened_places
from storage.listening.sources import due_sources


def leave(team, source, *, workspace_id=TEAM):
    return team.write(leave_place, workspace_id, watch_id=team.watch.id, source_id=source.id, by="U2", at=NOW)


def test_the_places_that_are_not_heard_stand_first(team):
    sick = team.add_source(team.watch, "https://zebra.example/feed")
    team.fail(sick, again_at=later(hours=1))

    places = team.read(listened_places, TEAM)
    assert [place.source_id for place in places] == [sick.id, team.source.id]
    assert [place.is_sick for place in places] == [True, False]
    assert team.read(listened_places, "T0OTHER") == []


def test_a_place_that_was_left_is_asked_no_more_and_what_was_heard_stays(team):
    team.poll(a_post())

    left = leave(team, team.source)

    assert (left.watch_id, left.source_id) == (team.watch.id, team.source.id)
    assert team.read(listened_places, TEAM) == []
    assert team.read(due_sources, now=later(days=9), limit=9) == []
    assert len(team.rows("SELECT * FROM mention")) == 1
    [line] = team.rows("SELECT * FROM history WHERE act = 'leave'")
    assert (line["object"], line["actor"]) == ("watch", "U2")


def test_nobody_leaves_a_place_of_another_workspace_nor_one_twice(team):
    assert leave(team, team.source, workspace_id="T0OTHER") is None
    assert leave(team, team.source)
    assert leave(team, team.source) is None
