"""Bars as SVG, with the same figures as a table: for readers, printers and mail programs that draw none."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from handlers.views.digest.marked_up import Element, element

# As wide as a phone, so that words keep their size there.
WIDTH: Final = 440
HEIGHT: Final = 180
# Above the bars room for a number, below for a name.
TOP: Final = 22
BOTTOM: Final = 24
BAR_SHARE: Final = 0.62


class Series(NamedTuple):
    """Values, one for each bar, in one of the page's colours (from 0)."""

    name: str
    values: Sequence[int]
    colour: int


def bar_figure(title: str, bars: Sequence[str], series: Sequence[Series], *, first: str) -> Element:
    """Return a figure of stacked bars with their figures; `first` heads the column of the bars' names."""
    return element(
        "figure",
        element("figcaption", title),
        *([_legend(series)] if len(series) > 1 else []),
        _drawing(title, bars, series),
        _table(bars, series, first=first),
    )


def _drawing(title: str, bars: Sequence[str], series: Sequence[Series]) -> Element:
    totals = [sum(each.values[number] for each in series) for number in range(len(bars))]
    step, scale = WIDTH / max(1, len(bars)), (HEIGHT - TOP - BOTTOM) / max(1, *totals)
    drawn = element(
        "svg",
        element("title", title),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=_in_words(title, bars, totals),
    )
    floor = HEIGHT - BOTTOM
    for number, name in enumerate(bars):
        middle, top = step * (number + 0.5), float(floor)
        for each in series:
            height = each.values[number] * scale
            top -= height
            if height:
                drawn.append(_bar(middle, top, step * BAR_SHARE, height, each.colour))
        if totals[number]:
            drawn.append(_words(f"{totals[number]:,}", middle, top - 6, "count"))
        drawn.append(_words(name, middle, HEIGHT - 6, "name"))
    drawn.append(element("line", x1="0", x2=str(WIDTH), y1=str(floor), y2=str(floor), class_="floor"))
    return drawn


def _bar(middle: float, top: float, width: float, height: float, colour: int) -> Element:
    return element(
        "rect",
        x=f"{middle - width / 2:.1f}",
        y=f"{top:.1f}",
        width=f"{width:.1f}",
        height=f"{height:.1f}",
        class_=f"series-{colour}",
    )


def _words(words: str, x: float, y: float, class_: str) -> Element:
    return element("text", words, x=f"{x:.1f}", y=f"{y:.1f}", class_=class_)


def _in_words(title: str, bars: Sequence[str], totals: Sequence[int]) -> str:
    return f"{title}: " + ", ".join(f"{name} {total:,}" for name, total in zip(bars, totals, strict=True))


def _legend(series: Sequence[Series]) -> Element:
    rows = [element("li", element("span", class_=f"swatch series-{each.colour}"), each.name) for each in series]
    return element("ul", *rows, class_="legend")


def _table(bars: Sequence[str], series: Sequence[Series], *, first: str) -> Element:
    head = element("tr", element("th", first, scope="col"), *(element("th", each.name, scope="col") for each in series))
    rows = [
        element(
            "tr",
            element("th", name, scope="row"),
            *(element("td", f"{each.values[number]:,}") for each in series),
        )
        for number, name in enumerate(bars)
    ]
    return element("table", element("thead", head), element("tbody", *rows))
