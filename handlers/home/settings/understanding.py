"""Settings that nobody typed: what the team has taught by correcting."""

from collections.abc import Mapping, Sequence
from typing import Final

from engagement.prose import times
from engagement.records.lookup import Topic
from engagement.understanding.learned import Lesson
from engagement.understanding.reading import TAG_OF
from handlers.home.visit import Visit
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.home.learned import FORGET_BY, OPEN, say_beside, say_how_i_learn, say_learned, say_preference
from handlers.views.home.settings import Section
from storage.database import Tx
from storage.listening.watches import watches_of
from storage.understanding.learned import learned_in

# Of each sort: whoever has taught many words sees what stood beside names, too.
LEARNED_AT_MOST: Final = 8
# Each lesson is numbered for itself: the number of a line says nothing without it.
Line = tuple[int, str]


def learned(tx: Tx, visit: Visit) -> Section:
    """List what corrections have taught, the latest of each sort, each with a button that forgets it."""
    rows = [row for lesson, lines in learned_lines(tx, visit.workspace_id).items() for row in _latest(lesson, lines)]
    said = "You have taught me, for what I read from then on:" if rows else f"Nothing yet. {say_how_i_learn()}"
    return Section(topic=Topic.LEARNED, said=said, below=tuple(rows))


def learned_lines(tx: Tx, workspace_id: str) -> Mapping[Lesson, Sequence[Line]]:
    """Return all that counts of what the team has taught, by what it is about, the latest first, in words."""
    standing = learned_in(tx, workspace_id)
    # What it would suggest anyway, nobody has to know or to forget.
    choices = [each for each in standing.preferences if each.tag is not TAG_OF[each.kind]]
    named = {watch.id: watch.terms.names for watch in watches_of(tx, workspace_id)}
    return {
        Lesson.CHOICES: [(each.id, say_preference(each)) for each in choices],
        Lesson.WORDS: [(each.id, say_learned(each)) for each in standing.words],
        Lesson.BESIDE: [(each.id, say_beside(each, named.get(each.watch_id, ()))) for each in standing.beside],
    }


def _latest(lesson: Lesson, lines: Sequence[Line]) -> list[Block]:
    """Return the latest lines; a last one says how many older ones there are, and lists all."""
    latest = [
        blocks.section(f"• {said}", blocks.button("Forget this", FORGET_BY[lesson], str(number)))
        for number, said in lines[:LEARNED_AT_MOST]
    ]
    if (rest := len(lines) - LEARNED_AT_MOST) <= 0:
        return latest
    all_of_it = blocks.button("Show all…", OPEN, lesson.value)
    return [*latest, blocks.section(f"and {times(rest, 'older one')} like these", all_of_it)]
