"""Socket Mode: envelopes out to the app's sockets, acknowledgements back."""

import asyncio
import contextlib
import itertools
import time
from typing import Any, Final

from aiohttp import WSMsgType, web

from sandbox import limits
from sandbox.delivery import Delivery, Means, NoAnswerError
from sandbox.strict_json import read_json

_CLOSED: Final = (ConnectionError, RuntimeError)


class Sockets(Delivery):
    """The app's open sockets. Each envelope goes to one of them, in turn; `ping_seconds` lie between pings of ours.

    The switches are bad days: `half_open` (nothing goes through any more, and nobody is told), `never_pong` (all works
    but pings are not answered), `lose_envelopes` and `lose_acks` (that many are lost on their way).
    """

    def __init__(self, means: Means, *, app_id: str, ping_seconds: float = 10.0) -> None:
        super().__init__(means)
        self._app_id, self._ping_seconds = app_id, ping_seconds
        self._tickets: dict[str, float] = {}
        self._sockets: list[web.WebSocketResponse] = []
        self._turn = itertools.count()
        self._waiting: dict[str, asyncio.Future[dict[str, Any] | None]] = {}
        self._frozen: set[web.WebSocketResponse] = set()
        self._latest: dict[str, dict[str, Any]] = {}
        self._repeated: set[str] = set()
        self.work_again()

    def work_again(self) -> None:
        """Turn all switches off; sockets that were frozen stay dead, as such sockets do."""
        self.half_open = False
        self.never_pong = False
        self.lose_envelopes = 0
        self.lose_acks = 0

    @property
    def count(self) -> int:
        """Return how many sockets are open."""
        return len(self._sockets)

    @property
    def is_open(self) -> bool:
        """Whether there is a socket to send to."""
        return bool(self._sockets)

    def ticket(self, *, expired: bool = False) -> str:
        """Return the secret with which one socket may be opened, within half a minute."""
        ticket = self._chance.hex("ticket", 8)
        self._tickets[ticket] = time.monotonic() + (-1.0 if expired else limits.SOCKET_URL_SECONDS)
        return ticket

    def freeze(self) -> None:
        """Make the sockets that are open now half-open for good; new ones will work."""
        self._frozen.update(self._sockets)

    def forget(self) -> None:
        """Forget what happened so far, with the envelopes that could be sent again."""
        super().forget()
        self._latest.clear()

    def _is_dead(self, socket: web.WebSocketResponse) -> bool:
        return self.half_open or socket in self._frozen

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Be the server's side of one socket until it closes."""
        if self._tickets.pop(request.query.get("ticket", ""), 0.0) < time.monotonic():
            self._inspector.refuse("socket", "the address was used before, or has expired")
            raise web.HTTPForbidden(text="This address is used or expired; ask apps.connections.open for a new one.")
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
            if not self._is_dead(socket):
                await self._greet(socket)
            self._live.publish("connected", {"connected": True})
            await self._listen(socket)
        except _CLOSED:
            pass
        finally:
            pings.cancel()
            self._let_go(socket)
        return socket

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        debug = {"host": "applink-sandbox", "build_number": 1, "approximate_connection_time": 18060}
        connection = {"app_id": self._app_id}
        hello = {"type": "hello", "num_connections": self.count, "connection_info": connection, "debug_info": debug}
        await socket.send_json(hello)
        self._inspector.record("envelope", "hello", ok=True, response=hello)

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if self._is_dead(socket):
                continue
            if frame.type == WSMsgType.PING and not self.never_pong:
                await socket.pong(frame.data)
            elif frame.type == WSMsgType.TEXT:
                self._acknowledge(frame.data)

    def _acknowledge(self, text: str) -> None:
        try:
            answer = read_json(text)
            envelope_id = str(answer["envelope_id"])
        except (ValueError, TypeError, KeyError):
            self._inspector.refuse("acknowledgement", "not an object with an envelope_id", request=text)
            return
        payload = answer.get("payload")
        if payload is not None and not isinstance(payload, dict):
            self._inspector.refuse("acknowledgement", "its payload is not an object", request=answer)
            payload = None
        waiting = self._waiting.get(envelope_id)
        if self.lose_acks > 0:
            self.lose_acks -= 1
        elif waiting is not None and not waiting.done():
            waiting.set_result(payload)
        elif waiting is None and envelope_id not in self._repeated:
            self._inspector.refuse("acknowledgement", "too late, or for an unknown envelope_id", request=answer)

    async def _ping(self, socket: web.WebSocketResponse) -> None:
        with contextlib.suppress(*_CLOSED):
            while True:
                await asyncio.sleep(self._ping_seconds)
                if not self._is_dead(socket):
                    await socket.ping(b"Ping from the sandbox")

    def _let_go(self, socket: web.WebSocketResponse) -> None:
        self._frozen.discard(socket)
        if socket in self._sockets:
            self._sockets.remove(socket)
            self._live.publish("connected", {"connected": self.count > 0})

    async def _ask(self, kind: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        if not self._sockets:
            raise NoAnswerError("dispatch_failed")
        frame = {"envelope_id": self._new_envelope(), "type": kind, "payload": payload}
        answer = await self._exchange({**frame, "accepts_response_payload": True})
        if not answer.done():
            raise NoAnswerError("operation_timeout")
        return answer.result()

    async def _attempt(self, envelope_id: str, payload: dict[str, Any], *, attempt: int, reason: str) -> str | None:
        frame = {"envelope_id": envelope_id, "type": "events_api", "payload": payload}
        retry = {"retry_attempt": attempt, "retry_reason": reason}
        answer = await self._exchange({**frame, "accepts_response_payload": False, **retry})
        return None if answer.done() else "timeout"

    async def _exchange(self, frame: dict[str, Any]) -> "asyncio.Future[dict[str, Any] | None]":
        """Send a frame to the next socket, and wait until it is acknowledged or the time for that is over."""
        answer: asyncio.Future[dict[str, Any] | None] = asyncio.get_running_loop().create_future()
        self._waiting[frame["envelope_id"]] = answer
        try:
            await self._send(frame)
            await asyncio.wait([answer], timeout=self.ack_seconds)
        finally:
            del self._waiting[frame["envelope_id"]]
        return answer

    async def _send(self, frame: dict[str, Any]) -> None:
        self._latest[frame["type"]] = frame
        if self.lose_envelopes > 0:
            self.lose_envelopes -= 1
            return
        socket = self._sockets[next(self._turn) % len(self._sockets)]
        if not self._is_dead(socket):
            with contextlib.suppress(*_CLOSED):
                await socket.send_json(frame)

    async def send_again(self, kind: str = "events_api") -> None:
        """Send the latest envelope of a kind once more, byte for byte; LookupError when there is none or no socket."""
        if kind not in self._latest or not self._sockets:
            raise LookupError(f"no envelope {kind} to send again" if self._sockets else "no socket is open")
        self._repeated.add(self._latest[kind]["envelope_id"])
        await self._send(self._latest[kind])

    async def disconnect(self, reason: str) -> None:
        """Tell every socket why it should go: `refresh_requested`, `link_disabled`; a `warning` closes none.

        A half-open line carries neither the frame nor the end.
        """
        for socket in [one for one in self._sockets if not self._is_dead(one)]:
            with contextlib.suppress(*_CLOSED):
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
                if reason != "warning":
                    await socket.close()

    async def close(self) -> None:
        """Stop sending, and close every socket."""
        await self.stop_telling()
        for socket in list(self._sockets):
            with contextlib.suppress(*_CLOSED):
                await asyncio.wait_for(socket.close(code=1001, message=b"the sandbox stops"), timeout=1)
