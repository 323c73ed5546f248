"""Connections to servers, kept while they are good: one request and its whole answer at a time on each.

A request goes out with one write, and nothing waits but for the server. Knows no proxies, redirects or cookies, and
repeats nothing. TLS is the caller's.
"""

from __future__ import annotations

import asyncio
import importlib
import select
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple, cast

from app.adapters.http.messages import plain_answer
from app.adapters.http.values import KEPT_SECONDS

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from app.adapters.http.messages import Asked, Head, PlainAnswer
    from app.adapters.http.odd_answers import OddAnswer

_WAITING_MOST = 128 * 1024
"""Bytes that may lie here unread until the server has to wait."""
_SECOND_ADDRESS_AFTER = 0.25
"""Seconds until the next address of a host is tried beside the one that does not answer (RFC 8305)."""


class Origin(NamedTuple):
    """Whom to talk to: a host's name or address (ASCII), and whether through TLS."""

    host: str
    port: int
    secure: bool


class Connections:
    """Keeps connections for as many hosts as are asked, and proves by `tls` who they are."""

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        self._tls = tls
        self._idle: dict[Origin, list[Connection]] = {}
        self._is_closed = False

    async def take(self, origin: Origin, seconds: float) -> Connection:
        """A connection that nobody else uses: the one that was used last if it is still good, or a new one.

        Raises TimeoutError if there is none after so many `seconds`, OSError, UnicodeError for a name that cannot be.
        """
        tls = self._tls if origin.secure else None
        if origin.secure and tls is None:  # nobody may take https for less
            raise ValueError("https without whom to trust")
        kept = self._kept(origin)
        if kept is not None:
            return kept
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(seconds):
            transport, listener = await loop.create_connection(
                _Listener,
                origin.host,
                origin.port,
                ssl=tls,
                server_hostname=origin.host if tls else None,
                happy_eyeballs_delay=_SECOND_ADDRESS_AFTER,
            )
        return Connection(transport, listener)

    def give_back(self, origin: Origin, connection: Connection) -> None:
        """Keep it for the next one, if it may be used again."""
        if not self._is_closed and connection.is_reusable():
            self._idle.setdefault(origin, []).append(connection)
        else:
            connection.abort()

    def close(self) -> None:
        """Close all that nobody uses now, and the others as soon as they are given back."""
        self._is_closed = True
        for each in self._idle.values():
            for connection in each:
                connection.abort()
        self._idle.clear()

    def _kept(self, origin: Origin) -> Connection | None:
        """Of those that are not good any more, none is kept."""
        kept, good = self._idle.get(origin, []), None
        while kept and good is None:
            connection = kept.pop()
            if connection.is_good():
                good = connection
            else:
                connection.abort()
        for connection in [each for each in kept if each.is_old()]:
            kept.remove(connection)
            connection.abort()
        return good


