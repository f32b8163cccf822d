"""What is said to a mistake in `watchlist.toml`: where it is, counted as people do, and what to write instead."""

from collections.abc import Mapping
from typing import Final

from pydantic_core import ErrorDetails

AN_ADDRESS: Final = r"^https?://\S+$"
A_SLACK_USER: Final = r"^[UW][A-Z0-9]+$"
TO_BE_SEEN: Final = r"\S"
TO_BE_SEEN_AND_NO_COMMA: Final = r"[^\s,]"

# What stands in braces pydantic says beside the type of a mistake.
_SAID: Final[Mapping[str, str]] = {
    "missing": "it is missing, and has to be there",
    "extra_forbidden": "nothing here is called so: take it away, or see how it is spelt",
    "string_type": "write text here, in quotes",
    "string_too_short": "nothing stands here: write something, or take it away",
    "string_too_long": "this is longer than {max_length} characters: shorten it",
    "list_type": "write a list here, in square brackets",
    "too_short": "the list is empty: write something into it, or take it away",
    "too_long": "these are more than {max_length}: take some away",
    "int_type": "write a whole number here, without quotes",
    "int_parsing": "write a whole number here, without quotes",
    "int_from_float": "write a whole number here",
    "greater_than_equal": "write {ge} or more here",
    "less_than_equal": "write {le} or less here",
    "bool_type": "write true or false here, without quotes",
    "bool_parsing": "write true or false here, without quotes",
    "enum": "write one of these here: {expected}",
    "model_type": "write a table here, with its name in square brackets above it",
}
_WANTED: Final[Mapping[str, str]] = {
    AN_ADDRESS: "write an address here, from http:// or https:// on",
    A_SLACK_USER: "write the id of a Slack user here, such as U0123ABCD",
    TO_BE_SEEN: "nothing stands here: write something",
    TO_BE_SEEN_AND_NO_COMMA: "nothing stands here: write something, without commas",
}


def say_what_is_wrong(error: ErrorDetails) -> str:
    """Return where in the file something is wrong, and what to do; what we raised ourselves, as we said it."""
    parts = (f" {part + 1}" if isinstance(part, int) else f", {part}" for part in error["loc"])
    return f"{''.join(parts).removeprefix(', ')}: {_what(error)}"


def _what(error: ErrorDetails) -> str:
    beside = error.get("ctx", {})
    if said := _SAID.get(error["type"]) or _WANTED.get(beside.get("pattern", "")):
        return said.format(**beside)
    return error["msg"].removeprefix("Value error, ")
