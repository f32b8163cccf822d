"""Block Kit's blocks: their fields, and the surface each may stand on (docs.slack.dev/blocks.json)."""

from collections.abc import Mapping
from typing import Any, Final

from sandbox import limits
from sandbox.blockkit_elements import CONTEXT_PRESSED, FILLED_IN, IMAGE, PRESSED, any_text, plain_text
from sandbox.blockkit_rich_text import RICH_TEXT, RUNS
from sandbox.blockkit_tables import CHART, DATA_TABLE, TABLE
from sandbox.schema import (
    Check,
    Problems,
    all_of,
    anything,
    boolean,
    each,
    fields,
    matching,
    one_of,
    problem,
    string,
    typed,
)


def _block(required: Mapping[str, Check] | None = None, optional: Mapping[str, Check] | None = None) -> Check:
    return fields(required=required or {}, optional={"block_id": string(limits.BLOCK_ID), **(optional or {})})


def _one_of_fields(*names: str) -> Check:
    """Accept an object with at least one of these fields."""

    def check(value: Any, pointer: str) -> Problems:
        if isinstance(value, dict) and not any(value.get(name) for name in names):
            named = " or ".join(f"`{name}`" for name in names)
            yield problem(pointer, f"must define either {named}")

    return check


def _shows_something(value: Any, pointer: str) -> Problems:
    if isinstance(value, dict) and ("image_url" in value) == ("slack_file" in value):
        yield problem(pointer, "must define either `image_url` or `slack_file`")


_IMAGE_ELEMENT: Final = all_of(IMAGE, _shows_something)
_AN_IMAGE: Final = typed({"image": _IMAGE_ELEMENT})

_SECTION: Final = all_of(
    _block(
        optional={
            "text": any_text(limits.SECTION_TEXT),
            "fields": each(any_text(limits.SECTION_FIELD_TEXT), maximum=limits.SECTION_FIELDS),
            "accessory": typed({**PRESSED, "image": _IMAGE_ELEMENT}),
            "expand": boolean,
        }
    ),
    _one_of_fields("text", "fields"),
)
_CONTEXT_TEXT: Final = any_text(limits.CONTEXT_TEXT)
_CONTEXT: Final = _block(
    {
        "elements": each(
            typed({"image": _IMAGE_ELEMENT, "mrkdwn": _CONTEXT_TEXT, "plain_text": _CONTEXT_TEXT}),
            maximum=limits.CONTEXT_ELEMENTS,
        )
    }
)
_PICTURE: Final = all_of(
    _block(
        {"alt_text": string(limits.IMAGE_ALT_TEXT)},
        {"image_url": string(limits.URL), "slack_file": anything, "title": plain_text(limits.IMAGE_TITLE)},
    ),
    _shows_something,
)


def _one_icon(value: Any, pointer: str) -> Problems:
    if isinstance(value, dict) and value.get("icon") and value.get("slack_icon"):
        yield problem(pointer, "must define either `icon` or `slack_icon`, not both")


_CARD: Final = all_of(
    _block(
        optional={
            "hero_image": _AN_IMAGE,
            "icon": _AN_IMAGE,
            "slack_icon": typed({"icon": fields(required={"name": string(limits.EMOJI_NAME)})}),
            "title": any_text(limits.CARD_TITLE),
            "subtitle": any_text(limits.CARD_TITLE),
            "body": any_text(limits.CARD_BODY),
            "subtext": any_text(limits.CARD_BODY),
            "actions": each(typed({"button": PRESSED["button"]}), maximum=limits.CARD_BUTTONS),
        }
    ),
    _one_of_fields("hero_image", "title", "actions", "body"),
    _one_icon,
)

_HTTPS: Final = matching(rf"https://\S{{1,{limits.URL}}}", "an https URL")
_VIDEO: Final = _block(
    {
        "alt_text": string(limits.VIDEO_TITLE),
        "title": plain_text(limits.VIDEO_TITLE),
        "thumbnail_url": string(limits.URL),
        "video_url": _HTTPS,
    },
    {
        "title_url": _HTTPS,
        "author_name": string(limits.VIDEO_NAME),
        "provider_name": string(limits.VIDEO_NAME),
        "provider_icon_url": string(limits.URL),
        "description": plain_text(limits.VIDEO_TITLE),
    },
)
_FILE: Final = _block({"external_id": string(limits.BLOCK_ID), "source": one_of("remote")})

# On every surface.
_BLOCKS: Final[Mapping[str, Check]] = {
    "section": _SECTION,
    "header": _block({"text": plain_text(limits.HEADER_TEXT)}),
    "divider": _block(),
    "context": _CONTEXT,
    "actions": _block({"elements": each(typed(PRESSED), maximum=limits.ACTIONS_ELEMENTS)}),
    "image": _PICTURE,
    "rich_text": RICH_TEXT,
    "card": _CARD,
    "video": _VIDEO,
}

_CAROUSEL: Final = _block({"elements": each(typed({"card": _CARD}), maximum=limits.CAROUSEL_CARDS)})

_IN_CONTAINER: Final = ("actions", "context", "divider", "header", "image", "rich_text", "section", "video")


def _collapses_if_it_can(value: Any, pointer: str) -> Problems:
    if isinstance(value, dict) and value.get("default_collapsed") and not value.get("is_collapsible"):
        yield problem(f"{pointer}/default_collapsed", "requires `is_collapsible`")


_CONTAINER: Final = all_of(
    _block(
        {
            "child_blocks": each(
                typed({**{name: _BLOCKS[name] for name in _IN_CONTAINER}, "table": TABLE, "file": _FILE}),
                maximum=limits.CONTAINER_BLOCKS,
            )
        },
        {
            "title": plain_text(limits.CARD_TITLE),
            "rich_text_title": typed({"rich_text_section": RUNS["rich_text_section"], "rich_text": RICH_TEXT}),
            "subtitle": any_text(limits.CARD_TITLE),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": _AN_IMAGE,
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
    ),
    _one_of_fields("title", "rich_text_title"),
    _collapses_if_it_can,
)

# Input blocks stay out of messages: an answer typed into a message is easily overlooked by people, and by apps.
_INPUT: Final = _block(
    {"label": plain_text(limits.INPUT_LABEL), "element": typed(FILLED_IN)},
    {"hint": plain_text(limits.INPUT_HINT), "optional": boolean, "dispatch_action": boolean},
)

IN_MESSAGES: Final[Mapping[str, Check]] = {
    **_BLOCKS,
    "markdown": _block({"text": string(limits.MARKDOWN_TEXT)}),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": CHART,
    "carousel": _CAROUSEL,
    "container": _CONTAINER,
    "context_actions": _block({"elements": each(typed(CONTEXT_PRESSED), maximum=limits.CONTEXT_ACTIONS_ELEMENTS)}),
    "file": _FILE,
}
IN_HOME: Final[Mapping[str, Check]] = {**_BLOCKS, "carousel": _CAROUSEL, "input": _INPUT}
IN_MODALS: Final[Mapping[str, Check]] = {
    **_BLOCKS,
    "input": _INPUT,
    "alert": _block(
        {"text": any_text(limits.ALERT_TEXT)}, {"level": one_of("default", "info", "success", "warning", "error")}
    ),
}
