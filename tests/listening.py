"""A team that listens for something in some places: what most tests that look into a database begin with."""

from builders import CHANNEL, NOW, TEAM, a_schedule

from engagement.watch import NewWatch, Terms
from storage.listening.listening import listen_to
from storage.listening.watches import save_watch
from storage.workspaces import remember_workspace


def remember_team(tx, workspace_id=TEAM, *, at=NOW, **facts):
    """Remember a workspace that the bot was installed in."""
    given = {"name": "T", "bot_user": "U0", "schedule": a_schedule(), "digest_channel": ""}
    return remember_workspace(tx, workspace_id=workspace_id, at=at, **(given | facts))


def watch_for(tx, name="Tidewiki", *, workspace_id=TEAM, channel=CHANNEL, terms=None, by="U1", at=NOW, **facts):
    """Save a watch for a name."""
    wanted = NewWatch(channel=channel, name=name, terms=terms or Terms(names=(name,)), **facts)
    return save_watch(tx, workspace_id, wanted, by=by, at=at)


def listen(tx, *sources, name="Tidewiki", interval_seconds=600, at=NOW, **watch):
    """Listen for a name in these places, and return the numbers of their sources."""
    return listen_to(tx, watch_for(tx, name, at=at, **watch).id, sources, interval_seconds=interval_seconds, at=at)
