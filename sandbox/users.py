"""The people of the workspace as the app sees them, and what becomes of their seats."""

from typing import Any

from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.workspace import User


def described(slack: Slack, user: User) -> dict[str, Any]:
    """Return somebody as users.info and the event user_change have them."""
    return {
        "id": user.id,
        "team_id": slack.workspace.id,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.is_deactivated,
        "color": user.color.lstrip("#"),
        "tz": "Etc/UTC",
        "tz_label": "Coordinated Universal Time",
        "tz_offset": 0,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_admin": user.is_admin,
        "updated": 0,
        "profile": {
            "real_name": user.real_name,
            "real_name_normalized": user.real_name,
            "display_name": "" if user.is_bot else user.name,
            "display_name_normalized": "" if user.is_bot else user.name,
            "title": "",
            "team": slack.workspace.id,
            **({"bot_id": slack.app.bot_id, "api_app_id": slack.app.id} if user.is_bot else {}),
        },
    }


def deactivate(slack: Slack, user: User, *, on: bool = True) -> None:
    """Take somebody's seat away, as an admin does, or give it back; SlackError `cannot_update_user` for the bot.

    What they wrote and which channels they are in stays; only the app is told.
    """
    if user.is_bot:
        raise SlackError("cannot_update_user")
    user.is_deactivated = on
    slack.tell("user_change", {"type": "user_change", "user": described(slack, user), "cache_ts": 0})
