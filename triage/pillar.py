"""How a conversation began: by author and address first, because texts of people and of companies read alike."""

import re
from collections.abc import Iterable
from functools import partial
from urllib.parse import urlsplit

from engagement.post import Post
from engagement.sites import address_of_site, belongs_to, host_of
from engagement.team.handles import bare_handle, network_of
from engagement.understanding.reading import ASKING, OURS_TO_ANSWER, Kind, Pillar
from engagement.watch import Watch
from triage.articles import FORGES, LEADING_ON, PEOPLES_PLACES, Stands, folders_of, parts_of, shares_links, where_stands
from triage.enumerations import is_one_of_many
from triage.headlines import NEWSLETTER
from triage.made_for_us import is_made_for_us
from triage.occasions import (
    ENDS_IN_LIST,
    FIRST_PERSON,
    IN_PASSING,
    PROFILE_TITLE,
    SAYS_NO_I,
    SEEKS_WORK,
    SPONSORS,
    TELLS_HOW,
    asks_about_meeting,
    is_entry,
    is_invitation,
    is_meeting,
)
from triage.terms import TermFinder

# Pages about somebody, written by nobody who waits: (host, beginning of the path).
PROFILE_PAGES = (
    ("wikipedia.org", "/wiki/"),
    ("wikidata.org", "/wiki/"),
    ("linkedin.com", "/company/"),
    ("crunchbase.com", "/organization/"),
    ("alternativeto.net", "/software/"),
)

# Said behind our name by nobody but us: tidewiki-team, TidewikiHQ.
_OFFICIAL = """
    app blog bot care careers docs engineering events gmbh help helpdesk hq inc jobs ltd maintainer maintainers
    official plc press staff status support team
"""
OFFICIAL_WORDS = tuple(_OFFICIAL.split())
SPEAKING_FOR_US = ("we are the", "we're the", "i am from the", "i'm from the", "i'm on the", "here from the")
_STAFF = r"(?:ceo|cto|co-?founder|dev|developer|engineer|founder|maintainer|support)"
# They carry what companies say of themselves, word for word.
PRESS_WIRES = (
    "accesswire", "businesswire", "einpresswire", "globenewswire", "newswire", "presswire", "prnewswire", "prweb",
    "prwire",
)  # fmt: skip
# Nobody else would come by it: "since this morning", "since the update".
_SINCE = re.compile(
    r"\bsince (?:(?:this|last|yesterday) ?\w*|today|lunch|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|the (?:[\w.]+ )?(?:change|migration|outage|redesign|release|update|upgrade))\b",
    re.IGNORECASE,
)
# Who writes so is a person who has something to say.
PERSONAL = OURS_TO_ANSWER | {Kind.PRAISE, Kind.COMPARISON}
LOOKED_AT = 600
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
    words = f"{post.title[:LOOKED_AT]}\n{post.text[:LOOKED_AT]}"
    if _is_page_about_us(post, kind, words, watch):
        return Pillar.IDENTITY
    meets = _is_meeting(words, watch, kind)
    if _is_by_us(post, watch, words):
        invites = meets and kind in {Kind.OTHER, Kind.PROMO} and is_invitation(words)
        return Pillar.IN_PERSON if invites else Pillar.PROVIDER_INITIATED
    return Pillar.IN_PERSON if meets else _by_whom(post, watch, kind, sounds_like)


def _is_meeting(words: str, watch: Watch, kind: Kind) -> bool:
    if kind in OURS_TO_ANSWER:
        return kind in ASKING and asks_about_meeting(words, watch.terms.names)
    return is_meeting(words, watch.terms.names) and not SPONSORS.search(words)


def _is_by_us(post: Post, watch: Watch, words: str) -> bool:
    on_our_page = _is_our_own_page(post.url, address_of_site(watch.site)) and not shares_links(post.community)
    return (
        _is_ours(post.author, watch)
        or on_our_page
        or _speaks_for_us(words, watch)
        or _is_our_announcement(post, watch.terms.names)
    )


def _by_whom(post: Post, watch: Watch, kind: Kind, sounds_like: Kind) -> Pillar:
    """Tell articles and lists from what a person has to say."""
    title, text = post.title[:LOOKED_AT], post.text[:LOOKED_AT]
    words = f"{title}\n{text}"
    if _is_article(post, watch, sounds_like if kind is Kind.OTHER else kind, words):
        return Pillar.ASSOCIATION
    opens = not post.parent_key
    if opens and _is_in_passing(post, watch, kind):
        return Pillar.ASSOCIATION
    by_kind = not PERSONAL.isdisjoint({kind, sounds_like})
    in_own_words = by_kind or FIRST_PERSON.search(words) or SAYS_NO_I.match(words) or _SINCE.search(words)
    if in_own_words or _is_our_doing(title, watch) or _is_where_we_need_no_name(post, watch, words):
        return Pillar.USER_INITIATED
    return Pillar.ASSOCIATION if opens and title else Pillar.USER_INITIATED


def _is_in_passing(post: Post, watch: Watch, kind: Kind) -> bool:
    """Whether somebody speaks of something else and only names us: among others, or as what it is built with."""
    words = (post.title or post.text)[:LOOKED_AT]
    if NEWSLETTER.match(post.title):
        return True
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
    ours = "|".join(re.escape(name.strip()) for name in watch.terms.names if name.strip())
    changes = (
        rf"(?:build|chore|ci|deps|docs|refactor|test)(?:\([\w-]+\))?!?:\s.*\b(?:{ours})\b"
        rf"|(?:add|adopt|introduce|try|use) (?:the )?(?:{ours})\b"
        rf"|(?:migrate|move|port|switch)\b.* to (?:{ours})\b"
    )
    on_forge = network_of(post.community).casefold().strip() in FORGES
    return on_forge and bool(ours) and bool(re.match(changes, post.title, re.IGNORECASE))


