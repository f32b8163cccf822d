"""Somebody is away: nothing is assigned to them, and what they promised goes to whoever covers, or back to the team."""

from datetime import datetime

from engagement.dataclass import dataclass
from engagement.team.handover import heir_of, is_barred
from storage.database import Tx, the_row
from storage.records.history import write_history
from storage.stamps import stamp_or_none
from storage.team.availability import availability_of
from storage.team.handover import hand_over
from storage.voice.guide import find_roles


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """How many promises went to whoever covers, and how many back to the team.

    `barred`: whoever was to cover may not answer for the team, so nobody does.
    """

    covered: int = 0
    handed_back: int = 0
    barred: bool = False


def go_away(tx: Tx, workspace_id: str, slack_user: str, *, until: datetime, cover: str, at: datetime) -> HandedOver:
    """Note that somebody is away, and hand over what they promised; `cover` is empty where nobody has it meanwhile."""
    roles = find_roles(tx, workspace_id)
    barred = is_barred(cover, roles)
    _keep(tx, workspace_id, slack_user, until=until, cover="" if barred else cover, at=at)
    heir = heir_of(slack_user, availability_of(tx, workspace_id, cover), roles, at=at)
    moved = len(hand_over(tx, workspace_id, slack_user, heir=heir, by=slack_user, at=at))
    return HandedOver(covered=moved) if heir else HandedOver(handed_back=moved, barred=barred)


def come_back(tx: Tx, workspace_id: str, slack_user: str, *, at: datetime) -> None:
    """Note that somebody is here again. What was handed over stays where it is."""
    _keep(tx, workspace_id, slack_user, until=None, cover="", at=at)


def _keep(tx: Tx, workspace_id: str, slack_user: str, *, until: datetime | None, cover: str, at: datetime) -> None:
    before = availability_of(tx, workspace_id, slack_user)
    row = the_row(
        tx,
        """INSERT INTO teammate (workspace_id, slack_user, name, away_until, cover)
           VALUES (:workspace_id, :slack_user, :slack_user, :until, :cover)
           ON CONFLICT (workspace_id, slack_user)
           DO UPDATE SET away_until = excluded.away_until, cover = excluded.cover RETURNING id""",
        workspace_id=workspace_id,
        slack_user=slack_user,
        until=stamp_or_none(until),
        cover=cover,
    )
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="teammate",
        object_id=row["id"],
        act="away" if until else "back",
        actor=slack_user,
        at=at,
        before={"away_until": stamp_or_none(before.away_until), "cover": before.cover},
        after={"slack_user": slack_user, "away_until": stamp_or_none(until), "cover": cover},
    )
