"""Block Kit as plain dicts: only the blocks we send, with only what we use of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from engagement.dataclass import dataclass
from engagement.prose import clip

Block = dict[str, Any]
View = dict[str, Any]

# Slack's limits, docs.slack.dev/reference/block-kit.
HEADER_LENGTH: Final = 150
PLACEHOLDER_LENGTH: Final = 150
OPTION_LENGTH: Final = 75
MODAL_TITLE_LENGTH: Final = 24
CONFIRM_TITLE_LENGTH: Final = 100
CONFIRM_LENGTH: Final = 300
CONFIRM_ANSWER_LENGTH: Final = 30
INPUT_LENGTH: Final = 3_000


CHART: Final = "data_visualization"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What we post: the blocks, and the `text` that a phone's notification and a screen reader say instead."""

    text: str
    blocks: list[Block]


def only(sentence: str) -> Message:
    """Return a message that is one sentence."""
    return Message(text=sentence, blocks=[section(sentence)])


def without_charts(message: Message) -> Message:
    """Return the message without its charts, which some clients and workspaces of Slack do not know yet."""
    return replace(message, blocks=[block for block in message.blocks if block["type"] != CHART])


def with_block_id(message: Message, block_id: str) -> Message:
    """Return the message with its first block named `block_id`, by which it is found again in the history."""
    first, *others = message.blocks
    return replace(message, blocks=[{**first, "block_id": block_id}, *others])


def mrkdwn(text: str) -> Block:
    """Return formatted text. Verbatim, or Slack would make links of every bare address and #name in it."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(text: str, limit: int) -> Block:
    """Return text without formatting, clipped to `limit` characters."""
    return {"type": "plain_text", "text": clip(text, limit), "emoji": True}


def section(text: str, accessory: Block | None = None) -> Block:
    """Return a paragraph, with at most one button at its side."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return {**block, "accessory": accessory} if accessory else block


def context(text: str) -> Block:
    """Return a paragraph in small grey print."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def header(text: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain(text, HEADER_LENGTH)}


def divider() -> Block:
    """Return a line across the message."""
    return {"type": "divider"}


def actions(*buttons: Block) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def button(label: str, action_id: str, value: str, *, primary: bool = False) -> Block:
    """Return a button; at most one in a message should be primary."""
    block: Block = {"type": "button", "text": plain(label, OPTION_LENGTH), "action_id": action_id, "value": value}
    return {**block, "style": "primary"} if primary else block


def danger(label: str, action_id: str, value: str, *, sure: Block) -> Block:
    """Return a red button that asks `sure` (a `confirm`) before it counts."""
    return {**button(label, action_id, value), "style": "danger", "confirm": sure}


def confirm(title: str, text: str, *, yes: str, no: str) -> Block:
    """Return the question that Slack asks before a press counts."""
    return {
        "title": plain(title, CONFIRM_TITLE_LENGTH),
        "text": plain(text, CONFIRM_LENGTH),
        "confirm": plain(yes, CONFIRM_ANSWER_LENGTH),
        "deny": plain(no, CONFIRM_ANSWER_LENGTH),
    }


def link_button(label: str, action_id: str, url: str) -> Block:
    """Return a button that opens an address; Slack tells us of the press as well."""
    return {"type": "button", "text": plain(label, OPTION_LENGTH), "action_id": action_id, "url": url}


def to_copy(text: str) -> Block:
    """Return text as it is, in a block from which it is copied as it is: nothing in it becomes a link or a name."""
    code = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [code]}


def option(label: str, value: str, description: str = "") -> Block:
    """Return a choice of a select or of checkboxes."""
    block: Block = {"text": plain(label, OPTION_LENGTH), "value": value}
    return {**block, "description": plain(description, OPTION_LENGTH)} if description else block


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """Return a menu behind three dots, of at most five options."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def checkboxes(action_id: str, options: Sequence[Block], chosen: Sequence[Block] = ()) -> Block:
    """Return at most ten choices of which several may be taken, those that are `chosen` already."""
    block: Block = {"type": "checkboxes", "action_id": action_id, "options": list(options)}
    # Slack refuses an empty list.
    return {**block, "initial_options": list(chosen)} if chosen else block


def radio_buttons(action_id: str, options: Sequence[Block], chosen: Block) -> Block:
    """Return at most ten choices, all in view, with one of them chosen."""
    return {"type": "radio_buttons", "action_id": action_id, "options": list(options), "initial_option": chosen}


def static_select(action_id: str, options: Sequence[Block], chosen: Block) -> Block:
    """Return a select with one of its options chosen."""
    return {"type": "static_select", "action_id": action_id, "options": list(options), "initial_option": chosen}


