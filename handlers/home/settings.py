"""The settings in the App Home: a topic is a function of the rows, listed in SECTIONS.

To add one, write a function that returns its `Section`, and name it in SECTIONS. The button's `action_id` is listened
to where its form is; what the form changes calls `handlers.home.showing.show_home` when it is done.
"""

from collections.abc import Callable, Sequence
from typing import Final

from engagement.calendar import DAY_NAMES
from engagement.digest.voices import Unlisted
from engagement.records.lookup import Topic
from engagement.team.team import Teammate
from engagement.watch import Watch
from engagement.workspace import digest_goes_to
from handlers.home.learned import learned
from handlers.home.noise import noise
from handlers.home.visit import Visit
from handlers.understanding.bad_queries import bad_queries
from handlers.views import blocks
from handlers.views.calm.calm import calm_said
from handlers.views.home.changes import say_change
from handlers.views.home.roles import roles_said
from handlers.views.home.settings import Section
from handlers.views.home.themes import say_theme
from handlers.views.home.voice import guide_said
from handlers.views.listening.hearing import sick_lines, verdict
from handlers.views.mrkdwn import channel, in_lines, inline, some, user, when
from handlers.views.records.turning import history_button
from handlers.views.team.labels import on_how_many
from handlers.views.understanding.queries import say_bad_query
from storage.calm.calm import find_calm
from storage.database import Tx
from storage.digest.unlisted import unlisted_people
from storage.improvements.themes import themes_of
from storage.listening.hearing import how_we_hear
from storage.listening.watches import watches_of
from storage.records.history import changes_of_settings
from storage.team.availability import availability_of
from storage.team.labels import labels_of
from storage.team.teammates import teammates_of
from storage.voice.guide import find_guide, find_roles
from storage.workspaces import asking_workspace

WATCHES_AT_MOST: Final = 10
NAMES_AT_MOST: Final = 3
SICK_AT_MOST: Final = 3
TEAM_AT_MOST: Final = 12
HANDLES_AT_MOST: Final = 5
CHANGES_AT_MOST: Final = 8
LABELS_AT_MOST: Final = 12
THEMES_AT_MOST: Final = 12
UNNAMED_AT_MOST: Final = 8


def sections(tx: Tx, visit: Visit) -> list[Section]:
    """Return every topic as it stands."""
    return [section(tx, visit) for section in SECTIONS]


def watches(tx: Tx, visit: Visit) -> Section:
    """Say what is listened for, and where that goes."""
    mistakes = {watch.id: mistake for watch, mistake in bad_queries(tx, visit.workspace_id)}
    lines = [_watch(watch, mistakes.get(watch.id, "")) for watch in watches_of(tx, visit.workspace_id)]
    more = f"and {len(lines) - WATCHES_AT_MOST:,} more" if len(lines) > WATCHES_AT_MOST else ""
    add = blocks.button("Listen for more…", "home.start", "start")
    change = blocks.button("Change or stop…", "watch.change", "change")
    said = in_lines(*lines[:WATCHES_AT_MOST], more) or "Nothing yet."
    return Section(title="Watches", said=said, buttons=(add, change) if lines else (add,), topic=Topic.WATCHES)


def _watch(watch: Watch, mistake: str) -> str:
    names = some([inline(name) for name in watch.terms.names], NAMES_AT_MOST)
    said = f"• *{inline(watch.name)}* in {channel(watch.channel)}: {names}"
    return in_lines(said, say_bad_query(mistake) if mistake else "")


def places(tx: Tx, visit: Visit) -> Section:
    """Say how well we hear."""
    hearing = how_we_hear(tx, visit.workspace_id, now=visit.now)
    sick = [f"⚠️ {line}" for line in sick_lines(hearing, SICK_AT_MOST)]
    return Section(
        title="Places",
        said=in_lines(verdict(hearing), *sick),
        buttons=(
            *([blocks.button("Every place", "home.places", "1")] if hearing.places else []),
            blocks.button("Add a place…", "places.add", "add"),
            blocks.button("Leave places…", "places.leave", "leave"),
        ),
        topic=Topic.PLACES,
    )


def team(tx: Tx, visit: Visit) -> Section:
    """Say who of us answers where, under which name."""
    mates = teammates_of(tx, visit.workspace_id)
    lines = [_teammate(mate) for mate in mates]
    more = f"and {len(lines) - TEAM_AT_MOST:,} more" if len(lines) > TEAM_AT_MOST else ""
    nobody = "Nobody yet. Once I know your names in the communities, I see your replies by myself."
    add = blocks.button("Add a name…", "team.name", "name")
    forget = blocks.button("Forget names…", "team.forget", "forget")
    has_names = any(mate.handles for mate in mates)
    return Section(
        title="Teammates and names",
        said=in_lines(*lines[:TEAM_AT_MOST], more) or nobody,
        buttons=(add, forget) if has_names else (add,),
        topic=Topic.TEAM,
    )


def absence(tx: Tx, visit: Visit) -> Section:
    """Say whether whoever looks is away, and who has their replies."""
    me = availability_of(tx, visit.workspace_id, visit.user)
    if not me.is_away(visit.now) or me.away_until is None:
        said = "You are here. While you are away, nothing is given to you, and somebody else has your replies."
        return Section(title="Absence", said=said, buttons=(blocks.button("I am away…", "me.away", "away"),))
    who = f"; {user(me.cover)} has your replies" if me.cover else ""
    said = f"You are away until {when(me.away_until, '{date_short_pretty}')}{who}."
    return Section(title="Absence", said=said, buttons=(blocks.button("I am back", "me.back", "back"),))


