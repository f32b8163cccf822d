"""How a conversation began: by author and address first, because texts of people and of companies read alike."""

import re
from urllib.parse import urlsplit

from engagement.post import Post
from engagement.sites import address_of_site, belongs_to, host_of
from engagement.team.handles import bare_handle
from engagement.understanding.reading import ASKING, OURS_TO_ANSWER, Kind, Pillar
from engagement.watch import Watch
from triage.articles import LEADING_ON, PEOPLES_PLACES, Stands, folders_of, parts_of, shares_links, where_stands
from triage.enumerations import is_one_of_many
from triage.occasions import BESIDE_THE_POINT, FIRST_PERSON, IN_PASSING, PROFILE_TITLE, WHO_COMES, is_entry, is_meeting
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
# Who writes so is a person who has something to say.
PERSONAL = OURS_TO_ANSWER | {Kind.PRAISE, Kind.COMPARISON}
LOOKED_AT = 600


def pillar_of(post: Post, watch: Watch, kind: Kind = Kind.OTHER) -> Pillar:
    """Return how the conversation of `post` began, seen from `watch`; `kind` is what sort of thing it is.

    A profile page, or an entry in a directory: about us. One of our handles, or an address on our site: started by us,
    except where people write there or share links. A meeting is told by its words, but whoever asks something else than
    who comes is a person who waits. An article is about us when our name stands in its headline; another article, or a
    list, that opens a thread only links to us, whatever it asks its readers. Whatever is left was written by a person,
    and so is what asks, complains, wishes, praises or compares, and what needs no name of ours where people write.
    """
    words = f"{post.title[:LOOKED_AT]}\n{post.text[:LOOKED_AT]}"
    if _is_page_about_us(post, kind, words):
        return Pillar.IDENTITY
    if _is_ours(post.author, watch):
        return Pillar.PROVIDER_INITIATED
    if _is_our_own_page(post.url, address_of_site(watch.site)) and not shares_links(post.community):
        return Pillar.PROVIDER_INITIATED
    if _speaks_for_us(words, watch):
        return Pillar.PROVIDER_INITIATED
    if is_meeting(words) and (kind not in OURS_TO_ANSWER or WHO_COMES.search(words)):
        return Pillar.IN_PERSON
    return _by_whom(post, watch, kind)


def _by_whom(post: Post, watch: Watch, kind: Kind) -> Pillar:
    """Tell articles and lists from what a person has to say."""
    title, text = post.title[:LOOKED_AT], post.text[:LOOKED_AT]
    words = f"{title}\n{text}"
    if _is_article(post, watch, kind, words):
        return Pillar.IDENTITY if _is_headline_about_us(title, watch) else Pillar.ASSOCIATION
    opens = not post.parent_key
    if opens and _is_in_passing(title or text, watch, kind):
        return Pillar.ASSOCIATION
    in_own_words = kind in PERSONAL or FIRST_PERSON.search(words) or _is_where_we_need_no_name(post, watch, words)
    return Pillar.ASSOCIATION if opens and post.title and not in_own_words else Pillar.USER_INITIATED


def _is_in_passing(words: str, watch: Watch, kind: Kind) -> bool:
    """Whether somebody speaks of something else and only names us: as one of many, or as what it was built with."""
    if kind not in OURS_TO_ANSWER and IN_PASSING.search(words):
        return True
    return kind not in PERSONAL and is_one_of_many(words, (*watch.terms.names, *watch.handles))


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
    """Whether somebody says that they are us: "We are the Tidewiki team", "Tidewiki is hiring"."""
    said = words.casefold().strip()
    names = [name.casefold() for name in watch.terms.names]
    return any(f"{who} {name} team" in said for name in names for who in SPEAKING_FOR_US) or said.startswith(
        tuple(f"{name} is hiring" for name in names)
    )


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


def _is_page_about_us(post: Post, kind: Kind, words: str) -> bool:
    """Whether it is a profile, by its address or title, or an entry in a directory, by the facts that nobody says."""
    if _is_profile(post.url) or PROFILE_TITLE.search(post.title[:LOOKED_AT] or words):
        return True
    is_told = kind in PERSONAL or bool(post.parent_key) or FIRST_PERSON.search(words)
    return not is_told and is_entry(words)


def _is_profile(url: str) -> bool:
    host = host_of(url)
    return any(belongs_to(host, site) and _path(url).startswith(start) for site, start in PROFILE_PAGES)


def _path(url: str) -> str:
    return urlsplit(url).path


def _is_headline_about_us(title: str, watch: Watch) -> bool:
    """Whether our name stands in a headline and not beside its point: behind a comma, or as what something is for."""
    if IN_PASSING.search(title):
        return False
    searched, found = TermFinder(watch.terms.names).places(title)
    before = [searched[:start] for _, start, _ in found]
    return any("," not in words and not BESIDE_THE_POINT.search(words) for words in before)
