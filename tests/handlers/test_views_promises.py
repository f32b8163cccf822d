"""What people and channels are told of promises, and who is away, as it stands in tests/data/views."""

from dataclasses import replace
from datetime import timedelta

import digest_samples
import pytest
import view_samples as sample

from engagement.team.team import Availability
from engagement.turns.reminders import Reminder, ReminderKind
from handlers.views.conversations.reminder import draw_reminder, redraw_reminder
from handlers.views.team.away import away_modal, gone_modal, say_away
from handlers.views.team.naming import ask_for_name, ask_if_you, name_form, say_remembered
from sandbox.blockkit import validate_view

MINE = digest_samples.a_waiting(1, reply=sample.claimed())
LATE = digest_samples.a_waiting(
    2, title="Search misses umlauts", reply=replace(sample.claimed(), due_at=sample.NOW - timedelta(hours=3))
)
DONE = digest_samples.a_waiting(3, title="“How does this compare?”", reply=sample.answered())
OURS = digest_samples.a_waiting(4)
PROMISED = Reminder(
    kind=ReminderKind.PROMISED, recipient="U0SUPPORT", rows=(LATE, MINE), told_at=sample.NOW + timedelta(hours=2)
)
UNOWNED = Reminder(
    kind=ReminderKind.UNOWNED, recipient="C0MENTIONS", rows=(OURS, digest_samples.a_waiting(5)), told_at=sample.NOW
)
COVER = replace(
    PROMISED, kind=ReminderKind.COVER, about="U0COMMUNITY", until=sample.NOW + timedelta(days=7), rows=(MINE,)
)
MESSAGES = {
    "reminder": draw_reminder(PROMISED),
    "reminder-later": redraw_reminder(replace(PROMISED, rows=(LATE, DONE, OURS))),
    "reminder-done": redraw_reminder(replace(PROMISED, rows=(DONE,))),
    "unowned": draw_reminder(UNOWNED),
    "unowned-later": redraw_reminder(replace(UNOWNED, rows=(OURS, MINE, DONE))),
    "unowned-done": redraw_reminder(replace(UNOWNED, rows=(MINE,))),
    "cover": draw_reminder(COVER),
    "name-asked": ask_for_name(7, "Reddit"),
    "name-is-you": ask_if_you(7, "Reddit", "u/paperless_pat"),
}
VIEWS = {
    "away": away_modal(tomorrow="2026-11-24"),
    "away-covered": gone_modal(2, 0, cover="U0SUPPORT", until=sample.NOW),
    "away-barred": gone_modal(0, 2, cover="U0SUPPORT", until=sample.NOW, barred=True),
    "away-handed-back": gone_modal(0, 1, cover="", until=sample.NOW),
    "name": name_form(7, "Reddit", channel_id="C0MENTIONS"),
}
LONG = sample.NASTY * 40
NASTY = replace(MINE, title=LONG, community=LONG, author=LONG, url="https://example.org/" + "a&" * 400)


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, MESSAGES[name])
    sample.assert_slack_takes(MESSAGES[name])


def test_slack_takes_a_reminder_of_the_nastiest_data_which_lists_ten():
    drawn = draw_reminder(replace(PROMISED, rows=(NASTY,) * 200))

    sample.assert_slack_takes(drawn)
    assert "and 190 more" in str(drawn.blocks)


def test_nothing_is_said_when_all_was_done_before_it_was_sent():
    assert draw_reminder(replace(PROMISED, rows=(DONE, OURS))) is None


@pytest.mark.parametrize("name", VIEWS)
def test_every_form_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, VIEWS[name])
    assert validate_view(VIEWS[name]) == []


def test_who_is_away_is_said_to_be_so_until_the_day_they_are_back():
    away = Availability(slack_user="U1", away_until=sample.NOW)

    assert say_away(away) == "They are away until Monday, 23 November. Please choose somebody else."


def test_slack_takes_questions_about_the_nastiest_names():
    sample.assert_slack_takes(ask_for_name(7, LONG))
    sample.assert_slack_takes(ask_if_you(7, LONG, LONG))
    assert validate_view(name_form(7, LONG, channel_id="C1")) == []
    assert "<!channel>" not in say_remembered(LONG, LONG, reason=LONG)


def test_thanks_say_where_somebody_is_heard_or_why_not():
    assert say_remembered("Reddit", "u/pat") == "Thanks. I look at u/pat on Reddit from now on."
    assert "I cannot hear you there, though: there is nobody of this name." in say_remembered(
        "Mastodon", "@pat@x.example", reason="there is nobody of this name"
    )
