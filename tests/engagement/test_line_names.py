"""What was changed is named as the line about it calls it."""

import pytest
from builders import NOW

from engagement.records.history import Line


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ({}, {"name": "Tidewiki", "value": "x"}, "Tidewiki"),
        ({"name": "Tide"}, {"name": "Tidewiki"}, "Tidewiki"),
        ({"name": "Tide"}, {}, "Tide"),
        ({}, {"place": "r/selfhosted"}, "r/selfhosted"),
        ({}, {"places": ["r/selfhosted", "Lobsters"]}, "r/selfhosted, Lobsters"),
        ({}, {"value": 7}, "7"),
        ({}, {"cover": "U2"}, ""),
    ],
    ids=["its name", "a new one", "what is gone", "a place", "several", "a setting", "nothing names it"],
)
def test_a_line_calls_what_was_changed_by_its_name(before, after, name):
    line = Line(id=1, object="watch", number=1, act="change", by="U1", at=NOW, before=before, after=after)

    assert line.name == name
