"""Where we were talked about in a week, how fast we were there, and who was heard most."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Final

from engagement.dataclass import dataclass
from engagement.digest.figures import Pace, first_replies, pace_of
from engagement.digest.voices import Person
from engagement.digest.week import Needed

REACH_LISTED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far somebody was heard in a week: by how many mentions of us, and how many people liked those.

    `url` is what most people liked. `answers` counts the conversations with them in which our answer stands, ever, the
    latest at `answered_at`.
    """

    person: Person
    mentions: int
    likes: int
    url: str = ""
    answers: int = 0
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityWeek:
    """One community in a week, with what it was in the week before; `heard_most` are people of this community alone."""

    name: str
    mentions: int = 0
    mentions_before: int = 0
    first_reply: Pace = field(default_factory=Pace)
    first_reply_before: Pace = field(default_factory=Pace)
    heard_most: tuple[Reach, ...] = ()


def busiest_first(
    mentions: Mapping[str, int],
    before: Mapping[str, int],
    needed: Iterable[Needed],
    needed_before: Iterable[Needed],
) -> list[CommunityWeek]:
    """Return the communities of a week, first where we were talked about most; then those that fell silent.

    `mentions` are counted by the name of the community.
    """
    replies, replies_before = _by_community(needed), _by_community(needed_before)
    weeks = [
        CommunityWeek(
            name=name,
            mentions=mentions.get(name, 0),
            mentions_before=before.get(name, 0),
            first_reply=pace_of(first_replies(replies[name])),
            first_reply_before=pace_of(first_replies(replies_before[name])),
        )
        for name in {*mentions, *before} - {""}
    ]
    return sorted(weeks, key=lambda each: (-each.mentions, -each.mentions_before, each.name))


def furthest_first(people: Iterable[Reach]) -> dict[str, list[Reach]]:
    """Return the people of each community whose word went furthest, at most REACH_LISTED of each.

    Likes and mentions of two communities cannot be compared, so nobody is ranked across them. Who was mentioned once
    and liked by nobody reached nobody.
    """
    found: defaultdict[str, list[Reach]] = defaultdict(list)
    for each in sorted(people, key=lambda one: (-one.likes, -one.mentions, one.person)):
        reached = each.likes > 0 or each.mentions > 1
        if reached and len(found[each.person.community]) < REACH_LISTED:
            found[each.person.community].append(each)
    return dict(found)


def _by_community(needed: Iterable[Needed]) -> defaultdict[str, list[Needed]]:
    found: defaultdict[str, list[Needed]] = defaultdict(list)
    for each in needed:
        found[each.community].append(each)
    return found
