"""How calm a workspace is kept: changed as a whole or not at all, and by whom stands in the history."""

import pytest
from builders import NOW, TEAM, later

from engagement.calm.calm import CalmWish, DeliveryWish, is_score
from engagement.watch import Delivery
from engagement.workspace import QuietHours
from storage.calm.calm import find_calm, save_calm
from storage.listening.watches import find_watch

NIGHT = QuietHours(from_hour=22, to_hour=7)


def a_wish(*deliveries, drawn=1, **facts):
    given = {"urgent_channel": "C0URGENT", "urgent_score": 50, "quiet": NIGHT}
    listed = tuple(
        DeliveryWish(watch_id=watch_id, drawn=version, delivery=delivery) for watch_id, version, delivery in deliveries
    )
    return CalmWish(drawn=drawn, deliveries=listed, **(given | facts))


def save(team, wish, *, workspace_id=TEAM, by="U1"):
    return team.write(save_calm, workspace_id, wish, by=by, at=NOW)


def test_what_is_saved_is_how_it_stands(team):
    assert save(team, a_wish((team.watch.id, 1, Delivery.HOURLY)))

    calm = team.read(find_calm, TEAM)
    assert (calm.workspace.urgent_channel, calm.workspace.urgent_score, calm.workspace.quiet) == ("C0URGENT", 50, NIGHT)
    assert [(watch.delivery, watch.version) for watch in calm.watches] == [(Delivery.HOURLY, 2)]
    assert calm.version == 2
    assert team.rows("SELECT object, act, actor FROM history WHERE act IN ('calm', 'deliver') ORDER BY id") == [
        {"object": "workspace", "act": "calm", "actor": "U1"},
        {"object": "watch", "act": "deliver", "actor": "U1"},
    ]

    assert save(team, a_wish((team.watch.id, 2, Delivery.NOW), drawn=2, quiet=None))
    calm = team.read(find_calm, TEAM)
    assert (calm.workspace.quiet, calm.watches[0].delivery) == (None, Delivery.NOW)


def test_a_form_that_was_drawn_before_somebody_elses_change_changes_nothing(team):
    assert save(team, a_wish(urgent_score=20))

    assert not save(team, a_wish((team.watch.id, 1, Delivery.DAILY), urgent_score=30), by="U2")

    calm = team.read(find_calm, TEAM)
    assert (calm.workspace.urgent_score, calm.watches[0].delivery) == (20, Delivery.NOW)


def test_a_watch_that_was_changed_meanwhile_is_left_as_it_is_and_so_is_all_else(team):
    team.add_watch(at=later(days=1))

    assert not save(team, a_wish((team.watch.id, 1, Delivery.DAILY)))
    assert team.read(find_calm, TEAM).version == 1
    # What somebody does not want changed may have been changed by others.
    assert save(team, a_wish((team.watch.id, 1, Delivery.NOW)))
    assert team.read(find_watch, team.watch.id).version == 2


def test_nobody_changes_what_another_workspace_has(team):
    team.add_workspace("T2")

    assert not save(team, a_wish((team.watch.id, 1, Delivery.DAILY)), workspace_id="T2")
    assert not save(team, a_wish(), workspace_id="T9")
    assert team.read(find_calm, "T9") is None
    assert team.read(find_watch, team.watch.id).delivery is Delivery.NOW


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10", True),
        ("1000000", True),
        ("9", False),
        ("1000001", False),
        ("", False),
        ("-20", False),
        ("2e3", False),
        ("٣٣", False),
        ("9" * 5_000, False),
    ],
)
def test_a_score_is_a_whole_number_of_people(text, expected):
    assert is_score(text) is expected
