"""A database for a test: its tables are made once in a run, and copied, since making them is most of an opening."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from storage.database import Database, Tx, open_database

T = TypeVar("T")


@cache
def _with_tables() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tables.db"
        open_database(str(file)).close()
        return file.read_bytes()


def a_file(path: Path) -> Path:
    """Have a SQLite file with our tables at `path`, unless one is there already."""
    if not path.exists():
        path.write_bytes(_with_tables())
    return path


def a_database(path: Path) -> Database:
    """Open such a file."""
    return open_database(str(a_file(path)))


def at_once(url: str, *changes: Callable[[Tx], T]) -> list[T]:
    """Return what became of changes that as many processes make at the same moment, in the order they are given."""
    databases = [open_database(url) for _ in changes]
    try:
        pending = [
            database._writing.submit(database._writer.transact, change)
            for database, change in zip(databases, changes, strict=True)
        ]
        return [each.result() for each in pending]
    finally:
        for database in databases:
            database.close()
