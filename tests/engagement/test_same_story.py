"""Which copies of a story go into the thread of its first card, and which keep their own."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, a_conversation, a_post, a_reading, answered, circumstances, claimed, owed, snoozed
from hypothesis import given
from hypothesis import strategies as st

from engagement.conversations.decide import decide
from engagement.conversations.press import Act, Press
from engagement.conversations.standing import is_open, is_reacted, waits_for_us
from engagement.conversations.stories import (
    Alike,
    Beside,
    Sameness,
    goes_into_thread,
    may_be_put_together,
    takes_copies,
    tells_a_story,
)
from engagement.understanding.reading import Kind, Pillar, Tag

SURE = Alike(sameness=Sameness.SAME, likeness=1.0)
VERBATIM = replace(SURE, beside=Beside.THE_SAME)
PERHAPS = Alike(sameness=Sameness.PERHAPS, likeness=0.8)
UNREAD = replace(SURE, beside=Beside.UNREAD)
OWN_WORDS = replace(SURE, beside=Beside.ITS_OWN)


@pytest.mark.parametrize(
    ("alike", "kind", "pillar", "asks", "goes"),
    [
        (SURE, Kind.NEWS, Pillar.ASSOCIATION, False, True),
        (UNREAD, Kind.OTHER, Pillar.ASSOCIATION, False, False),
        (UNREAD, Kind.NEWS, Pillar.ASSOCIATION, False, True),
        (VERBATIM, Kind.PRAISE, Pillar.USER_INITIATED, False, True),
        (SURE, Kind.PRAISE, Pillar.USER_INITIATED, False, False),
        (VERBATIM, Kind.QUESTION, Pillar.USER_INITIATED, True, False),
        (OWN_WORDS, Kind.PRAISE, Pillar.USER_INITIATED, False, False),
        (OWN_WORDS, Kind.NEWS, Pillar.USER_INITIATED, False, True),
        (OWN_WORDS, Kind.OTHER, Pillar.ASSOCIATION, False, True),
        (PERHAPS, Kind.NEWS, Pillar.ASSOCIATION, False, False),
    ],
    ids=[
        "news",
        "unread",
        "news in any language",
        "the same words",
        "few words of praise",
        "a question",
        "words of their own",
        "a summary",
        "a link",
        "perhaps",
    ],
)
def test_only_a_copy_that_asks_nothing_and_says_nothing_of_its_own_has_no_card(alike, kind, pillar, asks, goes):
    assert goes_into_thread(alike, a_reading(kind, pillar=pillar), asks=asks) is goes


@given(
    alike=st.builds(
        Alike,
        sameness=st.sampled_from(Sameness),
        likeness=st.floats(0, 1),
        beside=st.sampled_from(Beside),
    ),
    kind=st.sampled_from(Kind),
    pillar=st.sampled_from(Pillar),
)
def test_whoever_asks_is_never_put_into_a_thread(alike, kind, pillar):
    assert not goes_into_thread(alike, a_reading(kind, pillar=pillar), asks=True)


@pytest.mark.parametrize(
    ("post", "tells"),
    [
        (a_post(), True),
        (a_post(title="", text="A few words"), True),
        (a_post(title="A headline", text=""), True),
        (a_post(parent_key="above"), False),
        (a_post(url=""), False),
        (a_post(title=" ", text=""), False),
    ],
    ids=["opens a thread", "no title", "no text", "an answer in a thread", "a talk in person", "no words"],
)
def test_what_opens_a_thread_tells_a_story(post, tells):
    assert tells_a_story(post) is tells


@pytest.mark.parametrize(
    ("facts", "age", "takes"),
    [
        ({}, timedelta(days=7), True),
        ({}, timedelta(days=7, seconds=1), False),
        ({"tag": Tag.LISTEN}, timedelta(), True),
        ({"reply": answered()}, timedelta(), True),
        ({"dismissed_by": "U1"}, timedelta(), False),
        ({"mute_id": 1}, timedelta(), False),
        ({"unsure": True}, timedelta(), False),
    ],
    ids=["a week old", "older", "decided on", "answered", "not us", "muted", "unsure"],
)
def test_copies_go_where_the_card_is_ours_heard_and_new(facts, age, takes):
    assert takes_copies(a_conversation(**facts), opened_at=NOW - age, at=NOW) is takes


@pytest.mark.parametrize(
    ("facts", "ours", "may"),
    [
        ({}, False, True),
        ({}, True, False),
        ({"alike_to": 0}, False, False),
        ({"told_in": 2}, False, False),
        ({"unsure": True}, False, False),
        ({"tag": Tag.LISTEN}, False, False),
        ({"dismissed_by": "U1"}, False, False),
        ({"mute_id": 1}, False, False),
        ({"snooze": snoozed()}, False, False),
        ({"reply": owed()}, False, False),
        ({"reply": claimed()}, False, False),
        ({"reply": answered()}, False, False),
    ],
)
def test_only_what_nobody_waits_in_and_nobody_decided_on_may_be_put_together(facts, ours, may):
    assert may_be_put_together(a_conversation(**({"alike_to": 2} | facts)), ours_to_answer=ours) is may


def press(conversation, act, *, by="U1", into=0, ours=False):
    pressed = Press(act=act, conversation_id=conversation.id, by=by, drawn=conversation.version, into=into)
    return decide(conversation, pressed, circumstances(NOW, ours=ours))


def test_put_together_it_is_decided_on_the_other_card_until_somebody_takes_it_out():
    alone = a_conversation(alike_to=2)

    together = press(alone, Act.TOGETHER, into=2)
    assert (together.told_in, together.placed_by, together.version) == (2, "U1", 2)
    assert not is_open(together, ours_to_answer=False)
    assert not is_reacted(replace(together, tag=Tag.REACT))

    apart = press(together, Act.APART, by="U2")
    assert (apart.told_in, apart.apart_from, apart.placed_by) == (0, 2, "U2")
    assert is_open(apart, ours_to_answer=False)

    again = press(apart, Act.TOGETHER, into=2)
    assert (again.told_in, again.apart_from, again.placed_by) == (2, 0, "U1")


def test_what_may_be_the_same_is_waved_away_with_one_press_and_fetched_back_with_another():
    perhaps = a_conversation(alike_to=2)

    apart = press(perhaps, Act.APART)
    assert (apart.told_in, apart.apart_from, apart.placed_by, apart.version) == (0, 2, "U1", 2)
    assert press(apart, Act.APART) is None

    again = press(apart, Act.PERHAPS, by="U2")
    assert again == replace(perhaps, version=3)
    assert press(again, Act.PERHAPS) is None


def test_taken_out_by_the_bot_nobody_has_said_that_it_is_another_story():
    assert press(a_conversation(alike_to=2, told_in=2), Act.APART, by="").apart_from == 0


def test_what_is_told_in_a_thread_is_taken_out_also_where_nobody_knows_what_it_is_like():
    """As a row may look that an older version wrote."""
    assert press(a_conversation(told_in=2), Act.APART).told_in == 0


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.APART])
def test_in_the_thread_of_another_card_nothing_else_can_be_done_to_it(act):
    assert press(a_conversation(alike_to=2, told_in=2), act, into=3) is None


def test_there_is_nothing_to_take_out_and_nowhere_to_put_it():
    assert press(a_conversation(), Act.APART) is None
    assert press(a_conversation(alike_to=2, unsure=True), Act.APART) is None
    assert press(a_conversation(alike_to=2), Act.TOGETHER) is None
    assert press(a_conversation(alike_to=2), Act.TOGETHER, into=2, ours=True) is None


def test_a_reply_that_is_owed_is_in_sight_wherever_it_stands():
    told = a_conversation(told_in=2, reply=owed())

    assert waits_for_us(told, ours_to_answer=False)
    assert is_open(told, ours_to_answer=False)
