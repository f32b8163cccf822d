"""Asking trackers whether an improvement's issue is closed, in the turn of each host. Knows no Slack."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, assert_never

from engagement.dataclass import dataclass
from feeds.places.issues import TRACKERS, Tracker, address_of_issue, is_done
from feeds.wire.fetched import Fetched, FetchFailed, FetchRequest, NotModified
from handlers.polling.poll import Poller
from handlers.polling.visiting import Visitor
from storage.improvements.issues import Issue, issues_to_ask, note_issue

log = logging.getLogger(__name__)

# Nobody waits for it, and who asks GitHub without a token has sixty requests an hour for all there is to ask.
ASKED_EVERY: Final = timedelta(hours=3)
# At one look; the rest is asked at the next.
ISSUES_AT_ONCE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueWatcher:
    """What is needed to ask: what a poll has, and the trackers there are."""

    poller: Poller
    trackers: Sequence[Tracker] = TRACKERS

    async def ask_due(self) -> None:
        """Ask the issues that were not asked lately; those in no tracker we know are noted, and cost nothing."""
        now = self.poller.clock()
        due = await self.poller.db.read(
            lambda tx: issues_to_ask(tx, asked_before=now - ASKED_EVERY, limit=ISSUES_AT_ONCE)
        )
        for issue in due:
            await self._ask(issue, now)

    async def _ask(self, issue: Issue, now: datetime) -> None:
        url = address_of_issue(issue.url, self.trackers)
        if not url:
            await self._note(issue, etag="", done=None, at=now)
            return
        result = await self._visitor().fetch(FetchRequest(url=url, etag=issue.etag))
        match result:
            case Fetched(body=body, etag=etag):
                await self._note(issue, etag=etag, done=is_done(body), at=now)
            case NotModified():
                await self._note(issue, etag=issue.etag, done=None, at=now)
            case FetchFailed(unasked=True):
                # Its host takes no request now: it stays due.
                return
            case FetchFailed(reason=reason):
                log.info("issue not asked", extra={"improvement_id": issue.improvement_id, "reason": reason})
                await self._note(issue, etag=issue.etag, done=None, at=now)
            case _:
                assert_never(result)

    async def _note(self, issue: Issue, *, etag: str, done: bool | None, at: datetime) -> None:
        await self.poller.db.transact(lambda tx: note_issue(tx, issue, etag=etag, is_done=done, at=at))

    def _visitor(self) -> Visitor:
        poller = self.poller
        return Visitor(
            db=poller.db, fetcher=poller.fetcher, manners=poller.manners, clock=poller.clock, patience_seconds=0.0
        )
