"""Where replies can be seen: by hearing one person of the community, or by reading the whole thread."""

from datetime import datetime
from typing import Final

from engagement.team.handles import network_of
from feeds.places.authors import is_heard_by_name
from feeds.places.catalogue import Catalogue
from feeds.places.threads import address_of_thread

# Communities that are called by their host: any other host would pass for a forum of theirs.
BY_HOST: Final = frozenset({"discourse", "stackexchange"})


def can_see_replies(community: str, thread_key: str, post_url: str, catalogue: Catalogue, *, at: datetime) -> bool:
    """Return whether a program can see who replies in a thread; `post_url` is the address of a post in it."""
    is_host = "." in network_of(community) and all(each.community != community for each in catalogue.authors)
    is_known = not is_host or thread_key.partition(":")[0] in BY_HOST
    if is_known and is_heard_by_name(community, catalogue.authors):
        return True
    return address_of_thread(thread_key, post_url, catalogue.threads, since=at) is not None
