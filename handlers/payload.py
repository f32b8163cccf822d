"""What Slack sends, read and checked: a payload is hostile until then."""

import json
import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from engagement.conversations.press import Act, Press
from engagement.listening.source import NewSource
from engagement.records.lookup import Step, Turn

Payload = dict[str, Any]
Choice = TypeVar("Choice", bound=StrEnum)

ACTS = {
    "mention.listen": Act.LISTEN,
    "mention.interact": Act.INTERACT,
    "mention.react": Act.REACT,
    "mention.not_us": Act.NOT_US,
    "mention.undo": Act.UNDO,
    "unsure.us": Act.US,
    "unsure.not_us": Act.NOT_US,
    "reply.claim": Act.CLAIM,
    "reply.hand_back": Act.HAND_BACK,
    "reply.reopen": Act.REOPEN,
    "digest.claim": Act.CLAIM,
    "mention.wake": Act.WAKE,
    "mention.unmute": Act.UNMUTE,
    "story.together": Act.TOGETHER,
    "story.apart": Act.APART,
    "story.perhaps": Act.PERHAPS,
}
# What the pickers of channels, people, days and hours say was picked.
PICKED = (
    "selected_channel",
    "selected_conversation",
    "selected_user",
    "selected_date",
    "selected_time",
    "selected_date_time",
)
VALUE = re.compile(r"(\d{1,18}):(\d{1,18})", re.ASCII)
TIMESTAMP = re.compile(r"\d{1,11}\.\d{1,9}", re.ASCII)
# What a picker of channels can have picked, and nothing that only looks like it.
PICKED_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,30}", re.ASCII)
PERSON = re.compile(r"[UW][A-Z0-9]{1,30}", re.ASCII)
NUMBER = re.compile(r"\d{1,18}", re.ASCII)
TURN = re.compile(rf"(?P<of_what>.+):(?P<step>{'|'.join(Step)}):(?P<line>{NUMBER.pattern})", re.ASCII)


class BadPayloadError(ValueError):
    """Slack (or somebody who pretends to be) sent something our messages never made."""


def read_value(value: object) -> tuple[int, int]:
    """Return (id, version as drawn) of a button's value. Raises BadPayloadError."""
    found = VALUE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise BadPayloadError("a button's value is not id:version")
    return int(found[1]), int(found[2])


def number_of(value: object) -> int:
    """Return a number that a form or a button of ours carried. Raises BadPayloadError."""
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        raise BadPayloadError("a choice is no number")
    return int(value)


def read_press(body: Payload) -> Press:
    """Return which decision was pressed, by whom, on which version. Raises BadPayloadError."""
    act = ACTS.get(body["actions"][0]["action_id"])
    if act is None:
        raise BadPayloadError("no button of ours has this action_id")
    conversation_id, drawn = read_value(pressed_value(body))
    return Press(act=act, conversation_id=conversation_id, by=user_of(body), drawn=drawn)


def pressed_value(body: Payload) -> str:
    """Return the value of the button that was pressed. Raises BadPayloadError."""
    value = body["actions"][0].get("value")
    if not isinstance(value, str):
        raise BadPayloadError("a button has no value")
    return value


def read_turn(value: str) -> tuple[str, Turn]:
    """Return of what a button of a long list turns the page, and which way. Raises BadPayloadError."""
    found = TURN.fullmatch(value)
    if found is None:
        raise BadPayloadError("a button turns no page")
    return found["of_what"], Turn(step=Step(found["step"]), line=int(found["line"]))


def read_choice(body: Payload) -> tuple[str, str]:
    """Return (what, `id:version`) of the option that was chosen in a card's menu. Raises BadPayloadError."""
    chosen = (body["actions"][0].get("selected_option") or {}).get("value")
    what, _, value = chosen.partition(":") if isinstance(chosen, str) else ("", "", "")
    read_value(value)
    return what, value


def read_submitted(body: Payload, act: Act, **facts: Any) -> Press:
    """Return the decision that a form of ours asks for; `facts` are what else it says. Raises BadPayloadError."""
    conversation_id, drawn = read_value(carried(body).get("value"))
    return Press(act=act, conversation_id=conversation_id, by=user_of(body), drawn=drawn, **facts)


