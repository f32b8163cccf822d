"""*Track this*: a link in any Slack message becomes a mention."""

import asyncio
from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from engagement.conversations.by_hand import ACTS, FollowUp, Linked
from engagement.conversations.conversation import Sighting
from engagement.watch import Watch
from feeds.identity.linked import post_at
from handlers.conversations.bringing import address_of_card, chosen_watch, meet_owner, show_where
from handlers.conversations.message_links import links_in, words_in
from handlers.listening.scouts import Scouts
from handlers.payload import BadPayloadError, Payload, carried, entered, number_of, team_of, user_of
from handlers.polling.same_story import TELLING
from handlers.sending.outbox import Outbox
from handlers.views.blocks import View
from handlers.views.conversations.by_hand import (
    LINK,
    NEXT,
    NEXT_OF_A_LINK,
    done_modal,
    say_no_link,
    say_nothing_watched,
    say_tracked,
    track_modal,
)
from storage.conversations.by_hand import Brought, bring
from storage.database import Database
from storage.listening.posts import known_post
from storage.listening.watches import watches_of
from storage.understanding.learned import learned_in

TITLE = "Track this"


def register(app: AsyncApp) -> None:
    """Tell Bolt about the shortcut of messages, and its form."""
    app.shortcut("track.message")(track_message)
    app.view("track.submit")(track_chosen)


async def track_message(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    respond: AsyncRespond,
    db: Database,
    outbox: Outbox,
    slash_command: str,
    now: datetime,
) -> None:
    """Track the link of the message at once; where there are several, or several watches, ask which."""
    await ack()
    watches = await db.read(lambda tx: watches_of(tx, team_of(body)))
    message = body.get("message") or {}
    links, words = links_in(message), words_in(message)
    if not watches:
        await respond(text=say_nothing_watched(slash_command), response_type="ephemeral", replace_original=False)
    elif not links:
        answer = say_no_link()
        await respond(text=answer.text, blocks=answer.blocks, response_type="ephemeral", replace_original=False)
    elif len(links) > 1 or len(watches) > 1:
        await client.views_open(trigger_id=body["trigger_id"], view=track_modal(links, words, watches))
    else:
        brought = await track(db, watches[0], links[0], words, FollowUp.TEAM, by=user_of(body), at=now)
        await outbox.redraw(now)
        address = await address_of_card(client, db, brought.conversation_id)
        text = say_tracked(brought.channel, address, is_new=brought.is_new)
        await respond(text=text, response_type="ephemeral", replace_original=False, unfurl_links=False)


async def track_chosen(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, scouts: Scouts, now: datetime
) -> None:
    """Track the link that was chosen in the form."""
    links, words = read_links(body)
    number = number_of(entered(body, LINK))
    follow_up = entered(body, NEXT)
    if number >= len(links) or follow_up not in [*NEXT_OF_A_LINK]:
        raise BadPayloadError("the form offered no such choice")
    watch = chosen_watch(body, await db.read(lambda tx: watches_of(tx, team_of(body))))
    await ack(response_action="update", view=done_modal(TITLE, "⏳ One moment …"))
    await meet_owner(client, db, body, FollowUp(follow_up), now)
    brought = await track(db, watch, links[number], words, FollowUp(follow_up), by=user_of(body), at=now)
    await outbox.redraw(now)

    def said(address: str) -> View:
        return done_modal(TITLE, say_tracked(brought.channel, address, is_new=brought.is_new))

    await show_where(client, body, db, brought, said, settle_seconds=scouts.settle_seconds)


async def track(
    db: Database, watch: Watch, link: Linked, words: str, follow_up: FollowUp, *, by: str, at: datetime
) -> Brought:
    """Make a mention of what stands at the link, as we know it already or else as the message calls it."""
    # Not before somebody needs it: it brings TextBlob.
    from triage.read import read  # noqa: PLC0415

    made = post_at(link.url, title=link.label, text=words)
    if made is None:
        raise BadPayloadError("the link of a message is no web address")
    post, learned = await db.read(lambda tx: (known_post(tx, made), learned_in(tx, watch.workspace_id)))
    reading = await asyncio.to_thread(read, post, watch, learned)
    sighting = Sighting(watch=watch, post=post, term="", reading=reading)
    return await db.transact(lambda tx: bring(tx, sighting, ACTS[follow_up], by=by, at=at, telling=TELLING))


def read_links(body: Payload) -> tuple[list[Linked], str]:
    """Return the links that the form offered, and the words of their message. Raises BadPayloadError."""
    offer = carried(body)
    try:
        return [Linked(url=str(url), label=str(label)) for url, label in offer["links"]], str(offer["words"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadPayloadError("the form does not say what it offered") from error
