"""Texts of RSS whose type nobody declares: whether one is HTML, by the rule of feedparser."""

import html.entities
import re
from typing import Final

# The elements that feedparser takes for HTML in a text of undeclared type.
_ELEMENTS: Final = frozenset(
    "a abbr acronym address area article aside audio b big "  # noqa: SIM905 a hundred quoted words are harder to read
    "blockquote br button canvas caption center cite code col "
    "colgroup command datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset figcaption "
    "figure font footer form h1 h2 h3 h4 h5 h6 header hr i img input ins kbd keygen label legend li m map menu meter "
    "multicol nav nextid noscript ol optgroup option output p pre progress q s samp section select small sound source "
    "spacer span strike strong sub sup table tbody td textarea tfoot th thead time tr tt u ul var video".split()
)
_END_TAG = re.compile(r"</(\w+)>")
_REFERENCE = re.compile(r"&#?\w+;")
_ANY_TAG = re.compile(r"</?(\w+)")
_NAME = re.compile(r"&(\w+);")


def looks_like_html(text: str) -> bool:
    """Say whether a text of RSS that ought to be plain is HTML after all.

    It has an end tag or a reference, and nothing in it that HTML does not know.
    """
    if "<" not in text and "&" not in text:
        return False
    return (
        bool(_END_TAG.search(text) or _REFERENCE.search(text))
        and all(name.lower() in _ELEMENTS for name in _ANY_TAG.findall(text))
        and all(name in html.entities.entitydefs for name in _NAME.findall(text))
    )
