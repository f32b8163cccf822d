"""What a filled-in view looks like: Slack's `state.values`, and the answers that are missing from it."""

import copy
from collections.abc import Mapping
from typing import Any, Final

from sandbox.blockkit import elements_of, nested

Values = dict[str, dict[str, dict[str, Any]]]

REQUIRED: Final = "Please complete this required field."

# Where an element's answer stands in `state.values`, and where its first value stands in the element.
ANSWERS: Final[Mapping[str, tuple[str, str]]] = {
    "plain_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "timepicker": ("selected_time", "initial_time"),
}


def initial_values(view: Mapping[str, Any]) -> Values:
    """Return the state of a view that nobody has touched yet."""
    values: Values = {}
    for block in nested(view["blocks"]):
        for element in elements_of(block):
            if element["type"] in ANSWERS:
                name, initial = ANSWERS[element["type"]]
                empty: Any = [] if name.endswith("s") else None
                answer = {"type": element["type"], name: element.get(initial, empty)}
                values.setdefault(block["block_id"], {})[element["action_id"]] = answer
    return values


def with_choice(values: Mapping[str, Any], action: Mapping[str, Any]) -> Values:
    """Return a copy of `values` that also holds the answer just given, where the action is one."""
    chosen = copy.deepcopy(dict(values))
    if action.get("type") in ANSWERS:
        name, _ = ANSWERS[action["type"]]
        answer = {"type": action["type"], name: copy.deepcopy(action.get(name))}
        chosen.setdefault(action["block_id"], {})[action["action_id"]] = answer
    return chosen


def missing_answers(view: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    """Return an error for each input block that must be answered and is not: Slack's client does not submit those."""
    missing: dict[str, str] = {}
    for block in nested(view["blocks"]):
        if block["type"] != "input" or block.get("optional"):
            continue
        element = block["element"]
        answer = values.get(block["block_id"], {}).get(element["action_id"], {})
        if not answer.get(ANSWERS[element["type"]][0]):
            missing[block["block_id"]] = REQUIRED
    return missing
