"""What a card says of the other tellings of its story."""

from engagement.dataclass import dataclass
from engagement.post import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One telling of the story that stands in the thread of another's card: where it was written."""

    community: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What stands in the thread of a card because it tells the same story: the first of it, and how much in all."""

    first: tuple[Copy, ...] = ()
    count: int = 0


NO_COPIES = Copies()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a conversation is, or may be, the same story as; `may_be_joined` while a press may put the two together.

    The two `were_joined` where the conversation stood in that thread once: then that is what an Undo comes back to.
    """

    post: Post
    may_be_joined: bool = False
    were_joined: bool = False
