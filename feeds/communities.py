r"""The communities whose addresses we can read: which thread a URL stands in, and which post of it it is.

To add one, add a `Rule`: the hosts, the shape of an address (path, query and fragment), the keys of the thread and,
where the address names one, of the post in it. Communities that need none, such as dev.to, where one address is one
thread, are known by their host; a name for people goes into `NAMES`. What else only one community does stands in the
tables below `NAMES`, by the beginning of its keys.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from engagement.dataclass import dataclass
from feeds.links import host_of, is_reddit


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one community spells its addresses; without `hosts`, software that runs on many of them does.

    `address` matches the whole of path, query and fragment; its groups, `{host}` and `{thread}` fill the templates.
    `sign` stands in every such address, in lower case: looking for it is cheap, and nearly always in vain. `post` is
    used when the group `post` is there. `community` is empty where the host is the name. Keys are folded to
    lower case unless the community tells capitals apart.
    """

    address: re.Pattern[str]
    sign: str
    thread: str
    hosts: re.Pattern[str] | None = None
    post: str = ""
    community: str = ""
    author: str = ""
    fold: bool = True
    name: str = ""

    def covers(self, host: str, hint: str) -> bool:
        """Whether addresses of `host` are spelled like this: by its name, or because `hint` says what it speaks for."""
        if self.hosts is None or self.hosts.fullmatch(host):
            return True
        return bool(hint) and hint == self.name


def _shape(address: str) -> re.Pattern[str]:
    """Compile the shape of addresses, in which capitals tell nothing apart."""
    return re.compile(address, re.IGNORECASE)


# The sites with a domain of their own; all others are below stackexchange.com (https://api.stackexchange.com/docs/sites).
STACK_EXCHANGE_SITES: Final = {
    "stackoverflow.com": "Stack Overflow",
    "serverfault.com": "Server Fault",
    "superuser.com": "Super User",
    "askubuntu.com": "Ask Ubuntu",
    "mathoverflow.net": "MathOverflow",
    "stackapps.com": "Stack Apps",
}
NAMES: Final = {
    "news.ycombinator.com": "Hacker News",
    "reddit.com": "Reddit",
    "lobste.rs": "Lobsters",
    **STACK_EXCHANGE_SITES,
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "bsky.app": "Bluesky",
    "news.google.com": "Google News",
    "medium.com": "Medium",
    "itunes.apple.com": "App Store",
    "apps.apple.com": "App Store",
    "producthunt.com": "Product Hunt",
}
# Hosts that carry the posts of another community.
SEARCHES: Final = {"hn.algolia.com": "Hacker News", "hnrss.org": "Hacker News"}
_STACK_EXCHANGE: Final = "|".join(
    [*map(re.escape, STACK_EXCHANGE_SITES), r"(?:[\w-]+\.)*stackexchange\.com", r"[a-z]{2}\.stackoverflow\.com"]
)

# The kinds of communities, as their keys begin, whose servers copy posts from each other under numbers of their own; an
# id that is an address leads to the first.
FEDERATED: Final = frozenset({"mastodon", "lemmy"})
# Reddit's own ids of posts. They count on Reddit only: other feeds use the same shape for their own.
FULLNAME: Final = re.compile(r"t[13]_[a-z0-9]+")
# Ids that name the same post in every feed: the kind of community, and what stands for the post.
OWN_IDS: Final = (
    ("youtube", re.compile(r"yt:video:([\w-]+)")),
    ("bluesky", re.compile(r"at://[^/]+/app\.bsky\.feed\.post/(\w+)")),
)
# What communities add below every post; it names authors and places, and would match as if somebody had written it.
FOOTERS: Final = {
    "reddit": re.compile(r"\s*submitted by\s+\S+(?:\s+to\s+\S+)?(?:\s*\[link\])?(?:\s*\[(?:\d+ )?comments?\])?\s*$"),
    "hn": re.compile(
        r"^Comments$|\s*(?:Article URL: \S+\s+)?Comments URL: \S+(?:\s+Points: \d+)?(?:\s+# Comments: \d+)?\s*$"
    ),
    "lobsters": re.compile(r"\s*Comments\s*$"),
    "lemmy": re.compile(r"^submitted by \S+ to \S+\s+-?\d+ points? \| \d+ comments?\s*"),
    "discourse": re.compile(r"\s*\d+ posts? - \d+ participants?\s*(?:Read full topic)?\s*$"),
}
# Names behind which no person writes, where every feed of the community shows nothing but the name.
PROGRAMS: Final = {
    "reddit": re.compile(r"u/automoderator", re.IGNORECASE),
    "discourse": re.compile(r"system|discobot", re.IGNORECASE),
    "github": re.compile(r".+\[bot\]"),
}
# How a name in a feed becomes the handle that people write.
HANDLES: Final[Mapping[str, Callable[[str], str]]] = {
    "reddit": lambda name: name.lstrip("/"),
    # "@handle Full Name"
    "discourse": lambda name: name.split()[0].removeprefix("@"),
}

