"""One use of the slash command, and what its words are answered with."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from engagement.dataclass import dataclass
from handlers.polling.looks import Looker
from handlers.views.blocks import Message, View
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asked what, where and when; `rest` is what stands behind the word, as it was typed.

    `client` and `respond` are for whoever has more to say than one answer, `looker` looks at threads for it.
    """

    workspace_id: str
    user: str
    channel: str
    command: str
    rest: str
    now: datetime
    client: AsyncWebClient
    respond: AsyncRespond
    looker: Looker


# A message is shown to the asker alone, a form is opened.
Answer = Callable[[Database, Asked], Awaitable[Message | View]]
