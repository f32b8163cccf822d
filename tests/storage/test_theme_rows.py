"""Themes as rows: made, changed and ended; which mentions speak of them, and how many people."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from builders import NOW, TEAM, a_post, a_reading, a_sighting, later
from databases import at_once

from engagement.calendar import Period
from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.digest.details import Part
from engagement.digest.voices import Person
from engagement.improvements.improvement import ImprovementKind, Wanted
from engagement.improvements.themes import THEMES_AT_MOST, Theme
from engagement.listing import DIGEST_THEMES
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind, Pillar, Tag
from storage.digest.digests import compute_digest, find_details, find_digest, queue_digest
from storage.digest.unlisted import unlist
from storage.improvements.demands import find_demand
from storage.improvements.improvements import add_improvement
from storage.improvements.theme_decisions import count_conversations, decide_theme
from storage.improvements.theme_reading import read_some
from storage.improvements.themes import (
    ThemeSaved,
    end_theme,
    find_theme,
    import_theme,
    save_theme,
    settle_theme,
    themes_of,
)
from storage.improvements.themes_heard import as_decided_now, examples_of, newest_said, themes_heard
from storage.records.history import changes_of_settings
from storage.sending.messages import find_message
from storage.workspaces import find_workspace
from triage.themes import ThemeFinder

HISTORY = Theme(name="Lost history", phrases=("lost history", "history is empty"))
A_CHANGE = Wanted(title="Keep history in backups", kind=ImprovementKind.FIX, channel="C1")
WEEK_AGO = NOW - timedelta(weeks=1)


def made(team, theme=HISTORY, at=NOW):
    assert team.write(save_theme, TEAM, theme, by="U1", at=at) is ThemeSaved.SAVED
    return next(each for each in team.read(themes_of, TEAM) if each.name == theme.name)


def read(team, *, limit=50):
    while team.write(read_some, lambda themes: ThemeFinder(themes).find, limit=limit):
        pass


def told(team):
    return team.read(themes_heard, TEAM, starts_at=WEEK_AGO, ends_at=later(hours=1))


def heard(team):
    return [(each.name, each.people, each.new) for each in told(team)]


def waiting(team):
    return len(team.rows("SELECT * FROM mention_without_themes"))


# ---- made by people ------------------------------------------------------------------------------------------------


def test_a_theme_is_made_changed_and_ended_and_the_settings_say_who_did(team):
    theme = made(team)

    changed = Theme(id=theme.id, name="Lost pages", phrases=("lost pages",), version=theme.version)
    assert team.write(save_theme, TEAM, changed, by="U2", at=later(hours=1)) is ThemeSaved.SAVED
    standing = team.read(find_theme, TEAM, theme.id)
    assert (standing.name, standing.phrases, standing.version) == ("Lost pages", ("lost pages",), 2)
    assert team.write(end_theme, TEAM, standing, by="U3", at=later(hours=2)) is ThemeSaved.SAVED

    assert team.read(themes_of, TEAM) == []
    lines = team.read(changes_of_settings, TEAM, limit=3)
    assert [(each.act, each.by, each.name) for each in lines] == [
        ("end theme", "U3", "Lost pages"),
        ("theme", "U2", "Lost pages"),
        ("theme", "U1", "Lost history"),
    ]
    assert {row["object_id"] for row in team.rows("SELECT object_id FROM history WHERE object = 'theme'")} == {theme.id}


def test_who_comes_second_changes_nothing(team):
    drawn = made(team)
    team.write(save_theme, TEAM, Theme(id=drawn.id, name="A", phrases=("a",), version=1), by="U2", at=NOW)

    late = Theme(id=drawn.id, name="B", phrases=("b",), version=drawn.version)

    assert team.write(save_theme, TEAM, late, by="U3", at=NOW) is ThemeSaved.OUTDATED
    assert team.write(end_theme, TEAM, late, by="U3", at=NOW) is ThemeSaved.OUTDATED
    assert team.write(settle_theme, TEAM, drawn, 1, by="U3", at=NOW) is False
    assert [each.name for each in team.read(themes_of, TEAM)] == ["A"]


def test_of_two_who_change_a_theme_at_once_one_counts(team, database_url):
    drawn = made(team)
    wanted = [Theme(id=drawn.id, name=name, phrases=("a",), version=drawn.version) for name in ("A", "B")]

    outcomes = at_once(
        database_url, *(partial(save_theme, workspace_id=TEAM, wanted=each, by="U2", at=NOW) for each in wanted)
    )

    assert sorted(outcomes) == sorted([ThemeSaved.SAVED, ThemeSaved.OUTDATED])
    assert team.read(find_theme, TEAM, drawn.id) == replace(wanted[outcomes.index(ThemeSaved.SAVED)], version=2)


def test_a_name_is_given_once_and_is_free_again_when_its_theme_has_ended(team):
    theme, other = made(team), made(team, Theme(name="Umlauts", phrases=("umlaut",)))
    again = Theme(name="LOST HISTORY", phrases=("gone",))
    renamed = Theme(id=other.id, name="lost History", phrases=("umlaut",), version=other.version)

    assert team.write(save_theme, TEAM, again, by="U1", at=NOW) is ThemeSaved.TAKEN
    assert team.write(save_theme, TEAM, renamed, by="U1", at=NOW) is ThemeSaved.TAKEN
    team.write(end_theme, TEAM, theme, by="U1", at=NOW)
    assert team.write(save_theme, TEAM, renamed, by="U1", at=NOW) is ThemeSaved.SAVED
    assert [each.name for each in team.read(themes_of, TEAM)] == ["lost History"]


def test_a_theme_that_was_ended_begins_anew_under_its_name(team):
    theme = made(team)
    team.write(settle_theme, TEAM, theme, 5, by="U1", at=NOW)
    team.write(end_theme, TEAM, team.read(find_theme, TEAM, theme.id), by="U1", at=NOW)

    anew = made(team, Theme(name="Lost history", phrases=("gone",)))

    assert (anew.phrases, anew.improvement_id) == (("gone",), 0)
    assert anew.version > theme.version


def test_there_are_only_so_many_themes(team):
    for number in range(THEMES_AT_MOST):
        made(team, Theme(name=f"theme {number}", phrases=("x",)))

    one_more = Theme(name="one more", phrases=("x",))

    assert team.write(save_theme, TEAM, one_more, by="U1", at=NOW) is ThemeSaved.FULL


def test_a_theme_from_a_file_stands_in_place_of_the_one_of_its_name(team):
    theme = made(team)
    again, changed = HISTORY, Theme(name="lost History", phrases=("gone",))
    waited = waiting(team)

    assert team.write(import_theme, TEAM, again, at=NOW) is ThemeSaved.SAVED
    assert team.read(find_theme, TEAM, theme.id) == theme, "nothing is new in it"
    assert waiting(team) == waited
    assert team.write(import_theme, TEAM, changed, at=NOW) is ThemeSaved.SAVED
    [standing] = team.read(themes_of, TEAM)
    assert (standing.id, standing.name, standing.phrases) == (theme.id, "lost History", ("gone",))
    assert team.write(import_theme, TEAM, Theme(name="new", phrases=("x",)), at=NOW) is ThemeSaved.SAVED
    assert len(team.read(themes_of, TEAM)) == 2


def test_themes_are_of_one_workspace(team):
    theme = made(team)
    team.add_workspace("T2")

    assert team.read(find_theme, "T2", theme.id) is None
    assert team.read(themes_of, "T2") == []
    assert team.write(save_theme, "T2", HISTORY, by="U9", at=NOW) is ThemeSaved.SAVED


# ---- found in mentions ---------------------------------------------------------------------------------------------


def test_what_was_heard_before_a_theme_was_made_is_read_for_it_few_at_a_time(team):
    for number in range(5):
        team.hear(author=f"person {number}", text="My history is empty")
    team.hear(author="long ago", text="lost history", at=NOW - timedelta(weeks=13))

    made(team)
    assert waiting(team) == 5
    assert team.write(read_some, lambda themes: ThemeFinder(themes).find, limit=2) is True
    assert waiting(team) == 3
    read(team, limit=2)

    assert waiting(team) == 0
    assert heard(team) == [("Lost history", 5, 5)]


def test_a_mention_is_read_once_it_is_there_and_again_when_it_is_edited(team):
    made(team)
    post = a_post("p1", text="nothing of the sort", author="pat")
    team.poll(post)
    read(team)
    assert heard(team) == []

    team.poll(post._replace(text="I lost history"))
    read(team)
    assert heard(team) == [("Lost history", 1, 1)]

    team.poll(post._replace(text="I found it"))
    read(team)
    assert heard(team) == []


def test_what_was_taken_back_at_the_source_still_counts(team):
    made(team)
    post = a_post("p1", text="I lost history", author="pat")
    team.poll(post)
    read(team)

    team.poll(post._replace(text="[deleted]"))
    read(team)

    assert heard(team) == [("Lost history", 1, 1)]


def test_a_team_without_themes_has_nothing_read(team):
    team.hear(text="lost history")

    assert waiting(team) == 0


def test_a_theme_that_changes_is_looked_for_by_its_new_phrases(team):
    team.hear(author="pat", text="lost history")
    theme = made(team)
    read(team)

    team.write(save_theme, TEAM, Theme(id=theme.id, name="X", phrases=("umlaut",), version=1), by="U1", at=NOW)
    read(team)
    assert heard(team) == []

    team.write(save_theme, TEAM, Theme(id=theme.id, name="Y", phrases=("umlaut",), version=2), by="U1", at=NOW)
    assert waiting(team) == 0, "a new name is no new phrase"


# ---- counted by people ---------------------------------------------------------------------------------------------


def test_people_are_counted_by_community_and_who_is_new(team):
    made(team, at=NOW - timedelta(weeks=11))
    for at, author, community in [
        (NOW, "pat", "r/wikis"),
        (NOW, "pat", "r/wikis"),
        (NOW, "pat", "GitHub"),
        (NOW, "mira", "r/wikis"),
        (NOW - timedelta(weeks=10), "mira", "r/wikis"),
        (NOW - timedelta(weeks=3), "kim", "r/wikis"),
        (NOW - timedelta(weeks=5), "too long ago", "r/wikis"),
        (NOW, "", "r/wikis"),
        (NOW, "", "r/wikis"),
    ]:
        team.hear(text="lost history", author=author, community=community, at=at)
    read(team)

    assert heard(team) == [("Lost history", 6, 4)]


def test_what_is_not_about_us_or_is_ours_is_nobodys_theme(team):
    made(team)
    team.press(Act.NOT_US, team.hear(text="lost history", author="a"))
    team.hear(text="lost history", author="b", before_start=True)
    ours = a_post(text="lost history", author="us")
    started_by_us = a_reading(pillar=Pillar.PROVIDER_INITIATED)
    team.poll(ours, sightings=[replace(a_sighting(team.watch, ours), reading=started_by_us)])
    read(team)

    assert heard(team) == []


def test_who_praises_is_a_fan(team):
    made(team)
    team.hear(text="lost history", author="a", kind=Kind.PRAISE)
    team.hear(text="lost history", author="b")
    read(team)

    [theme] = told(team)

    assert (theme.people, theme.fans, theme.is_liked) == (2, 1, False)


@pytest.mark.parametrize("owner", ["", "U7"])
def test_a_theme_says_what_was_decided_about_it(team, owner):
    theme = made(team)
    team.hear(text="lost history", author="a")
    read(team)
    [before] = told(team)
    assert before.is_undecided
    wanted = Wanted(title="Keep it", kind=ImprovementKind.FIX, channel="C1", owner=owner)
    improvement = team.write(add_improvement, TEAM, wanted, by="U1", at=NOW)

    assert team.write(settle_theme, TEAM, theme, improvement.id, by="U1", at=NOW)

    [now] = team.read(as_decided_now, TEAM, [before])
    assert (now.improving.title, now.improving.state, now.improving.owner) == ("Keep it", "proposed", owner)
    assert now.people == before.people


def test_examples_are_the_newest_of_different_people_and_of_nobody_who_is_not_named(team):
    made(team)
    for number, author in enumerate(["first", "hidden", "pat", "pat"]):
        team.hear(text="lost history", title=f"said {number}", author=author, at=later(minutes=number))
    team.write(unlist, TEAM, Person("forum.example", "hidden"), by="U1", at=NOW)
    read(team)

    [theme] = team.read(examples_of, TEAM, told(team), ends_at=later(hours=1))

    assert [each.title for each in theme.said] == ["said 3", "said 0"]


def test_what_was_said_of_late_can_be_gone_through(team):
    team.hear(text="old", at=NOW - timedelta(weeks=5))
    team.hear(text="one", author="pat", community="r/wikis")
    team.hear(text="two", author="")

    said = team.read(newest_said, TEAM, since=NOW - timedelta(weeks=4))

    assert [(person[:2], post.text) for person, post in said] == [
        (("forum.example", ""), "two"),
        (("r/wikis", "pat"), "one"),
    ]
    assert said[0][0][2] > 0


# ---- decided -------------------------------------------------------------------------------------------------------


def decided(team, theme, wanted, **facts):
    given = {"drawn": theme.version, "by": "U1", "at": NOW} | facts
    decision = team.write(decide_theme, TEAM, theme.id, wanted, **given)
    if decision:
        numbers, improvement = decision.conversations, decision.improvement
        team.write(count_conversations, TEAM, numbers, improvement.id, by="U1", at=NOW)
    return decision


def test_a_decision_counts_what_was_said_for_the_improvement(team):
    theme = made(team)
    asked, listened = (team.hear(text="lost history", author=author) for author in ("pat", "mira"))
    team.press(Act.LISTEN, listened)
    elsewhere = team.hear(text="umlauts", author="kim")
    read(team)

    decision = decided(team, theme, A_CHANGE)

    assert {asked, listened} == set(decision.conversations)
    rows = [team.conversation(number) for number in (asked, listened, elsewhere)]
    assert [(each.tag, each.improvement_id) for each in rows] == [
        (Tag.REACT, decision.improvement.id),
        (Tag.REACT, decision.improvement.id),
        (None, 0),
    ]
    assert rows[0].reply.state is ReplyState.OWED, "to act on it does not answer it"
    demand = team.read(find_demand, decision.improvement.id)
    assert demand.people == 2


def test_who_decides_second_changes_nothing(team):
    theme = made(team)
    first = decided(team, theme, A_CHANGE)

    assert decided(team, theme, A_CHANGE, by="U2") is None
    assert team.read(find_theme, TEAM, theme.id).improvement_id == first.improvement.id
    assert len(team.rows("SELECT id FROM improvement")) == 1


def test_of_two_who_decide_at_once_one_counts(team, database_url):
    theme = made(team)
    decide = partial(decide_theme, workspace_id=TEAM, theme_id=theme.id, wanted=A_CHANGE, drawn=theme.version, at=NOW)

    outcomes = at_once(database_url, partial(decide, by="U1"), partial(decide, by="U2"))

    [first] = [each for each in outcomes if each is not None]
    assert [row["id"] for row in team.rows("SELECT id FROM improvement")] == [first.improvement.id]


def test_a_theme_can_lead_to_an_improvement_there_is_and_to_none_of_another_team(team):
    theme = made(team)
    team.add_workspace("T2")
    theirs = team.write(add_improvement, "T2", A_CHANGE, by="U9", at=NOW)
    ours = team.write(add_improvement, TEAM, A_CHANGE, by="U1", at=NOW)

    assert decided(team, theme, theirs.id) is None
    assert decided(team, theme, 99) is None
    assert decided(team, theme, ours.id).improvement.id == ours.id


def test_a_decision_leaves_alone_what_counts_for_another_is_put_aside_or_taken_out(team):
    theme = made(team)
    other, asleep, muted, gone = (team.hear(text="lost history", author=author) for author in ("a", "b", "c", "d"))
    improvement = team.write(add_improvement, TEAM, A_CHANGE, by="U1", at=NOW)
    team.press(Act.REACT, other)
    team.press(Act.IMPROVE, other, improvement_id=improvement.id)
    team.press(Act.SNOOZE, asleep, until=later(days=2), reason="later")
    team.press(Act.MUTE, muted, mute_id=1)
    team.press(Act.NOT_US, gone)
    read(team)

    assert decided(team, theme, A_CHANGE).conversations == ()


def test_what_somebody_decided_meanwhile_stays(team):
    theme = made(team)
    conversation = team.hear(text="lost history", author="pat")
    read(team)
    decision = team.write(decide_theme, TEAM, theme.id, A_CHANGE, drawn=theme.version, by="U1", at=NOW)
    team.press(Act.NOT_US, conversation)

    team.write(count_conversations, TEAM, [conversation, 99], decision.improvement.id, by="U1", at=NOW)

    assert team.conversation(conversation).improvement_id == 0


def test_a_digest_names_the_first_themes_and_says_what_was_decided_since(team):
    for number in range(DIGEST_THEMES + 1):
        made(team, Theme(name=f"theme {number}", phrases=("lost history",)))
    team.hear(text="lost history", author="pat")
    read(team)
    workspace = team.read(find_workspace, TEAM)
    team.write(queue_digest, workspace, Period(name="w", starts_at=WEEK_AGO, ends_at=later(hours=1)), now=NOW)

    digest = team.read(find_digest, 1)
    assert [(each.name, each.people, each.improving) for each in digest.themes] == [
        (f"theme {number}", 1, None) for number in range(DIGEST_THEMES)
    ]
    team.send_all()
    theme = team.read(find_theme, TEAM, digest.themes[0].theme_id)
    decided(team, theme, A_CHANGE)

    assert team.read(find_digest, 1).themes[0].improving.title == A_CHANGE.title
    stale = team.rows("SELECT kind FROM message WHERE stale = 1 AND kind = 'digest'")
    assert len(stale) == 1
    [details] = [team.read(find_details, 1, [Part.THEMES])]
    assert len(details.themes) == DIGEST_THEMES + 1
    assert details.themes[0].said


def test_the_digest_of_one_label_names_no_themes(team):
    made(team)
    team.hear(text="lost history", author="pat")
    read(team)
    workspace = team.read(find_workspace, TEAM)

    label = team.read(compute_digest, workspace, starts_at=WEEK_AGO, ends_at=later(hours=1), now=NOW, label=(1, "ours"))

    assert label.themes == ()


def test_the_card_of_praise_names_the_theme_it_is_about_and_is_drawn_anew_for_it(team):
    made(team, Theme(name="Page templates", phrases=("templates",)))
    praise = team.hear(title="Love the templates of Tidewiki", kind=Kind.PRAISE)
    question = team.hear(title="Where are the templates of Tidewiki?")
    team.send_all()
    assert team.card(praise).likes == ()

    read(team)

    assert team.card(praise).likes == ("Page templates",)
    assert team.card(question).likes == ()
    stale = {each: team.read(find_message, MessageKind.CARD, str(each)).stale for each in (praise, question)}
    assert stale == {praise: True, question: False}