RULES: Final = (
    Rule(
        hosts=re.compile(r"news\.ycombinator\.com"),
        address=_shape(r"/item\?(?:.*&)?id=(?P<id>\d+)(?:&[^#]*)?(?:#(?P<post>\d+))?"),
        thread="hn:{id}",
        post="hn:{post}",
        sign="/item?",
    ),
    Rule(
        hosts=re.compile(r"(?:\w+\.)?reddit\.com"),
        address=_shape(r"/(?P<community>r/[^/?#]+)/comments/(?P<id>\w+)(?:/[^/?#]*(?:/(?P<post>\w+))?)?/?(?:[?#].*)?"),
        thread="reddit:t3_{id}",
        post="reddit:t1_{post}",
        sign="/comments/",
        community="{community}",
        name="Reddit",
    ),
    Rule(
        hosts=re.compile(r"(?:\w+\.)?reddit\.com"),
        address=_shape(
            r"(?:/u(?:ser)?/(?P<user>[^/?#]+))?/comments/(?P<id>\w+)(?:/[^/?#]*(?:/(?P<post>\w+))?)?/?(?:[?#].*)?"
        ),
        thread="reddit:t3_{id}",
        post="reddit:t1_{post}",
        sign="/comments/",
        name="Reddit",
    ),
    Rule(
        hosts=re.compile(r"redd\.it"),
        address=_shape(r"/(?P<id>\w+)/?"),
        thread="reddit:t3_{id}",
        sign="/",
        community="Reddit",
    ),
    Rule(
        hosts=re.compile(r"lobste\.rs"),
        address=_shape(r"/s/(?P<id>\w+)(?:/[^#]*)?(?:#c_(?P<post>\w+))?"),
        thread="lobsters:{id}",
        post="lobsters:c_{post}",
        sign="/s/",
        name="Lobsters",
    ),
    Rule(
        hosts=re.compile(_STACK_EXCHANGE),
        address=_shape(
            r"/(?:questions|q)/(?P<id>\d+)(?:/[^/?#]*)?(?:/\d+)?/?(?:\?[^#]*)?(?:#(?P<post>comment\d+)_\d+)"
        ),
        thread="stackexchange:{host}/{id}",
        post="stackexchange:{host}/{post}",
        sign="/q",
        name="Stack Overflow",
    ),
    Rule(
        hosts=re.compile(_STACK_EXCHANGE),
        address=_shape(r"/(?:questions|q)/(?P<id>\d+)(?:/[^/?#]*(?:/(?P<post>\d+))?)?/?(?:\?[^#]*)?(?:#.*)?"),
        # Questions and answers of a site share one sequence of numbers.
        thread="stackexchange:{host}/{id}",
        post="stackexchange:{host}/{post}",
        sign="/q",
        name="Stack Overflow",
    ),
    Rule(
        hosts=re.compile(r"github\.com"),
        # Issues, pull requests and discussions of a repository share one sequence of numbers.
        address=_shape(
            r"/(?P<repository>[^/]+/[^/]+)/(?:issues|pull|discussions)/(?P<id>\d+)(?:[/?][^#]*)?"
            r"(?:#(?P<post>(?:issuecomment-|discussioncomment-|discussion_r|pullrequestreview-)\d+)|#.*)?"
        ),
        thread="github:{repository}#{id}",
        post="{thread}/{post}",
        sign="/",
        name="GitHub",
    ),
    Rule(
        hosts=re.compile(r"gitlab\.com"),
        address=_shape(
            r"/(?P<project>.+?)/-/(?P<kind>issues|merge_requests|work_items)/(?P<id>\d+)(?:[/?][^#]*)?(?:#(?P<post>note_\d+))?"
        ),
        thread="gitlab:{project}/{kind}/{id}",
        post="{thread}/{post}",
        sign="/-/",
        name="GitLab",
    ),
    Rule(
        hosts=re.compile(r"(?:\w+\.)?youtube\.com"),
        address=_shape(r"/watch\?(?:.*&)?v=(?P<id>[\w-]+)(?:&[^#]*)?(?:#.*)?"),
        thread="youtube:{id}",
        sign="/watch?",
        fold=False,
    ),
    Rule(
        hosts=re.compile(r"(?:\w+\.)?youtube\.com"),
        address=_shape(r"/(?:shorts|live|embed)/(?P<id>[\w-]+)(?:[/?#].*)?"),
        thread="youtube:{id}",
        sign="/",
        fold=False,
    ),
    Rule(
        hosts=re.compile(r"youtu\.be"),
        address=_shape(r"/(?P<id>[\w-]+)(?:[/?#].*)?"),
        thread="youtube:{id}",
        sign="/",
        fold=False,
    ),
    # Not with the profile, which is a handle in one feed and a DID in the next; record keys are moments
    # in microseconds, unique enough.
    Rule(
        hosts=re.compile(r"bsky\.app"),
        address=_shape(r"/profile/(?P<who>[^/]+)/post/(?P<id>\w+)/?"),
        thread="bluesky:{id}",
        sign="/post/",
        author="@{who}",
    ),
    # From here on: software that runs on many hosts.
    Rule(
        address=_shape(r"/@(?P<who>[^/@]+)(?:@(?P<home>[^/]+))?/(?P<id>\d+)/?"),
        thread="mastodon:{host}/{id}",
        sign="/@",
        community="Mastodon",
        author="@{who}@{home}",
    ),
    Rule(
        address=_shape(r"/users/(?P<who>[^/]+)/statuses/(?P<id>\d+)/?"),
        thread="mastodon:{host}/{id}",
        sign="/users/",
        community="Mastodon",
        author="@{who}@{home}",
    ),
    Rule(
        address=_shape(
            r"(?P<base>(?:/[\w-]+)?)/t/(?:(?!\d+(?:/|$))[^/?#]+/)?(?P<id>\d+)(?:/(?:1|(?P<post>\d+)))?/?(?:[?#].*)?"
        ),
        thread="discourse:{host}{base}/{id}",
        post="{thread}/{post}",
        sign="/t/",
    ),
    Rule(
        address=_shape(r"/post/(?P<id>\d+)(?:/(?P<post>\d+))?/?(?:[?#].*)?"),
        thread="lemmy:{host}/{id}",
        post="{thread}/{post}",
        sign="/post/",
    ),
    Rule(
        address=_shape(r"/d/(?P<id>\d+)(?:-[^/?#]*)?(?:/(?:1|(?P<post>\d+)))?/?(?:[?#].*)?"),
        thread="flarum:{host}/{id}",
        post="{thread}/{post}",
        sign="/d/",
    ),
)


