"""Block Kit's text, option and confirm objects, and the elements people press, pick and fill in."""

from collections.abc import Mapping
from typing import Any, Final

from sandbox import limits
from sandbox.blockkit_ranges import choices_agree, lengths_agree, numbers_agree
from sandbox.schema import (
    Check,
    Problems,
    all_of,
    anything,
    boolean,
    each,
    fields,
    integer,
    items,
    matching,
    one_of,
    problem,
    string,
    typed,
)


def plain_text(maximum: int) -> Check:
    """Accept a `plain_text` object."""
    return typed({"plain_text": _plain(maximum)})


def any_text(maximum: int) -> Check:
    """Accept a `plain_text` or `mrkdwn` object."""
    mrkdwn = fields(required={"text": string(maximum)}, optional={"verbatim": boolean})
    return typed({"plain_text": _plain(maximum), "mrkdwn": mrkdwn})


def _plain(maximum: int) -> Check:
    return fields(required={"text": string(maximum)}, optional={"emoji": boolean})


def _option(text: Check, *, url: bool = False) -> Check:
    return fields(
        required={"text": text, "value": string(limits.OPTION_VALUE)},
        optional={"description": plain_text(limits.OPTION_DESCRIPTION)} | ({"url": string(limits.URL)} if url else {}),
    )


CONFIRM: Final = fields(
    required={"title": plain_text(limits.CONFIRM_TITLE), "text": any_text(limits.CONFIRM_TEXT)},
    optional={
        "confirm": plain_text(limits.CONFIRM_BUTTON),
        "deny": plain_text(limits.CONFIRM_BUTTON),
        "style": one_of("primary", "danger"),
    },
)

_OPTION: Final = _option(plain_text(limits.OPTION_TEXT))
_RICH_OPTION: Final = _option(any_text(limits.OPTION_TEXT))
_LINK_OPTION: Final = _option(plain_text(limits.OPTION_TEXT), url=True)
_OPTIONS: Final = each(_OPTION, maximum=limits.OPTIONS_PER_SELECT)
_GROUPS: Final = each(
    fields(required={"label": plain_text(limits.OPTION_TEXT), "options": _OPTIONS}), maximum=limits.OPTION_GROUPS
)

_ID: Final = string(limits.ACTION_ID)
_SLACK_ID: Final = matching(r"[A-Z][A-Z0-9]+", "an id of Slack's")
_SLACK_IDS: Final = each(_SLACK_ID, maximum=limits.OPTIONS_PER_SELECT, minimum=0)
_DATE: Final = matching(r"\d{4}-\d\d-\d\d", "a date like 2026-11-22")
_TIME: Final = matching(r"([01]\d|2[0-3]):[0-5]\d", "a time like 09:30")
_COUNT: Final = integer(1, limits.OPTIONS_PER_SELECT)


def _element(required: Mapping[str, Check] | None = None, optional: Mapping[str, Check] | None = None) -> Check:
    return fields(
        required=required or {},
        optional={"action_id": _ID, "confirm": CONFIRM, "focus_on_load": boolean, **(optional or {})},
    )


def _select(*, many: bool = False, extra: Mapping[str, Check] | None = None) -> Check:
    shared = {"placeholder": plain_text(limits.PLACEHOLDER), **(extra or {})}
    if not many:
        return _element(optional=shared)
    return all_of(_element(optional={**shared, "max_selected_items": _COUNT}), choices_agree)


def _typing(extra: Mapping[str, Check], *, required: Mapping[str, Check] | None = None) -> Check:
    return fields(
        required=required or {},
        optional={
            "action_id": _ID,
            "placeholder": plain_text(limits.PLACEHOLDER),
            "focus_on_load": boolean,
            "dispatch_action_config": fields(
                required={"trigger_actions_on": each(one_of("on_enter_pressed", "on_character_entered"), maximum=2)}
            ),
            **extra,
        },
    )


def _has_options(value: Any, pointer: str) -> Problems:
    """Accept a select with `options` or `option_groups`, whose initial choice is one of them."""
    if ("options" in value) == ("option_groups" in value):
        yield problem(pointer, "must define either `options` or `option_groups`")
    yield from _initial_is_an_option(value, pointer)


def _initial_is_an_option(value: Any, pointer: str) -> Problems:
    offered = [option for group in (value, *items(value, "option_groups")) for option in items(group, "options")]
    if value.get("initial_option") is not None and value["initial_option"] not in offered:
        yield problem(f"{pointer}/initial_option", "must exactly match an option")
    for index, option in enumerate(items(value, "initial_options")):
        if option not in offered:
            yield problem(f"{pointer}/initial_options/{index}", "must exactly match an option")


