"""What sort of thing somebody wrote, by plain rules over tables of phrases, with the words that decided."""

import re
from dataclasses import replace

from engagement.dataclass import dataclass
from engagement.post import Post
from engagement.prose import clip
from engagement.understanding.reading import OURS_TO_ANSWER, Kind
from triage.guess import Guess
from triage.harms import defect_in, harm_in, sigh_in
from triage.headlines import ALARMS, COMPARISONS, LESSON_TITLE, LESSONS, NEWS, PROMOS, is_sent_to_all
from triage.language import what_is_unreadable
from triage.needs import need_in
from triage.occasions import POINTS_TO, SEEKS_WORK, is_invitation
from triage.phrases import Phrases
from triage.plain import parts_of, sentences_of
from triage.talk import ASKS, BUGS, COMPLAINTS, CREDIT, PLEAS, PRAISES, RHETORICAL, WISHES

BECAUSE_AT_MOST = 60
"""Characters of the words that decided; enough to recognise the sentence."""

# There, whatever opens a thread is a question, however its title is worded.
ASKING_COMMUNITIES = ("stack overflow", "stackoverflow", "stack exchange", "server fault", "super user", "ask ubuntu")

# Words before the question; possessive (*+), because "so, so, so, ..." would be tried in every combination.
_GREETING = r"(?:(?:hi|hey|hello|oh|ok|okay|so|and|but|also|well|sorry|please|@\w+|\w+(?=[,:]))[\s,.:!-]+)*+"
_AUXILIARY = r"(?:is|are|r|was|were|do|does|did|can|could|would|should|will|has|have|am)"
# Said by verb and subject in this order, a sentence asks even without its mark: "does it", "why is the", "can you".
_ASKING_ORDER = re.compile(
    rf"""{_GREETING}
        (?: (?:who|what|when|where|why|how|which|whose)(?:\s+\w+){{0,2}}?\s+{_AUXILIARY}(?:n't)?\b
          | (?:who|what|where|why|how)(?:'s|'re|s|come|\s+(?:about|much|many|long|often|come|else))\b
          | {_AUXILIARY}(?:n?'?t)?
            \s+(?:i|you|u|ya|we|they|he|she|it|there|this|that|these|those|the|any|some|anyone|anybody|someone|somebody
                |everyone|everybody|my|your|our|ur)\b
        )""",
    re.VERBOSE | re.IGNORECASE,
)
# Enough where people talk; a title that begins so is as often an article: "How to host it yourself", "Why we moved".
_ASKING_WORD = re.compile(
    rf"{_GREETING}(?:who|what(?!\s+an?\b)|where(?!\s+i\b)|why(?!\s+yes\b)|how|which|whose|anyone|anybody)\b",
    re.IGNORECASE,
)
# The same without marks and small words: "any ladies here", "bob how are u", "so pat - why no picture".
_SAYS = """
    i you we they he she it this that these is was are not no and but or of to for know knows see like tell just guess
    about matter if
"""
_CALLED = rf"(?:(?!(?:{'|'.join(_SAYS.split())})\b)\W{{0,2}}@?\w+\W+){{0,2}}?"
_ASKING_IN_TALK = re.compile(
    rf"""{_CALLED}
        (?: any\s+(?!(?:of|more|way|day|time|other|longer|one)\b)\w+(?:\s+[\w-]+){{0,4}}?\s+
            (?:here|in|wanna|wana|want|care|up|online|around|know|going|tried)\b
          | (?:who|what|where|why|how)
            \s+(?:(?:is|are|r|was|were|do|does|did|have|has|can|should)\s+)?(?:u|you|ya|ur|your)\b
          | (?:who|what|where|why|how|when)\s+(?:is|are|was|were)\s+(?:the|that|it|this|they)\b
          | why\s+(?:no|not|so)\b
          | (?:are|r|do|did|can|could|have|will|would|were)\s+(?:u|you|ya)\s+\w+
          | (?:u|you)\s+sure\b | wanna\s+\w+
        )""",
    re.VERBOSE | re.IGNORECASE,
)
# "Help!", and "Help, it ate my pages"; not "help is on the way".
_PLEA = re.compile(
    r"(?:@\w+[\s,:]*)*+(?:(?:please|pls|plz)\s+)?help(?:\s*,\s|\b[^\w@]*+(?:@\w+[^\w@]*+)*\Z)", re.IGNORECASE
)
# Who did something themselves would rather know what to do than wait until it is mended.
_OWN_DOING = re.compile(
    r"\b(?:after|since|once|when) (?:i|we) (?:have |had |last |just )?(?:added|archived|changed|connected"
    r"|disabled|enabled|imported|invited|linked|merged|migrated|moved|removed|renamed|replaced|rotated|set up|split"
    r"|switched|transferred|turned (?:on|off))\b",
    re.IGNORECASE,
)
_WHY = re.compile(rf"{_GREETING}why\b", re.IGNORECASE)
# An editor, as long as before.
_NO_CONTEST = re.compile(r"\bvs code\b", re.IGNORECASE)
_CALLED_BY_HANDLE = re.compile(r"(?<!\w)@\w+")
_QUESTION_MARKS = ("?", "\uff1f", "\u061f")
_AFTER_THE_MARK = "\"')]!. "
_CLAUSE_END = re.compile(r"[.!?;](?=\s|\Z)|\n|,\s|\s[(\-\u2013\u2014](?=[\s\w])")


