"""Builders of engagement data: name only what matters to the test, the rest is plausible."""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from engagement.calendar import Schedule
from engagement.calm.brake import BrakeLimits
from engagement.conversations.conversation import Conversation, Reply, ReplyState, Sighting
from engagement.conversations.press import Circumstances
from engagement.conversations.snooze import Snooze
from engagement.listening.source import NewSource, Source
from engagement.listing import Waiting
from engagement.post import Post
from engagement.sending.outbox import MessageKind, MessageState, OutMessage
from engagement.turns.target import Deadline
from engagement.understanding.reading import Kind, Mood, Pillar, Reading, Tag
from engagement.watch import Outcome, Terms, Watch

ROOT = Path(__file__).parents[1]
# A Wednesday, so that the next day is a working day.
NOW = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
TEAM = "T1"
CHANNEL = "C1"
DEFAULT_LIMITS = BrakeLimits()
_numbers = count(1)


def later(**duration):
    return NOW + timedelta(**duration)


def a_schedule(*, weekday=0, hour=9, zone="UTC"):
    return Schedule(weekday=weekday, hour=hour, zone=ZoneInfo(zone))


def a_post(key="", **facts):
    """A post of its own thread, unless told otherwise."""
    key = key or f"post-{next(_numbers)}"
    link = f"https://forum.example/{key}"
    given = {
        "keys": (key,),
        "community": "forum.example",
        "url": link,
        "title": f"Is there a Tidewiki export? ({key})",
        "text": "Looking for a way out.",
        "author": "pat",
        "thread_key": f"thread of {key}",
        "published_at": NOW - timedelta(hours=1),
    }
    return Post(**(given | facts))


def a_reading(kind=Kind.QUESTION, **facts):
    given = {
        "kind": kind,
        "mood": Mood.UNSURE,
        "pillar": Pillar.USER_INITIATED,
        "suggested": Tag.INTERACT,
        "reason": 'a direct question ("Is there…")',
    }
    return Reading(**(given | facts))


def a_watch(**facts):
    given = {
        "id": 1,
        "workspace_id": TEAM,
        "channel": CHANNEL,
        "name": "Tidewiki",
        "terms": Terms(names=("tidewiki",)),
        "outcome": Outcome.SUPPORT,
    }
    return Watch(**(given | facts))


def a_sighting(watch=None, post=None, *, kind=Kind.QUESTION, **facts):
    return Sighting(
        watch=watch or a_watch(),
        post=post or a_post(),
        term="tidewiki",
        reading=a_reading(kind),
        **facts,
    )


def a_new_source(url="https://forum.example/feed", **facts):
    return NewSource(**({"url": url, "name": "The forum", "community": "forum.example"} | facts))


def a_source(**facts):
    given = {
        "id": 1,
        "url": "https://forum.example/feed",
        "name": "The forum",
        "community": "forum.example",
        "interval_seconds": 600,
        "next_poll_at": NOW,
    }
    return Source(**(given | facts))


def a_conversation(**facts):
    given = {"id": 1, "workspace_id": TEAM, "channel": CHANNEL, "watch_id": 1}
    return Conversation(**(given | facts))


def a_deadline(at=NOW, *, days=1):
    return Deadline(due_at=at + timedelta(days=days), warn_at=at + timedelta(days=days) * 0.75)


def circumstances(at, *, ours=True, to_undo=None):
    """A reply owed from now on is due in a day, one that is promised in two."""
    return Circumstances(
        at=at, owed=a_deadline(at), promised=a_deadline(at, days=2), ours_to_answer=ours, to_undo=to_undo
    )


def owed(**facts):
    return Reply(**({"state": ReplyState.OWED, "due_at": later(days=1)} | facts))


def claimed(**facts):
    return owed(**({"state": ReplyState.CLAIMED, "claimed_by": "U2", "claimed_at": NOW} | facts))


def a_line(number=1, **facts):
    """A line of a list."""
    given = {
        "conversation_id": number,
        "version": 1,
        "title": "Is there a Tidewiki export?",
        "url": f"https://forum.example/{number}",
        "community": "forum.example",
        "author": "pat",
        "kind": Kind.QUESTION,
        "since": NOW,
        "pressing_since": NOW,
        "reply": Reply(),
        "tag": None,
    }
    return Waiting(**(given | facts))


def answered(**facts):
    return Reply(**({"state": ReplyState.ANSWERED, "answered_by": "U2", "answered_at": NOW} | facts))


def snoozed(**facts):
    return Snooze(**({"until": later(days=2), "by": "U3", "reason": "wait for the release"} | facts))


def a_message(**facts):
    given = {
        "id": 1,
        "workspace_id": TEAM,
        "channel": CHANNEL,
        "kind": MessageKind.CARD,
        "subject": "1",
        "state": MessageState.SENDING,
        "created_at": NOW,
        "not_before": NOW,
    }
    return OutMessage(**(given | facts))
