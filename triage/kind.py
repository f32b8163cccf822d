"""What sort of thing somebody wrote, by plain rules over tables of phrases, with the words that decided."""

import re
from dataclasses import dataclass

from engagement.post import Post
from engagement.prose import clip
from engagement.reading import Kind
from triage.phrases import ASKS, BUGS, COMPLAINTS, PLEAS, PRAISES, RHETORICAL, WISHES, Phrases
from triage.plain import parts_of, sentences_of

BECAUSE_AT_MOST = 60
"""Characters of the words that decided; enough to recognise the sentence."""

# There, whatever opens a thread is a question, however its title is worded.
ASKING_COMMUNITIES = ("stack overflow", "stackoverflow", "stack exchange", "server fault", "super user", "ask ubuntu")

# Words before the question; possessive (*+), because "so, so, so, ..." would be tried in every combination.
_GREETING = r"(?:(?:hi|hey|hello|oh|ok|okay|so|and|but|also|well|sorry|please|@\w+|\w+(?=[,:]))[\s,.:!-]+)*+"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|would|should|will|has|have|am)"
# Said by verb and subject in this order, a sentence asks even without its mark: "does it", "why is the", "can you".
_ASKING_ORDER = re.compile(
    rf"""{_GREETING}
        (?: (?:who|what|when|where|why|how|which|whose)(?:\s+\w+){{0,2}}?\s+{_AUXILIARY}(?:n't)?\b
          | (?:who|what|where|why|how)(?:'s|'re|s|come|\s+(?:about|much|many|long|often|come|else))\b
          | {_AUXILIARY}(?:n't)?
            \s+(?:i|you|u|we|they|he|she|it|there|this|that|these|those|the|any|anyone|anybody|someone|my|your|our)\b
        )""",
    re.VERBOSE | re.IGNORECASE,
)
# Enough where people talk; a title that begins so is as often an article: "How to host it yourself", "Why we moved".
_ASKING_WORD = re.compile(rf"{_GREETING}(?:who|what|where|why|how|which|whose|anyone|anybody)\b", re.IGNORECASE)
_PLEA = re.compile(r"(?:@\w+[\s,:]*)*+(?:(?:please|pls|plz)\s+)?help\b[^\w@]*+(?:@\w+[^\w@]*+)*\Z", re.IGNORECASE)
_QUESTION_MARKS = ("?", "\uff1f", "\u061f")
_AFTER_THE_MARK = "\"')]!. "
_CLAUSE_END = re.compile(r"[.!?;](?=\s|\Z)|\n|,\s|\s[(\-\u2013\u2014](?=[\s\w])")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFound:
    """A kind and the words of the post that decided, straight-quoted, at most 60 characters; empty for `other`."""

    kind: Kind
    because: str = ""


def kind_of(post: Post) -> KindFound:
    """Return what sort of thing `post` is.

    A title decides before the text, because people put there what they want. Praise in a title does not: "Love
    Tidewiki, but it crashes" goes on in the text.
    """
    title, text = parts_of(post)
    found = _kind_of_prose(title, talk=False)
    if found.kind in (Kind.OTHER, Kind.PRAISE):
        in_text = _kind_of_prose(text, talk=not title)
        found = found if in_text.kind is Kind.OTHER else in_text
    return _where_people_ask(found, title or text) if _opens_where_people_ask(post) else found


def is_question_in(prose: str) -> bool:
    """Return whether a sentence of `prose`, in which people talk to each other, asks something."""
    return any(_is_question(sentence, talk=True) for sentence in sentences_of(prose)) or bool(ASKS.find(prose))


def _kind_of_prose(prose: str, *, talk: bool) -> KindFound:
    """Try the rules in order: the clearer a wish is said, the earlier; what hurts comes before what pleases."""
    return (
        _by(WISHES, Kind.WISH, prose)
        or _by(PLEAS, Kind.HELP, prose)
        or _asked(prose, talk=talk)
        or _by(BUGS, Kind.BUG, prose)
        or _by(COMPLAINTS, Kind.COMPLAINT, prose)
        or _by(PRAISES, Kind.PRAISE, prose)
        or KindFound(kind=Kind.OTHER)
    )


def _by(phrases: Phrases, kind: Kind, prose: str) -> KindFound | None:
    match = phrases.find_meant(prose)
    return _found(kind, prose, match) if match else None


def _asked(prose: str, *, talk: bool) -> KindFound | None:
    for sentence in sentences_of(prose):
        if _PLEA.match(sentence):
            return KindFound(kind=Kind.HELP, because=_quoted(sentence))
        if _is_question(sentence, talk=talk):
            return KindFound(kind=Kind.QUESTION, because=_quoted(sentence))
    match = ASKS.find(prose)
    return _found(Kind.QUESTION, prose, match) if match else None


def _is_question(sentence: str, *, talk: bool) -> bool:
    if RHETORICAL.find(sentence):
        return False
    if _ASKING_ORDER.match(sentence) or (talk and _ASKING_WORD.match(sentence)):
        return True
    marked = sentence.rstrip(_AFTER_THE_MARK).endswith(_QUESTION_MARKS)
    # One word alone is an exclamation ("Seriously?") unless it asks ("Why?") or its script may have no spaces.
    return marked and (len(sentence.split()) > 1 or not sentence.isascii() or bool(_ASKING_WORD.match(sentence)))


def _opens_where_people_ask(post: Post) -> bool:
    return not post.parent_key and post.community.casefold().startswith(ASKING_COMMUNITIES)


def _where_people_ask(found: KindFound, words: str) -> KindFound:
    """Return a broken thing as a call for help and everything unclear as a question."""
    match found.kind:
        case Kind.BUG | Kind.COMPLAINT:
            return KindFound(kind=Kind.HELP, because=found.because)
        case Kind.OTHER | Kind.PRAISE:
            return KindFound(kind=Kind.QUESTION, because=_quoted(words))
        case _:
            return found


def _found(kind: Kind, prose: str, match: re.Match[str]) -> KindFound:
    return KindFound(kind=kind, because=_quoted(prose[match.start() :], whole=len(match[0])))


def _quoted(text: str, *, whole: int = 0) -> str:
    """Return the clause `text` begins with, at least `whole` characters of it, clipped, on one line."""
    end = _CLAUSE_END.search(text, whole)
    clause = text[: end.start() + (end[0] == "?")] if end else text
    return clip(" ".join(clause.split()), BECAUSE_AT_MOST)
