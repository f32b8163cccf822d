"""What is said to mistakes in a query: each sentence names what was typed and says what to do."""

import re
from collections.abc import Mapping
from typing import Final

from engagement.understanding.query import OPERATORS, About
from triage.language import LANGUAGES

SHOWN: Final = 30
WHAT_IT_IS: Final = ("post", "comment", "question")
WANTED: Final[Mapping[str, str]] = {
    "title": "a word, or a phrase in quotes",
    About.AUTHOR: "a name, as in `author:sam`",
    About.SITE: "a site without a path, as in `site:example.com`",
    About.COMMUNITY: 'a community, as in `community:r/selfhosted` or `community:"Hacker News"`',
    About.LANGUAGE: f"two letters, one of {', '.join(LANGUAGES)}",
    About.IS: "`post`, `comment` or `question`",
    "score": "a whole number, as in `score:>10`",
}
"""What stands behind each field."""

# `part` is what the parentheses hold. Lucene's signs are here, for whoever comes from a tool that has them.
_MEANT_OTHERWISE: Final = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), said)
    for pattern, said in (
        (
            f"({'|'.join(sorted(OPERATORS))}|near/[0-9]+)",
            'Write `{capitals}` in capitals if you mean that, or `"{word}"` for the word',
        ),
        ("(-)", 'A minus stands right before the word that must not be there; for the sign itself type `"-"`'),
        (r"(\+).*", '`{word}` needs no plus, for all words must be there; for the sign itself type `"{word}"`'),
        (
            "(!).+",
            '`{word}`: what must not be there has a minus before it, or NOT; for the sign itself type `"{word}"`',
        ),
        (".+([,;])", "`{word}`: write OR between words instead of `{part}`, or put them in quotes"),
        ("(~)[0-9]*", "`{word}`: what must be near is said with NEAR, as in `tide NEAR/5 wiki`"),
        (
            r".+(~[0-9.]*|\^[0-9.]+)",
            '`{word}`: words are found as they are typed, one like the other. Take `{part}` away, or type `"{word}"`',
        ),
        (
            r"([a-z]{2,}):(?![:/])\S*",
            f'I know no field `{{part}}`, only {", ".join(WANTED)}; for the words themselves type `"{{word}}"`',
        ),
    )
)


def shown(typed: str) -> str:
    """Return what somebody typed as a mistake names it: enough to find it."""
    return typed if len(typed) <= SHOWN else f"{typed[:SHOWN]}…"


class WrongError(Exception):
    """What is wrong with a query, and `at` which character, from 0."""

    def __init__(self, problem: str, at: int) -> None:
        """Keep both."""
        super().__init__(problem)
        self.problem, self.at = problem, at


def meant_otherwise(word: str) -> str:
    """Return what to say to a word that looks as if something else was meant; empty where it does not."""
    for pattern, said in _MEANT_OTHERWISE:
        if found := pattern.fullmatch(word):
            part = shown(found[1])
            return said.format(word=shown(word), part=part, capitals=part.upper())
    return ""


def unwanted(field: str, typed: str) -> str:
    """Return what to say to what was typed behind a field that wants something else."""
    return f"`{field}:` wants {WANTED[field]}, not `{shown(typed)}`"


def nothing_behind(field: str, *, is_group: bool) -> str:
    """Return what to say to a field with nothing behind it, or with parentheses as Lucene takes them."""
    several = f"; for several, write `({field}:one OR {field}:other)`" if is_group else ""
    return f"Right behind `{field}:` put {WANTED[field]}{several}"
