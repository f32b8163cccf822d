"""A draft: who has to read it, who may judge it, and which past replies are worth a look."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.understanding.reading import Kind
from engagement.voice.check import Occasion
from engagement.voice.draft import (
    OPEN,
    Draft,
    DraftState,
    Judged,
    JudgedBefore,
    MayNotJudge,
    Role,
    Roles,
    SaidInPublic,
    Verdict,
    asks_for_approval,
    draft_of_answer,
    first_state,
    good_replies,
    judge,
    settled_state,
)
from engagement.voice.guide import (
    LIST_LENGTH,
    PHRASE_LENGTH,
    CommunityRules,
    Guide,
    Manners,
    Promotion,
    listed,
    manners_in,
    rules_of,
    too_long,
)
from engagement.voice.writing import Writing
from tests.builders import NOW, later

ASKED = Draft(id=1, conversation_id=1, text="It does.", by="U1", at=NOW, state=DraftState.ASKED)


def judged(by="U2", verdict=Verdict.APPROVE, *, draft=ASKED, roles=None, drawn=1, note=""):
    return judge(draft, verdict, roles or Roles(), by=by, drawn=drawn, note=note, at=later(minutes=5))


def test_a_role_that_nobody_is_named_for_is_everybodys():
    roles = Roles(speak=("U1",))

    assert roles.lets("U1", Role.SPEAK)
    assert not roles.lets("U2", Role.SPEAK)
    assert roles.lets("U2", Role.APPROVE)
    assert roles.lets("U2", Role.CONFIGURE)


@pytest.mark.parametrize(
    ("watches", "community_asks", "approvers", "asks"),
    [
        ((), False, (), False),
        ((8,), False, (), False),
        ((7, 8), False, (), True),
        ((), True, ("U2",), True),
        ((7,), True, ("U1", "U2"), False),
    ],
    ids=["off by default", "another watch", "the watch asks", "the community asks", "who approves needs nobody"],
)
def test_a_draft_asks_for_approval_where_it_is_wanted(watches, community_asks, approvers, asks):
    roles = Roles(approve=approvers, approved=frozenset(watches))

    asked = asks_for_approval("U1", roles, watch_id=7, community_asks=community_asks)

    assert asked is asks
    assert first_state(asks=asked) is (DraftState.ASKED if asks else DraftState.READY)


def test_somebody_else_approves():
    result = judged()

    assert isinstance(result, Judged)
    assert result.draft.state is DraftState.APPROVED
    assert (result.draft.judged_by, result.draft.judged_at, result.draft.version) == ("U2", later(minutes=5), 2)
    assert result.draft.is_open


def test_it_goes_back_with_a_note():
    result = judged(verdict=Verdict.SEND_BACK, note="Name the version.")

    assert isinstance(result, Judged)
    assert (result.draft.state, result.draft.note) == (DraftState.SENT_BACK, "Name the version.")


@pytest.mark.parametrize(
    ("by", "approvers", "people"),
    [("U1", (), ()), ("U1", ("U2",), ("U2",)), ("U3", ("U2",), ("U2",))],
    ids=["one's own", "one's own, where others are named", "who is not named"],
)
def test_some_may_not_judge(by, approvers, people):
    assert judged(by, roles=Roles(approve=approvers)) == MayNotJudge(people=people)


def test_who_is_named_since_may_approve_their_own():
    assert isinstance(judged("U1", roles=Roles(approve=("U1",))), Judged)


@given(st.sampled_from(DraftState), st.integers(0, 3), st.sampled_from(Verdict))
def test_only_what_asks_is_judged_and_only_as_it_was_drawn(state, drawn, verdict):
    draft = replace(ASKED, state=state)

    result = judged(draft=draft, drawn=drawn, verdict=verdict)

    if state is DraftState.ASKED and drawn == draft.version:
        assert isinstance(result, Judged)
    else:
        assert result == JudgedBefore(draft=draft)


def test_an_answer_came_of_the_latest_draft_of_who_gave_it():
    drafts = [
        replace(ASKED, id=2, state=DraftState.APPROVED),
        replace(ASKED, id=3),
        replace(ASKED, id=4, by="U2"),
        replace(ASKED, id=1, state=DraftState.READY),
        replace(ASKED, id=5, state=DraftState.SENT_BACK),
        replace(ASKED, id=6, state=DraftState.REPLACED),
    ]

    assert draft_of_answer(drafts, by="U1", text="") == drafts[1]
    assert draft_of_answer(drafts, by="U2", text="") == drafts[2]
    assert draft_of_answer(drafts, by="U3", text="") is None


def test_what_says_the_same_is_what_was_said_whoever_posted_it():
    drafts = [replace(ASKED, id=1, text="Yes, it keeps the whole history."), replace(ASKED, id=2, by="U2", text="No.")]

    assert draft_of_answer(drafts, by="U2", text="yes, it  keeps the whole history.") == drafts[0]
    assert draft_of_answer(drafts, by="U1", text="no.") == drafts[1]
    assert draft_of_answer(drafts, by="U2", text="Something else.") == drafts[1]
    assert draft_of_answer(drafts, by="U2", text="") == drafts[1]


@pytest.mark.parametrize(
    ("posted", "is_the_same"),
    [
        ("It keeps the history too", True),
        ("It keeps it", False),
        ("It keeps the history but not after a restore", False),
    ],
    ids=["one word in five", "other words", "as much again"],
)
def test_who_mends_a_word_or_two_says_the_same(posted, is_the_same):
    draft = replace(ASKED, text="It keeps the history")

    assert (draft_of_answer([draft], by="U2", text=posted) == draft) is is_the_same


@pytest.mark.parametrize(
    ("state", "was_said", "settled"),
    [
        (DraftState.READY, True, DraftState.POSTED),
        (DraftState.APPROVED, True, DraftState.POSTED),
        (DraftState.ASKED, True, DraftState.UNAPPROVED),
        (DraftState.ASKED, False, DraftState.LEFT),
    ],
)
def test_a_draft_is_settled_with_its_conversation(state, was_said, settled):
    assert settled_state(replace(ASKED, state=state), was_said=was_said) is settled


def test_of_the_drafts_of_others_the_latest_is_known():
    writing = Writing(card=None, guide=Guide(), manners=Manners(), occasion=Occasion(community="HN"))

    assert writing.latest_of_others == 0
    assert replace(writing, others=(ASKED, replace(ASKED, id=7))).latest_of_others == 7


def test_what_is_over_is_open_no_more():
    assert {state for state in DraftState if replace(ASKED, state=state).is_open} == OPEN


def said(number, **facts):
    given = {"community": "r/selfhosted", "kind": Kind.QUESTION, "text": "So.", "at": later(hours=number)}
    return SaidInPublic(**({"conversation_id": number, "title": "", "asked_url": "", "by": "U1"} | given | facts))


def test_good_replies_are_of_this_community_then_to_the_like_of_this_then_approved_then_new():
    replies = [
        said(1),
        said(2, community="Hacker News", approved_by="U2"),
        said(3, kind=Kind.BUG, approved_by="U2"),
        said(4, text=" "),
        said(5, asked_again=True),
        said(6, approved_by="U2"),
        said(7),
    ]

    chosen = good_replies(replies, community="r/selfhosted", kind=Kind.QUESTION)

    assert [each.conversation_id for each in chosen] == [6, 7, 1]


def test_a_list_is_read_by_lines_and_commas():
    assert listed("cheap,  game  changer\n\nCheap\n, best") == ("Cheap", "game changer", "best")


@pytest.mark.parametrize(
    ("phrases", "is_too_long"),
    [
        (["x" * PHRASE_LENGTH] * LIST_LENGTH, False),
        (["x" * (PHRASE_LENGTH + 1)], True),
        (["x"] * (LIST_LENGTH + 1), True),
        ([], False),
    ],
)
def test_a_list_has_its_limits(phrases, is_too_long):
    assert too_long(phrases) is is_too_long


def test_a_community_has_the_limits_of_the_guide_unless_it_has_its_own():
    loose = CommunityRules(community="Reddit", wording="No ads.", promotion=Promotion.NEVER, approval=True)
    strict = CommunityRules(community="r/selfhosted", longest=600, links=0)
    guide = Guide(longest=800, links=2, communities=(loose, strict))

    assert manners_in(guide, "Hacker News") == Manners(longest=800, links=2)
    assert manners_in(guide, "r/devops") == Manners(
        longest=800, links=2, wording="No ads.", promotion=Promotion.NEVER, approval=True
    )
    assert manners_in(guide, "r/selfhosted") == Manners(longest=600, links=0)


@pytest.mark.parametrize(
    ("own", "holds"),
    [({}, (600, 2, 90)), ({"longest": 100, "links": 0, "late_days": 7}, (100, 0, 7))],
    ids=["it leaves them out", "it has its own"],
)
def test_a_number_that_a_part_of_reddit_leaves_out_is_reddits(own, holds):
    whole = CommunityRules(community="Reddit", longest=600, links=2, late_days=90, wording="No ads.")
    part = CommunityRules(community="r/selfhosted", wording="No shops.", **own)
    longest, links, late_days = holds

    rules = rules_of(Guide(communities=(whole, part)), "r/selfhosted")

    assert rules == replace(part, longest=longest, links=links, late_days=late_days)


def test_the_guide_is_read_line_by_line():
    assert Guide(sounds_like="We thank first.\n\n  No jokes. \n").lines == ("We thank first.", "No jokes.")
