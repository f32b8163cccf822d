"""A source that moves to another address, alone or onto one that is there already."""

from dataclasses import replace

from builders import NOW, TEAM, a_new_source, a_post, later

from engagement.listening.trouble import Cause
from engagement.team.team import Handle, Teammate
from storage.listening.moves import move_source
from storage.listening.sources import all_sources, due_sources, save_poll
from storage.team.teammates import save_teammate

OLD, NEW = "https://old.example/feed", "https://new.example/feed"


def move(team, source, url=NEW, *, at=NOW):
    team.write(move_source, source, url, said_from="old", said_to="new", at=at)


def test_a_source_that_moves_keeps_everything_but_its_address(team):
    source = team.add_source(team.watch, OLD)
    team.poll(a_post("one"), source=source)
    move(team, source)

    moved = next(each for each in team.read(all_sources) if each.id == source.id)
    assert (moved.url, moved.host) == (NEW, "")
    assert team.poll(a_post("one"), source=moved) == 0
    (line,) = team.rows("SELECT before_facts, after_facts FROM history WHERE object = 'source'")
    assert line == {"before_facts": '{"address": "old"}', "after_facts": '{"address": "new"}'}


def test_two_sources_that_become_one_keep_all_watches_and_post_nothing_twice(team):
    old, new = team.add_source(team.watch, OLD), team.add_source(team.add_watch("Harbour"), NEW)
    team.add_source(team.add_watch("Both"), OLD)
    team.add_source(team.add_watch("Both"), NEW)
    team.poll(a_post("one"), a_post("both"), source=old)
    team.poll(a_post("both"), a_post("two"), source=new)
    mentions = len(team.rows("SELECT id FROM mention"))
    move(team, old)

    assert [each.url for each in team.read(all_sources)] == [team.source.url, NEW]
    rows = team.rows(
        "SELECT watch.name FROM watch_source JOIN watch ON watch.id = watch_id WHERE source_id = :id ORDER BY watch.id",
        id=new.id,
    )
    assert [row["name"] for row in rows] == ["Tidewiki", "Harbour", "Both"]
    assert team.poll(a_post("one"), a_post("both"), a_post("two"), source=new, at=later(minutes=10)) == 0
    assert len(team.rows("SELECT id FROM mention")) == mentions
    assert team.rows("SELECT watch_id FROM watch_source WHERE source_id = :id", id=old.id) == []


def test_the_feed_of_a_teammate_moves_along(team):
    handle = Handle(community="Talk", name="ana", feed=a_new_source(OLD))
    team.write(
        save_teammate,
        TEAM,
        Teammate(slack_user="U1", name="Ana", handles=(handle,)),
        by="U1",
        interval_seconds=600,
        at=NOW,
    )
    new = team.add_source(team.watch, NEW)
    move(team, next(each for each in team.read(all_sources) if each.url == OLD))

    assert team.rows("SELECT source_id FROM teammate_handle") == [{"source_id": new.id}]


def test_a_move_onto_itself_changes_nothing(team):
    move(team, team.source, team.source.url)

    assert [each.url for each in team.read(all_sources)] == [team.source.url]


def test_a_feed_that_moves_to_one_that_was_closed_once_wakes_it(team):
    """It was read there just now; paused, nobody would ask it ever again, and the moved watches would be deaf."""
    old, new = team.add_source(team.watch, OLD), team.add_source(team.add_watch("Harbour"), NEW)
    team.write(save_poll, new, replace(new, paused_at=NOW, failures=1, cause=Cause.GONE, next_poll_at=later(days=1)))
    move(team, old, at=later(minutes=5))

    due = team.read(due_sources, now=later(minutes=5), limit=9)
    assert NEW in [source.url for source in due]
