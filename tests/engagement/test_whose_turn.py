"""Who waits for an answer in a thread, and which answer of ours stands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st

from engagement.turns.said import Said
from engagement.turns.whose_turn import replies_to_ours, turns_of

TREE, LINE = "hn:1", "discourse:forum.example/7"


def said(key, minutes, *, under="", by="", asks=False):
    return Said(keys=(key,), parent_key=under, at=NOW + timedelta(minutes=minutes), by=by, asks=asks)


def question(key="hn:1", minutes=0, *, under=""):
    return said(key, minutes, under=under, asks=True)


def ours(key, minutes, *, under):
    return said(key, minutes, under=under, by="U1")


def keys_of(posts):
    return [post.keys[0] for post in posts]


@pytest.mark.parametrize(
    ("thread", "posts", "waiting"),
    [
        (TREE, [question(), ours("hn:2", 5, under="hn:1")], []),
        (TREE, [question(), ours("hn:2", -5, under="hn:1")], ["hn:1"]),
        (TREE, [question(), said("hn:2", 1, under="hn:1"), ours("hn:3", 5, under="hn:2")], []),
        (TREE, [question(), ours("hn:3", 5, under="hn:99")], ["hn:1"]),
        (
            TREE,
            [question("hn:2", 1, under="hn:1"), question("hn:3", 2, under="hn:1"), ours("hn:4", 5, under="hn:3")],
            ["hn:2"],
        ),
        (TREE, [question(), question("hn:2", 1, under="hn:1"), ours("hn:4", 5, under="hn:1")], ["hn:2"]),
        (TREE, [question("hn:2", 1, under="hn:1"), ours("hn:4", 5, under="hn:1")], []),
        (
            TREE,
            [question("hn:2", 1, under="hn:1"), question("hn:3", 2, under="hn:1"), ours("hn:4", 5, under="hn:1")],
            ["hn:2", "hn:3"],
        ),
        (TREE, [ours("hn:1", 0, under=""), question("hn:2", 1, under="hn:1")], ["hn:2"]),
        (TREE, [question(), ours("hn:2", 5, under="hn:1"), question("hn:3", 9, under="hn:2")], ["hn:3"]),
        (LINE, [question(LINE), question("b", 1, under=LINE), ours("c", 5, under=LINE)], []),
        (LINE, [question(LINE), ours("c", 5, under=LINE), question("d", 6, under=LINE)], ["d"]),
        (LINE, [said(LINE, 0), said("b", 1, under=LINE)], []),
        (LINE, [question("b", -1, under=LINE), said(LINE, 0, by="U1")], ["b"]),
    ],
    ids=[
        "our answer under the question",
        "what we wrote before it",
        "our answer to a comment under it",
        "our answer to somebody we do not know",
        "two ask, one is answered",
        "right under the opening: the opening is answered",
        "right under the thread, and one person waits",
        "right under the thread, and two wait",
        "a question under our own post",
        "they ask again",
        "in a line everybody before us is answered",
        "in a line they ask again",
        "praise waits for nothing",
        "what opens a thread answers nobody",
    ],
)
def test_who_waits_for_us(thread, posts, waiting):
    assert keys_of(turns_of(posts, thread_key=thread).waiting) == waiting


@pytest.mark.parametrize(
    ("settled_after", "answers"), [(4, []), (5, ["hn:2"]), (9, ["hn:2"])], ids=["before", "just then", "later"]
)
def test_what_the_team_settled_has_an_answer_if_that_was_written_by_then(settled_after, answers):
    asked = replace(question(), settled_at=NOW + timedelta(minutes=settled_after))

    turns = turns_of([asked, ours("hn:2", 5, under="hn:1")], thread_key=TREE)

    assert (turns.waiting, keys_of(turns.answers)) == ((), answers)


def test_two_of_whom_nobody_knows_the_name_are_two():
    posts = [question("hn:2", 1, under="hn:1"), question("hn:3", 2, under="hn:2"), ours("hn:4", 5, under="hn:3")]

    assert keys_of(turns_of(posts, thread_key=TREE).waiting) == ["hn:2"]


def test_an_answer_is_what_answered_somebody():
    posts = [ours("hn:0", -5, under="hn:1"), question(), ours("hn:2", 5, under="hn:1"), ours("hn:3", 6, under="hn:1")]

    assert keys_of(turns_of(posts, thread_key=TREE).answers) == ["hn:2"]


def test_who_opened_a_thread_is_unknown_until_its_opening_is_known():
    reply = question("hn:2", 1, under="hn:1")

    assert turns_of([reply], thread_key=TREE).opened_by_us is None
    assert turns_of([reply, question()], thread_key=TREE).opened_by_us is False
    assert turns_of([reply, replace(ours("hn:1", 0, under=""))], thread_key=TREE).opened_by_us is True


def test_posts_that_stand_under_each_other_end_the_look_upwards():
    posts = [said("a", 0, under="b"), question("b", 1, under="a"), ours("c", 5, under="a")]

    assert turns_of(posts, thread_key=TREE).waiting == ()


AUTHORS = ("ann", "bob", "cid")


@st.composite
def threads(draw):
    """A thread of up to eight posts, each under one before it, of few people, programs and us."""
    posts = []
    for number in range(draw(st.integers(1, 8))):
        under = "" if not number else f"hn:{draw(st.integers(1, number))}"
        what = draw(st.sampled_from(["ours", "asks", "asks_on", "thanks", "says", "program"]))
        posts.append(
            Said(
                keys=(f"hn:{number + 1}",),
                parent_key=under,
                at=NOW + timedelta(minutes=draw(st.integers(number, number + 3))),
                author="finn" if what == "ours" else draw(st.sampled_from(AUTHORS)),
                by="U1" if what == "ours" else "",
                asks=what == "asks" or (what == "program" and draw(st.booleans())),
                asks_on=what == "asks_on",
                thanks=what == "thanks",
                accepted=what in ("says", "thanks") and bool(number) and draw(st.integers(0, 5)) == 0,
                by_program=what == "program",
            )
        )
    return posts


@given(posts=threads(), thread=st.sampled_from([TREE, LINE]))
def test_only_those_wait_who_asked(posts, thread):
    asking = {post for post in posts if (post.asks or post.asks_on) and not post.by_program}
    assert set(turns_of(posts, thread_key=thread).waiting) <= asking


@given(posts=threads(), thread=st.sampled_from([TREE, LINE]), data=st.data())
def test_in_which_order_and_how_often_posts_are_heard_makes_no_difference(posts, thread, data):
    mixed = data.draw(st.permutations(posts + data.draw(st.lists(st.sampled_from(posts)))))

    assert turns_of(mixed, thread_key=thread) == turns_of(posts, thread_key=thread)


@given(posts=threads(), thread=st.sampled_from([TREE, LINE]), data=st.data())
def test_an_answer_under_somebody_who_waits_takes_them_and_adds_nobody(posts, thread, data):
    before = turns_of(posts, thread_key=thread).waiting
    if not before:
        return
    asking = data.draw(st.sampled_from(before))
    answer = ours("hn:99", 60, under=asking.keys[0])

    after = turns_of([*posts, answer], thread_key=thread).waiting

    assert asking not in after
    assert set(after) < set(before)


@given(posts=threads(), thread=st.sampled_from([TREE, LINE]))
def test_who_asks_last_waits(posts, thread):
    last = question("hn:99", 60, under=posts[-1].keys[0])

    assert last in turns_of([*posts, last], thread_key=thread).waiting


@pytest.mark.parametrize(
    "opening",
    [
        Said(keys=("link:https://x.example/1",), parent_key="", at=NOW, asks=True),
        Said(keys=("hn:1", "link:https://x.example/1"), parent_key="elsewhere", at=NOW, asks=True),
    ],
    ids=["by standing under nothing", "by the key of the thread"],
)
def test_an_opening_is_known_and_answered_right_under_the_thread(opening):
    turns = turns_of([opening, question("hn:3", 1, under="hn:2"), ours("hn:9", 5, under="hn:1")], thread_key="hn:1")

    assert keys_of(turns.waiting) == ["hn:3"]
    assert turns.opened_by_us is False


@pytest.mark.parametrize("kind", ["discourse", "flarum", "github", "gitlab", "stackexchange"])
def test_on_forums_and_in_issues_an_answer_is_for_all_who_wrote_before(kind):
    thread = f"{kind}:7"
    posts = [question(thread), question("b", 1, under=thread), ours("c", 5, under="somebody else's")]

    assert turns_of(posts, thread_key=thread).waiting == ()


OPENING = said("hn:1", 0, by="U1")


@pytest.mark.parametrize(
    ("thread", "posts", "counts"),
    [
        (TREE, [OPENING], (0, 0)),
        (TREE, [OPENING, said("hn:2", 1, under="hn:1"), said("hn:3", 2, under="hn:1")], (2, 2)),
        (TREE, [OPENING, replace(said("hn:2", 1, under="hn:1"), by_program=True)], (0, 0)),
        (TREE, [OPENING, said("hn:2", 1, under="hn:1"), ours("hn:3", 5, under="hn:2")], (1, 0)),
        (
            TREE,
            [OPENING, said("hn:2", 1, under="hn:1"), said("hn:3", 2, under="hn:2"), ours("hn:4", 5, under="hn:3")],
            (2, 0),
        ),
        (TREE, [OPENING, said("hn:2", 1, under="hn:1"), ours("hn:3", 5, under="hn:1")], (1, 1)),
        (LINE, [OPENING, said("d:2", 1, under="x"), ours("d:3", 5, under="x"), said("d:4", 6, under="x")], (2, 1)),
        (LINE, [OPENING, said("d:2", 1, under="x")], (1, 1)),
        (LINE, [OPENING, said("d:2", 5, under="x"), ours("d:3", 5, under="x")], (1, 0)),
        (
            LINE,
            [
                OPENING,
                said("d:2", 1, under="x"),
                ours("d:3", 2, under="x"),
                said("d:4", 3, under="x"),
                ours("d:5", 4, under="x"),
                said("d:6", 5, under="x"),
            ],
            (3, 1),
        ),
        (TREE, [question(), ours("hn:2", 5, under="hn:1")], None),
        (TREE, [said("hn:2", 1, under="hn:1"), ours("hn:3", 5, under="hn:2")], None),
    ],
)
def test_who_answered_in_a_thread_of_ours_and_had_no_word_back(thread, posts, counts):
    assert replies_to_ours(posts, thread_key=thread) == counts
    assert replies_to_ours(reversed(posts), thread_key=thread) == counts
