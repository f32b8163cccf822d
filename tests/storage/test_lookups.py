"""Who changed what, looked up: of one thing, of a topic or of all, a page at a time, and of no other team."""

from dataclasses import replace

from builders import NOW, TEAM, later

from engagement.conversations.press import Act
from engagement.improvements.improvement import ImprovementAct, ImprovementKind, ImprovementPress, Wanted
from engagement.improvements.themes import Theme
from engagement.records.lookup import LINES_A_PAGE, About, Step, Topic, Turn
from engagement.voice.draft import Roles
from engagement.voice.guide import Guide
from storage.conversations.past import past_of
from storage.improvements.improvements import add_improvement, presses_on
from storage.improvements.improving import press_improvement
from storage.improvements.themes import save_theme
from storage.records.lookups import find_lines
from storage.team.labels import drop_label, label_person, label_source
from storage.voice.guide import save_guide, save_roles


def looked_up(team, topic, number=0, *, turn=None, workspace_id=TEAM):
    return team.read(find_lines, workspace_id, About(topic=topic, number=number), turn)


def acts(found):
    return [(line.object, line.act) for line in found.lines]


def save_guides(team, count):
    for number in range(count):
        guide = Guide(sounds_like=f"Rule {number}.", version=number)
        assert team.write(save_guide, TEAM, guide, by="U1", at=later(minutes=number))


def test_a_topic_has_its_own_lines_and_everything_has_all(team):
    save_guides(team, 1)
    team.write(save_roles, TEAM, Roles(approved=frozenset({1})), by="U2", at=NOW)
    team.press(Act.LISTEN, team.hear())

    assert acts(looked_up(team, Topic.VOICE)) == [("workspace", "voice")]
    assert acts(looked_up(team, Topic.ROLES)) == [("workspace", "roles")]
    assert acts(looked_up(team, Topic.WATCH, 1)) == acts(looked_up(team, Topic.WATCHES)) == [("watch", "save")]
    assert acts(looked_up(team, Topic.SETTINGS)) == [("workspace", "roles"), ("workspace", "voice"), ("watch", "save")]
    assert looked_up(team, Topic.ROLES).names == {("watch", 1): "Tidewiki"}


def test_what_is_another_teams_is_not_shown(team):
    save_guides(team, 1)
    team.add_workspace("T2")

    team.write(save_theme, TEAM, Theme(name="Ours", phrases=("a",)), by="U1", at=NOW)

    for topic in set(Topic) - {Topic.CONVERSATION, Topic.IMPROVEMENT}:
        found = looked_up(team, topic, 1, workspace_id="T2")
        assert (found.lines, found.names) == ((), {})


def test_a_long_history_is_turned_page_by_page_while_it_grows(team):
    save_guides(team, LINES_A_PAGE + 5)
    first = looked_up(team, Topic.VOICE)
    assert (len(first.lines), first.turns.newer, first.turns.older) == (LINES_A_PAGE, 0, first.lines[-1].id)

    team.write(save_guide, TEAM, Guide(version=LINES_A_PAGE + 5), by="U1", at=later(days=1))
    last = looked_up(team, Topic.VOICE, turn=Turn(step=Step.OLDER, line=first.turns.older))
    assert [line.after["sounds_like"] for line in last.lines] == [f"Rule {number}." for number in range(4, -1, -1)]
    assert (last.turns.newer, last.turns.older) == (last.lines[0].id, 0)

    back = looked_up(team, Topic.VOICE, turn=Turn(step=Step.NEWER, line=last.turns.newer))
    assert back.lines == first.lines
    assert back.turns.newer == first.lines[0].id


def test_a_conversation_and_an_improvement_are_turned_alike(team):
    one = team.hear()
    for number in range(LINES_A_PAGE + 1):
        team.press(Act.UNDO if number % 2 else Act.LISTEN, one, at=later(minutes=number))
    page = team.read(past_of, team.card(one), now=NOW)
    older = team.read(past_of, team.card(one), Turn(step=Step.OLDER, line=page.turns.older), now=NOW)
    assert (len(page.deeds), [deed.act for deed in older.deeds], older.turns.older) == (LINES_A_PAGE, [Act.LISTEN], 0)

    wanted = Wanted(title="Export", kind=ImprovementKind.FIX, channel="C9")
    improvement = team.write(add_improvement, TEAM, wanted, by="U1", at=NOW)
    for number in range(LINES_A_PAGE):
        do = ImprovementAct.REOPEN if number % 2 else ImprovementAct.SHIP
        press = ImprovementPress(act=do, by="U2", at=NOW, drawn=number + 1)
        team.write(press_improvement, improvement.id, press, workspace_id=TEAM)
    page, turns = team.read(presses_on, improvement.id)
    rest, _ = team.read(presses_on, improvement.id, Turn(step=Step.OLDER, line=turns.older))
    assert (page[0].act, len(page), [each.act for each in rest]) == (
        ImprovementAct.REOPEN,
        LINES_A_PAGE,
        [ImprovementAct.CREATE],
    )

    other = replace(wanted, title="Import")
    press = ImprovementPress(act=ImprovementAct.CHANGE, by="U2", at=NOW, drawn=LINES_A_PAGE + 1, wanted=other)
    team.write(press_improvement, improvement.id, press, workspace_id=TEAM)
    (latest, *_), _ = team.read(presses_on, improvement.id)
    assert (latest.instead_of, latest.wanted, rest[0].instead_of) == (wanted, other, None)


def test_the_labels_of_a_card_are_those_of_who_wrote_it_and_of_its_place(team):
    one = team.hear(author="pat")
    for author in ("pat", "sam"):
        team.write(label_person, TEAM, ["kind"], community="forum.example", author=author, by="U1", at=NOW)
    team.write(label_source, TEAM, ["ours"], source_id=team.source.id, by="U2", at=NOW)
    team.write(drop_label, TEAM, 1, by="U3", at=NOW)

    here = looked_up(team, Topic.LABELS_HERE, one)
    assert acts(here) == [("source", "label"), ("person", "label")]
    assert here.lines[1].after["author"] == "pat"
    assert acts(looked_up(team, Topic.LABELS)) == [
        ("label", "label"),
        ("source", "label"),
        ("person", "label"),
        ("person", "label"),
    ]


def test_a_theme_is_called_as_it_is_now(team):
    team.write(save_theme, TEAM, Theme(name="Old", phrases=("a",)), by="U1", at=NOW)
    team.write(save_theme, TEAM, Theme(id=1, version=1, name="New", phrases=("a",)), by="U1", at=NOW)

    found = looked_up(team, Topic.THEME, 1)
    assert [line.after["name"] for line in found.lines] == ["New", "Old"]
    assert found.names == {("theme", 1): "New"}
