"""Block Kit's rich_text block, piece by piece.

Source: docs.slack.dev/reference/block-kit/blocks/rich-text-block and the pages of its elements. Pieces that only
Slack's own client makes (canvases, citations, list records and the like) are refused as unsupported.
"""

from collections.abc import Mapping
from typing import Final

from sandbox import limits
from sandbox.schema import Check, boolean, each, fields, integer, matching, number, one_of, string, typed

_TEXT_STYLES: Final = ("bold", "italic", "strike", "code", "underline")
_MENTION_STYLES: Final = ("bold", "italic", "strike", "highlight", "client_highlight", "unlink", "underline", "code")


def _style(names: tuple[str, ...]) -> Check:
    return fields(required={}, optional=dict.fromkeys(names, boolean))


def _piece(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    return fields(required=required, optional={"style": _style(_MENTION_STYLES), **(optional or {})})


_ID: Final = matching(r"[A-Z][A-Z0-9]+", "an id of Slack's")
_TEXT: Final = fields(
    required={"text": string(limits.RICH_TEXT)}, optional={"style": _style((*_TEXT_STYLES, "highlight"))}
)
_LINK: Final = fields(
    required={"url": string(limits.URL)},
    optional={
        "text": string(limits.RICH_TEXT, minimum=0),
        "unsafe": boolean,
        "style": _style((*_TEXT_STYLES, "highlight")),
    },
)

_PIECES: Final[Mapping[str, Check]] = {
    "text": _TEXT,
    "link": _LINK,
    "emoji": _piece(
        {"name": string(limits.EMOJI_NAME)}, {"unicode": string(limits.EMOJI_NAME), "skin_tone": integer(1, 6)}
    ),
    "user": _piece({"user_id": _ID}),
    "channel": _piece({"channel_id": _ID}),
    "usergroup": _piece({"usergroup_id": _ID}),
    "team": _piece({"team_id": _ID}),
    "broadcast": _piece({"range": one_of("here", "channel", "everyone")}),
    "date": _piece(
        {"timestamp": number, "format": string(limits.RICH_TEXT)},
        {"url": string(limits.URL), "fallback": string(limits.RICH_TEXT)},
    ),
    "color": _piece({"value": matching(r"#[0-9A-Fa-f]{3,8}", "a colour like #F405B3")}),
}
_ANY: Final = each(typed(_PIECES), maximum=limits.RICH_TEXT_PIECES, minimum=0)
_BORDER: Final = {"border": number}
_SECTION: Final = fields(required={"elements": _ANY})

RUNS: Final[Mapping[str, Check]] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": fields(required={"elements": _ANY}, optional=_BORDER),
    "rich_text_preformatted": fields(
        required={
            "elements": each(typed({"text": _TEXT, "link": _LINK}), maximum=limits.RICH_TEXT_PIECES, minimum=0),
        },
        optional={**_BORDER, "language": string(limits.EMOJI_NAME)},
    ),
    "rich_text_list": fields(
        required={
            "elements": each(typed({"rich_text_section": _SECTION}), maximum=limits.RICH_TEXT_PIECES),
            "style": one_of("bullet", "ordered"),
        },
        optional={**_BORDER, "indent": integer(0, limits.RICH_TEXT_INDENT), "offset": integer(0, limits.RICH_TEXT)},
    ),
}

RICH_TEXT: Final = fields(
    required={"elements": each(typed(RUNS), maximum=limits.RICH_TEXT_PIECES, minimum=0)},
    optional={"block_id": string(limits.BLOCK_ID)},
)
