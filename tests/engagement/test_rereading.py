"""Which mentions wait after they were read anew, and what is counted."""

import pytest
from builders import a_conversation, a_reading

from engagement.understanding.reading import Kind, Mood, Tag
from engagement.understanding.rereading import Reread, shows_otherwise, waits_after_all, what_differs

ASKS, TELLS = a_reading(Kind.QUESTION), a_reading(Kind.OTHER)


@pytest.mark.parametrize(
    ("decided", "before", "after", "waited", "waits"),
    [
        ({}, TELLS, ASKS, False, True),
        ({}, ASKS, TELLS, True, False),
        ({}, ASKS, ASKS, False, False),
        ({"tag": Tag.LISTEN}, TELLS, ASKS, False, False),
        ({"tag": Tag.REACT}, ASKS, TELLS, True, True),
        ({"dismissed_by": "U1"}, TELLS, ASKS, False, False),
        ({"mute_id": 3}, TELLS, ASKS, False, False),
    ],
    ids=[
        "it asks after all",
        "it asks no more",
        "what was silenced stays so",
        "nobody is asked again about what was only heard",
        "a reply that was owed stays owed",
        "not us",
        "muted",
    ],
)
def test_a_new_reading_has_somebody_wait_only_where_nobody_has_decided(decided, before, after, waited, waits):
    assert waits_after_all(a_conversation(**decided), before, after, waits=waited) is waits


def test_what_differs_is_counted_by_label_and_a_card_only_where_it_is_undecided():
    after = a_reading(Kind.WISH, mood=Mood.GOOD, suggested=Tag.REACT)

    assert what_differs(ASKS, after, on_a_card=True) == Reread(count=1, suggestions=1, moods=1, kinds=1, cards=1)
    assert what_differs(ASKS, after, on_a_card=False).cards == 0
    assert what_differs(ASKS, a_reading(rules_version=9), on_a_card=True) == Reread(count=1)


def test_other_words_for_the_same_mood_are_another_card():
    assert shows_otherwise(a_reading(mood=Mood.GOOD, mood_words=("great",)), a_reading(mood=Mood.GOOD))


def test_what_came_of_several_batches_is_counted_together():
    first = Reread(count=5, suggestions=4, moods=3, kinds=2, cards=1, left=6)

    assert first + Reread(count=1, left=1) == Reread(count=6, suggestions=4, moods=3, kinds=2, cards=1, left=7)
    assert first + first == Reread(count=10, suggestions=8, moods=6, kinds=4, cards=2, left=12)
