"""Block Kit's blocks of numbers: table, data_table and data_visualization."""

from typing import Any, Final

from sandbox import limits
from sandbox.blockkit_rich_text import RICH_TEXT
from sandbox.schema import (
    Problems,
    all_of,
    boolean,
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

_ID: Final = {"block_id": string(limits.BLOCK_ID)}

_RAW_TEXT: Final = fields(required={"text": string(limits.SECTION_TEXT, minimum=0)})
_CELL: Final = typed({"raw_text": _RAW_TEXT, "rich_text": RICH_TEXT})
TABLE: Final = fields(
    required={"rows": each(each(_CELL, maximum=limits.TABLE_COLUMNS), maximum=limits.TABLE_ROWS)},
    optional={
        **_ID,
        "column_settings": each(
            fields(required={}, optional={"align": one_of("left", "center", "right"), "is_wrapped": boolean}),
            maximum=limits.TABLE_COLUMNS,
        ),
    },
)

_DATA_TEXT: Final = fields(required={"text": string(limits.SECTION_TEXT)})
_RAW_NUMBER: Final = fields(required={"value": number}, optional={"text": string(limits.SECTION_TEXT)})
_DATA_CELL: Final = typed({"raw_text": _DATA_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT})


def _is_even(value: Any, pointer: str) -> Problems:
    """Accept a data table of even rows and a header of plain cells, whose cells are not too much to read together."""
    rows = [row for row in items(value, "rows") if isinstance(row, list)]
    if len({len(row) for row in rows}) > 1:
        yield problem(f"{pointer}/rows", "all rows must have the same number of cells")
    for index, cell in enumerate(rows[0] if rows else ()):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            yield problem(f"{pointer}/rows/0/{index}/type", "unsupported type: rich_text (in the header)")
    size = sum(len(str(cell.get("text", ""))) for row in rows for cell in row if isinstance(cell, dict))
    if size > limits.DATA_TABLE_TEXT:
        yield problem(f"{pointer}/rows", f"no more than {limits.DATA_TABLE_TEXT} characters in all cells together")
    column = value.get("row_header_column_index")
    if rows and isinstance(column, int) and column >= len(rows[0]):
        yield problem(f"{pointer}/row_header_column_index", "must be the index of a column")


DATA_TABLE: Final = all_of(
    fields(
        required={
            "rows": each(
                each(_DATA_CELL, maximum=limits.TABLE_COLUMNS),
                minimum=limits.DATA_TABLE_ROWS_MIN,
                maximum=limits.DATA_TABLE_ROWS,
            ),
            "caption": string(limits.SECTION_TEXT),
        },
        optional={
            **_ID,
            "page_size": integer(1, limits.DATA_TABLE_PAGE),
            "row_header_column_index": integer(0, limits.TABLE_COLUMNS - 1),
        },
    ),
    _is_even,
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


_XY_CHART: Final = all_of(
    fields(required={"series": each(_SERIES, maximum=limits.CHART_SERIES), "axis_config": _AXES}),
    _series_follow_the_axis,
)
CHART: Final = fields(
    required={
        "title": string(limits.CHART_TITLE),
        "chart": typed(
            {
                "pie": fields(required={"segments": each(_POINT, maximum=limits.CHART_SEGMENTS)}),
                "bar": _XY_CHART,
                "line": _XY_CHART,
                "area": _XY_CHART,
            }
        ),
    },
    optional=_ID,
)
