"""Links as identities: the canonical URL, and the key that compares it."""

import re
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from engagement import sites

# No link in use is longer; browsers and servers give up at about this length.
LONGEST_LINK: Final = 4_096
# What mailings, advertisers, sharing buttons and sessions add; none of it changes what is shown.
TRACKING: Final = frozenset(
    {
        "at_campaign", "at_medium", "cmpid", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igshid", "mc_cid",
        "mc_eid", "mkt_tok", "msclkid", "ref", "ref_src", "ref_url", "s_cid", "share_id", "si", "source", "spm",
        "twclid", "vero_id", "wbraid", "wt_mc", "xtor", "yclid", "_hsenc", "_hsmi", "hsctatracking",
        "phpsessid", "jsessionid", "usqp",
    }
)  # fmt: skip
TRACKING_PREFIXES: Final = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "oly_", "amp_")
# What asks for the AMP form of a page.
_AMP_PARAMETERS: Final = frozenset({("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp")})
# A fragment is part of the identity only where it names one comment or post of a page. Others come and go: the BBC
# counts its items in it (https://github.com/jocmp/capyreader/issues/865).
_NAMES_A_POST = re.compile(
    r"comment-\w{4,}|"
    r"(?:(?:issue|discussion)-?)?(?:comment|post|reply|answer|message|msg|note|discussion_r)[-_:]?\w*\d\w*"
    r"|pullrequestreview-\d+|[cpr][-_]?\d{3,}|c_\w+",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d{4,}(?:_\d+)?")
_REDIRECTS: Final = {"www.google.com": ("/url", "url"), "www.bing.com": ("/news/apiclick.aspx", "url")}
# Pages as Google keeps them: /amp/s/HOST/PATH, and /c/s/HOST/PATH on a host that repeats the page's own.
_KEPT_PAGE = re.compile(r"https?://(?:www\.google\.[a-z.]{2,6}/amp|[\w-]+\.cdn\.ampproject\.org/[a-z])/(s/)?(.+)")
# An address that is canonical already, but for a path of "/", as nearly all are: nothing to fold, escape, sort or
# drop. The parts are scheme, host with any port but the usual ones, path, query and its name, and fragment.
_CANONICAL = re.compile(
    r"(https?)://([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+(?::(?!80\b|443\b)[1-9]\d{1,3})?)"
    r"((?:/\.?[\w~@-][\w.~@-]*+)*+/?)(?:\?((\w+)=[\w.-]+))?(?:#([\w.-]+))?",
    re.ASCII,
)
# Such an address in two pieces, without query and fragment. What it begins with is the same for all of a feed.
_ORIGIN_ENDS = len("https://")
_PLAIN_PATH = re.compile(r"(?:/\.?[\w~@-][\w.~@-]*+)*+/?", re.ASCII)
# The host of nearly every address, without the cost of taking the whole apart.
_USUAL_HOST = re.compile(r"https?://(?:www\.)?+([a-z0-9][a-z0-9.-]*)(?::\d{1,5})?(?:[/?#]|\Z)", re.ASCII)
# Parts of an address that may change by themselves: sessions, signatures, moments. Those in the path are long.
_TOKEN = re.compile(
    r"(?<=/)(?:(?=\d*[a-z])(?=[a-z]*\d)[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?=[\d_=~]*[a-z])(?=[a-z_=~]*\d)[\w=~]{20,})"
    r"(?=/|\Z)",
    re.IGNORECASE | re.ASCII,
)
# In the query, what does not look like the number or the name of a page.
_CHOOSES_A_PAGE = re.compile(
    r"(?!(?:_|t|ts|r|rnd|k|cb|uid|\w{0,30}(?:token|sess|sid|sig|hash|nonce|rand|auth|time|stamp|expire)\w{0,30})=)"
    r"(?:\w+=\d{1,9}|(?:\w{0,30}id|[apqv]|page|slug|title|article|story|item|post|thread|topic|file|path)=[^&]{1,40})",
    re.IGNORECASE,
)
# A path segment that is a page of its own rather than a section: a slug of three words, a number, a file.
_PAGE = re.compile(r"[^-]-[^-]{1,40}-[^-]|\d{4}|\.html?\Z")
# No name of a post is longer.
_LONGEST_NAME: Final = 100


class Address(NamedTuple):
    """A web address as we compare it; every part is empty for what is none.

    `shown` is the address as it was written, where a redirect that names its target is followed. `link` is its
    canonical form: without tracking parameters, default ports, and fragments that name no post, its query sorted;
    the canonical form of that is the same. `rest` is the path, query and fragment of it, `host` has no `www.`.
    `key` has neither scheme, `www.`, AMP nor closing slash; `full_key` keeps a fragment that `key` leaves out (empty
    where it leaves out none), and `page_key` has none at all.
    """

    shown: str
    link: str
    host: str
    rest: str
    key: str
    full_key: str
    page_key: str


NO_ADDRESS: Final = Address("", "", "", "", "", "", "")


def is_web(url: str) -> bool:
    """Say whether `url` is an http or https URL with a host."""
    if "//" not in url:
        return False
    if _USUAL_HOST.match(url):
        return True
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def host_of(url: str) -> str:
    """Return the host of a URL, lower-case and without `www.`; empty if it has none."""
    # Most ids are no address, and cost no more than this.
    if "//" not in url:
        return ""
    usual = _USUAL_HOST.match(url)
    return usual.group(1) if usual else sites.host_of(url)


def joined(base: str, url: str) -> str:
    """Return `url` as it reads on the page at `base`, which is `base` for an empty one; empty if it is no address."""
    if _CANONICAL.fullmatch(url):
        return url
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
    return sites.belongs_to(host, "reddit.com")


def link_key(url: str) -> str:
    """Return the key of a web address, without scheme, `www.`, AMP and closing slash; empty for anything else.

    Feeds change from http to https, and sites answer with and without the rest.
    """
    return address(url).key


def address(url: str) -> Address:
    """Return a web address as we compare it, `NO_ADDRESS` for anything else."""
    # Before the cache, which would keep addresses of any length for as long as the process lives.
    return _address(url.strip()) if "//" in url and len(url) <= LONGEST_LINK else NO_ADDRESS


# An entry's few addresses are asked for several times while its identity is found, and seldom afterwards.
@lru_cache(maxsize=512)
def _address(url: str) -> Address:
    at = url.find("/", _ORIGIN_ENDS)
    origin = _origin(url[:at]) if at > 0 and _PLAIN_PATH.fullmatch(url, at) else None
    if origin is None:
        return _thorough_address(url)
    path = url[at:]
    key = f"{origin.key}{_page(path)}"
    return Address(url, url, origin.host, path, key, "", key)


class _Origin(NamedTuple):
    """What canonical addresses begin with, scheme, host and port: the host of it, and how their keys begin."""

    host: str
    key: str


# Each feed has few.
@lru_cache(maxsize=512)
def _origin(url: str) -> _Origin | None:
    """Return what is known of an address that ends with its host or port; None where not all below it is canonical."""
    parts = split_canonical(url)
    if parts is None:
        return None
    scheme, netloc, *_ = parts
    if url != f"{scheme}://{netloc}" or _may_lead_on(netloc):
        return None
    return _Origin(_host_at(scheme, netloc), f"url:{_without_prefix(netloc)}")


def _thorough_address(url: str) -> Address:
    parts = split_canonical(url)
    if parts is None:
        url = unwrapped(url)
        parts = split_any(url)
    if parts is None:
        return NO_ADDRESS
    scheme, netloc, path, query, said = parts
    fragment = said if said and _names_a_post(said) else ""
    asked = f"?{query}" if query else ""
    rest = f"{path}{asked}#{fragment}" if fragment else f"{path}{asked}"
    page_key = f"url:{_without_prefix(netloc)}{path if query else _page(path)}{asked}"
    key = f"{page_key}#{fragment}" if fragment else page_key
    return Address(
        shown=url,
        link=f"{scheme}://{netloc}{rest}",
        host=_host_at(scheme, netloc),
        rest=rest,
        key=key,
        full_key=f"{page_key}#{said}" if said != fragment else "",
        page_key=page_key,
    )


def _host_at(scheme: str, netloc: str) -> str:
    return netloc.removeprefix("www.") if ":" not in netloc else host_of(f"{scheme}://{netloc}")


def _names_a_post(fragment: str) -> bool:
    if len(fragment) > _LONGEST_NAME:
        return False
    return bool(_NAMES_A_POST.fullmatch(fragment) or _LONG_NUMBER.fullmatch(fragment))


def split_canonical(url: str) -> tuple[str, str, str, str, str] | None:
    """Return scheme, host, path, query and fragment of an address that is canonical already, else None."""
    found = _CANONICAL.fullmatch(url)
    if found is None:
        return None
    scheme, host, path, query, name, fragment = found.groups("")
    if name and _is_tracking(name, query[len(name) + 1 :]):
        return None
    return None if _may_lead_on(host) and unwrapped(url) != url else (scheme, host, path or "/", query, fragment)


def split_any(url: str) -> tuple[str, str, str, str, str] | None:
    """Return scheme, host with port, path, query and fragment of the canonical form; None if it is no web address."""
    if not is_web(url):
        return None
    # Imported when first needed: it brings the tables of international host names, 50 ms of every start.
    from w3lib.url import canonicalize_url  # noqa: PLC0415 see above

    try:
        parts = urlsplit(canonicalize_url(url, keep_fragments=True))
        port = parts.port if parts.port not in (None, {"http": 80, "https": 443}[parts.scheme]) else None
    except (ValueError, KeyError):
        return None
    host = (parts.hostname or "").rstrip(".")
    netloc = f"[{host}]" if ":" in host else host
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _is_tracking(*pair)]
    # An untouched query keeps its spelling: not every server takes "a" for "a=".
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return parts.scheme, f"{netloc}:{port}" if port else netloc, parts.path or "/", query, parts.fragment


