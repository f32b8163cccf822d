"""What somebody wrote in a community, as it arrives from a feed."""

from datetime import datetime
from typing import Final, NamedTuple

from engagement.dataclass import dataclass
from engagement.understanding.reading import Saying

# What communities put in the place of a text that its author or a moderator took away: Reddit, Discourse, Lemmy.
TAKEN_AWAY: Final = frozenset(
    {
        "[deleted]",
        "[removed]",
        "[deleted by user]",
        "[removed by moderator]",
        "[ removed by reddit ]",
        "(post deleted by author)",
        "(topic deleted by author)",
        "(post withdrawn by author)",
        "*permanently deleted*",
    }
)


class Post(NamedTuple):
    """One post, whichever source carried it.

    A named tuple, because a poll makes thousands, and to make a frozen dataclass takes ten times as long.
    `keys` are its identities, strongest first; two posts that share any of them are the same post.
    They are comparable across sources (a guid that only means something inside its feed carries the
    feed's name). `thread_key` is equal for all posts of one thread; `parent_key` is empty for a post
    that opens one. `title` and `text` are plain text: no markup, no control characters.
    `published_at` is aware UTC, or None where the feed gives no believable date. `score` is how many people liked it
    when it arrived, None where the community does not say. `accepted`: its community marks it as the solution;
    `by_program`: its community says that a program wrote it.
    """

    keys: tuple[str, ...]
    community: str
    url: str
    title: str
    text: str
    author: str
    thread_key: str
    parent_key: str = ""
    published_at: datetime | None = None
    score: int | None = None
    accepted: bool = False
    by_program: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPost:
    """A post as remembered: with its number, when we first saw it, and when its words were taken away (aware UTC).

    `saying` is what it says in its thread, None where nobody has read it for that yet.
    """

    id: int
    post: Post
    seen_at: datetime
    withdrawn_at: datetime | None = None
    saying: Saying | None = None

    @property
    def written_at(self) -> datetime:
        """When it was written: the feed's date, else when we saw it first."""
        return self.post.published_at or self.seen_at


def is_withdrawn(post: Post) -> bool:
    """Return whether the community says that the words of the post were deleted."""
    return post.text.strip().casefold() in TAKEN_AWAY


def title_that_stays(post: Post) -> str:
    """Return the title of a withdrawn post as the community still shows it; none where it was made of the text."""
    return "" if post.title.strip().casefold() in TAKEN_AWAY else post.title
