"""What all tabs of the App Home share: the row of tabs, and a word to whoever looks at it."""

from collections.abc import Mapping, Sequence
from typing import Final

from engagement.home import Tab
from engagement.product import PRODUCT
from handlers.views import blocks
from handlers.views.blocks import Block, View

TAB_NAME: Final[Mapping[Tab, str]] = {Tab.MINE: "Mine", Tab.SETTINGS: "Settings"}
BLOCKS_AT_MOST: Final = 100


def draw_home(tab: Tab, shown: Sequence[Block], *, notice: str = "") -> View:
    """Return the Home on one of its tabs; `notice` says why the latest press changed nothing."""
    drawn = [_tabs(tab), *([blocks.context(f"⚠️ {notice}")] if notice else []), *shown]
    return {"type": "home", "blocks": drawn[:BLOCKS_AT_MOST]}


def draw_first_home(*, notice: str = "") -> View:
    """Return the Home of a team that listens to nothing yet."""
    hello = f"I am *{PRODUCT}*. I listen where people talk about you, so that you can answer them and act on it."
    start = blocks.button("Start listening", "setup.start", "start", primary=True)
    shown = [blocks.section(hello), blocks.actions(start)]
    return {"type": "home", "blocks": [*([blocks.context(f"⚠️ {notice}")] if notice else []), *shown]}


def _tabs(current: Tab) -> Block:
    """Return the row of tabs; the one that is open is marked, and pressing it again draws its first page anew."""
    return blocks.actions(
        *(
            blocks.button(f"▸ {name}" if tab is current else name, f"home.tab.{number}", tab.value)
            for number, (tab, name) in enumerate(TAB_NAME.items())
        )
    )
