"""SQLite, through sqlite-utils: the embedded default. The file opens in Datasette."""

import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from storage.database import NAMED_VALUE, CannotOpenError, Engine, Row, Tx, migrations_for, statements
from storage.folding import folded

if TYPE_CHECKING:
    from sqlite_utils import Database as SqliteUtils

T = TypeVar("T")
IDENTITY = "INTEGER PRIMARY KEY"
# The set that sqlite-utils records them under.
MIGRATIONS_NAME = "two_ears"
# A second process that writes (an import while the bot runs) waits this long for its turn.
BUSY_SECONDS = 30
# The statements of a busy hour, kept ready; Python's default is 128.
STATEMENTS = 512
# KiB of the file in memory, for each of the two connections: a poll looks its keys up all over one large index.
CACHE_KIB = 16_000
# Pages (of 4 KiB) that the log takes before they are copied into the file: four times SQLite's default, because each
# time waits for the disk, and what was written twice meanwhile is copied once.
CHECKPOINT_PAGES = 4000
# An insert takes so many values at most at once, far below SQLite's limit (999 in old builds).
VALUES_AT_ONCE = 256
WAL_TRIES = 100
WAL_PAUSE_SECONDS = 0.05


@lru_cache(maxsize=STATEMENTS)
def by_position(sql: str) -> tuple[str, Callable[[Mapping[str, object]], Sequence[object]]]:
    """Return `sql` with `?` for each `:name`, and what takes the values out of a mapping in the order of the names.

    SQLite finds a name by going through all the names of a statement: with a hundred of them that takes longer than
    what the statement does.
    """
    names = NAMED_VALUE.findall(sql)
    # Of a single name, or none, an itemgetter makes no tuple.
    values = itemgetter(*names) if len(names) > 1 else lambda row: tuple(row[name] for name in names)
    return NAMED_VALUE.sub("?", sql), values


_ONE_ROW = re.compile(r"VALUES (\(\?(?:, \?)*\))")


@lru_cache(maxsize=STATEMENTS)
def _width(text: str) -> int:
    """Return how many values a row of an insert has, 0 where it is none, or has values beside its row."""
    one_row = _ONE_ROW.search(text)
    width = text.count("?")
    return width if one_row and one_row[1].count("?") == width else 0


@lru_cache(maxsize=STATEMENTS)
def _for_rows(text: str, count: int) -> str:
    """Return an insert of one row as one of `count` rows."""
    return _ONE_ROW.sub(lambda found: "VALUES " + ", ".join([found[1]] * count), text)


def _halved(listed: Sequence[T], *, most: int) -> Iterator[Sequence[T]]:
    """Return `listed` in parts of at most `most`, each a power of two, so that few different statements are needed."""
    start = 0
    while start < len(listed):
        size = 1 << max(1, min(most, len(listed) - start)).bit_length() - 1
        yield listed[start : start + size]
        start += size


