"""Transactions and migrations: what holds on both databases."""

import asyncio
import multiprocessing
import sqlite3
import subprocess
import sys
import time
import traceback
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import MIGRATIONS, CannotOpenError, open_database, statements
from storage.folding import folded
from storage.listening.listening import listening_since, newest_join
from storage.sqlite import connect_sqlite
from storage.voice.guide import find_guide

STARTED_WITHIN_SECONDS = 60
PASSWORD = "-".join("abc")  # not as it is written here: tracebacks quote the lines of this file
ADD = "INSERT INTO post_key (key, post_id) VALUES (:key, :post_id)"
NEW_POST = """INSERT INTO post (community, url, title, text, author, thread_key, parent_key, seen_at)
  VALUES ('', '', :title, '', '', '', '', '') RETURNING id"""


def add_post(tx, title):
    return tx.one(NEW_POST, title=title)["id"]


def titles(tx):
    return [row["title"] for row in tx.all("SELECT title FROM post ORDER BY id")]


@pytest.fixture
def empty_url(request, tmp_path, kind):
    """The address of a database without any table."""
    if kind == "sqlite":
        yield str(tmp_path / "empty.db")
        return
    server = request.getfixturevalue("postgres_server")
    url, name = server.new_database(migrated=False)
    yield url
    server.drop(name)


BOTH = pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])


def in_processes(target, arguments):
    """Run `target` once with each of `arguments`, at the same time; return the exit codes."""
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=target, args=each) for each in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join(STARTED_WITHIN_SECONDS)
    return [process.exitcode for process in processes]


def open_and_close(url):
    open_database(url).close()


@BOTH
def test_migrations_apply_once_however_often_the_database_is_opened(empty_url):
    for _ in range(2):
        database = open_database(empty_url)
        database._writer.transact(lambda tx: add_post(tx, "kept"))
        database.close()

    database = open_database(empty_url)
    assert database._reader.read(titles) == ["kept", "kept"]
    database.close()


def test_what_applies_migrations_is_loaded_only_where_some_are_new(tmp_path):
    code = "import sys; from storage.database import open_database; open_database(sys.argv[1]).close(); "
    code += "print('sqlite_utils' in sys.modules)"

    command = [sys.executable, "-c", code, str(tmp_path / "some.db")]
    loaded = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(2)]

    assert loaded == ["True\n", "False\n"]


def everything_in(connection):
    """Return all that a file is made of, in the order in which it was made, and what stands in its tables."""

    def read(tx):
        made = [tuple(row) for row in tx.all("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid")]
        tables = [name for kind, name, *_ in made if kind == "table" and name != "_sqlite_migrations"]
        rows = {table: [tuple(row) for row in tx.all(f"SELECT * FROM {table}")] for table in tables}
        applied = [row["name"] for row in tx.all("SELECT name FROM _sqlite_migrations ORDER BY id")]
        return made, rows, applied

    return connection.read(read)


def test_a_new_file_is_made_at_once_as_one_migration_after_the_other_makes_it(tmp_path):
    at_once, step_by_step = (connect_sqlite(tmp_path / name) for name in ("at_once.db", "step_by_step.db"))
    at_once.migrate(MIGRATIONS)
    for path in MIGRATIONS:
        step_by_step.migrate([path])

    assert everything_in(at_once) == everything_in(step_by_step)
    at_once.close()
    step_by_step.close()


