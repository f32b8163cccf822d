"""Builders for what the views draw: each test names only what matters to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import builders
from builders import owed

from engagement.calm.brake import Brake
from engagement.calm.mute import Mute, MuteScope
from engagement.conversations.conversation import Answer, Card, Conversation, Mention, Offered, Reply
from engagement.conversations.copies import Copies, Copy, Earlier
from engagement.conversations.correct import Correction, Field
from engagement.conversations.past import Deed, PastPage
from engagement.conversations.press import Act
from engagement.conversations.snooze import Snooze
from engagement.improvements.improvement import Improvement, ImprovementKind, Wanted
from engagement.post import Post, StoredPost
from engagement.records.history import Line
from engagement.records.lookup import Turns
from engagement.understanding.priority import Priority, Weighty, priority_of
from engagement.understanding.reading import Kind, Mood, Pillar, Reading, Tag
from engagement.watch import Outcome, Terms, Watch
from handlers.views.blocks import Message, with_block_id
from sandbox.blockkit import validate_message

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WRITTEN = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
TAGGED = WRITTEN + timedelta(minutes=9)
DUE = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
NAMES = ("Tidewiki",)

# Everything a feed may say that must not become a ping, a link, a format or a reordered line.
NASTY = (
    "<!channel> <@U0HACKED> <https://evil.example|click> *bold* `code` ```fence``` ~gone~ a|b & &amp; "
    "> quote\n>>> deep\n\n\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe \N{HEBREW LETTER ALEF}\N{ARABIC LETTER BEH} "
    "\N{MAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER} :tada: \x00\x1b[31m #general @here Tidewiki "
)


A_POST = {
    "keys": ("reddit:t3_abc",),
    "community": "r/selfhosted",
    "url": "https://www.reddit.com/r/selfhosted/comments/abc/does_tidewiki_keep/",
    "title": "Does Tidewiki keep page history after a restore?",
    "text": "Restored last night's backup on a new box. Pages are there, but every history tab is empty. "
    "Is Tidewiki meant to lose it, or did I miss a table? I followed the guide in the docs to the letter, "
    "with the same version on both sides, and the old box is still running, so I can look up whatever you need "
    "to know about it.",
    "author": "u/paperless_pat",
    "thread_key": "reddit:abc",
    "published_at": WRITTEN,
}
ANSWERED = {
    "due_at": DUE,
    "claimed_by": "U0SUPPORT",
    "claimed_at": TAGGED,
    "answered_by": "U0SUPPORT",
    "answered_at": WRITTEN + timedelta(minutes=94),
    "answer_url": "https://www.reddit.com/r/selfhosted/comments/abc/_/def/",
}


def a_post(**facts: object) -> Post:
    return builders.a_post(**(A_POST | facts))


def a_reading(**facts: object) -> Reading:
    return builders.a_reading(**({"reason": 'a direct question ("Is Tidewiki meant to…")'} | facts))


def a_mention(
    post: Post | None = None, *, before_start: bool = False, term: str = "Tidewiki", **reading: object
) -> Mention:
    return Mention(
        id=7,
        conversation_id=3,
        stored=StoredPost(id=5, post=post or a_post(), seen_at=WRITTEN + timedelta(minutes=3)),
        reading=a_reading(**reading),
        before_start=before_start,
        term=term,
    )


def a_conversation(**facts: object) -> Conversation:
    return builders.a_conversation(**({"id": 3, "version": 4} | facts))


def tagged(tag: Tag, reply: Reply | None = None, **facts: object) -> Conversation:
    reply = reply or owed(due_at=DUE)
    return a_conversation(tag=tag, tagged_by="U0COMMUNITY", tagged_at=TAGGED, reply=reply, **facts)


def claimed() -> Reply:
    return builders.claimed(due_at=DUE, claimed_by="U0SUPPORT", claimed_at=TAGGED + timedelta(minutes=1))


def answered(**facts: object) -> Reply:
    return builders.answered(**(ANSWERED | facts))


def a_card(conversation: Conversation | None = None, opening: Mention | None = None, **changes: object) -> Card:
    card = Card(conversation=conversation or a_conversation(), opening=opening or a_mention())
    return replace(card, **changes)


def _a_nasty_improvement(long: str) -> Improvement:
    wanted = Wanted(
        title=long, kind=ImprovementKind.BUILD, channel="C1", tracker_url="https://example.org/" + "%20&" * 300
    )
    by = {"created_by": long, "created_at": NOW, "decided_by": long, "decided_at": NOW}
    return Improvement(id=1, workspace_id="T1", wanted=wanted, **by)


def a_nasty_card(conversation: Conversation | None = None) -> Card:
    long = NASTY * 40
    post = a_post(
        community=long,
        url="https://example.org/a b|c>d<e?x=1&y=" + "%20&" * 300,
        title=long,
        text=long,
        author=long[:3_000],
    )
    opening = a_mention(post, reason=long, mood=Mood.BAD, mood_words=(long, long, long), before_start=True, term=long)
    if conversation and conversation.snooze:
        conversation = replace(conversation, snooze=replace(conversation.snooze, reason=long))
    return a_card(
        conversation,
        opening,
        more=12_345,
        waiting=6_789,
        times_seen=10_113,
        answered_before=Answer(by=long, at=NOW),
        mute=a_mute(by=long, community=long, author=long, until=NOW),
        drafts_asking=(long,) * 9,
        offered=Offered(theme=long, improvement=_a_nasty_improvement(long)),
        copies=Copies(first=tuple(Copy(community=f"{n}{long}", url=post.url) for n in range(3)), count=12_345),
        earlier=Earlier(post=post, may_be_joined=True),
    )


def an_earlier(*, may_be_joined: bool = True, were_joined: bool = False) -> Earlier:
    post = a_post(community="Hacker News", url="https://news.ycombinator.com/item?id=1", title="Tidewiki 1.0 is out")
    return Earlier(post=post, may_be_joined=may_be_joined, were_joined=were_joined)


def some_copies(*places: str, more: int = 0) -> Copies:
    first = tuple(Copy(community=place, url=f"https://forum.example/{n}") for n, place in enumerate(places))
    return Copies(first=first, count=len(first) + more)


def snoozed(**facts: object) -> Snooze:
    given = {"until": NOW + timedelta(days=3), "by": "U0FOUNDER", "reason": "wait for 0.9.3"}
    return builders.snoozed(**(given | facts))


def a_mute(**facts: object) -> Mute:
    given = {
        "id": 2,
        "workspace_id": "T1",
        "scope": MuteScope.AUTHOR,
        "by": "U0FOUNDER",
        "at": NOW,
        "community": "r/selfhosted",
        "author": "u/paperless_pat",
    }
    return Mute(**(given | facts))


def a_deed(act: Act, minutes: int = 0, **facts: object) -> Deed:
    return Deed(**({"act": act, "by": "U0FOUNDER", "at": TAGGED + timedelta(minutes=minutes)} | facts))


def a_change(object_="watch", act="save", **facts):
    """Somebody changed something."""
    given = {"id": 1, "number": 1, "by": "U0SUPPORT", "at": NOW, "before": {}, "after": {}}
    return Line(object=object_, act=act, **(given | facts))


def a_priority(**changes: object) -> Priority:
    """What waits since a day and a half, and all that a priority may be made of."""
    weighty = Weighty(
        kind=Kind.HELP,
        mood=Mood.BAD,
        pillar=Pillar.USER_INITIATED,
        outcome=Outcome.SUPPORT,
        asked_at=NOW - timedelta(hours=36),
        heard_at=NOW - timedelta(hours=35),
        alarms=True,
        score=140,
        wrote_before=True,
        left_unanswered=True,
    )
    return priority_of(replace(weighty, **changes), NOW)


def a_past_page() -> PastPage:
    corrections = (
        Correction(field=Field.KIND, was="other", became="question"),
        Correction(field=Field.MOOD, was="bad", became="unsure"),
        Correction(field=Field.PILLAR, was="identity", became="user-initiated"),
    )
    return PastPage(
        deeds=(
            a_deed(Act.ASKED_AGAIN, 60, by=""),
            a_deed(Act.APART, 59),
            a_deed(Act.TOGETHER, 59, by="", story="Tidewiki 1.0 is out"),
            a_deed(Act.SHIPPED, 58, by="U0PRODUCT", improvement="Keep history in backups"),
            a_deed(Act.IMPROVE, 56, improvement=""),
            a_deed(Act.IMPROVE, 54, improvement="Keep history in backups"),
            a_deed(Act.ANSWERED, 50, by="U0SUPPORT", link="https://forum.example/t/1/2"),
            a_deed(Act.WAKE, 40, by=""),
            a_deed(Act.SNOOZE, 30, by="U0SUPPORT", until=TAGGED + timedelta(minutes=40), reason="wait for 0.9.3"),
            a_deed(Act.ASSIGN, 20, by="U0COMMUNITY", to="U0SUPPORT"),
            a_deed(Act.CORRECT, 10, corrections=corrections),
            a_deed(Act.UNMUTE, 5),
            a_deed(Act.MUTE, mute=a_mute()),
        ),
        found_at=WRITTEN,
    )


def a_nasty_past_page(count: int) -> PastPage:
    long = NASTY * 40
    url = "https://example.org/" + "a&" * 600
    deeds = [
        a_deed(Act.SNOOZE, by=long, until=NOW, reason=long),
        a_deed(Act.ANSWERED, by=long, link=url),
        a_deed(Act.MUTE, by=long, mute=a_mute(author=long, community=long, by=long, until=NOW)),
        a_deed(Act.ASSIGN, by=long, to=long),
    ]
    return PastPage(deeds=tuple(deeds * (count // 4)), turns=Turns(newer=10**17, older=10**16), found_at=WRITTEN)


def a_brake(**changes: object) -> Brake:
    brake = Brake(id=2, workspace_id="T1", channel="C1", held=32, watches=("tide",))
    return replace(brake, **changes)


def a_watch(**facts: object) -> Watch:
    return builders.a_watch(**({"terms": Terms(names=NAMES)} | facts))


def assert_slack_takes(message: Message) -> None:
    """Judge it as it is sent: with the block id that tells it apart."""
    named = with_block_id(message, "message-17")
    assert validate_message({"text": named.text, "blocks": named.blocks}) == []
