"""The names of a feed's elements: one spelling for what a dozen namespaces and habits call differently."""

from functools import lru_cache
from typing import Final

LONGEST: Final = 200
# As feedparser knows them (its mixin's table), by lower-case address. The formats themselves have no prefix.
PREFIXES: Final = {
    "": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://search.yahoo.com/mrss": "media:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
}
# Other namespaces may carry these prefixes by mistake, and feedparser then takes them for the ones above.
FAMILIAR: Final = frozenset(prefix.removesuffix(":") for prefix in PREFIXES.values() if prefix)


def name_of(tag: str) -> str:
    """Return the name of an element from lxml's `{namespace}local`: `title`, `dc:creator`, `?:any` in lower case."""
    # Longer ones are nobody's, and the cache must not keep them.
    return _name_of(tag) if len(tag) <= LONGEST else "?:"


@lru_cache(maxsize=1024)
def _name_of(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    prefix = PREFIXES.get(space[1:].lower(), "?:")
    return prefix + local.lower()
