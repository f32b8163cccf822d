"""Noise lists in the rows: changed as one, and what they left out is kept, counted, listed and shown after all."""

import pytest
from builders import NOW, TEAM, a_post, a_sighting, later

from engagement.calm.mute import MuteScope
from engagement.calm.noise import Entry
from engagement.conversations.press import Act
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind
from storage.calm.mutes import add_mute, mutes_of, noise_in_force
from storage.calm.noise import count_left_out, find_noise, left_out, save_noise, show_left_out
from storage.conversations.waiting import count_waiting
from storage.digest.digests import compute_digest, compute_status
from storage.sending.messages import find_message
from storage.understanding.rereading import read_anew
from storage.workspaces import find_workspace

EBB = Entry(scope=MuteScope.TERM, value="ebb")
WEATHER = Entry(scope=MuteScope.SITE, value="weather.example")
SPAM = Entry(scope=MuteScope.AUTHOR, author="u/spam", community="r/selfhosted")


def save(team, *entries, watch_id=0, drawn=None, workspace_id=TEAM, at=NOW):
    if drawn is None:
        drawn = team.read(find_noise, workspace_id, watch_id=watch_id, now=at).version
    return team.write(save_noise, workspace_id, entries, watch_id=watch_id, drawn=drawn, by="U1", at=at)


def entries_of(team, watch_id=0):
    lists = team.read(find_noise, TEAM, watch_id=watch_id, now=NOW)
    return {(mute.scope.value, mute.value or mute.author or mute.community) for mute in lists.shown}


def mute_of(team, entry):
    return next(mute for mute in team.read(mutes_of, TEAM, now=NOW) if mute.value == entry.value)


def hear_noise(team, entry=EBB, *, kind=Kind.QUESTION, at=NOW, sure=True, **post):
    """Hear a mention that triage has found to fall under an entry; return the number of its mention."""
    heard = a_post(**post)
    mute = mute_of(team, entry)
    sighting = a_sighting(team.watch, heard, kind=kind, mute_id=mute.id, sure=sure)
    team.poll(heard, sightings=[sighting], at=at)
    return team.rows("SELECT MAX(id) AS id FROM mention")[0]["id"]


def card_of(team, conversation_id):
    return team.read(find_message, MessageKind.CARD, str(conversation_id))


def test_a_list_holds_what_was_saved_last(team):
    assert save(team, EBB, WEATHER)
    assert save(team, EBB, SPAM)
    assert save(team, EBB, watch_id=team.watch.id)

    assert entries_of(team) == {("term", "ebb"), ("author", "u/spam")}
    assert entries_of(team, team.watch.id) == {("term", "ebb")}
    [of_watch] = [mute for mute in team.read(mutes_of, TEAM, now=NOW) if mute.watch_id]
    assert of_watch.watch == "Tidewiki"
    acts = team.rows("SELECT act, after_facts FROM history WHERE object = 'mute' ORDER BY id")
    assert [row["act"] for row in acts] == ["mute", "mute", "unmute", "mute", "mute"]


def test_a_form_that_somebody_else_was_quicker_than_changes_nothing(team):
    drawn = team.read(find_noise, TEAM, now=NOW).version
    save(team, EBB)

    assert not save(team, WEATHER, drawn=drawn)
    assert entries_of(team) == {("term", "ebb")}


def test_lists_of_one_workspace_are_none_of_another(team):
    team.add_workspace("T2")
    save(team, EBB, workspace_id="T2")

    assert entries_of(team) == set()
    assert team.read(noise_in_force, TEAM, now=NOW) == ()


def test_what_is_left_out_is_kept_counted_and_listed_with_what_did_it(team):
    save(team, EBB)
    number = hear_noise(team, title="Ebb of Tidewiki?", url="https://forum.example/ebb", author="kim")
    team.hear()

    assert team.rows("SELECT mute_id > 0 AS silent, waits_for_us FROM mention ORDER BY id") == [
        {"silent": 1, "waits_for_us": 0},
        {"silent": 0, "waits_for_us": 1},
    ]
    assert team.read(count_waiting, TEAM) == 1
    [listed] = team.read(left_out, TEAM, limit=9)
    assert (listed.mention_id, listed.title, listed.mute.value) == (number, "Ebb of Tidewiki?", "ebb")
    assert (listed.url, listed.author) == ("https://forum.example/ebb", "kim")
    week = {"starts_at": NOW, "ends_at": later(days=7)}
    assert team.read(count_left_out, TEAM, **week) == 1
    assert team.read(count_left_out, TEAM, starts_at=later(days=-7), ends_at=NOW) == 0
    workspace = team.read(find_workspace, TEAM)
    assert team.read(compute_status, workspace, now=later(hours=1)).left_out == 1
    assert team.read(compute_digest, workspace, now=NOW, **week).left_out == 1