# What a title says only for a start: "Love it, but it crashes", "Moved from A to B, and now?".
GOES_ON = frozenset(Kind) - OURS_TO_ANSWER


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFound:
    """A kind and the words of the post that decided, straight-quoted, at most 60 characters; empty for `other`.

    `unread` is the language of the post where our rules cannot read it ("German"), empty where they may. It `alarms`
    where it speaks of an outage or a security hole, `teaches` where it shows others how something is used, `invites`
    where it would ask people to come, if it speaks of a meeting: facts beside any kind. So is whether it was written
    `by_program`, whether it shows what others made `for_us`, whether it opens a thread `in_tracker` of ours, and of
    what is of no kind the `guess`; these are not told by `kind_of`.
    """

    kind: Kind
    because: str = ""
    unread: str = ""
    alarms: bool = False
    teaches: bool = False
    invites: bool = False
    for_us: bool = False
    in_tracker: bool = False
    by_program: bool = False
    guess: Guess | None = None


def kind_of(post: Post) -> KindFound:
    """Return what sort of thing `post` is.

    A title decides before the text, because people put there what they want. Praise in a title does not: "Love
    Tidewiki, but it crashes" goes on in the text. What is sent to everybody, as a newsletter or an episode is, asks and
    feels nothing, whatever it tells of.
    """
    title, text = parts_of(post)
    to_all = is_sent_to_all(title, text)
    found = KindFound(kind=Kind.NEWS, because=_quoted(title or text)) if to_all else _kind_of_parts(title, text)
    found = replace(
        found,
        unread=what_is_unreadable(f"{title}\n{text}"),
        alarms=bool(ALARMS.find(title or text)) and not CREDIT.find(title or text),
        teaches=not to_all and bool(LESSONS.find(title or text) or LESSON_TITLE.match(title or text)),
        invites=is_invitation(title or text),
    )
    return _where_people_ask(found, title or text) if _opens_where_people_ask(post) else found


def _kind_of_parts(title: str, text: str) -> KindFound:
    found = _kind_of_prose(title, talk=False)
    if found.kind not in GOES_ON:
        return found
    in_text = _kind_of_prose(text, talk=not title)
    goes_on = in_text.kind in OURS_TO_ANSWER or found.kind is Kind.OTHER
    return in_text if goes_on and in_text.kind is not Kind.OTHER else found


def is_question_in(prose: str) -> bool:
    """Return whether a sentence of `prose`, in which people talk to each other, asks something."""
    return any(_is_question(sentence, talk=True) for sentence in sentences_of(prose)) or bool(ASKS.find(prose))


def _kind_of_prose(prose: str, *, talk: bool) -> KindFound:
    """Try the rules in order: the clearer a wish is said, the earlier; what hurts comes before what pleases."""
    return (
        _by(WISHES, Kind.WISH, prose)
        or _by(PLEAS, Kind.HELP, prose)
        or _told(Kind.HELP, prose, need_in(prose))
        or _sighed(prose, talk=talk)
        or _asked(prose, talk=talk)
        or _by(CREDIT, Kind.PRAISE, prose)
        or _broken(prose)
        or _by(COMPLAINTS, Kind.COMPLAINT, prose)
        or _told(Kind.COMPLAINT, prose, harm_in(prose))
        or _by(PRAISES, Kind.PRAISE, prose)
        or _by(COMPARISONS, Kind.COMPARISON, _NO_CONTEST.sub("vscode ", prose))
        or _by(PROMOS, Kind.PROMO, prose)
        or _by(NEWS, Kind.NEWS, prose)
        or KindFound(kind=Kind.OTHER)
    )


