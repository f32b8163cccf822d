"""Socket Mode: envelopes out to the app's sockets, acknowledgements back."""

import asyncio
import contextlib
import itertools
import json
import secrets
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import WSMsgType, web

from sandbox import limits
from sandbox.inspector import Inspector
from sandbox.live import Live

_RETRIES: Final = 3
_CLOSED: Final = (ConnectionError, RuntimeError)


class NoAnswerError(Exception):
    """The app did not acknowledge: `dispatch_failed` when no socket was open, else `operation_timeout`."""


@dataclass(slots=True, eq=False)
class _Envelope:
    id: str
    kind: str
    payload: dict[str, Any]
    answer: asyncio.Future[dict[str, Any] | None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Sockets:
    """The app's open sockets. Each envelope goes to one of them, in turn.

    `ack_seconds` is how long an app may take to acknowledge, `ping_seconds` the time between pings of ours.
    """

    def __init__(
        self,
        *,
        app_id: str,
        live: Live,
        inspector: Inspector,
        ack_seconds: float = limits.ACK_SECONDS,
        ping_seconds: float = 10.0,
    ) -> None:
        self._app_id, self._live, self._inspector = app_id, live, inspector
        self._ack_seconds, self._ping_seconds = ack_seconds, ping_seconds
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._turn = itertools.count()
        self._waiting: dict[str, _Envelope] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        # A half-open connection: nothing is answered any more, not even a ping, and nobody is told.
        self.half_open = False

    @property
    def count(self) -> int:
        """Return how many sockets are open."""
        return len(self._sockets)

    def ticket(self) -> str:
        """Return the secret with which one socket may be opened."""
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Be the server's side of one socket until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="This address was used before; ask apps.connections.open for a new one.")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        if len(self._sockets) >= limits.SOCKETS_PER_APP:
            self._inspector.refuse("socket", "too_many_websockets")
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self._sockets.append(socket)
        pings = asyncio.create_task(self._ping(socket))
        try:
            await self._greet(socket)
            await self._listen(socket)
        except _CLOSED:
            pass
        finally:
            pings.cancel()
            self._forget(socket)
        return socket

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        debug = {"host": "applink-sandbox", "build_number": 1, "approximate_connection_time": 18060}
        connection = {"app_id": self._app_id}
        hello = {"type": "hello", "num_connections": self.count, "connection_info": connection, "debug_info": debug}
        await socket.send_json(hello)
        self._inspector.record("envelope", "hello", ok=True, response=hello)
        self._live.publish("connected", {"connected": True})

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if self.half_open:
                continue
            if frame.type == WSMsgType.PING:
                await socket.pong(frame.data)
            elif frame.type == WSMsgType.TEXT:
                self._acknowledge(frame.data)

    def _acknowledge(self, text: str) -> None:
        try:
            answer = json.loads(text)
            envelope = self._waiting.get(answer["envelope_id"])
        except (ValueError, TypeError, KeyError):
            self._inspector.refuse("acknowledgement", "not an object with an envelope_id", request=text)
            return
        if envelope is None:
            self._inspector.refuse("acknowledgement", "too late, or for an unknown envelope_id", request=answer)
        elif not envelope.answer.done():
            envelope.answer.set_result(answer.get("payload"))

    async def _ping(self, socket: web.WebSocketResponse) -> None:
        with contextlib.suppress(*_CLOSED):
            while True:
                await asyncio.sleep(self._ping_seconds)
                if not self.half_open:
                    await socket.ping(b"Ping from the sandbox")

    def _forget(self, socket: web.WebSocketResponse) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
            self._live.publish("connected", {"connected": self.count > 0})

    async def ask(self, kind: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        """Send a click, command or view once; the payload of the acknowledgement, or NoAnswerError."""
        if not self._sockets:
            self._inspector.record("envelope", _title(payload), ok=False, request=payload, reason="dispatch_failed")
            raise NoAnswerError("dispatch_failed")
        envelope = self._new(kind, payload)
        try:
            if await self._answered(envelope, accepts_response_payload=True):
                answer = envelope.answer.result()
                self._inspector.record("envelope", _title(payload), ok=True, request=payload, response=answer)
                return answer
        finally:
            del self._waiting[envelope.id]
        self._inspector.record("envelope", _title(payload), ok=False, request=payload, reason="operation_timeout")
        raise NoAnswerError("operation_timeout")

    def tell(self, payload: dict[str, Any]) -> None:
        """Send an event; it waits until a socket is open, and is sent again while nobody acknowledges it."""
        task = asyncio.create_task(self._deliver(self._new("events_api", payload)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, envelope: _Envelope) -> None:
        title = _title(envelope.payload)
        try:
            for attempt in range(_RETRIES + 1):
                await self._live.wait_until(lambda: self.count, seconds=None)
                retry = {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
                acked = await self._answered(envelope, accepts_response_payload=False, **retry)
                reason = {} if acked else {"reason": "not acknowledged"}
                self._inspector.record("event", title, ok=acked, request=envelope.payload, **retry, **reason)
                if acked:
                    return
            self._inspector.refuse(title, "given up: never acknowledged", request=envelope.payload)
        finally:
            del self._waiting[envelope.id]

    def _new(self, kind: str, payload: dict[str, Any]) -> _Envelope:
        envelope = _Envelope(id=secrets.token_hex(16), kind=kind, payload=payload)
        self._waiting[envelope.id] = envelope
        return envelope

    async def _answered(self, envelope: _Envelope, **fields: Any) -> bool:
        """Send the envelope to the next socket; whether it was acknowledged in time."""
        frame = {"envelope_id": envelope.id, "type": envelope.kind, "payload": envelope.payload, **fields}
        socket = self._sockets[next(self._turn) % len(self._sockets)]
        with contextlib.suppress(*_CLOSED):
            await socket.send_json(frame)
        await asyncio.wait([envelope.answer], timeout=self._ack_seconds)
        return envelope.answer.done()

    async def disconnect(self, reason: str) -> None:
        """Tell every socket why it should go: `refresh_requested`, `link_disabled`; a `warning` closes none."""
        for socket in list(self._sockets):
            with contextlib.suppress(*_CLOSED):
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
                if reason != "warning":
                    await socket.close()

    async def close(self) -> None:
        """Stop sending, and close every socket."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in list(self._sockets):
            with contextlib.suppress(*_CLOSED):
                await asyncio.wait_for(socket.close(code=1001, message=b"the sandbox stops"), timeout=1)


def _title(payload: dict[str, Any]) -> str:
    event = payload.get("event")
    return str(event["type"] if isinstance(event, dict) else payload.get("type") or payload.get("command"))
