"""The mentions of some days: all of them, each once, whatever the size of the bites they are read in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import CHANNEL, NOW, TEAM

from engagement.conversations.press import Act
from engagement.span import read_span
from storage.records.exports import count_exported, exported_mentions, names_of_team
from storage.team.labels import label_person

BERLIN = ZoneInfo("Europe/Berlin")
DAY = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def span(typed, zone=BERLIN):
    return read_span(typed, now=NOW, zone=zone)


def exported(team, typed="2026-11", *, limit=100, workspace_id=TEAM):
    rows, mark = [], None
    while True:
        found, mark = team.read(exported_mentions, workspace_id, span(typed), limit=limit, after=mark)
        rows += found
        if mark is None:
            return rows


def titles(rows):
    return [row.mention.stored.post.title for row in rows]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_every_mention_is_exported_once_in_the_order_it_came(team, limit):
    for number in range(7):
        # Three at a time came at one moment.
        team.hear(title=f"{number}", at=DAY + timedelta(minutes=number // 3))

    assert titles(exported(team, limit=limit)) == [f"{number}" for number in range(7)]
    assert team.read(count_exported, TEAM, span("2026-11")) == 7


def test_a_day_is_a_day_of_the_team(team):
    midnight = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    for title, at in [
        ("before", midnight - timedelta(milliseconds=1)),
        ("first", midnight),
        ("next", midnight + timedelta(days=1)),
    ]:
        team.hear(title=title, at=at)

    assert titles(exported(team, "2026-11-03")) == ["first"]
    assert titles(exported(team, "2026-11-02..2026-11-03")) == ["before", "first"]
    assert team.read(count_exported, TEAM, span("2026-11-03")) == 1


def test_an_export_says_how_it_stands_what_found_it_and_how_it_is_labelled(team):
    number = team.hear(title="Where is it?", author="pat", community="r/x", at=DAY)
    team.press(Act.CLAIM, number, by="U7")
    team.write(label_person, TEAM, ["VIP"], community="r/x", author="pat", by="U7", at=DAY)
    [row] = exported(team)

    assert (row.watch, row.term, row.noticed_at) == ("Tidewiki", "tidewiki", DAY)
    assert row.conversation.reply.claimed_by == "U7"
    assert row.labels == ("VIP",)


def test_what_was_not_us_and_what_was_there_before_is_exported_too(team):
    team.press(Act.NOT_US, team.hear(title="Not us", at=DAY))
    team.hear(title="Old", before_start=True, at=DAY)

    assert titles(exported(team)) == ["Not us", "Old"]


def test_another_workspace_gets_nothing_of_ours(team):
    team.add_workspace("T2")
    team.add_watch("Tidewiki", workspace_id="T2", channel=CHANNEL)
    team.hear(at=DAY)

    assert exported(team, workspace_id="T2") == []
    assert team.read(count_exported, "T2", span("2026-11")) == 0


def test_people_are_called_by_the_names_we_know(team):
    def add(tx):
        for user, name in [("U1", "Maya"), ("U2", "")]:
            tx.run(
                "INSERT INTO teammate (workspace_id, slack_user, name) VALUES ('T1', :user, :name)",
                user=user,
                name=name,
            )

    team.write(add)

    assert team.read(names_of_team, TEAM) == {"U1": "Maya"}
