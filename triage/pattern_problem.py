"""What is wrong with a pattern that somebody typed, where, and what to do: RE2 says neither to whom it is a riddle."""

import re
from collections.abc import Mapping
from typing import Final

from engagement.dataclass import dataclass
from triage.pattern import LONGEST_PATTERN, complaint_of, is_found_in_all

SHOWN: Final = 20
# What means no group: what is escaped, what is taken as it is, and what stands in a class.
_SIGNS: Final = re.compile(r"\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]|[()]", re.DOTALL)
_OPEN: Final = r"`(` opens what nothing closes: put `)` behind what belongs together, or `\(` for the sign itself"
_CLOSE: Final = r"`)` closes what nothing opens: put `(` before what belongs together, or `\)` for the sign itself"
_UNKNOWN: Final = "it is none that I can read: take parts of it away until it is one, and see which was wrong"
_TOO_LARGE: Final = "it grows too large: use smaller numbers in braces, or fewer of them"
# By what RE2 calls it; {} is where it stumbled.
_SAID: Final[Mapping[str, str]] = {
    "missing ]": r"`[` opens a list of signs that nothing closes: put `]` behind them, or `\[` for the sign itself",
    "bad repetition operator": "`{}` repeats what is repeated already: keep one of these signs",
    "no argument for repetition operator": (
        r"there is nothing before `{}` that it could repeat: put something there, or `\{}` for the sign itself"
    ),
    "invalid repetition size": (
        "`{}` repeats too often, or begins with the larger number: write as in `{{2,5}}`, 1,000 times at most in all"
    ),
    "invalid escape sequence": (
        "`{}` means nothing here: take the backslash away for the sign itself. What was found cannot be repeated"
    ),
    "invalid character class range": (
        "`{}` is no range or kind of signs: put the lower one first, as in `[a-z]`, or list them one by one"
    ),
    "invalid perl operator": (
        "`{}` is nothing that I know: patterns cannot look ahead or back. Write `(?:…)` round what belongs together"
    ),
    "invalid named capture group": "`{}` begins a name that does not end: names are not needed, write `(…)`",
}


@dataclass(frozen=True, slots=True)
class BadPattern:
    """What is wrong with a pattern, as a sentence that says what to do, and `at` which character of it, from 0."""

    problem: str
    at: int


def problem_of_pattern(expression: str) -> BadPattern | None:
    """Return why `expression` is no pattern; None where it is one."""
    if len(expression) > LONGEST_PATTERN:
        said = f"it has more than {LONGEST_PATTERN} characters: shorten it, or join two patterns with OR"
        return BadPattern(said, LONGEST_PATTERN)
    if complaint := complaint_of(expression):
        return _explained(expression, complaint)
    if is_found_in_all(expression):
        said = "it is found in every text, also in an empty one: add what must be there, or write `+` instead of `*`"
        return BadPattern(said, 0)
    return None


def _explained(expression: str, complaint: str) -> BadPattern:
    kind, _, stumbled = complaint.partition(": ")
    if kind in ("missing )", "unexpected )"):
        return BadPattern(_OPEN if kind == "missing )" else _CLOSE, _without_partner(expression))
    if kind not in _SAID:
        return BadPattern(_TOO_LARGE if kind.startswith("pattern too large") else _UNKNOWN, 0)
    shown = stumbled if len(stumbled) <= SHOWN else f"{stumbled[:SHOWN]}…"
    return BadPattern(_SAID[kind].format(shown, shown), _place(expression, complaint, stumbled))


def _without_partner(expression: str) -> int:
    """Return where the first parenthesis stands that closes nothing, or else the last that is not closed."""
    opened: list[int] = []
    for sign in _SIGNS.finditer(expression):
        if sign[0] == "(":
            opened.append(sign.start())
        elif sign[0] == ")":
            if not opened:
                return sign.start()
            opened.pop()
    return opened[-1] if opened else 0


def _place(expression: str, complaint: str, stumbled: str) -> int:
    """Return where the engine stumbled: it reads from left to right, so what comes behind makes no difference to it.

    The same signs may stand before, where they mean something else.
    """
    end = len(expression)
    while end and complaint_of(expression[: end - 1]) == complaint:
        end -= 1
    return max(0, expression.rfind(stumbled, 0, end))
