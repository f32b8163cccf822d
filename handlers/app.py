"""The Bolt app: our listeners, and what they may ask for by name."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import field
from typing import Final

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calm.brake import BrakeLimits
from engagement.dataclass import dataclass
from handlers import errors
from handlers.at_work import AtWork
from handlers.calm import calm, rollup
from handlers.clock import Clock
from handlers.commands import command as slash_command
from handlers.conversations import buttons, menu, menu_forms, waiting
from handlers.delivery import Deliveries
from handlers.home import digest as home_digest
from handlers.home import learned as home_learned
from handlers.home import noise as home_noise
from handlers.home import presses as home
from handlers.home import roles as home_roles
from handlers.home import start as home_start
from handlers.home import taking_back
from handlers.home import team as home_team
from handlers.home import themes as home_themes
from handlers.home import voice as home_voice
from handlers.improvements import choosing, improvements, themes
from handlers.improvements import forms as improvement_forms
from handlers.listening import places, setup, watches
from handlers.listening.scouts import Scouts
from handlers.polling.looks import Looker
from handlers.records import forgetting, lookups
from handlers.sending import deleted, lost_channels
from handlers.sending.outbox import Outbox
from handlers.team import away, labels, leaving, naming
from handlers.team.roles import guard_settings
from handlers.understanding import unsure
from handlers.voice import approving, writing
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What listeners work with; `_bring` names each of them for injection. `at_work` knows who of them still works."""

    db: Database
    looker: Looker
    outbox: Outbox
    scouts: Scouts
    limits: BrakeLimits
    command: str
    bot_user: str
    clock: Clock
    at_work: AtWork = field(default_factory=AtWork)


# Bolt asks them in this order. What is more than a decision stands before the buttons of cards, which take every act.
LISTENERS: Final[Sequence[Callable[[AsyncApp], None]]] = (
    unsure.register,
    buttons.register,
    waiting.register,
    writing.register,
    approving.register,
    menu.register,
    menu_forms.register,
    setup.register,
    watches.register,
    places.register,
    rollup.register,
    calm.register,
    home.register,
    home_start.register,
    home_digest.register,
    taking_back.register,
    home_learned.register,
    home_team.register,
    home_noise.register,
    home_voice.register,
    home_roles.register,
    home_themes.register,
    away.register,
    naming.register,
    lost_channels.register,
    deleted.register,
    labels.register,
    lookups.register,
    forgetting.register,
    leaving.register,
    choosing.register,
    improvements.register,
    improvement_forms.register,
    themes.register,
)


def build_app(client: AsyncWebClient, desk: Desk) -> AsyncApp:
    """Return the app with every listener registered."""
    # Without a name Bolt takes the file's out of the stack, and reads the source of each frame for it.
    app = AsyncApp(
        name=__name__, client=client, logger=logging.getLogger("slack_bolt"), raise_error_for_unhandled_request=True
    )
    desk.at_work.register(app)
    app.middleware(_bring(desk))
    # Last: what fails before it was not delivered, and may come again.
    app.middleware(Deliveries().once)
    app.middleware(guard_settings)
    for listener in LISTENERS:
        listener(app)
    slash_command.register(app, desk.command)
    errors.register(app)
    # Events that a subscription brings along and that nobody needs yet.
    app.event("message")(_ignore)
    return app


def _bring(desk: Desk) -> Callable[[AsyncBoltContext, Callable[[], Awaitable[None]]], Awaitable[None]]:
    async def bring(context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]) -> None:
        context["db"] = desk.db
        context["looker"] = desk.looker
        context["outbox"] = desk.outbox
        context["scouts"] = desk.scouts
        context["limits"] = desk.limits
        # Not "command": by that name Bolt gives the payload of a slash command.
        context["slash_command"] = desk.command
        context["bot_user"] = desk.bot_user
        context["now"] = desk.clock()
        await next_()

    return bring


async def _ignore() -> None:
    """Take note of an event, and do nothing."""
