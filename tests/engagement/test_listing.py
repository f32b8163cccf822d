"""What lists say of their rows: a row of the digest days after it was listed, looks at threads, what a search found."""

import pytest
from builders import NOW, a_conversation, a_line, a_post, a_reading, answered, claimed, later, owed, snoozed

from engagement.conversations.conversation import Mention
from engagement.digest.week import Week
from engagement.listening.places import Hearing
from engagement.listing import Check, Digest, Found
from engagement.post import StoredPost
from engagement.understanding.reading import Tag


def a_digest_with(*checks):
    return Digest(
        workspace_id="T1",
        watches=("Tidewiki",),
        starts_at=later(days=-7),
        ends_at=NOW,
        checked_at=NOW,
        next_at=later(days=7),
        zone="Europe/Berlin",
        waiting=(),
        more_waiting=0,
        oldest_more=None,
        week=Week(),
        week_before=Week(),
        hearing=Hearing(places=1, heard=1),
        checks=checks,
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, True),
        ({"reply": owed(), "tag": Tag.INTERACT}, True),
        ({"reply": claimed(), "tag": Tag.INTERACT}, True),
        ({"reply": answered(), "tag": Tag.INTERACT}, False),
        ({"tag": Tag.LISTEN}, False),
        ({"dismissed_by": "U1"}, False),
        ({"ours_to_answer": False}, False),
        ({"ours_to_answer": False, "reply": owed(), "tag": Tag.INTERACT}, True),
    ],
    ids=["nobody decided", "owed", "promised", "answered", "listened", "not us", "praise", "praise we want to thank"],
)
def test_a_row_waits_until_somebody_answers_or_settles_it(facts, expected):
    assert a_line(**facts).still_waits is expected


@pytest.mark.parametrize(
    ("facts", "is_set_aside"),
    [
        ({}, False),
        ({"is_muted": True}, True),
        ({"snooze": snoozed()}, True),
        ({"snooze": snoozed(back_at=NOW)}, False),
    ],
    ids=["nobody did", "muted", "snoozed", "back again"],
)
def test_a_row_is_set_aside_while_it_is_snoozed_or_muted(facts, is_set_aside):
    assert a_line(**facts).is_set_aside is is_set_aside


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({}, True),
        ({"tag": Tag.INTERACT}, False),
        ({"improvement_id": 1}, False),
        ({"dismissed_by": "U1"}, False),
        ({"is_muted": True}, False),
    ],
    ids=["reacted", "interacted", "counted", "not us", "muted"],
)
def test_what_was_reacted_to_lacks_an_improvement_until_it_is_counted_for_one(facts, lacks):
    assert a_line(**({"tag": Tag.REACT} | facts)).lacks_improvement is lacks


def test_a_digest_was_checked_at_the_source_when_the_first_thread_was_looked_at():
    looks = (Check(conversation_id=1, looked_at=later(minutes=2)), Check(conversation_id=2, looked_at=NOW))
    none = Check(conversation_id=3, reason="no answer")

    assert a_digest_with(none, *looks).checked_at_source == NOW
    assert a_digest_with(none).checked_at_source is None


def test_each_row_has_the_look_at_its_own_thread():
    looks = tuple(Check(conversation_id=number, looked_at=NOW) for number in (1, 2))

    assert a_digest_with(*looks).check_of(a_line(2)) == looks[1]
    assert a_digest_with(*looks).check_of(a_line(3)) is None


@pytest.mark.parametrize(("stands_on", "is_copy"), [(2, False), (1, True)])
def test_what_was_found_is_a_copy_on_the_card_of_another_conversation(stands_on, is_copy):
    mention = Mention(id=3, conversation_id=2, stored=StoredPost(id=7, post=a_post(), seen_at=NOW), reading=a_reading())
    found = Found(mention=mention, conversation=a_conversation(id=stands_on))

    assert (found.is_copy, found.post_id) == (is_copy, 7)
