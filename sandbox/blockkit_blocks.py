"""Block Kit's blocks: their fields, and the surface each may stand on."""

from collections.abc import Mapping
from typing import Any, Final

from sandbox import limits
from sandbox.blockkit_elements import FILLED_IN, IMAGE, PRESSED, any_text, plain_text
from sandbox.schema import (
    Check,
    Problems,
    anything,
    boolean,
    both,
    each,
    fields,
    integer,
    items,
    number,
    one_of,
    problem,
    string,
    typed,
)


def _block(required: Mapping[str, Check] | None = None, optional: Mapping[str, Check] | None = None) -> Check:
    return fields(required=required or {}, optional={"block_id": string(limits.BLOCK_ID), **(optional or {})})


def _says_something(value: Any, pointer: str) -> Problems:
    if not value.get("text") and not value.get("fields"):
        yield problem(pointer, "must define either `text` or `fields`")


def _shows_something(value: Any, pointer: str) -> Problems:
    if ("image_url" in value) == ("slack_file" in value):
        yield problem(pointer, "must define either `image_url` or `slack_file`")


_IMAGE_ELEMENT: Final = both(IMAGE, _shows_something)

_RICH_PIECE: Final = typed(dict.fromkeys(("text", "link", "emoji", "user", "channel", "date", "broadcast"), anything))
_RICH_RUN: Final = fields(
    required={"elements": each(_RICH_PIECE, maximum=1_000, minimum=0)}, optional={"border": number}
)
_RICH_TEXT: Final = _block(
    {
        "elements": each(
            typed(
                {
                    "rich_text_section": _RICH_RUN,
                    "rich_text_preformatted": _RICH_RUN,
                    "rich_text_quote": _RICH_RUN,
                    "rich_text_list": fields(
                        required={
                            "elements": each(typed({"rich_text_section": _RICH_RUN}), maximum=1_000),
                            "style": one_of("bullet", "ordered"),
                        },
                        optional={"indent": integer(0, 8), "offset": number, "border": number},
                    ),
                }
            ),
            maximum=1_000,
            minimum=0,
        )
    }
)

_CELL: Final = typed(
    {"raw_text": fields(required={"text": string(limits.SECTION_TEXT, minimum=0)}), "rich_text": _RICH_TEXT}
)
_TABLE: Final = _block(
    {"rows": each(each(_CELL, maximum=limits.TABLE_COLUMNS), maximum=limits.TABLE_ROWS)},
    {
        "column_settings": each(
            fields(required={}, optional={"align": one_of("left", "center", "right"), "is_wrapped": boolean}),
            maximum=limits.TABLE_COLUMNS,
        )
    },
)

_POINT: Final = fields(required={"label": string(limits.CHART_LABEL), "value": number})
_AXES: Final = fields(
    required={"categories": each(string(limits.CHART_LABEL), maximum=limits.CHART_POINTS)},
    optional={"x_label": string(limits.CHART_AXIS_LABEL), "y_label": string(limits.CHART_AXIS_LABEL)},
)
_SERIES: Final = fields(
    required={"name": string(limits.CHART_LABEL), "data": each(_POINT, maximum=limits.CHART_POINTS)},
)


def _series_follow_the_axis(value: Any, pointer: str) -> Problems:
    """Accept a chart whose series have names of their own, and one point for each category."""
    axis = value.get("axis_config")
    categories = axis.get("categories") if isinstance(axis, dict) else None
    series = [one for one in items(value, "series") if isinstance(one, dict)]
    if len({str(one.get("name")) for one in series}) < len(series):
        yield problem(f"{pointer}/series", "series names must be unique")
    for index, one in enumerate(series):
        labels = [point.get("label") for point in items(one, "data") if isinstance(point, dict)]
        if isinstance(categories, list) and sorted(map(str, labels)) != sorted(map(str, categories)):
            yield problem(f"{pointer}/series/{index}/data", "labels must match `categories`")


_XY_CHART: Final = both(
    fields(required={"series": each(_SERIES, maximum=limits.CHART_SERIES), "axis_config": _AXES}),
    _series_follow_the_axis,
)
_CHART: Final = typed(
    {
        "pie": fields(required={"segments": each(_POINT, maximum=limits.CHART_SEGMENTS)}),
        "bar": _XY_CHART,
        "line": _XY_CHART,
        "area": _XY_CHART,
    }
)

_BLOCKS: Final[Mapping[str, Check]] = {
    "section": both(
        _block(
            optional={
                "text": any_text(limits.SECTION_TEXT),
                "fields": each(any_text(limits.SECTION_FIELD_TEXT), maximum=limits.SECTION_FIELDS),
                "accessory": typed({**PRESSED, "image": _IMAGE_ELEMENT}),
                "expand": boolean,
            }
        ),
        _says_something,
    ),
    "header": _block({"text": plain_text(limits.HEADER_TEXT)}),
    "divider": _block(),
    "context": _block(
        {
            "elements": each(
                typed(
                    {
                        "image": _IMAGE_ELEMENT,
                        "mrkdwn": any_text(limits.CONTEXT_TEXT),
                        "plain_text": any_text(limits.CONTEXT_TEXT),
                    }
                ),
                maximum=limits.CONTEXT_ELEMENTS,
            )
        }
    ),
    "actions": _block({"elements": each(typed(PRESSED), maximum=limits.ACTIONS_ELEMENTS)}),
    "image": both(
        _block(
            {"alt_text": string(limits.IMAGE_ALT_TEXT)},
            {"image_url": string(limits.URL), "slack_file": anything, "title": plain_text(limits.IMAGE_TITLE)},
        ),
        _shows_something,
    ),
    "rich_text": _RICH_TEXT,
}

# Input blocks stay out of messages: an answer typed into a message is easily overlooked by people, and by apps.
_INPUT: Final = _block(
    {"label": plain_text(limits.INPUT_LABEL), "element": typed(FILLED_IN)},
    {"hint": plain_text(limits.INPUT_HINT), "optional": boolean, "dispatch_action": boolean},
)

IN_MESSAGES: Final[Mapping[str, Check]] = {
    **_BLOCKS,
    "markdown": _block({"text": string(limits.MARKDOWN_TEXT)}),
    "table": _TABLE,
    "data_visualization": _block({"title": string(limits.CHART_TITLE), "chart": _CHART}),
}
IN_HOME: Final[Mapping[str, Check]] = {**_BLOCKS, "input": _INPUT}
IN_MODALS: Final[Mapping[str, Check]] = {
    **IN_HOME,
    "alert": _block(
        {"text": any_text(limits.ALERT_TEXT)}, {"level": one_of("default", "info", "success", "warning", "error")}
    ),
}