def test_what_is_added_to_a_table_stands_where_sqlite_would_write_it():
    statements = [
        "CREATE TABLE one (id INTEGER PRIMARY KEY, name TEXT DEFAULT '),', UNIQUE (id, name))",
        "CREATE TABLE two (id INTEGER CHECK (id IN (1, 2))\n)",
        "CREATE TABLE three (id INTEGER, gone TEXT)",
        "CREATE TABLE four (id INTEGER)",
        "INSERT INTO four VALUES (1)",
        "CREATE TABLE five (id INTEGER PRIMARY KEY)",
        "ALTER TABLE one ADD COLUMN more TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX by_more ON one (more)",
        "ALTER TABLE two ADD COLUMN more TEXT",
        "ALTER TABLE one ADD COLUMN even_more TEXT CHECK (even_more <> 'a, (b')",
        "ALTER TABLE three DROP COLUMN gone",
        "ALTER TABLE three ADD COLUMN gone BIGINT",
        "ALTER TABLE three RENAME TO third",
        "ALTER TABLE third ADD COLUMN more TEXT",
        "ALTER TABLE four ADD COLUMN five_id BIGINT REFERENCES five (id)",
    ]
    texts = []
    for run in (statements, folded(statements)):
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            for statement in run:
                connection.execute(statement)
            texts.append(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY rowid").fetchall())

    assert texts[0] == texts[1]
    assert len(folded(statements)) == len(statements) - 3


@BOTH
def test_two_processes_may_make_the_database_at_once(empty_url):
    assert in_processes(open_and_close, [(empty_url,)] * 3) == [0, 0, 0]


def test_a_migration_that_fails_leaves_nothing_of_itself(tmp_path):
    bad = tmp_path / "0001_bad.sql"
    bad.write_text("CREATE TABLE half (id BIGINT);\nCREATE TABLE half (id BIGINT);")
    connection = connect_sqlite(tmp_path / "some.db")

    with pytest.raises(sqlite3.OperationalError):
        connection.migrate([bad])

    assert connection.read(lambda tx: tx.all("SELECT name FROM sqlite_master WHERE name = 'half'")) == []
    connection.close()


def connect(url):
    if "://" not in url:
        return connect_sqlite(Path(url))
    from storage.postgres import connect_postgres  # noqa: PLC0415 - psycopg may be missing

    return connect_postgres(url)


AN_OLD_PLACE = """
  INSERT INTO workspace (id, name, bot_user, created_at) VALUES ('T1', '', '', '');
  INSERT INTO watch (id, workspace_id, channel, name, names, excluded, handles, site, outcome, created_by, created_at)
    VALUES (1, 'T1', '', 'a', '', '', '', '', '', '', ''), (2, 'T1', '', 'b', '', '', '', '', '', '', '');
  INSERT INTO source (id, url, name, community, interval_seconds, next_poll_at) VALUES (1, 'x', '', '', 60, ''),
    (2, 'y', '', '', 60, '');
  INSERT INTO watch_source (watch_id, source_id, added_at, primed_at)
    VALUES (1, 1, '2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'), (2, 1, '2026-11-02T00:00:00.000Z', NULL),
      (1, 2, '2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z')
"""


@BOTH
def test_who_was_new_to_a_place_is_so_after_an_upgrade(empty_url):
    before = connect(empty_url)
    before.migrate([path for path in MIGRATIONS if path.stem < "0006"])
    before.transact(lambda tx: [tx.run(statement) for statement in AN_OLD_PLACE.split(";")])
    before.close()

    database = open_database(empty_url)
    joins, since = database._reader.read(
        lambda tx: ([newest_join(tx, source_id) for source_id in (1, 2)], listening_since(tx, 1, [1, 2]))
    )
    database.close()

    assert [bool(join) for join in joins] == [True, False]
    assert {number: at is not None for number, at in since.items()} == {1: True, 2: False}


AN_OLD_VOICE = """INSERT INTO workspace (id, name, bot_user, voice, created_at)
    VALUES ('T1', 'Tidewiki', 'UBOT', 'We thank first.', ''), ('T2', 'Other', 'UBOT', '', '');
  INSERT INTO watch (id, workspace_id, channel, name, names, excluded, handles, site, outcome, created_by, created_at)
    VALUES (1, 'T1', 'C1', 'Tidewiki', '[]', '[]', '[]', '', 'support', 'U1', '');
  INSERT INTO conversation (id, workspace_id, watch_id, channel, thread_key, opened_at, asked_at, reply_state,
      answered_by, answered_at, answer_url, answer_seen)
    VALUES (1, 'T1', 1, 'C1', 't1', '', '', 'answered', 'U2', '2026-11-01T00:00:00.000Z', 'https://a.example/9', 1),
      (2, 'T1', 1, 'C1', 't2', '', '', 'owed', '', NULL, '', 0);
  INSERT INTO post (id, community, url, title, text, author, thread_key, parent_key, seen_at)
    VALUES (1, 'HN', 'https://a.example/9', '', 'It does.', 'finn', 't1', '', '');
  INSERT INTO team_post (workspace_id, post_id, slack_user, thread_key) VALUES ('T1', 1, 'U2', 't1')
"""


@BOTH
def test_the_voice_and_what_was_said_are_kept_by_an_upgrade(empty_url):
    before = connect(empty_url)
    before.migrate([path for path in MIGRATIONS if path.stem < "0026"])
    before.transact(lambda tx: [tx.run(statement) for statement in AN_OLD_VOICE.split(";")])
    before.close()

    database = open_database(empty_url)
    guides, said = database._reader.read(
        lambda tx: ([find_guide(tx, team) for team in ("T1", "T2")], tx.all("SELECT * FROM said_in_public"))
    )
    database.close()

    assert [(guide.sounds_like, guide.version) for guide in guides] == [("We thank first.", 1), ("", 0)]
    assert [(each["conversation_id"], each["text"], each["seen"]) for each in said] == [(1, "It does.", 1)]


async def test_what_is_transacted_can_be_read(database):
    await database.transact(lambda tx: add_post(tx, "hello"))

    assert await database.read(titles) == ["hello"]


async def test_a_failed_transaction_leaves_nothing(database):
    def fail(tx):
        add_post(tx, "half")
        raise LookupError("in the middle")

    with pytest.raises(LookupError):
        await database.transact(fail)

    await database.transact(lambda tx: add_post(tx, "whole"))
    assert await database.read(titles) == ["whole"]


async def test_a_failed_statement_leaves_nothing_of_the_transaction(database):
    def break_a_key(tx):
        post_id = add_post(tx, "half")
        tx.run(ADD, key="k", post_id=post_id)
        tx.run(ADD, key="k", post_id=post_id)

    with pytest.raises(Exception, match=r"(?i)unique"):
        await database.transact(break_a_key)

    assert await database.read(titles) == []


async def test_a_read_cannot_write(database):
    with pytest.raises(Exception, match=r"(?i)read-?\s?only"):
        await database.read(lambda tx: add_post(tx, "no"))

    await database.transact(lambda tx: add_post(tx, "yes"))
    assert await database.read(titles) == ["yes"]


async def test_a_long_report_keeps_its_snapshot_and_delays_no_click(database):
    loop = asyncio.get_running_loop()
    begun, written = asyncio.Event(), asyncio.Event()

    def report(tx):
        before = titles(tx)
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(written.wait(), loop).result(STARTED_WITHIN_SECONDS)
        return before, titles(tx)

    reading = asyncio.create_task(database.read(report))
    await begun.wait()
    await database.transact(lambda tx: add_post(tx, "meanwhile"))
    written.set()

    assert await reading == ([], [])


def test_values_are_bound_whatever_they_hold(db):
    nasty = "100 % of ':name' and %(title)s; -- DROP TABLE post::text \\ “ü” 🌊"

    db.transact(lambda tx: add_post(tx, nasty))

    assert db.read(titles) == [nasty]
    assert db.read(lambda tx: tx.one("SELECT title FROM post WHERE title LIKE '100 %'"))["title"] == nasty


def test_many_runs_once_for_each_row_and_run_counts_the_rows(db):
    def store(tx):
        post_id = add_post(tx, "one")
        tx.many(ADD, [{"key": str(number), "post_id": post_id} for number in range(3)])
        tx.many(ADD, [])
        return tx.run("UPDATE post_key SET post_id = post_id")

    assert db.transact(store) == 3
    assert db.transact(lambda tx: tx.one("SELECT 1 AS one FROM post WHERE title = 'none'")) is None


@pytest.mark.parametrize("count", [1, 2, 7, 128, 300])
def test_however_many_rows_are_written_each_is_and_one_that_was_there_is_changed(db, count):
    rows = [{"key": f"{number:03}", "post_id": 0} for number in range(count)]
    upsert = f"{ADD} ON CONFLICT (key) DO UPDATE SET post_id = excluded.post_id"

    def store(tx):
        first, second = add_post(tx, "one"), add_post(tx, "two")
        tx.many(ADD, [row | {"post_id": first} for row in rows])
        tx.many_in_order(upsert, [(row["key"], second) for row in rows[::2]])
        return {first: "one", second: "two"}

    names = db.transact(store)

    stored = db.read(lambda tx: tx.all("SELECT key, post_id FROM post_key ORDER BY key"))
    assert [row["key"] for row in stored] == [row["key"] for row in rows]
    assert [names[row["post_id"]] for row in stored] == [("two", "one")[number % 2] for number in range(count)]


def write_slowly(url, title, flag):
    """Hold the write lock until `flag` is removed."""
    database = open_database(url)

    def write(tx):
        add_post(tx, title)
        Path(flag).with_suffix(".begun").touch()
        wait_until(lambda: not Path(flag).exists())

    database._writer.transact(write)
    database.close()


def wait_until(condition):
    deadline = time.monotonic() + STARTED_WITHIN_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.01)


