"""Settings of who we are, who is away, and what we call others."""

from typing import Final

from engagement.records.lookup import Topic
from engagement.team.team import Teammate
from handlers.home.visit import Visit
from handlers.views import blocks
from handlers.views.home.settings import Section, first_lines
from handlers.views.mrkdwn import inline, some, user, when
from handlers.views.team.labels import on_how_many
from storage.database import Tx
from storage.team.availability import availability_of
from storage.team.labels import labels_of
from storage.team.teammates import teammates_of

TEAM_AT_MOST: Final = 12
HANDLES_AT_MOST: Final = 5
LABELS_AT_MOST: Final = 12


def teammates(tx: Tx, visit: Visit) -> Section:
    """Say who of us answers where, under which name."""
    mates = teammates_of(tx, visit.workspace_id)
    nobody = "Nobody yet. Once I know your names in the communities, I see your replies by myself."
    add = blocks.button("Add a name…", "team.name", "name")
    forget = blocks.button("Forget names…", "team.forget", "forget")
    has_names = any(mate.handles for mate in mates)
    return Section(
        topic=Topic.TEAM,
        said=first_lines([_teammate(mate) for mate in mates], TEAM_AT_MOST) or nobody,
        buttons=(add, forget) if has_names else (add,),
    )


def _teammate(mate: Teammate) -> str:
    names = [f"{inline(handle.name)} on {inline(handle.community)}" for handle in mate.handles]
    return f"• {user(mate.slack_user)}: {some(names, HANDLES_AT_MOST) if names else 'no names yet'}"


def absence(tx: Tx, visit: Visit) -> Section:
    """Say whether whoever looks is away, and who has their replies."""
    me = availability_of(tx, visit.workspace_id, visit.user)
    if not me.is_away(visit.now) or me.away_until is None:
        said = "You are here. While you are away, nothing is given to you, and somebody else has your replies."
        return Section(title="Absence", said=said, buttons=(blocks.button("I am away…", "me.away", "away"),))
    who = f"; {user(me.cover)} has your replies" if me.cover else ""
    said = f"You are away until {when(me.away_until, '{date_short_pretty}')}{who}."
    return Section(title="Absence", said=said, buttons=(blocks.button("I am back", "me.back", "back"),))


def labels(tx: Tx, visit: Visit) -> Section:
    """Say which words of its own the team has for people and places, and on how many each stands."""
    lines = [f"• *{inline(label.name)}*: {on_how_many(label)}" for label in labels_of(tx, visit.workspace_id)]
    none = "None yet. A card's *History* gives who wrote it, and where it stood, words of your own."
    drop = blocks.button("Drop a label…", "labels.choose", "drop")
    return Section(
        topic=Topic.LABELS, said=first_lines(lines, LABELS_AT_MOST) or none, buttons=(drop,) if lines else ()
    )
