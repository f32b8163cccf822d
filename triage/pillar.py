"""How a conversation began: by author and address first, because texts of people and of companies read alike."""

from urllib.parse import urlsplit

from engagement.post import Post
from engagement.reading import Pillar
from engagement.sites import address_of_site, belongs_to, host_of
from engagement.team import bare_handle
from engagement.watch import Watch
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

# Aggregators of articles; Hacker News is a community in spite of its name.
NEWS_ENDINGS = (" news", " newswire", " press")
COMMUNITIES_NOT_NEWS = frozenset({"hacker news"})


def pillar_of(post: Post, watch: Watch) -> Pillar:
    """Return how the conversation of `post` began, seen from `watch`.

    One of our handles, or an address on our site: started by us, except where people write there. A profile page:
    about us. A news article: about us when a name stands in its headline, else one that only links to us. Whatever is
    left was written by a person. In-person is never guessed: a question taken for a meeting would wait for ever.
    """
    if _is_ours(post.author, watch.handles) or _is_our_own_page(post.url, address_of_site(watch.site)):
        return Pillar.PROVIDER_INITIATED
    if _is_profile(post.url):
        return Pillar.IDENTITY
    if _is_news(post.community):
        return Pillar.IDENTITY if _names_us_in_headline(post, watch) else Pillar.ASSOCIATION
    return Pillar.USER_INITIATED


def _is_ours(author: str, handles: tuple[str, ...]) -> bool:
    return bool(author) and bare_handle(author) in {bare_handle(handle) for handle in handles}


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
