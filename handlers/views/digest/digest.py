"""The weekly message: who waits for an answer, the week in numbers, and how well we heard."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from engagement.conversations.conversation import ReplyState
from engagement.digest.week import Helped, OurThread, Week
from engagement.listing import DIGEST_THREADS, Digest, Waiting
from engagement.prose import short_duration, times
from engagement.turns.unseen import Unseen
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.digest.changes import CHANGES_AT_MOST, what_we_changed
from handlers.views.digest.numbers import chart, hearing, line_of_the_week, numbers
from handlers.views.improvements.heard import what_we_heard
from handlers.views.long_lists import MESSAGE_LENGTH, text_length
from handlers.views.mrkdwn import in_lines, inline, link, separated, some, user, when
from handlers.views.words import KIND_EMOJI, TAG_NAME

BLOCKS_AT_MOST: Final = 18
ROW_TITLE_LENGTH: Final = 100
# Five rows share the 11,000 characters that Slack was seen to accept in one message.
ROW_URL_LENGTH: Final = 800
REASON_LENGTH: Final = 60
# Two threads of ours and two that nobody took up in one context, which holds 2,000 characters.
URL_LENGTH: Final = 300
THREAD_TITLE_LENGTH: Final = 60
WATCHES_AT_MOST: Final = 3
NAME_LENGTH: Final = 40
# Six of these and as many names in one context.
SHORT_URL_LENGTH: Final = 200
HELPERS_AT_MOST: Final = 3
UNSEEN_AT_MOST: Final = 3
LOOK: Final = "please look"
HALF_A_DAY: Final = timedelta(hours=12)
# How the block_id of a row begins in the digest of one label; its number and the label follow.
OF_LABEL: Final = "label"
# What *Show all* carries in the digest of no label; else it carries OF_LABEL, a dot and the label.
EVERYBODY: Final = "all"


def draw_digest(digest: Digest) -> Message:
    """Return the digest as its rows stand now; a week in which nobody waits is a proof of three lines.

    A row that was claimed, answered or dismissed since says so in its own place and no longer counts in the headline.
    Of a fuller week than is read in a minute, the latest change alone is told; themes, which the thread tells in full,
    give way where Slack would not take all of it.
    """
    for drawn in (_drawn(digest), _drawn(digest, is_full=True)):
        if len(drawn.blocks) <= BLOCKS_AT_MOST and text_length(drawn.blocks) <= MESSAGE_LENGTH:
            return drawn
    return _drawn(replace(digest, themes=()), is_full=True)


def _drawn(digest: Digest, *, is_full: bool = False) -> Message:
    headline = _headline(digest)
    title = f"{digest.label}: {headline}" if digest.label else headline
    said = f"{inline(digest.label)}: {headline}" if digest.label else headline
    if not digest.waiting:
        return Message(
            text=f"{said}. {_quiet_proof(digest.week)}",
            blocks=[
                blocks.header(title),
                blocks.section(in_lines(_quiet_proof(digest.week), _by_label(digest))),
                *_beside(digest),
                *what_we_heard(digest),
                *what_we_changed(digest),
                blocks.context(
                    f"{hearing(digest)} Next digest {when(digest.next_at, '{date_long_pretty} at {time}')}."
                ),
            ],
        )
    rows = [_row(digest, number, waiting) for number, waiting in enumerate(digest.waiting, start=1)]
    return Message(
        text=f"{said}. {times(digest.week.mentions, 'mention')} this week, "
        f"{times(digest.week.answered, 'conversation')} answered.",
        blocks=[
            blocks.header(title),
            blocks.context(_occasion(digest)),
            *rows,
            *_unlisted(digest),
            *_beside(digest),
            *([] if is_full else [blocks.divider()]),
            *what_we_heard(digest),
            *what_we_changed(digest, at_most=1 if is_full else CHANGES_AT_MOST),
            *line_of_the_week(digest),
            blocks.section(in_lines(numbers(digest), _by_label(digest))),
            *chart(digest.days),
            blocks.context(hearing(digest)),
        ],
    )


# ---- who waits -----------------------------------------------------------------------------------------------------


def _headline(digest: Digest) -> str:
    count = sum(waiting.still_waits for waiting in digest.waiting) + digest.more_waiting
    if count:
        return f"{times(count, 'person is', 'people are')} waiting for an answer"
    # Silence proves nothing when most places were not heard.
    if digest.hearing.heard * 2 <= digest.hearing.places:
        return "I heard too little to say who is waiting"
    return "Nobody is waiting, as far as I can see" if digest.unseen else "Nobody is waiting for us"


def _occasion(digest: Digest) -> str:
    zone = ZoneInfo(digest.zone)
    # A period begins and ends at the hour of the digest, or of the question: it is called by the days it has most of.
    first = (digest.starts_at + HALF_A_DAY).astimezone(zone).date()
    last = max(first, (digest.ends_at - HALF_A_DAY).astimezone(zone).date())
    start = f"{first.day}" if (first.year, first.month) == (last.year, last.month) else f"{first.day} {first:%B}"
    days = f"{start} to {last.day} {last:%B}" if first != last else f"{last.day} {last:%B}"
    watches = some([inline(name) for name in digest.watches], WATCHES_AT_MOST)
    checked_at = digest.checked_at_source
    as_of = f"checked at the source {when(checked_at)}" if checked_at else f"as of {when(digest.checked_at)}"
    return separated([watches, days, as_of])


def _row(digest: Digest, number: int, waiting: Waiting) -> Block:
    title = link(waiting.url, waiting.title or UNTITLED, limit=ROW_TITLE_LENGTH, longest=ROW_URL_LENGTH)
    if not waiting.still_waits:
        return blocks.section(f"*{number}.* ~{title}~ {settled(waiting)}")
    reply = waiting.reply
    claimed = reply.state is ReplyState.CLAIMED
    due = f", due {when(reply.due_at)}" if reply.due_at else ""
    facts = [
        inline(waiting.community),
        inline(waiting.author),
        f"waiting {short_duration((digest.checked_at - waiting.since).total_seconds())}",
        f"*{user(reply.claimed_by)} has it*{due}" if claimed else "nobody has it",
    ]
    label, action = ("We answered…", "reply.answered") if claimed else ("I'll reply", "digest.claim")
    step = blocks.button(label, action, f"{waiting.conversation_id}:{waiting.version}")
    said = in_lines(f"*{number}.* {KIND_EMOJI[waiting.kind]} *{title}*", separated(facts), _unseen(digest, waiting))
    row = blocks.section(said, step)
    # So that a press in it draws the digest of that label anew.
    return {**row, "block_id": f"{OF_LABEL}.{number}.{digest.label}"} if digest.label else row


def _unseen(digest: Digest, waiting: Waiting) -> str:
    """Return why we cannot say that nobody has answered a row, if we cannot."""
    check = digest.check_of(waiting)
    if check is None or check.looked_at or not waiting.url:
        return ""
    if not check.readable:
        return "I cannot see all replies there, please look"
    return f"I could not look there: {inline(check.reason, REASON_LENGTH)}"


def settled(waiting: Waiting) -> str:  # noqa: PLR0911 one state each, side by side
    """Return what became of a row that waits no more."""
    reply = waiting.reply
    at = f", {when(reply.answered_at)}" if reply.answered_at else ""
    if waiting.dismissed_by:
        return f"*Not us*, {user(waiting.dismissed_by)}"
    if waiting.is_muted:
        return "*Muted*"
    if waiting.snooze and waiting.is_set_aside:
        return f"💤 until {when(waiting.snooze.until)}, by {user(waiting.snooze.by)}"
    if reply.state is ReplyState.ANSWERED:
        return f"✅ {user(reply.answered_by)}{at}"
    if reply.state is ReplyState.ANSWERED_BY_OTHERS:
        return f"✅ answered by {inline(reply.helper) or 'others'}{at}"
    if reply.state is ReplyState.CANNOT_TELL:
        return "I cannot see replies there, please look"
    return f"✓ *{TAG_NAME[waiting.tag]}*" if waiting.tag else "asks nothing of us"


def _unlisted(digest: Digest) -> list[Block]:
    if not digest.more_waiting:
        return []
    longest = (
        f", longest waiting {short_duration((digest.checked_at - digest.oldest_more).total_seconds())}"
        if digest.oldest_more
        else ""
    )
    of_label = f"{OF_LABEL}.{digest.label}" if digest.label else EVERYBODY
    return [
        blocks.section(
            f"and {digest.more_waiting:,} more{longest}", blocks.button("Show all", "digest.show_all", of_label)
        )
    ]


def _beside(digest: Digest) -> list[Block]:
    """Return who answered us and had no word back, who answered for us, and where somebody has to look."""
    asked = in_lines(*_our_threads(digest))
    others = separated([_helped(digest.helped), _to_look_at(digest.unseen)])
    return [blocks.context(said) for said in (asked, others) if said]


def _helped(helped: Sequence[Helped]) -> str:
    """Return who is to be thanked, each with a link to their answer."""
    if not helped:
        return ""
    each = [link(one.url, one.by or "somebody", limit=NAME_LENGTH, longest=SHORT_URL_LENGTH) for one in helped]
    return f"Others answered for us: {len(helped):,}, thank {some(each, HELPERS_AT_MOST)}"


def _to_look_at(unseen: Sequence[Unseen]) -> str:
    """Return where nobody but a person can tell whether we have answered."""
    places = [
        f"{inline(each.community)}: {each.count:,}, {link(each.url, LOOK, longest=SHORT_URL_LENGTH)}" for each in unseen
    ]
    return f"I cannot see replies on {some(places, UNSEEN_AT_MOST)}" if places else ""


def _our_threads(digest: Digest) -> list[str]:
    answered = [
        f"We asked, they answered: {link(each.url, each.title or UNTITLED, limit=ROW_TITLE_LENGTH, longest=URL_LENGTH)}"
        f" got {times(each.replies, 'reply', 'replies')}, {_without_word(each)}."
        for each in digest.our_threads
        if each.replies
    ]
    silent = [
        link(each.url, each.title or UNTITLED, limit=THREAD_TITLE_LENGTH, longest=SHORT_URL_LENGTH)
        for each in digest.our_threads
        if not each.replies
    ]
    return [*answered, *([f"We began, nobody took it up: {some(silent, DIGEST_THREADS)}."] if silent else [])]


def _without_word(thread: OurThread) -> str:
    if thread.without_word == thread.replies:
        return "and no word from us" if thread.replies == 1 else "none with a word from us"
    return f"{thread.without_word:,} without a word from us"


# ---- a quiet week --------------------------------------------------------------------------------------------------


def _by_label(digest: Digest) -> str:
    """Return what came from whom we have a word of our own for; empty where nothing did."""
    each = [
        f"*{inline(label.name)}* {times(label.mentions, 'mention')}"
        + (f", {label.waiting:,} waiting" if label.waiting else "")
        for label in digest.labels
    ]
    return f"By label: {separated(each)}" if each else ""


def _quiet_proof(week: Week) -> str:
    """Return what happened in a week that left nobody waiting."""
    if not week.mentions and not week.needed_us:
        return "I heard no mention of us this week."
    untagged = f"{week.untagged:,} not tagged yet" if week.untagged else "nothing left untagged"
    return f"{_needed_in_quiet(week)} {times(week.mentions, 'mention')}, {untagged}."


def _needed_in_quiet(week: Week) -> str:
    if not week.needed_us:
        return "Nobody needed us."
    slowest = _slowest(week)
    needed = f"{times(week.needed_us, 'conversation')} needed us"
    if week.answered < week.needed_us:
        by_others = f", {week.answered_by_others:,} by others" if week.answered_by_others else ""
        unseen = f", {week.cannot_tell:,} where I cannot see replies" if week.cannot_tell else ""
        return f"{needed}: {week.answered:,} answered by us{by_others}{unseen}."
    if week.needed_us == 1:
        return f"{needed}, answered{f' after {slowest}' if slowest else ''}."
    return f"{needed}, all answered{f', the slowest after {slowest}' if slowest else ''}."


def _slowest(week: Week) -> str:
    return "" if week.slowest_answer_seconds is None else short_duration(week.slowest_answer_seconds)
