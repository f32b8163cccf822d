"""What an answer that stands at the source does to a conversation."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, a_conversation, a_sighting, answered, claimed, later, owed, snoozed

from engagement.conversations.conversation import Reply, ReplyState
from engagement.turns.answering import answered_at_source, by_us, went_on
from engagement.turns.said import Said
from engagement.turns.whose_turn import Turns
from engagement.understanding.reading import Pillar, Tag


def said(hours, **facts):
    return Said(keys=(f"post of {hours}",), parent_key="hn:1", at=later(hours=hours), **facts)


ASK = said(0, author="ann", asks=True)
OURS = said(2, by="UFINN", url="https://x.example/2", heard_at=later(hours=3))
THEIRS = said(2, author="bob", url="https://x.example/bob")


def turns(*, waiting=(), answered_by=(), solved=()):
    """Turns in which `answered_by` are pairs of who asked and our answer, `solved` pairs with somebody else's."""
    return Turns(waiting=tuple(waiting), answered=tuple(answered_by), solved=tuple(solved), opened_by_us=None)


def told(at, **facts):
    """An answer that somebody told us of, without evidence."""
    return answered(answered_by="UFINN", answered_at=at, **facts)


def seen(at, **facts):
    return told(at, answer_seen=True, **facts)


def test_what_a_teammate_wrote_was_started_by_us_whatever_it_sounds_like():
    sighting = a_sighting()

    assert by_us(sighting) == replace(sighting, reading=replace(sighting.reading, pillar=Pillar.PROVIDER_INITIATED))


@pytest.mark.parametrize("reply", [Reply(), owed(), claimed(claimed_by="USAM")], ids=["undecided", "owed", "promised"])
def test_an_answer_says_who_wrote_it_when_and_where(reply):
    before = a_conversation(reply=reply, snooze=snoozed(), tag=Tag.REACT, version=4)

    after = answered_at_source(before, turns(answered_by=[(ASK, OURS)]))

    evidence = {"answered_by": "UFINN", "answered_at": OURS.at, "answer_url": OURS.url, "answer_seen": True}
    assert after.reply == replace(reply, state=ReplyState.ANSWERED, **evidence)
    assert (after.snooze, after.tag, after.version) == (None, Tag.REACT, 5)


def test_answering_what_nobody_decided_on_was_the_decision_to_interact():
    after = answered_at_source(a_conversation(), turns(answered_by=[(ASK, OURS)]))

    assert (after.tag, after.tagged_by, after.tagged_at) == (Tag.INTERACT, "UFINN", OURS.at)


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ({}, turns()),
        ({}, turns(waiting=[ASK], answered_by=[(ASK, OURS)])),
        ({"dismissed_by": "U1"}, turns(answered_by=[(ASK, OURS)])),
        ({"unsure": True}, turns(answered_by=[(ASK, OURS)])),
        ({"reply": seen(OURS.at)}, turns(answered_by=[(ASK, OURS)])),
        ({"reply": seen(OURS.at)}, turns(answered_by=[(ASK, OURS), (said(3, author="bob"), said(4, by="USAM"))])),
    ],
    ids=[
        "no answer",
        "somebody waits",
        "not us",
        "nobody knows whether it is us",
        "it is known",
        "one of two is known",
    ],
)
def test_nothing_changes(facts, stands):
    assert answered_at_source(a_conversation(**facts), stands) is None


# ---- others answered -----------------------------------------------------------------------------------------------


def test_an_answer_of_somebody_else_names_them_and_decides_nothing():
    before = a_conversation(reply=claimed(claimed_by="USAM"), snooze=snoozed())

    after = answered_at_source(before, turns(solved=[(ASK, THEIRS)]))

    assert (after.reply.state, after.reply.helper) == (ReplyState.ANSWERED_BY_OTHERS, "bob")
    assert (after.reply.answered_at, after.reply.answer_url) == (THEIRS.at, THEIRS.url)
    assert (after.reply.answered_by, after.reply.answer_seen) == ("", True)
    assert (after.reply.claimed_by, after.tag, after.snooze, after.version) == ("USAM", None, None, 2)
    assert answered_at_source(after, turns(solved=[(ASK, THEIRS)])) is None


def test_where_somebody_else_had_the_last_word_the_answer_is_theirs_and_not_ours():
    after = answered_at_source(a_conversation(reply=told(NOW)), turns(solved=[(ASK, THEIRS)]))

    assert (after.reply.answered_by, after.reply.helper) == ("", "bob")


def test_where_the_last_answer_is_ours_nobody_is_named_who_helped_before():
    helped = answered_at_source(a_conversation(), turns(solved=[(ASK, THEIRS)]))
    last = replace(OURS, at=later(hours=5))

    after = answered_at_source(helped, turns(answered_by=[(ASK, last)], solved=[(ASK, THEIRS)]))

    assert (after.reply.state, after.reply.answered_by, after.reply.helper) == (ReplyState.ANSWERED, "UFINN", "")


# ---- which answer stands -------------------------------------------------------------------------------------------


