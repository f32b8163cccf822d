"""Regular expressions that people type, in time linear in the text whatever they are: RE2 never goes back."""

from collections.abc import Callable
from typing import Final

import re2

from triage.terms import encodable

LONGEST_PATTERN: Final = 200
# What a pattern may become: (a{50}){50} is small where it is typed only.
_MEMORY: Final = 1 << 18
LOOKED_AT: Final = 10_000
"""Characters of a title or a text that patterns are looked for in."""


def complaint_of(expression: str) -> str:
    """Return why `expression` is no pattern, as the engine says it; empty where it is one."""
    try:
        re2.compile(encodable(expression), _options())
    except re2.error as error:
        [said] = error.args or ("pattern too large",)
        return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return ""


def is_found_in_all(expression: str) -> bool:
    """Whether a pattern without problems is found in every text, because it is in an empty one."""
    return re2.compile(encodable(expression), _options()).search("") is not None


def finder_of_pattern(expression: str) -> Callable[[str], bool]:
    """Return what tells whether a pattern without problems stands in a text; capitals do not matter, but for (?-i)."""
    pattern = re2.compile(encodable(expression), _options())
    return lambda text: pattern.search(encodable(text[:LOOKED_AT])) is not None


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.case_sensitive = False
    options.log_errors = False
    return options
