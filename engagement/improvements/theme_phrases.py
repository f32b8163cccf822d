"""What could be a theme: phrases that several people use about us.

The rule: two or three words in a row that begin and end with a word of their own (no small word, no number, none of our
names), said by three people at least. Of phrases that share a word only the one that most people say is offered; of
those that as many say, one without a small word in it, then the longer one. Each suggestion is another subject.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from engagement.dataclass import dataclass
from engagement.improvements.asked_for import Person
from engagement.improvements.themes import LONGEST_PHRASE

# Two may be one who writes under two names.
PEOPLE_AT_LEAST: Final = 3
SUGGESTED_AT_MOST: Final = 5
SIZES: Final = (2, 3)
# Small words say nothing of the subject: English, and the most usual ones of German.
_SMALL: Final = """
    a about after again all almost already also always am an and another any anybody anyone anything are around as
    at away back be because been before being best better between both but by came can cannot can't come could
    couldn't did didn't do does doesn't doing don't done down each either else even ever every everyone everything
    few find fine first for found from get gets getting give go goes going gone good got great had has hasn't have
    haven't having he hello help her here hers hey hi him his how i i'd i'll i'm i've if in instead into is isn't it
    it's its itself just keep know last least less let let's like little look looking lot lots love made make makes
    many may maybe me might mine more most much must my myself need needs never new next nice no nobody none nor not
    nothing now of off often ok on once one only or other our out over own people please pretty put quite rather
    really right said same say says see seem seems she should since so some somebody someone something still such
    sure take tell than thank thanks that that's the their them then there there's these they thing things think
    this those though three through time to today together told too took tried try trying two under until up us use
    used using very want wanted wants was wasn't way we well went were what what's when where whether which while
    who whole why will with within without won't work working works would wouldn't year years yes yet you you're
    your yours
    aber alle als am an auch auf aus bei bin bis da das dass dem den der des die doch du durch ein eine einem einen
    einer es er für habe haben hat hier ich ihr im in ist ja kann kein keine man mehr mein meine mich mir mit nach
    nicht noch nur oder schon sehr sich sie sind so über um und uns unser von vor war was wenn wer wie wieder wir
    wird wo zu zum zur
"""
_SMALL_WORDS: Final = frozenset(_SMALL.split())
_BREAK: Final = re.compile(r"[^\w\s'-]+|[\n_]+")
_EDGES: Final = "'-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A phrase that could be a theme, and how many people said it."""

    phrase: str
    people: int


def suggest(
    said: Iterable[tuple[Person, str]], *, names: Collection[str], known: Iterable[str] = (), limit: int
) -> list[Suggested]:
    """Return at most `limit` phrases that could be themes, those of more people first.

    `said` is who wrote what, with straight quotes; `names` are the words of the watches, `known` the phrases of the
    themes there are.
    """
    cut = _cut_at(names)
    speakers: dict[str, set[Person]] = {}
    for person, text in said:
        for phrase in _phrases(cut.sub("\n", text.casefold()) if cut else text.casefold()):
            speakers.setdefault(phrase, set()).add(person)
    frequent = [
        Suggested(phrase=phrase, people=len(people))
        for phrase, people in speakers.items()
        if len(people) >= PEOPLE_AT_LEAST and len(phrase) <= LONGEST_PHRASE
    ]
    frequent.sort(key=_best_first)
    return _of_one_subject_each(frequent, [each.casefold() for each in known], limit)


def _best_first(suggested: Suggested) -> tuple[int, bool, int, str]:
    words = suggested.phrase.split()
    return -suggested.people, not all(map(_says_something, words)), -len(words), suggested.phrase


def _of_one_subject_each(frequent: Iterable[Suggested], known: Sequence[str], limit: int) -> list[Suggested]:
    chosen: list[Suggested] = []
    taken: set[str] = set()
    for each in frequent:
        words = {word for word in each.phrase.split() if _says_something(word)}
        if taken.isdisjoint(words) and not any(_is_within(each.phrase, theme) for theme in known):
            chosen.append(each)
            taken |= words
        if len(chosen) == limit:
            break
    return chosen


def _is_within(phrase: str, other: str) -> bool:
    """Return whether one of the two stands in the other, as whole words."""
    one, two = f" {phrase} ", f" {other} "
    return one in two or two in one


def _cut_at(names: Collection[str]) -> re.Pattern[str] | None:
    """Return what finds our names, the longest first: a phrase ends where we are named."""
    listed = sorted({name.casefold() for name in names if name.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)") if listed else None


def _phrases(text: str) -> Iterator[str]:
    for run in _BREAK.split(text):
        words = [word for word in (each.strip(_EDGES) for each in run.split()) if word]
        for size in SIZES:
            for start in range(len(words) - size + 1):
                part = words[start : start + size]
                if _says_something(part[0]) and _says_something(part[-1]):
                    yield " ".join(part)


def _says_something(word: str) -> bool:
    return len(word) > 1 and word not in _SMALL_WORDS and not word.isdecimal()
