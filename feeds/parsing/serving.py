"""The worker's own side: it takes functions from its standard input and puts what they return on its standard output.

Both processes import this, and the worker little else before it reads feeds, so that it is there at once.
"""

import contextlib
import os
import pickle
from collections.abc import Callable, Sequence
from typing import IO

from feeds.parsing.packing import Packed, packed
from feeds.parsing.parsed import Body


def serve() -> None:
    """Run what comes, until nothing comes any more: whoever started us has ended."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not be taken for an answer.
    os.dup2(2, 1)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            answers.write(_answer(_next_task(tasks)))
            answers.flush()


def _next_task(tasks: IO[bytes]) -> Callable[[], object]:
    """Return the next function that was sent: behind the sizes of its bodies, and the bodies themselves."""
    bodies = [tasks.read(size) for size in pickle.load(tasks)]  # noqa: S301 - from our own parent
    task: Callable[[], object] = pickle.load(tasks, buffers=bodies)  # noqa: S301 - as above
    return task


def _answer(task: Callable[[], object]) -> bytes:
    try:
        return pickle.dumps((task(), None), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - raised in the process that asked
        return pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)


def prepare(memory_bytes: int) -> None:
    """Make ready to read, within the limits of a worker."""
    from feeds.parsing.reading import limit  # noqa: PLC0415 - the other process reads nothing

    limit(memory_bytes)


def read(bodies: Sequence[Body]) -> list[Packed]:
    """Return what each body says, packed."""
    from feeds.parsing.reading import read_bodies  # noqa: PLC0415 - as above

    return list(map(packed, read_bodies(bodies)))
