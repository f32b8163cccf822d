"""Both databases: a SQLite file, and a PostgreSQL server that lives as long as the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest
from builders import CHANNEL, DEFAULT_LIMITS, NOW, TEAM, a_new_source, a_post, a_schedule, a_sighting
from databases import a_database, a_file
from listening import remember_team, watch_for

from engagement.conversations.press import Press
from engagement.listening.polled import Failure, failed
from engagement.listening.trouble import Cause
from engagement.sending.outbox import posted
from engagement.understanding.reading import Kind
from engagement.watch import Terms
from storage.conversations.cards import find_card
from storage.conversations.conversations import find_conversation
from storage.conversations.decisions import record_press
from storage.database import open_database
from storage.listening.listening import listen_to, listening_since
from storage.listening.polls import Poll, look_before
from storage.listening.sources import all_sources, find_source, save_poll
from storage.listening.taking_in import store_poll
from storage.listening.watches import all_watches
from storage.sending.messages import messages_to_send, save_message, start_sending
from triage.saying import saying_of

STARTS_WITHIN_SECONDS = 20
# Linux keeps this folder in memory. Containers have 64 MB there as a rule, which the server needs for other things.
MEMORY = Path("/dev/shm")  # noqa: S108 - a new folder in it, with a name of its own
MEMORY_BYTES = 1_000_000_000
_names = count(1)


class Server:
    """A PostgreSQL server; `url_of(name)` is the address of one of its databases."""

    def __init__(self, url):
        self._url = url
        self._template = f"two_ears_{os.getpid()}_template"
        self._run(f"CREATE DATABASE {self._template}")
        open_database(self.url_of(self._template)).close()

    def url_of(self, name):
        from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - psycopg is optional

        parts = conninfo_to_dict(self._url) | {"dbname": name}
        return f"postgresql://?{urlencode(parts)}"

    def new_database(self, *, migrated=True):
        """Return the address of an empty database, with our tables if it is `migrated`."""
        name = f"two_ears_{os.getpid()}_{next(_names)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._template if migrated else 'template0'}")
        return self.url_of(name), name

    def drop(self, name):
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def close(self):
        self.drop(self._template)

    def _run(self, sql):
        import psycopg  # noqa: PLC0415 - as above

        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(sql)


@pytest.fixture(scope="session")
def postgres_server():
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    url = os.environ.get("TEST_DATABASE_URL")
    if url:
        server = Server(url)
        yield server
        server.close()
        return
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (no initdb), and TEST_DATABASE_URL is not set")
    user = _unprivileged_user()
    # Not pytest's own folder: that one is closed to the user the server runs as, and too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="two-ears-pg-", dir=_quickest()))
    if user:
        shutil.chown(folder, user)
    process = None
    try:
        process = _start(programs, folder, user)
        yield Server(f"postgresql://?host={folder}&user=two_ears&dbname=postgres")
    finally:
        if process is not None:
            # PostgreSQL's word for "immediately, the data is not needed again".
            process.send_signal(3)
            process.wait(STARTS_WITHIN_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_database(postgres_server):
    """A database with our tables, and what empties it: making one takes longer than most tests do."""
    import psycopg  # noqa: PLC0415 - as above

    url, name = postgres_server.new_database()
    # A test that leaves a transaction open fails the next one, which would wait for it.
    # As a replica, which asks no triggers: the history lets nobody else delete a line.
    options = "-c lock_timeout=10s -c session_replication_role=replica"
    with psycopg.connect(url, autocommit=True, options=options) as connection:
        ours = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_migration'"
        tables = connection.execute(ours).fetchall()
        # One statement, so that no row is missed by one that belongs to it.
        # S608: the names of tables are ours.
        deleted = ", ".join(f"_{number} AS (DELETE FROM {table})" for number, (table,) in enumerate(tables))
        renumbered = "SELECT setval(seqrelid::regclass, 1, false) FROM pg_sequence"
        yield url, lambda: connection.execute(f"WITH {deleted} {renumbered}")
    postgres_server.drop(name)


def _quickest():
    """Return where a server works quickest: its files come and go with the tests."""
    is_roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_BYTES
    return MEMORY if is_roomy else Path("/tmp")  # noqa: S108 - as above


def _programs():
    """Return the folder of initdb and postgres, the newest version that is installed, or None."""
    found = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _unprivileged_user():
    """Return the user to run the server as: root must not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    pytest.skip("PostgreSQL does not run as root, and there is no other user here")


def _start(programs, folder, user):
    data = folder / "data"
    as_user = {"user": user, "cwd": folder, "stdin": subprocess.DEVNULL, "env": {"PATH": os.environ.get("PATH", "")}}
    made = subprocess.run(
        [programs / "initdb", "-D", data, "-U", "two_ears", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        capture_output=True,
        text=True,
        check=False,
        **as_user,
    )
    if made.returncode:
        pytest.skip(f"PostgreSQL cannot start here: {made.stderr.strip().splitlines()[-1:]}")
    options = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses="]
    options += [f"unix_socket_directories={folder}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *(part for option in options for part in ("-c", option))],
            stdout=log,
            stderr=log,
            **as_user,
        )
    if not _answers(programs, folder, process):
        process.kill()
        process.wait()
        pytest.skip(f"PostgreSQL does not answer: {(folder / 'log').read_text().strip().splitlines()[-1:]}")
    return process


def _answers(programs, folder, process):
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        asked = subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False)
        if asked.returncode == 0:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request, tmp_path):
    """The address of an empty database, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield str(a_file(tmp_path / "two-ears.db"))
        return
    url, empty = request.getfixturevalue("postgres_database")
    empty()
    yield url


@pytest.fixture(scope="session")
def postgres_opened(postgres_database):
    """The same database, opened for all tests: a connection that is new to it reads its catalogue again."""
    url, _ = postgres_database
    opened = open_database(url)
    yield opened
    opened.close()


@pytest.fixture
def database(request, database_url):
    if request.node.callspec.params["database_url"] == "postgres":
        yield request.getfixturevalue("postgres_opened")
        return
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def db(database):
    """The writer's own connection: storage is synchronous, so most tests are too."""
    return database._writer


