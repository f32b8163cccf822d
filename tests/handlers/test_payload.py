from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.conversations.press import Act, Press
from handlers.conversations.buttons import follows_no_more
from handlers.payload import (
    ACTS,
    BadPayloadError,
    carried,
    channel_of,
    channel_of_form,
    entered,
    moment_entered,
    pressed_value,
    read_choice,
    read_offer,
    read_press,
    read_submitted,
    read_value,
    sent_at_of,
    team_of,
    user_of,
)


def a_click(action_id="mention.interact", value="7:3", **more):
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "actions": [{"action_id": action_id, "value": value}],
        **more,
    }


def test_a_click_names_the_conversation_the_version_and_the_person():
    assert read_press(a_click()) == Press(act=Act.INTERACT, conversation_id=7, by="U1", drawn=3)


def test_every_button_of_a_conversation_is_one_act():
    assert {read_press(a_click(action_id)).act for action_id in ACTS} >= {Act.LISTEN, Act.CLAIM, Act.UNDO, Act.REOPEN}


@pytest.mark.parametrize(
    "value", ["", "7", "7:", ":3", "7:3:1", "-7:3", "7:3\n", "\u0667:\u0663", "7;3", None, 7, "9" * 30 + ":1"]
)
def test_a_value_our_buttons_never_made_is_refused(value):
    with pytest.raises(BadPayloadError):
        read_value(value)


def test_an_option_of_a_menu_says_what_and_on_which_drawing():
    body = a_click("mention.more", None)
    body["actions"][0]["selected_option"] = {"value": "snooze:7:3"}

    assert read_choice(body) == ("snooze", "7:3")


@pytest.mark.parametrize("option", [None, {}, {"value": None}, {"value": "snooze"}, {"value": "snooze:7:3:1"}])
def test_an_option_our_menus_never_made_is_refused(option):
    body = a_click("mention.more", None)
    body["actions"][0]["selected_option"] = option

    with pytest.raises(BadPayloadError):
        read_choice(body)


def test_a_submitted_form_says_who_decides_what_on_which_drawing():
    body = {"user": {"id": "U1"}, "view": {"private_metadata": '{"value": "7:3"}'}}

    press = Press(act=Act.ASSIGN, conversation_id=7, by="U1", drawn=3, to="U9")
    assert read_submitted(body, Act.ASSIGN, to="U9") == press


@pytest.mark.parametrize(
    ("picked", "moment"), [(None, None), (1_795_420_800, datetime(2026, 11, 23, 8, 0, tzinfo=UTC))]
)
def test_a_moment_is_read_as_it_was_picked(picked, moment):
    body = {"view": {"state": {"values": {"at": {"at": {"type": "datetimepicker", "selected_date_time": picked}}}}}}

    assert moment_entered(body, "at") == moment


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**18 - 1))
def test_a_value_is_read_as_it_was_written(conversation_id, version):
    assert read_value(f"{conversation_id}:{version}") == (conversation_id, version)


def test_a_button_of_nobody_is_refused():
    with pytest.raises(BadPayloadError):
        read_press(a_click("mention.sell"))


def test_the_workspace_is_found_where_an_organisation_leaves_the_team_out():
    body = a_click(team=None, user={"id": "U1", "team_id": "T2"})

    assert team_of(body) == "T2"
    with pytest.raises(BadPayloadError):
        team_of({"team": None, "user": {"id": "U1"}})


def test_a_form_has_no_channel_and_its_fields_are_stripped():
    view = {"state": {"values": {"names": {"names": {"value": "  Tidewiki \n"}}, "outcome": {"outcome": {}}}}}

    assert channel_of({"view": view}) == ""
    assert entered({"view": view}, "names") == "Tidewiki"
    assert entered({"view": view}, "outcome") == ""
    assert entered({"view": view}, "missing") == ""


@pytest.mark.parametrize("metadata", [None, "", "no json", "[]", "7", "null", 7])
def test_a_form_that_carries_nothing_of_ours_is_refused(metadata):
    for read in (carried, channel_of_form, read_offer):
        with pytest.raises(BadPayloadError):
            read({"view": {"private_metadata": metadata}})
        with pytest.raises(BadPayloadError):
            read({"view": {}})


def test_a_press_of_nobody_and_of_no_value_is_refused():
    with pytest.raises(BadPayloadError):
        user_of(a_click(user=None))
    with pytest.raises(BadPayloadError):
        pressed_value(a_click(value=None))


@pytest.mark.parametrize(
    ("field", "picked"),
    [
        ({"type": "channels_select", "selected_channel": "C0GENERAL"}, "C0GENERAL"),
        ({"type": "users_select", "selected_user": "U0SAM"}, "U0SAM"),
        ({"type": "datepicker", "selected_date": "2026-12-01"}, "2026-12-01"),
        ({"type": "timepicker", "selected_time": "09:00"}, "09:00"),
        ({"type": "channels_select", "selected_channel": None}, ""),
    ],
    ids=["channel", "person", "day", "hour", "nothing"],
)
def test_what_was_picked_is_read_like_what_was_typed(field, picked):
    body = {"view": {"state": {"values": {"where": {"where": field}}}}}

    assert entered(body, "where") == picked


@pytest.mark.parametrize("ts", [None, "", "soon", "1" * 40, "1.2.3", "-1.0", 17])
def test_a_press_outside_a_message_has_no_moment_of_sending(ts):
    assert sent_at_of(a_click(container={"message_ts": ts})) is None


def test_a_message_says_when_it_was_sent():
    assert sent_at_of(a_click(container={"message_ts": "1795420800.000100"})) == datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("action_id", "days", "expected"),
    [("digest.claim", 7, True), ("digest.claim", 6.9, False), ("reply.claim", 9, False)],
)
def test_a_digest_of_last_week_shows_no_more_what_came_of_a_press(action_id, days, expected):
    body = a_click(action_id, container={"message_ts": "1795420800.000100"})

    assert follows_no_more(body, datetime(2026, 11, 23, 8, tzinfo=UTC) + timedelta(days=days)) is expected
