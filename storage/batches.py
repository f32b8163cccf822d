"""Many values in few statements, and few different ones: a database keeps a statement ready that it has seen before."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from storage.database import Row, Tx

T = TypeVar("T")

# Far below SQLite's limit of bound values (999 in old builds).
VALUES_PER_QUERY = 400


def rows_where(tx: Tx, sql: str, wanted: Iterable[object], **values: object) -> list[Row]:
    """Run a query whose text says `IN ({wanted})`, for any number of wanted values, which are bound like `values`."""
    rows: list[Row] = []
    for text, bound in _lists(sql, wanted):
        rows += tx.all(text, **bound, **values)
    return rows


def run_where(tx: Tx, sql: str, wanted: Iterable[object], **values: object) -> None:
    """Run a statement whose text says `IN ({wanted})`, as `rows_where` does."""
    for text, bound in _lists(sql, wanted):
        tx.run(text, **bound, **values)


def _lists(sql: str, wanted: Iterable[object]) -> Iterator[tuple[str, dict[str, object]]]:
    listed = list(wanted)
    for batch in batches(listed, VALUES_PER_QUERY):
        # Filled up with the last one to the next power of two.
        count = min(1 << (len(batch) - 1).bit_length(), VALUES_PER_QUERY)
        filled = [*batch, *([batch[-1]] * (count - len(batch)))]
        names, text = _wanting(sql, count)
        yield text, dict(zip(names, filled, strict=True))


def batches(listed: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Return `listed` in parts of at most `size`."""
    return (listed[start : start + size] for start in range(0, len(listed), size))


# A statement of hundreds of names is put together once, and so is the hash that it is found by where it is kept ready.
@lru_cache(maxsize=256)
def _wanting(sql: str, count: int) -> tuple[tuple[str, ...], str]:
    names = tuple(f"wanted_{number}" for number in range(count))
    return names, sql.replace("{wanted}", ", ".join(f":{name}" for name in names))
