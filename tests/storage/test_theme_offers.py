"""A theme has led to an improvement: whoever speaks of it later is one press away from being counted for it."""

import pytest
from builders import NOW, TEAM, later

from engagement.conversations.press import Act, Outdated, Press
from engagement.improvements.improvement import ImprovementAct, ImprovementKind, ImprovementPress, Wanted
from engagement.improvements.themes import Theme
from engagement.understanding.reading import Tag
from storage.improvements.demands import count_who_asked
from storage.improvements.improvements import add_improvement
from storage.improvements.improving import count_for, merge, press_improvement
from storage.improvements.theme_decisions import count_conversations, decide_theme, react_from_card
from storage.improvements.theme_reading import read_some
from storage.improvements.themes import save_theme, themes_of
from triage.themes import ThemeFinder

KEEP = Wanted(title="Keep history in backups", kind=ImprovementKind.FIX, channel="C1")
OTHER = Wanted(title="Dark mode in print", kind=ImprovementKind.BUILD, channel="C1")


@pytest.fixture
def decided(team):
    """The number of the improvement that *Lost history* has led to, which pat asks for."""
    team.write(save_theme, TEAM, Theme(name="Lost history", phrases=("lost history",)), by="U1", at=NOW)
    say(team, "pat")
    [theme] = team.read(themes_of, TEAM)
    decision = team.write(decide_theme, TEAM, theme.id, KEEP, drawn=theme.version, by="U1", at=NOW)
    number = decision.improvement.id
    team.write(count_conversations, TEAM, decision.conversations, number, by="U1", at=NOW)
    return number


def say(team, author, *, is_read=True):
    """Have somebody speak of the theme, and return the conversation."""
    conversation = team.hear(author=author, text="It came back with a lost history.")
    if is_read:
        read(team)
    return conversation


def read(team):
    while team.write(read_some, lambda themes: ThemeFinder(themes).find, limit=50):
        pass


def react(team, conversation, *, drawn=None):
    drawn = drawn or team.conversation(conversation).version
    press = Press(act=Act.REACT, conversation_id=conversation, by="U5", drawn=drawn)
    return team.write(react_from_card, press, workspace_id=TEAM, at=NOW)


def press(team, act, improvement, *, drawn=1, **more):
    done = ImprovementPress(act=act, by="U1", at=NOW, drawn=drawn, **more)
    return team.write(merge if act is ImprovementAct.MERGE else press_improvement, improvement, done, workspace_id=TEAM)


def test_who_says_it_later_is_counted_by_whoever_reacts_and_each_person_once(team, decided):
    later_on = [say(team, author) for author in ("mira", "pat")]
    offered = [team.card(each).offered for each in later_on]
    for each in later_on:
        react(team, each)

    assert [(each.theme, each.improvement.id) for each in offered] == [("Lost history", decided)] * 2
    assert [team.conversation(each).improvement_id for each in later_on] == [decided] * 2
    assert team.read(count_who_asked, decided) == 2
    lines = team.rows(
        "SELECT act, actor FROM history WHERE object = 'conversation' AND object_id = :id", id=later_on[0]
    )
    assert [(line["act"], line["actor"]) for line in lines] == [("react", "U5"), ("improve", "U5")]
    assert team.card(later_on[0]).offered is None


def test_what_was_merged_meanwhile_counts_for_what_it_went_into(team, decided):
    late = say(team, "mira")
    other = team.write(add_improvement, TEAM, OTHER, by="U1", at=NOW).id
    press(team, ImprovementAct.MERGE, decided, other=other)
    react(team, late)

    assert team.conversation(late).improvement_id == other


@pytest.mark.parametrize("act", [ImprovementAct.SHIP, ImprovementAct.DECLINE])
def test_nothing_is_offered_once_it_is_done(team, decided, act):
    late = say(team, "mira")
    press(team, act, decided, note="so it is")
    react(team, late)

    assert team.card(late).offered is None
    assert team.conversation(late).improvement_id == 0


def test_nothing_is_offered_where_it_is_not_us_or_counts_for_another(team, decided):
    taken_out, another, late = (say(team, author) for author in ("mira", "kim", "jo"))
    team.press(Act.NOT_US, taken_out)
    other = team.write(add_improvement, TEAM, OTHER, by="U1", at=NOW).id
    team.press(Act.REACT, another)
    drawn = team.conversation(another).version
    chosen = Press(act=Act.IMPROVE, conversation_id=another, by="U1", drawn=drawn, improvement_id=other)
    team.write(count_for, chosen, workspace_id=TEAM, at=NOW)

    assert [team.card(each).offered is None for each in (taken_out, another, late)] == [True, True, False]


def test_a_press_on_an_older_card_counts_for_nothing(team, decided):
    late = say(team, "mira")
    team.press(Act.LISTEN, late)

    assert isinstance(react(team, late, drawn=1), Outdated)
    assert (team.conversation(late).tag, team.conversation(late).improvement_id) == (Tag.LISTEN, 0)


def test_a_card_that_went_out_before_it_was_read_says_it_afterwards(team, decided):
    late = say(team, "mira", is_read=False)
    team.send_all(at=later(hours=1))
    team.write(lambda tx: tx.run("UPDATE message SET stale = 0"))
    read(team)

    assert [row["subject"] for row in team.rows("SELECT subject FROM message WHERE stale = 1")] == [str(late)]
