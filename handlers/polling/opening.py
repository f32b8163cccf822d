"""What a poll needs, opened and closed: for the running bot, and for one poll from the command line. Knows no Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from engagement.calm.brake import BrakeLimits
from feeds.parsing.worker import Parser
from feeds.wire.manners import Manners
from handlers.clock import Clock, utc_now
from handlers.polling.fetching import credentials_of, open_fetcher
from handlers.polling.poll import Poller
from handlers.polling.visiting import Visitor
from settings import Settings
from storage.database import opened
from storage.listening.sources import ask_every


@asynccontextmanager
async def open_poller(
    settings: Settings, running: Parser | None = None, *, clock: Clock = utc_now
) -> AsyncIterator[Poller]:
    """Open the database, the fetcher and a parser, and close them in turn; a parser that is `running` goes on."""
    with opened(settings.database_url.get_secret_value()) as db:
        await db.transact(lambda tx: ask_every(tx, settings.poll_every_seconds))
        async with open_fetcher(settings) as fetcher, nullcontext(running) if running else Parser() as parser:
            yield Poller(
                db=db,
                fetcher=fetcher,
                parser=parser,
                workers=settings.poll_workers,
                limits=BrakeLimits(cards_per_hour=settings.cards_per_hour, untouched=settings.untouched_cards),
                clock=clock,
                manners=Manners.load(credentials_of(settings).accounts),
            )


def visitor_of(poller: Poller, *, patience_seconds: float) -> Visitor:
    """Return who asks for somebody that waits, in the turns that the poller takes."""
    return Visitor(
        db=poller.db,
        fetcher=poller.fetcher,
        manners=poller.manners,
        clock=poller.clock,
        patience_seconds=patience_seconds,
    )
