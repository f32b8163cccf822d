"""Whether what sounds clearly bad is said of us: in words that no list of complaints knows, so only a suggestion."""

import re
from collections.abc import Sequence
from typing import Final

from engagement.post import Post
from engagement.team.handles import bare_handle, network_of
from engagement.understanding.reading import Mood
from engagement.watch import Watch
from triage.mood import MoodFound
from triage.of_us.by_name import US, by_name
from triage.plain import sentences_of, words_said_in

CLEARLY_BAD: Final = -0.6
"""The polarity from which on a mood is taken at its word. Of what it finds among complaints to airlines and in reviews
of apps, 94 and 83 in a hundred are complaints; beside a name that is only mentioned far fewer, hence `said_of_us`."""

# All that stands there is said of whoever is reviewed.
_REVIEWS: Final = frozenset({"app store", "google play", "trustpilot"})
# "Tidewiki's search is horrendous", "Tidewiki keeps disappointing"; not "a lame boat. Tidewiki ..." before the name.
_WORDS_BETWEEN: Final = 3
_BEGINS: Final = rf"\s*(?:(?:dear|hey|hi|hello)\s+)?{US}\s*[,:!]"


def what_hurts(post: Post, watch: Watch, mood: MoodFound) -> str:
    """Return the words by which `post` sounds clearly bad about us, one after another; empty where it does not.

    About us is what turns to us, what stands where we are reviewed, and what is said right behind our name.
    """
    # A smiley alone is no reason: people put it behind what hurts anybody.
    words = [word for word in mood.words if word[:1].isalpha()]
    if mood.mood is not Mood.BAD or mood.polarity > CLEARLY_BAD or not words:
        return ""
    return ", ".join(words) if _is_about_us(post, watch, words) else ""


def _is_about_us(post: Post, watch: Watch, words: Sequence[str]) -> bool:
    if network_of(post.community).casefold().strip() in _REVIEWS:
        return True
    prose = words_said_in(post)
    names = [name for name in watch.terms.names if name.strip()]
    handles = [bare_handle(handle) for handle in watch.handles if bare_handle(handle)]
    return _turns_to(prose, names, handles) or _said_of(prose, [*names, *handles], words)


def _turns_to(prose: str, names: Sequence[str], handles: Sequence[str]) -> bool:
    """Whether somebody speaks to us: with our handle wherever it stands, or with our name before all else."""
    called = by_name(rf"(?<!\w)@{US}", (*handles, *names))
    return bool(called.search(prose) or by_name(_BEGINS, tuple(names)).match(prose))


def _said_of(prose: str, names: Sequence[str], words: Sequence[str]) -> bool:
    """Whether one of `words` stands behind one of `names` in a sentence, with few others between."""
    behind = rf"(?:'s)?\s+(?:[\w'-]+\s+){{0,{_WORDS_BETWEEN}}}?(?:{'|'.join(map(re.escape, words))})(?!\w)"
    is_bad, us = re.compile(behind, re.IGNORECASE), by_name(US, tuple(names))
    return any(
        is_bad.match(sentence, named.end()) for sentence in sentences_of(prose) for named in us.finditer(sentence)
    )
