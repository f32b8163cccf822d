"""Troubles begin and end once, and each channel that listens hears of both."""

from dataclasses import replace

from builders import CHANNEL, NOW, TEAM, later

from engagement.listening.moving import Move
from engagement.listening.trouble import Cause, Trouble
from storage.listening.listening import leave_place
from storage.listening.sources import all_sources, save_poll, wake_source
from storage.listening.telling import ailments_of_message, channels_to_tell, tell_troubles
from storage.listening.troubles import (
    become_deaf,
    deaf_since,
    hear_again,
    how_silent,
    record_troubles,
    troubles_of_sources,
)


def become(team, source, *troubles, at=NOW, **facts):
    """Let the source have these troubles and no others."""
    after = replace(source, troubles=frozenset(troubles), **facts)
    team.write(record_troubles, source, after, at=at)
    team.write(save_poll, source, after)
    return next(each for each in team.read(all_sources) if each.id == source.id)


SENT = "UPDATE message SET state = 'sent' WHERE kind = 'trouble'"


def tell(team, *, at, is_slack_there=True):
    """Let the channels be told, and return the messages so far; those before have gone out if Slack takes any."""
    if is_slack_there:
        team.write(lambda tx: tx.run(SENT))
    team.write(tell_troubles, now=at)
    return team.rows("SELECT id, workspace_id, channel, subject, part FROM message WHERE kind = 'trouble' ORDER BY id")


def names(team, message):
    return [(each.place, each.kind, each.ended_at) for each in team.read(ailments_of_message, message["id"])]


def test_a_trouble_is_told_to_every_channel_that_listens_there_and_to_no_other(team):
    team.add_source(team.add_watch("Harbour", channel="C2"), team.source.url)
    team.add_source(team.add_watch("Quay", channel="C3"), "https://elsewhere.example/feed")
    team.add_workspace("T2")
    team.add_source(team.add_watch("Other", workspace_id="T2", channel="C1"), team.source.url)
    become(team, team.source, Trouble.BROKEN, failing_since=later(hours=-6), last_error="nobody answers")

    assert team.read(channels_to_tell, now=later(minutes=1)) == []
    messages = tell(team, at=later(minutes=2))
    assert [(each["workspace_id"], each["channel"]) for each in messages] == [(TEAM, "C1"), (TEAM, "C2"), ("T2", "C1")]
    (ailment,) = team.read(ailments_of_message, messages[0]["id"])
    assert (ailment.kind, ailment.detail, ailment.began_at) == (Trouble.BROKEN, "nobody answers", later(hours=-6))


def test_a_trouble_that_ended_untold_is_never_told_and_one_that_was_told_is_told_again(team):
    sick = become(team, team.source, Trouble.SILENT)
    become(team, sick, at=later(minutes=1))
    assert tell(team, at=later(hours=2)) == []

    sick = become(team, team.source, Trouble.SILENT, at=later(hours=3))
    assert len(tell(team, at=later(hours=4))) == 1
    become(team, sick, at=later(hours=4, minutes=10))
    assert len(tell(team, at=later(hours=4, minutes=20))) == 1
    messages = tell(team, at=later(hours=5))
    assert [each["part"] for each in messages] == [0, 1]
    assert names(team, messages[0]) == [("The forum", Trouble.SILENT, None)]
    assert names(team, messages[1]) == [("The forum", Trouble.SILENT, later(hours=4, minutes=10))]


def test_what_begins_and_what_ends_goes_into_one_message(team):
    others = [team.add_source(team.watch, f"https://{name}.example/feed") for name in ("one", "two")]
    sick = become(team, others[0], Trouble.CLOSED)
    tell(team, at=later(minutes=2))
    become(team, sick, at=later(minutes=20))
    become(team, others[1], Trouble.GONE, Trouble.OVERFLOWING, at=later(minutes=30))

    messages = tell(team, at=later(minutes=62))
    assert len(messages) == 2
    assert [each.kind for each in team.read(ailments_of_message, messages[1]["id"])] == [
        Trouble.GONE,
        Trouble.OVERFLOWING,
        Trouble.CLOSED,
    ]


def test_a_trouble_that_is_open_does_not_begin_again(team):
    become(team, team.source, Trouble.BROKEN)
    become(team, team.source, Trouble.BROKEN, at=later(hours=1))

    assert len(team.rows("SELECT id FROM trouble")) == 1


def test_a_place_that_moves_is_listed_and_told_to_nobody(team):
    move = Move(to="https://new.example/feed", since=later(days=-1))
    become(team, team.source, Trouble.MOVED, move=move)

    assert tell(team, at=later(hours=1)) == []
    (ailment,) = team.read(troubles_of_sources, TEAM)
    assert (ailment.kind, ailment.detail, ailment.began_at) == (Trouble.MOVED, "new.example", later(days=-1))


