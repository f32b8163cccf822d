"""How a conversation began: by author and address first, because texts of people and of companies read alike."""

import re

from engagement.post import Post
from engagement.team.handles import bare_handle
from engagement.understanding.reading import ASKING, OURS_TO_ANSWER, Kind, Pillar
from engagement.watch import Watch
from triage.articles import Stands, is_on_forge, where_stands
from triage.enumerations import is_one_of_many
from triage.headlines import PUTS_TO_TEST, is_sent_to_all
from triage.occasions import (
    ENDS_IN_LIST,
    FIRST_PERSON,
    IN_PASSING,
    SAYS_NO_I,
    SEEKS_WORK,
    SPONSORS,
    TELLS_HOW,
    asks_about_meeting,
    is_invitation,
    is_meeting,
)
from triage.of_us.by_name import US, by_name, needs_no_name
from triage.of_us.by_us import is_by_us
from triage.of_us.made_for_us import is_made_for_us
from triage.of_us.pages import is_entry, is_profile
from triage.plain import beginning_of, opening_of

# Nobody else would come by it: "since this morning", "since the update".
_SINCE = re.compile(
    r"\bsince (?:(?:this|last|yesterday) ?\w*|today|lunch|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|the (?:[\w.]+ )?(?:change|migration|outage|redesign|release|update|upgrade))\b",
    re.IGNORECASE,
)
# Who writes so is a person who has something to say.
PERSONAL = OURS_TO_ANSWER | {Kind.PRAISE, Kind.COMPARISON}
_LEADS_IN = (
    r"\A\W*(?:(?:til|psa|fyi|heads up|so|apparently|looks like|seems|turns out|note|warning|the|today"
    r"|unpopular opinion|hot take|confession|opinion|rant)\W+){0,3}"
)
_DOES = (
    r" (?:[\w-]+ ){0,2}?(?:is|are|was|were|has|have|had|can|could|does|did|will|would|just|now|still|no longer|needs?"
    r"|asks|blocks|breaks|charges|costs|deletes|deserves|fails|feels|forces|hides|ignores|leaks|looks|refuses|requires"
    r"|seems|sells|sends|shares|shows|stores|supports|takes|tracks|uploads|wants|works|[a-z]+n't"
    r"|keeps?|lets?|makes?|gets?|got|went|goes|took|takes|gave|gives|broke|lost|saved|sent|told|cut|put|made|[a-z]{3,}ed"
    r"|[a-z]{2,}s (?:an?|all|each|every|everybody|everything|its|me|my|no|nobody|nothing|people|the|us|you|your))\b"
)
_OUR_DOING = rf"{_LEADS_IN}{US}(?:'s)?{_DOES}"
# As in "ci: move to Tidewiki" and "Add Tidewiki to the list".
_CHANGES = (
    rf"(?:build|chore|ci|deps|docs|refactor|test)(?:\([\w-]+\))?!?:\s.*{US}"
    rf"|(?:add|adopt|introduce|try|use) (?:the )?{US}|(?:migrate|move|port|switch)\b.* to {US}"
)
# "@tidewiki, why ...", "Dear Tidewiki", "Tidewiki, please"
_TURNS_TO_US = rf"(?:@|\b(?:dear|hey|hi|hello|please,?)\s+){US}|{US}\s?,\s?(?:please|can|could|why|when|will)\b"


def pillar_of(post: Post, watch: Watch, kind: Kind = Kind.OTHER, sounds_like: Kind = Kind.OTHER) -> Pillar:
    """Return how the conversation of `post` began, seen from `watch`; `kind` is what sort of thing it is.

    What is of no kind that we know may still `sound like` one: then it is a person's, unless its words say plainly that
    people meet, or that we are only named in passing.

    A profile page, or an entry in a directory: about us. One of our handles, or an address on our site: started by us,
    except where people write there or share links, and except where we ask people to come and meet us. A meeting is
    told by its words, but whoever asks something else than how it is held and who comes is a person who waits. An
    article, a list or what others made for us, that opens a thread, only links to us, whatever it asks its readers.
    Whatever is left was written by a person, and so is what asks, complains, wishes, praises or compares, and what
    needs no name of ours where people write.
    """
    words = beginning_of(post)
    if _is_page_about_us(post, kind, watch, words):
        return Pillar.IDENTITY
    meets = _is_meeting(words, watch, kind)
    if is_by_us(post, watch, words):
        invites = meets and kind in {Kind.OTHER, Kind.PROMO} and is_invitation(words)
        return Pillar.IN_PERSON if invites else Pillar.PROVIDER_INITIATED
    return Pillar.IN_PERSON if meets else _by_whom(post, watch, kind, sounds_like, words)


