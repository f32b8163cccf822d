"""Messages as one page of HTML that needs nothing else: no script, no picture, no request; to mail or to print."""

import re
from collections.abc import Sequence
from typing import Any, Final

from lxml import etree

from engagement.dataclass import dataclass
from engagement.digest.details import spread_of
from engagement.product import PRODUCT
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.digest.marked_up import Element, Reader, element, paragraphs
from handlers.views.digest.numbers import SERIES
from handlers.views.digest.plots import Series, bar_figure

# A first line in bold, with or without a remark behind it, is a heading.
_HEADED: Final = re.compile(r"\*([^*\n]+)\*( \([^()\n]*\))?(?:\n|\Z)")
# A tag has its colour, whichever of them a week had.
COLOURS: Final = {name: number for number, name in enumerate(SERIES)}
# One answer is no distribution.
SPREAD_FROM: Final = 2
# So that a page that was changed on its way still loads nothing and runs nothing.
NOTHING_ELSE: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE: Final = """
:root { color-scheme: light dark; --ink: #1c2733; --soft: #55636f; --line: #d5dce2; --page: #fff; --link: #0b5cad;
  --s0: #8fb8d8; --s1: #2f6fa8; --s2: #d98324; --s3: #b9b2a5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --soft: #a3b0bb; --line: #3a4651; --page: #14191e;
  --link: #7db8f0; --s0: #4d7590; --s1: #8cc4f5; --s2: #e79a45; --s3: #a39a8b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.25rem 3rem; max-width: 44rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
h3 span { font-weight: normal; color: var(--soft); }
p { margin: .5rem 0; }
.note { color: var(--soft); font-size: .9rem; }
a { color: var(--link); }
s { color: var(--soft); }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.5rem 0; }
blockquote { margin: .5rem 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--line); }
figure { margin: 1.5rem 0; }
figcaption { font-weight: 600; }
svg { display: block; width: 100%; max-width: 33rem; height: auto; margin: .5rem 0; }
svg text { fill: var(--soft); font-size: 13px; text-anchor: middle; }
svg .count { fill: var(--ink); }
.floor { stroke: var(--line); }
rect { stroke: var(--page); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: .25rem 0; padding: 0;
  font-size: .9rem; color: var(--soft); }
.swatch { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; border-radius: 2px; }
.series-0 { fill: var(--s0); background: var(--s0); } .series-1 { fill: var(--s1); background: var(--s1); }
.series-2 { fill: var(--s2); background: var(--s2); } .series-3 { fill: var(--s3); background: var(--s3); }
table { border-collapse: collapse; font-size: .85rem; color: var(--soft);
  width: 100%; max-width: 33rem; }
th, td { padding: .1rem .5rem .1rem 0; text-align: right; font-weight: normal; border-bottom: 1px solid var(--line); }
tr > :first-child { text-align: left; }
footer { margin-top: 3rem; }
article + article { margin-top: 5rem; }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --page: #fff; --link: #000;
    --s0: #8fb8d8; --s1: #2f6fa8; --s2: #d98324; --s3: #b9b2a5; }
  @page { margin: 18mm; }
  body { padding: 0; max-width: none; font-size: 10.5pt; }
  svg, .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  svg { max-width: 120mm; }
  h1, h2, h3 { break-after: avoid; }
  p, blockquote, figure, tr { break-inside: avoid; }
  article + article { break-before: page; } }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One digest: its message, those of its thread, and how long each of our answers took, in seconds."""

    digest: Message
    thread: Sequence[Message] = ()
    waits: Sequence[int] = ()


def draw_page(editions: Sequence[Edition], reader: Reader) -> str:
    """Return a page with these digests, as `reader` reads them."""
    title = editions[0].digest.text if len(editions) == 1 else f"{PRODUCT}: {len(editions)} digests"
    note = f"{PRODUCT}. Times are in the zone {reader.zone.key}."
    page = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", http_equiv="Content-Security-Policy", content=NOTHING_ELSE),
            element("title", title),
            element("style", STYLE),
        ),
        element(
            "body",
            *(_article(edition, reader) for edition in editions),
            element("footer", element("p", note, class_="note")),
        ),
        lang="en",
    )
    return etree.tostring(page, method="html", encoding="unicode", doctype="<!doctype html>") + "\n"


def _article(edition: Edition, reader: Reader) -> Element:
    drawn = _drawn(edition.digest, reader, heading="h1")
    if len(edition.waits) >= SPREAD_FROM:
        spread = spread_of(edition.waits)
        names, counts = [name for name, _ in spread], [count for _, count in spread]
        drawn.append(
            bar_figure("How long people waited for our answer", names, [Series("Answers", counts, 1)], first="Wait")
        )
    for message in edition.thread:
        drawn += _drawn(message, reader, heading="h2")
    return element("article", *drawn)


def _drawn(message: Message, reader: Reader, *, heading: str) -> list[Element]:
    return [each for block in message.blocks for each in _block(block, reader, heading)]


def _block(block: Block, reader: Reader, heading: str) -> list[Element]:
    """Return a block as elements; buttons are left out, for nobody can press them on paper."""
    match block:
        case {"type": "header", "text": {"text": str(text)}}:
            return [element(heading, text)]
        case {"type": "divider"}:
            return [element("hr")]
        case {"type": "context", "elements": list(elements)}:
            notes = [str(each.get("text", "")) for each in elements]
            return [each for note in notes for each in paragraphs(note, reader, class_="note")]
        case {"type": "section", "text": {"text": str(text)}}:
            return _section(text, reader)
        case {"type": blocks.CHART, "title": str(title), "chart": dict(chart)}:
            return [_chart(title, chart)]
    return []


def _section(text: str, reader: Reader) -> list[Element]:
    headed = _HEADED.match(text)
    if headed is None:
        return paragraphs(text, reader)
    title = element("h3", *_words(headed[1], reader))
    if headed[2]:
        title.append(element("span", headed[2]))
    rest = text[headed.end() :]
    return [title, *(paragraphs(rest, reader) if rest else [])]


def _words(text: str, reader: Reader) -> list[Element | str]:
    [whole] = paragraphs(text, reader)
    return [whole.text or "", *whole]


def _chart(title: str, chart: dict[str, Any]) -> Element:
    series = [
        Series(str(each["name"]), [int(one["value"]) for one in each["data"]], COLOURS.get(each["name"], 0))
        for each in chart["series"]
    ]
    return bar_figure(title, [str(name) for name in chart["axis_config"]["categories"]], series, first="Day")
