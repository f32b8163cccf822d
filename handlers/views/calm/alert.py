"""Alerts: something is happening. One emoji, one finding, and the posts to read first; nobody is pinged."""

from typing import Final, assert_never

from engagement.calm.surge import Alert, Lead, Liked, Surge
from engagement.post import Post
from engagement.prose import times
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.conversations.quoting import heading
from handlers.views.mrkdwn import inline, link, separated, when
from handlers.views.words import KIND_EMOJI

TITLE_LENGTH: Final = 100
URL_LENGTH: Final = 800
CLOCK: Final = "{time}"


def draw_alert(alert: Alert) -> Message:
    """Return an alert as it stands; a surge that is over keeps its figures and says since when."""
    match alert:
        case Surge():
            return _surge(alert)
        case Liked():
            return _liked(alert)
        case _:
            assert_never(alert)


def _surge(surge: Surge) -> Message:
    name = f"“{inline(surge.watch)}”"
    if surge.ended_at:
        finding = f"The surge about {name} is over"
        said = f"*{finding}*, as of {when(surge.ended_at, CLOCK)}: {_figures(surge)}."
    else:
        finding = f"Far more than usual about {name}"
        said = f"🌊 *{finding}*: {_figures(surge)}. {_usual(surge.usual)}"
    return Message(
        text=f"{finding}: {times(surge.mentions, 'mention')}",
        blocks=[
            blocks.section(said),
            *[blocks.section(_lead(lead)) for lead in surge.leading],
            *([] if surge.ended_at else [blocks.context("This message follows it, and says when it is over.")]),
        ],
    )


def _figures(surge: Surge) -> str:
    people = f" by {times(surge.people, 'person', 'people')}" if surge.people else ""
    return f"{times(surge.mentions, 'mention')}{people} since {when(surge.began_at)}"


def _usual(usual: float) -> str:
    return f"A usual hour has {round(usual):,}." if usual >= 1 else "A usual hour has less than one."


def _liked(liked: Liked) -> Message:
    post = liked.lead.post
    score = times(post.score or 0, "person likes", "people like")
    finding = f"{score} a post about “{inline(liked.watch)}”"
    return Message(
        text=f"{finding}: {inline(heading(post), TITLE_LENGTH)}",
        blocks=[
            blocks.section(f"📣 *{finding}*\n{_title(post)}"),
            blocks.context(separated([inline(post.community), inline(post.author)])),
        ],
    )


def _lead(lead: Lead) -> str:
    post = lead.post
    facts = [
        inline(post.community),
        inline(post.author),
        f"{post.score:,} like it" if post.score else "",
        f"{lead.mentions:,} mentions in it" if lead.mentions > 1 else "",
    ]
    return f"{KIND_EMOJI[lead.kind]} {_title(post)}\n{separated(facts)}"


def _title(post: Post) -> str:
    return f"*{link(post.url, heading(post), limit=TITLE_LENGTH, longest=URL_LENGTH)}*"
