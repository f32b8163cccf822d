"""Finding on a message or view what a person would press, choose or fill in, by the words that stand on it."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit import elements_of, nested
from sandbox.inputs import ANSWERS, Values, initial_values


def words_of(value: Any) -> str:
    """Return all that stands on a message or view, one text a line."""
    return "\n".join(_words(value))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in ("text", "alt_text") and isinstance(item, str):
                yield item
            elif name not in ("previous_message", "metadata", "bot_profile"):
                yield from _words(item)


def action_for(drawn: Mapping[str, Any], wanted: str, *, choose: Any = None) -> dict[str, Any]:
    """Return the action object that Slack's client sends when `wanted` is pressed or `choose` is chosen.

    `wanted` is a button's text, an option's text in an overflow menu, or an action_id. LookupError, which names what
    stands there, when there is no such thing.
    """
    seen: list[str] = []
    for block in nested(drawn.get("blocks") or []):
        for element in elements_of(block):
            label = element.get("text", {}).get("text", "")
            thumbs = [element[name] for name in ("positive_button", "negative_button") if name in element]
            options = _options(element)
            seen += [label or element["action_id"], *(_label(one) for one in (*options, *thumbs))]
            base = {"type": element["type"], "block_id": block["block_id"], "action_id": element["action_id"]}
            if wanted in (label, element["action_id"]):
                return base | _chosen(element, choose)
            for thumb in thumbs:
                if _label(thumb) == wanted:
                    return base | copy.deepcopy({"value": thumb["value"], "text": thumb["text"]})
            if element["type"] == "overflow":
                for option in options:
                    if _label(option) == wanted:
                        return base | {"selected_option": option}
    raise LookupError(f"nothing to press reads {wanted!r}; there is {', '.join(seen) or 'nothing'}")


def _chosen(element: Mapping[str, Any], choose: Any) -> dict[str, Any]:
    if element["type"] in ("button", "icon_button"):
        kept = {name: element[name] for name in ("value", "url", "text", "style") if name in element}
        return copy.deepcopy(kept)
    if element["type"] == "overflow":
        return {"selected_option": _find_option(element, choose)}
    name, _ = ANSWERS[element["type"]]
    return {name: answer_of(element, choose)}


def answer_of(element: Mapping[str, Any], given: Any) -> Any:
    """Return what stands in `state.values` for `given`: text as it is, options by their text or value."""
    name, _ = ANSWERS[element["type"]]
    if name == "selected_option":
        return None if given is None else _find_option(element, given)
    if name == "selected_options":
        wanted = [given] if isinstance(given, str) else list(given or [])
        return [_find_option(element, one) for one in wanted]
    return given


def _options(element: Mapping[str, Any]) -> list[dict[str, Any]]:
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(one for group in groups for one in group["options"])]


def _label(option: Mapping[str, Any]) -> str:
    return str(option["text"]["text"])


def _find_option(element: Mapping[str, Any], wanted: str) -> dict[str, Any]:
    options = _options(element)
    for option in options:
        if wanted in (_label(option), option.get("value")):
            return copy.deepcopy(option)
    raise LookupError(f"no option reads {wanted!r}; there is {', '.join(map(_label, options))}")


def filled_in(view: Mapping[str, Any], answers: Mapping[str, Any]) -> Values:
    """Return `state.values` of a view after somebody filled in `answers`, by block_id, action_id or label.

    What is not named keeps its first value. LookupError for a field that is not there.
    """
    values = initial_values(view)
    for wanted, given in answers.items():
        block, element = _find_field(view, wanted)
        name, _ = ANSWERS[element["type"]]
        values[block["block_id"]][element["action_id"]][name] = answer_of(element, given)
    return values


def _find_field(view: Mapping[str, Any], wanted: str) -> tuple[dict[str, Any], dict[str, Any]]:
    seen: list[str] = []
    for block in nested(view["blocks"]):
        for element in elements_of(block):
            if element["type"] in ANSWERS:
                label = block["label"]["text"] if block["type"] == "input" else ""
                if wanted in (block["block_id"], element["action_id"], label):
                    return block, element
                seen.append(label or block["block_id"])
    raise LookupError(f"no field reads {wanted!r}; there is {', '.join(seen) or 'none'}")
