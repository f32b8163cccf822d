"""Settings that nobody typed: what the team has taught by correcting."""

from collections.abc import Sequence
from typing import Final

from engagement.records.lookup import Topic
from handlers.home.visit import Visit
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.home.learned import say_beside, say_how_i_learn, say_learned, say_preference
from handlers.views.home.settings import Section, first_rows
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
    preferences = [_forgettable(say_preference(each), "settings.forget_preference", each.id) for each in taught]
    words = [_forgettable(say_learned(each), "settings.forget_word", each.id) for each in standing.words]
    beside = [
        _forgettable(say_beside(each, named.get(each.watch_id, ())), "settings.forget_beside", each.id)
        for each in standing.beside
    ]
    lines = (*_latest(preferences), *_latest(words), *_latest(beside))
    said = "You have taught me, for what I read from then on:" if lines else f"Nothing yet. {say_how_i_learn()}"
    return Section(topic=Topic.LEARNED, said=said, below=lines)


def _latest(of_one_sort: Sequence[Block]) -> tuple[Block, ...]:
    return first_rows(of_one_sort, LEARNED_AT_MOST, like=" like these")


def _forgettable(said: str, action_id: str, number: int) -> Block:
    return blocks.section(f"• {said}", blocks.button("Forget this", action_id, str(number)))
