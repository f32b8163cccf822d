"""What a team has taught, as a topic of the settings."""

from typing import Final

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

LEARNED_AT_MOST: Final = 8


def learned(tx: Tx, visit: Visit) -> Section:
    """List what corrections have taught, each with a button that forgets it."""
    standing = learned_in(tx, visit.workspace_id)
    # What it would suggest anyway, nobody has to know or to forget.
    taught = [each for each in standing.preferences if each.tag is not SUGGESTIONS[each.kind][0]]
    named = {watch.id: watch.terms.names for watch in watches_of(tx, visit.workspace_id)}
    rest = len(standing.words) + len(standing.beside) + len(taught) - LEARNED_AT_MOST
    none = f"Nothing yet. {say_how_i_learn()}"
    lines = [
        *(_forgettable(say_preference(each), "settings.forget_preference", each.id) for each in taught),
        *(_forgettable(say_learned(each), "settings.forget_word", each.id) for each in standing.words),
        *(
            _forgettable(say_beside(each, named.get(each.watch_id, ())), "settings.forget_beside", each.id)
            for each in standing.beside
        ),
    ]
    more = [blocks.context(f"and {rest:,} older ones")] if rest > 0 else []
    said = "You have taught me, for what I read from then on:" if lines else none
    return Section(title="Learned", said=said, below=(*lines[:LEARNED_AT_MOST], *more), topic=Topic.LEARNED)


def _forgettable(said: str, action_id: str, number: int) -> Block:
    return blocks.section(f"• {said}", blocks.button("Forget this", action_id, str(number)))
