"""Communities of a week, and who was heard most in them."""

from builders import NOW, later

from engagement.communities import REACH_LISTED, Reach, busiest_first, furthest_first
from engagement.conversation import ReplyState
from engagement.voices import Person
from engagement.week import Needed


def reach(author, community="Lobsters", *, mentions=1, likes=0):
    return Reach(person=Person(community, author), mentions=mentions, likes=likes)


def test_nobody_is_ranked_across_communities():
    people = furthest_first([reach("a", "GitHub", likes=1), reach("b", likes=900), reach("c", "GitHub", likes=2)])

    assert {name: [each.person.author for each in listed] for name, listed in people.items()} == {
        "GitHub": ["c", "a"],
        "Lobsters": ["b"],
    }


def test_only_the_first_few_of_a_community_are_listed():
    people = furthest_first([reach(str(number), likes=number) for number in range(1, 9)])

    assert [each.likes for each in people["Lobsters"]] == [8, 7, 6][:REACH_LISTED]


def test_who_was_liked_by_nobody_and_mentioned_us_once_reached_nobody():
    assert furthest_first([reach("a"), reach("b", likes=-4)]) == {}
    assert furthest_first([reach("c", mentions=2)])


def test_posts_without_a_community_are_of_none():
    asked = Needed(state=ReplyState.ANSWERED, asked_at=NOW, answered_at=later(hours=1))

    assert busiest_first({"": 4}, {}, [asked], []) == []
