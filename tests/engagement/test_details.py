"""The lists in the thread of the digest."""

from dataclasses import replace

import pytest
from builders import NOW, later

from engagement.conversations.conversation import Reply
from engagement.digest.communities import CommunityWeek, Reach
from engagement.digest.details import Answered, Details, Part, spread_of
from engagement.digest.voices import Person
from engagement.digest.week import Noise, noisiest_first
from engagement.home import Queued
from engagement.listening.places import Hearing, Sick
from engagement.listing import Waiting
from engagement.understanding.reading import Kind

HOUR = 3600
HEARD = (Reach(person=Person("Lobsters", "pat"), mentions=2, likes=7, url="https://x.example"),)


def answered(*, after):
    return Answered(title="t", url="", community="c", asked_at=NOW, answered_at=later(seconds=after))


@pytest.mark.parametrize(("after", "seconds"), [(90, 90), (-90, 0), (0, 0)])
def test_nobody_waits_less_than_nothing(after, seconds):
    assert answered(after=after).seconds == seconds


def test_each_wait_is_counted_in_one_span():
    waits = [0, 60, HOUR - 1, HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR, 48 * HOUR, 168 * HOUR, 10**9]

    assert [count for _, count in spread_of(waits)] == [3, 1, 1, 1, 1, 1, 2]
    assert [name for name, _ in spread_of([])] == [
        "< 1 h",
        "1\u20134 h",
        "4\u20138 h",
        "8\u201324 h",
        "1\u20132 d",
        "2\u20137 d",
        "> 7 d",
    ]


def test_only_what_has_something_to_say_is_a_part():
    nothing = Details(as_of=NOW, hearing=Hearing(places=1, heard=1))
    noisy = Details(as_of=NOW, hearing=Hearing(places=1, heard=1), noise=(Noise(term="tide", hits=2, not_us=1),))
    thanked = Details(as_of=NOW, hearing=Hearing(places=1, heard=1), by_others=(answered(after=1),))

    waiting = Waiting(
        conversation_id=1,
        version=1,
        title="Lovely",
        url="",
        community="c",
        author="a",
        kind=Kind.PRAISE,
        since=NOW,
        pressing_since=NOW,
        reply=Reply(),
        tag=None,
    )
    praised = replace(nothing, praise=(Queued(line=waiting, sorted_by=NOW, channel="C1"),))
    ill = replace(
        nothing, hearing=Hearing(places=1, heard=0, sick=(Sick(name="p", reason="", since=None, next_try_at=None),))
    )

    assert (praised.parts, ill.parts) == ((Part.THANKS,), (Part.PLACES,))
    assert (nothing.parts, noisy.parts, thanked.parts) == ((), (Part.PLACES,), (Part.THANKS,))


@pytest.mark.parametrize(
    ("communities", "says"),
    [
        ([], False),
        ([CommunityWeek(name="Lobsters")], False),
        ([CommunityWeek(name="Lobsters", heard_most=HEARD)], True),
        ([CommunityWeek(name="Lobsters"), CommunityWeek(name="r/selfhosted")], True),
    ],
    ids=["none", "one is no comparison", "one, and who was heard most there", "two"],
)
def test_communities_are_compared_where_there_is_something_to_compare(communities, says):
    details = Details(as_of=NOW, hearing=Hearing(places=1, heard=1), communities=tuple(communities))

    assert (Part.COMMUNITIES in details.parts) is says


def test_the_noisiest_come_first_and_of_equals_the_rarer():
    terms = [("a", 9, 1), ("b", 3, 2), ("c", 9, 0), ("d", 9, 2)]

    found = noisiest_first(Noise(term=term, hits=hits, not_us=not_us) for term, hits, not_us in terms)

    assert [each.term for each in found] == ["b", "d", "a"]
