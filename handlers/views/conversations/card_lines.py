"""What a card says of what was written, and of who wrote it; which of it stands where is said in `card`."""

from collections.abc import Sequence
from typing import Final

from engagement.conversations.conversation import Card
from engagement.conversations.standing import waits_for_us
from engagement.prose import clip, ordinal
from engagement.understanding.reading import Mood, Pillar, Tag
from handlers.views.conversations.quoting import excerpt, heading, heading_link
from handlers.views.conversations.standing_lines import _replies
from handlers.views.conversations.story_lines import also_on
from handlers.views.improvements.improvement import STATE_NAME, title_of
from handlers.views.mrkdwn import in_lines, inline, link, quoted, separated, some, user, web_address, when
from handlers.views.team.labels import labels_line
from handlers.views.words import KIND_EMOJI, KIND_NAME, PILLAR_WORDS, TAG_NAME

REASON_LENGTH: Final = 110
NOTIFICATION_LENGTH: Final = 200
WORDS_OF_MOOD: Final = 2
THEMES_AT_MOST: Final = 2


def notification(card: Card, state: str) -> str:
    """Return what a phone says: the state, where there is one to tell, and what was written where."""
    post, reading = card.opening.stored.post, card.opening.reading
    where = "" if reading.pillar is Pillar.IN_PERSON else "on "
    what = f"{KIND_NAME[reading.kind]} {where}{clip(post.community, NOTIFICATION_LENGTH // 4)}: {heading(post)}"
    return inline(f"{state}. {what}" if state else what, NOTIFICATION_LENGTH)


def origin(card: Card) -> str:
    """Return what sort of thing was written, where, by whom and when."""
    stored, kind = card.opening.stored, card.opening.reading.kind
    return separated(
        [
            f"{KIND_EMOJI[kind]} *{KIND_NAME[kind]}*",
            inline(stored.post.community),
            inline(stored.post.author),
            labels_line(card.labels),
            when(stored.written_at),
        ]
    )


def what_they_say(card: Card, names: Sequence[str]) -> str:
    """Return the title and an excerpt; a post without a title is its own words, and a link below them."""
    post, withdrawn_at = card.opening.stored.post, card.opening.stored.withdrawn_at
    if withdrawn_at:
        return f"*{heading_link(post)}*\n_Deleted where it was written; I saw that {when(withdrawn_at)}._"
    words = excerpt(post, names)
    if words and not post.title.strip():
        return in_lines(quoted(words), link(post.url, "Open it") if web_address(post.url) else "")
    return in_lines(f"*{heading_link(post)}*", quoted(words) if words else "")


def one_line(card: Card, *, emoji: str = "", with_time: bool = False) -> str:
    """Return the title and the community, for a card that has shrunk; `emoji` instead of the kind's."""
    stored = card.opening.stored
    parts = [
        f"{emoji or KIND_EMOJI[card.opening.reading.kind]} *{heading_link(stored.post)}*",
        inline(stored.post.community),
        when(stored.written_at) if with_time else "",
    ]
    return separated(parts)


def background(card: Card) -> str:
    """Return how it began, whether we have replied, and what we know of the person."""
    reading, unseen = card.opening.reading, card.conversation.unseen
    waits = waits_for_us(card.conversation, ours_to_answer=reading.ours_to_answer)
    return separated(
        [
            PILLAR_WORDS[reading.pillar],
            "from before I came" if card.opening.before_start else "",
            "no reply from us yet" if waits and not unseen and not card.opening.before_start else "",
            f"I cannot see {_replies(card)}" if waits and unseen else "",
            _person(card),
        ]
    )


def _person(card: Card) -> str:
    """Return how often they wrote about us, and who answered last; nothing of a first time, or of ourselves."""
    if card.times_seen < 2 or card.opening.reading.pillar is Pillar.PROVIDER_INITIATED:  # noqa: PLR2004 - once is once
        return ""
    met = card.opening.reading.pillar is Pillar.IN_PERSON
    times = f"{ordinal(card.times_seen)} time {'we meet them' if met else 'they write about us'}"
    before = card.answered_before
    return f"{times}, {user(before.by)} answered on {when(before.at, '{date_short}')}" if before else times


def suggestion(card: Card) -> str:
    """Return the tag we suggest, and why."""
    reading = card.opening.reading
    return f"Suggested: *{TAG_NAME[reading.suggested]}*, {inline(reading.reason, REASON_LENGTH)}"


def likes(card: Card) -> str:
    """Return the themes that they praise; nothing where it is no praise, or of no theme."""
    return f"they like {some([f'*{inline(name)}*' for name in card.likes], THEMES_AT_MOST)}" if card.likes else ""


def more_of(card: Card) -> str:
    """Return what praise asks of whoever reacts to it."""
    return f"what would be more of {inline(card.likes[0]) if card.likes else 'it'}?"


def offered(card: Card) -> str:
    """Return what it is counted for after React, or may be since: what a theme that it speaks of has led to."""
    if card.offered is None:
        return ""
    theme, title = inline(card.offered.theme), title_of(card.offered.improvement)
    led_to = f"*{title}* ({STATE_NAME[card.offered.improvement.state].lower()})"
    if card.conversation.tag is Tag.REACT:
        return f"Speaks of *{theme}*, for which you decided on {led_to}"
    return f"Speaks of *{theme}*: *React* counts it for {led_to}, as you decided"


def mood(card: Card) -> str:
    """Return how it sounds, with the words that say so, or with what corrections have taught."""
    reading = card.opening.reading
    if reading.learned:
        return f"mood: {reading.mood} ({inline(reading.learned, REASON_LENGTH)})"
    because = [f"“{inline(word)}”" for word in reading.mood_words[:WORDS_OF_MOOD]]
    told = bool(because) and reading.mood is not Mood.UNSURE
    return f"mood: {reading.mood}" + (f" ({', '.join(because)})" if told else "")


def taught(card: Card) -> str:
    """Return what people have taught that makes this about us; empty where nothing did."""
    return inline(card.opening.taught, REASON_LENGTH)


def more(card: Card) -> str:
    """Return how much came after, and where else the story is told; empty when nothing did, and nowhere."""
    waiting = f", *{card.waiting:,} waiting for us*" if card.waiting else ""
    later = f"+{card.more:,} more in this conversation{waiting}" if card.more else ""
    elsewhere = also_on(card.copies)
    return separated([later, elsewhere]) if later else elsewhere[:1].upper() + elsewhere[1:]