def _by(phrases: Phrases, kind: Kind, prose: str) -> KindFound | None:
    return _told(kind, prose, phrases.find_meant(prose))


def _told(kind: Kind, prose: str, match: re.Match[str] | None) -> KindFound | None:
    return _found(kind, prose, match) if match else None


def _broken(prose: str) -> KindFound | None:
    """Return a bug, or a call for help from whoever knows what they did before: "stopped after I renamed a page"."""
    match = BUGS.find_meant(prose) or defect_in(prose)
    return _told(Kind.HELP if match and _OWN_DOING.search(prose) else Kind.BUG, prose, match)


def _sighed(prose: str, *, talk: bool) -> KindFound | None:
    """Return a complaint behind which nothing is asked but why, or in half a sentence: "It is a maze. Per what?"."""
    if sigh := sigh_in(prose):
        return _found(Kind.COMPLAINT, prose, sigh)
    complaint = COMPLAINTS.find_meant(prose)
    asked = [sentence for sentence in sentences_of(prose) if _is_question(sentence, talk=talk)] if complaint else []
    if not complaint or not asked or ASKS.find(prose) or any(map(wants_an_answer, asked)):
        return None
    return _found(Kind.COMPLAINT, prose, complaint) if complaint.start() < prose.find(asked[0]) else None


def wants_an_answer(sentence: str) -> bool:
    """Return whether `sentence` asks in whole words, and for more than why."""
    return bool(_ASKING_ORDER.match(sentence)) and not _WHY.match(sentence)


def _asked(prose: str, *, talk: bool) -> KindFound | None:
    for sentence in sentences_of(prose):
        if _PLEA.match(sentence):
            return KindFound(kind=Kind.HELP, because=_quoted(sentence))
        if _is_question(sentence, talk=talk):
            return KindFound(kind=Kind.QUESTION, because=_quoted(sentence))
    match = None if SEEKS_WORK.search(prose) else ASKS.find(prose)
    return _found(Kind.QUESTION, prose, match) if match else None


def _is_question(sentence: str, *, talk: bool) -> bool:
    if RHETORICAL.find(sentence):
        return False
    if _ASKING_ORDER.match(sentence) or (talk and (_ASKING_WORD.match(sentence) or _ASKING_IN_TALK.match(sentence))):
        return True
    marked = sentence.rstrip(_AFTER_THE_MARK).endswith(_QUESTION_MARKS)
    # One word alone is an exclamation ("Really, @tidewiki?") unless it asks ("Why?") or its script may have no spaces.
    words = _CALLED_BY_HANDLE.sub("", sentence).strip(" ,.!?:;").split()
    return marked and (len(words) > 1 or not sentence.isascii() or bool(_ASKING_WORD.match(sentence)))


def _opens_where_people_ask(post: Post) -> bool:
    is_asked = not post.parent_key and post.community.casefold().startswith(ASKING_COMMUNITIES)
    return is_asked and not POINTS_TO.match(post.title or post.text)


def _where_people_ask(found: KindFound, words: str) -> KindFound:
    """Return a broken thing as a call for help and everything unclear as a question."""
    match found.kind:
        case Kind.BUG | Kind.COMPLAINT:
            return replace(found, kind=Kind.HELP)
        case Kind.OTHER | Kind.PRAISE | Kind.COMPARISON | Kind.NEWS | Kind.PROMO:
            return replace(found, kind=Kind.QUESTION, because=_quoted(words))
        case _:
            return found


def words_found_at(prose: str, match: re.Match[str]) -> str:
    """Return the words of `prose` that a `match` begins, as far as their clause goes, short enough for one line."""
    return _quoted(prose[match.start() :], whole=len(match[0]))


def _found(kind: Kind, prose: str, match: re.Match[str]) -> KindFound:
    return KindFound(kind=kind, because=words_found_at(prose, match))


def _quoted(text: str, *, whole: int = 0) -> str:
    """Return the clause `text` begins with, at least `whole` characters of it, clipped, on one line."""
    end = _CLAUSE_END.search(text, whole)
    clause = text[: end.start() + (end[0] == "?")] if end else text
    return clip(" ".join(clause.split()), BECAUSE_AT_MOST)
