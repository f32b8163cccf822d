"""Which sections the settings have, in their order.

To add one, write a function of the rows that returns a `Section` into the file of its topic, and name it here.
"""

from collections.abc import Callable, Sequence
from typing import Final

from handlers.home.settings import calm, digest, improvements, listening, records, team, understanding, voice
from handlers.home.visit import Visit
from handlers.views.home.settings import Section
from storage.database import Tx

SECTIONS: Final[Sequence[Callable[[Tx, Visit], Section]]] = (
    listening.watches,
    listening.places,
    team.teammates,
    team.absence,
    calm.noise,
    digest.schedule,
    calm.urgent,
    voice.guide,
    voice.roles,
    team.labels,
    improvements.themes,
    digest.unnamed,
    understanding.learned,
    records.latest_changes,
)


def sections(tx: Tx, visit: Visit) -> list[Section]:
    """Return every section as it stands."""
    return [section(tx, visit) for section in SECTIONS]
