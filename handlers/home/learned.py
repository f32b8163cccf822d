"""What a team has taught, as a topic of the settings."""

from collections.abc import Sequence
from typing import Final

from engagement.prose import times
from engagement.records.lookup import Topic
from handlers.home.visit import Visit
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.home.learned import say_beside, say_how_i_learn, say_learned, say_preference
from handlers.views.home.settings import Section
from storage.database import Tx
from storage.listening.watches import watches_of
from storage.understanding.learned import learned_in
from triage.suggest import SUGGESTIONS

# Of each sort: whoever has taught many words sees what stood beside names, too.
LEARNED_AT_MOST: Final = 8


def learned(tx: Tx, visit: Visit) -> Section:
    """List what corrections have taught, the latest of each sort, each with a button that forgets it."""
    standing = learned_in(tx, visit.workspace_id)
    # What it would suggest anyway, nobody has to know or to forget.
    taught = [each for each in standing.preferences if each.tag is not SUGGESTIONS[each.kind][0]]
    named = {watch.id: watch.terms.names for watch in watches_of(tx, visit.workspace_id)}
    lines = (
        *_latest([_forgettable(say_preference(each), "settings.forget_preference", each.id) for each in taught]),
        *_latest([_forgettable(say_learned(each), "settings.forget_word", each.id) for each in standing.words]),
        *_latest(
            [
                _forgettable(say_beside(each, named.get(each.watch_id, ())), "settings.forget_beside", each.id)
                for each in standing.beside
            ]
        ),
    )
    said = "You have taught me, for what I read from then on:" if lines else f"Nothing yet. {say_how_i_learn()}"
    return Section(title="Learned", said=said, below=lines, topic=Topic.LEARNED)


def _latest(lines: Sequence[Block]) -> list[Block]:
    """Return as many of one sort as are listed, and a word on how many more there are."""
    rest = len(lines) - LEARNED_AT_MOST
    more = [blocks.context(f"and {times(rest, 'older one')} like these")] if rest > 0 else []
    return [*lines[:LEARNED_AT_MOST], *more]


def _forgettable(said: str, action_id: str, number: int) -> Block:
    return blocks.section(f"• {said}", blocks.button("Forget this", action_id, str(number)))