def _teammate(mate: Teammate) -> str:
    names = [f"{inline(handle.name)} on {inline(handle.community)}" for handle in mate.handles]
    return f"• {user(mate.slack_user)}: {some(names, HANDLES_AT_MOST) if names else 'no names yet'}"


def digest(tx: Tx, visit: Visit) -> Section:
    """Say when and where the weekly digest comes."""
    workspace = asking_workspace(tx, visit.workspace_id)
    schedule = workspace.schedule
    where = digest_goes_to(workspace.digest_channel, watches_of(tx, visit.workspace_id))
    at = f"{DAY_NAMES[schedule.weekday]} at {schedule.hour:02}:00 ({schedule.zone.key})"
    source = f"set by {user(workspace.digest_set_by)}" if workspace.digest_set_by else "as the bot's environment says"
    return Section(
        title="Digest",
        said=f"{at}{f' in {channel(where)}' if where else ''}, {source}",
        buttons=(blocks.button("Change…", "settings.digest", "digest"),),
        topic=Topic.DIGEST,
    )


def calm(tx: Tx, visit: Visit) -> Section:
    """Say when cards come, what is urgent, and when nothing rings."""
    standing = find_calm(tx, visit.workspace_id)
    return Section(
        title="Calm",
        said=calm_said(standing) if standing else "Nothing yet.",
        buttons=(blocks.button("Change…", "calm.open", "calm"),),
        topic=Topic.CALM,
    )


def voice(tx: Tx, visit: Visit) -> Section:
    """Show what the team wants to sound like, everywhere and in each place."""
    return Section(
        title="Voice",
        said=guide_said(find_guide(tx, visit.workspace_id)),
        buttons=(
            blocks.button("Edit the guide…", "voice.guide", "guide"),
            blocks.button("Rules of a place…", "voice.community", "community"),
        ),
        topic=Topic.VOICE,
    )


def roles(tx: Tx, visit: Visit) -> Section:
    """Say who may answer, approve and change these settings."""
    said = roles_said(find_roles(tx, visit.workspace_id), watches_of(tx, visit.workspace_id))
    change = blocks.button("Change…", "voice.roles", "roles")
    return Section(title="Who may do what", said=said, buttons=(change,), topic=Topic.ROLES)


def latest_changes(tx: Tx, visit: Visit) -> Section:
    """Say who changed what lately."""
    lines = [f"• {say_change(change)}" for change in changes_of_settings(tx, visit.workspace_id, limit=CHANGES_AT_MOST)]
    every = (history_button(Topic.SETTINGS, label="Every change"),) if lines else ()
    return Section(title="Latest changes", said=in_lines(*lines) or "None yet.", buttons=every)


def labels(tx: Tx, visit: Visit) -> Section:
    """Say which words of its own the team has for people and places, and on how many each stands."""
    lines = [f"• *{inline(label.name)}*: {on_how_many(label)}" for label in labels_of(tx, visit.workspace_id)]
    more = f"and {len(lines) - LABELS_AT_MOST:,} more" if len(lines) > LABELS_AT_MOST else ""
    none = "None yet. A card's *History* gives who wrote it, and where it stood, words of your own."
    drop = blocks.button("Drop a label…", "labels.choose", "drop")
    said = in_lines(*lines[:LABELS_AT_MOST], more)
    return Section(title="Labels", said=said or none, buttons=(drop,) if lines else (), topic=Topic.LABELS)


def themes(tx: Tx, visit: Visit) -> Section:
    """Say what people keep coming back to, in the team's own words."""
    standing = themes_of(tx, visit.workspace_id)
    lines = [f"• {say_theme(theme)}" for theme in standing]
    more = f"and {len(lines) - THEMES_AT_MOST:,} more" if len(lines) > THEMES_AT_MOST else ""
    none = (
        "None yet. A theme is what several people say, in whatever words; the digest counts who does, and who is new."
    )
    buttons = [
        blocks.button("Add a theme…", "theme.add", "add"),
        blocks.button("What people say…", "theme.suggest", "suggest"),
    ]
    if standing:
        buttons.append(blocks.button("Change or end…", "theme.change", "change"))
        buttons.append(blocks.button("See all themes", "heard.all", "all"))
    said = in_lines(*lines[:THEMES_AT_MOST], more) or none
    return Section(title="Themes", said=said, buttons=tuple(buttons), topic=Topic.THEMES)


def unnamed(tx: Tx, visit: Visit) -> Section:
    """List whom digests do not name, each with a button that takes it back."""
    people = unlisted_people(tx, visit.workspace_id)
    rest = len(people) - UNNAMED_AT_MOST
    none = "The digest may name everybody. A card's *History*, then *Labels…*, takes a person out."
    lines = [
        blocks.section(_unnamed(each), blocks.button("Name again", "settings.name_again", str(each.id)))
        for each in people[:UNNAMED_AT_MOST]
    ]
    more = [blocks.context(f"and {rest:,} older ones")] if rest > 0 else []
    said = "The digest counts these people, and neither lists nor quotes them among people:" if people else none
    return Section(title="Not named", said=said, below=(*lines, *more), topic=Topic.UNNAMED)


def _unnamed(unlisted: Unlisted) -> str:
    by = f", by {user(unlisted.by)}" if unlisted.by else ""
    return f"• {inline(unlisted.person.author)} on {inline(unlisted.person.community)}{by}"


SECTIONS: Final[Sequence[Callable[[Tx, Visit], Section]]] = (
    watches,
    places,
    team,
    absence,
    noise,
    digest,
    calm,
    voice,
    roles,
    labels,
    themes,
    unnamed,
    learned,
    latest_changes,
)
