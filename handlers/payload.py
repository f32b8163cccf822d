"""What Slack sends, read and checked: a payload is hostile until then."""

import re
from typing import Any

from engagement.decide import Act, Press

Payload = dict[str, Any]

ACTS = {
    "mention.listen": Act.LISTEN,
    "mention.interact": Act.INTERACT,
    "mention.react": Act.REACT,
    "mention.not_us": Act.NOT_US,
    "mention.undo": Act.UNDO,
    "reply.claim": Act.CLAIM,
    "reply.hand_back": Act.HAND_BACK,
    "reply.reopen": Act.REOPEN,
    "digest.claim": Act.CLAIM,
}
VALUE = re.compile(r"(\d{1,18}):(\d{1,18})", re.ASCII)


class BadPayloadError(ValueError):
    """Slack (or somebody who pretends to be) sent something our messages never made."""


def read_value(value: object) -> tuple[int, int]:
    """Return (id, version as drawn) of a button's value. Raises BadPayloadError."""
    found = VALUE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise BadPayloadError("a button's value is not id:version")
    return int(found[1]), int(found[2])


def read_press(body: Payload) -> Press:
    """Return which decision was pressed, by whom, on which version. Raises BadPayloadError."""
    action = body["actions"][0]
    act = ACTS.get(action["action_id"])
    if act is None:
        raise BadPayloadError("no button of ours has this action_id")
    conversation_id, drawn = read_value(action.get("value"))
    return Press(act=act, conversation_id=conversation_id, by=body["user"]["id"], drawn=drawn)


def team_of(body: Payload) -> str:
    """Return the workspace id of a click, a submitted form or a command. Raises BadPayloadError."""
    team = (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id") or body.get("team_id")
    if not team:
        raise BadPayloadError("the payload names no workspace")
    return str(team)


def channel_of(body: Payload) -> str:
    """Return the channel a click came from, empty for a form."""
    return str((body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id") or "")


def entered(body: Payload, name: str) -> str:
    """Return what was entered into the field `name` (block_id and action_id alike), stripped; empty if nothing."""
    field = ((body["view"].get("state") or {}).get("values") or {}).get(name, {}).get(name, {})
    chosen = field.get("selected_option") or {}
    return str(field.get("value") or chosen.get("value") or "").strip()


def ticked(body: Payload, name: str) -> list[str]:
    """Return the values of the checkboxes `name` that were ticked, in their order."""
    field = ((body["view"].get("state") or {}).get("values") or {}).get(name, {}).get(name, {})
    return [str(option.get("value")) for option in field.get("selected_options") or []]
