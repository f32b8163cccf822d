"""A watch that joins a place has it asked soon, however it fared before."""

from dataclasses import replace

from builders import NOW, later

from engagement.listening.trouble import Cause
from storage.listening.sources import due_sources, save_poll


def put_off(team, **facts):
    after = replace(team.source, failures=3, next_poll_at=later(days=1), last_error="closed", **facts)
    team.write(save_poll, team.source, after)


def due(team):
    return [source.id for source in team.read(due_sources, now=later(minutes=1), limit=9)]


def test_a_place_that_was_closed_is_asked_again_once_somebody_joins_it(team):
    """It has just answered whoever pasted its address."""
    put_off(team, cause=Cause.GONE, paused_at=NOW)
    joined = team.add_source(team.add_watch("Harbour"), team.source.url, at=later(minutes=1))

    assert due(team) == [team.source.id]
    assert (joined.paused_at, joined.failures, joined.last_error) == (None, 0, "")


def test_a_place_that_failed_is_asked_again_once_somebody_joins_it(team):
    put_off(team, cause=Cause.BROKEN)
    team.add_source(team.add_watch("Harbour"), team.source.url, at=later(minutes=1))

    assert due(team) == [team.source.id]


def test_whoever_listens_there_already_hurries_nobody(team):
    put_off(team, cause=Cause.GONE, paused_at=NOW)
    team.add_source(team.watch, team.source.url, at=later(minutes=1))

    assert due(team) == []
