"""The fetcher as the settings want it."""

from pydantic import SecretStr

from feeds.wire.credentials import Credentials, Login
from feeds.wire.fetch import Fetcher, user_agent
from settings import Settings


def open_fetcher(settings: Settings) -> Fetcher:
    """Return a fetcher with the operator's name, proxy and credentials; an async context manager."""
    return Fetcher(
        user_agent=user_agent(settings.contact),
        allow_private_hosts=settings.allow_private_hosts,
        credentials=credentials_of(settings),
        proxy=settings.feed_proxy.get_secret_value(),
    )


def credentials_of(settings: Settings) -> Credentials:
    """Return what the operator was given by the communities."""
    return Credentials(
        reddit_app=_login(settings.reddit_client_id, settings.reddit_client_secret),
        reddit_feed=_login(settings.reddit_feed_user, settings.reddit_feed_token),
        github_token=settings.github_token.get_secret_value(),
        stack_exchange_key=settings.stackexchange_key.get_secret_value(),
    )


def _login(name: SecretStr, secret: SecretStr) -> Login | None:
    found = Login(name=name.get_secret_value(), secret=secret.get_secret_value())
    return found if found.name and found.secret else None
