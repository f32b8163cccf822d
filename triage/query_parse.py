"""A query as people type it, read into its tree; or what is wrong with it, and where."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from engagement.dataclass import dataclass
from engagement.prose import QUOTES
from engagement.understanding.query import BACKTICKS, Query, needed
from triage.query_build import Building, Built
from triage.query_mistakes import SHOWN, WrongError, nothing_behind, shown

LONGEST_QUERY: Final = 2000
DEEPEST: Final = 20
_NO_CLOSE: Final = dict.fromkeys(QUOTES, "quote") | dict.fromkeys(BACKTICKS, "backtick")
WANT_WORDS: Final = frozenset({"AND", "OR", "NOT", "NEAR", "MINUS"})
NOTHING_TO_FIND: Final = (
    "This says only what must not be there, what holds for many posts, or a pattern. "
    "Add a word or a phrase that must be there, on each side of an OR"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BadQuery:
    """What is wrong with a query, as a sentence that says what to do, and where: characters count from 1."""

    problem: str
    character: int


# All watches are made ready anew when one changes.
@lru_cache(maxsize=4096)
def parse_query(typed: str) -> Query | BadQuery:
    """Return what somebody typed as a query; linear in its length, whatever it is.

    A query that is returned has at least one text that can be looked for (`needed`).
    """
    try:
        return _read(typed)
    except WrongError as wrong:
        return BadQuery(problem=f"{wrong.problem} (character {wrong.at + 1}).", character=wrong.at + 1)


def _read(typed: str) -> Query:
    """Return the query. Raises WrongError."""
    _check_length(typed)
    try:
        tokens = list(_parser().lex(typed))
        _check_parentheses(typed, tokens)
        built = _built(_parser().parse(typed))
    except UnexpectedCharacters as error:
        raise _unclosed(typed, error.pos_in_stream or 0) from error
    except UnexpectedToken as error:
        raise _misplaced(tokens, error.token) from error
    if not needed(built.query):
        raise WrongError(NOTHING_TO_FIND, built.at)
    return built.query


@lru_cache(maxsize=1)
def _parser() -> Lark:
    # The lexer that knows no context: else OR at the beginning would be a word.
    grammar = Path(__file__).with_name("query.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", transformer=Building(), maybe_placeholders=False)


def _built(parsed: object) -> Built:
    if not isinstance(parsed, Built):
        raise TypeError("the grammar builds something else")
    return parsed


def _check_length(typed: str) -> None:
    if not typed.strip():
        raise WrongError("There is nothing to look for", 0)
    if len(typed) > LONGEST_QUERY:
        said = f"A query has at most {LONGEST_QUERY:,} characters: take {len(typed) - LONGEST_QUERY:,} away"
        raise WrongError(said, LONGEST_QUERY)


def _check_parentheses(text: str, tokens: Sequence[Token]) -> None:
    """Raise WrongError where one has no partner, where one holds nothing, or where they are too deep."""
    opened: list[int] = []
    before = ""
    for token in tokens:
        at = token.start_pos or 0
        if token.type == "LPAR":
            opened.append(at)
            if len(opened) > DEEPEST:
                raise WrongError(f"Parentheses go at most {DEEPEST} deep: take this one away, and its partner", at)
        elif token.type == "RPAR":
            if not opened:
                raise WrongError(_without_partner("opening parenthesis", _behind(text, at)), at)
            start = opened.pop()
            if before == "LPAR":
                raise WrongError("There is nothing between these parentheses: put words in, or take them away", start)
        before = token.type
    if opened:
        at = opened[-1]
        raise WrongError(_without_partner("closing parenthesis", _before(text, at)), at)


def _unclosed(text: str, at: int) -> WrongError:
    if sign := _NO_CLOSE.get(text[at]):
        return WrongError(_without_partner(f"closing {sign}", _before(text, at)), at)
    said = (
        f"A slash begins a pattern, and one with a space behind it ends it; the one {_before(text, at)} has no such "
        "end: put it there, or for a word with a slash use quotes"
    )
    return WrongError(said, at)


def _misplaced(tokens: Sequence[Token], wrong: Token) -> WrongError:
    """Return what to say to a sign that cannot stand where it does, or to an end that comes too early."""
    # Two tokens of the same words are equal, so not by them.
    places = [token.start_pos for token in tokens]
    at = len(tokens) if wrong.type == "$END" else places.index(wrong.start_pos)
    before = tokens[at - 1] if at else None
    if before is not None and before.type == "FIELD":
        field = before.rstrip(":").lower()
        return WrongError(nothing_behind(field, is_group=wrong.type == "LPAR"), before.start_pos or 0)
    if before is not None and before.type in WANT_WORDS:
        said = f"`{shown(before)}` wants a word behind it: put one there, or take it away"
        return WrongError(said, before.start_pos or 0)
    if wrong.type == "NEAR" and at:
        return WrongError("`NEAR` joins two words or phrases: for more, join the pairs with AND", wrong.start_pos or 0)
    if wrong.type in WANT_WORDS:
        return WrongError(
            f"`{shown(wrong)}` wants a word before it: put one there, or take it away", wrong.start_pos or 0
        )
    return WrongError(f"`{shown(wrong)}` cannot stand here: take it away", wrong.start_pos or 0)


def _without_partner(partner: str, where: str) -> str:
    return f"There is no {partner} for the one {where}: put one in, or take this one away"


def _before(text: str, at: int) -> str:
    """Return what a sign stands before, to be found by."""
    words = text[at + 1 :].split()
    return f"before `{words[0][:SHOWN]}`" if words else "at the end"


def _behind(text: str, at: int) -> str:
    words = text[:at].split()
    return f"behind `{words[-1][-SHOWN:]}`" if words else "at the beginning"
