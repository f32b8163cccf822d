"""The expressions of a text that please or hurt, by TextBlob's lexicon; the only module that knows TextBlob."""

import re
from functools import cache
from typing import Any

from triage.mood_words import NEUTRAL_WORDS, WEIGHED_PHRASES, WEIGHED_WORDS

# An expression and its weight in [-1, 1], never 0.
Sign = tuple[str, float]

_CONTRACTIONS = (
    (re.compile(r"\bcan'?t\b|\bcannot\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"n't\b", re.IGNORECASE), " not"),
    (re.compile(r"\b(do|does|did|is|are|was|were|have|has|had|would|could|should)nt\b", re.IGNORECASE), r"\1 not"),
)
# "Great, another update": what comes next does not please.
_MOCKING = re.compile(
    r"\b(?:great|nice|awesome|wonderful|fantastic|lovely|brilliant|perfect|cool|thanks)[,.!\s]+"
    r"(?=((?:yet\s+)?another\b|now\s+(?:it|i|my|we|our|the)\b))|\bthanks\s+for\s+(?:nothing|breaking|ruining|wasting)\b",
    re.IGNORECASE,
)
_MOCKS = -0.5
# Between a negation and what it turns: "not a good idea", "never been so happy".
_BETWEEN = r"(?:\s+(?:a|an|the|any|that|all|much|such|been|be|as|even|quite|exactly|really|very|so|too|particularly))"
_FAR_NEGATION = re.compile(rf"\b(not|never|no){_BETWEEN}{{1,3}}\s+", re.IGNORECASE)


def signs_of(prose: str) -> list[Sign]:
    """Return each expression of `prose` that weighs something, in no particular order."""
    text, signs = _phrases_of(_with_not(prose))
    return signs + [sign for sign in _words_of(text) if sign[1]]


def load_lexicon() -> None:
    """Load TextBlob's lexicon now (a fifth of a second), which the first mention would do otherwise."""
    _lexicon()


@cache
def _lexicon() -> Any:
    # Needs no corpora and no download; the analysers of TextBlob's front door and most of NLTK do.
    from textblob.en import sentiment  # noqa: PLC0415 - a poll without mentions never needs it

    sentiment.load()
    for word, weight in WEIGHED_WORDS.items():
        sentiment.annotate(word, None, weight, 1.0, 1.0)
    return sentiment


def _phrases_of(text: str) -> tuple[str, list[Sign]]:
    """Return the text without the phrases that have a weight of their own, and these."""
    # With what shows that it mocks: "great" alone is no reason for a bad mood.
    signs = [(" ".join(f"{match[0]} {match[1] or ''}".lower().split()), _MOCKS) for match in _MOCKING.finditer(text)]
    text = _MOCKING.sub(" ", text)
    for weight, phrases in WEIGHED_PHRASES:
        found = list(phrases.each(text))
        signs += [(" ".join(match[0].lower().split()), weight) for match in found if weight]
        for match in reversed(found):
            text = f"{text[: match.start()]} ; {text[match.end() :]}"
    return text, signs


def _words_of(text: str) -> list[Sign]:
    signs: list[Sign] = []
    for words, weight, *_ in _lexicon()(_FAR_NEGATION.sub(r"\1 ", text)).assessments:
        # The lexicon's last word carries the weight, those before it turn or strengthen it: "not", "very".
        spoken = [str(word) for word in words if word != "!"]
        if spoken and spoken[-1] not in NEUTRAL_WORDS:
            signs.append((" ".join(spoken), float(weight)))
    return signs


def _with_not(text: str) -> str:
    # TextBlob splits "isn't" before it looks for negations and takes "isn't great" for praise (its issue 181).
    for pattern, expanded in _CONTRACTIONS:
        text = pattern.sub(expanded, text)
    return text
