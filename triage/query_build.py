"""What the grammar of queries (query.lark) builds: the tree, or a sentence about what cannot be meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lark import Token, Transformer

from engagement.sites import address_of_site, host_of
from engagement.team.handles import bare_handle
from engagement.understanding.query import (
    OPERATORS,
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
    no,
)
from triage.language import LANGUAGES
from triage.near import NEAR_WITHIN_WORDS
from triage.pattern_problem import problem_of_pattern
from triage.terms import is_visible

FARTHEST: Final = 100
SHORTEST_BEGINNING: Final = 2
SHOWN: Final = 30
WHAT_IT_IS: Final = ("post", "comment", "question")
_HOW_FAR = re.compile(r"NEAR(?:/([1-9][0-9]{0,2}))?")
_SCORE = re.compile(r"(>=|<=|>|<|=?)([0-9]{1,7})")
_LIKE_A_FIELD = re.compile(r"([A-Za-z]{2,}):(?![:/])\S*")
_LUCENE_NEAR = re.compile(r"~[0-9]*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def shown(typed: str) -> str:
    """Return what somebody typed as a mistake names it: enough to find it."""
    return typed if len(typed) <= SHOWN else f"{typed[:SHOWN]}…"


class WrongError(Exception):
    """What is wrong with a query, and `at` which character, from 0."""

    def __init__(self, problem: str, at: int) -> None:
        """Keep both."""
        super().__init__(problem)
        self.problem, self.at = problem, at


@dataclass(frozen=True, slots=True)
class Built:
    """What a rule built; `is_loose` where things stand side by side with nothing that joins them."""

    query: Query
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
        return built[0] if len(built) == 1 else Built(any_of(each.query for each in built))

    def every(self, parts: Sequence[Part]) -> Built:
        """Return what stands side by side, or around AND."""
        built = _built(parts)
        if len(built) == 1:
            return built[0]
        return Built(all_of(each.query for each in built), is_loose=len(parts) < 2 * len(built) - 1)

    def grouping(self, parts: Sequence[Part]) -> Built:
        """Return what stands in parentheses."""
        return replace(_built(parts)[0], is_loose=False)

    def negation(self, parts: Sequence[Part]) -> Built:
        """Return what must not be so."""
        return Built(no(_built(parts)[0].query))

    def nearness(self, parts: Sequence[Part]) -> Built:
        """Return what must stand near each other."""
        [sign] = (part for part in parts if isinstance(part, Token))
        far = _HOW_FAR.fullmatch(sign)
        within = int(far[1] or NEAR_WITHIN_WORDS) if far else 0
        if not 1 <= within <= FARTHEST:
            raise WrongError(
                f"`{shown(sign)}` wants a number of words from 1 to {FARTHEST}, as in `NEAR/5`", _start(sign)
            )
        one, other = (_texts_near(each.query, sign) for each in _built(parts))
        return Built(Near(one, other, within))

    def text(self, parts: Sequence[Part]) -> Built:
        """Return a word, a phrase, or what is exactly so."""
        return Built(_text(_tokens(parts)[0]))

    def field(self, parts: Sequence[Part]) -> Built:
        """Return what a field asks."""
        name, value = _tokens(parts)
        about = name.rstrip(":").lower()
        if about == "title":
            return Built(replace(_text(value), in_title=True))
        return Built(_score(value) if about == "score" else _fact(About(about), value))

    def pattern(self, parts: Sequence[Part]) -> Built:
        """Return a regular expression."""
        [token] = _tokens(parts)
        if bad := problem_of_pattern(token[1:-1]):
            # Behind the slash that begins it.
            raise WrongError(f"In the pattern `{shown(token)}`, {bad.problem}", _start(token) + 1 + bad.at)
        return Built(Pattern(token[1:-1]))


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
        raise WrongError(f"A star {wanted}; for the sign itself, put the word in quotes", _start(token))


def _inside(token: Token) -> str:
    return str(token) if token.type == "WORD" else _ESCAPED.sub(r"\1", token.rstrip("*")[1:-1])


def _word(token: Token) -> Text:
    """Return a word as it was typed, unless it looks as if something else was meant."""
    word, at = str(token), _start(token)
    if word.lower() in OPERATORS:
        raise WrongError(f'Write `{word.upper()}` in capitals if you mean that, or `"{shown(word)}"` for the word', at)
    if word == "-":
        raise WrongError(
            'A minus stands right before the word that must not be there; for the sign itself type `"-"`', at
        )
    if word.startswith("+"):
        raise WrongError(
            f'`{shown(word)}` needs no plus, for all words must be there; for the sign itself type `"{shown(word)}"`',
            at,
        )
    if word.endswith((",", ";")) and len(word) > 1:
        raise WrongError(f"`{shown(word)}`: write OR between words instead of `{word[-1]}`, or put them in quotes", at)
    if _LUCENE_NEAR.fullmatch(word):
        raise WrongError(f"`{shown(word)}`: what must be near is said with NEAR, as in `tide NEAR/5 wiki`", at)
    if (field := _LIKE_A_FIELD.fullmatch(word)) is not None:
        known = ", ".join(("title", *About, "score"))
        raise WrongError(
            f'I know no field `{shown(field[1])}`, only {known}; for the words themselves type `"{shown(word)}"`', at
        )
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
        raise WrongError("`score:` wants a number, as in `score:>10`", _start(token))
    return Score(Comparison(found[1] or "="), int(found[2]))


def _fact(about: About, token: Token) -> Fact:
    typed = " ".join(_inside(token).split())
    match about:
        case About.AUTHOR:
            value, wanted = bare_handle(typed), "a name, as in `author:sam`"
        case About.SITE:
            host = host_of(address_of_site(typed))
            is_host = "." in host and typed.split("://")[-1].removeprefix("www.").rstrip("/").lower() == host
            value, wanted = host if is_host else "", "a site without a path, as in `site:example.com`"
        case About.COMMUNITY:
            value, wanted = typed.casefold(), 'a community, as in `community:r/selfhosted` or `community:"Hacker News"`'
        case About.LANGUAGE:
            known = typed.lower() in LANGUAGES
            value, wanted = typed.lower() if known else "", f"two letters, one of {', '.join(LANGUAGES)}"
        case About.IS:
            value, wanted = typed.lower() if typed.lower() in WHAT_IT_IS else "", "`post`, `comment` or `question`"
    if not value:
        raise WrongError(f"`{about}:` wants {wanted}", _start(token))
    return Fact(about, value)
