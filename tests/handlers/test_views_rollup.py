"""The roll-up, as it stands in tests/data/views, judged as Slack would judge it."""

from dataclasses import replace
from datetime import timedelta

import digest_samples
import pytest
import view_samples as sample

from engagement.calm.rollup import ROLLUP_ROWS, RolledUp, Rollup
from engagement.understanding.reading import Kind, Tag
from engagement.watch import Delivery
from handlers.views.calm.rollup import draw_rollup

QUESTION, BUG, OTHER = digest_samples.waiting_rows()
LISTED = replace(OTHER, ours_to_answer=False)
LONG = sample.NASTY * 40


def a_rollup(**changes):
    rollup = Rollup(
        id=5,
        workspace_id="T1",
        channel="C1",
        delivery=Delivery.HOURLY,
        starts_at=sample.NOW - timedelta(hours=1),
        ends_at=sample.NOW,
        kinds=((Kind.QUESTION, 3), (Kind.BUG, 1), (Kind.OTHER, 8)),
        watches=("Tidewiki",),
        rows=(RolledUp(waiting=QUESTION), RolledUp(waiting=BUG), RolledUp(waiting=LISTED)),
        waiting=12,
    )
    return replace(rollup, **changes)


LATER = (
    RolledUp(waiting=replace(QUESTION, reply=sample.claimed(), tag=Tag.INTERACT), is_posted=True),
    RolledUp(waiting=replace(BUG, tag=Tag.REACT, reply=sample.answered())),
    RolledUp(waiting=replace(LISTED, tag=Tag.LISTEN)),
    RolledUp(waiting=replace(OTHER, dismissed_by="U0COMMUNITY")),
    RolledUp(waiting=LISTED, is_posted=True, more=3),
)
NASTY_ROW = digest_samples.a_waiting(
    title=LONG, url="https://example.org/" + "a&" * 110, community=LONG, author=LONG, reply=sample.claimed()
)
ROLLUPS = {
    "rollup": a_rollup(),
    "rollup-one": a_rollup(kinds=((Kind.PRAISE, 1),), rows=(RolledUp(waiting=LISTED),), waiting=1),
    "rollup-day": a_rollup(
        delivery=Delivery.DAILY,
        starts_at=sample.NOW - timedelta(days=1),
        watches=("Tidewiki", "BookStack", "Outline", "Wiki.js"),
        kinds=tuple((kind, len(Kind) - number) for number, kind in enumerate(Kind)),
    ),
    "rollup-later": a_rollup(rows=LATER, kinds=((Kind.OTHER, 5),), waiting=0, posted=2),
    "rollup-told-again": a_rollup(rows=(), kinds=(), watches=(), waiting=0),
    "rollup-shown": a_rollup(posted=11, waiting=0, shown_by="U0SUPPORT", shown_at=sample.NOW, version=2),
    "rollup-nasty": a_rollup(
        watches=(LONG,) * 30,
        kinds=tuple((kind, 1_234_567) for kind in Kind),
        rows=(RolledUp(waiting=NASTY_ROW, more=10**9),) * ROLLUP_ROWS,
    ),
}


@pytest.mark.parametrize("name", ROLLUPS)
def test_every_roll_up_looks_as_agreed_and_slack_takes_it(name, golden):
    drawn = draw_rollup(ROLLUPS[name])

    golden(name, drawn)
    sample.assert_slack_takes(drawn)


def test_whoever_waits_can_be_answered_and_every_other_card_be_seen():
    steps = [block.get("accessory", {}).get("action_id") for block in draw_rollup(a_rollup()).blocks]
    assert steps == ["rollup.show_all", "rollup.claim", "rollup.open", "rollup.open", None]

    later = [block.get("accessory") for block in draw_rollup(ROLLUPS["rollup-later"]).blocks]
    assert later == [None] * 6
