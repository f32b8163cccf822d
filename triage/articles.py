"""Whether a post stands where people talk to each other, or is an article for everybody: by its place and address."""

import re
from enum import Enum
from typing import Final
from urllib.parse import unquote, urlsplit

from engagement.post import Post
from engagement.sites import belongs_to, host_of
from engagement.team.handles import is_subreddit, network_of

# Where people write, on whatever site: forum.tidewiki.example, /t/1234, /issues/7, lists.example.org, "Boat forum".
_WHERE_PEOPLE_WRITE = """
    answers ask bbs board boards chat comments community communities discuss discussion discussions feedback forum
    forums groups hyperkitty ideas issues lists mailman pipermail qa question questions showthread t talk thread threads
    topic topics viewtopic
"""
PEOPLES_PLACES: Final = frozenset(_WHERE_PEOPLE_WRITE.split())
# By name, and by the beginning of a thread's key.
_COMMUNITIES = """
    app store, bluesky, discord, github, gitlab, google play, hacker news, lemmy, lobsters, mastodon, product hunt
    quora, reddit, slack, stack overflow, telegram, trustpilot
"""
KNOWN_COMMUNITIES: Final = frozenset(name.strip() for name in re.split(r"[,\n]", _COMMUNITIES) if name.strip())
KNOWN_THREADS: Final = frozenset({"bluesky", "github", "gitlab", "hn", "lobsters", "reddit", "stackexchange"})
FORGES: Final = frozenset({"github", "gitlab"})
SHARING_LINKS: Final = frozenset({"hacker news", "lemmy", "lobsters", "reddit"})
# Told by the shape of the address alone, which blogs have as well: /post/7, /t/7, /d/7.
LIKELY_THREADS: Final = frozenset({"discourse", "flarum", "lemmy", "mastodon"})
SOCIAL_SITES: Final = (
    "facebook.com", "instagram.com", "linkedin.com", "quora.com", "threads.net", "tiktok.com", "twitter.com", "x.com",
)  # fmt: skip

# Aggregators of articles.
NEWS_ENDINGS: Final = (" news", " newswire", " press")
BLOG_HOSTS: Final = (
    "blogspot.com", "ghost.io", "hashnode.dev", "medium.com", "substack.com", "tumblr.com", "typepad.com",
    "wordpress.com",
)  # fmt: skip
# They only lead on to the sites whose feeds they carry.
LEADING_ON: Final = frozenset({"feedproxy.google.com", "feeds.feedburner.com"})
# A host that is called news may as well be a place where people share links.
ARTICLES_HOSTS: Final = frozenset({"blog", "blogs", "magazine", "newsroom", "press"})
ARTICLES_PLACES: Final = ARTICLES_HOSTS | {"article", "articles", "news", "press-release", "press-releases", "stories"}
# /2026/11/a-wiki, /26/02/a-wiki, /2026/a-wiki; not the number of a thread: /post/2026/.
_DATED = re.compile(r"/(?:(?:19|20)\d\d|[12]\d/(?:0[1-9]|1[0-2]))/(?=[^/])")
# Four words or more: /why-we-left-the-cloud, /What-to-do-4204667.html. Some forums have such addresses as well.
_SLUG = re.compile(r"/(?:[^\W_]+[-_]){3,}[^\W_]+(?:\.\w+)?/?\Z")
_MAYBE_ARTICLES = frozenset({"p", "post", "posts", "story"})


class Stands(Enum):
    """Where a post stands, as far as its place and its address say."""

    AMONG_PEOPLE = "among people"
    PERHAPS_ARTICLE = "perhaps an article"
    ARTICLE = "an article"
    UNKNOWN = "unknown"


def where_stands(post: Post) -> Stands:
    """Return whether a post is an article by where it stands; what answers another is none.

    What says that people talk there goes first, since an article that waits costs a glance, and a person who is taken
    for an article is overlooked. Shapes that blogs and forums share make it *perhaps* an article.
    """
    kind = post.thread_key.partition(":")[0]
    name = network_of(post.community).casefold().strip()
    if post.parent_key or kind in KNOWN_THREADS or name in KNOWN_COMMUNITIES:
        return Stands.AMONG_PEOPLE
    if name.endswith(NEWS_ENDINGS) or kind == "youtube":
        return Stands.ARTICLE
    return _by_address(post.url, name, kind)


def is_on_forge(post: Post) -> bool:
    """Return whether a post stands where code is kept, with its bugs and wishes beside it."""
    return network_of(post.community).casefold().strip() in FORGES


def shares_links(community: str) -> bool:
    """Return whether people post the addresses of others there, so that an address does not say who posted."""
    return is_subreddit(community) or community.casefold() in SHARING_LINKS


def parts_of(host: str) -> set[str]:
    """Return the words of a host."""
    return set(host.split("."))


def folders_of(path: str) -> set[str]:
    """Return the folders of a path in lower case, and what stands at its end without its ending: viewtopic.php."""
    return {folder.partition(".")[0] for folder in path.casefold().split("/")}


def _by_address(url: str, name: str, kind: str) -> Stands:
    host = host_of(url)
    path = unquote(urlsplit(url).path) if host else ""
    parts, folders = parts_of(host), folders_of(path)
    if _is_at(host, SOCIAL_SITES) or not PEOPLES_PLACES.isdisjoint(parts | folders | set(re.findall(r"\w+", name))):
        return Stands.AMONG_PEOPLE
    on_blog = host in LEADING_ON or _is_at(host, BLOG_HOSTS) or not ARTICLES_HOSTS.isdisjoint(parts)
    if on_blog or not ARTICLES_PLACES.isdisjoint(folders) or _DATED.search(path):
        return Stands.ARTICLE
    if kind in LIKELY_THREADS:
        return Stands.AMONG_PEOPLE
    return Stands.PERHAPS_ARTICLE if not _MAYBE_ARTICLES.isdisjoint(folders) or _SLUG.search(path) else Stands.UNKNOWN


def _is_at(host: str, sites: tuple[str, ...]) -> bool:
    return any(belongs_to(host, site) for site in sites)
