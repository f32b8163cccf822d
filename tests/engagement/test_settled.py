"""What the team settled by what it said: who waits no more, and which answers count no more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, a_conversation, a_deadline, answered, circumstances, later

from engagement.conversations.conversation import ReplyState
from engagement.conversations.decide import asked_again, decide, tag_to_undo
from engagement.conversations.press import Act, Change, Press
from engagement.turns.settled import TakenBack, settled_by

HALF_AN_HOUR = timedelta(minutes=30)


def found(conversation, at, **facts):
    return replace(
        conversation, reply=answered(answered_at=at - HALF_AN_HOUR, **facts), version=conversation.version + 1
    )


# What the bot sees, which nobody presses.
SEEN = {
    Act.ANSWERED_THERE: found,
    Act.SOLVED_THERE: lambda stands, at: found(stands, at, state=ReplyState.ANSWERED_BY_OTHERS, answered_by=""),
    Act.LOST_SIGHT: lambda stands, _: replace(
        stands, reply=replace(stands.reply, state=ReplyState.CANNOT_TELL), version=stands.version + 1
    ),
    Act.ASKED_AGAIN: lambda stands, at: asked_again(stands, owed=a_deadline(at), at=at),
}


def settled(*acts, ours=True, owner_is_gone=False):
    """Return what is settled after these acts, one an hour: whoever asked did so an hour before the first."""
    history, stands = [], a_conversation()
    for hours, act in enumerate(acts, start=1):
        at = later(hours=hours)
        now = replace(circumstances(at, ours=ours, to_undo=tag_to_undo(history)), owner_is_gone=owner_is_gone)
        press = Press(act=act, conversation_id=1, by="U1", drawn=stands.version, until=later(days=2))
        after = SEEN[act](stands, at) if act in SEEN else decide(stands, press, now)
        history.append(Change(act=act, at=at, before=stands, after=after))
        stands = after
    return settled_by(history)


def hours_of(settlements):
    return [(round((each.at - NOW) / timedelta(hours=1)), each.told) for each in settlements]


@pytest.mark.parametrize(
    ("acts", "stand"),
    [
        ([], []),
        ([Act.LISTEN], [(1, False)]),
        ([Act.ANSWERED], [(1, True)]),
        ([Act.INTERACT], []),
        ([Act.INTERACT, Act.CLAIM, Act.HAND_BACK, Act.ANSWERED], [(4, True)]),
        ([Act.INTERACT, Act.LISTEN], []),
        ([Act.ANSWERED, Act.LISTEN], [(1, True)]),
        ([Act.SNOOZE, Act.WAKE, Act.CORRECT, Act.NOT_US], []),
        ([Act.ANSWERED_THERE], []),
        ([Act.SOLVED_THERE, Act.LISTEN], []),
        ([Act.INTERACT, Act.LOST_SIGHT], []),
        ([Act.INTERACT, Act.LOST_SIGHT, Act.LISTEN], [(3, False)]),
        ([Act.LISTEN, Act.ASKED_AGAIN], [(1, False)]),
        ([Act.ANSWERED, Act.ASKED_AGAIN, Act.ANSWERED], [(1, True), (3, True)]),
        ([Act.LISTEN, Act.INTERACT], []),
        ([Act.LISTEN, Act.ASKED_AGAIN, Act.LOST_SIGHT, Act.CLAIM], []),
        ([Act.ANSWERED, Act.ASKED_AGAIN, Act.LOST_SIGHT, Act.CLAIM], [(1, True)]),
    ],
    ids=[
        "nobody said anything",
        "no reply is owed",
        "somebody answered elsewhere",
        "a reply is owed",
        "a promise settles nothing, its answer does",
        "what is owed is not waved through",
        "a tag says nothing of what has its answer",
        "nor does putting it aside",
        "what the bot saw nobody said",
        "nor that others answered",
        "nor that it cannot tell",
        "whoever looked may say that no reply is owed",
        "who asks later opens nothing that was settled",
        "each answer is for whoever asked until then",
        "who was waved through is owed a reply as well once one is",
        "also where the bot could not tell",
        "who was told of an answer is not",
    ],
)
def test_the_team_settles_by_what_it_says(acts, stand):
    assert hours_of(settled(*acts).settlements) == stand


def test_who_was_told_of_an_answer_is_not_among_those_who_are_owed_one_after_all():
    after = settled(Act.LISTEN, Act.ANSWERED, Act.ASKED_AGAIN, Act.LOST_SIGHT, Act.CLAIM)

    assert hours_of(after.settlements) == [(2, True)]
    assert hours_of(after.owed_after_all) == [(1, False)]


def test_reacting_to_what_asks_nothing_settles_it_and_to_a_complaint_it_does_not():
    assert hours_of(settled(Act.REACT, ours=False).settlements) == [(1, False)]
    assert settled(Act.REACT).settlements == []


def test_each_settlement_is_for_what_was_noticed_until_then():
    twice = settled(Act.ANSWERED, Act.ASKED_AGAIN, Act.ANSWERED)

    noticed = [later(hours=hours) for hours in (0, 1, 2, 3, 4)]
    assert [twice.settled_at(at) for at in noticed] == [*noticed[1:2] * 2, *noticed[3:4] * 2, None]


@pytest.mark.parametrize(
    ("acts", "stand", "promised_after"),
    [
        ([Act.LISTEN, Act.UNDO], [], None),
        ([Act.LISTEN, Act.REACT, Act.UNDO], [(1, False)], None),
        ([Act.LISTEN, Act.NOT_US, Act.UNDO], [(1, False)], None),
        ([Act.ANSWERED, Act.UNDO], [(1, True)], None),
        ([Act.ANSWERED, Act.LISTEN, Act.UNDO], [(1, True)], None),
        ([Act.INTERACT, Act.NOT_US, Act.UNDO], [], 1),
        ([Act.INTERACT, Act.UNDO], [], None),
        ([Act.INTERACT, Act.LOST_SIGHT, Act.UNDO], [], None),
        ([Act.LISTEN, Act.INTERACT, Act.UNDO], [(1, False)], None),
        ([Act.LISTEN, Act.INTERACT, Act.LOST_SIGHT, Act.CLAIM, Act.HAND_BACK, Act.UNDO], [(1, False)], None),
        ([Act.LISTEN, Act.INTERACT, Act.UNDO, Act.UNDO], [], None),
        ([Act.LISTEN, Act.REACT, Act.INTERACT, Act.UNDO], [(1, False), (2, False)], None),
        ([Act.LISTEN, Act.INTERACT, Act.UNDO, Act.INTERACT, Act.UNDO], [(1, False)], None),
    ],
    ids=[
        "who was waved through waits again",
        "of two tags the latest is taken back",
        "taking back that it is not us takes back no tag",
        "an answer stays when its tag goes",
        "also when a later tag goes",
        "what is owed stays so",
        "what was owed because of a tag is no more",
        "also where the bot could not tell meanwhile",
        "who was waved through before is so again",
        "also after somebody had promised it",
        "until that is taken back as well",
        "by however many tags",
        "and once for each time",
    ],
)
def test_an_undo_takes_back_what_the_tag_said(acts, stand, promised_after):
    after = settled(*acts, ours=False)

    assert hours_of(after.settlements) == stand
    assert after.promised_at == (promised_after and later(hours=promised_after))


def test_a_promise_whose_owner_left_while_it_was_not_us_is_still_owed_when_that_is_taken_back():
    after = settled(Act.INTERACT, Act.CLAIM, Act.NOT_US, Act.UNDO, owner_is_gone=True)

    assert after.promised_at == later(hours=1)


# ---- somebody says that there is no answer -------------------------------------------------------------------------


def test_reopening_takes_back_what_somebody_had_told_and_all_that_was_heard_until_then():
    after = settled(Act.ANSWERED, Act.REOPEN)

    assert (after.settlements, after.promised_at) == ([], later(hours=2))
    [taken] = after.taken_back
    assert (taken.since, taken.until, taken.of_others) == (later(hours=1), later(hours=2), False)
    assert taken.heard_since < NOW - timedelta(days=9999)


def test_reopening_what_was_found_takes_back_what_was_written_since_and_nothing_for_when_it_was_heard():
    [taken] = settled(Act.INTERACT, Act.ANSWERED_THERE, Act.REOPEN).taken_back

    assert (taken.since, taken.heard_since) == (later(hours=2) - HALF_AN_HOUR, None)


def test_reopening_takes_back_only_what_was_said_since_they_asked_again():
    after = settled(Act.ANSWERED, Act.ASKED_AGAIN, Act.ANSWERED, Act.REOPEN)

    assert hours_of(after.settlements) == [(1, True)]
    assert [taken.heard_since for taken in after.taken_back] == [later(hours=2)]


def test_reopening_takes_that_back_as_well_where_a_tag_before_had_waved_somebody_through():
    waved_through_and_told = (Act.LISTEN, Act.ANSWERED, Act.ASKED_AGAIN, Act.LOST_SIGHT, Act.CLAIM)

    assert hours_of(settled(*waved_through_and_told, Act.ANSWERED).settlements) == [(2, True), (6, True)]
    assert hours_of(settled(*waved_through_and_told, Act.ANSWERED, Act.REOPEN).settlements) == [(2, True)]


def test_an_answer_of_others_that_is_taken_back_leaves_ours():
    [taken] = settled(Act.SOLVED_THERE, Act.REOPEN).taken_back

    assert taken.of_others
    assert taken.includes(written_at=taken.since, heard_at=taken.since)
    assert not taken.includes(written_at=taken.since, heard_at=taken.since, ours=True)


def test_a_reply_that_was_promised_before_stays_promised_since_then():
    assert settled(Act.INTERACT, Act.ANSWERED, Act.REOPEN).promised_at == later(hours=1)


SINCE, UNTIL, BEFORE, AFTER = later(hours=2), later(hours=4), later(hours=1), later(hours=5)


@pytest.mark.parametrize(
    ("written_at", "heard_at", "heard_since", "counts"),
    [
        (SINCE, AFTER, None, False),
        (UNTIL, AFTER, None, False),
        (AFTER, AFTER, None, True),
        (BEFORE, SINCE, None, True),
        (BEFORE, SINCE, SINCE, False),
        (BEFORE, UNTIL, SINCE, False),
        (BEFORE, BEFORE, SINCE, True),
        (BEFORE, AFTER, SINCE, True),
    ],
    ids=[
        "the answer itself",
        "what was written when it was taken back",
        "what was written later",
        "what was written before it, found by the bot",
        "and heard when somebody had told",
        "and heard when it was taken back",
        "heard before anybody asked again",
        "heard after it was taken back",
    ],
)
@pytest.mark.parametrize("ours", [True, False])
def test_what_stood_there_when_somebody_said_that_it_is_no_answer_is_none(
    written_at, heard_at, heard_since, counts, ours
):
    taken = TakenBack(since=SINCE, until=UNTIL, heard_since=heard_since)

    assert taken.includes(written_at=written_at, heard_at=heard_at, ours=ours) is (not counts)


def test_one_of_several_that_were_taken_back_is_enough():
    twice = settled(Act.ANSWERED_THERE, Act.REOPEN, Act.ANSWERED_THERE, Act.REOPEN)

    first, between, second = (later(hours=hours) for hours in (1, 2.25, 3))
    heard_at = later(hours=9)
    assert twice.is_taken_back(written_at=first, heard_at=heard_at, ours=True) is True
    assert twice.is_taken_back(written_at=second, heard_at=heard_at, ours=True) is True
    assert twice.is_taken_back(written_at=between, heard_at=heard_at, ours=True) is False


def test_of_ours_nothing_was_said_where_an_answer_of_others_was_taken_back():
    after = settled(Act.SOLVED_THERE, Act.REOPEN)

    assert after.is_taken_back(written_at=later(hours=1), heard_at=later(hours=1), ours=False)
    assert not after.is_taken_back(written_at=later(hours=1), heard_at=later(hours=1), ours=True)


# ---- a reply that is owed though nobody asks -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("acts", "asked_after", "beside"),
    [
        ([Act.LISTEN], [], False),
        ([Act.INTERACT], [], True),
        ([Act.INTERACT], [0], False),
        ([Act.INTERACT], [1], False),
        ([Act.INTERACT], [2], True),
        ([Act.INTERACT, Act.ANSWERED], [0], False),
        ([Act.ANSWERED, Act.ASKED_AGAIN, Act.LOST_SIGHT, Act.CLAIM], [0], True),
        ([Act.ANSWERED, Act.ASKED_AGAIN, Act.LOST_SIGHT, Act.CLAIM], [0, 2], False),
    ],
    ids=[
        "nothing was promised",
        "nobody asked",
        "they asked before",
        "they asked just then",
        "they asked later",
        "what was promised was their answer",
        "they had their answer before",
        "one of two had",
    ],
)
def test_a_reply_is_promised_beside_those_who_asked_where_none_of_them_waited(acts, asked_after, beside):
    asked_at = [later(hours=hours) for hours in asked_after]

    assert settled(*acts).is_promised_beside(asked_at) is beside