def moment_entered(body: Payload, name: str) -> datetime | None:
    """Return the moment that was picked in the field `name`, as aware UTC; None where none was."""
    entry = entered(body, name)
    return datetime.fromtimestamp(number_of(entry), UTC) if entry else None


def user_of(body: Payload) -> str:
    """Return the Slack user id of who clicked or submitted a form. Raises BadPayloadError."""
    user = (body.get("user") or {}).get("id")
    if not user:
        raise BadPayloadError("the payload names no user")
    return str(user)


def team_of(body: Payload) -> str:
    """Return the workspace id of a click, a submitted form or a command. Raises BadPayloadError."""
    team = (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id") or body.get("team_id")
    if not team:
        raise BadPayloadError("the payload names no workspace")
    return str(team)


def channel_of(body: Payload) -> str:
    """Return the channel a click came from, empty for a form."""
    return str((body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id") or "")


def sent_at_of(body: Payload) -> datetime | None:
    """Return when the message was posted in which something was pressed (aware UTC), None where there is none."""
    ts = str((body.get("container") or {}).get("message_ts") or "")
    return datetime.fromtimestamp(int(float(ts)), UTC) if TIMESTAMP.fullmatch(ts) else None


def is_in_home(body: Payload) -> bool:
    """Return whether a press was made in the App Home: there is no channel to answer it in."""
    return str((body.get("view") or {}).get("type")) == "home"


def shown_hash(body: Payload) -> str | None:
    """Return which drawing of a view somebody pressed in, None where Slack does not say."""
    drawn = (body.get("view") or {}).get("hash")
    return drawn if isinstance(drawn, str) and drawn else None


def entered(body: Payload, name: str) -> str:
    """Return what was entered into the field `name` (block_id and action_id alike), stripped; empty if nothing."""
    field = ((body["view"].get("state") or {}).get("values") or {}).get(name, {}).get(name, {})
    chosen = field.get("selected_option") or {}
    picked = next((field[kind] for kind in PICKED if field.get(kind)), "")
    return str(field.get("value") or chosen.get("value") or picked or "").strip()


def choice_of(choices: type[Choice], chosen: str) -> Choice:
    """Return what somebody chose in a form or by a button. Raises BadPayloadError for what was never offered."""
    try:
        return choices(chosen)
    except ValueError as error:
        raise BadPayloadError("nothing of ours offers this choice") from error


def ticked(body: Payload, name: str) -> list[str]:
    """Return the values of the checkboxes `name` that were ticked, in their order."""
    field = ((body["view"].get("state") or {}).get("values") or {}).get(name, {}).get(name, {})
    return [str(option.get("value")) for option in field.get("selected_options") or []]


def picked_people(body: Payload, name: str) -> tuple[str, ...]:
    """Return the Slack users that were picked in the field `name`, each once. Raises BadPayloadError."""
    field = ((body["view"].get("state") or {}).get("values") or {}).get(name, {}).get(name, {})
    picked = [str(each) for each in field.get("selected_users") or []]
    if not all(PERSON.fullmatch(each) for each in picked):
        raise BadPayloadError("a form names somebody who is no user")
    return tuple(dict.fromkeys(picked))


def carried(body: Payload) -> dict[str, Any]:
    """Return what a form of ours carried in its private_metadata. Raises BadPayloadError."""
    try:
        found = json.loads(body["view"]["private_metadata"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadPayloadError("the form carries nothing of ours") from error
    if not isinstance(found, dict):
        raise BadPayloadError("the form carries nothing of ours")
    return found


def version_of(body: Payload) -> int:
    """Return which version of a thing a form of ours was drawn from. Raises BadPayloadError."""
    version = carried(body).get("version")
    if not isinstance(version, int):
        raise BadPayloadError("the form does not say what it was drawn from")
    return version


def channel_of_form(body: Payload) -> str:
    """Return the channel that a form of ours was opened from. Raises BadPayloadError."""
    channel = carried(body).get("channel")
    if not isinstance(channel, str):
        raise BadPayloadError("the form does not say where it was opened")
    return channel


def read_offer(body: Payload) -> tuple[int, list[NewSource]]:
    """Return the watch and the places that the form offered. Raises BadPayloadError."""
    offer = carried(body)
    try:
        return int(offer["watch"]), [
            NewSource(name=str(name), url=str(url), community=str(community)) for name, url, community in offer["found"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise BadPayloadError("the form does not say what it offered") from error
