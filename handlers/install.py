"""Who we are in Slack, asked with the token we have; and the workspace remembered."""

from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from engagement.dataclass import dataclass
from handlers.clients import header
from settings import Settings
from storage.database import Database
from storage.workspaces import remember_workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What Slack says of the token: whose bot it is, in which workspace (`url`: its address), with which scopes."""

    workspace_id: str
    workspace_name: str
    bot_user: str
    scopes: frozenset[str]
    url: str = ""


async def install(db: Database, client: AsyncWebClient, settings: Settings, *, at: datetime) -> Installed:
    """Ask Slack who we are, and remember the workspace."""
    installed = await who_am_i(client)
    await db.transact(
        lambda tx: remember_workspace(
            tx,
            workspace_id=installed.workspace_id,
            name=installed.workspace_name,
            bot_user=installed.bot_user,
            schedule=settings.schedule,
            digest_channel=settings.digest_channel,
            at=at,
            url=installed.url,
        )
    )
    return installed


async def who_am_i(client: AsyncWebClient) -> Installed:
    """Ask Slack whose token this is. Raises SlackApiError, or a connection error of aiohttp."""
    answer = await client.auth_test()
    return Installed(
        workspace_id=str(answer["team_id"]),
        workspace_name=str(answer["team"]),
        bot_user=str(answer["user_id"]),
        scopes=frozenset(header(answer.headers, "x-oauth-scopes").replace(" ", "").split(",")) - {""},
        url=str(answer.get("url") or ""),
    )
