"""The period that the figures of a digest are about."""

from datetime import datetime

from storage.stamps import read_stamp, stamp

# What the counts of a period are asked with: workspace_id, starts_at, ends_at, and the label of one that is of a label.
Bounds = dict[str, str | int]


def bounds_of(workspace_id: str, starts_at: datetime, ends_at: datetime, *, label: int | None = None) -> Bounds:
    """Return the values that say which period of which workspace, [starts_at, ends_at), and of which label."""
    bounds: Bounds = {"workspace_id": workspace_id, "starts_at": stamp(starts_at), "ends_at": stamp(ends_at)}
    return bounds if label is None else bounds | {"label": label}


def before(bounds: Bounds) -> Bounds:
    """Return the period of the same length right before this one."""
    starts_at, ends_at = (read_stamp(str(bounds[name])) for name in ("starts_at", "ends_at"))
    return bounds | {"starts_at": stamp(starts_at - (ends_at - starts_at)), "ends_at": stamp(starts_at)}