def test_a_second_process_that_writes_waits_and_succeeds(database_url, tmp_path):
    flag = tmp_path / "flag"
    flag.touch()
    database = open_database(database_url)
    first = multiprocessing.get_context("spawn").Process(target=write_slowly, args=(database_url, "first", str(flag)))
    first.start()
    wait_until(flag.with_suffix(".begun").exists)

    second = database._writing.submit(database._writer.transact, lambda tx: add_post(tx, "second"))
    if "://" not in database_url:
        # Rows of their own may be written side by side on PostgreSQL.
        assert not second.done()
    assert "first" not in database._reader.read(titles)
    flag.unlink()

    assert second.result(STARTED_WITHIN_SECONDS)
    first.join(STARTED_WITHIN_SECONDS)
    assert first.exitcode == 0
    assert sorted(database._reader.read(titles)) == ["first", "second"]
    database.close()


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(CannotOpenError, match=r"missing/two-ears\.db cannot be opened"):
        open_database(f"sqlite:///{tmp_path}/missing/two-ears.db")


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("nothing of a database, and long enough to be read as the header of one, is written here\n" * 9)

    with pytest.raises(CannotOpenError, match=r"notes\.txt cannot be opened"):
        open_database(str(path))


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_told_without_the_password():
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with pytest.raises(CannotOpenError) as caught:
        open_database("postgresql://ears:secret@127.0.0.1:1/two_ears")

    assert "DATABASE_URL" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.postgres
