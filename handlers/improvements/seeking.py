"""The field of a form that looks for an improvement by its name."""

from slack_sdk.web.async_client import AsyncWebClient

from handlers.in_place import show_in_place
from handlers.payload import Payload
from handlers.views.blocks import View

LONGEST_WORDS = 100


def sought_words(body: Payload) -> str:
    """Return the words by which somebody looks for an improvement in a form."""
    return " ".join(str(body["actions"][0].get("value") or "").split())[:LONGEST_WORDS]


async def show_found(client: AsyncWebClient, body: Payload, found: View | str) -> None:
    """Have the form offer what was found; one that is out of date stays, and says so when it is sent."""
    if not isinstance(found, str):
        await show_in_place(client, body, found)
