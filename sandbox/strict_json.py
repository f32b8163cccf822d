"""JSON from outside, read more strictly than Python does: no NaN, no number beyond all bounds, no endless nesting."""

import json
import math
from typing import Any, Final

# Far deeper than Block Kit nests; what is deeper exhausts whoever walks through it.
_DEEPEST: Final = 60


def read_json(text: str) -> Any:
    """Return what a JSON text says; ValueError for one that is none, or that a browser could not read again."""
    try:
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    _check_depth(value)
    return value


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is too large")
    return number


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(_DEEPEST):
        inside: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                inside += one.values()
            elif isinstance(one, list):
                inside += one
        level = inside
        if not level:
            return
    raise ValueError("nested too deeply")