def _without_prefix(netloc: str) -> str:
    """Return a host without `www.`, and without the `amp.` that some sites put before their own name."""
    host = netloc.removeprefix("www.")
    plain = host.removeprefix("amp.")
    return plain if "." in plain else host


def _page(path: str) -> str:
    """Return the path of a page without its closing slash, and without what asks for its AMP form."""
    path = path.rstrip("/")
    if "amp" not in path:
        return path
    if path.endswith("/amp"):
        page = path.removesuffix("/amp")
        return page if _PAGE.search(page.rpartition("/")[2]) else path
    return path.removesuffix(".amp") if path.endswith(".amp") else path.replace(".amp.html", ".html")


def skeleton(key: str) -> str:
    """Return a link's key without its fragment, and without what may be a token in its path and its query."""
    path, _, query = key.partition("#")[0].partition("?")
    kept = [pair for pair in query.split("&") if _CHOOSES_A_PAGE.fullmatch(pair)]
    return "?".join([_TOKEN.sub("*", path), *kept])


def unwrapped(url: str) -> str:
    """Return where a redirect of a search engine leads, which it says in its own query; other URLs as they are.

    Likewise for a page that Google keeps a copy of.
    """
    for _ in range(3 if _may_lead_on(url.lower()) else 0):
        kept = _KEPT_PAGE.fullmatch(url)
        try:
            parts = urlsplit(url)
            path, name = _REDIRECTS.get(parts.hostname or "", ("", ""))
            target = dict(parse_qsl(parts.query)).get(name, "") if name and parts.path == path else ""
        except ValueError:
            return url
        target = f"http{'s' if kept.group(1) else ''}://{kept.group(2)}" if kept else target
        if not is_web(target):
            return url
        url = target
    return url


def _may_lead_on(address: str) -> bool:
    """Whether an address, or its host, in lower case may be such a redirect or a page that is kept."""
    return "google." in address or "bing.com" in address or "ampproject.org" in address


def _is_tracking(name: str, value: str) -> bool:
    name = name.lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES) or (name, value.lower()) in _AMP_PARAMETERS
