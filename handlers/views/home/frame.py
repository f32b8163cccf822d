"""What all tabs of the App Home share: the row of tabs, and a word to whoever looks at it."""

from collections.abc import Mapping, Sequence
from typing import Final

from engagement.home import Tab
from engagement.product import PRODUCT
from handlers.views import blocks
from handlers.views.blocks import Block, View

TAB_NAME: Final[Mapping[Tab, str]] = {
    Tab.MINE: "Mine",
    Tab.UNOWNED: "Needs someone",
    Tab.EVERYTHING: "Everything",
    Tab.SETTINGS: "Settings",
}
# More are not counted on a tab.
COUNTED_AT_MOST: Final = 99
BLOCKS_AT_MOST: Final = 100


def draw_home(tab: Tab, shown: Sequence[Block], *, counts: Mapping[Tab, int], notice: str = "") -> View:
    """Return the Home on one of its tabs; `counts` stand on theirs. `notice`: why the latest press changed nothing."""
    drawn = [_tabs(tab, counts), *([blocks.context(f"⚠️ {notice}")] if notice else []), *shown]
    return {"type": "home", "blocks": drawn[:BLOCKS_AT_MOST]}


def draw_first_home(*, notice: str = "") -> View:
    """Return the Home of a team that listens to nothing yet."""
    hello = f"I am *{PRODUCT}*. I listen where people talk about you, so that you can answer them and act on it."
    start = blocks.button("Start listening", "home.start", "start", primary=True)
    shown = [blocks.section(hello), blocks.actions(start)]
    return {"type": "home", "blocks": [*([blocks.context(f"⚠️ {notice}")] if notice else []), *shown]}


def _tabs(current: Tab, counts: Mapping[Tab, int]) -> Block:
    """Return the row of tabs; the one that is open is marked, and pressing it again draws its first page anew."""
    current = Tab.SETTINGS if current is Tab.PLACES else current
    return blocks.actions(
        *(
            blocks.button(f"{'▸ ' if tab is current else ''}{name}{_counted(counts.get(tab, 0))}", f"home.tab.{n}", tab)
            for n, (tab, name) in enumerate(TAB_NAME.items())
        )
    )


def _counted(count: int) -> str:
    if not count:
        return ""
    return f" ({count})" if count <= COUNTED_AT_MOST else f" ({COUNTED_AT_MOST}+)"
