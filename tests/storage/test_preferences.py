"""What a team tags again and again is noted as it decides, and forgotten when somebody says so."""

from builders import NOW, TEAM, later

from engagement.conversations.press import Act
from engagement.understanding.reading import Kind, Tag
from storage.records.history import changes_of_settings
from storage.understanding.learned import learned_in
from storage.understanding.preferences import forget_preference, preferences_of


def preferred(team, workspace_id=TEAM):
    return {(each.kind, each.community): (each.tag, each.choices) for each in team.read(preferences_of, workspace_id)}


def choose(team, *acts, **post):
    """Have as many questions tagged, a minute apart; return the numbers of their conversations."""
    numbers = []
    for minute, act in enumerate(acts):
        number = team.hear(**post)
        team.press(act, number, at=later(minutes=minute))
        numbers.append(number)
    return numbers


def test_eight_of_the_last_ten_choices_are_a_preference_for_that_kind_in_that_community(team):
    choose(team, *[Act.INTERACT] * 2, *[Act.LISTEN] * 7, community="Lobsters")
    choose(team, *[Act.LISTEN] * 3, community="Lobsters", kind=Kind.BUG)
    assert preferred(team) == {}

    choose(team, Act.LISTEN, community="Lobsters")

    assert preferred(team) == {(Kind.QUESTION, "Lobsters"): (Tag.LISTEN, 8)}
    assert preferred(team, "T2") == {}
    assert team.read(learned_in, TEAM).preferred(Kind.QUESTION, "Lobsters").tag is Tag.LISTEN
    assert team.read(learned_in, TEAM).preferred(Kind.QUESTION, "Hacker News") is None


def test_undone_and_chosen_otherwise_it_counts_as_it_stands(team):
    numbers = choose(team, *[Act.LISTEN] * 8, *[Act.REACT] * 2)
    assert preferred(team) == {(Kind.QUESTION, "forum.example"): (Tag.LISTEN, 8)}

    team.press(Act.UNDO, numbers[0], at=later(hours=1))
    assert preferred(team) == {}
    team.press(Act.LISTEN, numbers[0], at=later(hours=2))
    assert preferred(team) == {(Kind.QUESTION, "forum.example"): (Tag.LISTEN, 8)}
    team.press(Act.UNDO, numbers[0], at=later(hours=3))
    team.press(Act.REACT, numbers[0], at=later(hours=4))
    assert preferred(team) == {}


def test_a_claim_is_one_choice_with_the_tag_it_brings(team):
    for _ in range(10):
        number = team.hear()
        team.press(Act.INTERACT, number)
        team.press(Act.CLAIM, number)

    assert preferred(team) == {(Kind.QUESTION, "forum.example"): (Tag.INTERACT, 10)}


def test_forgotten_it_takes_ten_choices_again(team):
    choose(team, *[Act.LISTEN] * 10)
    [standing] = team.read(preferences_of, TEAM)

    assert not team.write(forget_preference, "T2", standing.id, by="U9", at=NOW)
    assert team.write(forget_preference, TEAM, standing.id, by="U9", at=NOW)
    assert not team.write(forget_preference, TEAM, standing.id, by="U9", at=NOW)
    choose(team, *[Act.LISTEN] * 9)

    assert preferred(team) == {}
    [change] = team.read(changes_of_settings, TEAM, limit=1)
    assert (change.object, change.act, change.name, change.by) == (
        "preference",
        "forget",
        "question, forum.example",
        "U9",
    )
