"""The App Home: how each tab looks, and that Slack takes it whatever the rows hold."""

import json
from dataclasses import replace
from datetime import timedelta

import digest_samples
import pytest
import view_samples as sample
from hypothesis import given
from hypothesis import strategies as st

from engagement.conversations.conversation import Reply, ReplyState
from engagement.conversations.snooze import Snooze
from engagement.digest.figures import Pace
from engagement.digest.own_week import OwnWeek, OwnWeeks
from engagement.home import ROWS_A_PAGE, UNTAGGED, Filters, Listed, Page, Queued, State, Step, Tab
from engagement.records.lookup import Topic
from engagement.understanding.reading import Kind, Tag
from handlers.home.presses import turn_of
from handlers.views import blocks
from handlers.views.home.filters import Choices
from handlers.views.home.frame import draw_first_home, draw_home
from handlers.views.home.own_weeks import draw_own_weeks
from handlers.views.home.rows import NO_WEEKS, draw_everything, draw_mine, draw_unowned
from handlers.views.home.settings import Section, draw_settings
from sandbox.blockkit import validate_view

URL = "https://tidewiki.slack.com/"
LONG = sample.NASTY * 40
COUNTS = {Tab.MINE: 2, Tab.UNOWNED: 112}
CHOICES = Choices(watches=[(1, "Tidewiki"), (2, "BookStack")], communities=["GitHub", "r/selfhosted"])


NOTHING_ASIDE = Listed()


def queued(number=1, *, card_ts="1764000000.000100", **line):
    waiting = digest_samples.a_waiting(number, **line)
    return Queued(line=waiting, sorted_by=waiting.since, channel="C0MENTIONS", card_ts=card_ts)


def a_page(*rows, first=1, is_first=True, is_last=True, total=None):
    return Listed(rows=rows, first=first, is_first=is_first, is_last=is_last, total=total)


def settled(state, **facts):
    return replace(sample.answered(), state=state, **facts)


PROMISED = replace(sample.claimed(), assigned_by="U0MAYA", due_at=sample.NOW - timedelta(hours=3))
NEW, OVERDUE = queued(1), queued(2, reply=PROMISED, tag=Tag.INTERACT, kind=Kind.BUG)
DUE = queued(3, reply=sample.claimed(), tag=Tag.REACT, card_ts="")
SLEEPING = queued(9, snooze=Snooze(until=sample.DUE, by="U0SUPPORT", reason="We wait for the release on Thursday"))
ROWS_OF_ALL_KINDS = (
    NEW,
    OVERDUE,
    DUE,
    queued(4, reply=settled(ReplyState.ANSWERED), tag=Tag.INTERACT),
    queued(5, reply=settled(ReplyState.ANSWERED_BY_OTHERS, answered_by=""), tag=Tag.LISTEN),
    queued(6, dismissed_by="U0COMMUNITY"),
    queued(7, kind=Kind.PRAISE, tag=Tag.LISTEN),
    queued(8, kind=Kind.OTHER, ours_to_answer=False),
    SLEEPING,
    queued(10, is_muted=True),
    queued(11, tag=Tag.REACT, kind=Kind.PRAISE),
    queued(12, tag=Tag.REACT, kind=Kind.PRAISE, improvement_id=5),
)
ALL = Page(tab=Tab.EVERYTHING)
SECTIONS = [
    Section(title="Watches", said="• *Tidewiki* in <#C1>: Tidewiki", buttons=(blocks.button("Add…", "a", "a"),)),
    Section(
        title="Places",
        said="23 of 24 places heard within the hour",
        buttons=(blocks.button("Add a place…", "places.add", "add"), blocks.button("Leave…", "places.leave", "leave")),
    ),
    Section(
        title="Voice",
        said="> We thank.",
        buttons=(blocks.button("Edit the guide…", "voice.guide", "guide"),),
        topic=Topic.VOICE,
    ),
    Section(title="Not named", said="The digest may name everybody.", topic=Topic.UNNAMED),
    Section(title="Digest", said="Monday at 09:00 (Europe/Berlin)"),
]


