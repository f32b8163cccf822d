"""Communities of a week, and who was heard most in them."""

from builders import NOW, later

from engagement.conversations.conversation import ReplyState
from engagement.digest.communities import REACH_LISTED, Reach, busiest_first, furthest_first
from engagement.digest.voices import Person
from engagement.digest.week import Needed


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


def test_the_busiest_comes_first_then_the_one_that_was_busier_and_each_has_its_own_answers():
    def answered(community, hours):
        return Needed(state=ReplyState.ANSWERED, asked_at=NOW, answered_at=later(hours=hours), community=community)

    weeks = busiest_first(
        {"b": 2, "a": 2, "c": 1},
        {"a": 1, "b": 4, "d": 9, "e": 9},
        [answered("a", 1), answered("b", 2)],
        [answered("a", 3)],
    )

    assert [(each.name, each.mentions, each.mentions_before) for each in weeks] == [
        ("b", 2, 4),
        ("a", 2, 1),
        ("c", 1, 0),
        ("d", 0, 9),
        ("e", 0, 9),
    ]
    assert [each.first_reply.half_within_seconds for each in weeks[:3]] == [7_200, 3_600, None]
    assert [each.first_reply_before.half_within_seconds for each in weeks[:2]] == [None, 10_800]


def test_of_as_many_likes_who_mentioned_us_more_comes_first():
    [first, second] = furthest_first([reach("a", mentions=2), reach("b", mentions=3)])["Lobsters"]

    assert (first.person.author, second.person.author) == ("b", "a")


def test_posts_without_a_community_are_of_none():
    asked = Needed(state=ReplyState.ANSWERED, asked_at=NOW, answered_at=later(hours=1))

    assert busiest_first({"": 4}, {}, [asked], []) == []
