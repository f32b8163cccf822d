"""The card and the forms of an improvement, judged as Slack would judge them."""

from dataclasses import replace

import demand_samples
import pytest
import view_samples as sample

from engagement.improvements.improvement import ImprovementAct, ImprovementKind, ImprovementPress, ImprovementState
from engagement.records.lookup import LINES_A_PAGE, Turns
from handlers.views.improvements.forms import (
    LISTED_AT_MOST,
    OFFERED_AT_MOST,
    change_modal,
    choose_modal,
    decline_modal,
    merge_modal,
    people_modal,
    ship_modal,
    split_modal,
)
from handlers.views.improvements.history import improvement_history_modal
from handlers.views.improvements.improvement import (
    draw_improvement,
    how_long_after,
    say_improvement_gone,
    say_what_was_done_first,
)
from sandbox.blockkit import validate_view
from sandbox.pressing import words_of

PROPOSED = demand_samples.an_improvement(
    ImprovementState.PROPOSED, decided_by="U0COMMUNITY", wanted=demand_samples.a_wanted(owner="", tracker_url="")
)
PLANNED = demand_samples.an_improvement()
CLOSED = replace(PLANNED, closed_at=sample.NOW)
SHIPPED = demand_samples.an_improvement(
    ImprovementState.SHIPPED, note="In 1.0, restores keep it.", link="https://tidewiki.example/news/1-0"
)
DECLINED = demand_samples.an_improvement(ImprovementState.DECLINED, note="It would break every link.")
MERGED = replace(PLANNED, merged_into=9)
OTHER = demand_samples.an_improvement(id=9, wanted=demand_samples.a_wanted(title="Dark mode in print", tracker_url=""))
NEW = demand_samples.a_wanted(title="", kind=ImprovementKind.MORE, owner="", tracker_url="")
UNTIL_THEN = demand_samples.a_wanted(owner="", tracker_url="")
CHANGED = demand_samples.a_wanted(title="Keep history & dates", kind=ImprovementKind.BUILD, channel="C9")
HISTORY = [
    ImprovementPress(
        act=act,
        by="U0PRODUCT",
        at=sample.NOW,
        drawn=n,
        wanted=CHANGED,
        instead_of=UNTIL_THEN,
        note="because",
        other=9,
    )
    for n, act in enumerate(ImprovementAct)
]


def card(demand, *, stands_in="C0PRODUCT"):
    return draw_improvement(demand, stands_in=stands_in)


CARDS = {
    "improvement-proposed": card(demand_samples.a_demand(PROPOSED)),
    "improvement-planned": card(demand_samples.a_demand(PLANNED, people=1)),
    "improvement-closed": card(demand_samples.a_demand(CLOSED)),
    "improvement-nobody": card(demand_samples.a_demand(PLANNED, people=0)),
    "improvement-shipped": card(demand_samples.a_demand(SHIPPED, people=7, told=3)),
    "improvement-shipped-told": card(demand_samples.a_demand(SHIPPED, people=4, told=3, out_of_reach=1)),
    "improvement-shipped-nobody": card(demand_samples.a_demand(SHIPPED, people=0)),
    "improvement-declined": card(demand_samples.a_demand(DECLINED)),
    "improvement-merged": card(replace(demand_samples.a_demand(MERGED), into=OTHER)),
    "improvement-moved": card(demand_samples.a_demand(PLANNED), stands_in="C0OLD"),
}
VIEWS = {
    "improvement-choose": choose_modal(
        "Restore drops page history", "3:4", [PLANNED, OTHER], counted_for=0, channel_id="C1", wanted=NEW
    ),
    "improvement-choose-first": choose_modal(
        "Restore drops page history", "3:4", [], counted_for=0, channel_id="C1", wanted=NEW
    ),
    "improvement-choose-another": choose_modal(
        "Restore drops page history", "3:4", [PLANNED, OTHER], counted_for=5, channel_id="", wanted=NEW
    ),
    "improvement-choose-proposed": choose_modal(
        "Restore drops page history", "3:4", [PLANNED, OTHER], counted_for=0, channel_id="C1", wanted=NEW, proposed=9
    ),
    "improvement-choose-many": choose_modal(
        "Restore drops page history",
        "3:4",
        [PLANNED] * OFFERED_AT_MOST,
        counted_for=5,
        channel_id="C1",
        wanted=NEW,
        words="history",
    ),
    "improvement-change": change_modal(PLANNED, channel_id="C0PRODUCT"),
    "improvement-ship": ship_modal(demand_samples.a_demand(PLANNED), channel_id="C0PRODUCT"),
    "improvement-ship-nobody": ship_modal(demand_samples.a_demand(PLANNED, people=0), channel_id="C0PRODUCT"),
    "improvement-decline": decline_modal(PLANNED, channel_id="C0PRODUCT"),
    "improvement-merge": merge_modal(PLANNED, [OTHER], channel_id="C0PRODUCT"),
    "improvement-merge-nothing": merge_modal(PLANNED, [], channel_id="C0PRODUCT"),
    "improvement-merge-many": merge_modal(
        PLANNED, [OTHER] * OFFERED_AT_MOST, channel_id="C0PRODUCT", words="dark mode"
    ),
    "improvement-merge-not-found": merge_modal(PLANNED, [], channel_id="C0PRODUCT", words="light mode"),
    "improvement-split": split_modal(demand_samples.a_demand(PLANNED, people=2), channel_id="C0PRODUCT"),
    "improvement-split-nothing": split_modal(demand_samples.a_demand(PLANNED, people=1), channel_id="C0PRODUCT"),
    "improvement-people": people_modal(
        demand_samples.a_demand(SHIPPED, people=4, told=1), team_url="https://tidewiki.slack.com/"
    ),
    "improvement-people-none": people_modal(demand_samples.a_demand(SHIPPED, people=1, told=1)),
    "improvement-history": improvement_history_modal(
        PLANNED, HISTORY[::-1], {9: "Dark mode in print"}, reader="U0PRODUCT"
    ),
}


