"""Programs as child processes: each in a session of its own, its output in a file, none outliving us."""

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

START_SECONDS = 30.0  # a first start compiles every module
LOOK_SECONDS = 0.05
TAIL_LINES = 15


class ChildError(Exception):
    """A program is not as it should be; the message says which, what it did, and how its output ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One running program: what people call it, the file with its output, how many seconds it has to end politely."""

    name: str
    process: asyncio.subprocess.Process
    log: Path
    grace: float

    def output(self) -> str:
        """Return everything the program has said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def ended(self) -> ChildError:
        """Return the error to raise when this program ended and should not have."""
        status = self.process.returncode
        return self.failed(f"ended with {f'signal {-status}' if status is not None and status < 0 else status}")

    def failed(self, what: str) -> ChildError:
        """Return the error to raise when this program did not do what it should, with the end of its output."""
        tail = "\n".join(f"  | {line}" for line in self.output().splitlines()[-TAIL_LINES:]) or "  | (it said nothing)"
        return ChildError(f"{self.name} {what}. The end of {self.log}:\n{tail}")


class Children:
    """Starts programs in `folder`, and ends them all, last one first, when the block is left.

    A guard process ends them even if we are killed without a chance to do so.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[Child] = []
        self._guard: subprocess.Popen[str] | None = None

    async def __aenter__(self) -> Self:
        """Start the guard."""
        guard = [sys.executable, "-I", str(Path(__file__).with_name("children_guard.py"))]
        # A guard is one line of our own, started before anything else runs on the loop.
        self._guard = subprocess.Popen(guard, stdin=subprocess.PIPE, start_new_session=True, text=True)  # noqa: ASYNC220, S603
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every program, then the guard."""
        for child in reversed(self._running.copy()):
            await self._stop(child)
        if self._guard and self._guard.stdin:
            self._guard.stdin.close()
            self._guard.wait()

    async def start(
        self, name: str, command: Sequence[str], *, environment: Mapping[str, str], log: str, grace: float
    ) -> Child:
        """Start a program; `log` names its file, `environment` is all it gets."""
        path = self._folder / f"{log}.log"
        with path.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                cwd=self._folder,
                env=dict(environment),
                start_new_session=True,  # Ctrl-C reaches us alone: we end the programs in order
            )
        child = Child(name=name, process=process, log=path, grace=grace)
        self._running.append(child)
        self._tell_guard(f"+{process.pid}")
        return child

    async def finish(self, child: Child, *, within: float) -> None:
        """Wait for a program that ends by itself; ChildError if it fails or takes longer than `within` seconds."""
        try:
            async with asyncio.timeout(within):
                status = await child.process.wait()
        except TimeoutError:
            raise child.failed(f"was not done after {within:.0f} s") from None
        self._forget(child)
        if status != 0:
            raise child.ended()

    async def said(self, child: Child, pattern: str) -> str:
        """Wait for a line of a program's output and return the pattern's first group.

        ChildError if the program ends first, or has not said it after thirty seconds.
        """
        clock = asyncio.get_running_loop().time
        deadline = clock() + START_SECONDS
        while clock() < deadline:
            found = re.search(pattern, child.output())
            if found:
                return found[1]
            if child.process.returncode is not None:
                raise child.ended()
            await asyncio.sleep(LOOK_SECONDS)
        raise child.failed(f"was not ready after {START_SECONDS:.0f} s")

    async def watch(self) -> None:
        """Wait until any program ends, which none should: raises ChildError."""
        waits = {asyncio.create_task(child.process.wait()): child for child in self._running}
        try:
            ended, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        raise waits[ended.pop()].ended()

    def kill(self) -> None:
        """End everything at once."""
        for child in self._running:
            _signal(child, signal.SIGKILL)

    async def _stop(self, child: Child) -> None:
        """Ask with SIGTERM; SIGKILL for whatever is left of its process group when its grace is over."""
        if child.process.returncode is None:
            _signal(child, signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(child.grace):
                    await child.process.wait()
        self._forget(child)
        await child.process.wait()

    def _forget(self, child: Child) -> None:
        _signal(child, signal.SIGKILL)
        self._running.remove(child)
        self._tell_guard(f"-{child.process.pid}")

    def _tell_guard(self, line: str) -> None:
        if self._guard and self._guard.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._guard.stdin.write(f"{line}\n")
                self._guard.stdin.flush()


def _signal(child: Child, number: signal.Signals) -> None:
    # macOS says "not permitted" of a group that has only zombies left.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, number)
