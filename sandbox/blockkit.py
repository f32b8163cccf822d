"""Whether Slack would accept a message or a view: pure functions over the plain dicts an app sends."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sandbox import limits
from sandbox.blockkit_blocks import IN_HOME, IN_MESSAGES, IN_MODALS
from sandbox.blockkit_elements import plain_text
from sandbox.schema import (
    BlockProblem,
    Check,
    Problems,
    anything,
    boolean,
    each,
    fields,
    items,
    problem,
    string,
    typed,
)

_PER_MESSAGE: Final = {"table": limits.TABLES_PER_MESSAGE, "data_visualization": limits.CHARTS_PER_MESSAGE}

# These have documented limits of their own, above what was seen of a whole message.
_COUNTED_APART: Final = ("markdown", "data_table")

_CHILDREN_OF: Final = {"container": "child_blocks", "carousel": "elements"}
_PRESSABLE: Final = ("section", "actions", "input", "card", "context_actions")

_VIEW_FIELDS: Final[Mapping[str, Check]] = {
    "blocks": anything,
    "private_metadata": string(limits.PRIVATE_METADATA, minimum=0),
    "callback_id": string(limits.CALLBACK_ID, minimum=0),
    "external_id": string(limits.CALLBACK_ID, minimum=0),
}
_VIEWS: Final[Mapping[str, Check]] = {
    "home": fields(required={"blocks": anything}, optional=_VIEW_FIELDS),
    "modal": fields(
        required={"title": plain_text(limits.VIEW_TITLE), "blocks": anything},
        optional={
            **_VIEW_FIELDS,
            "submit": plain_text(limits.VIEW_TITLE),
            "close": plain_text(limits.VIEW_TITLE),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
}


def validate_message(payload: Mapping[str, Any]) -> list[BlockProblem]:
    """Return every reason against the arguments of `chat.postMessage`, `chat.update` or `chat.postEphemeral`.

    `payload` holds `text` and `blocks` as plain values (not JSON text). Problems with `refused=False` are accepted by
    Slack and still wrong: blocks without a `text` are an empty notification on a phone.
    """
    text, blocks = payload.get("text"), payload.get("blocks")
    found: list[BlockProblem] = []
    if text is not None and not isinstance(text, str):
        found.append(BlockProblem(pointer="/text", message="must be a string", error="invalid_arguments"))
    elif not text and not blocks:
        found.append(BlockProblem(pointer="/text", message="no text and no blocks", error="no_text"))
    if isinstance(text, str) and len(text) > limits.MESSAGE_TEXT:
        message = f"must be less than {limits.MESSAGE_TEXT + 1} characters"
        found.append(BlockProblem(pointer="/text", message=message, error="msg_too_long"))
    if blocks:
        found += _of_blocks(blocks)
        if not text:
            message = "missing text: a phone's notification and a screen reader would say nothing"
            found.append(BlockProblem(pointer="/text", message=message, refused=False))
    return found


def _of_blocks(blocks: Any) -> list[BlockProblem]:
    """Return every problem of `blocks` as the blocks of a message."""
    found = list(each(typed(IN_MESSAGES), maximum=limits.BLOCKS_PER_MESSAGE, minimum=0)(blocks, "/blocks"))
    if isinstance(blocks, list):
        known = [block for block in blocks if isinstance(block, dict)]
        found += _unique_ids(blocks, "/blocks")
        for name, maximum in _PER_MESSAGE.items():
            if sum(block.get("type") == name for block in known) > maximum:
                found.append(problem("/blocks", f"no more than {maximum} {name} blocks allowed"))
        markdown = sum(len(str(block.get("text", ""))) for block in known if block.get("type") == "markdown")
        if markdown > limits.MARKDOWN_TEXT:
            found.append(problem("/blocks", f"no more than {limits.MARKDOWN_TEXT} characters of markdown allowed"))
        size = sum(map(len, _texts([block for block in known if block.get("type") not in _COUNTED_APART])))
        if size > limits.MESSAGE_BLOCKS_TEXT:
            message = (
                f"{size} characters of text in blocks, Slack was seen to refuse more than {limits.MESSAGE_BLOCKS_TEXT}"
            )
            found.append(BlockProblem(pointer="/blocks", message=message, error="msg_blocks_too_long"))
    return found


def validate_view(view: Mapping[str, Any]) -> list[BlockProblem]:
    """Return every reason against the `view` argument of `views.open`, `.update`, `.push` or `.publish`."""
    found = list(typed(_VIEWS)(view, "/view"))
    if not isinstance(view, Mapping):
        return found
    blocks, allowed = view.get("blocks"), IN_HOME if view.get("type") == "home" else IN_MODALS
    if blocks is not None:
        found += each(typed(allowed), maximum=limits.BLOCKS_PER_VIEW, minimum=0)(blocks, "/view/blocks")
    if isinstance(blocks, list):
        found += _unique_ids(blocks, "/view/blocks")
        asks = any(block.get("type") == "input" for block in nested(blocks))
        if asks and view.get("type") == "modal" and not view.get("submit"):
            found.append(problem("/view", "missing required field: submit (the view has an input block)"))
    if len(json.dumps(view).encode()) > limits.VIEW_BYTES:
        found.append(BlockProblem(pointer="/view", message="greater than 250 kB", error="view_too_large"))
    return found


def nested(blocks: Any) -> Iterator[dict[str, Any]]:
    """Yield every block, and after a container or a carousel those that stand in it; nothing for what is no array."""
    for block, _ in _pointed(blocks, ""):
        yield block


def elements_of(block: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the block's own interactive elements, in the order they are drawn."""
    candidates = [*items(block, "elements"), *items(block, "actions"), block.get("accessory"), block.get("element")]
    if block.get("type") in _PRESSABLE:
        yield from (one for one in candidates if isinstance(one, dict) and one.get("type") != "image")


def _pointed(blocks: Any, pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every block, also those inside others, with its JSON pointer."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else ()):
        if isinstance(block, dict):
            yield block, f"{pointer}/{index}"
            inside = _CHILDREN_OF.get(str(block.get("type")))
            if inside:
                yield from _pointed(block.get(inside), f"{pointer}/{index}/{inside}")


def _unique_ids(blocks: list[Any], pointer: str) -> Problems:
    block_ids: set[str] = set()
    focused = 0
    for block, at in _pointed(blocks, pointer):
        block_id = block.get("block_id")
        if isinstance(block_id, str):
            if block_id in block_ids:
                yield problem(f"{at}/block_id", f"`block_id` {block_id} already exists")
            block_ids.add(block_id)
        action_ids: set[str] = set()
        for element in elements_of(block):
            action_id = element.get("action_id")
            if isinstance(action_id, str) and action_id in action_ids:
                yield problem(at, f"`action_id` {action_id} already exists in this block")
            action_ids.add(str(action_id))
            focused += element.get("focus_on_load") is True
    if focused > 1:
        yield problem(pointer, "only one element can have `focus_on_load` set")


def _texts(value: Any) -> Iterator[str]:
    """Yield every text that people read in `value`."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "text" and isinstance(item, str):
                yield item
            else:
                yield from _texts(item)
