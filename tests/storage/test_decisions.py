"""Presses on buttons: who is first, what Undo takes back, and a history that can be replayed."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from builders import CHANNEL, NOW, TEAM, a_post, later
from databases import at_once
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.conversations.conversation import Reply, ReplyState
from engagement.conversations.press import Act, Decided, Gone, Outdated, Press
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind, Tag
from engagement.watch import NewWatch, Terms
from storage.conversations.conversation_rows import decision_values
from storage.conversations.decided import latest_decision
from storage.conversations.decisions import record_press
from storage.listening.watches import save_watch
from storage.records.history import read_facts
from storage.sending.messages import find_message
from storage.team.availability import get_to_know

BY = {"by": "U1", "at": NOW}


@pytest.fixture
def asked(team):
    """The number of a conversation that somebody's question opened."""
    return team.hear()


def history(team, conversation_id):
    sql = "SELECT * FROM history WHERE object = 'conversation' AND object_id = :id ORDER BY id"
    return team.rows(sql, id=conversation_id)


def test_a_press_counts_and_is_remembered(team, asked):
    outcome = team.press(Act.INTERACT, asked, by="U7", at=later(minutes=5))

    assert isinstance(outcome, Decided)
    assert outcome.conversation == team.conversation(asked)
    assert (outcome.conversation.tag, outcome.conversation.tagged_by) == (Tag.INTERACT, "U7")
    assert outcome.conversation.version == 2
    latest = team.read(latest_decision, asked)
    assert (latest.act, latest.by, latest.at) == (Act.INTERACT, "U7", later(minutes=5))


