"""What is due where nobody can see replies from here."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, a_conversation

from engagement.conversations.conversation import Reply, ReplyState
from engagement.turns.unseen import lost_sight

DUE = Reply(state=ReplyState.OWED, due_at=NOW)


def test_what_is_due_where_replies_cannot_be_seen_nobody_can_tell():
    conversation = a_conversation(reply=DUE, unseen=True)

    after = lost_sight(conversation, at=NOW)

    assert after is not None
    assert after.reply == replace(DUE, state=ReplyState.CANNOT_TELL)
    assert after.version == conversation.version + 1


@pytest.mark.parametrize(
    "facts",
    [
        {"unseen": False},
        {"reply": replace(DUE, due_at=NOW + timedelta(seconds=1))},
        {"reply": replace(DUE, due_at=None)},
        {"reply": replace(DUE, state=ReplyState.CLAIMED, claimed_by="U1")},
        {"reply": Reply(state=ReplyState.ANSWERED)},
        {"dismissed_by": "U1"},
        {"mute_id": 1},
    ],
    ids=["seen there", "not due yet", "never due", "promised", "answered", "not us", "muted"],
)
def test_all_else_stays_as_it_is(facts):
    assert lost_sight(a_conversation(**({"reply": DUE, "unseen": True} | facts)), at=NOW) is None
