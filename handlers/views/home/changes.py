"""Who changed which setting, in a line."""

from collections.abc import Mapping
from typing import Final

from engagement.records.history import Line
from handlers.views.mrkdwn import inline, user, when

# By what was changed and how; what is not listed is said by its own words.
DEEDS: Final[Mapping[tuple[str, str], str]] = {
    ("watch", "save"): "saved the watch",
    ("teammate", "save"): "changed the names of",
    ("teammate", "leave"): "saw a teammate leave",
    ("teammate", "return"): "saw a teammate come back",
    ("teammate", "away"): "went away",
    ("teammate", "back"): "came back",
    ("workspace", "digest"): "changed the digest",
    ("workspace", "calm"): "changed what is urgent, or the quiet hours",
    ("watch", "deliver"): "changed when cards come of",
    ("workspace", "voice"): "changed the voice guide",
    ("workspace", "community voice"): "changed how we speak in",
    ("workspace", "roles"): "changed who may speak, approve or configure",
    ("watch", "add places"): "began to listen in",
    ("watch", "leave"): "left",
    ("watch", "move place"): "followed to its new address",
    ("watch", "stop"): "stopped listening for",
    ("workspace", "webhook on"): "switched the webhook on",
    ("workspace", "webhook off"): "switched the webhook off",
    ("workspace", "webhook unwanted"): "switched the webhook off, because its receiver wants no more",
    ("source", "wake"): "woke a place",
    ("source", "move"): "followed a place to its new address",
    ("mute", "mute"): "muted",
    ("mute", "unmute"): "took back a mute",
    ("channel", "post elsewhere"): "chose another channel",
    ("watch", "post elsewhere"): "had another channel take the cards of",
    ("workspace", "post elsewhere"): "had another channel take the digest, or what is urgent",
    ("person", "label"): "changed the labels of a person",
    ("person", "unlist"): "had a person not named in digests",
    ("person", "list again"): "had a person named in digests again",
    ("person", "forget"): "had a person forgotten who asked for it",
    ("source", "label"): "changed the labels of a place",
    ("label", "label"): "dropped a label",
    ("theme", "theme"): "saved the theme",
    ("theme", "end theme"): "ended the theme",
    ("word", "learn"): "taught me the word",
    ("word", "doubt"): "made me unsure of the word",
    ("word", "forget"): "had me forget the word",
    ("beside", "learn"): "taught me what tells you from others:",
    ("beside", "doubt"): "made me doubt what tells you from others:",
    ("beside", "forget"): "had me forget what tells you from others:",
    ("preference", "forget"): "had me forget your choices for",
    ("theme", "decide"): "decided about the theme",
}


def say_change(change: Line) -> str:
    """Return "@maya saved the watch *Tidewiki*, 14:02"; what nobody in Slack did, I did, also in an import."""
    name = f" *{inline(change.name)}*" if change.name else ""
    return f"{say_deed(change)}{name}, {when(change.at)}"


def say_deed(change: Line, *, reader: str = "") -> str:
    """Return who did what, as the beginning of a sentence to `reader`."""
    who = "You" if change.by and change.by == reader else user(change.by) if change.by else "I"
    deed = DEEDS.get((change.object, change.act)) or f"{inline(change.object)}: {inline(change.act)}"
    return f"{who} {deed}"
