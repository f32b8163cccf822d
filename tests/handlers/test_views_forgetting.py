"""The form that asks whether somebody is to be forgotten, judged as Slack would judge it."""

import view_samples as sample

from engagement.records.forgotten import name_of
from engagement.records.still_named import SettingKind, StillNamed
from engagement.team.labels import LabelsHere
from handlers.views.records.forgetting import forget_modal, say_forgotten
from handlers.views.team.labels import labels_modal
from sandbox.blockkit import validate_view

SETTINGS = [
    StillNamed(workspace_id="T1", kind=SettingKind.WATCH, number=1, name="Tidewiki"),
    StillNamed(workspace_id="T1", kind=SettingKind.WATCH, number=2, name="Rivals"),
    StillNamed(workspace_id="T1", kind=SettingKind.THEME, number=1, name="Tide & co"),
    StillNamed(workspace_id="T1", kind=SettingKind.VOICE, number=0, name=""),
]


def test_the_question_looks_as_agreed(golden):
    view = forget_modal(7, community="r/selfhosted", author="u/paperless_pat", posts=3)

    golden("forget", view)
    assert validate_view(view) == []


def test_the_question_names_the_settings_that_stay_and_the_answer_only_counts_them(golden):
    view = forget_modal(7, community="r/selfhosted", author="tide", posts=1, named_in=SETTINGS)

    golden("forget-named", view)
    assert validate_view(view) == []
    assert say_forgotten(SETTINGS) == (
        "They are forgotten. The same name still stands in your settings, which I did not change: in 2 watches, "
        "1 theme and 1 voice guide. If it means them, please take it out there."
    )


def test_who_forgot_somebody_is_told_that_it_is_done():
    assert say_forgotten([]) == "They are forgotten. What I posted is drawn again without them."


def test_slack_takes_the_nastiest_name():
    long = sample.NASTY * 40
    named = [StillNamed(workspace_id="T1", kind=SettingKind.THEME, number=1, name=long)] * 99
    view = forget_modal(7, community=long, author=long, posts=10**9, named_in=named)

    assert validate_view(view) == []


def test_nobody_is_forgotten_twice():
    form = labels_modal(7, 0, (), LabelsHere(), author=name_of(3), place="")

    assert "Forget this person…" not in str(form)
