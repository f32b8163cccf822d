"""The answer to `/ears sources`: every place with how we hear it, and what can be done about it."""

from collections.abc import Sequence
from typing import Final

from engagement.listening.appearances import Unheard
from engagement.listening.places import Place, Sources
from engagement.listening.telling import Ailment
from engagement.listening.trouble import Trouble
from engagement.prose import times
from engagement.records.lookup import Topic
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.listening.hearing import next_try_at
from handlers.views.listening.trouble import sentence
from handlers.views.long_lists import fitting, in_sections
from handlers.views.mrkdwn import NAME_LENGTH, inline, link, separated, some, when
from handlers.views.records.turning import history_button

REASON_LENGTH: Final = 120
URL_LENGTH: Final = 300
PAUSED_AT_MOST: Final = 3
UNHEARD_AT_MOST: Final = 4


def draw_sources(sources: Sources, *, command: str) -> Message:
    """Return every place, those in trouble first, with what can be done; what does not fit is counted.

    The addresses are linked as they are: they must carry no secret any more.
    """
    if not sources.places:
        return blocks.only(f"I do not listen anywhere yet. `{command} watch add` finds places to start with.")
    headline = headline_of(sources)
    lines = lines_of(sources)
    shown = fitting(lines)
    rest = len(lines) - len(shown)
    return Message(
        text=headline,
        blocks=[
            blocks.section(f"*{headline}*"),
            *paused_rows(sources.ailments),
            *in_sections(shown),
            *([blocks.context(f"and {rest:,} more")] if rest else []),
            *_in_grey(sources),
            blocks.actions(
                blocks.button("Add a place…", "places.add", "add", primary=True),
                blocks.button("Leave places…", "places.leave", "leave"),
                history_button(Topic.PLACES),
            ),
        ],
    )


def headline_of(sources: Sources) -> str:
    """Return how many places there are, and how many of them are not well."""
    sick = sum(place.failures > 0 for place in sources.places)
    paused = sum(each.kind is Trouble.GONE for each in sources.ailments)
    return ", ".join(
        part
        for part in (
            times(len(sources.places), "place"),
            f"{sick:,} not heard at the last try" if sick else "",
            f"{paused:,} closed for good" if paused else "",
        )
        if part
    )


def paused_rows(ailments: Sequence[Ailment]) -> list[Block]:
    """Return the places that are asked no more, each with a button to ask it again."""
    gone = [each for each in ailments if each.kind is Trouble.GONE][:PAUSED_AT_MOST]
    return [
        blocks.section(f"⚠️ {sentence(each)}", blocks.button("Wake", "places.wake", str(each.source_id)))
        for each in gone
    ]


def lines_of(sources: Sources) -> list[str]:
    """Return a line for each place and each trouble, the troubles first."""
    several = len({place.watch for place in sources.places}) > 1
    told = {each.source_id for each in sources.ailments if each.kind is not Trouble.MOVED}
    sick_first = sorted(sources.places, key=lambda place: (-place.failures, place.watch, place.name))
    return [
        *(f"⚠️ {sentence(each)}" for each in sources.ailments if each.kind is not Trouble.GONE),
        *(_line(place, with_watch=several) for place in sick_first if place.source_id not in told),
    ]


def _line(place: Place, *, with_watch: bool) -> str:
    name = f"*{link(place.url, place.name, limit=NAME_LENGTH, longest=URL_LENGTH)}*"
    watch = f"for {inline(place.watch)}" if with_watch else ""
    heard = f"heard {when(place.last_heard_at)}" if place.last_heard_at else "never heard yet"
    if place.failures:
        reason = inline(place.last_error, REASON_LENGTH).rstrip(".") or "no answer"
        return separated([f"⚠️ {name}", watch, f"{reason}, {heard}", next_try_at(place.next_poll_at)])
    if place.last_heard_at is None and place.next_poll_at:
        return separated([f"• {name}", watch, f"first look {when(place.next_poll_at)}"])
    return separated([f"• {name}", watch, heard, times(place.posts, "post")])


def _unheard(place: Unheard) -> str:
    seen = times(place.posts, "post") if place.posts else times(place.links, "link")
    return f"{link(place.page, place.place, limit=NAME_LENGTH, longest=URL_LENGTH)} ({seen})"


def _in_grey(sources: Sources) -> list[Block]:
    """Return what else there is to know: the team's own posts, and where we appear without listening."""
    said = []
    if sources.team_feeds:
        said.append(f"I also read the team's own posts in {times(sources.team_feeds, 'place')}.")
    if sources.unheard:
        named = [_unheard(each) for each in sources.unheard]
        said.append(f"People also talk about us where I do not listen yet: {some(named, UNHEARD_AT_MOST)}.")
    return [blocks.context(line) for line in said]
