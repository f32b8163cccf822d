"""A worker process: a Python beside ours that runs functions for us, and can be stopped in the middle of one.

A thread of ours talks to it, through its standard input and output, so the event loop waits for no pipe.
"""

import asyncio
import contextlib
import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Final, TypeVar, cast

T = TypeVar("T")

# Nothing that is loaded is garbage; the collector starts when the process is prepared.
SERVE: Final = "import gc; gc.disable(); from feeds.parsing.serving import serve; serve()"
# What Python and its libraries ask for. Whoever reads hostile bytes has no use for our tokens.
ENVIRONMENT: Final = ("PATH", "PYTHON", "LANG", "LC_", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_")
# glibc gives large pieces of memory back to the system and asks for them anew with every trip, to which the system
# brings them page by page: 3 % of the time for reading. Pieces so large it keeps, and so much that is free at the end.
KEEPING: Final = {"MALLOC_MMAP_THRESHOLD_": str(4 * 1024 * 1024), "MALLOC_TRIM_THRESHOLD_": str(16 * 1024 * 1024)}
# As much as a usual trip carries: each time a pipe is full, the system has to switch between the two processes.
PIPE_BYTES: Final = 1024 * 1024


class WorkerDiedError(Exception):
    """The process ended before it had answered."""


class WorkerProcess:
    """Runs one function after the other in one process, a new one after the last has died or was stopped.

    `prepare` runs first in each. Functions, what they take and what they return are pickled. The process ends with this
    object, and with us however we end, because its input does.
    """

    def __init__(self, prepare: Callable[[], object]) -> None:
        self._prepare = prepare
        # Its one thread is also what keeps two functions from running at once.
        self._talking = ThreadPoolExecutor(1, thread_name_prefix="worker")
        self._process: subprocess.Popen[bytes] | None = None
        self._finish: Callable[[], object] = lambda: None

    @property
    def is_running(self) -> bool:
        """Whether there is a process, which may have died since it was asked last."""
        return self._process is not None

    async def start(self) -> None:
        """Have a process ready, unless there is one. WorkerDiedError where it cannot be prepared."""
        await self._in_thread(self._ready)

    async def run(self, task: Callable[[], T]) -> T:
        """Return what `task` returns there, or raise what it raises; WorkerDiedError if the process ends before.

        Who stops waiting stops the process: nothing else ends what it is doing.
        """
        return await self._in_thread(lambda: self._ask(self._ready(), task))

    def stop(self) -> None:
        """Kill the process, if there is one; what is run afterwards finds a new one."""
        process, self._process = self._process, None
        if process:
            process.kill()
        # Behind what the thread is doing now, which may be to start one.
        self._talking.submit(self._forget)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._talking, work)
        except asyncio.CancelledError:
            self.stop()
            raise

    def _ready(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is None:
            process = self._process = _launch()
            # For whoever forgets to stop it.
            self._finish = weakref.finalize(self, _end, process)
            self._ask(process, self._prepare)
        return process

    def _forget(self) -> None:
        self._process = None
        self._finish()

    def _ask(self, process: subprocess.Popen[bytes], task: Callable[[], T]) -> T:
        try:
            _send(process, task)
            result, error = pickle.load(cast("IO[bytes]", process.stdout))  # noqa: S301 - our own process
        except (EOFError, OSError, pickle.UnpicklingError) as lost:
            self._forget()
            raise WorkerDiedError from lost
        if error is not None:
            raise error
        return cast("T", result)


def _launch() -> subprocess.Popen[bytes]:
    try:
        # S603: the command is ours.
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            pipesize=PIPE_BYTES,
        )
    except OSError as error:
        raise WorkerDiedError from error


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process, wait until it is gone, and close its pipes. Once more does no harm."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        # What was on its way can be written no more.
        with contextlib.suppress(OSError):
            cast("IO[bytes]", pipe).close()


def _send(process: subprocess.Popen[bytes], task: Callable[[], object]) -> None:
    pipe = cast("IO[bytes]", process.stdin)
    bodies: list[pickle.PickleBuffer] = []
    # Whole or not at all: of what cannot be pickled nothing must be on its way.
    pickled = pickle.dumps(task, pickle.HIGHEST_PROTOCOL, buffer_callback=bodies.append)
    raw = [body.raw() for body in bodies]
    pipe.writelines((pickle.dumps([len(each) for each in raw]), *raw, pickled))
    pipe.flush()


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.startswith(ENVIRONMENT)}
    return kept | KEEPING | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