class _Listener(asyncio.Protocol):
    """Keeps what arrives until it is read, and knows whether anything did while nothing was asked.

    One task waits at a time; it hears of what arrived, of the end, and that what was written is on its way.
    """

    def __init__(self) -> None:
        self.is_resting = False
        self.was_disturbed = False
        self.is_at_end = False
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._arrived = b""
        self._error: Exception | None = None
        self._is_held = self._is_full = False
        self._waiting: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.Protocol."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self.was_disturbed = self.was_disturbed or self.is_resting
        self._arrived += data
        if len(self._arrived) > _WAITING_MOST and not self._is_held and self._transport is not None:
            self._is_held = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """See asyncio.Protocol."""
        self.is_at_end = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol."""
        self.is_at_end, self._error = True, exc
        self._wake()

    def pause_writing(self) -> None:
        """See asyncio.Protocol."""
        self._is_full = True

    def resume_writing(self) -> None:
        """See asyncio.Protocol."""
        self._is_full = False
        self._wake()

    async def drain(self, seconds: float) -> None:
        """Wait until enough of what was written has been taken. Raises TimeoutError after so many `seconds`."""
        while self._is_full and not self.is_at_end:
            await self._wait(seconds)

    async def read(self, seconds: float) -> bytes:
        """All that arrived, or nothing at the end. Raises TimeoutError after so many `seconds` of silence, OSError."""
        while not self._arrived and not self.is_at_end:
            await self._wait(seconds)
        if not self._arrived and self._error is not None:
            raise self._error if isinstance(self._error, OSError) else ConnectionResetError("the answer broke off")
        data, self._arrived = self._arrived, b""
        if self._is_held and self._transport is not None:
            self._is_held = False
            self._transport.resume_reading()
        return data

    @property
    def is_empty(self) -> bool:
        """Whether everything that arrived was read."""
        return not self._arrived

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def _wait(self, seconds: float) -> None:
        self._waiting = waiting = self._loop.create_future()
        bell = self._loop.call_later(seconds, _too_late, waiting)
        try:
            await waiting
        finally:
            bell.cancel()
            self._waiting = None


async def _odd_answer(asked: Asked, data: bytes) -> OddAnswer:
    name = "app.adapters.http.odd_answers"
    if name not in sys.modules:  # it takes longer than a window may stand still
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rolecall-http")
        loading = thread.submit(importlib.import_module, name)
        thread.shutdown(wait=False)
        await asyncio.wrap_future(loading)
    from app.adapters.http.odd_answers import OddAnswer

    return OddAnswer(asked, data)


def _too_late(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_exception(TimeoutError())


class Connection:
    """One connection, and the answer that is read from it. What it raises: OSError, BrokenAnswerError."""

    def __init__(self, transport: asyncio.Transport, listener: _Listener) -> None:
        self._listener = listener
        self._transport = transport
        self._answer: PlainAnswer | OddAnswer | None = None
        self._is_readable = _readable(transport)
        self._last_used = _uptime()

    async def ask(self, asked: Asked, message: bytes, seconds: float) -> Head:
        """Send a request, `message` in bytes; the head of its answer.

        The server, and who takes what is sent, may keep silent for so many `seconds` (TimeoutError).
        """
        listener = self._listener
        listener.is_resting = False
        self._transport.write(message)
        await listener.drain(seconds)
        data = await listener.read(seconds)
        self._answer = answer = plain_answer(asked, data) or await _odd_answer(asked, data)
        while (head := answer.head()) is None:
            answer.feed(await listener.read(seconds))
        return head

    async def body(self, seconds: float, most: int) -> bytes:
        """The answer's body, or its beginning as soon as that is longer than `most`; each silence may last so long."""
        answer, found, size = self._answer, list[bytes](), 0
        while answer is not None and size <= most and (piece := answer.piece()) != b"":
            if piece is None:
                answer.feed(await self._listener.read(seconds))
            else:
                found.append(piece)
                size += len(piece)
        return b"".join(found)

    def is_reusable(self) -> bool:
        """Whether another request may follow; to be called after a whole answer."""
        if self._answer is None or not self._answer.is_over or not self._listener.is_empty:
            return False
        self._answer = None
        self._listener.is_resting = True
        self._last_used = _uptime()
        return True

    def is_old(self) -> bool:
        """Whether it has not been used for long; the time that the machine slept counts."""
        return _uptime() - self._last_used > KEPT_SECONDS

    def is_good(self) -> bool:
        """Whether it has not been closed meanwhile, as far as can be known, and is not old."""
        if self.is_old() or self._listener.was_disturbed or self._listener.is_at_end or self._transport.is_closing():
            return False
        # The loop may not have got round to what the kernel knows: anything to read means an end, or nonsense
        return not self._is_readable()

    def abort(self) -> None:
        """Close it at once: what else would come belongs to nobody."""
        self._transport.abort()


def _readable(transport: asyncio.Transport) -> Callable[[], bool]:
    """What tells whether the kernel has anything to read for an open connection."""
    sock = transport.get_extra_info("socket")
    if sock is None or sock.fileno() < 0:
        return lambda: True
    if sys.platform == "win32":
        return lambda: bool(select.select([sock.fileno()], [], [], 0)[0])
    poll = select.poll()  # which any descriptor's number will do for
    poll.register(sock.fileno(), select.POLLIN)
    return lambda: sock.fileno() < 0 or bool(poll.poll(0))


def _uptime() -> float:
    """Seconds since the machine started; where that can be told, those that it slept count."""
    clock: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)
