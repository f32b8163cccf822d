"""One way to run a transaction, whichever database remembers.

Writes run on one thread, inside BEGIN IMMEDIATE; reads run on a read-only connection on a second one, so that
a long report never delays a click. The functions that are run stay synchronous and know only `Tx`.
"""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

T = TypeVar("T")
Row = Mapping[str, Any]

# How our SQL names a value; a `::type` cast is none.
NAMED_VALUE = re.compile(r"(?<!:):([a-z_][a-z0-9_]*)")
# A statement of a migration, up to the semicolon that ends it.
STATEMENT = re.compile(r"(?:\bBEGIN\b.*?\bEND\b|[^;])+", re.DOTALL)
MIGRATIONS = sorted((Path(__file__).parent / "migrations").glob("*.sql"))


class Engine(StrEnum):
    """Which database it is: asked only where the two share no SQL, which is the search for words."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


class Tx(Protocol):
    """A transaction. SQL names its values `:like_this`; rows come back as mappings."""

    @property
    def engine(self) -> Engine:
        """Which database this is."""

    def all(self, sql: str, **values: object) -> Sequence[Row]:
        """Return all rows."""

    def one(self, sql: str, **values: object) -> Row | None:
        """Return the first row, or None."""

    def run(self, sql: str, **values: object) -> int:
        """Return how many rows were changed."""

    def many(self, sql: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Run `sql` once for each of `rows`."""

    def many_in_order(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run `sql`, which names each value once, for each of `rows`: their values stand in the order of the names."""

    def insert(self, into: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[int]:
        """Insert `rows` into a table that numbers its rows itself, and return their numbers in the order of `rows`."""


def the_row(tx: Tx, sql: str, **values: object) -> Row:
    """Return the one row there always is: of an INSERT (or an upsert) that returns it, or of an aggregate."""
    row = tx.one(sql, **values)
    if row is None:
        raise AssertionError(f"no row where there is always one: {sql}")
    return row


def count(tx: Tx, rows: str, **values: object) -> int:
    """Return how many rows there are of `rows`, the part of a SELECT that begins with FROM."""
    return int(the_row(tx, f"SELECT COUNT(*) AS counted {rows}", **values)["counted"])


def assigned(columns: Iterable[str]) -> str:
    """Return what an UPDATE sets where each of `columns` takes the value of its name: "a = :a, b = :b"."""
    return ", ".join(f"{column} = :{column}" for column in columns)


class Connection(Protocol):
    """One connection of one kind of database, used by one thread."""

    shares_transactions: ClassVar[bool]
    """Whether it pays that functions which know nothing of each other share a transaction (`storage.shared_writes`)."""

    def transact(self, fn: Callable[[Tx], T]) -> T:
        """Run `fn` in one transaction: commit what it did, or roll back when it raises."""

    def read(self, fn: Callable[[Tx], T]) -> T:
        """Run `fn` on a consistent view of the rows; writing raises."""

    def migrate(self, migrations: Sequence[Path]) -> None:
        """Apply what is new of `migrations`, each in a transaction with the record of it."""

    def close(self) -> None:
        """Close the connection."""


class Database:
    """A writer and a reader, each a connection on a thread of its own."""

    def __init__(self, connect: Callable[[], Connection], connect_reader: Callable[[], Connection]) -> None:
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="db-write")
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="db-read")
        self._writer = self._writing.submit(connect).result()
        try:
            self._writing.submit(self._writer.migrate, MIGRATIONS).result()
            self._reader = self._reading.submit(connect_reader).result()
        except BaseException:
            self._writing.submit(self._writer.close).result()
            raise

    @property
    def shares_transactions(self) -> bool:
        """As `Connection.shares_transactions`."""
        return self._writer.shares_transactions

    async def transact(self, fn: Callable[[Tx], T]) -> T:
        """Run `fn(tx)` as one write transaction. It may be run again after a deadlock: let it touch only `tx`."""
        return await asyncio.get_running_loop().run_in_executor(self._writing, self._writer.transact, fn)

    async def read(self, fn: Callable[[Tx], T]) -> T:
        """Run `fn(tx)` on the reader."""
        return await asyncio.get_running_loop().run_in_executor(self._reading, self._reader.read, fn)

    def close(self) -> None:
        """Finish what is running, then close both connections."""
        self._writing.submit(self._writer.close).result()
        self._reading.submit(self._reader.close).result()
        self._writing.shutdown()
        self._reading.shutdown()


def migrations_for(engine: Engine, migrations: Iterable[Path]) -> list[Path]:
    """Return those of `migrations` that are for this database: all but those that name another (`NAME.sqlite.sql`)."""
    others = {f".{each}" for each in Engine} - {f".{engine}"}
    return [path for path in migrations if Path(path.stem).suffix not in others]


def statements(migration: Path, *, identity: str) -> list[str]:
    """Return the SQL statements of a migration, comments left out; `identity` is how a database words a generated key.

    One by one, because SQLite's executescript commits first, and a half-applied migration would stay. What a trigger
    does stands between BEGIN and END, and ends no statement.
    """
    lines = (line.partition("--")[0] for line in migration.read_text(encoding="utf-8").splitlines())
    script = "\n".join(lines).replace("IDENTITY KEY", identity)
    return [statement.strip() for statement in STATEMENT.findall(script) if statement.strip()]


class CannotOpenError(Exception):
    """The database cannot be opened; the message says what to do."""


def open_database(url: str) -> Database:
    """Open the database at `url`: a path to a SQLite file, `sqlite:///path`, or `postgresql://…`.

    The file is made if it is missing, and its tables brought up to date. Raises CannotOpenError.
    """
    if url.startswith(("postgresql://", "postgres://")):
        try:
            from storage.postgres import connect_postgres  # noqa: PLC0415 - psycopg is installed only where it is used
        except ModuleNotFoundError as error:
            raise CannotOpenError("psycopg is not installed here; use sqlite:///two-ears.db") from error
        return Database(lambda: connect_postgres(url), lambda: connect_postgres(url))
    from storage.sqlite import connect_sqlite  # noqa: PLC0415 - as above, one database at a time

    path = url.removeprefix("sqlite:///")
    # Not taken for a file of that name: the message about it would tell a password.
    if "://" in path:
        raise CannotOpenError("DATABASE_URL names no database I know; give a path, sqlite:///path or postgresql://…")
    return Database(lambda: connect_sqlite(Path(path)), lambda: connect_sqlite(Path(path), read_only=True))


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Open the database at `url` as `open_database` does, and close it in the end."""
    with closing(open_database(url)) as db:
        yield db


def place_of(url: str) -> str:
    """Return where the rows are: a file in full, since a relative path depends on where the bot is started."""
    return "PostgreSQL" if url.startswith("postgres") else str(Path(url.removeprefix("sqlite:///")).resolve())
