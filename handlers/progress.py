"""How a poll, or another long work, goes, for whoever watches: a bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

import click

from engagement.prose import times
from handlers.polling.poll import Heard, NotHeard, PollResult

if TYPE_CHECKING:
    from rich.progress import Progress


@dataclass(slots=True)
class Shown:
    """What was reported so far."""

    bar: "Progress | None"
    heard: int = 0
    news: int = 0
    mentions: int = 0
    not_heard: list[NotHeard] = field(default_factory=list)

    def report(self, result: PollResult) -> None:
        """Count one source, and name it if it did not answer."""
        match result:
            case Heard(news=news, mentions=mentions):
                self.heard += 1
                self.news += news
                self.mentions += mentions
            case NotHeard(source=source, reason=reason):
                self.not_heard.append(result)
                self._say(f"{source.name}: {reason}")
            case _:
                assert_never(result)
        if self.bar:
            self.bar.advance(self.bar.task_ids[0])

    def _say(self, line: str) -> None:
        if self.bar:
            # A name with brackets is no markup: "News [/r/devops]" would raise.
            self.bar.console.print(line, markup=False, highlight=False)
        else:
            click.echo(line)

    def summary(self) -> str:
        """Return the whole poll in one sentence."""
        places = f"{self.heard} of {times(self.heard + len(self.not_heard), 'place')} heard"
        return f"{places}: {times(self.news, 'new post')}, {times(self.mentions, 'mention')}."


@contextmanager
def progress(total: int) -> Iterator[Shown]:
    """Show a bar of `total` sources on a terminal."""
    with _bar("Listening", total) as bar:
        yield Shown(bar=bar)


@contextmanager
def bar_of(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar of `total` steps on a terminal; yield what moves it on by some."""
    with _bar(title, total) as bar:
        yield lambda steps: bar.advance(bar.task_ids[0], steps) if bar else None


@contextmanager
def _bar(title: str, total: int) -> Iterator["Progress | None"]:
    if not sys.stderr.isatty():
        yield None
        return
    # A bar nobody sees costs nothing, not even loading what would draw it.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(stderr=True)
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        bar.add_task(title, total=total)
        yield bar
