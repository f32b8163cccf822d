"""Trying places while somebody looks at a form: with what, and how each answered."""

from dataclasses import field
from datetime import datetime, timedelta

from engagement.dataclass import dataclass
from engagement.listening.places import PlaceTried
from feeds.parsing.worker import Parser
from feeds.places.catalogue import Catalogue
from feeds.places.probing import Probed
from feeds.wire.fetched import Fetches
from feeds.wire.manners import Manners
from handlers.clock import Clock, utc_now
from handlers.pace import PACE
from handlers.polling.finds import Finds
from handlers.polling.intake import Intake
from handlers.polling.visiting import Visitor
from storage.database import Database

# Somebody looks at the form meanwhile.
PROBE_SECONDS = 12.0
# Of these, how long a place waits for the turn of its host: the rest is for its answer.
PATIENCE_SECONDS = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scouts:
    """What places are tried with: those that set-up proposes, and what pasted addresses lead to.

    `finds` is what places of set-ups said, and `intake` takes it in once it is chosen. No result is shown within
    `settle_seconds`: see Pace.
    """

    catalogue: Catalogue
    fetcher: Fetches
    parser: Parser
    intake: Intake
    poll_every_seconds: int
    manners: Manners = field(default_factory=Manners.load)
    clock: Clock = utc_now
    finds: Finds = field(default_factory=Finds)
    settle_seconds: float = PACE.settle

    def visitor(self, db: Database) -> Visitor:
        """Return who asks for one form, in the turns of the polls."""
        return Visitor(
            db=db,
            fetcher=self.fetcher,
            manners=self.manners,
            clock=self.clock,
            patience_seconds=PATIENCE_SECONDS,
        )


def tried(each: Probed, *, now: datetime) -> PlaceTried:
    """Return how a place answered, as the form shows it."""
    name = each.proposal.name
    if each.heard is None:
        again_at = now + timedelta(seconds=each.retry_after_seconds or 0) if each.unasked else None
        return PlaceTried(name=name, ok=False, detail=each.reason, again_at=again_at)
    return PlaceTried(name=name, ok=True, posts=each.heard.count, newest=each.heard.newest, note=each.proposal.note)
