"""Whether a post that has a name in it is about us, where the name is a word as well: yes, or a person is asked."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Final

from engagement.post import Post
from engagement.sites import address_of_site, belongs_to, host_of
from engagement.team.handles import bare_handle
from engagement.understanding.context_sets import parted
from engagement.watch import Terms, Watch
from triage.near import Nearness
from triage.of_us.by_name import US, by_name
from triage.terms import TermFinder

# What stands before or behind a word that is used as a word: "the tide", "is linear in", "to render a".
_DETERMINERS = "a an the this that these those some any no each every non more less very not another such"
_BEFORE_A_WORD = frozenset(_DETERMINERS.split())
_IS = frozenset({"is", "are", "be", "was", "were", "being", "stays", "remains"})
_OBJECTS = frozenset({"the", "a", "an", "it", "this", "that", "them", "in", "on", "all", "my", "your", "our"})
# What stands beside a name that is used as a name; the name is put where {} stands.
_NAMED = (
    r"\bvs\.?\s+{0}|{0}\s+(?:vs\b|versus\b)|\balternatives?\s+to\s+{0}"
    r"|\b(?:switch|migrat|mov)\w*\s+(?:over\s+)?(?:from|to)\s+(?:[\w.]+\s+to\s+)?{0}"
    r"|{0}(?:'s)?\s+(?:app|api|team|support|pricing|accounts?|docs|dashboard|cli|sdk|subscription|integrations?|plugins?)\b"
)
_WORD = re.compile(r"[\w'-]+")
_STRAIGHT = str.maketrans("\u2019\u2018", "''")
_LOOKED_AT: Final = 5000
_PLACES_AT_MOST: Final = 50
# So many different words near the name outweigh that it is used as a word.
_MANY: Final = 2


def signs_of_us(watch: Watch) -> tuple[str, ...]:
    """Return what stands for us and for nobody else: our site, and our handles with the sign of a handle."""
    host = host_of(address_of_site(watch.site)) if watch.site else ""
    return tuple(filter(None, (host, *(f"@{bare_handle(handle)}" for handle in watch.handles if bare_handle(handle)))))


class Signs:
    """What stands for one watch alone, made ready once."""

    def __init__(self, signs: tuple[str, ...]) -> None:
        self._finder = TermFinder(signs)
        self._site = next((sign for sign in signs if not sign.startswith("@")), "")
        self._handles = frozenset(sign.removeprefix("@") for sign in signs if sign.startswith("@"))

    def stand_in(self, post: Post) -> bool:
        """Return whether `post` is by one of us, on our site, or names one of them."""
        if bare_handle(post.author) in self._handles or belongs_to(host_of(post.url), self._site):
            return True
        return bool(self._finder.find(post.title, post.text))


@lru_cache(maxsize=256)
def signs_ready(signs: tuple[str, ...]) -> Signs:
    """Return signs made ready."""
    return Signs(signs)


class IsItUs:
    """What makes sure that one watch is meant, made ready once. Asked only of posts in which a name stands."""

    def __init__(self, terms: Terms, signs: tuple[str, ...] = ()) -> None:
        wanted, unwanted = parted(terms.near)
        self._nearness = Nearness(replace(terms, near=wanted))
        self._against = Nearness(replace(terms, near=unwanted)) if unwanted else None
        self._signs, self._asks = signs_ready(signs), bool(wanted)
        self._near = tuple(filter(None, map(_words_of, wanted)))
        self._places = by_name(US, terms.names)
        written = "|".join(re.escape(_as_a_name(name.strip())) for name in terms.names if name.strip()) or r"(?!)"
        self._named = re.compile(_NAMED.format(rf"(?:{written})\b"))

    def is_sure(self, post: Post) -> bool:
        """Return whether `post` is about us beyond doubt.

        It is where something that is ours stands in it, and else it is not where a word is near that must not be. It is
        where no word must be near; where one is, unless the name is only used as a word there ("the tide", "is linear
        in") and nothing else speaks for us; and where the name, with its capital, has a neighbour that only a name has
        ("vs", "'s app").
        """
        if self._signs.stand_in(post):
            return True
        if self._against is not None and self._against.count(post):
            return False
        if not self._asks:
            return True
        text = f"{post.title}\n{post.text}"[:_LOOKED_AT].translate(_STRAIGHT)
        if self._nearness.holds(post):
            return not self._is_only_a_word(text) or self._nearness.count(post) >= _MANY
        return bool(self._named.search(text))

    def _is_only_a_word(self, text: str) -> bool:
        """Whether the name stands in lower case wherever it stands, and each time as words do, not names."""
        places = list(islice(self._places.finditer(text), _PLACES_AT_MOST))
        return bool(places) and all(self._is_a_word(text, place) for place in places)

    def _is_a_word(self, text: str, place: re.Match[str]) -> bool:
        if not place[0].islower():
            return False
        before = _words_of(text[max(0, place.start() - 60) : place.start()])
        behind = _words_of(text[place.end() : place.end() + 60])
        if any(before[-len(near) :] == near or behind[: len(near)] == near for near in self._near):
            return False
        last, following = (before or [""])[-1], (behind or [""])[0]
        if last in _BEFORE_A_WORD or following == "of":
            return True
        return (last in _IS and len(before) > 1) or (last == "to" and following in _OBJECTS)


class ContextSets:
    """The same, where the names of a watch ask for words of their own: one of them that is sure is enough."""

    def __init__(self, sets: Sequence[Terms], signs: tuple[str, ...] = ()) -> None:
        self._signs = signs_ready(signs)
        self._sets = [(TermFinder(each.names), IsItUs(each) if each.near else None) for each in sets]

    def is_sure(self, post: Post) -> bool:
        """Return whether `post` is about us beyond doubt."""
        if self._signs.stand_in(post):
            return True
        standing = [doubt for names, doubt in self._sets if names.find(post.title, post.text)]
        # A query may be met by the beginning of a word, which stands nowhere as a whole: then each name is asked.
        doubts = standing or [doubt for _, doubt in self._sets]
        return any(doubt is None or doubt.is_sure(post) for doubt in doubts)


def doubt_of(sets: Sequence[Terms], signs: tuple[str, ...]) -> IsItUs | ContextSets | None:
    """Return what makes sure that a watch with these context sets is meant; None where nothing must be near."""
    if not any(each.near for each in sets):
        return None
    return IsItUs(sets[0], signs) if len(sets) == 1 else ContextSets(sets, signs)


def _words_of(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _as_a_name(name: str) -> str:
    """Return a name as it is written where it is one: with a capital."""
    return name if name != name.lower() else name[:1].upper() + name[1:]
