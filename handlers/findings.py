"""What a check finds: one line each, with what to click or type where something is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from slack_sdk.errors import SlackApiError

from engagement.prose import times
from handlers.outbox import NO_ANSWER

# The SDK reads an answer that is no JSON object with an AttributeError: there is something, and it is not Slack.
NOT_SLACK: Final = (*NO_ANSWER, AttributeError)
TOO_MANY: Final = 429

BOT_TOKEN: Final = "copy the Bot User OAuth Token (xoxb-...) from your app's page, Install App, into SLACK_BOT_TOKEN"
APP_TOKEN: Final = (
    "generate one with the scope connections:write on your app's page, Basic Information, App-Level Tokens, "
    "and copy it (xapp-...) into SLACK_APP_TOKEN"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `advice` is a detail where it is well, else what is wrong and what to do."""

    ok: bool
    subject: str
    advice: str = ""


Tell = Callable[[Finding], None]


def line_of(finding: Finding) -> str:
    """Return the finding as one line of the terminal."""
    said = f"{finding.subject}: {finding.advice}" if finding.advice else finding.subject
    return f"{'✓' if finding.ok else '✗'} {' '.join(said.split())}"


def verdict_of(findings: list[Finding]) -> str:
    """Return the last line: whether anything is left to do."""
    wrong = sum(not finding.ok for finding in findings)
    return f"{times(wrong, 'thing needs', 'things need')} your attention." if wrong else "Everything is in order."


def word_of(error: SlackApiError) -> str:
    """Return Slack's error word, or the HTTP status where the answer has none (a proxy answers in plain text)."""
    answer = getattr(error.response, "data", None)
    word = answer.get("error") if isinstance(answer, dict) else None
    return str(word or f"HTTP {getattr(error.response, 'status_code', None) or 'answer without JSON'}")


def is_busy(error: SlackApiError) -> bool:
    """Return whether Slack only asks for patience."""
    return getattr(error.response, "status_code", 0) == TOO_MANY or word_of(error) == "ratelimited"


def why_not(error: Exception, api_url: str, *, otherwise: str = "") -> str:
    """Return why a call of Slack failed and what to do; `otherwise` is the advice for a refusal not known here."""
    if not isinstance(error, SlackApiError):
        return f"nobody answers as Slack does at {api_url}; check the network, a proxy and SLACK_API_URL"
    word = word_of(error)
    if is_busy(error):
        return "Slack asks us to slow down; try again in a minute"
    if word.startswith("HTTP"):
        return f"{api_url} answers, but not as Slack does ({word}); check SLACK_API_URL"
    if word == "missing_scope":
        return f"{add_scopes([str(error.response.get('needed') or 'a scope')])}"
    return f"Slack answers {word}; {otherwise}" if otherwise else f"Slack answers {word}"


def add_scopes(missing: list[str]) -> str:
    """Return what to click when the bot token lacks scopes."""
    return (
        f"{', '.join(missing)} missing; on your app's page open OAuth & Permissions, add under Bot Token Scopes, "
        "then press Reinstall to Workspace"
    )
