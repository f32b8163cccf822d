"""The posts of a thread that was asked for as a whole."""

from collections.abc import Iterable

from engagement.post import Post
from feeds.identity.posts import MADE_TITLE_CHARACTERS
from feeds.text import one_line


def in_thread(posts: Iterable[Post], thread_key: str) -> list[Post]:
    """Return the posts as they stand in that thread: under its key, and each with nothing but its own words.

    Most communities repeat the title of a thread above every comment: a name in it would be found in each of them.
    """
    return [post._replace(thread_key=thread_key, title=_own_title(post)) for post in posts]


def _own_title(post: Post) -> str:
    is_comment = bool(post.parent_key and post.text)
    return one_line(post.text, limit=MADE_TITLE_CHARACTERS) if is_comment else post.title
