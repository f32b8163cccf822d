"""A person who is forgotten: what stands for their name and for their words, so that counting goes on without them."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from engagement.dataclass import dataclass
from engagement.team.handles import bare_handle

# What stands for the words of their posts.
TITLE: Final = "Forgotten at their request"
_NAME: Final = re.compile(r"forgotten person \d+")
# Of keys, in bytes: too many to meet by chance.
HASH_BYTES: Final = 20
# By these names our reports and our history hold what somebody wrote, beside who it was.
SAID: Final = frozenset({"title", "text", "url"})
# By these names our history holds what we typed, and addresses. All else we read again: a name that is also one of our
# own words ("react") would break it.
TYPED: Final = frozenset(
    {
        *("text", "note", "passed", "snooze_reason", "helper", "answer_url"),  # of conversations and drafts
        *("title", "tracker_url", "link"),  # of improvements
        *("name", "names", "excluded", "near", "query", "handles", "site", "phrases"),  # of watches, themes and people
        *("place", "places", "address", "labels"),  # of places
        *("sounds_like", "banned", "disclosing", "wording"),  # of the voice guide
    }
)
# What stands in a report beside an improvement: its title is ours.
OF_AN_IMPROVEMENT: Final = frozenset({"state", "improvement_id"})
_ADDRESS: Final = re.compile(r"https?://[^\s<>|\"]+", re.IGNORECASE)
_PLAIN_WORD: Final = re.compile(r"[^\W\d_]+")
_AFTER_AN_ADDRESS: Final = ".,;:!?)]}'*_~"


def name_of(number: int) -> str:
    """Return what stands for the name of the forgotten person of this number: one name each, so that one is counted."""
    return f"forgotten person {number}"


def is_name_of_forgotten(author: str) -> bool:
    """Return whether a name stands for somebody who was forgotten."""
    return bool(_NAME.fullmatch(author))


def hashed(key: str) -> str:
    """Return a key of a post, or of a thread, as it is kept where it would tell a name."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES).hexdigest()
    return f"forgotten:{digest}"


def addresses_in(text: str) -> set[str]:
    """Return the addresses that may stand in a text: each as it stands, and without the marks that may follow it."""
    return {address for found in _ADDRESS.findall(text) for address in _as_addresses(found)}


def _as_addresses(found: str) -> Iterator[str]:
    yield found
    while found[-1] in _AFTER_AN_ADDRESS:
        found = found[:-1]
        yield found


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What is to be taken out: the name `author` of a `community`, and the addresses of what they wrote there.

    `number` is theirs among the forgotten. The name goes from what is about them wherever it stands by itself
    (`out_of`), from anything else (`out_of_others`) only where it must mean them: many a name is also a word, or a
    colleague's.
    """

    community: str
    author: str
    number: int
    urls: frozenset[str] = frozenset()

    @property
    def stands(self) -> str:
        """What stands for the name."""
        return name_of(self.number)

    @property
    def is_plain_word(self) -> bool:
        """Whether the name is nothing but letters, as words are and most names of accounts are not."""
        return bool(_PLAIN_WORD.fullmatch(bare_handle(self.author)))

    def is_told_by(self, text: str) -> bool:
        """Return whether a key or an address carries the name, in whatever spelling."""
        names = self._names()
        return bool(names and re.search(rf"(?<![^\W_])(?:{names})(?![^\W_])", unquote(text).casefold()))

    def is_in(self, words: str) -> bool:
        """Return whether the name stands by itself in what somebody typed."""
        names = self._names()
        return bool(names and re.search(rf"(?<!\w)(?:{names})(?!\w)", words, re.IGNORECASE))

    def out_of(self, text: str) -> str:
        """Return words of ours about them without the name and without the addresses."""
        names = self._names()
        text = _ADDRESS.sub(self._kept, text)
        return re.sub(rf"(?<!\w)@?(?:{names})(?!\w)", self.stands, text, flags=re.IGNORECASE) if names else text

    def out_of_others(self, text: str) -> str:
        """Return other words of ours without the addresses, and without the name where it must mean them.

        That is where it is no plain word, or has the sign of an account before it.
        """
        if not self.is_plain_word:
            return self.out_of(text)
        text = _ADDRESS.sub(self._kept, text)
        return re.sub(rf"(?<!\w)(?:@|/?u/)(?:{self._names()})(?!\w)", self.stands, text, flags=re.IGNORECASE)

    def out_of_address(self, url: str) -> str:
        """Return an address of ours about them, empty where it leads to what they wrote or carries their name."""
        return "" if url in self.urls or self.is_told_by(url) else url

    def out_of_facts(self, facts: object) -> object:
        """Return facts without this person: their name, and what stands beside it of what they said."""
        match facts:
            case dict():
                if facts.get("community", self.community) != self.community:
                    return facts
                if self._is_about_them(facts):
                    facts = {key: "" if key in SAID else value for key, value in facts.items()}
                elif OF_AN_IMPROVEMENT & facts.keys() and isinstance(facts.get("title"), str):
                    facts = facts | {"title": self.out_of(facts["title"])}
                return {key: self.out_of_facts(value) for key, value in facts.items()}
            case list():
                return [self.out_of_facts(value) for value in facts]
            case str():
                if facts in self.urls:
                    return ""
                return self.stands if facts == self.author else facts
            case _:
                return facts

    def out_of_others_address(self, url: str) -> str:
        """Return another address of ours, as `out_of_others` does; empty where something had to be taken out of it."""
        return url if self.out_of_others(url) == url else ""

    def out_of_typed(self, facts: Mapping[str, object], *, about_them: bool) -> dict[str, object]:
        """Return facts of our history without their name in what we typed, which is `about_them` or is not."""
        return {
            key: self._typed(value, about_them=about_them) if key in TYPED else value for key, value in facts.items()
        }

    def _typed(self, value: object, *, about_them: bool) -> object:
        match value:
            case list():
                return [self._typed(each, about_them=about_them) for each in value]
            case str() if _ADDRESS.fullmatch(value):
                return self.out_of_address(value) if about_them else self.out_of_others_address(value)
            # As the history of the team says who is called what where.
            case str() if value == f"{self.community}: {self.author}":
                return f"{self.community}: {self.stands}"
            case str():
                return self.out_of(value) if about_them else self.out_of_others(value)
            case _:
                return value

    def _names(self) -> str:
        return "|".join(re.escape(name) for name in {bare_handle(self.author), self.author.casefold()} if name)

    def _kept(self, found: re.Match[str]) -> str:
        """Return an address that stands in a text, or what is left of it without what leads to them."""
        theirs = next((address for address in _as_addresses(found[0]) if address in self.urls), "")
        return found[0][len(theirs) :]

    def _is_about_them(self, facts: Mapping[str, object]) -> bool:
        return self.author in (facts.get("author"), facts.get("by"), facts.get("name")) or facts.get("url") in self.urls
