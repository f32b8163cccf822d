"""Reading as a workspace has taught: a word that means something else there is read as a word that says so."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from engagement.prose import times
from engagement.understanding.learned import LearnedWord
from engagement.understanding.reading import Mood
from triage.mood import MoodFound, mood_of

# Both lexicons and the trained layer know them well, so that they weigh as much as any word does.
_READ_AS: Final = {Mood.GOOD: "great", Mood.BAD: "terrible", Mood.UNSURE: ""}
_SAID: Final = {Mood.GOOD: "is good here", Mood.BAD: "is bad here", Mood.UNSURE: "says nothing here"}
_SAID_AT_MOST: Final = 2


def mood_heard_here(text: str, learned: Sequence[LearnedWord]) -> tuple[MoodFound, str]:
    """Return how `text` sounds in a workspace that has taught some words, and what of that was learned, in words.

    Nothing was learned where the text would sound the same elsewhere.
    """
    plain = mood_of(text)
    said = text.lower()
    # A pattern costs a hundred times what it costs to see that its first word stands nowhere.
    meant = [each for each in learned if each.word.split(" ", 1)[0] in said and _places_of(each.word).search(text)]
    if not meant:
        return plain, ""
    reworded = text
    for each in meant:
        reworded = _places_of(each.word).sub(_READ_AS[each.means], reworded)
    here = mood_of(reworded)
    if here.mood is plain.mood:
        return plain, ""
    return MoodFound(mood=here.mood, polarity=here.polarity, words=_deciding(here, meant, text)), _say(meant)


def _deciding(here: MoodFound, meant: Sequence[LearnedWord], text: str) -> tuple[str, ...]:
    """Return the words that decided, as they stand in the text: not those that are read in their place."""
    said, written = text.lower(), {_READ_AS[each.means]: each.word for each in meant if _READ_AS[each.means]}
    return tuple(dict.fromkeys(_as_written(word, written) if word not in said else word for word in here.words))


def _as_written(word: str, written: Mapping[str, str]) -> str:
    """Return "not insane" where "not great" was read."""
    for read, stands in written.items():
        word = word.replace(read, stands)
    return word


def _say(meant: Sequence[LearnedWord]) -> str:
    return ", ".join(
        f"“{each.word}” {_SAID[each.means]}, learned from {times(each.corrections, 'correction')}"
        for each in meant[:_SAID_AT_MOST]
    )


@lru_cache(maxsize=1024)
def _places_of(word: str) -> re.Pattern[str]:
    """Return what finds a word or an expression in prose, however it is spaced and whether "not" is written out."""
    parts = re.escape(word).replace(r"\ ", " ").split(" ")
    spaced = r"\s+".join(parts).replace(r"\s+not", r"(?:\s+not|n't)")
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
