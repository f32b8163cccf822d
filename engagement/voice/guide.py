"""The voice guide: how a team wants to sound when it answers, everywhere and in each community."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from engagement.dataclass import dataclass
from engagement.team.handles import network_of

# What a form takes at most; a reply is one field of Slack.
DRAFT_LENGTH: Final = 3_000
SOUNDS_LENGTH: Final = 3_000
LIST_LENGTH: Final = 200
PHRASE_LENGTH: Final = 80
RULE_LENGTH: Final = 500
LINKS_AT_MOST: Final = 20
LATE_DAYS_AT_MOST: Final = 3_650


class Rule(StrEnum):
    """What a draft is looked at for."""

    LENGTH = "length"
    WORDS = "words"
    DISCLOSURE = "disclosure"
    LINKS = "links"
    PROMOTION = "promotion"
    SELLING = "selling"
    MOOD = "mood"


class Disclosure(StrEnum):
    """When a reply has to say that its author works on what it is about."""

    NEVER = "never"
    WITH_OUR_LINK = "with our link"
    ALWAYS = "always"


class Promotion(StrEnum):
    """Whether a community puts up with links to ourselves."""

    FREE = "free"
    WHEN_ASKED = "when asked"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityRules:
    """What holds in one community, or in all of Reddit; None stands for what holds in the whole, or everywhere.

    `wording` is the community's own rule on self-promotion, as it words it. Where `approval` is set, a second person
    reads a draft before it is posted there. A reply to what is `late_days` old is unwelcome there; by itself, None
    stands for whenever it comes. `version` grows by one with every change.
    """

    community: str
    longest: int | None = None
    links: int | None = None
    promotion: Promotion = Promotion.FREE
    wording: str = ""
    approval: bool = False
    late_days: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A workspace's voice guide. An empty one asks for nothing.

    `sounds_like` are the lines beside which people write, `banned` words and phrases that we do not use. `longest` is
    in characters and `links` a number; None is no limit. `disclosing` are phrases that say who we are, beside those
    that everybody uses. A rule in `hard` cannot be passed over. `version` grows by one with every change.
    """

    sounds_like: str = ""
    banned: tuple[str, ...] = ()
    disclosure: Disclosure = Disclosure.NEVER
    disclosing: tuple[str, ...] = ()
    longest: int | None = None
    links: int | None = None
    hard: frozenset[Rule] = frozenset()
    communities: tuple[CommunityRules, ...] = ()
    version: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """What we sound like, a line each."""
        return tuple(line.strip() for line in self.sounds_like.splitlines() if line.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """What the guide asks for in one community: the guide's own limits, unless that community has others."""

    longest: int | None = None
    links: int | None = None
    promotion: Promotion = Promotion.FREE
    wording: str = ""
    approval: bool = False


def manners_in(guide: Guide, community: str) -> Manners:
    """Return what holds in a community: its own rules, else those of what it is a part of, else the guide's."""
    rules = rules_of(guide, community)
    if rules is None:
        return Manners(longest=guide.longest, links=guide.links)
    return Manners(
        longest=guide.longest if rules.longest is None else rules.longest,
        links=guide.links if rules.links is None else rules.links,
        promotion=rules.promotion,
        wording=rules.wording,
        approval=rules.approval,
    )


def rules_of(guide: Guide, community: str) -> CommunityRules | None:
    """Return the rules that hold in a community, None where it has none; r/selfhosted has those of Reddit.

    Where it has some of its own, a number that they leave out is Reddit's.
    """
    by_name = {rules.community.casefold(): rules for rules in guide.communities}
    own, wider = by_name.get(community.casefold()), by_name.get(network_of(community).casefold())
    if own is None or wider is None:
        return own or wider
    return replace(
        own,
        longest=wider.longest if own.longest is None else own.longest,
        links=wider.links if own.links is None else own.links,
        late_days=wider.late_days if own.late_days is None else own.late_days,
    )


def listed(text: str) -> tuple[str, ...]:
    """Return the phrases that somebody entered, by lines or commas, each once whatever its capitals."""
    parts = (" ".join(part.split()) for line in text.splitlines() for part in line.split(","))
    return tuple({part.casefold(): part for part in parts if part}.values())


def too_long(phrases: Iterable[str]) -> bool:
    """Return whether a list has more phrases, or longer ones, than a form may bring."""
    phrases = list(phrases)
    return len(phrases) > LIST_LENGTH or any(len(phrase) > PHRASE_LENGTH for phrase in phrases)
