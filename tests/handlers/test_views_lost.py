"""What is said of channels and cards that were lost, judged as Slack would judge it."""

from dataclasses import replace

import pytest
import view_samples as sample

from engagement.sending.channels import Loss, LostChannel
from handlers.views.conversations.card import draw_card
from handlers.views.conversations.deleted import draw_deleted
from handlers.views.sending.lost_channel import draw_lost_channel, move_modal
from sandbox.blockkit import validate_view

LOST = LostChannel(
    id=3,
    workspace_id="T1",
    channel="C0MENTIONS",
    loss=Loss.ARCHIVED,
    lost_at=sample.NOW,
    watches=("Tidewiki",),
)
MESSAGES = {
    "lost-archived": draw_lost_channel(LOST),
    "lost-removed": draw_lost_channel(replace(LOST, loss=Loss.REMOVED, waiting=3, watches=("Tidewiki", "BookStack"))),
    "lost-gone": draw_lost_channel(replace(LOST, loss=Loss.GONE, watches=())),
    "lost-back": draw_lost_channel(replace(LOST, back_at=sample.NOW)),
    "lost-moved": draw_lost_channel(
        replace(LOST, back_at=sample.NOW, moved_to="C0GENERAL", moved_by="U0COMMUNITY", watches=())
    ),
    "deleted": draw_deleted(sample.a_card(), is_deleted=True),
    "deleted-again": draw_deleted(sample.a_card(), is_deleted=False),
}
OPENING = sample.a_mention()
WITHDRAWN = replace(
    OPENING,
    stored=replace(OPENING.stored, withdrawn_at=sample.NOW, post=OPENING.stored.post._replace(text="", author="")),
)
MESSAGES["card-withdrawn"] = draw_card(sample.a_card(opening=WITHDRAWN))
LONG = sample.NASTY * 40


@pytest.mark.parametrize("name", MESSAGES)
def test_every_word_on_what_was_lost_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, MESSAGES[name])
    sample.assert_slack_takes(MESSAGES[name])


def test_the_form_to_post_elsewhere_looks_as_agreed_and_slack_takes_it(golden):
    view = move_modal(LOST)

    golden("lost-move", view)
    assert validate_view(view) == []


def test_slack_takes_them_with_the_nastiest_data():
    sample.assert_slack_takes(draw_lost_channel(replace(LOST, watches=(LONG,) * 50, channel=LONG)))
    sample.assert_slack_takes(draw_deleted(sample.a_nasty_card(), is_deleted=True))
