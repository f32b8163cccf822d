"""Who was helped by somebody else, who asks us once more, and what programs write."""

from datetime import timedelta

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st
from test_whose_turn import LINE, TREE, threads

from engagement.turns.said import Said
from engagement.turns.whose_turn import turns_of

BOTH = st.sampled_from([TREE, LINE])


def said(key, minutes, author, *, under="hn:1", by="", **facts):
    at = NOW + timedelta(minutes=minutes)
    return Said(keys=(key,), parent_key=under, at=at, author=author, by=by, **facts)


ASK = said("hn:1", 0, "ann", under="", asks=True)
BOB = said("hn:2", 5, "bob")
OURS = said("hn:3", 9, "finn", by="UFINN")


def thanks(key="hn:4", minutes=20, author="ann", *, under="hn:2", **facts):
    return said(key, minutes, author, under=under, thanks=True, **facts)


def asks_on(key="hn:5", minutes=30, author="ann", *, under="hn:3"):
    return said(key, minutes, author, under=under, asks_on=True)


def waiting(posts, thread):
    return [each.keys[0] for each in turns_of(posts, thread_key=thread).waiting]


def solved(posts, thread):
    return [(one.keys[0], by.keys[0]) for one, by in turns_of(posts, thread_key=thread).solved]


@pytest.mark.parametrize(
    ("posts", "in_tree", "in_line"),
    [
        ([ASK, BOB, thanks()], ["hn:2"], ["hn:2"]),
        ([ASK, BOB, thanks(under="hn:1")], [], ["hn:2"]),
        ([ASK, BOB, said("hn:9", 10, "cid", under="hn:2"), thanks(under="hn:9")], ["hn:9"], ["hn:9"]),
        ([ASK, BOB, said("hn:9", 10, "cid"), thanks()], ["hn:2"], ["hn:9"]),
        ([ASK, BOB, thanks(author="cid")], [], []),
        ([ASK, BOB, said("hn:4", 20, "ann", under="hn:2")], [], []),
        ([ASK, thanks(under="hn:1")], [], []),
        ([ASK, said("hn:2", 5, "", under="hn:1"), thanks()], [], []),
        ([ASK, said("hn:2", 5, "bob", asks=True), thanks()], [], []),
        ([ASK, BOB, said("hn:9", 10, "AutoModerator", under="hn:2", by_program=True), thanks()], ["hn:2"], ["hn:2"]),
        ([ASK, said("hn:2", 5, "mod", by_program=True), thanks()], [], []),
        ([ASK, BOB, thanks(counts=False)], [], []),
        ([ASK, BOB, thanks(under="hn:77")], [], ["hn:2"]),
        ([said("hn:1", 0, "ann", under="", asks=True, wanted=True), BOB, thanks()], [], []),
        ([said("hn:1", 0, "", under="", asks=True), BOB, thanks(author="")], [], []),
        ([ASK, BOB, said("hn:6", 10, "ann", under="hn:2"), thanks(under="hn:6")], ["hn:2"], ["hn:2"]),
        ([ASK, said("hn:2", 5, "bob", under="hn:77"), thanks()], [], ["hn:2"]),
        ([said("hn:1", 7, "ann", under="", asks=True), said("hn:2", 5, "bob"), thanks()], [], []),
        ([ASK, said("hn:3", 9, "finn", by="UFINN", counts=False), thanks(under="hn:3")], [], []),
    ],
    ids=[
        "thanks under somebody's answer",
        "thanks under their own question",
        "somebody further down is thanked",
        "two spoke, and one is thanked",
        "thanks of somebody else",
        "no thanks",
        "nobody to thank",
        "nobody knows whom",
        "who is thanked asks us as well",
        "a program between",
        "thanks to a program",
        "the team said that it is none",
        "thanks that stand nowhere",
        "the team wanted to answer",
        "nobody knows who asked and who thanks",
        "they said more before they thanked",
        "somebody who answered somewhere else in it",
        "what stood there before they asked",
        "they thank us",
    ],
)
def test_who_is_thanked_has_answered_for_us(posts, in_tree, in_line):
    assert [by for _, by in solved(posts, TREE)] == in_tree
    assert [by for _, by in solved(posts, LINE)] == in_line
    assert bool(waiting(posts, TREE)) is not bool(in_tree)


