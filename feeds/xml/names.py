"""The names of a feed's elements: one spelling for what a dozen namespaces and habits call differently."""

from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")

LONGEST: Final = 200
NAMES_AT_MOST: Final = 1024
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


class ByTag(dict[str, T]):
    """What is made of each tag, made when it is first met: a look-up is a third of a call of a cached function."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, tag: str) -> T:
        made = self._make(tag)
        # Longer ones are nobody's, and must not be kept.
        if len(tag) <= LONGEST:
            if len(self) >= NAMES_AT_MOST:
                self.clear()
            self[tag] = made
        return made


def _name_of(tag: str) -> str:
    if len(tag) > LONGEST:
        return "?:"
    space, _, local = tag.rpartition("}")
    # Without the brace it comes of a usual document, where no foreign name has a familiar prefix, or none at all.
    foreign = "?:" if not space or space[0] == "{" else "foreign:"
    return PREFIXES.get(space.removeprefix("{").lower(), foreign) + local.lower()


# The name of an element from lxml's `{namespace}local` or expat's `namespace}local`: `title`, `dc:creator`, and `?:any`
# or `foreign:any`, in lower case.
name_of: Final = ByTag(_name_of).__getitem__
