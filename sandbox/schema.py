"""The words in which Block Kit's shapes are written: a check takes a value and its JSON pointer and yields problems."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockProblem:
    """One reason why Slack would refuse a message or view, or (`refused=False`) why it would serve people badly."""

    pointer: str
    message: str
    error: str = "invalid_blocks"
    refused: bool = True

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


Problems = Iterator[BlockProblem]
Check = Callable[[Any, str], Problems]


def problem(pointer: str, message: str) -> BlockProblem:
    """Return a problem that makes Slack answer `invalid_blocks`."""
    return BlockProblem(pointer=pointer, message=message)


def string(maximum: int, *, minimum: int = 1) -> Check:
    """Accept a string of `minimum` to `maximum` characters."""

    def check(value: Any, pointer: str) -> Problems:
        if not isinstance(value, str):
            yield problem(pointer, "must be a string")
        elif len(value) < minimum:
            yield problem(pointer, f"must be more than {minimum - 1} characters")
        elif len(value) > maximum:
            yield problem(pointer, f"must be less than {maximum + 1} characters")

    return check


def matching(pattern: str, meaning: str) -> Check:
    """Accept a string that matches `pattern` as a whole; `meaning` names it in the problem."""
    compiled = re.compile(pattern)

    def check(value: Any, pointer: str) -> Problems:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield problem(pointer, f"must be {meaning}")

    return check


def one_of(*values: str) -> Check:
    """Accept exactly one of `values`."""

    def check(value: Any, pointer: str) -> Problems:
        if value not in values:
            yield problem(pointer, f"must be one of: {', '.join(values)}")

    return check


def boolean(value: Any, pointer: str) -> Problems:
    """Accept true and false."""
    if not isinstance(value, bool):
        yield problem(pointer, "must be a boolean")


def number(value: Any, pointer: str) -> Problems:
    """Accept any JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield problem(pointer, "must be a number")


def integer(minimum: int, maximum: int) -> Check:
    """Accept a whole number from `minimum` to `maximum`."""

    def check(value: Any, pointer: str) -> Problems:
        if isinstance(value, bool) or not isinstance(value, int):
            yield problem(pointer, "must be an integer")
        elif not minimum <= value <= maximum:
            yield problem(pointer, f"must be between {minimum} and {maximum}")

    return check


def anything(_value: Any, _pointer: str) -> Problems:
    """Accept whatever there is, where Slack's rules are not modelled."""
    return iter(())


def each(check: Check, *, maximum: int, minimum: int = 1) -> Check:
    """Accept an array of `minimum` to `maximum` items that each pass `check`."""

    def check_array(value: Any, pointer: str) -> Problems:
        if not isinstance(value, list):
            yield problem(pointer, "must be an array")
            return
        if len(value) < minimum:
            yield problem(pointer, f"no less than {minimum} items required")
        if len(value) > maximum:
            yield problem(pointer, f"no more than {maximum} items allowed")
        for index, item in enumerate(value):
            yield from check(item, f"{pointer}/{index}")

    return check_array


def fields(*, required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Accept an object with all of `required`, any of `optional`, and nothing else (`type` is judged by `typed`)."""
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str) -> Problems:
        if not isinstance(value, dict):
            yield problem(pointer, "must provide an object")
            return
        for name in required:
            if value.get(name) is None:
                yield problem(pointer, f"missing required field: {name}")
        for name, item in value.items():
            if name == "type":
                continue
            if name not in known:
                yield problem(pointer, f"invalid additional property: {name}")
            elif item is not None:
                yield from known[name](item, f"{pointer}/{name}")

    return check


def typed(checks: Mapping[str, Check]) -> Check:
    """Accept an object whose `type` is a key of `checks` and which passes that check."""

    def check(value: Any, pointer: str) -> Problems:
        if not isinstance(value, dict):
            yield problem(pointer, "must provide an object")
        elif "type" not in value:
            yield problem(pointer, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in checks:
            yield problem(f"{pointer}/type", f"unsupported type: {value['type']}")
        else:
            yield from checks[value["type"]](value, pointer)

    return check


def items(value: Any, name: str) -> list[Any]:
    """Return the array `name` of an object, or nothing when it is missing or no array."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def all_of(*checks: Check) -> Check:
    """Accept what every one of `checks` accepts."""

    def check(value: Any, pointer: str) -> Problems:
        for one in checks:
            yield from one(value, pointer)

    return check
