"""The migrations of a file that is new: every table made once, with all its columns.

SQLite reads its whole schema again after each ALTER TABLE, which was two thirds of what a new database took. Where no
table stands yet, a column that a later migration adds can as well stand in the CREATE TABLE of an earlier one, just
where SQLite itself would write it, so that the file is the same in the end.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

_CREATED = re.compile(r"CREATE TABLE (\w+)")
_ADDED = re.compile(r"ALTER TABLE (\w+)\s+ADD COLUMN\s+(.+)", re.DOTALL)
_CHANGED = re.compile(r"(?:ALTER TABLE|DROP TABLE|INSERT INTO) (\w+)")
_SIGN = re.compile(r"'[^']*'|[(),]")
_CONSTRAINT = re.compile(r"\s*(?:PRIMARY|UNIQUE|CHECK|FOREIGN|CONSTRAINT)\b")


def folded(statements: Iterable[str]) -> list[str]:
    """Return statements that make of an empty file what `statements` make of it, one after the other."""
    result: list[str] = []
    # Where each table is made, and what is added there.
    places: dict[str, int] = {}
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for statement in statements:
        if (added := _ADDED.fullmatch(statement)) and added[1] in places:
            columns[places[added[1]]].append(added[2])
            continue
        if created := _CREATED.match(statement):
            places[created[1]] = len(result)
        elif changed := _CHANGED.match(statement):
            # What is added later has to find it changed; and a row goes in as long as the table that a later column
            # refers to is missing.
            places.pop(changed[1], None)
        result.append(statement)
    for place, more in columns.items():
        result[place] = _with_columns(result[place], more)
    return result


def _with_columns(create: str, more: Iterable[str]) -> str:
    end = _end_of_columns(create)
    return ", ".join((create[:end], *more)) + create[end:]


def _end_of_columns(create: str) -> int:
    """Return where the columns of a CREATE TABLE end: before the first constraint of the table, or before its end."""
    depth = 0
    for sign in _SIGN.finditer(create):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        is_constraint = sign[0] == "," and depth == 1 and _CONSTRAINT.match(create, sign.end())
        if is_constraint or (sign[0] == ")" and depth == 0):
            return sign.start()
    raise ValueError(f"this makes no table: {create}")
