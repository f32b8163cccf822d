"""`bot.py check`, the webhook: whether somebody answers there, and what was not told yet. Its address is not shown."""

import secrets
from typing import Final

from engagement.prose import times
from engagement.sending.webhook import Answered
from handlers.checks.findings import Finding, Tell
from handlers.clock import utc_now
from handlers.sending.webhook import open_receiver
from handlers.sending.webhook_body import test_body
from settings import Settings
from storage.sending.webhook import Backlog

SUBJECT: Final = "WEBHOOK_URL"


async def check_webhook(settings: Settings, tell: Tell, *, in_earnest: bool) -> None:
    """Look whether the receiver answers; `in_earnest`, send it an event of the type test, which it has to take."""
    async with open_receiver(settings) as receiver:
        if receiver is None:
            return
        now = utc_now()
        if in_earnest:
            answer = await receiver.post(f"evt_{secrets.token_hex(16)}", test_body(now), now=now)
        else:
            answer = await receiver.knock()
    if not isinstance(answer, Answered):
        tell(Finding(ok=False, subject=SUBJECT, advice=f"{answer.reason}; events wait and are tried again for a day"))
    elif not in_earnest:
        tell(Finding(ok=True, subject=SUBJECT, advice=f"answers ({answer.status}); check --live sends a test event"))
    elif answer.status in range(200, 300):
        tell(Finding(ok=True, subject=SUBJECT, advice=f"took a test event ({answer.status})"))
    else:
        advice = f"answered {answer.status} to a test event; anything but 2xx means that it did not take it"
        tell(Finding(ok=False, subject=SUBJECT, advice=advice))


def finding_of_backlog(backlog: Backlog) -> Finding:
    """Return how the webhook got on so far."""
    subject = f"{SUBJECT}, events"
    if backlog.gone_at:
        advice = "it said that it wants to hear no more (410); mend that, or take the setting out, and restart the bot"
        return Finding(ok=False, subject=subject, advice=advice)
    waiting = f"{backlog.waiting:,} waiting"
    if backlog.failed:
        advice = f"{waiting}, {times(backlog.failed, 'event')} given up: {backlog.reason}"
        return Finding(ok=False, subject=subject, advice=advice)
    return Finding(ok=True, subject=subject, advice=f"{waiting}, {backlog.reason}" if backlog.reason else waiting)
