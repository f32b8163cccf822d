"""What the grammar of queries (query.lark) builds: the tree, or a sentence about what cannot be meant."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lark import Token, Transformer

from engagement.dataclass import dataclass
from engagement.sites import address_of_site, host_of
from engagement.team.handles import bare_handle
from engagement.understanding.query import (
    About,
    AnyOf,
    Comparison,
    Fact,
    Near,
    Pattern,
    Query,
    Score,
    Text,
    Written,
    all_of,
    any_of,
    needed,
    no,
)
from triage.language import LANGUAGES
from triage.near import NEAR_WITHIN_WORDS
from triage.pattern_problem import problem_of_pattern
from triage.query_mistakes import WHAT_IT_IS, WrongError, meant_otherwise, shown, unwanted
from triage.terms import is_visible

FARTHEST: Final = 100
SHORTEST_BEGINNING: Final = 2
_HOW_FAR = re.compile(r"NEAR(?:/([1-9][0-9]{0,2}))?")
_SCORE = re.compile(r"(>=|<=|>|<|=?)([0-9]{1,7})")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Built:
    """What a rule built, and `at` which character it begins: of what is joined by OR, the first that finds nothing.

    `is_loose` where things stand side by side with nothing that joins them.
    """

    query: Query
    at: int
    is_loose: bool = False


# What a rule is given: the signs in it, and what was built of its parts.
Part = Token | Built


class Building(Transformer[Token, Built]):
    """One method a rule of the grammar, called as the parser goes: nothing here is recursive. Raises WrongError."""

    def start(self, parts: Sequence[Part]) -> Built:
        """Return the whole."""
        return _built(parts)[0]

    def either(self, parts: Sequence[Part]) -> Built:
        """Return what stands around OR. Beside words that nothing joins, tools differ in what it means."""
        built = _built(parts)
        for sign in parts:
            if isinstance(sign, Token) and any(each.is_loose for each in built):
                raise WrongError(
                    f"`{sign}` beside words that nothing joins can be read in two ways: put parentheses round what "
                    "belongs together, as in `(a b) OR c` or `a (b OR c)`",
                    _start(sign),
                )
        if len(built) == 1:
            return built[0]
        at = next((each.at for each in built if not needed(each.query)), built[0].at)
        return Built(any_of(each.query for each in built), at)

    def every(self, parts: Sequence[Part]) -> Built:
        """Return what stands side by side, or around AND."""
        built = _built(parts)
        if len(built) == 1:
            return built[0]
        return Built(all_of(each.query for each in built), built[0].at, is_loose=len(parts) < 2 * len(built) - 1)

    def grouping(self, parts: Sequence[Part]) -> Built:
        """Return what stands in parentheses."""
        return replace(_built(parts)[0], is_loose=False)

    def negation(self, parts: Sequence[Part]) -> Built:
        """Return what must not be so."""
        return Built(no(_built(parts)[0].query), _start(_tokens(parts)[0]))

    def nearness(self, parts: Sequence[Part]) -> Built:
        """Return what must stand near each other."""
        [sign] = (part for part in parts if isinstance(part, Token))
        far = _HOW_FAR.fullmatch(sign)
        within = int(far[1] or NEAR_WITHIN_WORDS) if far else 0
        if not 1 <= within <= FARTHEST:
            raise WrongError(
                f"`{shown(sign)}` wants a number of words from 1 to {FARTHEST}, as in `NEAR/5`", _start(sign)
            )
        built = _built(parts)
        one, other = (_texts_near(each.query, sign) for each in built)
        return Built(Near(one, other, within), built[0].at)

    def text(self, parts: Sequence[Part]) -> Built:
        """Return a word, a phrase, or what is exactly so."""
        [token] = _tokens(parts)
        return Built(_text(token), _start(token))

    def field(self, parts: Sequence[Part]) -> Built:
        """Return what a field asks."""
        name, value = _tokens(parts)
        about = name.rstrip(":").lower()
        if about == "title":
            return Built(replace(_text(value), in_title=True), _start(name))
        return Built(_score(value) if about == "score" else _fact(About(about), value), _start(name))

    def pattern(self, parts: Sequence[Part]) -> Built:
        """Return a regular expression."""
        [token] = _tokens(parts)
        if bad := problem_of_pattern(token[1:-1]):
            # Behind the slash that begins it.
            raise WrongError(f"In the pattern `{shown(token)}`, {bad.problem}", _start(token) + 1 + bad.at)
        return Built(Pattern(token[1:-1]), _start(token))


def _built(parts: Sequence[Part]) -> list[Built]:
    return [part for part in parts if isinstance(part, Built)]


def _tokens(parts: Sequence[Part]) -> list[Token]:
    return [part for part in parts if isinstance(part, Token)]


def _start(token: Token) -> int:
    return token.start_pos or 0


def _texts_near(query: Query, sign: Token) -> tuple[Text, ...]:
    parts = query.parts if isinstance(query, AnyOf) else (query,)
    texts = tuple(part for part in parts if isinstance(part, Text))
    if len(texts) < len(parts) or any(each.in_title or each.written is Written.EXACTLY for each in texts):
        wanted = "a word, a phrase in quotes, or some of them as in `(one OR other)`"
        raise WrongError(f"On each side of `{shown(sign)}` stands {wanted}", _start(sign))
    return texts


def _text(token: Token) -> Text:
    if token.type == "WORD":
        return _word(token)
    written = Written.EXACTLY if token.type == "EXACT" else Written.BEGINS if token.endswith("*") else Written.WHOLE
    words = _inside(token)
    if not is_visible(words):
        raise WrongError(
            "There is nothing to see between these two signs: put words in, or take them away", _start(token)
        )
    if written is Written.BEGINS:
        _check_beginning(words, token)
    return Text(words, written)


def _check_beginning(words: str, token: Token) -> None:
    if len(words) < SHORTEST_BEGINNING:
        wanted = f"stands at the end of a word, with at least {SHORTEST_BEGINNING} characters before it"
        raise WrongError(
            f"`{shown(token)}`: a star {wanted}; for the sign itself, put the word in quotes", _start(token)
        )


def _inside(token: Token) -> str:
    return str(token) if token.type == "WORD" else _ESCAPED.sub(r"\1", token.rstrip("*")[1:-1])


def _word(token: Token) -> Text:
    """Return a word as it was typed, unless it looks as if something else was meant."""
    word, at = str(token), _start(token)
    if said := meant_otherwise(word):
        raise WrongError(said, at)
    if not is_visible(word):
        raise WrongError("Here is a word that nobody can see: take it away", at)
    if "*" not in word:
        return Text(word)
    star = word.index("*")
    _check_beginning(word[:star] if star == len(word) - 1 else "", token)
    return Text(word[:star], Written.BEGINS)


def _score(token: Token) -> Score:
    found = _SCORE.fullmatch(token)
    if not found:
        raise WrongError(unwanted("score", token), _start(token))
    return Score(Comparison(found[1] or "="), int(found[2]))


def _fact(about: About, token: Token) -> Fact:
    typed = " ".join(_inside(token).split())
    match about:
        case About.AUTHOR:
            value = bare_handle(typed)
        case About.SITE:
            host = host_of(address_of_site(typed))
            is_host = "." in host and typed.split("://")[-1].removeprefix("www.").rstrip("/").lower() == host
            value = host if is_host else ""
        case About.COMMUNITY:
            value = typed.casefold()
        case About.LANGUAGE:
            value = typed.lower() if typed.lower() in LANGUAGES else ""
        case About.IS:
            value = typed.lower() if typed.lower() in WHAT_IT_IS else ""
    if not value:
        raise WrongError(unwanted(about, token), _start(token))
    return Fact(about, value)
