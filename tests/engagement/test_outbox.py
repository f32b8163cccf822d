"""What each answer of Slack means for a message."""

from datetime import timedelta

import pytest
from builders import NOW, a_message, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.sending.outbox import (
    DOUBTFUL,
    LIFTABLE,
    NOBODY_THERE,
    THREAD_GONE,
    TRY_LATER,
    UNDRAWABLE,
    MessageKind,
    MessageState,
    is_redrawn,
    not_found,
    nothing_to_say,
    posted,
    refused,
    slowed_down,
    unheard,
)

WHATEVER = st.text(min_size=1)


def test_what_slack_took_is_sent_under_its_ts():
    message = posted(a_message(error="ratelimited"), "1763471000.000100")

    assert (message.state, message.ts, message.error) == (MessageState.SENT, "1763471000.000100", "")


def test_what_a_person_was_sent_stands_in_a_conversation_of_its_own_and_all_else_in_its_channel():
    assert posted(a_message(channel="U1"), "1763471000.000100", stands_in="D1").stands_in == "D1"
    assert posted(a_message(channel="C1"), "1763471000.000100").stands_in == ""


@given(st.timedeltas(timedelta(0), timedelta(days=1)))
def test_a_message_that_slack_slows_down_waits_as_long_as_slack_says(retry_after):
    message = slowed_down(a_message(), now=NOW, retry_after=retry_after)

    assert (message.state, message.not_before) == (MessageState.WAITING, NOW + retry_after)
    assert message.error == "ratelimited"


@pytest.mark.parametrize("error", sorted(LIFTABLE))
def test_what_somebody_can_lift_is_tried_again(error):
    message = refused(a_message(), now=NOW, error=error)

    assert (message.state, message.error) == (MessageState.WAITING, error)
    assert NOW < message.not_before == NOW + TRY_LATER


@pytest.mark.parametrize("error", sorted(DOUBTFUL))
def test_an_error_of_slacks_own_leaves_it_uncertain_whether_the_message_stands(error):
    message = refused(a_message(), now=NOW, error=error)

    assert (message.state, message.error) == (MessageState.UNCERTAIN, error)


@given(WHATEVER.filter(lambda error: error not in LIFTABLE | DOUBTFUL))
def test_any_other_refusal_is_kept_as_failed_with_its_reason(error):
    message = refused(a_message(), now=NOW, error=error)

    assert (message.state, message.error) == (MessageState.FAILED, error)


def test_no_error_is_two_things_at_once():
    assert not LIFTABLE & DOUBTFUL
    assert not UNDRAWABLE & (LIFTABLE | DOUBTFUL)


def test_no_answer_means_a_look_before_anything_is_sent_again():
    message = unheard(a_message(attempts=2), now=NOW, error="TimeoutError")

    assert (message.state, message.attempts, message.error) == (MessageState.UNCERTAIN, 0, "TimeoutError")
    assert message.not_before == later(seconds=1)


def test_after_the_last_look_in_vain_the_message_is_sent_again():
    message, now, waits = unheard(a_message(), now=NOW, error="TimeoutError"), NOW, []
    for _ in range(3):
        assert message.state is MessageState.UNCERTAIN
        waits.append(message.not_before - now)
        now = message.not_before + timedelta(seconds=2)
        message = not_found(message, now=now)

    assert waits == [timedelta(seconds=seconds) for seconds in (1, 3, 8)]
    assert (message.state, message.attempts, message.not_before, message.error) == (MessageState.WAITING, 0, now, "")


@given(st.sampled_from(["posted", "slowed", "refused", "unheard", "not found"]), WHATEVER)
def test_an_answer_never_changes_what_the_message_is_about(answer, error):
    before = a_message(thread_ts="1.0", tried_at=NOW)
    after = {
        "posted": lambda: posted(before, "2.0"),
        "slowed": lambda: slowed_down(before, now=NOW, retry_after=TRY_LATER),
        "refused": lambda: refused(before, now=NOW, error=error),
        "unheard": lambda: unheard(before, now=NOW, error=error),
        "not found": lambda: not_found(before, now=NOW),
    }[answer]()

    kept = ("id", "workspace_id", "channel", "kind", "subject", "created_at", "thread_ts", "tried_at")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


def test_a_direct_message_that_nobody_answered_is_sent_once_more_and_then_given_up():
    """Nobody may look for it: the conversations of people with the bot are not ours to read."""
    once = unheard(a_message(channel="U1"), now=NOW, error="TimeoutError")
    twice = unheard(once, now=later(minutes=1), error="ServerDisconnected")

    assert (once.state, once.not_before) == (MessageState.WAITING, NOW + timedelta(seconds=8))
    assert (once.attempts, once.error) == (1, "TimeoutError")
    assert (twice.state, twice.error) == (MessageState.FAILED, "ServerDisconnected")


@pytest.mark.parametrize("error", sorted(NOBODY_THERE))
def test_what_nobody_is_there_to_read_is_not_tried_for_ever(error):
    message = refused(a_message(channel="U1"), now=NOW, error=error)

    assert (message.state, message.error) == (MessageState.FAILED, error)


@pytest.mark.parametrize("error", sorted(LIFTABLE - NOBODY_THERE))
def test_what_somebody_can_lift_is_tried_again_for_one_person_too(error):
    assert refused(a_message(channel="U1"), now=NOW, error=error).state is MessageState.WAITING


def test_what_belongs_under_a_message_that_is_gone_goes_at_once_without_it():
    message = refused(a_message(not_before=later(minutes=-5)), now=NOW, error=THREAD_GONE)

    assert (message.state, message.not_before, message.error) == (MessageState.WAITING, NOW, THREAD_GONE)


def test_a_message_is_direct_that_goes_to_a_person_and_not_to_a_channel():
    assert [a_message(channel=to).is_direct for to in ("U1", "W1", "C1", "G1", "D1")] == [True, True] + [False] * 3


def test_what_there_is_nothing_to_say_of_is_missed_unless_it_was_a_reminder_of_what_is_done_by_now():
    card = nothing_to_say(a_message())
    reminder = nothing_to_say(a_message(kind=MessageKind.REMINDER))

    assert (card.state, card.error) == (MessageState.FAILED, "there is nothing to draw")
    assert (reminder.state, reminder.error) == (MessageState.FAILED, "")


@pytest.mark.parametrize(
    ("kind", "days", "expected"),
    [
        (MessageKind.DIGEST, 6.9, True),
        (MessageKind.DIGEST, 7, False),
        (MessageKind.CARD, 700, True),
    ],
)
def test_a_digest_follows_its_rows_for_seven_days_from_when_it_was_sent(kind, days, expected):
    sent = a_message(kind=kind, state=MessageState.SENT, created_at=later(days=-30), tried_at=NOW)

    assert is_redrawn(sent, now=later(days=days)) is expected


def test_a_message_of_which_no_call_is_known_is_as_old_as_its_row():
    assert not is_redrawn(a_message(kind=MessageKind.DIGEST), now=later(days=7))
