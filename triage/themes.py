"""Which themes of a team stand in a mention: their phrases, as plain text, in what the person wrote themselves."""

from collections.abc import Iterable

from engagement.improvements.themes import Theme
from engagement.post import Post
from triage.plain import parts_of
from triage.terms import TermFinder


class ThemeFinder:
    """The phrases of themes, made ready once and asked for every mention."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        uses = [(theme.id, phrase) for theme in themes for phrase in theme.phrases]
        self._finder = TermFinder(phrase for _, phrase in uses)
        # For each number of a phrase: the themes that have it.
        self._themes: dict[int, set[int]] = {}
        for (theme_id, _), number in zip(uses, self._finder.numbers, strict=True):
            if number is not None:
                self._themes.setdefault(number, set()).add(theme_id)

    def find(self, post: Post) -> set[int]:
        """Return the numbers of the themes that stand in the post; code, quotes and what is far down do not count."""
        found = self._finder.find(*parts_of(post))
        return {theme_id for number in found for theme_id in self._themes[number]}
