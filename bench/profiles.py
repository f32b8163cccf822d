"""Watches of the names that labelled rows are about."""

from typing import Any

from engagement.watch import Terms, Watch


def a_watch(profile: dict[str, Any]) -> Watch:
    """Return the watch somebody would set up who knows what stands in `profile`."""
    terms = Terms(
        names=(profile["brand"],),
        excluded=tuple(profile.get("exclude", ())),
        near=tuple(profile.get("context", ())),
    )
    return Watch(
        id=1, workspace_id="T1", channel="C1", name=profile["brand"], terms=terms,
        site=(profile.get("domains") or [""])[0], handles=tuple(profile.get("handles", ())),
    )  # fmt: skip
