"""Secrets and operating settings, from the environment and `.env`. Everything else is edited in Slack."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from engagement.calendar import Schedule, zone_of
from engagement.calm.brake import CARDS_PER_HOUR, UNTOUCHED
from engagement.product import DEFAULT_COMMAND

# Each proves nothing without its other half.
PAIRS = (
    ("reddit_client_id", "reddit_client_secret"),
    ("reddit_feed_user", "reddit_feed_token"),
    ("webhook_url", "webhook_secret"),
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class BadSettingsError(Exception):
    """One or more settings are wrong or missing; the message lists all of them, one a line."""


class _Tokens(BaseSettings):
    """The two tokens, judged also where another setting is wrong."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    slack_bot_token: SecretStr = Field(default=SecretStr(""), description="Bot token of your Slack app (xoxb-...)")
    slack_app_token: SecretStr = Field(
        default=SecretStr(""), description="App-level token with connections:write (xapp-...)"
    )

    def problems(self) -> list[str]:
        """Return what is wrong with the tokens, each with what to do; empty when both look right."""
        return [
            *_token_problem("SLACK_BOT_TOKEN", self.slack_bot_token, "xoxb-", "OAuth & Permissions"),
            *_token_problem("SLACK_APP_TOKEN", self.slack_app_token, "xapp-", "Basic Information, App-Level Tokens"),
        ]


