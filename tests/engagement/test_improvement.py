"""An improvement from its proposal to its end, and the people who asked for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, TEAM, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.improvements.asked_for import Asked, Demand, Told, changed_from, count_people, whom_to_tell
from engagement.improvements.improvement import (
    Improvement,
    ImprovementAct,
    ImprovementKind,
    ImprovementPress,
    ImprovementState,
    Wanted,
    after_press,
    begin,
    may_merge,
    replay,
)
from engagement.voice.guide import CommunityRules, Guide

WANTED = Wanted(title="Keep history in backups", kind=ImprovementKind.FIX, channel="C2")
LINKED = replace(WANTED, tracker_url="https://github.com/tidewiki/tidewiki/issues/7")
OTHERWISE = replace(LINKED, title="Keep all history", owner="U3")
PROPOSED, PLANNED = ImprovementState.PROPOSED, ImprovementState.PLANNED
SHIPPED, DECLINED = ImprovementState.SHIPPED, ImprovementState.DECLINED
Act = ImprovementAct


def an_improvement(state=PROPOSED, **facts):
    given_ = {"id": 1, "workspace_id": TEAM, "wanted": WANTED, "created_by": "U1", "created_at": NOW}
    decided = {"decided_by": "U1", "decided_at": NOW, "state": state}
    return Improvement(**(given_ | decided | facts))


def press(improvement, act, *, drawn=None, **more):
    drawn = improvement.version if drawn is None else drawn
    return after_press(improvement, ImprovementPress(act=act, by="U2", at=later(hours=1), drawn=drawn, **more))


def asked(mention_id=1, *, conversation_id=0, author="pat", community="forum.example", days_ago=1, **facts):
    given_ = {
        "mention_id": mention_id,
        "conversation_id": conversation_id or mention_id,
        "community": community,
        "author": author,
        "title": "History is gone",
        "url": f"https://forum.example/{mention_id}",
        "thread_key": "forum:1",
        "at": NOW - timedelta(days=days_ago),
    }
    return Asked(**(given_ | facts))


# ---- what becomes of it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "act", "becomes"),
    [
        (PROPOSED, Act.PLAN, PLANNED),
        (PLANNED, Act.PLAN, None),
        (SHIPPED, Act.PLAN, None),
        (PROPOSED, Act.SHIP, SHIPPED),
        (PLANNED, Act.SHIP, SHIPPED),
        (SHIPPED, Act.SHIP, None),
        (DECLINED, Act.SHIP, None),
        (PLANNED, Act.DECLINE, DECLINED),
        (SHIPPED, Act.DECLINE, None),
        (SHIPPED, Act.REOPEN, PLANNED),
        (DECLINED, Act.REOPEN, PLANNED),
        (PROPOSED, Act.REOPEN, None),
        (PLANNED, Act.CREATE, None),
    ],
)
def test_each_act_fits_some_states_and_leads_to_one(state, act, becomes):
    after = press(an_improvement(state), act, note="because", link="https://tidewiki.example/news")

    assert (after and after.state) == becomes
    if after:
        assert (after.decided_by, after.decided_at, after.note) == ("U2", later(hours=1), "because")
        assert (after.link, after.version) == ("https://tidewiki.example/news", 2)


def test_nobody_declines_without_a_reason():
    assert press(an_improvement(), Act.DECLINE, note=" ") is None


def test_a_press_on_what_was_drawn_before_changes_nothing():
    assert press(an_improvement(version=3), Act.PLAN, drawn=2) is None


@pytest.mark.parametrize("act", list(Act))
def test_what_went_into_another_is_changed_no_more(act):
    merged = an_improvement(merged_into=2)

    assert press(merged, act, wanted=OTHERWISE, note="because", other=3) is None
    assert not merged.is_undecided


def test_it_can_be_called_otherwise_and_saying_the_same_again_is_no_change():
    before = an_improvement()

    assert press(before, Act.CHANGE, wanted=OTHERWISE).wanted == OTHERWISE
    assert press(before, Act.CHANGE, wanted=WANTED) is None
    assert press(before, Act.CHANGE) is None


def test_a_closed_issue_is_noted_once_until_somebody_decides_or_links_another_issue():
    closed = press(an_improvement(wanted=LINKED), Act.CLOSED)

    assert closed.closed_at == later(hours=1)
    assert press(closed, Act.CLOSED) is None
    assert press(closed, Act.CHANGE, wanted=OTHERWISE).closed_at == later(hours=1)
    assert press(closed, Act.CHANGE, wanted=replace(LINKED, tracker_url="")).closed_at is None
    assert press(closed, Act.PLAN).closed_at is None


def test_an_issue_that_is_opened_again_takes_the_question_back_once():
    closed = press(an_improvement(wanted=LINKED), Act.CLOSED)

    opened = press(closed, Act.OPENED)
    assert opened.closed_at is None
    assert press(opened, Act.OPENED) is None
    assert press(opened, Act.CLOSED).closed_at


def test_a_closed_issue_says_nothing_of_what_is_decided_or_has_no_issue():
    assert press(an_improvement(SHIPPED, wanted=LINKED), Act.CLOSED) is None
    assert press(an_improvement(), Act.CLOSED) is None


def test_it_is_merged_only_into_another_and_only_while_it_is_undecided():
    assert press(an_improvement(), Act.MERGE, other=2).merged_into == 2
    assert press(an_improvement(), Act.MERGE, other=1) is None
    assert press(an_improvement(), Act.MERGE) is None
    assert press(an_improvement(SHIPPED), Act.MERGE, other=2) is None


def test_a_merge_is_a_decision_of_somebody_and_leaves_no_question_open():
    merged = press(an_improvement(wanted=LINKED, closed_at=NOW), Act.MERGE, other=2)

    assert (merged.decided_by, merged.decided_at, merged.closed_at) == ("U2", later(hours=1), None)


def test_only_what_is_undecided_is_split():
    assert press(an_improvement(SHIPPED), Act.SPLIT, other=2) is None


@pytest.mark.parametrize("act", [Act.ABSORB, Act.SPLIT])
def test_whom_it_is_counted_for_changes_its_version_alone(act):
    assert press(an_improvement(), act, other=2) == an_improvement(version=2)


@pytest.mark.parametrize(
    ("into", "may"),
    [
        (an_improvement(id=2), True),
        (an_improvement(SHIPPED, id=2), True),
        (an_improvement(DECLINED, id=2), False),
        (an_improvement(id=2, merged_into=3), False),
        (an_improvement(id=1), False),
        (an_improvement(id=2, workspace_id="T2"), False),
    ],
    ids=["into an open one", "into a shipped one", "declined", "merged", "itself", "another team's"],
)
def test_people_move_only_to_where_they_are_counted(into, may):
    assert may_merge(an_improvement(), into) is may
    assert not may_merge(an_improvement(SHIPPED), into)


def test_it_begins_with_what_is_wanted():
    with pytest.raises(ValueError, match="what is wanted"):
        begin(1, TEAM, ImprovementPress(act=Act.CREATE, by="U1", at=NOW, drawn=0))
    assert replay(1, TEAM, []) is None


presses = st.builds(
    ImprovementPress,
    act=st.sampled_from([act for act in Act if act is not Act.CREATE]),
    by=st.sampled_from(["", "U1", "U2"]),
    at=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9)).map(lambda passed: NOW + passed),
    drawn=st.just(0),
    wanted=st.sampled_from([WANTED, LINKED, OTHERWISE]),
    note=st.sampled_from(["", "because"]),
    link=st.sampled_from(["", "https://tidewiki.example/news"]),
    other=st.integers(0, 3),
)


@given(st.lists(presses, max_size=12))
def test_replaying_the_history_gives_the_row(tried):
    history = [ImprovementPress(act=Act.CREATE, by="U1", at=NOW, drawn=0, wanted=WANTED)]
    row = begin(1, TEAM, history[0])
    for each in tried:
        now = replace(each, drawn=row.version)
        if after := after_press(row, now):
            row, history = after, [*history, now]

    assert replay(1, TEAM, history) == row
    assert row.version == len(history)
    # What went into another ships with it, and never by itself.
    assert not (row.merged_into and row.is_shipped)


def test_a_line_that_fits_no_more_is_passed_over():
    begins = ImprovementPress(act=Act.CREATE, by="U1", at=NOW, drawn=0, wanted=WANTED)
    stray = ImprovementPress(act=Act.REOPEN, by="U1", at=NOW, drawn=1)

    assert replay(1, TEAM, [begins, stray]) == begin(1, TEAM, begins)


# ---- who asked -----------------------------------------------------------------------------------------------------


def test_each_person_of_a_community_counts_once_and_nobody_is_merged_with_anybody():
    by_pat = [asked(1), asked(2)]

    assert count_people(by_pat) == 1
    assert count_people([*by_pat, asked(3, community="r/selfhosted")]) == 2
    assert count_people([asked(4, author=""), asked(5, author="")]) == 2


def test_each_person_is_told_once_at_the_newest_they_wrote_that_can_be_answered():
    old, new, gone = asked(1, days_ago=9), asked(2, days_ago=5), asked(3, days_ago=2, is_gone=True)
    other = asked(4, author="mira", days_ago=7)

    assert whom_to_tell([gone, new, other, old], at=NOW) == [new, other]


def test_whoever_was_told_is_told_again_only_if_they_asked_since():
    before, since = asked(1, days_ago=5), asked(2, days_ago=1)
    told = Told(asked=before, owed_at=later(days=-4), told_at=later(days=-3), told_by="U2")
    still = Told(asked=before, owed_at=later(days=-4))

    assert whom_to_tell([before], telling=[told], at=NOW) == []
    assert whom_to_tell([before, since], telling=[told], at=NOW) == [since]
    assert whom_to_tell([before, since], telling=[told, still], at=NOW) == []
    just_then = replace(since, at=told.told_at)
    assert whom_to_tell([just_then], telling=[told], at=NOW) == []


@pytest.mark.parametrize(
    ("thread_key", "days", "may"),
    [
        ("hn:1", 13, True),
        ("hn:1", 14, False),
        ("lobsters:a", 89, True),
        ("lobsters:a", 90, False),
        ("reddit:a", 179, True),
        ("reddit:a", 180, False),
        ("github:a/b#1", 999, True),
        ("forum:1", 999, True),
    ],
)
def test_a_thread_that_takes_no_word_any_more_is_left_out(thread_key, days, may):
    assert asked(thread_key=thread_key, days_ago=days).may_be_told(at=NOW) is may


@pytest.mark.parametrize(
    ("community", "days", "may"),
    [
        ("r/selfhosted", 29, True),
        ("r/selfhosted", 30, False),
        ("r/patient", 99, True),
        ("r/strict", 29, True),
        ("r/strict", 30, False),
        ("forum.example", 999, True),
        ("GitHub", 999, True),
    ],
    ids=[
        "in time",
        "late in all of Reddit",
        "later in a part of it",
        "in time where only other rules differ",
        "late where only other rules differ",
        "where nothing was said",
        "whenever it comes",
    ],
)
def test_who_asked_where_a_late_reply_is_unwelcome_is_left_out(community, days, may):
    rules = (
        CommunityRules(community="Reddit", late_days=30),
        CommunityRules(community="r/patient", late_days=100),
        CommunityRules(community="r/strict", links=0),
        CommunityRules(community="GitHub"),
    )
    guide = Guide(communities=rules)

    wrote = asked(community=community, thread_key="forum:1", days_ago=days)

    assert wrote.may_be_told(at=NOW, guide=guide) is may
    assert whom_to_tell([wrote], guide=guide, at=NOW) == ([wrote] if may else [])


mentions = st.lists(
    st.builds(
        asked,
        st.integers(1, 40),
        author=st.sampled_from(["", "pat", "mira", "jo"]),
        community=st.sampled_from(["forum.example", "r/selfhosted"]),
        days_ago=st.integers(0, 400),
        thread_key=st.sampled_from(["hn:1", "reddit:2", "forum:3"]),
        is_gone=st.booleans(),
    ),
    max_size=9,
    unique_by=lambda each: each.mention_id,
)


def people(group):
    return {each.person for each in group}


@given(mentions, st.integers(0, 9))
def test_merging_loses_no_person(both, cut):
    one, other = both[:cut], both[cut:]

    assert people(both) == people(one) | people(other)
    assert people(whom_to_tell(both, at=NOW)) == people(whom_to_tell(one, at=NOW)) | people(whom_to_tell(other, at=NOW))


@given(mentions)
def test_whoever_can_be_told_is_told_once_and_nobody_else(group):
    chosen = whom_to_tell(group, at=NOW)

    assert len({each.person for each in chosen}) == len(chosen)
    assert all(each.may_be_told(at=NOW) for each in chosen)
    assert {each.person for each in chosen} == {each.person for each in group if each.may_be_told(at=NOW)}


def test_what_shipped_says_how_long_it_took_and_who_is_still_to_be_told():
    first, second, closed = asked(1, days_ago=77), asked(2, author="mira"), asked(3, author="jo", thread_key="hn:1")
    demand = Demand(
        improvement=an_improvement(SHIPPED),
        asked=(closed, second, first),
        telling=(Told(asked=second, owed_at=NOW), Told(asked=first, owed_at=NOW, told_at=NOW, told_by="U2")),
    )

    assert (demand.people, demand.told, demand.out_of_reach) == (3, 1, 1)
    assert [each.asked for each in demand.untold] == [second]
    assert demand.seconds_to_ship == 77 * 24 * 3600


def test_who_asked_first_is_told_first_and_who_asked_for_what_was_there_waited_for_nothing():
    first, second = asked(1, days_ago=9), asked(2, author="mira", days_ago=2)
    shipped = an_improvement(SHIPPED, decided_at=later(days=-20))
    demand = Demand(improvement=shipped, telling=[Told(asked=each, owed_at=NOW) for each in (second, first)])

    assert [each.asked for each in demand.untold] == [first, second]
    assert replace(demand, asked=(second, first)).seconds_to_ship == 0


def test_the_digest_is_told_of_what_shipped_with_where_to_read_of_it():
    shipped = an_improvement(SHIPPED, wanted=LINKED)
    demand = Demand(improvement=shipped, asked=(asked(days_ago=1),), telling=(Told(asked=asked(), owed_at=NOW),))
    changed = changed_from(demand)

    assert (changed.improvement_id, changed.title, changed.shipped_at) == (1, WANTED.title, NOW)
    assert (changed.people, changed.seconds, changed.told, changed.untold) == (1, 24 * 3600, 0, 1)
    assert changed.url == LINKED.tracker_url
    linked = replace(shipped, link="https://tidewiki.example/news")
    assert changed_from(replace(demand, improvement=linked)).url == "https://tidewiki.example/news"


def test_what_has_not_shipped_has_nobody_to_tell():
    demand = Demand(improvement=an_improvement(), asked=(asked(),))

    assert (demand.out_of_reach, demand.seconds_to_ship) == (0, None)
    assert Demand(improvement=an_improvement(SHIPPED)).seconds_to_ship is None
    assert Demand(improvement=an_improvement(SHIPPED)).first_at is None
