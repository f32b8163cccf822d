"""What a check finds: one line each, with what to click or type where something is wrong."""

from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from engagement.dataclass import dataclass
from engagement.product import PRODUCT
from engagement.prose import times
from engagement.sending.outbox import RATE_LIMITED
from handlers.clients import word_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `advice` is a detail where all is well, else what is wrong and what to do."""

    ok: bool
    subject: str
    advice: str = ""


Tell = Callable[[Finding], None]


def line_of(finding: Finding, *, encoding: str = "utf-8") -> str:
    """Return the finding as one line of a terminal with that encoding; where it has no ✓ and ✗ they are words."""
    said = f"{finding.subject}: {finding.advice}" if finding.advice else finding.subject
    try:
        mark = ("✓" if finding.ok else "✗").encode(encoding).decode(encoding)
    except UnicodeEncodeError:
        mark = "ok " if finding.ok else "NO "
    return f"{mark} {' '.join(said.split())}".encode(encoding, "replace").decode(encoding)


def verdict_of(findings: list[Finding]) -> str:
    """Return the last line: whether anything is left to do."""
    wrong = sum(not finding.ok for finding in findings)
    return f"{times(wrong, 'thing needs', 'things need')} your attention." if wrong else "Everything is in order."


def why_not(error: Exception, api_url: str, *, refused: str = "") -> str:
    """Return why a call failed and what to do; `refused` is the advice for a refusal that has none of its own here."""
    word = word_of(error)
    if not word:
        return f"nobody answers at {api_url} as Slack does; check the network, a proxy in between, and SLACK_API_URL"
    if word == RATE_LIMITED:
        return "Slack asks us to slow down; try again in a minute"
    if word == "missing_scope" and not refused and isinstance(error, SlackApiError):
        return add_scopes([str(error.response.get("needed") or "a scope")])
    return f"Slack says {word}; {refused}" if refused else f"Slack says {word}"


def why_not_there(error: Exception, api_url: str, channel: str) -> str:
    """Return why a call about `channel` (as people write it) failed, and what to do."""
    match word_of(error):
        case "not_in_channel":
            return invite(channel)
        case "channel_not_found":
            return (
                f"{PRODUCT} cannot see it: it is gone, or private; "
                f"pick a public channel and type /invite @{PRODUCT} there"
            )
        case "is_archived":
            return "it is archived; unarchive it, or pick another channel"
        case _:
            return why_not(error, api_url)


def invite(channel: str) -> str:
    """Return what to type when the bot is not a member of `channel`."""
    return f"{PRODUCT} is not a member; type /invite @{PRODUCT} in {channel}"


def add_scopes(missing: list[str]) -> str:
    """Return what to click when the bot token lacks scopes."""
    return (
        f"{', '.join(missing)} missing; on your app's page open OAuth & Permissions, add it under Bot Token Scopes, "
        "then press Reinstall to Workspace"
    )
