"""Whom or what somebody means by a name: people and communities that we heard of us from."""

from engagement.calm.mute import MuteScope
from engagement.calm.mute_words import MuteWish
from engagement.dataclass import dataclass
from storage.conversations.queue import communities_of
from storage.database import Tx

COMMUNITIES_AT_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """An author in a community, or with an empty `author` all of it."""

    community: str
    author: str = ""

    @property
    def scope(self) -> MuteScope:
        """What a mute of it is."""
        return MuteScope.AUTHOR if self.author else MuteScope.COMMUNITY


def who_is_meant(tx: Tx, workspace_id: str, wish: MuteWish) -> list[Meant]:
    """Return what a wish to mute is about: a community of that name, else the author wherever they wrote about us.

    `where` may be a community, or the site that some of them belong to ("Reddit": every r/...). Empty for a name that
    nobody has who wrote about us.
    """
    communities = communities_of(tx, workspace_id, limit=COMMUNITIES_AT_MOST)
    if not wish.where:
        named = [each for each in communities if each.casefold() == wish.who.casefold()]
        if named or wish.is_all:
            return [Meant(community=each) for each in named]
    places = [each for each in communities if _is_in(each, wish.where)]
    return [Meant(community=each, author=name) for each in places for name in _authors(tx, each, wish.who)]


def _is_in(community: str, where: str) -> bool:
    """Whether a community is the one that somebody names, or belongs to the site of that name."""
    spoken, called = where.casefold(), community.casefold()
    return not where or called == spoken or (spoken in ("reddit", "reddit.com") and called.startswith("r/"))


def _authors(tx: Tx, community: str, spoken: str) -> list[str]:
    """Return the spellings of a name under which somebody wrote in the community."""
    name = spoken.removeprefix("/").removeprefix("u/").removeprefix("@")
    rows = tx.all(
        """SELECT DISTINCT author FROM post
           WHERE community = :community AND author IN (:plain, :reddit, :at) AND author <> ''""",
        community=community,
        plain=name,
        reddit=f"u/{name}",
        at=f"@{name}",
    )
    return sorted(row["author"] for row in rows)
