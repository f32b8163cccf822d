"""Where all that was said in a thread is listed: by the thread's key, or by the address of a post in it."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from engagement.dataclass import dataclass
from feeds.places.catalogue import WholeThread, said_in
from feeds.places.pasting import bare_address


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadAddress:
    """What lists a thread: `url`, and `newest`, if any, where that says that it does not list all."""

    url: str
    newest: str = ""


def address_of_thread(
    key: str, post_url: str, rules: Sequence[WholeThread], *, since: datetime
) -> ThreadAddress | None:
    """Return where the thread is listed, None where no rule knows.

    `post_url` is the address of a post in it, and `since` when what matters of it began.
    """
    bare = bare_address(post_url)
    for rule in rules:
        found = re.fullmatch(rule.key, key) if rule.key else re.fullmatch(rule.address, bare, re.IGNORECASE)
        if found:
            said = {name: quote(value, safe="/:") for name, value in said_in(found).items()}
            said["since"] = f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            return ThreadAddress(url=rule.url.format_map(said), newest=rule.newest.format_map(said))
    return None
