"""How a conversation began: by author and address first, because texts of people and of companies read alike."""

from urllib.parse import urlsplit

from engagement.post import Post
from engagement.sites import address_of_site, belongs_to, host_of
from engagement.team.handles import bare_handle
from engagement.understanding.reading import OURS_TO_ANSWER, Kind, Pillar
from engagement.watch import Watch
from triage.occasions import FIRST_PERSON, IN_PASSING, PROFILE_TITLE, WHO_COMES, is_meeting
from triage.terms import TermFinder

# On our own site, there people write and we answer: forum.tidewiki.example, /t/1234, github.com/us/it/issues/7.
_WHERE_PEOPLE_WRITE = """
    board chat comments community discuss discussion discussions feedback forum forums ideas issues questions t
"""
PEOPLES_PLACES = frozenset(_WHERE_PEOPLE_WRITE.split())

# Pages about somebody, written by nobody who waits: (host, beginning of the path).
PROFILE_PAGES = (
    ("wikipedia.org", "/wiki/"),
    ("wikidata.org", "/wiki/"),
    ("linkedin.com", "/company/"),
    ("crunchbase.com", "/organization/"),
    ("alternativeto.net", "/software/"),
)

# Said behind our name by nobody but us: tidewiki-team, TidewikiHQ.
_OFFICIAL = "team bot staff hq official support help helpdesk app inc status docs jobs careers press blog engineering"
OFFICIAL_WORDS = tuple(_OFFICIAL.split())
SPEAKING_FOR_US = ("we are the", "we're the", "i am from the", "i'm from the", "i'm on the", "here from the")
# Who writes so is a person who has something to say.
PERSONAL = OURS_TO_ANSWER | {Kind.PRAISE, Kind.COMPARISON}
LOOKED_AT = 600

# Aggregators of articles; Hacker News is a community in spite of its name.
NEWS_ENDINGS = (" news", " newswire", " press")
COMMUNITIES_NOT_NEWS = frozenset({"hacker news"})


def pillar_of(post: Post, watch: Watch, kind: Kind = Kind.OTHER) -> Pillar:
    """Return how the conversation of `post` began, seen from `watch`; `kind` is what sort of thing it is.

    A profile page: about us. One of our handles, or an address on our site: started by us, except where people write
    there. A meeting is told by its words, but whoever asks something else than who comes is a person who waits. A news
    article is about us when a name stands in its headline; another article, or a list, that opens a thread only links
    to us. Whatever is left was written by a person, and so is what asks, complains, wishes, praises or compares.
    """
    words = f"{post.title[:LOOKED_AT]}\n{post.text[:LOOKED_AT]}"
    if _is_profile(post.url) or PROFILE_TITLE.search(post.title[:LOOKED_AT] or words):
        return Pillar.IDENTITY
    if _is_ours(post.author, watch) or _is_our_own_page(post.url, address_of_site(watch.site)):
        return Pillar.PROVIDER_INITIATED
    if _speaks_for_us(words, watch):
        return Pillar.PROVIDER_INITIATED
    if is_meeting(words) and (kind not in OURS_TO_ANSWER or WHO_COMES.search(words)):
        return Pillar.IN_PERSON
    return _by_whom(post, watch, kind)


def _by_whom(post: Post, watch: Watch, kind: Kind) -> Pillar:
    """Tell articles and lists from what a person has to say."""
    if _is_news(post.community):
        is_about_us = _names_us_in_headline(post, watch) and not IN_PASSING.search(post.title[:LOOKED_AT])
        return Pillar.IDENTITY if is_about_us else Pillar.ASSOCIATION
    opens = not post.parent_key
    if opens and kind not in OURS_TO_ANSWER and IN_PASSING.search((post.title or post.text)[:LOOKED_AT]):
        return Pillar.ASSOCIATION
    in_own_words = kind in PERSONAL or FIRST_PERSON.search(f"{post.title}\n{post.text[:LOOKED_AT]}")
    return Pillar.ASSOCIATION if opens and post.title and not in_own_words else Pillar.USER_INITIATED


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
    return bare in {bare_handle(handle) for handle in watch.handles} or bare == site or _letters(bare) in official


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _is_our_own_page(url: str, site: str) -> bool:
    host, home = host_of(url), host_of(site)
    if not belongs_to(host, home):
        return False
    path, folder = f"{_path(url).casefold()}/", f"{_path(site).casefold().rstrip('/')}/"
    below = host.removesuffix(home).split(".") + path.removeprefix(folder).split("/")
    return path.startswith(folder) and PEOPLES_PLACES.isdisjoint(below)


def _is_profile(url: str) -> bool:
    host = host_of(url)
    return any(belongs_to(host, site) and _path(url).startswith(start) for site, start in PROFILE_PAGES)


def _path(url: str) -> str:
    return urlsplit(url).path


def _is_news(community: str) -> bool:
    name = community.casefold().strip()
    return name.endswith(NEWS_ENDINGS) and name not in COMMUNITIES_NOT_NEWS


def _names_us_in_headline(post: Post, watch: Watch) -> bool:
    return bool(TermFinder(watch.terms.names).find(post.title))