@pytest.mark.parametrize("name", CARDS)
def test_an_improvement_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, CARDS[name])
    sample.assert_slack_takes(CARDS[name])


@pytest.mark.parametrize("name", VIEWS)
def test_its_forms_look_as_agreed_and_slack_takes_them(name, golden):
    golden(name, VIEWS[name])
    assert validate_view(VIEWS[name]) == []


@pytest.mark.parametrize("state", ImprovementState)
def test_slack_takes_its_card_with_the_nastiest_data(state):
    sample.assert_slack_takes(card(demand_samples.a_nasty_demand(demand_samples.an_improvement(state))))
    sample.assert_slack_takes(card(demand_samples.a_nasty_demand(replace(CLOSED, state=state))))


def test_slack_takes_its_forms_with_the_nastiest_data():
    demand = demand_samples.a_nasty_demand(SHIPPED)
    improvement = demand.improvement
    many = replace(demand, telling=demand.telling * 9)
    changed = HISTORY[list(ImprovementAct).index(ImprovementAct.CHANGE)]
    nasty = replace(changed, wanted=improvement.wanted)
    history = ([replace(each, note=sample.NASTY * 40) for each in [*HISTORY, nasty]] * 9)[:LINES_A_PAGE]
    for view in (
        choose_modal(
            sample.NASTY * 40, "3:4", [improvement] * OFFERED_AT_MOST, counted_for=5, channel_id="C1", wanted=NEW
        ),
        ship_modal(demand, channel_id="C1"),
        decline_modal(improvement, channel_id="C1"),
        merge_modal(improvement, [improvement] * 200, channel_id="C1"),
        split_modal(replace(demand, asked=demand.asked * 9), channel_id="C1"),
        people_modal(many, team_url="https://tidewiki.slack.com/"),
        improvement_history_modal(improvement, history, {9: sample.NASTY * 40}, reader="U1"),
    ):
        assert validate_view(view) == []


def test_a_form_that_splits_says_how_much_it_does_not_list():
    asked = tuple(demand_samples.an_asked(n) for n in range(OFFERED_AT_MOST + 3))
    many = replace(demand_samples.a_demand(PLANNED), asked=asked)

    [field] = [each for each in split_modal(many, channel_id="C1")["blocks"] if each.get("block_id") == "moved"]
    assert field["hint"]["text"] == "The newest 99; 3 more stay here."


def test_a_history_is_turned_where_there_is_more():
    page = improvement_history_modal(PLANNED, HISTORY, {}, reader="U1", turns=Turns(newer=9, older=4))

    assert [(each["text"]["text"], each["value"]) for each in page["blocks"][-1]["elements"]] == [
        ("◂ Newer", "improvement:5:newer:9"),
        ("Older ▸", "improvement:5:older:4"),
    ]


def test_long_lists_say_how_much_they_leave_out():
    demand = demand_samples.a_demand(SHIPPED, people=LISTED_AT_MOST + 3)

    assert "and 3 more" in words_of(people_modal(demand))


@pytest.mark.parametrize(
    ("days", "said"), [(0, "less than a minute"), (13, "13 days"), (14, "2 weeks"), (80, "11 weeks")]
)
def test_what_takes_weeks_is_said_in_weeks(days, said):
    assert how_long_after(days * 24 * 3600, 1) == f"{said} after 1 person asked"


def test_who_was_first_is_named_and_with_what():
    planned = HISTORY[2]
    it = "planned _Keep history in backups_ "
    assert say_what_was_done_first(PLANNED, planned, reader="U1").startswith(f"<@U0PRODUCT> {it}")
    assert say_what_was_done_first(PLANNED, planned, reader="U0PRODUCT").startswith(f"You {it}")
    assert say_what_was_done_first(PLANNED, replace(HISTORY[-1], by=""), reader="U1").startswith("I saw that its issue")
    assert "press again" in say_what_was_done_first(PLANNED, None, reader="U1")
    assert "nothing was changed" in say_improvement_gone()


def test_examples_are_of_as_many_conversations_as_there_are():
    talked_of = [
        demand_samples.an_asked(n, conversation_id=talk, title=f"said {talk}{n}") for n, talk in enumerate("aabac")
    ]
    demand = replace(demand_samples.a_demand(PLANNED), asked=tuple(talked_of))

    everything = ["said a0", "said a1", "said b2", "said a3", "said c4"]

    said = words_of({"blocks": card(demand).blocks})
    assert [each for each in everything if each in said] == ["said a0", "said b2", "said c4"]

    said = words_of({"blocks": card(replace(demand, asked=tuple(talked_of[:4]))).blocks})
    assert [each for each in everything if each in said] == ["said a0", "said a1", "said b2"]
