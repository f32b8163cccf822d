"""A person who is forgotten: what stands for their name and for their words, so that counting goes on without them."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from engagement.team.team import bare_handle

# What stands for the words of their posts.
TITLE: Final = "Forgotten at their request"
_NAME: Final = re.compile(r"forgotten person \d+")
# Of keys, in bytes: too many to meet by chance.
HASH_BYTES: Final = 20
# By these names our reports and our history hold what somebody wrote, beside who it was.
SAID: Final = frozenset({"title", "text", "url"})


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What is to be taken out: the name `author` of a `community`, and the addresses of what they wrote there.

    `number` is theirs among the forgotten. `renamed` are other texts and what stands for them.
    """

    community: str
    author: str
    number: int
    urls: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def stands(self) -> str:
        """What stands for the name."""
        return name_of(self.number)

    def is_told_by(self, text: str) -> bool:
        """Return whether a key or an address carries the name, in whatever spelling."""
        bare = bare_handle(self.author)
        names = "|".join(re.escape(name) for name in {bare, self.author.casefold()} if name)
        return bool(names and re.search(rf"(?<![^\W_])(?:{names})(?![^\W_])", unquote(text).casefold()))

    def out_of(self, text: str) -> str:
        """Return words of ours without the name and without the addresses."""
        for url in sorted(self.urls, key=len, reverse=True):
            text = text.replace(url, "")
        names = "|".join(re.escape(name) for name in {bare_handle(self.author), self.author.casefold()} if name)
        return re.sub(rf"(?<!\w)@?(?:{names})(?!\w)", self.stands, text, flags=re.IGNORECASE) if names else text

    def out_of_address(self, url: str) -> str:
        """Return an address, empty where it leads to what they wrote or carries their name."""
        return "" if url in self.urls or self.is_told_by(url) else url

    def out_of_facts(self, facts: object) -> object:
        """Return facts without this person: their name, and what stands beside it of what they said."""
        match facts:
            case dict():
                if facts.get("community", self.community) != self.community:
                    return facts
                if self._is_about_them(facts):
                    facts = {key: "" if key in SAID else value for key, value in facts.items()}
                return {key: self.out_of_facts(value) for key, value in facts.items()}
            case list():
                return [self.out_of_facts(value) for value in facts]
            case str():
                if facts in self.urls:
                    return ""
                return self.stands if facts == self.author else self.renamed.get(facts, facts)
            case _:
                return facts

    def out_of_our_words(self, facts: object) -> object:
        """Return facts in which we may have written of them: without their name in any text."""
        match facts:
            case dict():
                return {key: self.out_of_our_words(value) for key, value in facts.items()}
            case list():
                return [self.out_of_our_words(value) for value in facts]
            case str() if facts.startswith(("http://", "https://")):
                return self.out_of_address(facts)
            case str():
                return self.out_of(facts)
            case _:
                return facts

    def _is_about_them(self, facts: Mapping[str, object]) -> bool:
        return self.author in (facts.get("author"), facts.get("by"), facts.get("name"))
