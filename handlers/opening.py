"""What a poll needs, opened and closed: for the running bot, and for one poll from the command line. Knows no Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from engagement.brake import BrakeLimits
from feeds.worker import Parser
from handlers.clock import utc_now
from handlers.fetching import open_fetcher
from handlers.poll import Poller
from settings import Settings
from storage.database import open_database


@asynccontextmanager
async def open_poller(settings: Settings) -> AsyncIterator[Poller]:
    """Open the database, the fetcher and the parser, and close them in turn."""
    db = open_database(settings.database_url.get_secret_value())
    try:
        async with open_fetcher(settings) as fetcher:
            yield Poller(
                db=db,
                fetcher=fetcher,
                parser=Parser(),
                workers=settings.poll_workers,
                limits=BrakeLimits(cards_per_hour=settings.cards_per_hour, untouched=settings.untouched_cards),
                clock=utc_now,
            )
    finally:
        db.close()