HINTS: Final = frozenset(rule.name for rule in RULES if rule.name)


class Spelling(NamedTuple):
    """What people call a host, and the rules that read its addresses, most telling first.

    In front of each rule stands what it is asked for each address, where to look it up takes longer than to ask: its
    sign, and whether the address is of its shape.
    """

    name: str
    rules: tuple[tuple[str, Callable[[str], re.Match[str] | None], Rule], ...]


@lru_cache(maxsize=512)
def spelling_at(host: str, hint: str) -> Spelling:
    """Return how the addresses of `host` are read; `hint` as in `Rule.covers`."""
    rules = (rule for rule in RULES if rule.covers(host, hint))
    return Spelling(name_of(host), tuple((rule.sign, rule.address.fullmatch, rule) for rule in rules))


def name_of(host: str) -> str:
    """Return what people call a host: `old.reddit.com` and `m.youtube.com` are the same places as without."""
    return NAMES.get(host) or NAMES.get(host.partition(".")[2], host)


def community_of_feed(url: str) -> str:
    """Return the name of the community that the feed at `url` carries, for sources that nobody named."""
    host = host_of(url)
    return subreddit_of(url) or SEARCHES.get(host) or name_of(host)


def subreddit_of(url: str) -> str:
    """Return the subreddit that an address of Reddit stands in, as in "r/selfhosted"; empty for any other."""
    found = re.match(r"https?://[^/]+/(r/[^/?#]+)/", url, re.IGNORECASE) if is_reddit(host_of(url)) else None
    return found.group(1) if found else ""
