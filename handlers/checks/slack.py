"""The part of `bot.py check` that asks Slack: both tokens, the scopes, and the channels of the watches."""

from collections.abc import Sequence
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from engagement.product import PRODUCT
from engagement.prose import join
from engagement.watch import Watch
from engagement.workspace import digest_goes_to
from handlers.checks.findings import Finding, Tell, add_scopes, invite, why_not, why_not_there
from handlers.clients import FAILED_CALL
from handlers.install import Installed, who_am_i
from settings import Settings

# What the handlers use, and manifest.json asks for.
SCOPES: Final = ("channels:history", "channels:read", "chat:write", "commands", "users:read")

COPY_FOR_BOT: Final = "copy the Bot User OAuth Token again, from Install App on your app's page"
COPY_FOR_APP: Final = (
    "on your app's page, see that Socket Mode is on, and copy a token with connections:write again, "
    "from Basic Information, App-Level Tokens"
)


async def check_bot_token(client: AsyncWebClient, settings: Settings, tell: Tell) -> Installed | None:
    """Ask Slack whose token it is and what it may do. A token that cannot be one was told of with the settings."""
    if _is_unusable("SLACK_BOT_TOKEN", settings):
        return None
    try:
        installed = await who_am_i(client)
    except FAILED_CALL as error:
        reason = why_not(error, client.base_url, refused=COPY_FOR_BOT)
        tell(Finding(ok=False, subject="Bot token", advice=reason))
        return None
    tell(Finding(ok=True, subject="Bot token", advice=f"works in the workspace {installed.workspace_name}"))
    missing = [scope for scope in SCOPES if scope not in installed.scopes]
    tell(Finding(ok=not missing, subject="Scopes", advice=add_scopes(missing) if missing else "all there"))
    return installed


async def check_app_token(client: AsyncWebClient, settings: Settings, tell: Tell) -> None:
    """Ask Slack for an address to connect to. It is not used: a second connection would get the bot's events."""
    if _is_unusable("SLACK_APP_TOKEN", settings):
        return
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except FAILED_CALL as error:
        reason = why_not(error, client.base_url, refused=COPY_FOR_APP)
        tell(Finding(ok=False, subject="App token", advice=reason))
    else:
        tell(Finding(ok=True, subject="App token", advice="Slack opens a connection for it"))


async def check_channels(client: AsyncWebClient, settings: Settings, watches: Sequence[Watch], tell: Tell) -> None:
    """Look whether each channel that something is posted to is there, and whether the bot is a member."""
    if not watches:
        hint = f"none yet; type /invite @{PRODUCT} in a channel and press Start listening there"
        tell(Finding(ok=True, subject="Watches", advice=hint))
    for channel, what in _channels(settings, watches).items():
        tell(await check_channel(client, channel, what))


async def check_channel(client: AsyncWebClient, channel: str, what: Sequence[str]) -> Finding:
    """Return whether the bot can post to a channel (an id), and `what` is posted there."""
    takes = f"takes {join(what)}"
    try:
        answer = await client.conversations_info(channel=channel)
    except FAILED_CALL as error:
        reason = why_not_there(error, client.base_url, "it")
        return Finding(ok=False, subject=f"Channel {channel}", advice=f"{takes}; {reason}")
    name = f"#{answer['channel']['name']}"
    if answer["channel"].get("is_archived"):
        return Finding(ok=False, subject=name, advice=f"{takes}, and is archived; unarchive it in Slack")
    if not answer["channel"].get("is_member"):
        return Finding(ok=False, subject=name, advice=f"{takes}; {invite(name)}")
    return Finding(ok=True, subject=name, advice=takes)


def _channels(settings: Settings, watches: Sequence[Watch]) -> dict[str, list[str]]:
    """Return what is posted to each channel."""
    channels: dict[str, list[str]] = {}
    for watch in watches:
        channels.setdefault(watch.channel, []).append(f"mentions of {watch.name}")
    digest = digest_goes_to(settings.digest_channel, watches)
    if digest:
        channels.setdefault(digest, []).append("the weekly digest")
    return channels


def _is_unusable(name: str, settings: Settings) -> bool:
    return any(problem.startswith(name) for problem in settings.problems())
