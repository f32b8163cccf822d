"""Links as identities: the canonical URL, and the key that compares it."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

# No link in use is longer; browsers and servers give up at about this length.
LONGEST: Final = 4_096
# What mailings, advertisers and sharing buttons add; none of it changes what is shown.
TRACKING: Final = frozenset(
    {
        "at_campaign", "at_medium", "cmpid", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igshid", "mc_cid",
        "mc_eid", "mkt_tok", "msclkid", "ref", "ref_src", "ref_url", "s_cid", "share_id", "si", "source", "spm",
        "twclid",        "vero_id", "wbraid", "wt_mc", "xtor", "yclid", "_hsenc", "_hsmi", "hsctatracking",
    }
)  # fmt: skip
TRACKING_PREFIXES: Final = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "oly_")
# A fragment is part of the identity only where it names one comment or post of a page. Others come and go: the BBC
# counts its items in it (https://github.com/jocmp/capyreader/issues/865).
_NAMES_A_POST = re.compile(
    r"comment-\w{4,}|"
    r"(?:(?:issue|discussion)-?)?(?:comment|post|reply|answer|message|msg|note|discussion_r)[-_]?\w*\d\w*"
    r"|pullrequestreview-\d+|[cpr][-_]?\d{3,}|c_\w+",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d{4,}(?:_\d+)?")
_REDIRECTS: Final = {"www.google.com": ("/url", "url"), "www.bing.com": ("/news/apiclick.aspx", "url")}


def is_web(url: str) -> bool:
    """Say whether `url` is an http or https URL with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def host_of(url: str) -> str:
    """Return the host of a URL, lower-case and without `www.`; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def joined(base: str, url: str) -> str:
    """Return `url` as it reads on the page at `base`, which is `base` for an empty one; empty if it is no address."""
    try:
        return urljoin(base, url)
    except ValueError:
        # Brackets that enclose no IPv6 address.
        return ""


def is_literal(host: str) -> bool:
    """Say whether `host` is an address rather than a name, in any spelling: 127.0.0.1, ::1, 2130706433, 127.1.

    By the rule of aiohttp, which asks no resolver about those, so nothing slips between its rule and ours.
    """
    return ":" in host or host.replace(".", "").isdigit()


def is_reddit(host: str) -> bool:
    """Say whether `host` is Reddit's."""
    return host == "reddit.com" or host.endswith(".reddit.com")


def canonical(url: str) -> str:
    """Return the canonical form of a web address, empty for anything else.

    Tracking parameters, default ports, and fragments that name no post are gone, the query is sorted, a redirect of
    Google Alerts is replaced by where it leads. Applied twice it changes nothing.
    """
    url = url.strip()
    # Before the cache, which would keep a thousand addresses of any length for as long as the process lives.
    return _canonical(url) if len(url) <= LONGEST else ""


# An entry's few addresses are asked for a dozen times while its identity is found.
@lru_cache(maxsize=1024)
def _canonical(url: str) -> str:
    url = unwrapped(url)
    if not is_web(url):
        return ""
    try:
        parts = urlsplit(canonicalize_url(url, keep_fragments=True))
        port = parts.port if parts.port not in (None, {"http": 80, "https": 443}[parts.scheme]) else None
    except (ValueError, KeyError):
        return ""
    host = (parts.hostname or "").rstrip(".")
    netloc = f"[{host}]" if ":" in host else host
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _is_tracking(pair[0])]
    # An untouched query keeps its spelling: not every server takes "a" for "a=".
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    fragment = (
        parts.fragment if _NAMES_A_POST.fullmatch(parts.fragment) or _LONG_NUMBER.fullmatch(parts.fragment) else ""
    )
    return urlunsplit((parts.scheme, f"{netloc}:{port}" if port else netloc, parts.path or "/", query, fragment))


def link_key(url: str) -> str:
    """Return the key of a web address, without scheme, `www.` and closing slash; empty for anything else.

    Feeds change from http to https, and sites answer with and without the rest.
    """
    link = canonical(url)
    if not link:
        return ""
    parts = urlsplit(link)
    path = parts.path.rstrip("/") if not parts.query else parts.path
    return "url:" + urlunsplit(("", "", parts.netloc.removeprefix("www.") + path, parts.query, parts.fragment))


def unwrapped(url: str) -> str:
    """Return where a redirect of a search engine leads, which it says in its own query; other URLs as they are."""
    for _ in range(3):
        try:
            parts = urlsplit(url)
            path, name = _REDIRECTS.get(parts.hostname or "", ("", ""))
            target = dict(parse_qsl(parts.query)).get(name, "") if name and parts.path == path else ""
        except ValueError:
            return url
        if not is_web(target):
            return url
        url = target
    return url


def _is_tracking(name: str) -> bool:
    name = name.lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
