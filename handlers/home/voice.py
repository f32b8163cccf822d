"""The forms of the voice in the settings: the guide, and the rules of one community."""

from datetime import datetime
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.voice.guide import (
    DRAFT_LENGTH,
    LATE_DAYS_AT_MOST,
    LINKS_AT_MOST,
    LIST_LENGTH,
    PHRASE_LENGTH,
    RULE_LENGTH,
    SOUNDS_LENGTH,
    CommunityRules,
    Disclosure,
    Guide,
    Promotion,
    Rule,
    listed,
    too_long,
)
from handlers.home.showing import end_form
from handlers.payload import (
    BadPayloadError,
    Payload,
    carried,
    choice_of,
    entered,
    number_of,
    team_of,
    ticked,
    user_of,
    version_of,
)
from handlers.views.home import voice as views
from handlers.views.home.filters import VALUE_LENGTH
from handlers.views.refusals import OUTDATED
from storage.conversations.queue import communities_of
from storage.database import Database, Tx
from storage.voice.guide import find_guide, save_community, save_guide

COMMUNITIES_AT_MOST: Final = 100
TOO_MANY: Final = f"At most {LIST_LENGTH} words or phrases, each of at most {PHRASE_LENGTH} characters."
TOO_LONG: Final = "That is too long."


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons of the voice, and their forms."""
    app.action("voice.guide")(open_guide)
    app.view("voice.guide_submit")(keep_guide)
    app.action("voice.community")(ask_which_community)
    app.view("voice.community_picked")(open_community)
    app.view("voice.community_submit")(keep_community)


async def open_guide(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Ask how the team wants to sound."""
    await ack()
    guide = await db.read(lambda tx: find_guide(tx, team_of(body)))
    await client.views_open(trigger_id=body["trigger_id"], view=views.guide_modal(guide))


async def keep_guide(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Keep the guide as it was entered, unless somebody changed it meanwhile."""
    guide, team, by = read_guide(body), team_of(body), user_of(body)
    problems = {
        **({views.SOUNDS: TOO_LONG} if len(guide.sounds_like) > SOUNDS_LENGTH else {}),
        **({views.BANNED: TOO_MANY} if too_long(guide.banned) else {}),
        **({views.DISCLOSING: TOO_MANY} if too_long(guide.disclosing) else {}),
    }
    if not problems and not await db.transact(lambda tx: save_guide(tx, team, guide, by=by, at=now)):
        problems = {views.SOUNDS: OUTDATED}
    await end_form(ack, body, client, db, problems, now)


async def ask_which_community(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Ask for which community rules are wanted: where we were heard of, and all of Reddit where it is among them."""
    await ack()
    heard = await db.read(lambda tx: _communities(tx, team_of(body)))
    await client.views_open(trigger_id=body["trigger_id"], view=views.which_community_modal(heard))


def _communities(tx: Tx, team: str) -> list[str]:
    known = [rules.community for rules in find_guide(tx, team).communities]
    heard = communities_of(tx, team, limit=COMMUNITIES_AT_MOST)
    reddit = ["Reddit"] if any(each.startswith("r/") for each in heard) else []
    return list({each.casefold(): each for each in [*reddit, *heard, *known]}.values())


async def open_community(ack: AsyncAck, body: Payload, db: Database) -> None:
    """Go on with the rules of the community that was chosen."""
    community = _short(entered(body, views.COMMUNITY))
    guide = await db.read(lambda tx: find_guide(tx, team_of(body)))
    own = [rules for rules in guide.communities if rules.community.casefold() == community.casefold()]
    rules = own[0] if own else CommunityRules(community=community)
    await ack(response_action="update", view=views.community_modal(rules))


async def keep_community(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Keep the rules of a community, unless somebody changed them meanwhile."""
    rules, team, by = read_community(body), team_of(body), user_of(body)
    problems = {views.WORDING: TOO_LONG} if len(rules.wording) > RULE_LENGTH else {}
    if not problems and not await db.transact(lambda tx: save_community(tx, team, rules, by=by, at=now)):
        problems = {views.WORDING: OUTDATED}
    await end_form(ack, body, client, db, problems, now)


# ---- what was entered ----------------------------------------------------------------------------------------------


def read_guide(body: Payload) -> Guide:
    """Return the guide as it was entered. Raises BadPayloadError."""
    return Guide(
        sounds_like=entered(body, views.SOUNDS),
        banned=listed(entered(body, views.BANNED)),
        disclosure=choice_of(Disclosure, entered(body, views.DISCLOSURE)),
        disclosing=listed(entered(body, views.DISCLOSING)),
        longest=_number(body, views.LONGEST, most=DRAFT_LENGTH),
        links=_number(body, views.LINKS, most=LINKS_AT_MOST),
        hard=frozenset(choice_of(Rule, each) for each in ticked(body, views.HARD)),
        version=version_of(body),
    )


def read_community(body: Payload) -> CommunityRules:
    """Return the rules of a community as they were entered. Raises BadPayloadError."""
    return CommunityRules(
        community=_short(carried(body).get("community")),
        longest=_number(body, views.LONGEST, most=DRAFT_LENGTH),
        links=_number(body, views.LINKS, most=LINKS_AT_MOST),
        promotion=choice_of(Promotion, entered(body, views.PROMOTION)),
        wording=entered(body, views.WORDING),
        approval=bool(ticked(body, views.APPROVAL)),
        late_days=_number(body, views.LATE, most=LATE_DAYS_AT_MOST),
        version=version_of(body),
    )


def _number(body: Payload, name: str, *, most: int) -> int | None:
    """Return a number that may be left out; Slack keeps it within its limits, and a stranger may not."""
    number = number_of(entered(body, name)) if entered(body, name) else None
    if number is not None and number > most:
        raise BadPayloadError("a number is larger than its field takes")
    return number


def _short(community: object) -> str:
    if not isinstance(community, str) or not 0 < len(community) <= VALUE_LENGTH:
        raise BadPayloadError("the form names no community")
    return community