def test_an_address_that_cannot_be_read_is_told_without_the_password_down_to_the_traceback():
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with pytest.raises(CannotOpenError) as caught:
        open_database(f"postgresql://ears:{PASSWORD}@[::1/two_ears")

    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("scheme", ["mysql", "postgresql+psycopg", "sqlite"])
def test_another_kind_of_database_is_refused_without_the_password(scheme):
    with pytest.raises(CannotOpenError, match="names no database I know") as caught:
        open_database(f"{scheme}://ears:{PASSWORD}@db.example/two_ears")

    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


@pytest.mark.postgres
def test_a_connection_that_the_server_closed_is_made_anew(postgres_server):
    url, name = postgres_server.new_database()
    database = open_database(url)
    with pytest.raises(Exception, match="terminating connection"):
        database._writer.transact(lambda tx: tx.all("SELECT pg_terminate_backend(pg_backend_pid())"))

    database._writer.transact(lambda tx: add_post(tx, "after"))

    assert database._reader.read(titles) == ["after"]
    database.close()
    postgres_server.drop(name)


def test_a_script_is_cut_into_statements_without_its_comments(tmp_path):
    script = tmp_path / "0001_some.sql"
    script.write_text("-- first; not one\nSELECT 1; -- why\nSELECT\n 2;\nIDENTITY KEY;\n", encoding="utf-8")

    assert statements(script, identity="SERIAL") == ["SELECT 1", "SELECT\n 2", "SERIAL"]
