"""Whether we wrote a post ourselves: by its author and its address first, then by what it says."""

import re
from urllib.parse import urlsplit

from engagement.post import Post
from engagement.sites import address_of_site, belongs_to, host_of
from engagement.team.handles import bare_handle
from engagement.watch import Watch
from triage.articles import LEADING_ON, PEOPLES_PLACES, folders_of, parts_of, shares_links
from triage.of_us.by_name import US, by_name

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
_SPEAKS_FOR_US = (
    rf"(?:{'|'.join(SPEAKING_FOR_US)}) {US} team|\A\s*{US} is hiring"
    rf"|\b(?:{_STAFF} (?:at|from|of) {US}|{US} {_STAFF}) here\b|\bi work (?:at|for) {US}"
)

# At either end of a title: "Press release: ...", "... (press release)".
_CALLED_A_RELEASE = re.compile(
    r"\A\W*+(?:press release|for immediate release)\s*+[:|\u2013-]\s*+|\W{1,4}press release\W{0,3}\Z", re.IGNORECASE
)
# Not those who only like us, or do not.
_CALLED_AFTER_US = rf"{US}-(?!(?:anti|enjoyer|ex|fan|fans|hater|lover|no|not|sucks|user|users)\b)[a-z]{{2,}}"
_OUR = re.compile(r"\b(?:our|we|we're|we've)\b", re.IGNORECASE)


def is_by_us(post: Post, watch: Watch, words: str) -> bool:
    """Return whether one of our own wrote `post`, or it stands on our site, or says so in its `words`, or a wire does.

    Not what stands on our site where people write, or where they share links to it.
    """
    on_our_page = _is_our_own_page(post.url, address_of_site(watch.site)) and not shares_links(post.community)
    names = watch.terms.names
    return (
        _is_ours(post.author, watch)
        or on_our_page
        # "We are the Tidewiki team", "Tidewiki founder here"; or that we hire.
        or bool(by_name(_SPEAKS_FOR_US, names).search(words))
        or _is_our_announcement(post, names)
        or _is_one_of_us(post, names, words)
    )


def _is_our_announcement(post: Post, names: tuple[str, ...]) -> bool:
    """Whether a press wire carries it, or its title calls it a press release, and our name stands first.

    That is what we say of ourselves, whoever passes it on.
    """
    wire = _letters(host_of(post.url)), _letters(post.author), _letters(re.split(r"\s[-|\u2013]\s", post.title)[-1])
    by_wire = any(one.endswith((*PRESS_WIRES, *(f"{wire}com" for wire in PRESS_WIRES))) for one in wire)
    title = _CALLED_A_RELEASE.sub("", post.title)
    return (by_wire or title != post.title) and bool(by_name(US, names).match(title))


def _is_one_of_us(post: Post, names: tuple[str, ...], words: str) -> bool:
    """Whether a person who is called after us speaks for us: thistle_fiona of Thistle, who writes "our logs"."""
    name = bare_handle(post.author).partition("@")[0].replace("_", "-")
    called = by_name(_CALLED_AFTER_US, names).fullmatch(name)
    return bool(called and _OUR.search(words))


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
    path, folder = f"{urlsplit(url).path.casefold()}/", f"{urlsplit(site).path.casefold().rstrip('/')}/"
    below = parts_of(host.removesuffix(home)) | folders_of(path.removeprefix(folder))
    return path.startswith(folder) and PEOPLES_PLACES.isdisjoint(below)
