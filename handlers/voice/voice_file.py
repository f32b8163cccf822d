"""The voice guide as `watchlist.toml` has it."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from engagement.voice.guide import (
    DRAFT_LENGTH,
    LATE_DAYS_AT_MOST,
    LINKS_AT_MOST,
    LIST_LENGTH,
    PHRASE_LENGTH,
    RULE_LENGTH,
    SOUNDS_LENGTH,
    CommunityRules,
    Disclosure,
    Guide,
    Promotion,
    Rule,
)

Length = Annotated[int, Field(ge=1, le=DRAFT_LENGTH)]
LateDays = Annotated[int, Field(ge=1, le=LATE_DAYS_AT_MOST)]
Links = Annotated[int, Field(ge=0, le=LINKS_AT_MOST)]
Phrases = Annotated[list[Annotated[str, Field(min_length=1, max_length=PHRASE_LENGTH)]], Field(max_length=LIST_LENGTH)]


class CommunityVoiceEntry(BaseModel):
    """One `[[voice.community]]`."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=150)]
    longest: Length | None = None
    links: Links | None = None
    promotion: Promotion = Promotion.FREE
    wording: Annotated[str, Field(max_length=RULE_LENGTH)] = ""
    approval: bool = False
    late_days: LateDays | None = None

    def rules(self) -> CommunityRules:
        """Return the rules that it asks for."""
        return CommunityRules(
            community=self.name,
            longest=self.longest,
            links=self.links,
            promotion=self.promotion,
            wording=self.wording,
            approval=self.approval,
            late_days=self.late_days,
        )


class VoiceEntry(BaseModel):
    """The table `[voice]`; it has no people in it, because those are of one workspace."""

    model_config = ConfigDict(extra="forbid")

    sounds_like: Annotated[str, Field(max_length=SOUNDS_LENGTH)] = ""
    banned: Phrases = []
    disclosure: Disclosure = Disclosure.NEVER
    disclosing: Phrases = []
    longest: Length | None = None
    links: Links | None = None
    hard: list[Rule] = []
    community: list[CommunityVoiceEntry] = []

    def guide(self) -> Guide:
        """Return the guide that it asks for, with the rules of its communities."""
        return Guide(
            sounds_like=self.sounds_like,
            banned=tuple(self.banned),
            disclosure=self.disclosure,
            disclosing=tuple(self.disclosing),
            longest=self.longest,
            links=self.links,
            hard=frozenset(self.hard),
            communities=tuple(each.rules() for each in self.community),
        )


def written(guide: Guide) -> dict[str, Any]:
    """Return a guide as the table `[voice]`, without what it does not ask for; empty for an empty guide."""
    table = {
        "sounds_like": guide.sounds_like,
        "banned": list(guide.banned),
        "disclosure": "" if guide.disclosure is Disclosure.NEVER else guide.disclosure.value,
        "disclosing": list(guide.disclosing),
        **_limits(guide.longest, guide.links),
        "hard": sorted(rule.value for rule in guide.hard),
        "community": [_community(rules) for rules in guide.communities],
    }
    return {name: value for name, value in table.items() if value not in ("", [])}


def _community(rules: CommunityRules) -> dict[str, Any]:
    return {
        "name": rules.community,
        **_limits(rules.longest, rules.links),
        "promotion": rules.promotion.value,
        "wording": rules.wording,
        "approval": rules.approval,
        **({} if rules.late_days is None else {"late_days": rules.late_days}),
    }


def _limits(longest: int | None, links: int | None) -> dict[str, int]:
    limits = {"longest": longest, "links": links}
    return {name: limit for name, limit in limits.items() if limit is not None}
