"""How a text sounds: TextBlob's lexicon and VADER's, and a linear layer that has learned whom to believe."""

from typing import Final

from engagement.dataclass import dataclass
from engagement.understanding.reading import Mood
from triage.language import is_readable
from triage.mood_layer import Weighed, features_of, trained_weights, weigh
from triage.mood_signs import Sign, load_lexicon, signs_of
from triage.mood_vader import load_second_opinion, second_opinion_on, words_heard_in
from triage.plain import prose_of

STRONG: Final = 0.5
"""A single word this far from zero is a strong sign; strong signs of both colours make a mixed mood, where the layer
does not rule one out."""
RULED_OUT_BELOW: Final = 0.04

MOST_WORDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodFound:
    """A mood, its polarity in [-1, 1], and the words that decided, heaviest first, at most three."""

    mood: Mood
    polarity: float
    words: tuple[str, ...] = ()


NOTHING_HEARD: Final = MoodFound(mood=Mood.UNSURE, polarity=0.0)


def mood_of(text: str) -> MoodFound:
    """Return how `text` sounds: good, bad, mixed when it says both strongly, unsure when nothing speaks clearly.

    A text in a language that the lexicons do not know is unsure. A mood without a word that the lexicons
    weigh is no mood: what the layer alone has learned ("after a") is no reason that anybody would believe.
    """
    prose = prose_of(text)
    if not prose or not is_readable(prose):
        return NOTHING_HEARD
    signs = signs_of(prose)
    weighed = weigh(features_of(prose, signs, second_opinion_on(prose)), trained_weights())
    mood = _mood(weighed, [weight for _, weight in signs])
    words = _deciding(prose, signs, mood)
    return MoodFound(mood=mood if words else Mood.UNSURE, polarity=weighed.polarity, words=words)


def make_moods_ready() -> None:
    """Load now what the first mood would load otherwise (a third of a second)."""
    load_lexicon()
    load_second_opinion()
    trained_weights()


def _mood(weighed: Weighed, weights: list[float]) -> Mood:
    speaks_both = max(weights, default=0) >= STRONG and min(weights, default=0) <= -STRONG
    if speaks_both and min(weighed.bad, weighed.good) >= RULED_OUT_BELOW:
        return Mood.MIXED
    neither = 1 - weighed.bad - weighed.good
    if max(weighed.bad, weighed.good) <= neither:
        return Mood.UNSURE
    return Mood.BAD if weighed.bad > weighed.good else Mood.GOOD


def _deciding(prose: str, signs: list[Sign], mood: Mood) -> tuple[str, ...]:
    """Return the words of the mood's own colour; of both colours where it is mixed, none where nothing is sure."""
    match mood:
        case Mood.UNSURE:
            return ()
        case Mood.MIXED:
            one, other = _of_colour(signs, 1), _of_colour(signs, -1)
            return _few([*one[:1], *other[:1], *one[1:], *other[1:]])
        case Mood.GOOD | Mood.BAD:
            side = 1 if mood is Mood.GOOD else -1
            return _few(_of_colour(signs, side)) or _few(_of_colour(words_heard_in(prose), side))


def _of_colour(signs: list[Sign], side: int) -> list[str]:
    """Return the words that weigh on that side, the heaviest first."""
    heaviest = sorted(signs, key=lambda sign: -abs(sign[1]))
    return [word for word, weight in heaviest if weight * side > 0]


def _few(words: list[str]) -> tuple[str, ...]:
    """Return the first three, none twice and none that is a part of one before it."""
    chosen: list[str] = []
    for word in words:
        if len(chosen) < MOST_WORDS and not any(word in before for before in chosen):
            chosen.append(word)
    return tuple(chosen)
