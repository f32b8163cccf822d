"""The demo as somebody runs it: it says where to look, passes on what matters, and leaves nothing running."""

import contextlib
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from builders import ROOT

from sandbox.demo import free_port

STOP_WITHIN = 3.0
START_WITHIN = 30.0

# Stands for `python bot.py`: notes what it was given, and is as hard to end as its mode says.
BOT = """
import json, os, signal, subprocess, sys, time
from pathlib import Path
mode, notes, *arguments = sys.argv[1:]
kind = arguments[0]
facts = {"arguments": arguments, "environment": dict(os.environ), "cwd": os.getcwd()}
if kind == "import":
    facts["watchlist"] = Path(arguments[1]).read_text()
    if mode == "refuses the watchlist":
        sys.exit("line 3: no such channel")
    Path(notes, "import.json").write_text(json.dumps(facts))
    sys.exit(0)
if mode == "does not listen":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
facts["worker"] = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid
facts["pid"] = os.getpid()
print("INFO polled 12 places", flush=True)
print("ERROR the message could not be sent", flush=True)
Path(notes, "run.part").write_text(json.dumps(facts))
Path(notes, "run.part").rename(Path(notes, "run.json"))
if mode == "dies":
    sys.exit("out of luck")
time.sleep(600)
"""


class Running:
    """A demo in a process of its own, and what it says."""

    def __init__(self, folder: Path, mode: str) -> None:
        self.notes = folder
        script = folder / "stand_in.py"
        script.write_text(BOT, encoding="utf-8")
        bot = [sys.executable, str(script), mode, str(folder)]
        program = (
            "import json, sys; from sandbox.demo import run_demo; "
            "sys.exit(run_demo(live=False, port=0, bot=json.loads(sys.argv[1])))"
        )
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(folder),
            "SLACK_BOT_TOKEN": "xoxb-real",
            "DIGEST_CHANNEL": "C0REAL",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, json.dumps(bot)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
        self.said = ""

    def until(self, happened: Callable[[], bool], within: float = START_WITHIN) -> None:
        deadline = time.monotonic() + within
        while not happened():
            assert time.monotonic() < deadline, self.said
            self.hear()

    def hear(self) -> None:
        ready, _, _ = select.select([self.process.stdout], [], [], 0.05)
        if ready and (said := os.read(self.process.stdout.fileno(), 65536)):
            self.said += said.decode()
        elif ready:
            time.sleep(0.02)  # the end of its output; the process itself may take a moment longer

    def up(self) -> "Running":
        self.until(lambda: (self.notes / "run.json").exists() and "Ctrl-C" in self.said)
        return self

    def facts(self, kind: str) -> dict:
        return json.loads((self.notes / f"{kind}.json").read_text(encoding="utf-8"))

    def descendants(self) -> list[psutil.Process]:
        found = psutil.Process(self.process.pid).children(recursive=True)
        return [*found, psutil.Process(self.facts("run")["worker"])]

    def ended(self, within: float) -> int:
        self.until(lambda: self.process.poll() is not None, within)
        self.hear()
        return self.process.returncode

    def close(self) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            for process in psutil.Process(self.process.pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def start(tmp_path) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def begin(mode: str = "listens") -> Running:
        started.append(Running(tmp_path, mode))
        return started[-1]

    yield begin
    for demo in started:
        demo.close()


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def nothing_left(processes) -> bool:
    return not any(alive(process) for process in processes)


def test_it_says_where_the_page_is_and_the_page_answers(start):
    demo = start().up()
    page = re.search(r"Open  (http://127\.0\.0\.1:\d+/)", demo.said)[1]

    with urllib.request.urlopen(page, timeout=5) as answer:  # noqa: S310 - an address on loopback
        status = answer.status

    assert status == 200
    assert "\x1b" not in demo.said
    assert "/ears status" in demo.said


def test_the_bot_gets_the_sandbox_and_nothing_of_a_real_installation(start):
    facts = start().up().facts("run")
    settings = facts["environment"]

    assert settings["SLACK_BOT_TOKEN"] == "xoxb-sandbox"
    assert settings["SLACK_APP_TOKEN"] == "xapp-sandbox"
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/api/", settings["SLACK_API_URL"])
    assert settings["DATABASE_URL"].startswith("sqlite:////")
    assert Path(settings["PLACES_FILE"]).is_file()
    assert "DIGEST_CHANNEL" not in settings
    assert Path(facts["cwd"]) != ROOT


def test_the_watchlist_is_imported_first_and_its_places_answer(start):
    demo = start().up()

    [watch] = tomllib.loads(demo.facts("import")["watchlist"])["watch"]

    url = next(source["url"] for source in watch["source"] if source["name"] == "Tidewiki forum")
    with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - an address on loopback
        assert b"upgrade path" in answer.read()


def test_problems_of_the_bot_are_passed_on_and_the_rest_is_not(start):
    demo = start().up()

    demo.until(lambda: "could not be sent" in demo.said)

    assert "polled 12 places" not in demo.said


@pytest.mark.parametrize("mode", ["listens", "does not listen"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_within_three_seconds_and_leaves_nothing(start, number, mode):
    demo = start(mode).up()
    processes = demo.descendants()
    begun = time.monotonic()

    demo.process.send_signal(number)
    status = demo.ended(STOP_WITHIN)

    assert status == 0
    assert time.monotonic() - begun < STOP_WITHIN
    assert len(processes) >= 5
    assert nothing_left(processes)
    assert not list(demo.notes.glob("demo-*"))


def test_ctrl_c_at_the_terminal_reaches_the_whole_group_and_ends_cleanly(start):
    demo = start().up()
    processes = demo.descendants()

    os.killpg(demo.process.pid, signal.SIGINT)

    assert demo.ended(STOP_WITHIN) == 0
    assert nothing_left(processes)
    assert "Traceback" not in demo.said


def test_ctrl_c_twice_does_not_wait(start):
    demo = start("does not listen").up()
    begun = time.monotonic()
    demo.process.send_signal(signal.SIGINT)
    demo.until(lambda: "Stopping" in demo.said)
    demo.process.send_signal(signal.SIGINT)

    assert demo.ended(STOP_WITHIN) == 0
    assert time.monotonic() - begun < 1.5


def test_a_killed_demo_leaves_nothing_either(start):
    demo = start("does not listen").up()
    processes = demo.descendants()

    demo.process.kill()

    demo.until(lambda: nothing_left(processes), within=STOP_WITHIN)


def test_a_bot_that_dies_ends_the_demo_and_its_last_words_are_shown(start):
    demo = start("dies")

    assert demo.ended(START_WITHIN) == 1
    assert "The bot ended with 1" in demo.said
    assert "| out of luck" in demo.said
    assert nothing_left([psutil.Process(pid) for pid in living(demo.facts("run")["worker"])])
    assert list(demo.notes.glob("demo-*/bot.log"))


def living(*pids):
    return [pid for pid in pids if psutil.pid_exists(pid)]


def test_a_server_that_dies_ends_the_demo_within_three_seconds(start):
    demo = start().up()
    processes = demo.descendants()
    slack = next(process for process in processes if process.cmdline()[1:3] == ["-m", "sandbox"])

    slack.kill()

    assert demo.ended(STOP_WITHIN) == 1
    assert "The small Slack ended with signal 9" in demo.said
    assert nothing_left(processes)


def test_a_watchlist_that_is_refused_is_shown_with_its_reason(start):
    demo = start("refuses the watchlist")

    assert demo.ended(START_WITHIN) == 1
    assert "The import of the watchlist ended with 1" in demo.said
    assert "| line 3: no such channel" in demo.said


def test_ctrl_c_while_it_starts_leaves_nothing(start):
    demo = start()
    demo.until(lambda: "small Slack" in demo.said)
    processes = psutil.Process(demo.process.pid).children(recursive=True)

    demo.process.send_signal(signal.SIGINT)

    assert demo.ended(STOP_WITHIN) == 0
    assert nothing_left(processes)


def test_a_port_in_use_is_passed_over():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert port < free_port(port) < port + 20
    assert free_port(0) == 0
