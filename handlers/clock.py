"""The time, and a handful of interval jobs that ask the database what is due. The only user of APScheduler."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

log = logging.getLogger(__name__)

# Tells the time, aware UTC.
Clock = Callable[[], datetime]
Job = Callable[[], Awaitable[None]]


def utc_now() -> datetime:
    """Return the time, aware UTC."""
    return datetime.now(UTC)


class Jobs:
    """Run again and again, each at its own interval; one that is late is never dropped."""

    def __init__(self) -> None:
        # Here: who only asks for the time (one poll from the command line) need not load a scheduler.
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415

        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})

    def every(self, seconds: float, job: Job, *, name: str, at_once: int = 1) -> None:
        """Run `job` now and then every `seconds`, `at_once` times side by side at most.

        An error in it is logged and costs that one run.
        """
        self._scheduler.add_job(
            _logged(job, name), "interval", seconds=seconds, id=name, max_instances=at_once, next_run_time=utc_now()
        )

    def start(self) -> None:
        """Begin to run jobs."""
        self._scheduler.start()

    def pause(self) -> None:
        """Start no job any more; what runs goes on."""
        self._scheduler.pause()

    def stop(self) -> None:
        """End; a job that still runs is cancelled (with its own `wait=True` APScheduler does the same)."""
        self._scheduler.shutdown(wait=False)


def _logged(job: Job, name: str) -> Job:
    async def run() -> None:
        try:
            await job()
        except asyncio.CancelledError:
            # We end. Raised further, APScheduler would log it as an error, with its traceback.
            log.info("a job was stopped", extra={"job": name})
        except Exception:
            log.exception("a job failed", extra={"job": name})

    return run
