"""Themes as the digest tells them, and the forms about them, judged as Slack would judge them."""

from dataclasses import replace

import demand_samples
import digest_samples
import pytest
import theme_samples as themes
import view_samples as sample

from engagement.improvements.improvement import ImprovementState
from engagement.improvements.theme_phrases import Suggested
from engagement.improvements.themes import LONGEST_PHRASE, LONGEST_THEME, PHRASES_AT_MOST, Theme
from handlers.views.digest.digest import draw_digest
from handlers.views.home.themes import say_theme, suggestions_modal, theme_modal, which_theme_modal
from handlers.views.improvements.heard import (
    all_themes_modal,
    decide_modal,
    decided_before_modal,
    gone_modal,
    theme_line,
    what_we_heard,
)
from sandbox.blockkit import validate_view
from sandbox.pressing import words_of

LOST, UMLAUTS, TEMPLATES = themes.themes_heard()
LONG = sample.NASTY * 40
HISTORY = Theme(
    id=1, name="Lost history", phrases=("lost history", "history is empty", "no history", "gone"), version=3
)
NASTY = Theme(id=1, name=LONG, phrases=(sample.NASTY[:LONGEST_PHRASE],) * PHRASES_AT_MOST, version=3)
IMPROVEMENTS = [demand_samples.an_improvement(), demand_samples.an_improvement(ImprovementState.SHIPPED, id=9)]


def with_themes(*heard, **facts):
    return digest_samples.a_digest(themes=heard, **facts)


def decide(heard, offered, **facts):
    given = {"conversations": 8, "channel_id": "C0MENTIONS", "department": "C0MENTIONS"} | facts
    return decide_modal(heard, "2:1", offered, **given)


MESSAGES = {
    "digest-themes": draw_digest(with_themes(LOST, UMLAUTS, TEMPLATES)),
    "digest-themes-quiet": draw_digest(with_themes(LOST, UMLAUTS, TEMPLATES, waiting=())),
}
VIEWS = {
    "themes-all": all_themes_modal([LOST, UMLAUTS, TEMPLATES]),
    "themes-none": all_themes_modal([]),
    "theme-decide": decide(UMLAUTS, IMPROVEMENTS),
    "theme-decide-many": decide(UMLAUTS, IMPROVEMENTS * 50, words="search"),
    "theme-decide-not-found": decide(UMLAUTS, [], words="search"),
    "theme-decide-first": decide(TEMPLATES, [], conversations=1),
    "theme-decided": decided_before_modal(LOST),
    "theme-new": theme_modal(Theme(name="", phrases=())),
    "theme-change": theme_modal(HISTORY),
    "theme-which": which_theme_modal([HISTORY]),
    "theme-suggestions": suggestions_modal([Suggested(phrase="lost history", people=5)]),
    "theme-suggestions-used": suggestions_modal([], added="Lost history"),
}
NASTY_VIEWS = [
    all_themes_modal(themes.nasty_themes("https://example.org/" + "a&" * 160) * 40),
    decide(themes.nasty_themes("javascript:alert(1)", LONG[:LONGEST_THEME])[1], IMPROVEMENTS * 60, department=""),
    theme_modal(replace(NASTY, name=LONG[:LONGEST_THEME])),
    which_theme_modal([NASTY] * 120),
    which_theme_modal([]),
    suggestions_modal([Suggested(phrase=LONG[:LONGEST_PHRASE], people=10**9)] * 5, added=LONG),
    gone_modal(),
]


@pytest.mark.parametrize("name", MESSAGES)
def test_the_digest_tells_what_we_heard_and_slack_takes_it(name, golden):
    golden(name, MESSAGES[name])
    sample.assert_slack_takes(MESSAGES[name])


@pytest.mark.parametrize("name", VIEWS)
def test_every_form_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, VIEWS[name])
    assert validate_view(VIEWS[name]) == []


@pytest.mark.parametrize("view", NASTY_VIEWS, ids=range(len(NASTY_VIEWS)))
def test_slack_takes_every_form_with_the_nastiest_data(view):
    assert validate_view(view) == []
    marked_up = [block for block in view["blocks"] if block["type"] in ("section", "context")]
    assert "<!channel>" not in words_of(marked_up)


@pytest.mark.parametrize(
    ("heard", "line"),
    [
        (UMLAUTS, "*Umlauts in search*: 5 people, all new → nobody has decided yet"),
        (replace(UMLAUTS, new=0), "*Umlauts in search*: 5 people in four weeks → nobody has decided yet"),
        (replace(UMLAUTS, people=1, new=1), "*Umlauts in search*: 1 person, new → nobody has decided yet"),
        (TEMPLATES, "*Page templates*: 6 people like it; what would be more of it?"),
        (replace(TEMPLATES, new=2), "*Page templates*: 6 people like it, 2 new; what would be more of it?"),
        (replace(TEMPLATES, people=1), "*Page templates*: 1 person likes it; what would be more of it?"),
        (
            replace(TEMPLATES, improving=replace(LOST.improving, url="", owner="")),
            "*Page templates*: 6 people in four weeks → _Keep history in backups_, planned",
        ),
    ],
    ids=["all new", "none new", "one person", "liked", "liked by some new", "liked by one", "liked and decided"],
)
def test_a_theme_is_told_in_a_line(heard, line):
    assert theme_line(heard) == line


def test_a_theme_names_what_was_decided_and_who_has_it():
    assert theme_line(LOST) == (
        "*Lost history after restore*: 9 people in four weeks, 4 new → "
        "_<https://github.com/tidewiki/tidewiki/issues/7|Keep history in backups>_, planned (<@U0PRODUCT>)"
    )


def buttons(drawn):
    return [each["text"]["text"] for block in drawn if block["type"] == "actions" for each in block["elements"]]


def test_what_nobody_has_decided_is_one_press_away():
    assert buttons(what_we_heard(with_themes(LOST, UMLAUTS, TEMPLATES))) == [
        "Decide about Umlauts in search…",
        "Decide about Page templates…",
        "See all themes",
    ]


def test_in_a_quiet_week_only_what_somebody_new_speaks_of_is_told():
    old = replace(TEMPLATES, new=0)

    assert what_we_heard(with_themes(old, waiting=())) == []
    assert what_we_heard(with_themes(old)) != []
    assert what_we_heard(with_themes(LOST, waiting=())) != []
    assert what_we_heard(with_themes()) == []


def test_what_was_decided_is_decided_anew_only_once_it_is_done_with():
    done = [replace(LOST, improving=replace(LOST.improving, state=state)) for state in ImprovementState]

    shown = [("accessory" in all_themes_modal([each])["blocks"][0]) for each in done]

    assert dict(zip(ImprovementState, shown, strict=True)) == {
        ImprovementState.PROPOSED: False,
        ImprovementState.PLANNED: False,
        ImprovementState.SHIPPED: True,
        ImprovementState.DECLINED: True,
    }


def test_a_busy_digest_with_themes_stays_readable():
    rows = tuple(digest_samples.a_waiting(number) for number in range(1, 6))
    digest = with_themes(LOST, UMLAUTS, TEMPLATES, waiting=rows, more_waiting=8)

    assert len(draw_digest(digest).blocks) <= 18


def test_slack_takes_the_nastiest_themes_beside_the_nastiest_digest():
    nasty = draw_digest(digest_samples.a_nasty_digest())

    assert "What we heard" in words_of(nasty.blocks)
    sample.assert_slack_takes(nasty)


def test_the_settings_show_some_phrases_of_a_theme():
    assert say_theme(HISTORY) == "*Lost history*: “lost history”, “history is empty”, “no history” and 1 more"