def test_an_accepted_answer_answers_whoever_opened_the_thread():
    other = said("hn:7", 2, "cid", asks=True)
    more = said("hn:8", 3, "ann", asks=True)
    accepted = said("hn:2", 5, "bob", accepted=True)

    posts = [ASK, other, more, accepted]

    assert solved(posts, LINE) == [("hn:1", "hn:2"), ("hn:8", "hn:2")]
    assert waiting(posts, LINE) == ["hn:7"]
    assert solved([other, accepted], LINE) == []
    assert solved([ASK, said("hn:2", 5, "bob", accepted=True, counts=False)], LINE) == []
    assert solved([ASK, said("hn:2", 5, "mod", accepted=True, by_program=True)], LINE) == []


@pytest.mark.parametrize("thread", [TREE, LINE])
def test_a_teammate_who_writes_later_has_the_last_word(thread):
    turns = turns_of([ASK, BOB, thanks(), said("hn:9", 40, "finn", by="UFINN")], thread_key=thread)

    assert (turns.solved, turns.solution, [each.by for each in turns.answers]) == ((), None, ["UFINN"])


def test_what_we_write_later_to_others_takes_nobody_from_who_helped_long_ago():
    late = said("hn:8", 30, "cid", asks=True)
    ours = [said("hn:9", 40, "finn", by="UFINN"), said("hn:10", 50, "finn", by="UFINN")]

    turns = turns_of([ASK, BOB, thanks(), late, *ours], thread_key=LINE)

    assert [(one.keys[0], by.keys[0]) for one, by in turns.solved] == [("hn:1", "hn:2")]
    assert turns.solution is None


def test_what_we_write_to_somebody_who_was_helped_since_is_the_last_word():
    late = said("hn:8", 30, "cid", under="hn:3", asks=True)
    helped = [said("hn:9", 35, "bob", under="hn:8"), thanks("hn:10", 40, "cid", under="hn:9")]
    last = said("hn:11", 50, "finn", under="hn:9", by="UFINN")

    turns = turns_of([ASK, OURS, late, *helped, last], thread_key=TREE)

    assert (turns.solved, turns.solution, turns.answers) == ((), None, (OURS, last))


def test_what_the_team_settled_long_ago_is_not_answered_by_what_we_write_now():
    settled = said("hn:1", 0, "ann", under="", asks=True, settled_at=NOW + timedelta(minutes=30))
    ours = said("hn:9", 40, "finn", by="UFINN")

    turns = turns_of([settled, BOB, thanks(), ours], thread_key=TREE)

    assert (turns.answers, [by for _, by in turns.solved]) == ((), [BOB])


def test_the_last_answer_says_whose_it_was():
    late = said("hn:8", 30, "cid", under="hn:3", asks=True)
    helped = [said("hn:9", 35, "bob", under="hn:8"), thanks("hn:10", 40, "cid", under="hn:9")]

    turns = turns_of([ASK, OURS, late, *helped], thread_key=TREE)

    assert turns.solution == helped[0]
    assert turns_of([ASK, OURS], thread_key=TREE).solution is None
    assert turns_of([ASK, BOB, thanks()], thread_key=TREE).solution == BOB


def test_of_two_who_helped_the_last_one_stands_unless_we_wrote_last():
    late = said("hn:8", 30, "cid", under="hn:1", asks=True)
    helped = [said("hn:9", 35, "dee", under="hn:8"), thanks("hn:10", 40, "cid", under="hn:9")]
    more = said("hn:11", 30, "eve", asks=True)
    ours = said("hn:12", 35, "finn", under="hn:11", by="UFINN")

    posts = [ASK, BOB, thanks(), late, *helped]

    assert turns_of(posts, thread_key=TREE).solution == helped[0]
    assert turns_of([*posts, more, ours], thread_key=TREE).solution is None


def test_nobody_has_solved_what_the_team_had_settled():
    waved = said("hn:1", 0, "ann", under="", asks=True, settled_at=NOW + timedelta(hours=1))

    assert turns_of([waved, BOB, thanks()], thread_key=TREE).solution is None


