"""The body of an event: `type`, `timestamp` and `data`, as docs/webhook.md says."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from engagement.conversations.conversation import Conversation, Reply
from engagement.sending.event import ConversationEvent, ImprovementEvent, Told
from engagement.sending.webhook import EventType
from handlers.views.mrkdwn import web_address

Json = Mapping[str, object]


def body_of(kind: EventType, told: Told) -> bytes:
    """Return what is sent of an event."""
    match told:
        case ConversationEvent():
            data: Json = {"conversation": _conversation(told), "mention": _mention(told)}
        case ImprovementEvent():
            data = {"improvement": _improvement(told)}
        case _:
            assert_never(told)
    deed = told.deed
    about = {"workspace": deed.workspace_id, "act": deed.act, "actor": deed.actor or None}
    return _encoded(kind, deed.at, {**about, **data})


def test_body(at: datetime) -> bytes:
    """Return what is sent to see whether somebody listens."""
    return _encoded(EventType.TEST, at, {"message": "Somebody ran: bot.py check --live. There is nothing to do."})


def _encoded(kind: EventType, at: datetime, data: Json) -> bytes:
    said = {"type": kind.value, "timestamp": _moment(at), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _conversation(told: ConversationEvent) -> Json:
    after = told.after
    return {
        "id": after.id,
        "watch": told.watch,
        "tag": _tag(after),
        "tag_before": _tag(told.before),
        "not_us": bool(after.dismissed_by),
        "reply": _reply(after.reply),
        "improvement": after.improvement_id or None,
    }


def _mention(told: ConversationEvent) -> Json:
    post = told.opening
    # What somebody told us face to face has an address of our own making, which leads nowhere.
    url = post.url if web_address(post.url) else None
    return {"title": post.title, "url": url, "community": post.community, "author": post.author}


def _reply(reply: Reply) -> Json:
    return {
        "state": reply.state.value,
        "due": _moment(reply.due_at),
        "promised_by": reply.claimed_by or None,
        "answered_by": reply.answered_by or None,
        "answered": _moment(reply.answered_at),
        "url": reply.answer_url or None,
    }


def _improvement(told: ImprovementEvent) -> Json:
    after = told.after
    return {
        "id": after.id,
        "title": after.wanted.title,
        "kind": after.wanted.kind.value,
        "state": after.state.value,
        "owner": after.wanted.owner or None,
        "tracker": after.wanted.tracker_url or None,
        "note": after.note,
        "url": after.link or None,
        "people": told.people,
        "merged_into": after.merged_into or None,
    }


def _tag(conversation: Conversation) -> str | None:
    return conversation.tag.value if conversation.tag else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None
