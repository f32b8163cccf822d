"""What somebody wrote in a community, as it arrives from a feed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post, whichever source carried it.

    `keys` are its identities, strongest first; two posts that share any of them are the same post.
    They are comparable across sources (a guid that only means something inside its feed carries the
    feed's name). `thread_key` is equal for all posts of one thread; `parent_key` is empty for a post
    that opens one. `title` and `text` are plain text: no markup, no control characters.
    `published_at` is aware UTC, or None where the feed gives no believable date. `score` is how many people liked it
    when it arrived, None where the community does not say.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPost:
    """A post as remembered: with its number and when we first saw it (aware UTC)."""

    id: int
    post: Post
    seen_at: datetime

    @property
    def written_at(self) -> datetime:
        """When it was written: the feed's date, else when we saw it first."""
        return self.post.published_at or self.seen_at