def _is_our_doing(title: str, watch: Watch) -> bool:
    """Whether a title says what we did or are like, as people tell each other: "TIL Tidewiki can print"."""
    ours = "|".join(re.escape(name.strip()) for name in watch.terms.names if name.strip())
    return bool(ours) and bool(re.search(rf"{_LEADS_IN}(?:{ours})(?:'s)?(?!\w){_DOES}", title, re.IGNORECASE))


def _is_where_we_need_no_name(post: Post, watch: Watch, words: str) -> bool:
    """Whether people write there without naming us, as in our own forum or tracker: it is about us all the same."""
    if where_stands(post) is not Stands.AMONG_PEOPLE or shares_links(post.community):
        return False
    return not TermFinder((*watch.terms.names, *watch.handles)).places(words)[1]


def _is_article(post: Post, watch: Watch, kind: Kind, words: str) -> bool:
    """Whether nobody in particular is spoken to: an address that forums have as well needs words that say so too."""
    if kind in OURS_TO_ANSWER and _speaks_to_us(words, watch):
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
    called = {bare_handle(name) for name in (*watch.terms.names, *watch.handles)} - {""}
    us = rf"(?:{'|'.join(map(re.escape, sorted(called)))})"
    turning = (
        rf"(?:@|\b(?:dear|hey|hi|hello|please,?)\s+){us}(?!\w)|(?<!\w){us}\s?,\s?(?:please|can|could|why|when|will)\b"
    )
    return bool(called) and bool(re.search(turning, words, re.IGNORECASE))


def _speaks_for_us(words: str, watch: Watch) -> bool:
    """Whether somebody says that they are us: "We are the Tidewiki team", "Tidewiki founder here"; or that we hire."""
    said = words.casefold().strip()
    names = [name.casefold() for name in watch.terms.names]
    return (
        any(f"{who} {name} team" in said for name in names for who in SPEAKING_FOR_US)
        or said.startswith(tuple(f"{name} is hiring" for name in names))
        or any(map(partial(_works_for, said), names))
    )


def _works_for(said: str, name: str) -> bool:
    us = re.escape(name)
    here = rf"\b(?:{_STAFF} (?:at|from|of) {us}|(?<!\w){us} {_STAFF}) here\b"
    return bool(name and re.search(rf"{here}|\bi work (?:at|for) {us}(?!\w)", said))


def _is_our_announcement(post: Post, names: Iterable[str]) -> bool:
    """Whether a press wire carries it and our name stands first: what we say of ourselves, whoever passes it on."""
    wire = _letters(host_of(post.url)), _letters(post.author), _letters(re.split(r"\s[-|\u2013]\s", post.title)[-1])
    if not any(one.endswith((*PRESS_WIRES, *(f"{wire}com" for wire in PRESS_WIRES))) for one in wire):
        return False
    title = post.title.casefold()
    return any(re.match(rf"{re.escape(name.casefold())}(?!\w)", title) for name in names if name)


def _is_ours(author: str, watch: Watch) -> bool:
    """Whether the author is one of our handles, our own site, or a name of ours with a word that only we would add."""
    if not (bare := bare_handle(author)):
        return False
    official = {_letters(name) + word for name in watch.terms.names if _letters(name) for word in OFFICIAL_WORDS}
    site = host_of(address_of_site(watch.site))
    handles = {bare_handle(handle) for handle in watch.handles}
    # In the fediverse a name has its server behind it: ours on any, unless we say on which.
    anywhere = handles - {handle.partition("@")[0] for handle in handles if "@" in handle}
    is_handle = bare in handles or bare.partition("@")[0] in anywhere
    return is_handle or bare == site or _letters(bare) in official


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _is_our_own_page(url: str, site: str) -> bool:
    host, home = host_of(url), host_of(site)
    if not belongs_to(host, home) or host in LEADING_ON:
        return False
    path, folder = f"{_path(url).casefold()}/", f"{_path(site).casefold().rstrip('/')}/"
    below = parts_of(host.removesuffix(home)) | folders_of(path.removeprefix(folder))
    return path.startswith(folder) and PEOPLES_PLACES.isdisjoint(below)


def _is_page_about_us(post: Post, kind: Kind, words: str, watch: Watch) -> bool:
    """Whether it is a profile, by its address or title, or an entry in a directory, by the facts that nobody says."""
    title = (post.title or post.text)[:LOOKED_AT].strip()
    if _is_profile(post.url) or PROFILE_TITLE.search(title) or _is_called_about(title, watch.terms.names):
        return True
    is_told = kind in PERSONAL or bool(post.parent_key) or FIRST_PERSON.search(words)
    return not is_told and is_entry(words)


def _is_called_about(title: str, names: Iterable[str]) -> bool:
    """Whether a page is called "About Tidewiki", or "About tidewiki-cli: ..."."""
    ours = "|".join(re.escape(name.strip()) for name in names if name.strip())
    about = rf"about (?:{ours})[\w-]*\s*(?:[:|\u00b7\u2013]|\s-\s|\Z)"
    return bool(ours) and bool(re.match(about, title, re.IGNORECASE))


def _is_profile(url: str) -> bool:
    host = host_of(url)
    return any(belongs_to(host, site) and _path(url).startswith(start) for site, start in PROFILE_PAGES)


def _path(url: str) -> str:
    return urlsplit(url).path
