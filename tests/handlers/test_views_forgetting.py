"""The form that asks whether somebody is to be forgotten, judged as Slack would judge it."""

import view_samples as sample

from engagement.records.forgotten import name_of
from engagement.team.labels import LabelsHere
from handlers.views.records.forgetting import forget_modal
from handlers.views.team.labels import labels_modal
from sandbox.blockkit import validate_view


def test_the_question_looks_as_agreed(golden):
    view = forget_modal(7, community="r/selfhosted", author="u/paperless_pat", posts=3)

    golden("forget", view)
    assert validate_view(view) == []


def test_slack_takes_the_nastiest_name():
    view = forget_modal(7, community=sample.NASTY * 40, author=sample.NASTY * 40, posts=10**9)

    assert validate_view(view) == []


def test_nobody_is_forgotten_twice():
    form = labels_modal(7, 0, (), LabelsHere(), author=name_of(3), place="")

    assert "Forget this person…" not in str(form)
