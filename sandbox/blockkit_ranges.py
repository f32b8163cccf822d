"""Fields with a least and a most: these two, and the first value, have to agree.

Source: docs.slack.dev/reference/block-kit/block-elements, the pages of plain-text input, number input, multi-selects.
They do not say what becomes of a first value out of range; it is refused here.
"""

import itertools
import re
from decimal import Decimal
from typing import Any, Final

from sandbox.schema import Problems, items, problem

_NUMBER: Final = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?")
_CHOSEN_AT_FIRST: Final = ("initial_options", "initial_users", "initial_channels", "initial_conversations")


def lengths_agree(value: Any, pointer: str) -> Problems:
    """Accept a text field whose `min_length` is not above its `max_length`, and whose first value lies between."""
    least, most = (_whole(value.get(name)) for name in ("min_length", "max_length"))
    if least is not None and most is not None and least > most:
        yield problem(f"{pointer}/min_length", "`min_length` must not be more than `max_length`")
    first = value.get("initial_value")
    if isinstance(first, str):
        if most is not None and len(first) > most:
            yield problem(f"{pointer}/initial_value", "`initial_value` must not be longer than `max_length`")
        if least is not None and 0 < len(first) < least:
            yield problem(f"{pointer}/initial_value", "`initial_value` must not be shorter than `min_length`")


def numbers_agree(value: Any, pointer: str) -> Problems:
    """Accept a number field with numbers in their order: `min_value`, `initial_value`, `max_value`."""
    found: list[tuple[str, Decimal]] = []
    for name in ("min_value", "initial_value", "max_value"):
        text = value.get(name)
        if text is None:
            continue
        if not isinstance(text, str) or not _NUMBER.fullmatch(text):
            yield problem(f"{pointer}/{name}", "must be a number, as a string")
            continue
        number = Decimal(text)
        if value.get("is_decimal_allowed") is False and number % 1:
            yield problem(f"{pointer}/{name}", "must be a whole number, because `is_decimal_allowed` is false")
        found += [(name, number)]
    for (lower, low), (upper, high) in itertools.pairwise(found):
        if low > high:
            yield problem(f"{pointer}/{lower}", f"`{lower}` must not be more than `{upper}`")


def choices_agree(value: Any, pointer: str) -> Problems:
    """Accept a menu that does not begin with more choices than `max_selected_items`."""
    most = _whole(value.get("max_selected_items"))
    for name in _CHOSEN_AT_FIRST:
        if most is not None and len(items(value, name)) > most:
            yield problem(f"{pointer}/{name}", f"no more than {most} items allowed")


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