def mine(listed, aside=NOTHING_ASIDE, own=NO_WEEKS):
    return draw_mine(listed, aside, unowned=112, team_url=URL, now=sample.NOW, own=own)


OWN = OwnWeeks(
    now=OwnWeek(answers=Pace(count=5, half_within_seconds=7_200), kept=3, late=1),
    before=OwnWeek(answers=Pace(count=3, half_within_seconds=14_400), kept=2),
    overdue=1,
)


def unowned(listed, **facts):
    return draw_unowned(listed, **facts, team_url=URL, now=sample.NOW)


def everything(listed, *, unimproved=0, **filters):
    page = replace(ALL, filters=Filters(**filters))
    return draw_everything(listed, page, CHOICES, unimproved=unimproved, team_url=URL, now=sample.NOW)


HOMES = {
    "home-first": draw_first_home(),
    "home-mine": draw_home(Tab.MINE, mine(a_page(OVERDUE, DUE), a_page(SLEEPING)), counts=COUNTS),
    "home-mine-own-weeks": draw_home(Tab.MINE, mine(a_page(), own=OWN), counts={}),
    "home-mine-nothing": draw_home(Tab.MINE, mine(a_page()), counts={Tab.UNOWNED: 1}),
    "home-unowned": draw_home(
        Tab.UNOWNED,
        unowned(a_page(NEW, first=16, is_first=False, is_last=False, total=112), unimproved=1),
        counts=COUNTS,
        notice="<@U0SUPPORT> has had this one since today.",
    ),
    "home-unowned-first": draw_home(Tab.UNOWNED, unowned(a_page(NEW, NEW), first=sample.a_priority()), counts=COUNTS),
    "home-unowned-nothing": draw_home(Tab.UNOWNED, unowned(a_page()), counts={}),
    "home-everything": draw_home(Tab.EVERYTHING, everything(a_page(*ROWS_OF_ALL_KINDS), unimproved=6), counts=COUNTS),
    "home-everything-narrowed": draw_home(
        Tab.EVERYTHING,
        everything(
            a_page(),
            watch=2,
            tag=UNTAGGED,
            state=State.WAITING,
            community="a place no more",
            kind=Kind.BUG,
            words="lost history",
        ),
        counts=COUNTS,
    ),
    "home-settings": draw_home(Tab.SETTINGS, draw_settings(SECTIONS), counts=COUNTS),
}


@pytest.mark.parametrize("name", HOMES)
def test_every_tab_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, HOMES[name])
    assert validate_view(HOMES[name]) == []


TEXT = st.one_of(st.text(max_size=300), st.sampled_from([LONG, "", "\N{RIGHT-TO-LEFT OVERRIDE}" * 400, "<&>" * 900]))
REPLIES = st.builds(
    Reply,
    state=st.sampled_from(ReplyState),
    due_at=st.sampled_from([None, sample.NOW, sample.DUE]),
    claimed_by=TEXT,
    answered_by=TEXT,
)
ROWS = st.builds(
    queued,
    st.integers(1, 10**17),
    card_ts=st.sampled_from(["", "1764000000.000100"]),
    title=TEXT,
    url=st.one_of(TEXT, st.just("https://x.example/" + "a&" * 400)),
    community=TEXT,
    author=TEXT,
    kind=st.sampled_from(Kind),
    tag=st.sampled_from([None, *Tag]),
    dismissed_by=TEXT,
    reply=REPLIES,
    is_muted=st.booleans(),
    snooze=st.one_of(st.none(), st.builds(Snooze, until=st.just(sample.DUE), by=TEXT, reason=TEXT)),
)
PAGES = st.builds(
    Listed,
    rows=st.lists(ROWS, max_size=3).map(lambda few: tuple((few * ROWS_A_PAGE)[:ROWS_A_PAGE])),
    first=st.integers(1, 10**9),
    is_first=st.booleans(),
    is_last=st.booleans(),
    total=st.one_of(st.none(), st.integers(1, 10**9)),
)
FILTERS = st.builds(
    Filters,
    watch=st.integers(0, 10**17),
    tag=st.sampled_from(["", UNTAGGED, *Tag]),
    state=st.sampled_from(["", *State]),
    kind=st.sampled_from(["", *Kind]),
    community=st.text(max_size=150),
    words=st.text(max_size=200),
)
ALL_CHOICES = st.builds(
    Choices,
    watches=st.lists(st.tuples(st.integers(1, 10**17), TEXT), max_size=3, unique_by=lambda each: each[0]),
    communities=st.lists(st.one_of(TEXT, st.text(min_size=1, max_size=150)), max_size=3, unique=True),
)