class SqliteTx:
    """A transaction on SQLite."""

    engine = Engine.SQLITE

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _execute(self, sql: str, values: Mapping[str, object]) -> sqlite3.Cursor:
        cursor = self._connection.cursor()
        # Not on the connection: sqlite-utils counts on tuples. A sqlite3.Row has keys and is read by name, like a
        # mapping, and costs a tenth of a dict.
        cursor.row_factory = sqlite3.Row
        text, values_of = by_position(sql)
        return cursor.execute(text, values_of(values))

    def all(self, sql: str, **values: object) -> Sequence[Row]:
        """Return all rows."""
        return cast("Sequence[Row]", self._execute(sql, values).fetchall())

    def one(self, sql: str, **values: object) -> Row | None:
        """Return the first row, or None."""
        rows = self.all(sql, **values)
        return rows[0] if rows else None

    def run(self, sql: str, **values: object) -> int:
        """Return how many rows were changed."""
        return self._execute(sql, values).rowcount

    def many(self, sql: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Run `sql` once for each of `rows`."""
        text, values_of = by_position(sql)
        self._many(text, [values_of(row) for row in rows])

    def many_in_order(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run `sql`, which names each value once, for each of `rows`: their values stand in the order of the names."""
        text, _ = by_position(sql)
        self._many(text, rows)

    def _many(self, text: str, rows: Sequence[Sequence[object]]) -> None:
        """Run `text` for each of `rows`. An insert writes many at once, which takes two thirds of the time."""
        width = _width(text)
        if not width:
            self._connection.executemany(text, rows)
            return
        for part in _halved(rows, most=VALUES_AT_ONCE // width):
            self._connection.execute(_for_rows(text, len(part)), list(chain.from_iterable(part)))

    def insert(self, into: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[int]:
        """Insert `rows` into a table that numbers its rows itself, and return their numbers in the order of `rows`.

        Not with RETURNING, which executemany does not know and which takes as long as the insert: a new row is given
        the number after the largest, and nobody else writes during a transaction.
        """
        if not rows:
            return []
        # S608: names of tables and columns are ours, the values are bound.
        sql = f"INSERT INTO {into} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
        self._connection.executemany(sql, rows)
        ((last,),) = self._connection.execute("SELECT last_insert_rowid()")
        return list(range(last - len(rows) + 1, last + 1))


class SqliteConnection:
    """One connection; sqlite-utils keeps the schema, sqlite3 runs the statements."""

    # One transaction at a time writes anyway.
    shares_transactions: ClassVar[bool] = True

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def transact(self, fn: Callable[[Tx], T]) -> T:
        """Run `fn` inside BEGIN IMMEDIATE: a deferred BEGIN that writes later loses to a second process at once."""
        return self._within("BEGIN IMMEDIATE", fn)

    def read(self, fn: Callable[[Tx], T]) -> T:
        """Run `fn` on one snapshot."""
        return self._within("BEGIN", fn)

    def _within(self, begin: str, fn: Callable[[Tx], T]) -> T:
        self._connection.execute(begin)
        try:
            result = fn(SqliteTx(self._connection))
            self._connection.execute("COMMIT")
        except BaseException:
            # Some errors (a full disk) have rolled back already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return result

    def migrate(self, migrations: Sequence[Path]) -> None:
        """Apply what is new, under one write lock, so that two processes may start at once."""
        paths = migrations_for(Engine.SQLITE, migrations)
        if {path.stem for path in paths} <= self._applied():
            return
        self._within("BEGIN IMMEDIATE", lambda _tx: self._apply(paths))

    def _apply(self, paths: Sequence[Path]) -> None:
        # To load it is a twelfth of a start, and nearly all find everything applied.
        from sqlite_utils import Database as SqliteUtils  # noqa: PLC0415 - see above
        from sqlite_utils import Migrations  # noqa: PLC0415 - see above

        is_new = not self._connection.execute("SELECT 1 FROM sqlite_master").fetchall()
        steps = Migrations(MIGRATIONS_NAME)
        for path, wanted in zip(paths, _folded(paths) if is_new else map(_statements, paths), strict=True):
            steps(name=path.stem)(_step(wanted))
        # Without plugins: whatever is installed here for sqlite-utils has no business with our rows, and to look for it
        # takes a fifth of the time.
        steps.apply(SqliteUtils(self._connection, execute_plugins=False))

    def _applied(self) -> set[str]:
        """Return the names of the migrations that sqlite-utils has recorded."""
        if not self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchall():
            return set()
        rows = self._connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (MIGRATIONS_NAME,)
        )
        return {name for (name,) in rows}

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _statements(path: Path) -> list[str]:
    return statements(path, identity=IDENTITY)


def _folded(paths: Sequence[Path]) -> Iterator[list[str]]:
    """Yield what each migration has to do to a new file: the first all of it, the others nothing."""
    yield folded(chain.from_iterable(map(_statements, paths)))
    yield from ([] for _ in paths[1:])


def _step(wanted: Iterable[str]) -> Callable[["SqliteUtils"], None]:
    def apply(db: "SqliteUtils") -> None:
        for statement in wanted:
            db.execute(statement)

    return apply


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite does not wait for its turn here, and two processes may make the file at once."""
    for left in reversed(range(WAL_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(WAL_PAUSE_SECONDS)
        else:
            return


def connect_sqlite(path: Path, *, read_only: bool = False) -> SqliteConnection:
    """Open the file at `path` in WAL mode, so that readers never wait for the writer."""
    connection = None
    try:
        connection = sqlite3.connect(
            path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS,
        )
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise CannotOpenError(
            f"the database file {path} cannot be opened ({error}); check DATABASE_URL and that its folder exists"
        ) from error
    return SqliteConnection(connection)