_CHOICE: Final = {"options": _OPTIONS, "option_groups": _GROUPS}
_TEXT_LENGTHS: Final = {
    "initial_value": string(limits.INPUT_LENGTH, minimum=0),
    "min_length": integer(0, limits.INPUT_LENGTH),
    "max_length": integer(1, limits.INPUT_LENGTH),
}
_CONVERSATION_EXTRAS: Final = {
    "default_to_current_conversation": boolean,
    "filter": anything,
}
_MANY: Final = {"maximum": limits.OPTIONS_PER_SELECT, "minimum": 0}

BUTTON: Final = fields(
    required={"text": plain_text(limits.BUTTON_TEXT)},
    optional={
        "action_id": _ID,
        "url": string(limits.URL),
        "value": string(limits.BUTTON_VALUE),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(limits.ACCESSIBILITY_LABEL),
    },
)

IMAGE: Final = fields(
    required={"alt_text": string(limits.IMAGE_ALT_TEXT)},
    optional={"image_url": matching(rf"https?://\S{{1,{limits.URL}}}", "a valid URL"), "slack_file": anything},
)

_CHECKBOXES: Final = all_of(
    _element(
        {"options": each(_RICH_OPTION, maximum=limits.OPTIONS_PER_CHECKBOXES)},
        {"initial_options": each(_RICH_OPTION, maximum=limits.OPTIONS_PER_CHECKBOXES)},
    ),
    _initial_is_an_option,
)
_RADIO_BUTTONS: Final = all_of(
    _element({"options": each(_RICH_OPTION, maximum=limits.OPTIONS_PER_CHECKBOXES)}, {"initial_option": _RICH_OPTION}),
    _initial_is_an_option,
)

# What may be pressed or picked in an actions block and beside a section.
PRESSED: Final[Mapping[str, Check]] = {
    "button": BUTTON,
    "checkboxes": _CHECKBOXES,
    "radio_buttons": _RADIO_BUTTONS,
    "overflow": fields(
        required={"options": each(_LINK_OPTION, maximum=limits.OPTIONS_PER_OVERFLOW)},
        optional={"action_id": _ID, "confirm": CONFIRM},
    ),
    "static_select": all_of(_select(extra={**_CHOICE, "initial_option": _OPTION}), _has_options),
    "multi_static_select": all_of(
        _select(many=True, extra={**_CHOICE, "initial_options": each(_OPTION, **_MANY)}), _has_options
    ),
    "users_select": _select(extra={"initial_user": _SLACK_ID}),
    "multi_users_select": _select(many=True, extra={"initial_users": _SLACK_IDS}),
    "channels_select": _select(extra={"initial_channel": _SLACK_ID, "response_url_enabled": boolean}),
    "multi_channels_select": _select(many=True, extra={"initial_channels": _SLACK_IDS}),
    "conversations_select": _select(
        extra={**_CONVERSATION_EXTRAS, "initial_conversation": _SLACK_ID, "response_url_enabled": boolean}
    ),
    "multi_conversations_select": _select(
        many=True, extra={**_CONVERSATION_EXTRAS, "initial_conversations": _SLACK_IDS}
    ),
    "datepicker": _element(optional={"initial_date": _DATE, "placeholder": plain_text(limits.PLACEHOLDER)}),
    "datetimepicker": _element(optional={"initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    "timepicker": _element(
        optional={"initial_time": _TIME, "placeholder": plain_text(limits.PLACEHOLDER), "timezone": string(64)}
    ),
}

# What may be filled in, in an input block; a button or an overflow is not an answer.
FILLED_IN: Final[Mapping[str, Check]] = {
    **{name: check for name, check in PRESSED.items() if name not in {"button", "overflow"}},
    "plain_text_input": all_of(_typing({"multiline": boolean, **_TEXT_LENGTHS}), lengths_agree),
    "url_text_input": _typing({"initial_value": string(limits.URL)}),
    "email_text_input": _typing({"initial_value": string(limits.URL)}),
    "number_input": all_of(
        _typing(
            {"initial_value": anything, "min_value": anything, "max_value": anything},
            required={"is_decimal_allowed": boolean},
        ),
        numbers_agree,
    ),
}

# What stands in a context_actions block: thumbs, and icons (of which there is one so far).
_THUMB: Final = fields(
    required={"text": plain_text(limits.BUTTON_TEXT), "value": string(limits.BUTTON_VALUE)},
    optional={"accessibility_label": string(limits.ACCESSIBILITY_LABEL)},
)
CONTEXT_PRESSED: Final[Mapping[str, Check]] = {
    "feedback_buttons": fields(
        required={"positive_button": _THUMB, "negative_button": _THUMB}, optional={"action_id": _ID}
    ),
    "icon_button": fields(
        required={"icon": one_of("trash"), "text": plain_text(limits.BUTTON_TEXT)},
        optional={
            "action_id": _ID,
            "value": string(limits.BUTTON_VALUE),
            "confirm": CONFIRM,
            "accessibility_label": string(limits.ACCESSIBILITY_LABEL),
            "visible_to_user_ids": each(_SLACK_ID, maximum=limits.ICON_BUTTON_USERS),
        },
    ),
}
