"""The brake: how many new cards a channel can take now; what it holds back waits behind one message."""

CARDS_PER_HOUR = 15
"""New cards one channel takes within an hour: about one every four minutes, what a team can still read."""

UNTOUCHED = 25
"""Cards nobody has decided on that may stand in one channel; more would only push each other out of sight."""


def let_through(*, cards_last_hour: int, untouched: int, new: int) -> int:
    """Return how many of `new` cards may be posted to a channel now, between 0 and `new`; the rest is held.

    `cards_last_hour` counts the cards posted there within the last hour, `untouched` the cards standing there
    that nobody has decided on. Both limits may be reached exactly and never passed.
    """
    room = min(CARDS_PER_HOUR - cards_last_hour, UNTOUCHED - untouched)
    return max(0, min(new, room))
