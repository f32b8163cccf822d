"""The list that asks about what is unsure: what of it is left to decide."""

import pytest
from builders import NOW, a_conversation, a_post, a_reading

from engagement.conversations.conversation import Mention
from engagement.post import StoredPost
from engagement.understanding.unsure import Doubt, DoubtList


def a_doubt(**facts):
    opening = Mention(id=1, conversation_id=1, stored=StoredPost(id=1, post=a_post(), seen_at=NOW), reading=a_reading())
    return Doubt(conversation=a_conversation(**facts), opening=opening, names=("tide",))


@pytest.mark.parametrize(
    ("facts", "is_open"),
    [
        ({"unsure": True}, True),
        ({"unsure": True, "dismissed_by": "U1"}, False),
        ({}, False),
        ({"dismissed_by": "U1"}, False),
    ],
    ids=["nobody said anything", "not us", "us", "us, and later not"],
)
def test_a_row_is_open_until_somebody_decides(facts, is_open):
    assert a_doubt(**facts).is_open is is_open


def test_what_is_left_counts_what_waits_behind_the_message_too():
    rows = (a_doubt(unsure=True), a_doubt(unsure=True), a_doubt())

    asked = DoubtList(id=1, workspace_id="T1", channel="C1", page=0, created_at=NOW, doubts=rows, more=12)

    assert asked.left == 14
