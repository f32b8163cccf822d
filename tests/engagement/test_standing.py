"""What is open: something is left to do in it; and what of it may be counted for an improvement."""

import pytest
from builders import a_conversation, answered, claimed, owed, snoozed

from engagement.conversations.conversation import Reply, ReplyState
from engagement.conversations.standing import is_open, may_be_counted
from engagement.understanding.reading import Tag

CANNOT_TELL = Reply(state=ReplyState.CANNOT_TELL)


@pytest.mark.parametrize(
    ("facts", "ours", "open_"),
    [
        ({}, False, True),
        ({"tag": Tag.LISTEN}, True, False),
        ({"tag": Tag.LISTEN, "reply": owed()}, False, True),
        ({"tag": Tag.REACT, "reply": claimed()}, False, True),
        ({"tag": Tag.INTERACT, "reply": answered()}, True, False),
        ({"tag": Tag.INTERACT, "reply": CANNOT_TELL}, False, True),
        ({"tag": Tag.LISTEN, "snooze": snoozed()}, False, True),
    ],
    ids=[
        "nobody has decided",
        "nothing is left",
        "a reply is owed",
        "a reply is promised",
        "it is answered",
        "somebody has to look",
        "it is put aside for a while",
    ],
)
def test_a_conversation_is_open_while_something_is_left_to_do(facts, ours, open_):
    assert is_open(a_conversation(**facts), ours_to_answer=ours) is open_


@pytest.mark.parametrize("taken_out", [{"dismissed_by": "U1"}, {"mute_id": 3}, {"unsure": True}])
@pytest.mark.parametrize("left", [{}, {"reply": owed()}, {"reply": CANNOT_TELL}, {"snooze": snoozed()}])
def test_what_is_taken_out_is_not_open_whatever_is_left_in_it(taken_out, left):
    assert not is_open(a_conversation(**taken_out, **left), ours_to_answer=True)


@pytest.mark.parametrize(
    ("facts", "may"),
    [({}, True), ({"dismissed_by": "U1"}, False), ({"mute_id": 3}, False), ({"unsure": True}, False)],
    ids=["ours to hear", "not us", "muted", "unsure"],
)
def test_what_is_ours_to_hear_may_be_counted_for_what_its_theme_led_to(facts, may):
    assert may_be_counted(a_conversation(**facts)) is may
    assert not may_be_counted(a_conversation(**facts, improvement_id=5))
