"""Whose turn it is once something shipped that somebody in the thread had asked for."""

import pytest
from builders import NOW, later

from engagement.improvements.news import News, turns_with_news
from engagement.turns.said import Said
from engagement.turns.whose_turn import turns_of

SHIPPED = later(days=7)
FORUM, TREE = "discourse:1", "hn:1"


def said(key, hours, *, under=FORUM, **facts):
    return Said(keys=(key,), parent_key=under, at=later(hours=hours), **facts)


def asks(key, hours, **facts):
    return said(key, hours, author=f"author of {key}", asks=True, **facts)


def ours(key, hours, **facts):
    return said(key, hours, by="U1", **facts)


def turns(*posts, tell, thread=FORUM, settled_at=None):
    news = News(shipped_at=SHIPPED, to_tell=dict(enumerate(tell, start=1)), settled_at=settled_at)
    return turns_with_news(turns_of(posts, thread_key=thread), posts, news, thread_key=thread)


def test_whoever_was_answered_before_it_shipped_waits_to_hear_of_it():
    wish, answer = asks("wish", 0), ours("answer", 1)

    stands = turns(wish, answer, tell=[wish])

    assert [each.keys for each in stands.waiting] == [("wish",)]
    assert stands.waiting[0].at == SHIPPED
    assert stands.answers == (answer,)


def test_a_post_of_ours_afterwards_tells_them():
    wish, answer, news = asks("wish", 0), ours("answer", 1), ours("news", 7 * 24 + 1)

    stands = turns(wish, answer, news, tell=[wish])

    assert stands.waiting == ()
    assert stands.answers == (answer, news)


def test_what_somebody_said_is_no_word_about_it_tells_nobody():
    wish, answer, taken_back = asks("wish", 0), ours("answer", 1), ours("no news", 7 * 24 + 1, counts=False)

    assert [each.keys for each in turns(wish, answer, taken_back, tell=[wish]).waiting] == [("wish",)]


def test_whoever_praised_what_there_is_more_of_now_is_to_hear_of_it_as_well():
    praise = said("praise", 0, author="lee")

    assert [each.keys for each in turns(praise, tell=[praise]).waiting] == [("praise",)]


@pytest.mark.parametrize(
    "told_by_others",
    [{"thanks": True, "author": "author of wish"}, {"accepted": True, "author": "lee"}],
    ids=["they are thanked for it", "their answer is accepted"],
)
def test_nobody_else_tells_them_for_us(told_by_others):
    wish, answer = asks("wish", 0), ours("answer", 1)
    others = [said("others", 7 * 24 + 1, author="lee"), said("last", 7 * 24 + 2, **told_by_others)]

    stands = turns(wish, answer, *others, tell=[wish])

    assert [each.keys for each in stands.waiting] == [("wish",)]


def test_whoever_was_told_and_asks_on_waits_once():
    wish, answer, news = asks("wish", 0), ours("answer", 1), ours("news", 7 * 24 + 1)
    more = said("more", 7 * 24 + 2, author="author of wish", asks_on=True)

    assert [each.keys for each in turns(wish, answer, news, more, tell=[wish]).waiting] == [("more",)]


def test_where_comments_answer_what_they_stand_under_each_is_told_by_itself():
    one, other = asks("one", 0, under=TREE), asks("other", 1, under=TREE)
    news = ours("news", 7 * 24 + 1, under="one")

    stands = turns(one, other, news, tell=[one, other], thread=TREE)

    assert [each.keys for each in stands.waiting] == [("other",), ("other",)]


def test_who_asked_for_something_else_waits_as_before_and_is_answered_as_before():
    wish, question, answer = asks("wish", 0), asks("question", 1), ours("answer", 2)
    later_question = asks("later", 3)

    assert [each.keys for each in turns(wish, question, answer, tell=[wish]).waiting] == [("wish",)]
    waiting = turns(wish, question, answer, later_question, tell=[wish]).waiting
    assert [each.keys for each in waiting] == [("later",), ("wish",)]


def test_nobody_waits_once_the_team_said_that_they_were_told():
    wish, answer = asks("wish", 0), ours("answer", 1)

    assert turns(wish, answer, tell=[wish], settled_at=later(days=8)).waiting == ()


def test_nobody_waits_whose_words_are_gone_since_and_what_was_settled_before_counts_no_more():
    gone = asks("gone", 0, settled_at=later(days=9))
    waved_through = asks("waved", 0, settled_at=NOW)

    assert turns(gone, tell=[gone]).waiting == ()
    assert [each.keys for each in turns(waved_through, tell=[waved_through]).waiting] == [("waved",)]
