"""Whether a post is noise: one of a workspace's mutes leaves it out."""

from collections.abc import Sequence
from functools import lru_cache

from engagement.calm.mute import Mute, MuteScope
from engagement.calm.noise import falls_under
from engagement.post import Post
from triage.terms import TermFinder


class Noise:
    """The mutes of one workspace, made ready once; words are found as those of a watch are: whole, capitals or not."""

    def __init__(self, mutes: Sequence[Mute]) -> None:
        """Make `mutes` ready."""
        self._mutes = tuple(mute for mute in mutes if mute.scope is not MuteScope.TERM)
        worded = [mute for mute in mutes if mute.scope is MuteScope.TERM]
        self._finder = TermFinder(mute.value for mute in worded)
        self._worded = tuple(zip(self._finder.numbers, worded, strict=True))

    def mute_of(self, post: Post, watch_id: int) -> int:
        """Return the number of the mute that leaves out `post` for a watch, 0 for none; words come first."""
        for mute in self._mutes_under(post):
            if mute.watch_id in (0, watch_id):
                return mute.id
        return 0

    def _mutes_under(self, post: Post) -> list[Mute]:
        found = self._finder.find(post.title, post.text) if self._worded else set()
        by_words = [mute for number, mute in self._worded if number in found]
        return by_words + [mute for mute in self._mutes if falls_under(post, mute)]


@lru_cache(maxsize=64)
def noise_of(mutes: tuple[Mute, ...]) -> Noise:
    """Return mutes made ready; those of a workspace change seldom, and posts come all day."""
    return Noise(mutes)
