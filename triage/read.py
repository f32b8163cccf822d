"""One post, one watch, one reading."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from engagement.conversations.by_hand import IN_PERSON, reading_of
from engagement.conversations.conversation import Mention
from engagement.conversations.correct import Field
from engagement.post import Post
from engagement.turns.programs import is_program
from engagement.understanding.learned import NOTHING_LEARNED, Learned
from engagement.understanding.reading import Kind, Mood, Pillar, Reading
from engagement.watch import Watch
from triage.guess import Guess, guess_of, trained_guess
from triage.kind import KindFound, kind_of
from triage.learned import mood_heard_here
from triage.mood import MoodFound, make_moods_ready
from triage.of_us.choosing import as_asking, as_choosing
from triage.of_us.harming import as_harmed
from triage.of_us.hurting import what_hurts
from triage.of_us.leaving import as_leaving
from triage.of_us.made_for_us import is_made_for_us
from triage.of_us.wishing import as_wishing
from triage.pillar import pillar_of
from triage.plain import words_said_in
from triage.suggest import SOUNDS_LIKE, suggest, suggest_here

RULES_VERSION = 15
"""Grows with every change that reads the same post differently, so that stored readings say which rules made them."""


def make_ready() -> None:
    """Load now what the first reading would load, so that it holds nothing up later."""
    make_moods_ready()
    trained_guess()


def read(post: Post, watch: Watch, learned: Learned = NOTHING_LEARNED) -> Reading:
    """Return how `post` reads for `watch`: kind, mood, pillar and a suggested tag, each with its reason.

    `learned` is what the watch's workspace has taught by correcting.

    Pure; about a millisecond for a post of a few hundred characters. Any text gives a reading, an empty one too.
    """
    # A program asks nothing of us, and thanks nobody.
    found = kind_of(post)
    if post.by_program or is_program(post.author):
        found = replace(found, kind=Kind.OTHER, because="", by_program=True)
    else:
        for as_said in (as_leaving, as_harmed, as_choosing, as_asking, as_wishing):
            found = as_said(found, post, watch)
        found = replace(found, for_us=is_made_for_us(post, watch))
    mood, taught = mood_heard_here(words_said_in(post), learned.words)
    # Nor is there a guess at what is for whoever can mend it, whatever it sounds like.
    if found.kind is Kind.OTHER and not (found.teaches or found.alarms or found.by_program):
        found = replace(found, guess=_guess(post, watch, mood))
    # Who asks, is hurt or pleased writes in words of their own, whatever they look like.
    pillar = pillar_of(post, watch, found.kind, found.guess.kind if found.guess else Kind.OTHER)
    suggestion = suggest_here(found, pillar, learned.preferred(found.kind, post.community))
    return Reading(
        kind=found.kind,
        mood=mood.mood,
        pillar=pillar,
        suggested=suggestion.tag,
        reason=suggestion.reason,
        mood_words=mood.words,
        rules_version=RULES_VERSION,
        learned=taught,
        alarms=found.alarms,
    )


def _guess(post: Post, watch: Watch, mood: MoodFound) -> Guess | None:
    """Return what a post of no kind that we know sounds like: what is plainly said of us before what only seems so."""
    if words := what_hurts(post, watch, mood):
        return Guess(kind=Kind.COMPLAINT, because=words)
    return guess_of(post, mood.polarity)


def read_again(mention: Mention, fresh: Reading, said: AbstractSet[Field]) -> Reading:
    """Return how a mention reads today, where `fresh` is what the rules say; what people have `said` of it stays.

    So does how a post read whose words were taken away since: nothing is left to read.
    """
    before = mention.reading
    if mention.stored.withdrawn_at is not None:
        return replace(before, rules_version=fresh.rules_version)
    if mention.stored.post.community == IN_PERSON:
        fresh = reading_of(fresh, before.kind)
    return corrected(
        fresh,
        kind=before.kind if Field.KIND in said else fresh.kind,
        mood=before.mood if Field.MOOD in said else fresh.mood,
        pillar=before.pillar if Field.PILLAR in said else fresh.pillar,
    )


def corrected(reading: Reading, *, kind: Kind, mood: Mood, pillar: Pillar) -> Reading:
    """Return `reading` as a person corrected it: what follows from a label is read anew, the old one's words go."""
    after = replace(reading, kind=kind, mood=mood, pillar=pillar)
    if mood is not reading.mood:
        after = replace(after, mood_words=(), learned="")
    was_by_mood = mood is not reading.mood and reading.reason.startswith(SOUNDS_LIKE)
    if was_by_mood or (kind, pillar) != (reading.kind, reading.pillar):
        suggestion = suggest(KindFound(kind=kind), pillar)
        after = replace(after, suggested=suggestion.tag, reason=suggestion.reason)
    return after
