"""Whether somebody tells what we do to people as a fact: "Tidewiki locked our account", "Tidewiki charges you"."""

from dataclasses import replace
from typing import Final

from engagement.post import Post
from engagement.understanding.reading import Kind
from engagement.watch import Watch
from triage.kind import KindFound, wants_an_answer, words_found_at
from triage.of_us.by_name import US, by_name
from triage.plain import beginning_of

_PEOPLE = r"(?:customers|everybody|everyone|me|people|them|us|users|you)"
_THEIRS = r"(?:customers?'?|our|my|people'?s|their|users?'?|your)"
_CONFIDENTIAL = (
    r"(?:addresses|credentials|data|e-?mails?|histor(?:y|ies)|keys?|locations?|messages|names|numbers?|passwords?"
    r"|photos|secrets?|tokens?)"
)
# "Tidewiki's new pricing punishes"; not "Tidewiki, so I blocked my".
_OF_OURS = r"(?:'s)?(?: (?!(?:and|but|he|i|it|she|so|then|they|we|when|which|who|you)\b)[\w'-]+){0,3}?"
_DO_HARM = (
    rf"(?:charge[sd]? {_PEOPLE}\b(?! (?:less|nothing|only))"
    rf"|(?:(?:expose|give|hand|leak|pass|publish|sell|share)(?:e?s|e?d)?|gave|sold) (?:away |out |over )?"
    rf"(?:all )?(?:of )?{_THEIRS} (?:[\w'-]+ ){{0,3}}?{_CONFIDENTIAL}\b"
    r"|(?:banned|blocked|closed|deleted|disabled|froze|locked|suspended|terminated|throttled|wiped) (?:all )?(?:of )?"
    r"(?:me|my|our|us)\b"
    r"|(?:track(?:s|ed) (?:every|my|our|what|where|which|who|your)|forg[eo]t(?:s)? (?:every|my|our|what|which|who)) \w"
    r"|(?:enabled|switched on|turned on) (?:[\w-]+ ){1,4}?(?:by default|for (?:all|every|everybody|everyone|my|our))\b"
    r"|(?:bullie[sd]|extort(?:s|ed)?|gouge[sd]?|overcharge[sd]?|penali[sz]e[sd]?|punish(?:es|ed)?|rips off"
    r"|ripped off|spam(?:s|med)) \w"
    r"|cost(?:ing)? (?:me|us|them|my \w+|our \w+) (?:[$\u20ac\u00a3]?\d|an? (?!fraction|half|quarter|tenth|third)\w"
    r"|(?:all|customers|days|half an?|half my|half our|hours|money|months|my|one|our|the|thousands|two|weeks)\b))"
)
_HARMS_THEM: Final = rf"{US}{_OF_OURS} {_DO_HARM}"


def as_harmed(found: KindFound, post: Post, watch: Watch) -> KindFound:
    """Return `found` as a complaint where our name is followed by what we did to people.

    Also behind or in half a question, which asks nothing: "Per seat? Tidewiki punishes small teams."
    """
    if found.kind not in {Kind.OTHER, Kind.QUESTION}:
        return found
    prose = beginning_of(post)
    harm = by_name(_HARMS_THEM, (*watch.terms.names, *watch.handles)).search(prose)
    if not harm or (found.kind is Kind.QUESTION and not _only_sighs(found.because, prose[harm.end() :])):
        return found
    return replace(found, kind=Kind.COMPLAINT, because=words_found_at(prose, harm))


def _only_sighs(question: str, behind: str) -> bool:
    return "?" not in behind and not wants_an_answer(question)
