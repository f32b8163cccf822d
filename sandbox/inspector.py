"""What passed between the app and this Slack, newest first, for the page's inspector and for tests."""

import copy
import itertools
import logging
from collections import deque
from collections.abc import Callable
from typing import Any, Literal

from sandbox.live import Live

log = logging.getLogger(__name__)

Kind = Literal["api", "envelope", "event", "refusal"]
KEPT = 200


class Inspector:
    """Keeps the last `KEPT` calls, and logs every refusal so that a mistake of the app is not overlooked."""

    def __init__(self, live: Live, clock: Callable[[], float]) -> None:
        self._live = live
        self._clock = clock
        self._numbers = itertools.count(1)
        self.calls: deque[dict[str, Any]] = deque(maxlen=KEPT)

    def record(self, kind: Kind, title: str, *, ok: bool, **detail: Any) -> None:
        """Keep one call, envelope, event or refusal with its details as they are now."""
        call = {
            "id": next(self._numbers),
            "at": self._clock(),
            "kind": kind,
            "title": title,
            "ok": ok,
            "detail": copy.deepcopy(detail),
        }
        self.calls.appendleft(call)
        self._live.publish("call", {"call": call})
        if not ok:
            response = detail.get("response") or {}
            said = [detail.get("reason"), response.get("error"), *response.get("errors", ()), response.get("needed")]
            log.warning("Slack says no: %s: %s", title, "; ".join(str(one) for one in said if one))

    def refuse(self, title: str, reason: str, **detail: Any) -> None:
        """Keep, and log loudly, something that Slack would not do."""
        self.record("refusal", title, ok=False, reason=reason, **detail)
