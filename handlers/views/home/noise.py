"""The noise lists in the settings: how they stand, their form, and what they left out."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from engagement.calm.mute import Mute, MuteScope
from engagement.calm.noise import NOISE_SCOPES, LeftOut, NoiseLists, entry_of, printed
from engagement.prose import times
from engagement.watch import Watch
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.home.mutes import say_mute
from handlers.views.mrkdwn import in_lines, inline, link, separated, some, when

SHOW: Final = "noise.show"
ENTRIES_AT_MOST: Final = 5
LEFT_OUT_AT_MOST: Final = 20
TITLE_LENGTH: Final = 80
URL_LENGTH: Final = 300
LABEL: Final[Mapping[MuteScope, str]] = {
    MuteScope.TERM: "Words",
    MuteScope.SITE: "Sites",
    MuteScope.AUTHOR: "People",
    MuteScope.COMMUNITY: "Communities",
}
_EXAMPLE: Final[Mapping[MuteScope, str]] = {
    MuteScope.TERM: "giveaway\ntide tables",
    MuteScope.SITE: "weather.example",
    MuteScope.AUTHOR: "u/name on r/selfhosted",
    MuteScope.COMMUNITY: "r/surfing",
}
_HINT: Final[Mapping[MuteScope, str]] = {
    MuteScope.TERM: "One a line. A post with any of these, in its title or its text, is left out.",
    MuteScope.SITE: "One a line, without a path. What stands there, or below it, is left out.",
    MuteScope.AUTHOR: "One a line: a name as it is written there, everywhere or on one community.",
    MuteScope.COMMUNITY: "One a line, as cards call them; Reddit is all of its communities.",
}


def say_lists(mutes: Sequence[Mute]) -> str:
    """Return what mutes list, a line for each sort and watch: "• Words: “giveaway”, “tide tables”"."""
    lines = []
    oldest_first = sorted(mutes, key=lambda mute: mute.id)
    for watch in sorted({mute.watch for mute in mutes}):
        for scope in NOISE_SCOPES:
            named = [_named(mute) for mute in oldest_first if mute.scope is scope and mute.watch == watch]
            of_one = f" for *{inline(watch)}*" if watch else ""
            lines += [f"• {LABEL[scope]}{of_one}: {some(named, ENTRIES_AT_MOST)}"] if named else []
    return in_lines(*lines)


def _named(mute: Mute) -> str:
    entry = inline(printed(entry_of(mute)))
    said = f"“{entry}”" if mute.scope is MuteScope.TERM else entry
    return f"{said} (until {when(mute.until)})" if mute.until else said


def noise_modal(lists: NoiseLists, watch: Watch | None = None) -> View:
    """Return the form of the lists of all watches, or of one; submitted, it says what it was drawn from."""
    about = f"For *{inline(watch.name)}* alone." if watch else "For all that you listen for."
    kept = f" {times(lists.hidden, 'older entry', 'older entries')} more than fit in here stay as they are."
    return blocks.form(
        "Leave out" if watch else "Noise",
        [
            blocks.section(
                f"{about} What these leave out gets no card, and nobody waits because of it. I keep and count it, and "
                f"*What was left out…* in my settings lists it.{kept if lists.hidden else ''}"
            ),
            *(_field(scope, lists) for scope in NOISE_SCOPES),
        ],
        submit="Save",
        callback_id="watch.noise_submit" if watch else "settings.noise_submit",
        private_metadata=json.dumps({"watch": lists.watch_id, "version": lists.version}),
    )


def _field(scope: MuteScope, lists: NoiseLists) -> Block:
    return blocks.field(
        scope.value,
        LABEL[scope],
        blocks.text_input(scope.value, _EXAMPLE[scope], multiline=True, value=lists.text_of(scope)),
        hint=_HINT[scope],
        optional=True,
    )


def left_out_modal(latest: Sequence[LeftOut], *, this_week: int, said: str = "") -> View:
    """Return the latest that was left out, each with what did it and a button that shows its card.

    `said` is what came of a press before.
    """
    rows = latest[:LEFT_OUT_AT_MOST]
    head = f"{times(this_week, 'mention')} left out in the last seven days." if rows else "Nothing was left out yet."
    more = "The latest stand here; search finds the older ones, too." if len(latest) > LEFT_OUT_AT_MOST else ""
    return blocks.modal(
        "Left out",
        [
            *([blocks.section(said)] if said else []),
            blocks.section(head),
            *(blocks.section(_line(each), blocks.button("Show its card", SHOW, str(each.mention_id))) for each in rows),
            *([blocks.context(more)] if more else []),
        ],
    )


def _line(left_out: LeftOut) -> str:
    title = link(left_out.url, left_out.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)
    facts = [inline(left_out.community), inline(left_out.author), when(left_out.at, "{date_short_pretty}")]
    return in_lines(f"*{title}*", separated(facts), f"Left out: {say_mute(left_out.mute)}")
