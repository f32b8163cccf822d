"""The pace of public hosts, as rows."""

from builders import NOW, a_new_source, later

from engagement.listening.hosts import refused
from storage.listening.hosts import begin_requests, find_pace, save_pace
from storage.listening.listening import listen_to
from storage.listening.sources import all_due_sources, due_sources, name_hosts


def begin(team, *hosts, gap=10, now=NOW):
    return team.write(begin_requests, hosts, gap_of=lambda _: gap, now=now)


def test_a_turn_is_taken_before_the_request_and_the_next_one_waits_for_the_gap(team):
    assert begin(team, "a.test", "b.test", "a.test") == {"a.test": None, "b.test": None}
    assert begin(team, "a.test", now=later(seconds=9)) == {"a.test": later(seconds=10)}
    assert begin(team, "a.test", now=later(seconds=10)) == {"a.test": None}
    assert team.read(find_pace, "nowhere.test") is None


def test_a_refusal_is_kept_with_what_it_taught(team):
    begin(team, "a.test")
    pace = refused(team.read(find_pace, "a.test"), retry_after_seconds=300, now=NOW)
    team.write(save_pace, pace)

    assert team.read(find_pace, "a.test") == pace
    assert begin(team, "a.test", now=later(seconds=299)) == {"a.test": later(seconds=300)}


def crowd(team, count, *, host="a.test"):
    sources = [a_new_source(f"https://{host}/{number}") for number in range(count)]
    ids = team.write(listen_to, team.watch.id, sources, interval_seconds=600, at=NOW)
    team.write(name_hosts, dict.fromkeys(ids, host))
    return ids


def due(team, *, now=NOW, limit=99):
    return [source.id for source in team.read(due_sources, now=now, limit=limit)]


def test_of_a_crowded_host_only_the_first_in_line_are_due_and_it_hides_no_other(team):
    ids = crowd(team, 50)
    other = crowd(team, 1, host="b.test")

    assert due(team) == [*ids[:3], *other]
    assert due(team, limit=4) == [*ids[:3], *other]
    assert len(team.read(all_due_sources, now=NOW)) == 51


def test_what_belongs_to_a_host_that_has_to_wait_is_not_due(team):
    ids = crowd(team, 5)
    begin(team, "a.test")

    assert due(team, now=later(seconds=9)) == []
    assert due(team, now=later(seconds=10)) == ids[:3]


def test_what_is_paused_is_not_due(team):
    ids = crowd(team, 1, host="b.test")
    team.write(lambda tx: tx.run("UPDATE source SET paused_at = next_poll_at"))

    assert ids
    assert due(team) == []
    assert team.read(all_due_sources, now=later(days=9)) == []


def test_a_turn_that_a_clock_far_ahead_wrote_does_not_hold(team):
    """A machine that starts in 2038 and then learns the time would ask nobody for twelve years."""
    ids = crowd(team, 2)
    begin(team, "a.test", now=later(days=400))
    assert begin(team, "a.test") == {"a.test": None}
    assert begin(team, "a.test") == {"a.test": later(seconds=10)}

    team.write(lambda tx: tx.run("UPDATE source SET next_poll_at = '2038-01-19T03:14:07.000Z'"))
    begin(team, "a.test", now=later(days=400))
    assert due(team, now=later(minutes=1)) == [team.source.id, *ids]
    assert len(team.read(all_due_sources, now=later(minutes=1))) == 3


def test_a_turn_a_day_away_holds(team):
    crowd(team, 1)
    begin(team, "a.test", gap=24 * 3600)

    assert due(team, now=later(seconds=1)) == []
    assert begin(team, "a.test", now=later(seconds=1)) == {"a.test": later(days=1)}
