"""The form Calm, as it stands in tests/data/views; and what comes back from it, which may be anything."""

import json
from dataclasses import replace

import pytest
import view_samples as sample
from builders import a_schedule

from engagement.calm.calm import Calm
from engagement.watch import Delivery
from engagement.workspace import QuietHours, Workspace
from handlers.calm.calm import find_problems, read_wish
from handlers.payload import BadPayloadError
from handlers.views.calm.calm import calm_modal, calm_said
from sandbox.blockkit import validate_view

WORKSPACE = Workspace(
    id="T1",
    schedule=a_schedule(zone="Europe/Berlin"),
    urgent_channel="C0FOUNDERS",
    quiet=QuietHours(from_hour=22, to_hour=7),
)
WATCHES = (
    sample.a_watch(version=3),
    sample.a_watch(id=2, name="BookStack", delivery=Delivery.DAILY),
    sample.a_watch(id=3, name="Outline", delivery=Delivery.HOURLY),
)
CALM = Calm(workspace=WORKSPACE, watches=WATCHES, version=4, waiting=12)
NEW = Calm(workspace=Workspace(id="T1", schedule=a_schedule()), watches=WATCHES[:1], version=1)
VIEWS = {"calm": calm_modal(CALM), "calm-new": calm_modal(NEW)}
NASTY = replace(CALM, watches=tuple(sample.a_watch(id=n, name=sample.NASTY * 40) for n in range(200)))


@pytest.mark.parametrize("name", VIEWS)
def test_the_form_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, VIEWS[name])
    assert validate_view(VIEWS[name]) == []


def test_slack_takes_the_form_of_the_nastiest_watches():
    assert validate_view(calm_modal(NASTY)) == []
    assert len(calm_said(NASTY)) < 3_000


def test_it_says_how_calm_it_is():
    assert calm_said(CALM).splitlines() == [
        "At once: *Tidewiki*",
        "Once an hour: *Outline*",
        "Once a day: *BookStack*",
        "12 cards wait for the next message.",
        "Surges, and posts that 100 people like, are told in <#C0FOUNDERS>.",
        "Quiet from 22:00 to 07:00 (Europe/Berlin): alerts and reminders wait.",
    ]
    assert calm_said(NEW).splitlines()[1:] == [
        "Surges, and posts that 100 people like, are told in the channel of the watch.",
        "No quiet hours.",
    ]


def submitted(metadata=None, **changes):
    """What Slack sends of the form, with some of it changed."""
    entered = {
        "delivery-1": "hourly",
        "urgent_channel": "C0FOUNDERS",
        "urgent_score": "100",
        "quiet_from": "22",
        "quiet_to": "7",
    } | changes
    values = {name: {name: {"value": value}} for name, value in entered.items()}
    carried = {"calm": 4, "watches": [[1, 3]]} if metadata is None else metadata
    return {"view": {"private_metadata": json.dumps(carried), "state": {"values": values}}}


def test_what_was_entered_is_what_somebody_wants():
    wish = read_wish(submitted())

    assert (wish.drawn, wish.urgent_channel, wish.urgent_score) == (4, "C0FOUNDERS", 100)
    assert wish.quiet == QuietHours(from_hour=22, to_hour=7)
    assert [(each.watch_id, each.drawn, each.delivery) for each in wish.deliveries] == [(1, 3, Delivery.HOURLY)]
    assert read_wish(submitted(quiet_from="never", urgent_channel="")).quiet is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"urgent_score": "9"}, "urgent_score"),
        ({"urgent_score": "many"}, "urgent_score"),
        ({"quiet_from": "7"}, "quiet_to"),
    ],
)
def test_what_is_wrong_is_said_under_its_field(changes, field):
    assert list(find_problems(submitted(**changes))) == [field]
    assert find_problems(submitted()) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"delivery-1": "never"},
        {"urgent_channel": "<!channel>"},
        {"urgent_channel": "U0MAYA"},
        {"quiet_from": "25"},
        {"quiet_to": "noon"},
        {"metadata": {}},
        {"metadata": {"calm": "x", "watches": []}},
        {"metadata": {"calm": 1, "watches": [[1]]}},
        {"metadata": {"calm": 1, "watches": 7}},
    ],
    ids=str,
)
def test_what_our_form_never_sends_is_refused(changes):
    with pytest.raises(BadPayloadError):
        read_wish(submitted(**changes))