@pytest.mark.parametrize(
    ("posts", "in_tree", "in_line"),
    [
        ([ASK, OURS, asks_on()], ["hn:5"], ["hn:5"]),
        ([ASK, OURS, asks_on(under="hn:1")], ["hn:5"], ["hn:5"]),
        ([ASK, OURS, BOB, asks_on(under="hn:2")], [], ["hn:5"]),
        ([ASK, OURS, asks_on(author="bob")], [], []),
        ([ASK, OURS, asks_on(author="")], [], []),
        ([said("hn:1", 0, "", under="", asks=True), OURS, asks_on(author="")], [], []),
        ([ASK, OURS, said("hn:7", 10, "cid", asks=True), asks_on()], ["hn:7", "hn:5"], ["hn:7", "hn:5"]),
        ([ASK, OURS, said("hn:5", 30, "ann", under="hn:3")], [], []),
        ([ASK, OURS, thanks("hn:5", 30, under="hn:3")], [], []),
        ([ASK, asks_on(under="hn:1")], ["hn:1"], ["hn:1"]),
        ([ASK, asks_on("hn:5", 5, under="hn:1"), OURS], [], []),
        ([ASK, OURS, asks_on(), said("hn:9", 40, "finn", under="hn:5", by="UFINN")], [], []),
        ([ASK, BOB, thanks(), asks_on(under="hn:4")], [], ["hn:5"]),
        ([ASK, OURS, asks_on(under="hn:77")], [], ["hn:5"]),
        ([ASK, OURS, said("hn:4", 20, "ann", under="hn:77"), asks_on(under="hn:4")], [], ["hn:5"]),
        (
            [ASK, OURS, said("hn:6", 20, "mod", under="hn:3", by_program=True), asks_on(under="hn:6")],
            ["hn:5"],
            ["hn:5"],
        ),
    ],
    ids=[
        "under our answer",
        "under their own question",
        "under somebody else's post",
        "somebody who never asked us",
        "nobody knows who",
        "nor who had the answer",
        "somebody else waits meanwhile",
        "they say something",
        "they thank us",
        "they still wait",
        "they said more before we answered",
        "answered once more",
        "helped by others, and asks them",
        "nobody knows under what",
        "under themselves, and nobody knows under what",
        "a program between",
    ],
)
def test_who_had_an_answer_and_asks_on_without_naming_us_waits_again(posts, in_tree, in_line):
    assert waiting(posts, TREE) == in_tree
    assert waiting(posts, LINE) == in_line


@pytest.mark.parametrize(
    ("thread", "waits"),
    [("hn:1", []), ("lemmy:1", ["5"]), ("lobsters:1", ["5"]), ("reddit:1", ["5"]), ("youtube:1", ["5"])],
)
def test_where_nothing_says_what_a_comment_stands_under_who_had_an_answer_asks_us(thread, waits):
    posts = [
        said(thread, 0, "bob", under=""),
        said("2", 1, "ann", under=thread, asks=True),
        said("3", 5, "finn", under=thread, by="UFINN"),
        asks_on("5", under=thread),
    ]

    assert waiting(posts, thread) == waits


def test_what_stands_under_somebody_else_is_for_them_also_where_much_seems_to_stand_under_nothing():
    posts = [
        said("reddit:1", 0, "ann", under="", asks=True),
        said("3", 5, "finn", under="reddit:1", by="UFINN"),
        said("4", 10, "bob", under="reddit:1"),
        asks_on("5", under="4"),
    ]

    assert waiting(posts, "reddit:1") == []


@pytest.mark.parametrize(("thread", "waits"), [("hn:1", ["2"]), ("reddit:1", ["reddit:1", "2"])])
def test_where_nothing_says_what_we_stand_under_we_answer_none_of_two(thread, waits):
    posts = [
        said(thread, 0, "bob", under="", asks=True),
        said("2", 1, "ann", under=thread, asks=True),
        said("3", 5, "finn", under=thread, by="UFINN"),
    ]

    assert waiting(posts, thread) == waits