def optional_select(action_id: str, placeholder: str, options: Sequence[Block], chosen: Block | None = None) -> Block:
    """Return a select in which nothing need be chosen; at most a hundred options are offered."""
    block: Block = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LENGTH),
        "options": list(options),
    }
    return {**block, "initial_option": chosen} if chosen else block


def multi_static_select(
    action_id: str, placeholder: str, options: Sequence[Block], chosen: Sequence[Block] = ()
) -> Block:
    """Return a select of which several options may be taken; at most a hundred are offered."""
    block: Block = {
        "type": "multi_static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LENGTH),
        "options": list(options),
    }
    return {**block, "initial_options": list(chosen)} if chosen else block


def channel_select(action_id: str, placeholder: str, *, chosen: str = "") -> Block:
    """Return a select of the public channels, with `chosen` (a channel id) in it already."""
    block: Block = {
        "type": "channels_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LENGTH),
    }
    return {**block, "initial_channel": chosen} if chosen else block


def conversation_select(action_id: str, placeholder: str, *, chosen: str = "") -> Block:
    """Return a select of the channels that somebody sees, private ones too, with `chosen` in it already."""
    block: Block = {
        "type": "conversations_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LENGTH),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": False},
    }
    return {**block, "initial_conversation": chosen} if chosen else block


def user_select(action_id: str, placeholder: str, *, chosen: str = "") -> Block:
    """Return a select of the people of the workspace, with `chosen` (a user id) in it already."""
    block: Block = {
        "type": "users_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LENGTH),
    }
    return {**block, "initial_user": chosen} if chosen else block


def users_select(action_id: str, placeholder: str, *, chosen: Sequence[str] = ()) -> Block:
    """Return a select of several people of the workspace, with `chosen` (user ids) in it already."""
    block: Block = {
        "type": "multi_users_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LENGTH),
    }
    return {**block, "initial_users": list(chosen)} if chosen else block


def moment_input(action_id: str) -> Block:
    """Return a field for a day and a clock time, in the zone of whoever fills it in."""
    return {"type": "datetimepicker", "action_id": action_id}


def date_input(action_id: str, chosen: str = "") -> Block:
    """Return a field for a day, with `chosen` (as in 2026-11-29) in it already."""
    block: Block = {"type": "datepicker", "action_id": action_id}
    return {**block, "initial_date": chosen} if chosen else block


def text_input(
    action_id: str, placeholder: str, *, multiline: bool = False, value: str = "", longest: int = INPUT_LENGTH
) -> Block:
    """Return a field for text, with `value` in it already."""
    block: Block = {
        "type": "plain_text_input",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LENGTH),
        "multiline": multiline,
        **({"max_length": longest} if longest < INPUT_LENGTH else {}),
    }
    return {**block, "initial_value": value} if value else block


def number_input(action_id: str, *, least: int, most: int, value: int | None) -> Block:
    """Return a field for a whole number, with `value` in it already, if any."""
    block: Block = {
        "type": "number_input",
        "action_id": action_id,
        "is_decimal_allowed": False,
        "min_value": str(least),
        "max_value": str(most),
    }
    return block if value is None else {**block, "initial_value": str(value)}


def search_input(action_id: str, placeholder: str, *, value: str = "") -> Block:
    """Return a field whose text is told when somebody presses Enter; its block must be `dispatching`."""
    return {
        **text_input(action_id, placeholder, value=value),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }


def url_input(action_id: str, placeholder: str, *, value: str = "") -> Block:
    """Return a field that takes a web address only, with `value` in it already."""
    block: Block = {
        "type": "url_text_input",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LENGTH),
    }
    return {**block, "initial_value": value} if value else block


def field(name: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """Return a labelled input, known by `name` when the modal is submitted and when an error points at it."""
    block: Block = {"type": "input", "block_id": name, "label": plain(label, OPTION_LENGTH), "element": element}
    if hint:
        block["hint"] = plain(hint, PLACEHOLDER_LENGTH)
    return {**block, "optional": True} if optional else block


def dispatching(labelled: Block) -> Block:
    """Return a labelled input that is told at once, without a form around it."""
    return {**labelled, "dispatch_action": True}


def modal(title: str, blocks: Sequence[Block], *, close: str = "Close") -> View:
    """Return a modal that only shows something."""
    return {
        "type": "modal",
        "title": plain(title, MODAL_TITLE_LENGTH),
        "close": plain(close, MODAL_TITLE_LENGTH),
        "blocks": list(blocks),
    }


def form(title: str, blocks: Sequence[Block], *, submit: str, callback_id: str, private_metadata: str) -> View:
    """Return a modal that asks something; `private_metadata` comes back with what people typed (3,000 characters)."""
    return {
        **modal(title, blocks, close="Cancel"),
        "submit": plain(submit, MODAL_TITLE_LENGTH),
        "callback_id": callback_id,
        "private_metadata": private_metadata,
    }
