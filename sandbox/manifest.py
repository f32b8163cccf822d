"""The app as its manifest declares it: names, commands, scopes and the events it asked for."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

BOT_TOKEN: Final = "xoxb-sandbox"  # noqa: S105 - opens nothing but this sandbox
APP_TOKEN: Final = "xapp-sandbox"  # noqa: S105 - as above
APP_ID: Final = "A0SANDBOX"
BOT_ID: Final = "B0SANDBOX"

_SCOPES: Final = ("chat:write", "commands", "channels:history", "channels:read", "users:read")
_EVENTS: Final = (
    "message.channels",
    "message.im",
    "member_joined_channel",
    "member_left_channel",
    "channel_left",
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "user_change",
    "app_home_opened",
    "app_mention",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command as people see it while they type."""

    command: str
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A shortcut in the composer (`kind` is `global`) or in a message's menu (`message`)."""

    name: str
    callback_id: str
    kind: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What Slack knows of the installed app."""

    name: str = "Two Ears"
    commands: tuple[Command, ...] = (Command(command="/ears", description="Who is waiting, and are we listening?"),)
    shortcuts: tuple[Shortcut, ...] = ()
    has_home: bool = True
    has_messages: bool = True
    scopes: frozenset[str] = frozenset(_SCOPES)
    events: frozenset[str] = frozenset(_EVENTS)
    id: str = APP_ID
    bot_id: str = BOT_ID

    @property
    def bot_user(self) -> str:
        """Return the id of the user as which the app posts."""
        return "U0" + (re.sub(r"[^A-Z0-9]", "", self.name.upper()) or "BOT")


def read_app(manifest: Path) -> App:
    """Return the app that a manifest file (JSON) declares.

    ValueError, with the file's name, for a file that is not a manifest; OSError for one that cannot be read.
    """
    try:
        declared = json.loads(manifest.read_text(encoding="utf-8"))
        return app_of(declared)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise ValueError(f"{manifest} is not an app manifest: {error!r}") from error


def app_of(manifest: dict[str, Any]) -> App:
    """Return the app that a manifest declares; what it leaves out is not granted."""
    features = manifest.get("features", {})
    name = features.get("bot_user", {}).get("display_name") or manifest["display_information"]["name"]
    commands = tuple(
        Command(command=one["command"], description=one.get("description", ""), usage_hint=one.get("usage_hint", ""))
        for one in features.get("slash_commands", [])
    )
    shortcuts = tuple(
        Shortcut(
            name=one["name"], callback_id=one["callback_id"], kind=one["type"], description=one.get("description", "")
        )
        for one in features.get("shortcuts", [])
    )
    home = features.get("app_home", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    events = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
    return App(
        name=name,
        commands=commands,
        shortcuts=shortcuts,
        has_home=bool(home.get("home_tab_enabled")),
        has_messages=bool(home.get("messages_tab_enabled")),
        scopes=frozenset(scopes),
        events=frozenset(events),
    )
