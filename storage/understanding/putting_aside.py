"""How far what *Not us* has taught may put posts aside: as many as taught it, until people have answered."""

from dataclasses import replace
from datetime import datetime

from engagement.conversations.conversation import Sighting
from engagement.understanding.beside import PUT_ASIDE_WITHIN, may_be_put_aside, say_shown
from storage.conversations.copies import STORY
from storage.database import Tx, the_row
from storage.stamps import stamp

# What the rules of the watch would have shown: the words of what opened it say what was learned.
WAITING = f"""SELECT COUNT(DISTINCT {STORY}) AS number
  FROM conversation JOIN mention ON mention.id = (
    SELECT MIN(opening.id) FROM mention AS opening WHERE opening.conversation_id = conversation.id)
  WHERE conversation.watch_id = :watch_id AND conversation.unsure = 1 AND conversation.opened_at >= :since
    AND conversation.dismissed_by = '' AND conversation.mute_id = 0 AND mention.taught <> ''"""  # noqa: S608 - a constant
JUDGED = "SELECT COUNT(DISTINCT story_id) AS number FROM us_verdict WHERE watch_id = :watch_id AND is_us = 0"


def shown_or_put_aside(tx: Tx, sighting: Sighting, *, at: datetime) -> Sighting:
    """Return a sighting as it is to be taken in: what was learned makes nothing unsure that nobody could answer for.

    One that is shown all the same says why.
    """
    if sighting.sure or not sighting.taught:
        return sighting
    watch_id = sighting.watch.id
    waiting = the_row(tx, WAITING, watch_id=watch_id, since=stamp(at - PUT_ASIDE_WITHIN))["number"]
    judged = the_row(tx, JUDGED, watch_id=watch_id)["number"]
    if may_be_put_aside(waiting=waiting, judged=judged):
        return sighting
    return replace(sighting, sure=True, taught=say_shown(sighting.taught, waiting=waiting))
