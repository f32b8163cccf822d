"""Assign, snooze, mute, correct: what may be put off by whom, when it is back, and what a correction leaves behind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import NOW, a_conversation, a_deadline, a_reading, answered, circumstances, claimed, later, owed, snoozed
from hypothesis import given
from hypothesis import strategies as st

from engagement.calm.mute import MuteFor, muted_until
from engagement.conversations.conversation import Reply, ReplyState
from engagement.conversations.correct import Correction, Field, correction_of_us, corrections
from engagement.conversations.decide import asked_again, decide
from engagement.conversations.press import Act, Press
from engagement.conversations.snooze import LONGEST, Until, may_be_until, moment_of
from engagement.conversations.standing import is_open, may_be_muted, waits_for_us
from engagement.listing import Waiting
from engagement.understanding.reading import Kind, Mood, Pillar, Tag

BERLIN = ZoneInfo("Europe/Berlin")
SLEEPS = snoozed()
IS_BACK = snoozed(back_at=later(days=2))


def press(conversation, act, *, by="U1", ours=True, at=NOW, **facts):
    return decide(
        conversation,
        Press(act=act, conversation_id=conversation.id, by=by, drawn=conversation.version, **facts),
        circumstances(at, ours=ours),
    )


# ---- assign --------------------------------------------------------------------------------------------------------


def test_a_reply_is_assigned_to_somebody_and_says_by_whom():
    after = press(a_conversation(), Act.ASSIGN, by="U1", to="U9")

    assert (after.reply.state, after.reply.claimed_by, after.reply.assigned_by) == (ReplyState.CLAIMED, "U9", "U1")
    assert (after.reply.claimed_at, after.reply.due_at) == (NOW, later(days=2))
    assert (after.tag, after.tagged_by) == (Tag.INTERACT, "U1")


def test_who_assigns_a_reply_to_themselves_has_taken_it():
    assert press(a_conversation(), Act.ASSIGN, by="U1", to="U1").reply.assigned_by == ""


def test_a_promise_can_be_given_to_another_and_is_due_when_they_can_keep_it():
    promised = a_conversation(tag=Tag.REACT, reply=claimed(claimed_by="U2", due_at=later(hours=2)))

    after = press(promised, Act.ASSIGN, by="U1", to="U9", at=later(hours=1))

    assert (after.reply.claimed_by, after.reply.due_at, after.tag) == ("U9", later(days=2, hours=1), Tag.REACT)


@pytest.mark.parametrize(
    ("conversation", "to"),
    [
        (a_conversation(), ""),
        (a_conversation(reply=claimed(claimed_by="U9")), "U9"),
        (a_conversation(reply=answered()), "U9"),
        (a_conversation(dismissed_by="U1"), "U9"),
    ],
    ids=["to nobody", "to who has it", "answered", "not us"],
)
def test_what_cannot_be_assigned_changes_nothing(conversation, to):
    assert press(conversation, Act.ASSIGN, to=to) is None


@pytest.mark.parametrize("act", [Act.HAND_BACK, Act.CLAIM])
def test_a_promise_of_ones_own_forgets_who_assigned_the_one_before(act):
    reply = claimed(assigned_by="U1") if act is Act.HAND_BACK else owed(assigned_by="U1")

    assert press(a_conversation(reply=reply), act).reply.assigned_by == ""


# ---- snooze --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [Reply(), owed()], ids=["new", "owed"])
def test_a_snoozed_conversation_is_open_and_waits_for_nobody(reply):
    after = press(a_conversation(reply=reply), Act.SNOOZE, by="U3", until=later(days=2), reason="wait for the release")

    assert after.snooze == SLEEPS
    assert (after.reply, after.is_snoozed, after.is_untouched) == (reply, True, False)
    assert is_open(after, ours_to_answer=True)
    assert is_open(after, ours_to_answer=False)
    assert not waits_for_us(after, ours_to_answer=True)


@pytest.mark.parametrize(("by", "counts"), [("U2", True), ("U1", False)], ids=["the owner", "somebody else"])
@pytest.mark.parametrize("due_at", [later(hours=1), later(hours=-1)], ids=["in time", "overdue"])
def test_a_promise_is_put_off_by_its_owner_alone(by, counts, due_at):
    promised = a_conversation(tag=Tag.INTERACT, reply=claimed(claimed_by="U2", due_at=due_at))

    after = press(promised, Act.SNOOZE, by=by, until=later(days=2))

    assert (after is not None) is counts
    if after:
        assert after.reply == promised.reply


@pytest.mark.parametrize(
    "conversation",
    [
        a_conversation(tag=Tag.LISTEN),
        a_conversation(reply=answered()),
        a_conversation(dismissed_by="U1"),
        a_conversation(snooze=SLEEPS),
    ],
    ids=["listened", "answered", "not us", "snoozed already"],
)
def test_where_nothing_is_left_to_do_nothing_is_put_off(conversation):
    assert press(conversation, Act.SNOOZE, until=later(days=1)) is None


@pytest.mark.parametrize(
    ("until", "may_be"),
    [
        (NOW, False),
        (later(seconds=1), True),
        (NOW + LONGEST, True),
        (NOW + LONGEST + timedelta(seconds=1), False),
    ],
)
def test_a_snooze_ends_in_time_to_come_within_half_a_year(until, may_be):
    assert may_be_until(until, now=NOW) is may_be
    assert (press(a_conversation(), Act.SNOOZE, until=until) is not None) is may_be
    assert press(a_conversation(), Act.SNOOZE) is None


def test_what_is_back_waits_as_before_and_says_why_until_the_next_decision():
    asleep = a_conversation(tag=Tag.INTERACT, reply=owed(), snooze=SLEEPS)

    awake = press(asleep, Act.WAKE, by="", at=later(days=2))

    assert (awake.snooze, awake.is_snoozed) == (IS_BACK, False)
    assert waits_for_us(awake, ours_to_answer=True)
    assert press(awake, Act.CORRECT).snooze == IS_BACK
    assert press(awake, Act.CLAIM).snooze is None


@pytest.mark.parametrize("snooze", [None, IS_BACK])
def test_what_is_not_asleep_cannot_be_woken(snooze):
    assert press(a_conversation(snooze=snooze), Act.WAKE) is None


@pytest.mark.parametrize(("back_at", "early"), [(None, False), (later(days=1), True), (later(days=2), False)])
def test_a_snooze_knows_whether_it_was_cut_short(back_at, early):
    assert snoozed(back_at=back_at).came_early is early


@pytest.mark.parametrize("act", [Act.CLAIM, Act.INTERACT, Act.NOT_US, Act.ANSWERED])
def test_any_decision_ends_a_snooze(act):
    assert press(a_conversation(snooze=SLEEPS), act).snooze is None


@pytest.mark.parametrize("reply", [Reply(), owed(), claimed()], ids=["new", "owed", "promised"])
def test_who_writes_again_wakes_the_conversation_at_once(reply):
    after = asked_again(a_conversation(reply=reply, snooze=SLEEPS), owed=a_deadline(), at=later(hours=3))

    assert (after.snooze, after.reply, after.version) == (replace(SLEEPS, back_at=later(hours=3)), reply, 2)


def test_who_asks_again_after_an_answer_is_not_told_of_as_back_from_a_snooze():
    conversation = a_conversation(tag=Tag.LISTEN, reply=Reply(), snooze=IS_BACK)

    after = asked_again(conversation, owed=a_deadline(), at=later(days=3))

    assert (after.reply.is_open, after.snooze) == (True, None)


def test_who_writes_again_where_all_is_muted_changes_nothing():
    assert asked_again(a_conversation(tag=Tag.LISTEN, mute_id=3), owed=a_deadline(), at=NOW) is None


@pytest.mark.parametrize(
    ("choice", "now", "expected"),
    [
        (Until.HOURS, datetime(2026, 11, 18, 22, 30, tzinfo=UTC), datetime(2026, 11, 19, 2, 30, tzinfo=UTC)),
        # A Wednesday evening in London is still a Wednesday in Berlin; at half past eleven it is Thursday there.
        (Until.TOMORROW, datetime(2026, 11, 18, 22, 30, tzinfo=UTC), datetime(2026, 11, 19, 8, 0, tzinfo=UTC)),
        (Until.TOMORROW, datetime(2026, 11, 18, 23, 30, tzinfo=UTC), datetime(2026, 11, 20, 8, 0, tzinfo=UTC)),
        (Until.MONDAY, datetime(2026, 11, 18, 12, 0, tzinfo=UTC), datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        (Until.MONDAY, datetime(2026, 11, 23, 7, 0, tzinfo=UTC), datetime(2026, 11, 30, 8, 0, tzinfo=UTC)),
        (Until.WEEK, datetime(2026, 11, 18, 12, 0, tzinfo=UTC), datetime(2026, 11, 25, 8, 0, tzinfo=UTC)),
        # Summer time ended in between.
        (Until.MONTH, datetime(2026, 10, 1, 12, 0, tzinfo=UTC), datetime(2026, 10, 31, 8, 0, tzinfo=UTC)),
    ],
)
def test_a_proposed_moment_is_a_morning_where_the_team_is(choice, now, expected):
    assert moment_of(choice, now=now, zone=BERLIN) == expected


@given(st.sampled_from(Until), st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001 - made aware below
def test_every_proposed_moment_may_be_chosen(choice, now):
    now = now.replace(tzinfo=UTC)

    assert may_be_until(moment_of(choice, now=now, zone=BERLIN), now=now)


# ---- mute ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [Reply(), owed()])
def test_a_muted_conversation_is_not_open_and_waits_for_nobody(reply):
    muted = press(a_conversation(reply=reply), Act.MUTE, mute_id=1)

    assert (muted.mute_id, muted.is_muted, muted.is_untouched) == (1, True, False)
    assert not is_open(muted, ours_to_answer=True)
    assert not waits_for_us(muted, ours_to_answer=True)
    assert press(muted, Act.UNMUTE) == a_conversation(reply=reply, version=3)


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.UNMUTE])
def test_nothing_is_decided_about_what_is_muted(act):
    assert press(a_conversation(mute_id=4), act, to="U9", until=later(days=1), mute_id=5) is None


@pytest.mark.parametrize(
    ("conversation", "may_be"),
    [
        (a_conversation(), True),
        (a_conversation(tag=Tag.LISTEN), True),
        (a_conversation(reply=owed()), True),
        (a_conversation(reply=claimed()), False),
        (a_conversation(reply=answered()), False),
        (a_conversation(dismissed_by="U1"), False),
    ],
    ids=["new", "listened", "owed", "promised", "answered", "not us"],
)
def test_a_promise_is_not_muted(conversation, may_be):
    assert may_be_muted(conversation) is may_be
    assert (press(conversation, Act.MUTE, mute_id=4) is not None) is may_be


def test_without_a_mute_there_is_nothing_to_mute_or_to_take_back():
    assert press(a_conversation(), Act.MUTE) is None
    assert press(a_conversation(), Act.UNMUTE) is None


@pytest.mark.parametrize(
    ("choice", "until"), [(MuteFor.DAY, later(days=1)), (MuteFor.WEEK, later(days=7)), (MuteFor.GOOD, None)]
)
def test_a_mute_lasts_a_day_a_week_or_for_good(choice, until):
    assert muted_until(choice, now=NOW) == until


# ---- lists ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "waits"),
    [({}, True), ({"snooze": SLEEPS}, False), ({"snooze": IS_BACK}, True), ({"is_muted": True}, False)],
    ids=["as usual", "snoozed", "back", "muted"],
)
def test_a_line_about_what_is_set_aside_waits_for_nobody(facts, waits):
    line = Waiting(
        conversation_id=1,
        version=1,
        title="",
        url="",
        community="",
        author="",
        kind=Kind.QUESTION,
        since=NOW,
        pressing_since=NOW,
        reply=Reply(),
        tag=None,
        **facts,
    )

    assert line.still_waits is waits


# ---- corrections ---------------------------------------------------------------------------------------------------


def test_a_correction_leaves_the_conversation_as_it_is_and_counts_as_a_decision():
    before = a_conversation(tag=Tag.LISTEN, snooze=IS_BACK)

    assert press(before, Act.CORRECT) == replace(before, version=2)
    assert press(a_conversation(dismissed_by="U1"), Act.CORRECT) is None


def test_each_label_that_differs_is_a_correction():
    before = a_reading(Kind.OTHER, mood=Mood.BAD, pillar=Pillar.IDENTITY)
    after = a_reading(Kind.BUG, mood=Mood.BAD, pillar=Pillar.USER_INITIATED)

    assert corrections(before, after) == (
        Correction(field=Field.KIND, was="other", became="bug"),
        Correction(field=Field.PILLAR, was="identity", became="user-initiated"),
    )
    assert corrections(before, before) == ()
    assert [one.field for one in corrections(before, replace(before, mood=Mood.GOOD))] == [Field.MOOD]


@pytest.mark.parametrize(
    ("was", "is_", "label"),
    [
        ({}, {}, None),
        ({"dismissed_by": "U1"}, {"dismissed_by": "U1"}, None),
        ({}, {"dismissed_by": "U1"}, ("us", "not us")),
        ({"dismissed_by": "U1"}, {}, ("not us", "us")),
        ({"unsure": True}, {}, ("unsure", "us")),
        ({"unsure": True}, {"unsure": True, "dismissed_by": "U1"}, ("unsure", "not us")),
        ({"unsure": True, "dismissed_by": "U1"}, {"unsure": True}, ("not us", "unsure")),
    ],
    ids=["nothing", "nothing of what is out", "Not us", "its Undo", "Us", "Not us of what is unsure", "its Undo again"],
)
def test_us_and_not_us_are_labels_and_so_is_undo(was, is_, label):
    labels = (Correction(field=Field.US, was=label[0], became=label[1]),) if label else ()

    assert correction_of_us(a_conversation(**was), a_conversation(**is_)) == labels
