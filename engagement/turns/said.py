"""What stands in a thread, as far as turns go: each post, and what it stands under.

A thread is a tree on Hacker News or Reddit, where a comment answers the one it stands under, and a line on a forum or
in an issue, where it answers what was said before.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from engagement.dataclass import dataclass

# By the beginning of a thread's key: where the parent of a post says nothing about whom it answers.
LINES: Final = frozenset({"discourse", "flarum", "github", "gitlab", "stackexchange"})
# Trees whose feeds do not say, or not all of them, what a comment stands under: each looks as if it stood right under
# the thread.
BARE_TREES: Final = frozenset({"lemmy", "lobsters", "reddit", "youtube"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One post of a thread, as far as turns go.

    `keys` are its identities and `parent_key` the one of what it stands under, empty for what opens the thread. `by` is
    the Slack user who wrote it, empty for everybody but us. `asks`: a user asks us in it; praise never does, unless it
    is `wanted`: the team decided to answer it, which nobody else can do for us. `asks_on`: it asks something without
    naming us, which is for us where its author had a word in the thread before. `thanks`: its author says that they
    were helped, and asks nothing more. `accepted`: the community marks it as the answer to the opening. `by_program`:
    nobody wrote it.

    `settled_at` is when the team settled a question otherwise than by a post, and `told` whether by saying that it has
    its answer. `counts` is false where somebody said that it answers nothing, or shows no answer; `heard_at` is when we
    first heard of it.
    """

    keys: tuple[str, ...]
    parent_key: str
    at: datetime
    author: str = ""
    by: str = ""
    asks: bool = False
    wanted: bool = False
    asks_on: bool = False
    thanks: bool = False
    accepted: bool = False
    by_program: bool = False
    settled_at: datetime | None = None
    told: bool = False
    counts: bool = True
    heard_at: datetime | None = None
    url: str = ""

    @property
    def opens(self) -> bool:
        """Whether nothing stands above it."""
        return not self.parent_key

    def waits_at(self, moment: datetime) -> bool:
        """Return whether the team had not settled it by then."""
        return self.settled_at is None or self.settled_at >= moment


def in_order(said: Iterable[Said]) -> list[Said]:
    """Return posts as they were written, each once; of one moment, ours last."""
    return sorted(set(said), key=lambda each: (each.at, bool(each.by), each.keys))


def by_key(said: Iterable[Said]) -> dict[str, Said]:
    """Return posts by each of their keys."""
    return {key: each for each in said for key in each.keys}


def is_of(asker: Said, question: Said) -> bool:
    """Return whether the question is what `asker` is, or of the same person."""
    return question is asker or (bool(asker.author) and question.author == asker.author)


def above(post: Said, known: Mapping[str, Said]) -> list[Said]:
    """Return what a post stands under, the nearest first."""
    found: list[Said] = []
    while (parent := known.get(post.parent_key)) and parent not in found:
        found.append(parent)
        post = parent
    return found


def is_line(thread_key: str) -> bool:
    """Return whether posts of this thread answer what was said before, and not what they stand under."""
    return thread_key.partition(":")[0] in LINES


def is_bare(thread_key: str) -> bool:
    """Return whether posts of this thread seem to stand right under it, wherever they do."""
    return thread_key.partition(":")[0] in BARE_TREES
