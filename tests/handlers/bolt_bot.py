"""The app behind real Bolt, with the payloads that Slack would send it: what presses and forms answer at once."""

import json
from functools import partial

from builders import NOW
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calm.brake import BrakeLimits
from handlers.app import Desk, build_app
from handlers.sending.draw import draw
from handlers.sending.outbox import Outbox
from sandbox.manifest import BOT_TOKEN

TEAM, MENTIONS = "T0SANDBOX", "C0MENTIONS"
SAM, MAYA, FINN = "U0SAM", "U0MAYA", "U0FINN"
TRIGGER = "trigger {}"


class BoltBot:
    """The app on a database and a sandbox, and the payloads that Slack would send it."""

    def __init__(self, slack, db) -> None:
        self.slack, self.db = slack, db
        self._deliveries = 0
        client = AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url)
        outbox = Outbox(db, lambda _: client, draw=partial(draw, command="/ears"))
        self.app = build_app(
            client,
            Desk(
                db=db,
                looker=None,
                outbox=outbox,
                scouts=None,
                limits=BrakeLimits(),
                command="/ears",
                bot_user="U0TWOEARS",
                clock=lambda: NOW,
            ),
        )

    async def read(self, function, *args, **facts):
        return await self.db.read(lambda tx: function(tx, *args, **facts))

    async def write(self, function, *args, **facts):
        return await self.db.transact(lambda tx: function(tx, *args, **facts))

    async def dispatch(self, by, **payload):
        """Send a payload, as Slack does, and return what the app answers at once."""
        self._deliveries += 1
        body = {
            "team": {"id": TEAM},
            "user": {"id": by, "team_id": TEAM},
            "api_app_id": "A1",
            "token": "t",
            "trigger_id": TRIGGER.format(self._deliveries),
            **payload,
        }
        response = await self.app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
        return json.loads(response.body) if response.body else {}

    async def press(self, action_id, value, *, by):
        action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
        channel = {"channel": {"id": MENTIONS}, "container": {"type": "message", "channel_id": MENTIONS}}
        return await self.dispatch(by, type="block_actions", actions=[action], **channel)

    async def submit(self, callback_id, entered, carried, *, by):
        """Submit a form: what is entered is text, a list of people, or what the element of the field would say."""
        values = {name: {name: _state(value)} for name, value in entered.items()}
        view = {
            "id": "V1",
            "type": "modal",
            "callback_id": callback_id,
            "private_metadata": json.dumps(carried),
            "state": {"values": values},
        }
        return await self.dispatch(by, type="view_submission", view=view)

    async def told(self, by, words):
        """Wait until one person alone was told this; it may come after the acknowledgement."""
        return await self.slack.wait_for_ephemeral(to=by, containing=words)


def _state(value):
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return {"type": "multi_users_select", "selected_users": value}
    return {"type": "plain_text_input", "value": value}


def chosen(value):
    return {"type": "static_select", "selected_option": {"value": value}}


def several(*values):
    return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}
