"""From what a feed carries to plain text: no markup, no control characters, of bounded length."""

import html
import re
import unicodedata
from collections.abc import Iterable
from html.entities import html5
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

NAME_CHARACTERS: Final = 100
TITLE_CHARACTERS: Final = 300
TEXT_CHARACTERS: Final = 20_000
# Markup is cut before it is parsed: a page of this size holds more than TEXT_CHARACTERS of text in any real feed.
# It also bounds the parser, whose time grows with the square of the nesting (2 s for 200,000 characters of "<div>").
MARKUP_CHARACTERS: Final = 200_000

HIDDEN: Final = ("script", "style", "template", "noscript", "iframe", "svg", "object", "head")
BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tr", "ul",
))  # fmt: skip
# Elements that are nothing but a part of their line, wherever they stand.
INLINE: Final = (
    "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
)  # fmt: skip
# Stands for a line break while other white space is folded, and for a tag that leaves nothing behind. No text contains
# them: they are removed before, with NUL, which a parser would make something of.
BREAK: Final = "\x1e"
NOTHING: Final = "\x1f"
NUL: Final = "\x00"

_CONTROL: Final = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff"
_NEWLINE: Final = r"\r\x85\u2028\u2029"
_CONTROLS = re.compile(f"[{_CONTROL}]")
_NEWLINES = re.compile(f"[{_NEWLINE}]")
_ASCII_CONTROLS: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
# What nothing is done to, and most of any text in our alphabet: it is left out before a text is searched for what
# something is done to, because an expression takes five times as long to look at a character.
_ORDINARY: Final = bytes(set(range(128)) - {*_ASCII_CONTROLS, ord("\r")})
# Latin, Greek and Cyrillic letters, punctuation, symbols, emoji: no controls, marks or letters with two spellings.
_STEADY: Final = r"\xa0-\u02ff\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u200b-\u2027\u20ac\u2122\U0001f300-\U0001faff"
_UNSTEADY = re.compile(f"[^{_STEADY}]")
_CONTROL_OR_NEWLINE = re.compile(f"[{_CONTROL}{_NEWLINE}]")
# Spelled out, because to ask of a character whether it is a space takes as long again.
_CONTROL_OR_SPACE = re.compile(rf"[{_CONTROL}{_NEWLINE}\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# A pile of marks on one letter takes the square of its height to normalise, here and wherever the text is compared.
MARKS_AT_MOST: Final = 30
# Begun with a single character, which Python seeks four times as fast as a repetition or a choice.
_PILE = re.compile(rf"[^\w\s\x00-\x7f][^\w\s\x00-\x7f]{{{MARKS_AT_MOST},}}")
_MAY_BE_MARK = re.compile(r"[^\w\s\x00-\x7f\u2010-\u2027\u3000-\u3029\uff01-\uff20]")
# A space that stands alone is no match: nearly all of them do, and replacing each took half the time of reading a feed.
_SPACES_IN_LINE = re.compile(r" [^\S\n]+|[^\S\n ][^\S\n]*")
_BLANK_LINES = re.compile(r" *\n(?: *\n)+ *")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#a-zA-Z]")
# All that a browser may take for a reference, with a semicolon or without.
_ANY_REFERENCE = re.compile(r"&(#?+[a-zA-Z0-9]*+;?+)")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

# The rest of a tag that can be read without a parser: attributes in quotes, with no angle bracket in them.
_REST = r"""(?>\s++[a-zA-Z][\w:.-]*+(?>="[^"<>]*+"|='[^'<>]*+')?+)*+\s*+/?+>"""
# Most tags have no attribute or one, so those are tried first: it takes a quarter less.
_SHORT_REST = rf"""(?:>| [a-z]++="[^"<>]*+"(?:>|{_REST})|{_REST})"""
# Capitals are spelled out, because to ignore case takes a third longer.
_FRAME_TAG: Final = "[iI][fF][rR][aA][mM][eE]"
_TAG = re.compile(
    # Frames have nothing inside, they show another page.
    rf"<(?:{_FRAME_TAG}{_REST}\s*</{_FRAME_TAG}>|(/?+[a-zA-Z0-9]++){_SHORT_REST}|!--(?>[^<>-]++|-(?=[^<>-]))*+-->)",
    re.ASCII,
)
# What each tag leaves behind, by its name; None is the name of comments and frames.
_LEAVES: Final[dict[str | None, str]] = {None: NOTHING} | {
    spelling: BREAK if name in BLOCKS else NOTHING
    for name in {*BLOCKS, *INLINE} - {"pre", "table", "tr"}
    for spelling in (name, f"/{name}", name.upper(), f"/{name.upper()}")
}
# What becomes of the characters of a text without tags, once its references are resolved, and which are left out. Of
# bytes, which are translated twice as fast as characters.
_LAYOUT: Final = bytes.maketrans(b"\t\n\r" + BREAK.encode(), b"   \n")
_LEFT_OUT: Final = bytes(set(_ASCII_CONTROLS) - {ord(BREAK)})


class _Meanings(dict[str, str]):
    """What each reference means, by what stands behind its "&"; those by number are added as they are met."""

    AT_MOST: Final = 5_000
    LONGEST: Final = 10

    def __missing__(self, reference: str) -> str:
        try:
            meaning = html.unescape(f"&{reference}")
        except ValueError:
            # Python reads no number of thousands of digits, and there is no such character.
            meaning = "\ufffd"
        if len(self) < self.AT_MOST and len(reference) <= self.LONGEST:
            self[reference] = meaning
        return meaning


_MEANINGS: Final = _Meanings(html5)


def without_controls(text: str) -> str:
    """Return `text` in NFC, with Unix line ends and without control characters, NULs and lone surrogates.

    NFC, because two spellings of the same word must match; NFKC is left to the matcher, since it changes what
    people see. A letter keeps 30 marks, more than any language puts on one (Unicode, UAX #15, 12.1: Stream-Safe Text).
    """
    if text.isascii():
        if text.isprintable():
            return text
        return text.replace("\r\n", "\n").replace("\r", "\n").translate(_ASCII_CONTROLS)
    odd = _odd(text)
    if not _UNSTEADY.search(odd):
        return text
    if _CONTROL_OR_NEWLINE.search(odd):
        text = odd = _CONTROLS.sub("", _NEWLINES.sub("\n", text.replace("\r\n", "\n")))
    if _may_have_pile(odd):
        text = _PILE.sub(_without_pile, text)
    normal = unicodedata.normalize("NFC", text)
    # One mark may become two.
    return normal if len(normal) <= len(text) else _PILE.sub(_without_pile, normal)


def _odd(text: str) -> str:
    """Return the characters of `text` that something may be done to."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ORDINARY).decode("utf-8", "surrogatepass")


def _may_have_pile(odd: str) -> bool:
    # Each pile has a mark in one of these places.
    return bool(_MAY_BE_MARK.search(odd[MARKS_AT_MOST :: MARKS_AT_MOST + 1]) and _PILE.search(odd))


def _without_pile(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in found.group():
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks <= MARKS_AT_MOST:
            kept.append(character)
    return "".join(kept)


def as_written(text: str) -> str:
    """Return an id or an address as it was written, but for the space around it and what no database stores.

    Not in NFC: two spellings of an address may be two addresses.
    """
    return (text if text.isascii() and text.isprintable() else _CONTROLS.sub("", text)).strip()


def plain(text: str, *, limit: int = TEXT_CHARACTERS) -> str:
    """Tidy text that carries no markup: lines kept, white space inside them folded, at most `limit` characters."""
    lines = without_controls(text[: limit * 4])
    if "  " in lines or "\t" in lines or (not lines.isascii() and _CONTROL_OR_SPACE.search(_odd(lines))):
        lines = _SPACES_IN_LINE.sub(" ", lines)
    # The spaces are folded, so a blank line is one of these two.
    if "\n\n" in lines or "\n \n" in lines:
        lines = _BLANK_LINES.sub("\n\n", lines)
    return clipped(lines.strip(), limit)


def from_html(markup: str) -> str:
    """Return the text of HTML as a reader sees it: block elements on lines of their own, scripts dropped.

    References are resolved once, as a browser does, so that `&lt;tag&gt;` comes out as `<tag>`, a word of the text.
    """
    markup = markup[:MARKUP_CHARACTERS]
    if not markup.isascii() or BREAK in markup or NOTHING in markup or NUL in markup:
        markup = without_controls(markup)
    text = _laid_out(_with_breaks(markup))
    lines = text.split("\n")
    if "  " in text:
        lines = [" ".join(line.split()) if "  " in line else line for line in lines]
    return clipped("\n".join(filter(None, map(str.strip, lines))), TEXT_CHARACTERS)


def _laid_out(text: str) -> str:
    """Return `text` with newlines for each BREAK and nowhere else, spaces for other white space, and without controls.

    A reference can spell any of them (&#1;).
    """
    if text.isascii():
        return text.encode("ascii").translate(_LAYOUT, _LEFT_OUT).decode("ascii")
    text = text.replace("\n", " ").replace("\xa0", " ").replace(NOTHING, "").replace(BREAK, "\n")
    odd = _odd(text)
    if _UNSTEADY.search(odd) and _may_be_untidy(text, odd):
        return "\n".join([_one_line(without_controls(line)) for line in text.split("\n")])
    return text.replace("\t", " ")


def _may_be_untidy(text: str, odd: str) -> bool:
    # What was tidy as markup is nearly always tidy as text.
    return bool(_CONTROL_OR_SPACE.search(odd)) or _may_have_pile(odd) or not unicodedata.is_normalized("NFC", text)


def _with_breaks(markup: str) -> str:
    """Return the text of `markup` with BREAK where a block begins or ends, and maybe NOTHING in place of other tags."""
    # Most of what people write is so simple that replacing its tags gives what a parser would, in a third of the time.
    pieces: list[str] = _TAG.split(markup)
    try:
        pieces[1::2] = map(_LEAVES.__getitem__, pieces[1::2])
    except KeyError:
        return _parsed(markup)
    text = "".join(pieces)
    if "<" in text:
        # Text that merely holds a bare "<" is the same in HTML and needs no parser.
        return _parsed(markup) if _MARKUP.search(markup) else markup
    # The place of a tag is kept until here, lest `&am<b>p;` become a reference.
    return _resolved(text) if "&" in text else text


def _resolved(text: str) -> str:
    """Resolve character references as `html.unescape` does, which calls a function for each and takes twice as long."""
    pieces = _ANY_REFERENCE.split(text)
    pieces[1::2] = map(_MEANINGS.__getitem__, pieces[1::2])
    return "".join(pieces)


def _parsed(markup: str) -> str:
    tree = LexborHTMLParser(markup)
    tree.strip_tags(list(HIDDEN), recursive=True)
    # Walked, because to select one of so many names takes four times as long.
    blocks = [node for node in tree.root.traverse() if node.tag in BLOCKS] if tree.root else []
    for block in blocks:
        block.insert_before(BREAK)
        block.insert_after(BREAK)
    if verbatims := [block for block in blocks if block.tag == "pre"]:
        # Each is walked with what stands in it, so those inside of another would be walked once for each around them.
        inner = {verbatim.mem_id for verbatim in tree.css("pre pre")}
        for verbatim in verbatims:
            if verbatim.mem_id not in inner:
                _keep_lines(verbatim)
    return tree.body.text(deep=True) if tree.body else ""


def _keep_lines(verbatim: LexborNode) -> None:
    # Listed first: selectolax 1.0 crashes when the node it stands on is replaced.
    for node in [node for node in verbatim.traverse(include_text=True) if node.is_text_node]:
        if "\n" in (node.text_content or ""):
            node.replace_with((node.text_content or "").replace("\n", BREAK))


def page_title(markup: str) -> str:
    """Return what a web page calls itself, on one line; empty if it does not say."""
    node = LexborHTMLParser(markup).css_first("title")
    return as_name(node.text()) if node else ""


def one_line(text: str, *, limit: int = TITLE_CHARACTERS) -> str:
    """Return `text` on one line, for titles and names."""
    # Nearly all are on one line already.
    if len(text) <= limit and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return clipped(_one_line(without_controls(text)), limit)


def as_name(text: str) -> str:
    """Return `text` on one line, as the name of somebody or something."""
    return one_line(text, limit=NAME_CHARACTERS)


def _one_line(text: str) -> str:
    """Fold the white space of a text without controls; to look for any costs a tenth of folding it."""
    text = text.strip()
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def unescaped(text: str) -> str:
    """Resolve character references once, where a format leaves open whether it escaped them (titles in RSS)."""
    return _REFERENCE.sub(lambda found: html.unescape(found.group()), text) if "&" in text else text


def said_once(texts: Iterable[str]) -> str:
    """Return texts without markup as one, but for those that stand in another before them, cut short or on one line."""
    given = [text for text in texts if text]
    # Dots and brackets are what is left of a text that was cut short, unless nothing else was said.
    telling = [text for text in given if text.rstrip(" \n.…[]")] or given
    kept: list[str] = []
    seen: list[str] = []
    # Nearly every entry has one text, and nothing to compare it with.
    for text in telling if len(telling) > 1 else ():
        line = text.replace("\n", " ").replace("  ", " ").rstrip(" .…[]")
        if not any(line in other for other in seen):
            kept.append(text)
            seen.append(line)
    return clipped("\n\n".join(kept or telling), TEXT_CHARACTERS)


def clipped(text: str, limit: int) -> str:
    """Return at most `limit` characters of `text`, cut behind a word if one ends near, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit - limit // 5)
    return (cut[:space] if space > 0 else cut).rstrip() + "…"
