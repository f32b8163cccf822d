"""A watch that somebody changes or stops: as they saw it, or not at all."""

from datetime import timedelta

from builders import CHANNEL, NOW, TEAM, later

from engagement.calm.calm import CalmWish, DeliveryWish
from engagement.sending.outbox import MessageKind
from engagement.watch import Delivery, NewWatch, Outcome, Terms, WatchChangedBefore, WatchSaved
from storage.calm.calm import find_calm, save_calm
from storage.listening.listening import listened_places
from storage.listening.sources import all_sources
from storage.listening.watch_changes import change_watch, stop_watch
from storage.listening.watches import all_watches, find_watch, state_of_watches, watches_of
from storage.sending.messages import find_message

TERMS = Terms(names=("tide",), excluded=("tables",), near=("wiki",), query="tide NEAR/5 wiki")


def change(team, *, drawn=1, by="U2", at=NOW, channel=CHANNEL, workspace_id=TEAM):
    new = NewWatch(channel=channel, name="Tidewiki", terms=TERMS, outcome=Outcome.REPUTATION, delivery=Delivery.DAILY)
    return team.write(change_watch, workspace_id, team.watch.id, new, drawn=drawn, by=by, at=at)


def stop(team, *, drawn=1, by="U2", at=NOW, workspace_id=TEAM):
    return team.write(stop_watch, workspace_id, team.watch.id, drawn=drawn, by=by, at=at)


def test_a_change_counts_and_makes_a_new_version(team):
    before = team.read(state_of_watches)

    saved = change(team)

    assert isinstance(saved, WatchSaved)
    assert saved.watch == team.read(find_watch, team.watch.id)
    assert (saved.watch.terms, saved.watch.delivery, saved.watch.version) == (TERMS, Delivery.DAILY, 2)
    assert team.read(state_of_watches) != before


def test_a_change_of_an_older_version_is_refused_and_says_who_was_first(team):
    change(team, by="U1", at=later(minutes=1))

    refused = change(team, by="U2", at=later(minutes=2))

    assert isinstance(refused, WatchChangedBefore)
    assert (refused.by, refused.at) == ("U1", later(minutes=1))
    assert stop(team, drawn=1) == refused


def test_who_was_first_is_also_who_changed_how_its_cards_come(team):
    watch, calm = team.read(find_watch, team.watch.id), team.read(find_calm, TEAM)
    delivery = DeliveryWish(watch_id=watch.id, delivery=Delivery.HOURLY, drawn=watch.version)
    wish = CalmWish(drawn=calm.version, urgent_channel="", urgent_score=100, quiet=None, deliveries=(delivery,))
    assert team.write(save_calm, TEAM, wish, by="U7", at=later(minutes=1))

    refused = change(team, by="U2", at=later(minutes=2))

    assert (refused.by, refused.at) == ("U7", later(minutes=1))


def test_another_channel_gets_the_word_too(team):
    change(team, channel="C2")

    words = team.rows("SELECT channel FROM message WHERE kind = 'started' ORDER BY id")
    assert [row["channel"] for row in words] == ["C2"]


def test_a_stopped_watch_is_in_no_list_and_what_was_heard_stays(team):
    conversation_id = team.hear()

    stopped = stop(team, at=later(hours=1))

    assert isinstance(stopped, WatchSaved)
    assert stopped.watch.stopped_at == later(hours=1)
    assert team.read(watches_of, TEAM) == []
    assert team.read(all_watches) == ({}, frozenset())
    assert team.read(listened_places, TEAM) == []
    assert team.read(all_sources) == []
    assert team.card(conversation_id).conversation.watch_id == team.watch.id
    assert stop(team, drawn=2) is None
    assert change(team, drawn=2) is None


def test_the_word_to_the_channel_is_drawn_again(team):
    change(team)
    team.send_all()
    stop(team, drawn=2)

    assert team.read(find_message, MessageKind.STARTED, str(team.watch.id)).stale


def test_who_starts_again_under_the_same_name_finds_everything_again(team):
    stop(team)

    again = team.add_watch(at=NOW + timedelta(days=1))

    assert (again.id, again.stopped_at) == (team.watch.id, None)
    assert team.read(watches_of, TEAM) == [again]


def test_nobody_changes_what_is_another_workspaces(team):
    assert change(team, workspace_id="TOTHER") is None
    assert stop(team, workspace_id="TOTHER") is None
    assert team.read(find_watch, team.watch.id).version == 1