def fail(team, source, *, cause=Cause.NO_ANSWER, at=NOW, **facts):
    after = replace(source, failures=1, cause=cause, tried_at=at, failing_since=at, **facts)
    team.write(save_poll, source, after)


def test_who_was_asked_in_vain_is_counted_since_anybody_was_heard(team):
    assert team.read(how_silent).heard_at == NOW
    for number, cause in enumerate([Cause.NO_ANSWER, Cause.NO_ANSWER, Cause.CLOSED]):
        source = team.add_source(team.watch, f"https://{number}.example/feed")
        fail(team, source, cause=cause, at=later(minutes=number + 1))

    silence = team.read(how_silent)
    assert (silence.heard_at, silence.sources, silence.hosts, silence.refused) == (NOW, 3, 3, 1)


def test_being_deaf_is_told_once_to_every_channel_and_forgives_whoever_failed_meanwhile(team):
    before, meanwhile = (team.add_source(team.watch, f"https://{name}.example/feed") for name in ("one", "two"))
    fail(team, before, at=later(minutes=-5), next_poll_at=later(hours=9))
    fail(team, meanwhile, at=later(minutes=5), next_poll_at=later(hours=9))
    for minutes in (20, 30):
        team.write(become_deaf, since=NOW, at=later(minutes=minutes))
    assert team.read(deaf_since) == NOW
    messages = tell(team, at=later(minutes=40))
    assert [each["channel"] for each in messages] == [CHANNEL]
    assert [each.kind for each in team.read(troubles_of_sources, TEAM)] == [Trouble.DEAF]

    team.write(hear_again, at=later(hours=2))
    team.write(hear_again, at=later(hours=3))
    assert team.read(deaf_since) is None
    sources = {each.id: each for each in team.read(all_sources)}
    assert (sources[before.id].failures, sources[before.id].next_poll_at) == (1, later(hours=9))
    assert (sources[meanwhile.id].failures, sources[meanwhile.id].next_poll_at) == (0, later(hours=2))
    assert len(tell(team, at=later(hours=4))) == 2


def test_a_source_that_was_asked_for_anew_during_its_poll_stays_due(team):
    team.add_source(team.add_watch("Harbour"), team.source.url, at=later(minutes=1))
    team.write(save_poll, team.source, replace(team.source, next_poll_at=later(hours=1)))

    (source,) = team.read(all_sources)
    assert source.next_poll_at == later(minutes=1)


def test_a_place_that_was_woken_is_not_listed_as_closed_while_it_waits_for_its_turn(team):
    become(team, team.source, Trouble.GONE, paused_at=NOW)
    assert [each.kind for each in team.read(troubles_of_sources, TEAM)] == [Trouble.GONE]

    team.write(wake_source, team.source.id, workspace_id=TEAM, by="U1", at=NOW)
    assert team.read(troubles_of_sources, TEAM) == []


def test_while_slack_takes_no_message_there_is_one_and_no_pile(team):
    """Two days without Slack, and a place that comes and goes: what is over by then is not told at all."""
    others = [team.add_source(team.watch, f"https://{number}.example/feed") for number in range(24)]
    sick = become(team, others[0], Trouble.CLOSED)
    assert len(tell(team, at=later(minutes=2))) == 1
    for number, other in enumerate(others[1:], start=1):
        sick = become(team, other, Trouble.CLOSED, at=later(hours=2 * number))
        tell(team, at=later(hours=2 * number, minutes=5), is_slack_there=False)
        become(team, sick, at=later(hours=2 * number + 1))
        tell(team, at=later(hours=2 * number + 1, minutes=5), is_slack_there=False)
    assert len(tell(team, at=later(hours=50), is_slack_there=False)) == 1

    become(team, team.source, Trouble.SILENT, at=later(hours=51))
    messages = tell(team, at=later(hours=52))
    assert len(messages) == 2
    assert names(team, messages[1]) == [("The forum", Trouble.SILENT, None)]


def test_a_channel_that_left_a_place_hears_no_more_of_it(team):
    harbour = team.add_watch("Harbour", channel="C2")
    team.add_source(harbour, team.source.url)
    sick = become(team, team.source, Trouble.CLOSED)
    leave(team, harbour.id)
    assert [each["channel"] for each in tell(team, at=later(minutes=2))] == [CHANNEL]

    leave(team, team.watch.id)
    team.write(record_troubles, sick, team.source, at=later(hours=2))
    assert len(tell(team, at=later(hours=3))) == 1


def test_a_channel_with_another_watch_there_still_hears_of_a_place_that_one_left(team):
    harbour = team.add_watch("Harbour", channel=CHANNEL)
    team.add_source(harbour, team.source.url)
    become(team, team.source, Trouble.CLOSED)
    leave(team, harbour.id)

    assert [each["channel"] for each in tell(team, at=later(minutes=2))] == [CHANNEL]


def leave(team, watch_id):
    team.write(leave_place, TEAM, watch_id=watch_id, source_id=team.source.id, by="U1", at=NOW)
