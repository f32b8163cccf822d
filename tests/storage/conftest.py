"""Both databases: a SQLite file, and a PostgreSQL server that lives as long as the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest

from storage.database import open_database

STARTS_WITHIN_SECONDS = 20
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
        """Return the address of an empty database; a copy of a migrated one is made in a few milliseconds."""
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
    folder = Path(tempfile.mkdtemp(prefix="two-ears-pg-", dir="/tmp"))
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
        yield str(tmp_path / "two-ears.db")
        return
    server = request.getfixturevalue("postgres_server")
    url, name = server.new_database()
    yield url
    server.drop(name)


@pytest.fixture
def database(database_url):
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def db(database):
    """The writer's own connection: storage is synchronous, so most tests are too."""
    return database._writer