def test_a_muted_conversation_is_no_noise_list(team):
    one = team.hear(thread_key="thread")
    team.write(add_mute, TEAM, MuteScope.CONVERSATION, thread_key="thread", until=None, by="U1", at=NOW)
    team.hear(thread_key="thread")

    assert team.rows("SELECT COUNT(*) AS n FROM mention WHERE mute_id > 0") == [{"n": 1}]
    assert card_of(team, one)
    assert team.read(left_out, TEAM, limit=9) == []


def test_an_entry_that_was_taken_away_meanwhile_leaves_out_nothing(team):
    save(team, EBB)
    mute = mute_of(team, EBB)
    save(team)
    post = a_post()

    team.poll(post, sightings=[a_sighting(team.watch, post, mute_id=mute.id)])

    assert card_of(team, 1)
    assert team.read(left_out, TEAM, limit=9) == []


def test_a_mute_of_one_watch_lets_others_hear(team):
    other = team.add_watch("Ebbwiki")
    scope = MuteScope.COMMUNITY
    team.write(add_mute, TEAM, scope, community="r/surfing", watch_id=team.watch.id, until=None, by="U1", at=NOW)

    silent = team.hear(community="r/surfing")
    heard = team.hear(watch=other, community="r/surfing")

    assert not card_of(team, silent)
    assert card_of(team, heard)


def test_what_was_left_out_gets_its_card_and_waits_for_us_like_any_other(team):
    save(team, EBB)
    number = hear_noise(team)
    shown = team.write(show_left_out, TEAM, number, by="U2", at=later(hours=1))

    assert (shown.conversation_id, shown.channel) == (1, team.watch.channel)
    assert card_of(team, 1)
    assert team.read(count_waiting, TEAM) == 1
    assert not team.conversation(1).is_muted
    assert team.rows("SELECT act, actor FROM history WHERE object = 'conversation'") == [
        {"act": "unmute", "actor": "U2"}
    ]
    assert team.read(left_out, TEAM, limit=9) == []
    assert entries_of(team) == {("term", "ebb")}
    assert team.write(show_left_out, TEAM, number, by="U3", at=later(hours=1)) is None


def test_a_later_post_that_was_left_out_is_told_in_the_thread_of_its_card(team):
    save(team, EBB)
    team.hear(thread_key="thread", kind=Kind.PRAISE)
    number = hear_noise(team, thread_key="thread", parent_key="post-1")
    team.press(Act.LISTEN, 1)
    assert team.read(find_message, MessageKind.NOTE, str(number)) is None

    team.write(show_left_out, TEAM, number, by="U2", at=later(hours=1))

    assert team.read(find_message, MessageKind.NOTE, str(number))
    assert team.read(count_waiting, TEAM) == 1


def test_what_was_unsure_as_well_is_taken_for_ours_by_whoever_shows_it(team):
    save(team, EBB)
    number = hear_noise(team, sure=False)

    team.write(show_left_out, TEAM, number, by="U2", at=NOW)

    assert not team.conversation(1).unsure
    assert card_of(team, 1)


def test_nobody_shows_what_another_workspace_left_out(team):
    save(team, EBB)
    number = hear_noise(team)
    team.add_workspace("T2")

    assert team.write(show_left_out, "T2", number, by="U2", at=NOW) is None
    assert not card_of(team, 1)


@pytest.mark.parametrize("still", [True, False])
def test_what_was_left_out_is_read_anew_and_stays_silent_while_its_entry_stands(team, still):
    save(team, EBB)
    team.hear(thread_key="thread", kind=Kind.PRAISE)
    number = hear_noise(team, thread_key="thread", parent_key="post-1", kind=Kind.PRAISE)
    if not still:
        save(team)
    asks = a_sighting(kind=Kind.QUESTION).reading

    team.write(read_anew, {number: asks}, lambda _mention, fresh, _said: fresh, at=NOW)

    waits = team.rows("SELECT waits_for_us FROM mention WHERE id = :id", id=number)
    assert waits == [{"waits_for_us": int(not still)}]
