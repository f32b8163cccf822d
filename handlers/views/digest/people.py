"""Who spoke of us in a week, and where: what the thread of the digest says of people, each within one community."""

from collections.abc import Sequence
from typing import Final

from engagement.digest.communities import CommunityWeek, Reach
from engagement.digest.voices import Asker, Turned, Voice, Voices
from engagement.prose import times
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.digest.figures import pace
from handlers.views.mrkdwn import in_lines, inline, link, separated, when

TITLE_LENGTH: Final = 100
NAME_LENGTH: Final = 40
URL_LENGTH: Final = 500
# What of each of the lists stands in a message that has room for four of them.
LISTED: Final = 5
DAY: Final = "{date_short}"


def voices_lists(voices: Voices) -> list[tuple[str, list[str]]]:
    """Return each list that has somebody in it: its heading, and its lines."""
    lists = [
        (
            f"*For us*: {_people(voices.for_us_count, voices.for_us_before)}",
            [_voice(each) for each in voices.for_us],
        ),
        (
            f"*Against us*: {_people(voices.against_us_count, voices.against_us_before)}",
            [_voice(each) for each in voices.against_us],
        ),
        (
            f"*Complained before, praise us now*: {_people(voices.turned_count, voices.turned_before)}",
            [_turned(each) for each in voices.turned],
        ),
        (
            f"*Asked more than once in four weeks*: {_people(voices.askers_count, voices.askers_before)}",
            [_asker(each) for each in voices.askers],
        ),
    ]
    return [(heading, lines[:LISTED]) for heading, lines in lists if lines]


def community_lines(week: CommunityWeek) -> str:
    """Return how one community was, beside the week before, and who was heard most in it."""
    reply = pace(week.first_reply, week.first_reply_before, "answer")
    facts = [
        f"*{inline(week.name)}*",
        f"{times(week.mentions, 'mention')} ({week.mentions_before:,})",
        f"first reply: {reply}" if reply else "",
    ]
    return in_lines(separated(facts), *(_reach(each) for each in week.heard_most))


def _people(count: int, before: int) -> str:
    return f"{times(count, 'person', 'people')} ({before:,})"


def _voice(voice: Voice) -> str:
    title = link(voice.url, voice.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)
    likes = times(voice.score, "like") if voice.score > 0 else ""
    return f"• {separated([title, *_who(voice), likes])}"


def _turned(turned: Turned) -> str:
    praised, complained = _on(turned.praise, "praised us"), _on(turned.complaint, "complained")
    return f"• {separated([*_who(turned.praise), praised, complained])}"


def _asker(asker: Asker) -> str:
    latest = link(asker.latest.url, asker.latest.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)
    asked = f"{times(asker.questions, 'conversation')}, {asker.answered:,} answered by us"
    return f"• {separated([*_who(asker.latest), asked, f'the latest: {latest}'])}"


def _reach(reach: Reach) -> str:
    name = link(reach.url, reach.person.author, limit=NAME_LENGTH, longest=URL_LENGTH)
    likes = times(reach.likes, "like") if reach.likes > 0 else ""
    last = f", last {when(reach.answered_at, DAY)}" if reach.answered_at else ""
    answered = f"we answered {_times(reach.answers)}{last}" if reach.answers else "we never answered"
    return f"• {separated([name, times(reach.mentions, 'mention'), likes, answered])}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _who(voice: Voice) -> Sequence[str]:
    return inline(voice.person.author), inline(voice.person.community)


def _on(voice: Voice, words: str) -> str:
    """Return "praised us on 12 Sep", with a link to it."""
    return f"{link(voice.url, words, longest=URL_LENGTH)} on {when(voice.at, DAY)}"
