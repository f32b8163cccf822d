"""The week of each label: counted as the week's mentions are, and never a mention twice."""

from datetime import timedelta

from builders import NOW, TEAM, later

from engagement.conversations.press import Act
from engagement.team.labels import LabelWeek
from storage.digest.digests import compute_digest
from storage.digest.label_weeks import week_by_label
from storage.team.labels import find_label, label_person, label_source
from storage.workspaces import asking_workspace

MIRA = {"community": "Hacker News", "author": "mira"}
WEEK = {"starts_at": NOW - timedelta(days=6), "ends_at": later(days=1)}


def give(team, *names, **who):
    team.write(label_person, TEAM, names, **(MIRA | who), by="U1", at=NOW)


def test_a_week_says_how_much_each_label_brought_and_how_much_of_it_waits(team):
    asked, settled = team.hear(**MIRA), team.hear(**MIRA)
    team.hear(author="pat")
    team.press(Act.LISTEN, settled)
    give(team, "journalist", "teacher")
    team.write(label_source, TEAM, ["journalist"], source_id=team.source.id, by="U1", at=NOW)

    assert team.read(week_by_label, TEAM, **WEEK) == (
        LabelWeek(name="journalist", mentions=3, waiting=2),
        LabelWeek(name="teacher", mentions=2, waiting=1),
    )
    assert team.conversation(asked).tag is None


def test_what_is_not_about_us_or_of_another_week_is_not_counted(team):
    team.hear(**MIRA, at=NOW - timedelta(days=7))
    team.press(Act.NOT_US, team.hear(**MIRA))
    give(team, "journalist")

    assert team.read(week_by_label, TEAM, **WEEK) == ()


def test_the_digest_of_one_label_counts_and_lists_only_what_carries_it(team):
    hers = team.hear(**MIRA, title="Hers")
    team.hear(author="pat")
    give(team, "journalist")
    label = team.read(find_label, TEAM, "journalist")

    def digest(tx):
        return compute_digest(tx, asking_workspace(tx, TEAM), now=later(days=1), label=(label, "journalist"), **WEEK)

    told = team.db.read(digest)

    assert [row.conversation_id for row in told.waiting] == [hers]
    assert (told.week.mentions, told.week.needed_us, told.more_waiting) == (1, 1, 0)
    assert (told.label, told.labels) == ("journalist", ())
