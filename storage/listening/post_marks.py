"""What communities mark about posts that we have already, beside their words."""

from collections.abc import Mapping

from storage.database import Tx


def note_accepted(tx: Tx, accepted: Mapping[int, bool]) -> None:
    """Note of posts (by their numbers) whether their community marks them as the solution."""
    if accepted:
        tx.many(
            "UPDATE post SET accepted = :accepted WHERE id = :id AND accepted <> :accepted",
            [{"id": number, "accepted": int(is_so)} for number, is_so in sorted(accepted.items())],
        )