@pytest.fixture
def team(db):
    """A workspace whose watch listens to one source, polled once before with nothing in it."""
    return Team(db)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def new_team_anywhere(request, tmp_path):
    """Make a team in a database with nothing in it, as often as asked: on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("new_team")
        return
    _, empty = request.getfixturevalue("postgres_database")
    opened = request.getfixturevalue("postgres_opened")

    def make():
        empty()
        return Team(opened._writer)

    yield make


@pytest.fixture
def new_team(tmp_path):
    """Make a team in a new SQLite database, as often as asked."""
    with ExitStack() as opened:
        yield lambda: Team(opened.enter_context(closing(a_database(tmp_path / f"{next(_names)}.db")))._writer)


class Team:
    """What the tests do all the time: poll, press, send. Everything goes through storage's public functions."""

    def __init__(self, db):
        self.db = db
        self.add_workspace(TEAM)
        self.watch = self.add_watch()
        self.source = self.add_source(self.watch)
        self.poll()

    def write(self, fn, *args, **kwargs):
        return self.db.transact(lambda tx: fn(tx, *args, **kwargs))

    def read(self, fn, *args, **kwargs):
        return self.db.read(lambda tx: fn(tx, *args, **kwargs))

    def rows(self, sql, **values):
        return [dict(row) for row in self.db.read(lambda tx: tx.all(sql, **values))]

    def add_workspace(self, workspace_id, **schedule):
        return self.write(
            remember_team, workspace_id, name="Tidewiki", bot_user="UBOT", schedule=a_schedule(**schedule)
        )

    def add_watch(self, name="Tidewiki", *, workspace_id=TEAM, channel=CHANNEL, at=NOW - timedelta(days=30)):
        terms = Terms(names=(name.lower(),))
        return self.write(watch_for, name, workspace_id=workspace_id, channel=channel, terms=terms, at=at)

    def add_source(self, watch, url="https://forum.example/feed", *, at=NOW):
        ids = self.write(listen_to, watch.id, [a_new_source(url)], interval_seconds=600, at=at)
        return next(each for each in self.read(all_sources) if each.id == ids[0])

    def poll(self, *posts, source=None, at=NOW, sightings=None, validators=None, limits=DEFAULT_LIMITS):
        """Poll as the bot does: every post mentions the watch, unless sightings are given. Return new mentions."""
        source = source or self.source
        before = self.read(look_before, source, posts)
        if sightings is None:
            watches, _ = self.read(all_watches)
            listening = self.read(listening_since, source.id, watches)
            sightings = [a_sighting(watches[number], post) for post in before.sifted.news for number in listening]
        poll = Poll(
            source_id=source.id,
            posts=before.sifted.news,
            sightings=sightings,
            join=before.join,
            renamed=before.sifted.renamed,
            liked=before.sifted.liked,
            accepted=before.sifted.accepted,
        )

        def keep(tx):
            brought = store_poll(tx, poll, limits=limits, at=at, saying_of=saying_of)
            before = find_source(tx, source.id)
            after = replace(
                before,
                **(validators or {}),
                failures=0,
                last_error="",
                failing_since=None,
                last_heard_at=at,
                first_polled_at=before.first_polled_at or at,
                next_poll_at=at + timedelta(minutes=10),
            )
            save_poll(tx, before, after)
            return brought.mentions

        return self.write(keep)

    def fail(self, source, *, reason="no answer", again_at, at=NOW):
        """Ask a source in vain."""

        def keep(tx):
            before = find_source(tx, source.id)
            after = failed(before, Failure(reason=reason, cause=Cause.BROKEN), now=at, is_deaf=False)
            save_poll(tx, before, replace(after, next_poll_at=again_at))

        self.write(keep)

    def hear(self, *, kind=Kind.QUESTION, at=NOW, watch=None, before_start=False, limits=DEFAULT_LIMITS, **post):
        """Hear one mention; return the number of its conversation."""
        heard = a_post(**post)
        sighting = a_sighting(watch or self.watch, heard, kind=kind, before_start=before_start)
        self.poll(heard, sightings=[sighting], at=at, limits=limits)
        return self.rows(
            "SELECT id FROM conversation WHERE thread_key = :thread AND workspace_id = :workspace",
            thread=heard.thread_key,
            workspace=sighting.watch.workspace_id,
        )[0]["id"]

    def press(self, act, conversation_id, *, by="U2", at=NOW, drawn=None, **more):
        """Press a button, as drawn now unless told otherwise; `more` is what the act says beside."""
        if drawn is None:
            drawn = self.conversation(conversation_id).version
        press = Press(act=act, conversation_id=conversation_id, by=by, drawn=drawn, **more)
        return self.write(record_press, press, workspace_id=TEAM, at=at)

    def conversation(self, conversation_id):
        return self.read(find_conversation, conversation_id)

    def card(self, conversation_id):
        return self.read(find_card, conversation_id)

    def send_next(self, *, at=NOW):
        """Send what can go out now; return those messages."""
        out = self.read(messages_to_send, now=at)
        for message in out:
            assert self.write(start_sending, message, at=at)
            self.write(save_message, posted(message, f"{message.id}.000"), at=at)
        return out

    def send_all(self, *, at=NOW):
        """Send everything that waits, a second apart; return it in order."""
        sent = []
        while out := self.send_next(at=at):
            sent += out
            at += timedelta(seconds=1)
        return sent
