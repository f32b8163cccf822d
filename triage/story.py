"""Whether two posts tell the same story: the same article, or headlines that differ by their dress only."""

import re
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from rapidfuzz import fuzz

from engagement.post import Post
from triage.terms import normalise

SAME_FROM: Final = 0.86
PERHAPS_FROM: Final = 0.74
"""Chosen on pairs of cross-posts and of headlines: above the one nearly nothing is wrong, below the other most is."""

# Of headlines that differ in a number or a day, two are as alike as one and its copy: "8 killed" and "20 killed".
DIFFERENT_FACTS: Final = 0.1
# A headline of fewer words of its own than this is too little to tell by: "Tidewiki", "Weekly thread".
ENOUGH_WORDS: Final = 2

# What a community or a habit puts before a headline.
_DRESS = re.compile(
    r"""\s*(?: (?:show|ask|tell|launch)\s+hn\b | \[[^\]]{1,20}\] | \([^)]{1,12}\)
        | (?:re|fwd?|psa|til|link|via|update|updated|breaking|discussion|question|help)(?=\s*:)
        )[\s:\u2013\u2014-]*""",
    re.VERBOSE | re.IGNORECASE,
)
_DRESSES_AT_MOST = 3
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MARKS = re.compile(r"[^\w\s]+|_")
_NUMBER = re.compile(r"\d+")
_DAYS_AND_TURNS = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december higher lower up down rises falls rise fall rose fell gains losses win wins loses lose
"""
_TURNS: Final = frozenset(_DAYS_AND_TURNS.split())
_SMALL = """
    a an and are as at be by did do does for from has have how i in into is it its my not of on or our says that the
    their they this to was we what when where why will with you your
"""
_SMALL_WORDS: Final = frozenset(_SMALL.split())
# What is put behind an address to see who came from where.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|ref|source|via|cmpid|mc_cid|mc_eid", re.IGNORECASE)


class Sameness(StrEnum):
    """How sure it is that two posts tell the same story."""

    SAME = "same"
    PERHAPS = "perhaps"
    DIFFERENT = "different"


def sameness_of(one: Post, other: Post) -> Sameness:
    """Return whether two posts tell the same story: by their address, else by their titles.

    Posts without a title are compared by their address alone: talk repeats itself.
    """
    if (address := bare_address(one.url)) and address == bare_address(other.url):
        return Sameness.SAME
    return sameness_of_titles(one.title, other.title) if one.title and other.title else Sameness.DIFFERENT


def sameness_of_titles(one: str, other: str) -> Sameness:
    """Return whether two headlines tell the same story."""
    alike = likeness(one, other)
    if alike >= SAME_FROM:
        return Sameness.SAME
    return Sameness.PERHAPS if alike >= PERHAPS_FROM else Sameness.DIFFERENT


def likeness(one: str, other: str) -> float:
    """Return how alike two headlines are, in [0, 1]: 1 where only their dress differs; the order makes no difference.

    The mean of two measures: one asks how much of the longer is in the shorter, the other forgives what only one has.
    Alone, the second would take a headline for every other that contains it.
    """
    first, second = bare_title(one), bare_title(other)
    if first == second:
        return float(bool(first))
    if min(_own_words(first), _own_words(second)) < ENOUGH_WORDS:
        return 0.0
    alike = (fuzz.token_sort_ratio(first, second) + fuzz.token_set_ratio(first, second)) / 200
    return max(0.0, alike - DIFFERENT_FACTS * _facts_differ(first, second))


def bare_title(title: str) -> str:
    """Return a headline as headlines are compared: without what communities put before it, marks and capitals."""
    bare = normalise(_ADDRESS.sub(" ", title))
    for _ in range(_DRESSES_AT_MOST):
        undressed = dressed.end() if (dressed := _DRESS.match(bare)) else 0
        if not undressed or undressed == len(bare):
            break
        bare = bare[undressed:]
    return " ".join(_MARKS.sub(" ", bare).split())


def bare_address(url: str) -> str:
    """Return an address as addresses are compared: no scheme, `www.`, fragment or tracking; empty if it has no host."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    asked = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name)]
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(asked))}".rstrip("?") if host else ""


def _own_words(bare: str) -> int:
    return len(set(bare.split()) - _SMALL_WORDS)


def _facts_differ(first: str, second: str) -> bool:
    """Whether each names a number, a day or a direction that the other does not."""
    one, other = _facts(first), _facts(second)
    return bool(one - other) and bool(other - one)


def _facts(bare: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(bare)) | (_TURNS & set(bare.split()))
