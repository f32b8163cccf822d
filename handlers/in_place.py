"""A view in the place of the one that was pressed, or of the form that was sent."""

import logging
from typing import Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.clients import FAILED_CALL, reason_of, word_of
from handlers.payload import Payload
from handlers.views.blocks import View

log = logging.getLogger(__name__)

# Somebody pressed again, or closed the view.
NOT_THERE: Final = ("hash_conflict", "not_found")


async def show_in_place(client: AsyncWebClient, body: Payload, view: View) -> None:
    """Show a view in place of the pressed one, unless it was closed meanwhile, or another took its place."""
    try:
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)
    except SlackApiError as error:
        if (word := word_of(error)) not in NOT_THERE:
            raise
        log.info("the view was changed or closed meanwhile", extra={"reason": word})


async def show_result(client: AsyncWebClient, body: Payload, result: View) -> bool:
    """Show the result in the form that was used; False where somebody closed it meanwhile, perhaps: nobody sees it."""
    try:
        await client.views_update(view_id=body["view"]["id"], view=result)
    except FAILED_CALL as error:
        log.info("nobody saw the result of a form", extra={"reason": reason_of(error)})
        return False
    return True
