"""Themes as the views draw them."""

from dataclasses import replace

from view_samples import NASTY

from engagement.improvements.improvement import ImprovementState
from engagement.improvements.themes import Improving, SaidOfTheme, ThemeHeard


def a_theme_heard(number: int = 1, **changes: object) -> ThemeHeard:
    """One of the themes of the mock-ups: decided, new, liked."""
    improving = Improving(
        title="Keep history in backups",
        state=ImprovementState.PLANNED,
        owner="U0PRODUCT",
        url="https://github.com/tidewiki/tidewiki/issues/7",
    )
    given = {
        1: {"name": "Lost history after restore", "people": 9, "new": 4, "improving": improving},
        2: {"name": "Umlauts in search", "people": 5, "new": 5},
        3: {"name": "Page templates", "people": 6, "new": 0, "fans": 5},
    }[number]
    return ThemeHeard(**{"theme_id": number, **given, **changes})


def themes_heard() -> tuple[ThemeHeard, ...]:
    """The three of the mock-ups."""
    return tuple(a_theme_heard(number) for number in (1, 2, 3))


def themes_told() -> tuple[ThemeHeard, ...]:
    """The same with what was said, as the thread of the digest lists them."""
    said = SaidOfTheme(
        title="Does Tidewiki keep page history after a restore?",
        url="https://www.reddit.com/r/selfhosted/comments/abc/",
        community="r/selfhosted",
    )
    first, *others = themes_heard()
    return (replace(first, said=(said, replace(said, title="", url="https://news.example/9"))), *others)


def nasty_themes(url: str, long: str = NASTY * 40) -> tuple[ThemeHeard, ...]:
    """Whatever could stand in a theme, at its worst."""
    improving = Improving(title=long, state=ImprovementState.DECLINED, owner=long, url=url)
    said = (SaidOfTheme(title=long, url=url, community=long),) * 2
    changes: dict[str, object] = {"name": long, "people": 10**9, "new": 10**8, "said": said}
    return (
        a_theme_heard(1, improving=improving, **changes),
        a_theme_heard(2, **changes),
        a_theme_heard(3, fans=10**9, **changes),
    )