def _is_meeting(words: str, watch: Watch, kind: Kind) -> bool:
    if kind in OURS_TO_ANSWER:
        return kind in ASKING and asks_about_meeting(words, watch.terms.names)
    return is_meeting(words, watch.terms.names) and not SPONSORS.search(words)


def _by_whom(post: Post, watch: Watch, kind: Kind, sounds_like: Kind, words: str) -> Pillar:
    """Tell articles and lists from what a person has to say."""
    if _is_article(post, watch, sounds_like if kind is Kind.OTHER else kind, words):
        return Pillar.ASSOCIATION
    opens = not post.parent_key
    if opens and _is_in_passing(post, watch, kind):
        return Pillar.ASSOCIATION
    by_kind = not PERSONAL.isdisjoint({kind, sounds_like})
    in_own_words = by_kind or FIRST_PERSON.search(words) or SAYS_NO_I.match(words) or _SINCE.search(words)
    if in_own_words or _is_our_doing(post.title, watch) or needs_no_name(post, watch):
        return Pillar.USER_INITIATED
    return Pillar.ASSOCIATION if opens and post.title else Pillar.USER_INITIATED


def _is_in_passing(post: Post, watch: Watch, kind: Kind) -> bool:
    """Whether somebody speaks of something else and only names us: among others, or as what it is built with."""
    words = opening_of(post)
    if is_sent_to_all(post.title, post.text):
        return True
    if kind is Kind.COMPARISON and PUTS_TO_TEST.search(words):
        return False
    is_list = kind is not Kind.COMPARISON and ENDS_IN_LIST.search(words)
    if kind not in OURS_TO_ANSWER and (is_list or IN_PASSING.search(words) or SEEKS_WORK.search(words)):
        return True
    if kind in PERSONAL:
        return False
    if TELLS_HOW.match(words) or _is_change_elsewhere(post, watch):
        return True
    return is_one_of_many(words, (*watch.terms.names, *watch.handles)) or is_made_for_us(post, watch)


def _is_change_elsewhere(post: Post, watch: Watch) -> bool:
    """Whether others changed something of theirs because of us: "ci: move to Tidewiki", "Add Tidewiki to the list"."""
    return is_on_forge(post) and bool(by_name(_CHANGES, watch.terms.names).match(post.title))


def _is_our_doing(title: str, watch: Watch) -> bool:
    """Whether a title says what we did or are like, as people tell each other: "TIL Tidewiki can print"."""
    return bool(by_name(_OUR_DOING, watch.terms.names).search(title))


def _is_article(post: Post, watch: Watch, kind: Kind, words: str) -> bool:
    """Whether nobody in particular is spoken to: an address that forums have as well needs words that say so too."""
    if kind in OURS_TO_ANSWER and _speaks_to_us(words, watch):
        return False
    if kind is Kind.COMPARISON and PUTS_TO_TEST.search(words):
        return False
    match where_stands(post):
        case Stands.ARTICLE:
            return True
        case Stands.PERHAPS_ARTICLE:
            return kind not in ASKING and not (kind in PERSONAL and FIRST_PERSON.search(words))
        case Stands.AMONG_PEOPLE | Stands.UNKNOWN:
            return False


def _speaks_to_us(words: str, watch: Watch) -> bool:
    """Whether somebody turns to us: "@tidewiki, why ...", "Dear Tidewiki", "Tidewiki, please"."""
    called = {bare_handle(name) for name in (*watch.terms.names, *watch.handles)}
    return bool(by_name(_TURNS_TO_US, tuple(sorted(called))).search(words))


def _is_page_about_us(post: Post, kind: Kind, watch: Watch, words: str) -> bool:
    """Whether it is a profile, or an entry in a directory, by the facts that nobody says."""
    if is_profile(post, watch):
        return True
    is_told = kind in PERSONAL or bool(post.parent_key) or FIRST_PERSON.search(words)
    return not is_told and is_entry(words)
