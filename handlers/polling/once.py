"""One poll from the command line. It loads no Slack, and draws nothing but how it goes."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from engagement.listening.source import NewSource
from engagement.product import PRODUCT
from engagement.prose import times
from engagement.watch import NewWatch, Outcome, Terms, Watch
from feeds.links import host_of
from handlers.clock import utc_now
from handlers.logs import complain
from handlers.polling.opening import open_poller
from handlers.progress import progress
from settings import Settings
from storage.database import CannotOpenError, Tx
from storage.listening.listening import listen_alike, listen_to, sources_of
from storage.listening.sources import all_due_sources, all_sources
from storage.listening.watches import save_watch, watches_of
from storage.workspaces import NOWHERE, listening_workspaces, remember_workspace


async def poll_once(settings: Settings, *, everything: bool, feeds: Path | None, watches: int = 1) -> int:
    """Look once at what is due, or at everything; with `feeds`, at the addresses of that file, for `watches` watches.

    A list is refused where a workspace listens: its bot would poll the list for ever, and post to nowhere.
    """
    try:
        async with open_poller(settings) as poller:
            if feeds is not None:
                if await poller.db.read(listening_workspaces):
                    return complain("A bot works with this database: give the list one of its own, with --db state.db")
                urls = read_urls(feeds)
                now = utc_now()
                await poller.db.transact(lambda tx: throw_away_watches(tx, urls, settings, watches=watches, at=now))
            now = utc_now()
            sources = await poller.db.read(lambda tx: all_sources(tx) if everything else all_due_sources(tx, now=now))
            with progress(len(sources)) as shown:
                left = await poller.poll_all(sources, shown.report)
            if left:
                click.echo(f"{times(len(left), 'place')} left for later: their hosts take one request at a time.")
            click.echo(shown.summary())
    except CannotOpenError as error:
        return complain(str(error))
    return 0


def read_urls(path: Path) -> list[str]:
    """Return the addresses of a file, one a line; empty lines and lines that begin with # are left out.

    A line in another encoding than UTF-8 is an address that leads nowhere: it costs only itself.
    """
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def throw_away_watches(tx: Tx, urls: Iterable[str], settings: Settings, *, watches: int = 1, at: datetime) -> None:
    """Make watches that listen to `urls` and post nowhere, so that anybody can measure a poll.

    The first looks for this bot; the names of the others stand in no feed. Those that are there already are left alone.
    """
    remember_workspace(
        tx,
        workspace_id=NOWHERE,
        name=NOWHERE,
        bot_user="",
        schedule=settings.schedule,
        digest_channel="",
        at=at,
    )
    made = {watch.name: watch for watch in watches_of(tx, NOWHERE)}
    names = [PRODUCT, *map(made_up_name, range(1, watches))]
    new = {name: _throw_away(tx, name, at=at) for name in names if name not in made}
    first, *others = ((made | new)[name].id for name in names)
    listened = {source.url for source in sources_of(tx, first)}
    # The host is no community: that is read from each post's own address.
    sources = [NewSource(url=url, name=host_of(url) or url, community="") for url in urls if url not in listened]
    listen_to(tx, first, sources, interval_seconds=settings.poll_every_seconds, at=at)
    # Asked for nothing, it looks at every pair of a watch and a source.
    if new or sources:
        listen_alike(tx, others, first, at=at)


def _throw_away(tx: Tx, name: str, *, at: datetime) -> Watch:
    return save_watch(
        tx,
        NOWHERE,
        NewWatch(channel=NOWHERE, name=name, terms=Terms(names=(name,)), outcome=Outcome.AWARENESS),
        by="",
        at=at,
    )


def made_up_name(number: int) -> str:
    """Return a name that looks like one and is none, another one for each `number` below 26 ** 4."""
    letters = "".join(chr(ord("a") + number // 26**place % 26) for place in range(4))
    return f"{letters}qix".capitalize()
