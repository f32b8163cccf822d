"""Expressions in which a name of ours stands, made ready once for each watch; and posts that need not name us."""

import re
from functools import lru_cache
from typing import Final

from engagement.post import Post
from engagement.watch import Watch
from triage.articles import Stands, shares_links, where_stands
from triage.plain import beginning_of
from triage.terms import TermFinder

US: Final = "<us>"
"""What stands in an expression for any of our names, whole and in whatever capitals."""

# A dozen expressions for each of some hundred watches: more than `re` keeps by itself, and to compile one takes as long
# as the rest of a reading.
_KEPT: Final = 4096


@lru_cache(maxsize=_KEPT)
def by_name(expression: str, names: tuple[str, ...], *, any_case: bool = True) -> re.Pattern[str]:
    """Return `expression` with any of `names` for US, which is found nowhere if there is none.

    With `any_case` false capitals matter, but for those of the names.
    """
    ours = "|".join(re.escape(name.strip()) for name in names if name.strip()) or "(?!)"
    return re.compile(expression.replace(US, rf"(?<!\w)(?i:{ours})(?!\w)"), re.IGNORECASE if any_case else 0)


def needs_no_name(post: Post, watch: Watch) -> bool:
    """Return whether `post` does not name us and is about us all the same, as what stands in our own forum is."""
    if where_stands(post) is not Stands.AMONG_PEOPLE or shares_links(post.community):
        return False
    finder = finder_of((*watch.terms.names, *watch.handles))
    return not finder.find(beginning_of(post))


@lru_cache(maxsize=_KEPT)
def finder_of(names: tuple[str, ...]) -> TermFinder:
    """Return what finds where any of `names` stands."""
    return TermFinder(names)