def test_who_asks_twice_in_different_places_has_an_answer_where_we_gave_it():
    posts = [said("hn:2", 1, "ann", asks=True), said("hn:3", 2, "ann", asks=True)]

    assert waiting([*posts, said("hn:9", 5, "finn", under="hn:2", by="UFINN")], TREE) == ["hn:3"]


def test_a_second_word_to_somebody_is_not_for_who_asked_above_them():
    above = said("hn:2", 1, "bob", asks=True)
    posts = [above, said("hn:3", 2, "ann", under="hn:2", asks=True)]
    ours = [said(f"hn:{number}", number, "finn", under="hn:3", by="UFINN") for number in (8, 9)]

    assert waiting([*posts, *ours], TREE) == ["hn:2"]


def test_who_asked_on_has_our_answer_as_whoever_asked():
    posts = [
        said("reddit:1", 0, "bob", under=""),
        said("2", 1, "ann", under="reddit:1", asks=True),
        said("3", 5, "finn", under="2", by="UFINN"),
        asks_on("5", under="reddit:1"),
        said("6", 40, "finn", under="5", by="UFINN"),
    ]

    assert waiting(posts, "reddit:1") == []


def test_what_somebody_told_of_was_a_word_as_well():
    told = said("hn:1", 0, "ann", under="", asks=True, settled_at=NOW + timedelta(minutes=10), told=True)
    waved = said("hn:1", 0, "ann", under="", asks=True, settled_at=NOW + timedelta(minutes=10))

    assert waiting([told, asks_on(under="hn:1")], TREE) == ["hn:5"]
    assert waiting([waved, asks_on(under="hn:1")], TREE) == []


@given(posts=threads(), thread=BOTH, data=st.data())
def test_what_a_program_writes_changes_nothing(posts, thread, data):
    under = data.draw(st.sampled_from(posts)).keys[0]
    flags = {name: data.draw(st.booleans()) for name in ("asks", "asks_on", "thanks", "accepted")}
    by = data.draw(st.sampled_from(["", "U1"]))
    minutes = data.draw(st.integers(0, 20))
    program = said("hn:99", minutes, "AutoModerator", under=under, by=by, by_program=True, **flags)

    assert turns_of([*posts, program], thread_key=thread) == turns_of(posts, thread_key=thread)


@given(posts=threads(), thread=BOTH, data=st.data())
def test_praise_and_talk_never_wait(posts, thread, data):
    under = data.draw(st.sampled_from(posts)).keys[0]
    before = turns_of(posts, thread_key=thread).waiting
    for praise in (said("hn:99", 60, "dee", under=under), thanks("hn:99", 60, "dee", under=under)):
        assert turns_of([*posts, praise], thread_key=thread).waiting == before


@given(posts=threads(), thread=BOTH, data=st.data())
def test_help_of_others_hides_nobody_who_did_not_thank(posts, thread, data):
    """Answered by others is what one asker says of their own question; a second one in the thread still waits."""
    before = turns_of(posts, thread_key=thread)
    if not before.waiting:
        return
    one = data.draw(st.sampled_from(before.waiting))
    helper = said("hn:98", 60, "dee", under=one.keys[0])
    said_thanks = thanks("hn:99", 61, one.author, under="hn:98")

    after = turns_of([*posts, helper, said_thanks], thread_key=thread)

    assert one not in after.waiting
    assert {each for each in before.waiting if each.author != one.author} <= set(after.waiting)
    assert (one, helper) in after.solved


@given(posts=threads(), thread=BOTH)
def test_whoever_opened_the_thread_everybody_who_asked_waits_or_has_their_answer_once(posts, thread):
    turns = turns_of(posts, thread_key=thread)

    settled = [one for one, _ in (*turns.answered, *turns.solved)]

    assert len(settled) == len(set(settled))
    assert set(settled).isdisjoint(turns.waiting)
    assert {each for each in posts if each.asks and not each.by_program} <= {*turns.waiting, *settled}


@given(posts=threads(), thread=BOTH)
def test_only_people_beside_the_asker_and_us_have_answered_for_us(posts, thread):
    for asked, solution in turns_of(posts, thread_key=thread).solved:
        assert not solution.by
        assert not solution.by_program
        assert solution.at >= asked.at
        assert solution.accepted or solution.author != asked.author