@given(listed=PAGES, filters=FILTERS, choices=ALL_CHOICES, notice=st.sampled_from(["", "x" * 1_900]))
def test_slack_takes_every_list_whatever_the_rows_hold(listed, filters, choices, notice):
    drawn = [
        (Tab.MINE, mine(listed, listed)),
        (Tab.UNOWNED, unowned(listed)),
        (
            Tab.EVERYTHING,
            draw_everything(listed, replace(ALL, filters=filters), choices, team_url=URL, now=sample.NOW),
        ),
    ]
    for tab, shown in drawn:
        assert validate_view(draw_home(tab, shown, counts=COUNTS, notice=notice)) == []
        assert len(shown) < 95, "draw_home would cut something off"


def test_slack_takes_two_hundred_watches_and_as_many_communities():
    many = Choices(
        watches=[(number, f"watch {number}") for number in range(1, 201)],
        communities=[f"community {number}" for number in range(200)],
    )
    page = replace(ALL, filters=Filters(watch=199, community="community 199"))
    shown = draw_everything(a_page(), page, many, team_url=URL, now=sample.NOW)

    assert validate_view(draw_home(Tab.EVERYTHING, shown, counts={})) == []


def test_a_button_says_exactly_where_the_next_page_begins():
    shown = mine(a_page(OVERDUE, DUE, first=16, is_first=False, is_last=False))
    back, on = (element["value"] for element in shown[-1]["elements"])

    assert turn_of(on) == (Step.ON, DUE.spot, 18)
    assert turn_of(back) == (Step.BACK, OVERDUE.spot, 1)


@pytest.mark.parametrize("url", ["", "javascript:alert(1)"])
def test_a_card_is_not_linked_where_nobody_knows_the_address_of_slack(url):
    [_, _, row] = draw_unowned(a_page(NEW), team_url=url, now=sample.NOW)

    assert [element["action_id"] for element in row["elements"]] == ["reply.claim", "mention.more"]


def own_words(**changes):
    return "\n".join(block["elements"][0]["text"] for block in draw_own_weeks(replace(OWN, **changes)))


def test_own_figures_say_that_nobody_else_sees_them_and_rank_nobody():
    words = own_words()

    assert "only you see this" in words
    assert "Promises kept in time: 3 of 4 (2 of 2), 1 open and overdue" in words
    assert not any(word in words.lower() for word in ("rank", "fastest", "team", "average"))


def test_who_answered_nobody_in_two_weeks_reads_nothing_of_it():
    assert draw_own_weeks(OwnWeeks(overdue=3)) == []


def test_a_week_without_promises_speaks_of_none():
    assert "Promises" not in own_words(now=OwnWeek(), overdue=0)
    assert "No answers yet, 3 answers the week before" in own_words(now=OwnWeek())
    assert "Promises: 1 open and overdue" in own_words(now=OwnWeek())


def test_behind_the_first_page_of_mine_nothing_stands_of_the_week():
    page = a_page(DUE, first=16, is_first=False)

    assert "seven days" not in json.dumps(mine(page, own=OWN))


def test_where_improvements_are_lacking_each_row_leads_to_one_also_while_a_reply_is_owed():
    shown = json.dumps(everything(a_page(NEW, DUE), state=State.UNIMPROVED.value))

    assert shown.count('"improvement.choose"') == 2
    assert "reply.claim" not in shown
