"""Mentions sent to one person: what stands before them, and a part of them as it is."""

from typing import Final

from engagement.prose import times
from engagement.span import Span
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.mrkdwn import inline, web_address

REASON_LENGTH: Final = 80


def draw_part_head(span: Span, form: str, count: int, parts: int) -> Message:
    """Return what the thread with the mentions begins with."""
    where = "in this thread" if parts == 1 else f"in {parts} parts in this thread, each a whole file"
    said = f"{times(count, 'mention')} {_days(span)} as {form.upper()}, {where}."
    return Message(text=said, blocks=[blocks.section(said), blocks.context(f"Times are those of {span.zone.key}.")])


def draw_part(part: str, *, number: int, of: int) -> Message:
    """Return a part of the mentions as it is: in rich text nothing of it is read as a link, a name or a format."""
    return Message(text=f"Part {number} of {of}", blocks=[blocks.to_copy(part)])


def say_on_the_way(span: Span, count: int, parts: int) -> Message:
    """Return what to say while several parts are sent."""
    return blocks.only(
        f"{times(count, 'mention')} {_days(span)}: they come to our direct messages in {parts} parts, one a second."
    )


def say_delivered(span: Span, count: int, address: str) -> Message:
    """Return where the mentions are; `address` is empty where Slack does not say."""
    link = web_address(address)
    place = f"<{link}|our direct messages>" if link else "our direct messages"
    return blocks.only(f"{times(count, 'mention')} {_days(span)}: in {place}.")


def say_no_mentions(span: Span) -> Message:
    """Return what to say to days without a mention."""
    return blocks.only(f"Nobody wrote about you {_days(span)}, as far as I heard.")


def say_too_much(span: Span, form: str, count: int, *, command: str) -> Message:
    """Return what to do about more mentions than fit into messages."""
    return blocks.only(
        f"{times(count, 'mention')} {_days(span)} are too many for messages. Take fewer days, such as "
        f"`{command} export {form} last week`; or whoever runs me gets all of them in a file with "
        f"`python bot.py export --format {form} --range {span.name}`."
    )


def say_broken_off(sent: int, parts: int, reason: str) -> Message:
    """Return what became of an export that Slack did not take to its end."""
    return blocks.only(
        f"I could send {sent} of {times(parts, 'part')} only, because Slack said `{inline(reason, REASON_LENGTH)}`. "
        "Please try again; if it stays so, `python bot.py check` says what to do."
    )


def _days(span: Span) -> str:
    return f"on {span.first}" if span.first == span.last else f"from {span.first} to {span.last}"


def draw_whole_head(kind: str, parts: int) -> Message:
    """Return what the thread with everything about one thing begins with."""
    where = "in this thread" if parts == 1 else f"in {parts} parts in this thread, which make one file together"
    said = f"Everything I keep about this {kind} as JSON, {where}."
    return Message(text=said, blocks=[blocks.section(said)])


def say_whole_delivered(kind: str, address: str) -> Message:
    """Return where everything about one thing is; `address` is empty where Slack does not say."""
    link = web_address(address)
    return blocks.only(
        f"Everything about this {kind}: in {f'<{link}|our direct messages>' if link else 'our direct messages'}."
    )


def say_nothing_kept(kind: str, *, is_much: bool) -> Message:
    """Return why nothing was sent: there is no such thing, or `is_much` is kept of it."""
    if is_much:
        return blocks.only(
            f"What I keep about this {kind} is too much for messages. Whoever runs me gets it in a file with "
            f"`python bot.py export --{kind}`."
        )
    return blocks.only(f"I have no such {kind}.")
