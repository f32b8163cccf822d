"""Who changed which setting, in a line."""

from collections.abc import Mapping
from typing import Final

from engagement.records.history import Line
from handlers.views.mrkdwn import doer, inline, when

# By what was changed and how; what is not listed is said by its own words. The sentence ends before `it` where a line
# does not say what was changed.
DEEDS: Final[Mapping[tuple[str, str], str]] = {
    ("watch", "save"): "saved the watch {it}",
    ("teammate", "save"): "changed the names of {it}",
    ("teammate", "leave"): "saw a teammate leave: {it}",
    ("teammate", "return"): "saw a teammate come back: {it}",
    ("teammate", "away"): "went away",
    ("teammate", "back"): "came back",
    ("workspace", "digest"): "changed the digest",
    ("workspace", "calm"): "changed what is urgent, or the quiet hours",
    ("watch", "deliver"): "changed when cards come of {it}",
    ("workspace", "voice"): "changed the voice guide",
    ("workspace", "community voice"): "changed how we speak in {it}",
    ("workspace", "roles"): "changed who may speak, approve or configure",
    ("watch", "add places"): "began to listen in {it}",
    ("watch", "leave"): "left {it}",
    ("watch", "move place"): "followed to its new address {it}",
    ("watch", "stop"): "stopped listening for {it}",
    ("workspace", "webhook on"): "switched the webhook on",
    ("workspace", "webhook off"): "switched the webhook off",
    ("workspace", "webhook unwanted"): "switched the webhook off, because its receiver wants no more",
    ("source", "wake"): "woke a place",
    ("source", "move"): "followed a place to its new address",
    ("mute", "mute"): "muted {it}",
    ("mute", "unmute"): "took back a mute: {it}",
    ("channel", "post elsewhere"): "chose another channel",
    ("watch", "post elsewhere"): "had another channel take the cards of {it}",
    ("workspace", "post elsewhere"): "had another channel take the digest, or what is urgent",
    ("person", "label"): "changed the labels of a person: {it}",
    ("person", "unlist"): "had a person not named in digests: {it}",
    ("person", "list again"): "had a person named in digests again: {it}",
    ("person", "forget"): "had a person forgotten who asked for it",
    ("source", "label"): "changed the labels of a place: {it}",
    ("label", "label"): "dropped a label {it}",
    ("theme", "theme"): "saved the theme {it}",
    ("theme", "end theme"): "ended the theme {it}",
    ("word", "learn"): "taught me the word {it}",
    ("word", "doubt"): "made me unsure of the word {it}",
    ("word", "forget"): "had me forget the word {it}",
    ("beside", "learn"): "taught me what tells you from others: {it}",
    ("beside", "doubt"): "made me doubt what tells you from others: {it}",
    ("beside", "forget"): "had me forget what tells you from others: {it}",
    ("preference", "forget"): "had me forget your choices for {it}",
    ("theme", "decide"): "decided about the theme {it}",
}


def say_change(change: Line) -> str:
    """Return "@maya saved the watch *Tidewiki*, 14:02"; what nobody in Slack did, I did, also in an import."""
    name = f"*{inline(change.name)}*" if change.name else ""
    return f"{say_deed(change, name)}, {when(change.at)}"


def say_deed(change: Line, it: str = "", *, reader: str = "") -> str:
    """Return who did what to `it` (mrkdwn), as a sentence to `reader`."""
    own_words = f"{inline(change.object)}: {inline(change.act)}"
    deed = DEEDS.get((change.object, change.act))
    said = f"{own_words} {it}" if deed is None else deed.format(it=it)
    return f"{doer(change.by, reader=reader)} {said if it else said.rstrip(': ')}"
