"""Where only people can see replies: asked of the catalogue of places, and kept beside each conversation."""

from datetime import datetime

from feeds.places.catalogue import Catalogue
from feeds.places.replies import can_see_replies
from storage.database import Database
from storage.turns.unseen import is_any_lost, judge, lose_sight, unjudged


async def tell_what_is_unseen(db: Database, now: datetime, *, catalogue: Catalogue) -> None:
    """Note where replies cannot be seen, and have nobody wait for what is due there: somebody has to look."""
    asked = await db.read(unjudged)
    if asked:
        unseen = {
            each.conversation_id: not can_see_replies(each.community, each.thread_key, each.post_url, catalogue, at=now)
            for each in asked
        }
        await db.transact(lambda tx: judge(tx, unseen))
    if await db.read(lambda tx: is_any_lost(tx, now=now)):
        await db.transact(lambda tx: lose_sight(tx, now=now))
