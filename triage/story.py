"""Whether two posts tell the same story: the same article, or headlines that differ by their dress only."""

import hashlib
import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from rapidfuzz import fuzz

from engagement.conversations.stories import Alike, Beside, Marks, Sameness
from engagement.post import Post
from triage.denials import denials_in
from triage.language import is_readable
from triage.terms import normalise

SAME_FROM: Final = 0.86
PERHAPS_FROM: Final = 0.74
"""Chosen on pairs of cross-posts and of headlines: above the one nearly nothing is wrong, below the other most is."""

# Of headlines that differ in a number or a day, two are as alike as one and its copy: "8 killed" and "20 killed".
DIFFERENT_FACTS: Final = 0.1
# A headline of fewer words of its own than this is too little to tell by: "Tidewiki", "Weekly thread".
ENOUGH_WORDS: Final = 2

# So many it takes for two headlines to tell the same story: "Great app", "Tidewiki review".
ENOUGH_TO_TELL: Final = 3
# Of a headline with more, the longest are sought.
WORDS_SOUGHT: Final = 10
# A mark in bytes: too many to meet by chance among the cards of a week.
MARK_BYTES: Final = 12
# A text of fewer words says nothing of its own: "Article, comments, 3 points".
WORDS_OF_ITS_OWN: Final = 12
REPEATS_FROM: Final = 80
COMPARED_CHARACTERS: Final = 1_500

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
_CUT_OFF = ("…", "...")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NO_MORE = re.compile(r"(?:\.0+)+\Z")
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


def alike(later: Post, first: Post) -> Alike:
    """Return how alike two posts are, of which `later` came after `first`: by their address, else by their titles.

    Posts without a title are compared by their address alone: talk repeats itself. In one community an address tells
    nothing: all reviews of an app lead to the same page, and all entries of a list of changes. And whoever writes a
    headline again where they wrote it before has something new to say: a daily thread, a paper's live page.
    """
    if _writes_again(later, first):
        return Alike(sameness=Sameness.DIFFERENT, likeness=0.0)
    address = _page(later.url)
    if address and address == _page(first.url) and later.community != first.community:
        return Alike(sameness=Sameness.SAME, likeness=1.0)
    return Alike(
        sameness=sameness_of_titles(later.title, first.title),
        likeness=likeness(later.title, first.title),
    )


def _writes_again(later: Post, first: Post) -> bool:
    if (later.community, later.author) != (first.community, first.author):
        return False
    return bool(later.author) or bare_title(later.title) == bare_title(first.title)


def sameness_of_titles(one: str, other: str) -> Sameness:
    """Return whether two headlines tell the same story.

    One of few words tells nothing, and two that differ by a number alone are two of a series. Where each names a number
    or a day of its own, or one denies more than the other, it is never sure.
    """
    first, second = bare_title(one), bare_title(other)
    if min(_own_words(first), _own_words(second)) < ENOUGH_TO_TELL:
        return Sameness.DIFFERENT
    how_alike = likeness(one, other)
    if _facts_differ(one, other):
        is_series = _without_facts(first) == _without_facts(second)
        return Sameness.PERHAPS if how_alike >= PERHAPS_FROM and not is_series else Sameness.DIFFERENT
    if how_alike >= SAME_FROM and not _one_denies(one, other):
        return Sameness.SAME
    return Sameness.PERHAPS if how_alike >= PERHAPS_FROM else Sameness.DIFFERENT


def marks_of(post: Post) -> Marks:
    """Return by what the posts are found that may tell the same story.

    Two headlines that are alike enough share two words of their own at least, whatever else they say.
    """
    bare = bare_title(post.title)
    named = [f"address {address}"] if (address := _page(post.url)) else []
    if _own_words(bare) < ENOUGH_TO_TELL:
        return Marks(exact=tuple(map(_mark, named)))
    # Long words are rarer than short ones.
    own = sorted(set(bare.split()) - _SMALL_WORDS, key=lambda word: (-len(word), word))
    return Marks(
        exact=tuple(map(_mark, [*named, f"title {bare}"])),
        words=tuple(_mark(f"word {word}") for word in own[:WORDS_SOUGHT]),
    )


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=MARK_BYTES).hexdigest()


def beside(later: Post, first: Post) -> Beside:
    """Return what the later text says, without its addresses, beside what the first one says."""
    if not (is_readable(later.title) and is_readable(later.text)):
        return Beside.UNREAD
    said, before = (_said(post.text) for post in (later, first))
    if len(said.split()) < WORDS_OF_ITS_OWN:
        return Beside.NOTHING
    is_same = fuzz.token_set_ratio(said, f"{before} {bare_title(first.title)}") >= REPEATS_FROM
    return Beside.THE_SAME if is_same else Beside.ITS_OWN


def _said(text: str) -> str:
    return normalise(_ADDRESS.sub(" ", text[:COMPARED_CHARACTERS]))


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
    return max(0.0, alike - DIFFERENT_FACTS * _facts_differ(one, other))


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


def _page(url: str) -> str:
    """Return an address as addresses are compared; empty for the front page of a site, which is no story."""
    address = bare_address(url)
    return address if "/" in address or "?" in address else ""


def _own_words(bare: str) -> int:
    return len(set(bare.split()) - _SMALL_WORDS)


def _facts_differ(one: str, other: str) -> bool:
    """Whether each headline names a number, a day or a direction that the other does not."""
    first, second = _facts(one), _facts(other)
    return bool(first - second) and bool(second - first)


def _one_denies(one: str, other: str) -> bool:
    """Whether one headline denies more than the other, and the other is not merely cut off before it does."""
    first, second = bare_title(one), bare_title(other)
    if denials_in(first) == denials_in(second):
        return False
    shorter, whole = (one, second) if len(first) < len(second) else (other, first)
    return not (shorter.rstrip().endswith(_CUT_OFF) and whole.startswith(bare_title(shorter)))


def _facts(title: str) -> frozenset[str]:
    """Return the numbers, days and directions of a headline: 1.0 is 1.0.0, but neither 1.1 nor 1."""
    said = normalise(_ADDRESS.sub(" ", title))
    numbers = (number.replace(",", "") for number in _NUMBER.findall(said))
    return frozenset(_NO_MORE.sub(".0", number) for number in numbers) | (_TURNS & set(bare_title(title).split()))


def _without_facts(bare: str) -> str:
    return " ".join(word for word in bare.split() if not _NUMBER.search(word) and word not in _TURNS)
