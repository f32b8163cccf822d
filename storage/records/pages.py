"""Pages of the history: by the line that was shown last, so that none is skipped or shown twice as others come in."""

from engagement.records.lookup import LINES_A_PAGE, Step, Turn, Turns, page_of
from storage.database import Row, Tx


def page_of_lines(tx: Tx, lines: str, turn: Turn | None, **values: object) -> tuple[list[Row], Turns]:
    """Return a page of the rows of `lines`, newest first, and where it can be turned.

    `lines` is the part of a SELECT from FROM on, with a condition; without a `turn` it is the newest page.
    """
    is_newer = turn is not None and turn.step is Step.NEWER
    beyond = f"AND history.id {'>' if is_newer else '<'} :line" if turn else ""
    # One more than is shown says whether there are more.
    rows = tx.all(
        f"SELECT history.* {lines} {beyond} ORDER BY history.id {'ASC' if is_newer else 'DESC'} LIMIT :limit",
        limit=LINES_A_PAGE + 1,
        **({"line": turn.line} if turn else {}),
        **values,
    )
    newest_first = reversed(rows) if is_newer else rows
    return page_of([(int(row["id"]), row) for row in newest_first], turn)
