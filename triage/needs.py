"""Who needs help and does not say so: what never came, what may be so only for them, what they may have done wrong."""

import re
from typing import Final

from triage.phrases import lowered

_STATE = r"(?:broken|dead|down|failing|hanging|offline|out|red|slow|stuck|timing out|unreachable)"
_NEEDS: Final = re.compile(
    # "Sign-in codes never arrive": of what is sent to one person, who waits for it.
    r"\b(?:codes?|e-?mails?|mails?|links?|invites?|invitations?|receipts?|invoices?|texts?|sms)(?: [\w-]+){0,3}?"
    r" (?:never|(?:does|do|did)(?: not|n'?t)(?: ever)?)"
    r" (?:arrived?|come(?: through)?|came(?: through)?|show(?:ed)? up|turn(?:ed)? up|reach(?:ed)? (?:me|us))\b"
    # "Is it down again or is it just me"; not "is it just me or is it ugly", behind which nothing is asked.
    rf"|\b(?:is|are) (?:\S+ ){{1,5}}?{_STATE}\b[^.!]{{0,30}}?\b(?:just|only) (?:for )?(?:me|us)\b"
    rf"|\b(?:who|any(?:one|body)) else'?s (?:\S+ ){{1,4}}?{_STATE}\b"
    r"|\bwhat (?:did|have) (?:i|we) (?:do|done) wrong\b"
)


def need_in(prose: str) -> re.Match[str] | None:
    """Return where `prose` tells what somebody needs help with, and no phrase for pleas says so."""
    return _NEEDS.search(lowered(prose))
