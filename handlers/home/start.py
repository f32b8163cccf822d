"""*Start listening* in the App Home: asks for the channel that takes the mentions, in which set-up is opened then."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.payload import Payload, entered
from handlers.sending.channels import is_member
from handlers.views.home.start import CHANNEL, channel_modal
from handlers.views.listening.setup import start_modal
from handlers.views.refusals import NOT_INVITED


def register(app: AsyncApp) -> None:
    """Tell Bolt about the button, and its form."""
    app.action("home.start")(ask_for_channel)
    app.view("home.channel_submit")(open_setup)


async def ask_for_channel(ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
    """Ask where mentions should go."""
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=channel_modal())


async def open_setup(ack: AsyncAck, body: Payload, client: AsyncWebClient, slash_command: str) -> None:
    """Go on with the form of set-up for the channel."""
    wanted = entered(body, CHANNEL)
    if not await is_member(client, wanted):
        await ack(response_action="errors", errors={CHANNEL: NOT_INVITED})
        return
    await ack(response_action="update", view=start_modal(wanted, command=slash_command))
