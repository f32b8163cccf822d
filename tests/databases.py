"""A database for a test: its tables are made once in a run, and copied, since making them is most of an opening."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.database import Database, open_database


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
