"""What a workspace teaches by correcting: rules that can be said in a sentence, counted, and forgotten."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from engagement.dataclass import dataclass
from engagement.understanding.beside import LearnedBeside
from engagement.understanding.reading import Kind, Mood, Reading, Tag

ENOUGH: Final = 3
"""Corrections in one direction, each of another mention, and none in another, before a word means something else."""

CHOICES_COUNTED: Final = 10
ALIKE_AT_LEAST: Final = 8
"""Of so many latest choices so many are the same before they are what we suggest."""

LONGEST_WORD: Final = 60
# Two clear colours, and the word that has none.
_TAUGHT: Final = frozenset({Mood.GOOD, Mood.BAD, Mood.UNSURE})
# They make a word stronger; what it means, it means without them.
_STRENGTHENING: Final = "absolutely extremely pretty quite really so such super totally truly very"
_STRENGTHEN: Final = frozenset(_STRENGTHENING.split())


class Lesson(StrEnum):
    """What something that was learned is about."""

    CHOICES = "choices"  # which tag a kind of post has in a community
    WORDS = "words"  # how a word sounds
    BESIDE = "beside"  # whether a word beside a name says that it is us


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedWord:
    """A word that decided moods wrongly: it is good, bad, or says nothing (unsure) in this workspace."""

    id: int
    word: str
    means: Mood
    corrections: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """What a workspace chose for nearly all of the latest conversations of a kind in a community."""

    id: int
    community: str
    kind: Kind
    tag: Tag
    choices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """All that a workspace has taught."""

    words: tuple[LearnedWord, ...] = ()
    preferences: tuple[Preference, ...] = ()
    beside: tuple[LearnedBeside, ...] = ()

    def preferred(self, kind: Kind, community: str) -> Preference | None:
        """Return what is preferred for a kind of post in a community, None where nothing is."""
        found = (each for each in self.preferences if (each.kind, each.community) == (kind, community))
        return next(found, None)


NOTHING_LEARNED: Final = Learned()


def words_in_doubt(reading: Reading) -> tuple[str, ...]:
    """Return the words that are to blame if a mention does not sound as it was read.

    None where it was mixed or unsure: then nobody knows which word was wrong.
    """
    if reading.mood not in (Mood.GOOD, Mood.BAD):
        return ()
    bare = dict.fromkeys(_without_strength(word) for word in reading.mood_words)
    return tuple(word for word in bare if word and len(word) <= LONGEST_WORD)


def vote_of(was: Mood, became: Mood) -> Mood | None:
    """Return what a correction says of the words that decided; None where it says nothing of each of them.

    So it is where somebody takes a correction back, and where a post sounds good and bad at once.
    """
    return became if became in _TAUGHT and became is not was else None


def what_it_means(votes: Mapping[Mood, int]) -> Mood | None:
    """Return what a word means by the corrections there are of each direction; None while they are few or disagree."""
    cast = {mood: count for mood, count in votes.items() if count}
    if len(cast) != 1:
        return None
    [(mood, count)] = cast.items()
    return mood if count >= ENOUGH else None


def preferred_of(latest: Sequence[Tag]) -> tuple[Tag, int] | None:
    """Return the tag that nearly all of the latest choices (newest first) are, and how many; None where none is."""
    counted = Counter(latest[:CHOICES_COUNTED])
    if counted.total() < CHOICES_COUNTED:
        return None
    [(tag, count)] = counted.most_common(1)
    return (tag, count) if count >= ALIKE_AT_LEAST else None


def _without_strength(word: str) -> str:
    """Return a word in lower case without what strengthens it: "so insane" is "insane"."""
    parts = word.lower().split()
    while len(parts) > 1 and parts[0] in _STRENGTHEN:
        parts = parts[1:]
    return " ".join(parts)