def test_an_answer_that_stands_there_no_more_gives_way_to_the_last_one_that_does():
    other = said(4, by="USAM", url="https://x.example/4")

    after = answered_at_source(
        a_conversation(reply=seen(later(hours=1))), turns(answered_by=[(ASK, OURS), (ASK, other)])
    )

    assert (after.reply.answered_by, after.reply.answered_at) == ("USAM", other.at)


@pytest.mark.parametrize("other", [{"by": "USAM"}, {"at": later(hours=1)}], ids=["by another", "at another time"])
def test_an_answer_is_known_by_who_wrote_it_and_when(other):
    reply = seen(OURS.at)

    assert answered_at_source(a_conversation(reply=reply), turns(answered_by=[(ASK, replace(OURS, **other))]))


TOLD_AT = later(hours=2, minutes=5)
TOLD_OF = replace(ASK, settled_at=TOLD_AT, told=True)


@pytest.mark.parametrize(
    ("reply", "asked", "answer", "is_proof"),
    [
        ({}, {}, {}, True),
        ({"answer_url": OURS.url}, {}, {}, True),
        ({"answer_url": "https://elsewhere.example/1"}, {}, {}, False),
        ({}, {}, {"by": "USAM"}, False),
        ({}, {}, {"heard_at": TOLD_AT - timedelta(minutes=1)}, False),
        ({}, {}, {"heard_at": TOLD_AT}, False),
        ({}, {}, {"heard_at": None}, True),
        ({}, {"settled_at": later(hours=9)}, {}, False),
    ],
    ids=[
        "the answer they told of",
        "with the link they gave",
        "another link",
        "somebody else's",
        "one that we knew by then",
        "one that came just then",
        "nobody knows when we heard of it",
        "to what was settled otherwise",
    ],
)
def test_what_somebody_told_of_gets_its_evidence(reply, asked, answer, is_proof):
    before = a_conversation(reply=told(TOLD_AT, **reply))
    found = (replace(TOLD_OF, **asked), replace(OURS, **answer))

    after = answered_at_source(before, turns(answered_by=[found]))

    assert (after is not None) is is_proof
    if after:
        assert (after.reply.answered_at, after.reply.answer_url, after.reply.answer_seen) == (OURS.at, OURS.url, True)


def test_of_several_proofs_the_last_one_counts():
    later_one = replace(OURS, at=later(hours=2, minutes=4), url="https://x.example/3")

    after = answered_at_source(
        a_conversation(reply=told(TOLD_AT)), turns(answered_by=[(TOLD_OF, OURS), (TOLD_OF, later_one)])
    )

    assert after.reply.answer_url == later_one.url


# ---- somebody asked on ---------------------------------------------------------------------------------------------

SINCE = later(hours=3)
EARLIER, AFTER = said(0, author="ann", asks=True), said(4, author="ann", asks=True)
ANSWER = said(5, by="UFINN")
ASKED_ON = said(1, author="ann", asks_on=True)


@pytest.mark.parametrize(
    ("reply", "stands", "goes_on"),
    [
        (seen(SINCE), turns(answered_by=[(EARLIER, OURS)]), False),
        (seen(SINCE), turns(answered_by=[(AFTER, ANSWER)]), True),
        (seen(SINCE), turns(waiting=[AFTER], answered_by=[(AFTER, ANSWER)]), False),
        (owed(), turns(answered_by=[(AFTER, ANSWER)]), False),
        (seen(SINCE), turns(solved=[(AFTER, replace(ANSWER, by="", author="bob"))]), True),
        (seen(SINCE), turns(solved=[(replace(AFTER, settled_at=later(hours=9)), THEIRS)]), False),
        (seen(SINCE), turns(answered_by=[(replace(AFTER, told=True), ANSWER)]), False),
        (seen(SINCE), turns(answered_by=[(replace(AFTER, settled_at=later(hours=9)), ANSWER)]), True),
        (seen(SINCE), turns(answered_by=[(ASKED_ON, ANSWER)]), True),
        (seen(SINCE), turns(answered_by=[(ASKED_ON, OURS)]), False),
        (told(SINCE), turns(answered_by=[(EARLIER, OURS)]), True),
        (told(SINCE), turns(answered_by=[(replace(EARLIER, settled_at=SINCE), OURS)]), False),
        (seen(SINCE), turns(answered_by=[(said(3, author="ann", asks=True), ANSWER)]), False),
        (
            seen(SINCE, state=ReplyState.ANSWERED_BY_OTHERS),
            turns(answered_by=[(replace(AFTER, settled_at=later(hours=9)), ANSWER)]),
            True,
        ),
    ],
    ids=[
        "what it was the answer to",
        "they asked later, and were answered",
        "they still wait",
        "nothing was answered yet",
        "they asked later, and others helped",
        "what others said of what the team had settled",
        "what somebody told of as answered",
        "who took their words away was answered all the same",
        "they asked on before it, and were answered after it",
        "they asked on, and that was the answer",
        "somebody had told of another answer",
        "somebody had told of this one",
        "they asked just then",
        "others had answered",
    ],
)
def test_who_asked_on_and_has_an_answer_to_that_as_well_went_on(reply, stands, goes_on):
    assert went_on(reply, stands) is goes_on
