"""A row of the digest, days after it was listed."""

import pytest
from builders import NOW, answered, claimed, owed

from engagement.conversations.conversation import Reply
from engagement.listing import Waiting
from engagement.understanding.reading import Kind, Tag


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
    given = {"reply": Reply(), "tag": None} | facts
    row = Waiting(
        conversation_id=1,
        version=1,
        title="Does Tidewiki export?",
        url="https://forum.example/1",
        community="forum.example",
        author="pat",
        kind=Kind.QUESTION,
        since=NOW,
        pressing_since=NOW,
        **given,
    )

    assert row.still_waits is expected
