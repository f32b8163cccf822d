"""What a post sounds like where no rule recognises it: a guess, with how sure it is, and the words behind it.

`triage/training/guess.py` trains it, and writes `guess_weights.json`.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from engagement.dataclass import dataclass
from engagement.post import Post
from engagement.understanding.reading import TAG_OF, Kind, Tag
from triage.articles import where_stands
from triage.language import is_readable
from triage.layer import WORD, WORD_COUNTS, Features, Layer, load_layer, shares, words_of
from triage.plain import sentences_of, words_said_in

WEIGHTS: Final = Path(__file__).with_name("guess_weights.json")
SURE_ENOUGH: Final = 0.5
"""How likely a guess must be, all kinds together that ask the same of us; chosen by cross-validation, as the next."""
WORDS_SAY: Final = 0.4
"""How far its words must speak for a guess: what only length and place suggest is a reason that nobody believes."""

OTHERWISE: Final = 0.2
"""The polarity from which on a mood speaks against a guess: as many as not felt the opposite, of airlines."""

# Only what is guessed to be one of these is said. Of those that ask the same of us, the likeliest.
ASK_THE_SAME: Final = tuple(
    tuple(kind for kind, tag in TAG_OF.items() if tag is asked) for asked in (Tag.INTERACT, Tag.REACT)
)

_MOOD_COUNTS, _OPENING_COUNTS, _MOST = 2.0, 0.7, 4
_FEW_WORDS, _MANY_WORDS = 6, 25
_OPENING, _CLOSING = re.compile(r"\W*([\w']+)"), re.compile(r"([\w']+)\W*\Z")
_SENTENCE_ENDS = re.compile(r"[.!?](?=\s|\Z)")
_MANNERS: Final = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "says I": r"\b(?:i|my|me|i'm|i've|im)\b",
        "says we": r"\b(?:we|our|us|we're|we've)\b",
        "says you": r"\b(?:you|your|u|ur)\b",
        "has a number": r"\d",
        "has a version": r"\bv?\d+\.\d+",
        "has a colon": r":\s",
        "trails off": r"\.\.\.|\u2026",
        "asks": r"\?",
        "ends asking": r"\?\s*\Z",
        "exclaims": "!",
        "begins small": r"\A(?-i:[a-z])",
        "ends with a dot": r"\.\s*\Z",
    }.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A kind that a post sounds like, and the sentence that speaks most for it."""

    kind: Kind
    because: str


def guess_of(post: Post, polarity: float, layer: Layer | None = None) -> Guess | None:
    """Return what kind of thing `post` sounds like; None where nothing sounds likely enough, or cannot be read.

    `polarity` is that of its mood, in [-1, 1]; `layer` is the one that is shipped, unless another is tried.
    """
    prose = words_said_in(post)
    if not prose or not is_readable(prose):
        return None
    layer, features = layer or trained_guess(), features_of(post, prose, polarity)
    likely = dict(zip(map(Kind, layer.answers), shares(features, layer), strict=True))
    best = max(ASK_THE_SAME, key=lambda kinds: sum(likely[kind] for kind in kinds))
    kind = max(best, key=lambda one: likely[one])
    if sum(likely[one] for one in best) < SURE_ENOUGH or not _goes_with(kind, polarity):
        return None
    side = layer.answers.index(kind.value)
    words = {name: layer.weights[name][side] for name in features if name.startswith(WORD) and name in layer.weights}
    if sum(features[name] * weight for name, weight in words.items()) < WORDS_SAY:
        return None
    return Guess(kind=kind, because=_most_telling(prose, words))


def features_of(post: Post, prose: str, polarity: float) -> Features:
    """Return what the layer looks at: how `prose` (all that `post` says) sounds, is written, where, and its words."""
    mood = {"bad": max(-polarity, 0.0) * _MOOD_COUNTS, "good": max(polarity, 0.0) * _MOOD_COUNTS}
    return _place(post) | _manner(prose) | mood | dict.fromkeys(words_of(prose), WORD_COUNTS)


@cache
def trained_guess() -> Layer:
    """Return the layer that is shipped; read once, when the first guess is asked for."""
    return load_layer(WEIGHTS)


def _goes_with(kind: Kind, polarity: float) -> bool:
    """Whether the lexicons do not say the opposite: what hurts was never praised, and what pleases never complained."""
    match kind:
        case Kind.BUG | Kind.COMPLAINT:
            return polarity <= OTHERWISE
        case Kind.PRAISE:
            return polarity >= -OTHERWISE
        case _:
            return True


def _place(post: Post) -> dict[str, float]:
    return {"always": 1.0, where_stands(post).value: 1.0, "has a title": float(bool(post.title))}


def _manner(prose: str) -> dict[str, float]:
    words = len(prose.split())
    found = {name: 1.0 for name, pattern in _MANNERS.items() if pattern.search(prose)}
    ends = {
        f"{WORD}^{_edge(_OPENING.match(prose))}": _OPENING_COUNTS,
        f"{WORD}{_edge(_CLOSING.search(prose))}$": WORD_COUNTS,
    }
    lengths = {
        "few words": float(words < _FEW_WORDS),
        "many words": float(words > _MANY_WORDS),
        "sentences": min(len(_SENTENCE_ENDS.findall(prose)), _MOST) / _MOST,
        "commas": min(prose.count(","), _MOST) / _MOST,
    }
    return found | ends | lengths


def _edge(found: re.Match[str] | None) -> str:
    return found[1].lower() if found else ""


def _most_telling(prose: str, words: Mapping[str, float]) -> str:
    """Return the sentence whose `words` speak most for the guess."""
    return max(sentences_of(prose), key=lambda sentence: sum(words.get(word, 0.0) for word in words_of(sentence)))