class Settings(_Tokens):
    """Every setting of the bot; each name in upper case is the environment variable."""

    slack_api_url: AnyHttpUrl = Field(
        default=AnyHttpUrl("https://slack.com/api/"), description="Where Slack's Web API is"
    )
    slack_command: str = Field(default=DEFAULT_COMMAND, pattern=r"^/[a-z0-9_-]{1,31}$", description="The slash command")
    database_url: SecretStr = Field(default=SecretStr("sqlite:///two-ears.db"), description="Where the bot remembers")
    poll_every_seconds: int = Field(default=600, ge=1, le=86_400, description="How often each place is looked at")
    poll_workers: int = Field(default=20, ge=1, le=200, description="How many places are looked at side by side")
    contact: str = Field(default="", max_length=200, description="A URL or mail address for operators of polled sites")
    allow_private_hosts: bool = Field(default=False, description="Poll hosts of private networks as well")
    feed_proxy: SecretStr = Field(default=SecretStr(""), description="The proxy that places are looked at through")
    reddit_client_id: SecretStr = Field(default=SecretStr(""), description="The id of your Reddit app")
    reddit_client_secret: SecretStr = Field(default=SecretStr(""), description="The secret of your Reddit app")
    reddit_feed_user: SecretStr = Field(default=SecretStr(""), description="The user of your private Reddit feeds")
    reddit_feed_token: SecretStr = Field(default=SecretStr(""), description="The token of your private Reddit feeds")
    github_token: SecretStr = Field(default=SecretStr(""), description="A GitHub token without any scope")
    stackexchange_key: SecretStr = Field(default=SecretStr(""), description="The key of your Stack Exchange app")
    webhook_url: SecretStr = Field(default=SecretStr(""), description="Who is told, signed, of what the team decides")
    webhook_secret: SecretStr = Field(default=SecretStr(""), description="What that is signed with (whsec_...)")
    places_file: Path | None = Field(default=None, description="A catalogue of your own for Start listening")
    cards_per_hour: int = Field(
        default=CARDS_PER_HOUR, ge=1, le=1000, description="The brake: new cards an hour a channel"
    )
    untouched_cards: int = Field(default=UNTOUCHED, ge=1, le=1000, description="The brake: cards nobody has decided on")
    digest_day: str = Field(default="Monday", description="Day of the weekly digest")
    digest_hour: int = Field(default=9, ge=0, le=23, description="Hour of the weekly digest")
    digest_channel: str = Field(default="", pattern=r"^([CG][A-Z0-9]+)?$", description="Channel id of the digest")
    time_zone: str = Field(default="UTC", description="IANA name of the team's time zone")
    log_level: Annotated[str, Field(pattern=r"(?i)^(debug|info|warning|error)$")] = Field(
        default="INFO", description="How much is logged"
    )

    @field_validator("digest_day")
    @classmethod
    def _a_day(cls, value: str) -> str:
        if value.lower() not in DAYS:
            raise ValueError("must be a day of the week, such as Monday")
        return value.title()

    @field_validator("time_zone")
    @classmethod
    def _a_zone(cls, value: str) -> str:
        zone_of(value)
        return value

    @field_validator("places_file")
    @classmethod
    def _a_file(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError(f"there is no file {value}")
        return value

    @field_validator("feed_proxy")
    @classmethod
    def _a_proxy(cls, value: SecretStr) -> SecretStr:
        if text := value.get_secret_value():
            try:
                parts = urlsplit(text)
                is_proxy = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
            except ValueError:
                is_proxy = False
            if not is_proxy:
                raise ValueError("must be the address of an HTTP proxy, such as http://proxy.example:3128")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _a_key(cls, value: SecretStr) -> SecretStr:
        if text := value.get_secret_value():
            from engagement.sending.webhook import key_bytes  # noqa: PLC0415 - few have one; it loads a room of ours

            key_bytes(text)
        return value

    @field_validator(*(name for pair in PAIRS for name in pair), "github_token", "stackexchange_key")
    @classmethod
    def _plain(cls, value: SecretStr) -> SecretStr:
        # It goes into a header or an address.
        if any(not "!" <= character <= "~" for character in value.get_secret_value()):
            raise ValueError("must be letters, digits and signs without spaces: copy it again")
        return value

    @model_validator(mode="after")
    def _both_halves(self) -> Self:
        halves = [[name for name in pair if getattr(self, name).get_secret_value()] for pair in PAIRS]
        for pair, given in zip(PAIRS, halves, strict=True):
            if len(given) == 1:
                missing = next(name for name in pair if name not in given)
                raise ValueError(f"{given[0].upper()} needs {missing.upper()} beside it; give both or none")
        return self

    @model_validator(mode="after")
    def _told_in_private(self) -> Self:
        url = self.webhook_url.get_secret_value()
        if not url:
            return self
        try:
            parts = urlsplit(url)
            is_address = bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_address = False
        if not is_address or parts.scheme not in ("http", "https"):
            raise ValueError("WEBHOOK_URL must be a web address")
        if parts.scheme == "http" and not self.allow_private_hosts and not _is_private(parts.hostname or ""):
            raise ValueError("WEBHOOK_URL must begin with https://; without it only inside your own network")
        return self

    @property
    def schedule(self) -> Schedule:
        """When the weekly digest is due."""
        return Schedule(
            weekday=DAYS.index(self.digest_day.lower()), hour=self.digest_hour, zone=zone_of(self.time_zone)
        )

    @classmethod
    def load(cls, *, with_slack: bool, **changes: Any) -> Self:
        """Read the settings, `changes` before the environment.

        BadSettingsError lists everything that is wrong, the tokens included if `with_slack`.
        """
        try:
            settings = cls(**changes)
        except ValidationError as error:
            tokens = _Tokens().problems() if with_slack else []
            raise BadSettingsError("\n".join([*map(_sentence, error.errors()), *tokens])) from None
        if with_slack and (problems := settings.problems()):
            raise BadSettingsError("\n".join(problems))
        return settings


def _is_private(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return False


def _token_problem(name: str, token: SecretStr, prefix: str, where: str) -> list[str]:
    value = token.get_secret_value()
    if not value:
        return [f"{name} is missing: copy it from your app's page at api.slack.com/apps, {where}."]
    if not value.startswith(prefix):
        return [f"{name} must begin with {prefix}: copy it again from your app's page, {where}."]
    return []


def _sentence(error: Any) -> str:
    """Return one pydantic error in one line, without the value: it may be a secret."""
    message = error["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{str(error['loc'][0]).upper()}: {message}." if error["loc"] else f"{message}."
