"""The second opinion on a mood: VADER's rules and lexicon; the only module that knows VADER."""

import re
from functools import cache
from typing import Any

from engagement.dataclass import dataclass
from triage.mood_signs import Sign

# VADER weighs its words from -4 to 4.
_HEAVIEST = 4.0
_TOKEN = re.compile(r"\S+")
# What VADER describes by their picture ("fire", "rocket"), and people mean otherwise.
_MEANT = {
    "\U0001f525": "great",
    "\U0001f680": "great",
    "\U0001f4af": "perfect",
    "\U0001f389": "great",
    "\U0001f64f": "thanks",
    "\U0001f44d": "good",
    "\U0001f44e": "bad",
    "\U0001f644": "annoyed",
    "\U0001f926": "annoyed",
    "\U0001f921": "ridiculous",
    "\U0001f4a9": "crap",
}
# They weigh something to VADER, and are what one does with a program.
_PRODUCT_TALK = """
    alone block cut drop empty fire forget hid hide hides hiding ignore killed kill limit limited lone lonely mandatory
    natural play plays playing reset share shared shares sharing solution solutions stop stopped strict support supports
    vulnerability warn warned warning warnings
"""
_EDGES = ".,;!?\"'()[]"
# VADER puts words in the place of each emoji, and compares all words with all: a screen of emoji would take it seconds.
EMOJI_AT_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinion:
    """What VADER says: the whole in [-1, 1], and the shares in [0, 1] of what pleases and of what hurts."""

    compound: float
    pleasing: float
    hurting: float


def second_opinion_on(prose: str) -> SecondOpinion:
    """Return VADER's opinion on `prose`, of whose emoji the first EMOJI_AT_MOST count."""
    scores = _analyser().polarity_scores(_without_many_emoji(prose))
    return SecondOpinion(
        compound=float(scores["compound"]), pleasing=float(scores["pos"]), hurting=float(scores["neg"])
    )


def _without_many_emoji(prose: str) -> str:
    if prose.isascii():
        return prose
    known = _analyser().emojis
    places = [place for place, character in enumerate(prose) if character in known]
    if len(places) <= EMOJI_AT_MOST:
        return prose
    start = places[EMOJI_AT_MOST]
    return prose[:start] + "".join(character for character in prose[start:] if character not in known)


def words_heard_in(prose: str) -> list[Sign]:
    """Return the words and emoji of `prose` that VADER weighs, with their weights in [-1, 1], in order."""
    lexicon, heard = _analyser().lexicon, []
    for token in _TOKEN.findall(prose):
        word = token if token.lower() in lexicon else token.strip(_EDGES)
        if weight := float(lexicon.get(word.lower(), 0.0)):
            heard.append((word.lower(), weight / _HEAVIEST))
    return heard + [(character, weight) for character in prose if (weight := _weight_of_emoji(character))]


def load_second_opinion() -> None:
    """Load VADER's lexicon now (a twentieth of a second), which the first mention would do otherwise."""
    _analyser()


@cache
def _analyser() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 - as for TextBlob

    analyser = SentimentIntensityAnalyzer()
    analyser.emojis.update(_MEANT)
    for word in _PRODUCT_TALK.split():
        analyser.lexicon.pop(word, None)
    return analyser


@cache
def _weight_of_emoji(character: str) -> float:
    """Return what VADER makes of an emoji: of the words that describe it."""
    described = _analyser().emojis.get(character)
    return float(_analyser().polarity_scores(described)["compound"]) if described else 0.0