def test_a_reply_is_due_after_a_working_day_of_the_team_on_its_own_clocks(team):
    team.add_workspace(TEAM, zone="Pacific/Auckland")
    # Friday evening in London is Saturday morning in Auckland.
    conversation_id = team.hear(at=later(days=2, hours=7))

    team.press(Act.INTERACT, conversation_id, at=later(days=2, hours=7))

    reply = team.conversation(conversation_id).reply
    assert reply.due_at == datetime(2026, 11, 23, 17, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert reply.warn_at == datetime(2026, 11, 23, 15, tzinfo=ZoneInfo("Pacific/Auckland"))


def test_a_watch_has_its_own_target(team):
    watch = team.write(
        save_watch, TEAM, NewWatch(channel=CHANNEL, name="Leads", terms=Terms(names=("x",)), target_minutes=30), **BY
    )
    conversation_id = team.hear(watch=watch)

    team.press(Act.INTERACT, conversation_id)

    assert team.conversation(conversation_id).reply.due_at == later(minutes=30)


def test_a_promise_is_due_in_the_hours_of_who_gives_it(team):
    """From 14:00 on a Wednesday a working day is over on Thursday at 14:00, which is at night in Auckland."""
    team.write(get_to_know, TEAM, "U2", name="Kiri", zone="Pacific/Auckland", at=NOW)
    conversation_id = team.hear()
    team.press(Act.INTERACT, conversation_id)

    team.press(Act.CLAIM, conversation_id, by="U2")

    due_at = team.conversation(conversation_id).reply.due_at
    assert due_at == datetime(2026, 11, 19, 17, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert due_at < later(days=1)


def test_before_anybody_decides_only_what_asks_us_and_is_new_is_warned_of(team):
    asking = team.hear()
    praise = team.hear(kind=Kind.PRAISE, thread_key="praise")
    old = team.hear(before_start=True)

    assert team.conversation(asking).reply == Reply(warn_at=later(hours=22))
    assert team.conversation(praise).reply == team.conversation(old).reply == Reply()

    team.hear(thread_key="praise", at=later(days=1))
    assert team.conversation(praise).reply.warn_at == later(days=1, hours=22)


def test_a_press_on_an_older_version_changes_nothing_and_tells_who_was_first(team, asked):
    team.press(Act.INTERACT, asked, by="U1", drawn=1, at=later(minutes=1))
    before = team.conversation(asked)

    outcome = team.press(Act.LISTEN, asked, by="U2", drawn=1, at=later(minutes=2))

    assert isinstance(outcome, Outdated)
    assert (outcome.first.act, outcome.first.by, outcome.first.at) == (Act.INTERACT, "U1", later(minutes=1))
    assert outcome.conversation == before == team.conversation(asked)
    assert len(history(team, asked)) == 1


def test_a_press_from_the_future_or_before_any_decision_names_nobody(team, asked):
    outcome = team.press(Act.LISTEN, asked, drawn=9)

    assert isinstance(outcome, Outdated)
    assert outcome.first is None


def test_a_press_on_what_is_not_there_finds_nothing(team, asked):
    press = Press(act=Act.LISTEN, conversation_id=asked, by="U1", drawn=1)

    assert team.write(record_press, replace(press, conversation_id=77), workspace_id=TEAM, at=NOW) == Gone()
    assert team.write(record_press, press, workspace_id="T2", at=NOW) == Gone()
    assert history(team, asked) == []


def test_a_press_has_the_card_redrawn(team, asked):
    team.send_all()
    team.press(Act.LISTEN, asked)

    assert team.read(find_message, MessageKind.CARD, str(asked)).stale


def test_a_press_that_changes_nothing_redraws_nothing(team, asked):
    team.send_all()
    team.press(Act.LISTEN, asked, drawn=9)

    assert not team.read(find_message, MessageKind.CARD, str(asked)).stale


def test_undo_twice_goes_back_two_tags(team, asked):
    team.press(Act.LISTEN, asked, by="U1")
    team.press(Act.INTERACT, asked, by="U2")

    team.press(Act.UNDO, asked)
    once = team.conversation(asked)
    team.press(Act.UNDO, asked)
    twice = team.conversation(asked)

    assert (once.tag, once.tagged_by, once.reply.state) == (Tag.LISTEN, "U1", ReplyState.NONE)
    assert (twice.tag, twice.tagged_by, twice.version) == (None, "", 5)
    assert isinstance(team.press(Act.UNDO, asked), Outdated)


def test_undo_goes_on_from_where_an_undo_ended(team, asked):
    for act in (Act.LISTEN, Act.INTERACT, Act.UNDO, Act.REACT, Act.UNDO):
        team.press(act, asked)
    assert team.conversation(asked).tag is Tag.LISTEN

    team.press(Act.UNDO, asked)
    assert team.conversation(asked).tag is None


def test_undo_takes_not_us_back(team, asked):
    team.press(Act.INTERACT, asked)
    team.press(Act.NOT_US, asked)
    assert team.rows("SELECT id FROM conversation WHERE is_open = 1") == []

    team.press(Act.UNDO, asked)

    conversation = team.conversation(asked)
    assert (conversation.dismissed_by, conversation.tag, conversation.reply.state) == (
        "",
        Tag.INTERACT,
        ReplyState.OWED,
    )
    assert team.rows("SELECT is_open FROM conversation") == [{"is_open": 1}]


def test_undo_never_takes_a_promise(team, asked):
    team.press(Act.CLAIM, asked, by="U3")
    team.press(Act.UNDO, asked)

    reply = team.conversation(asked).reply
    assert (reply.state, reply.claimed_by) == (ReplyState.CLAIMED, "U3")


@pytest.mark.parametrize(
    ("kind", "acts", "is_open"),
    [
        (Kind.QUESTION, [], 1),
        (Kind.PRAISE, [], 1),
        (Kind.QUESTION, [Act.LISTEN], 0),
        (Kind.QUESTION, [Act.REACT], 1),
        (Kind.PRAISE, [Act.REACT], 0),
        (Kind.PRAISE, [Act.CLAIM], 1),
        (Kind.QUESTION, [Act.INTERACT, Act.ANSWERED], 0),
        (Kind.QUESTION, [Act.ANSWERED, Act.REOPEN], 1),
        (Kind.QUESTION, [Act.INTERACT, Act.NOT_US], 0),
    ],
)
def test_a_conversation_is_open_while_something_is_left_to_decide_or_to_answer(team, kind, acts, is_open):
    conversation_id = team.hear(kind=kind)
    for act in acts:
        team.press(act, conversation_id)

    assert team.rows("SELECT is_open FROM conversation") == [{"is_open": is_open}]


BUTTONS = [act for act in Act if act is not Act.ASKED_AGAIN]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(acts=st.lists(st.sampled_from(BUTTONS), max_size=8), asks_again=st.booleans())
def test_the_history_gives_the_row_when_it_is_replayed(team, acts, asks_again):
    thread = a_post().thread_key
    asked = team.hear(thread_key=thread)
    untouched = decision_values(team.conversation(asked))
    for act in acts:
        team.press(act, asked, to="U9", until=later(days=1), reason="why not", mute_id=7)
    if asks_again:
        team.hear(thread_key=thread)

    replayed, version = untouched, 1
    for line in history(team, asked):
        assert read_facts(line["before_facts"]) == replayed
        replayed, version = read_facts(line["after_facts"]), version + 1
    conversation = team.conversation(asked)
    assert decision_values(conversation) == replayed
    assert conversation.version == version


async def test_of_two_presses_at_once_exactly_one_counts(team, asked, database_url):
    presses = [Press(act=Act.CLAIM, conversation_id=asked, by=by, drawn=1) for by in ("U1", "U2")]
    claims = [partial(record_press, press=press, workspace_id=TEAM, at=NOW) for press in presses]
    outcomes = at_once(database_url, *claims)

    [won] = [each for each in outcomes if isinstance(each, Decided)]
    [lost] = [each for each in outcomes if isinstance(each, Outdated)]
    assert lost.first.by == won.conversation.reply.claimed_by == lost.conversation.reply.claimed_by
    assert len(history(team, asked)) == 1
