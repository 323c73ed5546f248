"""Connections to servers, kept while they are good: one request and its whole answer at a time on each.

HTTP/1.1 as h11 reads and writes it, over asyncio's streams: a request goes out with one write, and nothing waits but
for the server. Knows no proxies, redirects or cookies, and repeats nothing. TLS is the caller's.
"""

from __future__ import annotations

import asyncio
import contextlib
import select
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import h11

from app.adapters.http.values import KEPT_SECONDS

if TYPE_CHECKING:
    import ssl

_HEAD_LONGEST = 64 * 1024
_CHUNK = 64 * 1024
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
            raise h11.LocalProtocolError("https")
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


class _Listener(asyncio.StreamReaderProtocol):
    """Knows whether anything arrived while nothing was asked, and whether anything lies there that nobody took."""

    def __init__(self) -> None:
        self.reader = asyncio.StreamReader()
        super().__init__(self.reader)
        self.is_resting = False
        self.was_disturbed = False
        self._waiting = 0

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self.was_disturbed = self.was_disturbed or self.is_resting
        self._waiting += len(data)
        super().data_received(data)

    async def read(self) -> bytes:
        """The next piece of what arrived; nothing at the end."""
        data = await self.reader.read(_CHUNK)
        self._waiting -= len(data)
        return data

    @property
    def is_empty(self) -> bool:
        """Whether everything that arrived was read."""
        return not self._waiting


class Connection:
    """One connection, and where its conversation is. What it raises: TimeoutError, OSError, h11.RemoteProtocolError."""

    def __init__(self, transport: asyncio.Transport, listener: _Listener) -> None:
        self._listener, self._reader = listener, listener.reader
        self._writer = asyncio.StreamWriter(transport, listener, self._reader, asyncio.get_running_loop())
        self._talk = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=_HEAD_LONGEST)
        self._last_used = _uptime()

    def message(self, method: str, target: bytes, headers: list[tuple[bytes, bytes]], body: bytes) -> bytes | None:
        """A whole request; None for what cannot be one. Not an error, which would tell what stood in the header."""
        talk = self._talk
        with contextlib.suppress(h11.LocalProtocolError):
            request = h11.Request(method=method, headers=headers, target=target)
            parts = [talk.send(request), talk.send(h11.Data(data=body)), talk.send(h11.EndOfMessage())]
            return b"".join(part for part in parts if part)
        return None

    async def ask(self, message: bytes, seconds: float) -> h11.Response:
        """Send a request; the head of its answer. Those that only say that one will come are passed over.

        The server, and who takes what is sent, may keep silent for so many `seconds`.
        """
        self._listener.is_resting = False
        self._writer.write(message)
        async with asyncio.timeout(seconds) as patience:
            await self._writer.drain()
            while not isinstance(event := self._talk.next_event(), h11.Response):
                if event is h11.NEED_DATA:
                    self._talk.receive_data(await self._listener.read())
                    patience.reschedule(asyncio.get_running_loop().time() + seconds)
                elif not isinstance(event, h11.InformationalResponse):
                    raise h11.RemoteProtocolError("no answer")
        return event

    async def more(self, seconds: float) -> bytes:
        """The next piece of the answer's body, for which to wait so long; nothing at its end."""
        while not isinstance(event := self._talk.next_event(), h11.EndOfMessage):
            if isinstance(event, h11.Data):
                if event.data:
                    return bytes(event.data)
            elif event is h11.NEED_DATA:
                async with asyncio.timeout(seconds):
                    self._talk.receive_data(await self._listener.read())
            else:
                raise h11.RemoteProtocolError("the answer broke off")
        return b""

    def is_reusable(self) -> bool:
        """Whether another request may follow; to be called after a whole answer."""
        if self._talk.our_state is not h11.DONE or self._talk.their_state is not h11.DONE:
            return False
        if self._talk.trailing_data[0] or not self._listener.is_empty:
            return False
        self._talk.start_next_cycle()
        self._listener.is_resting = True
        self._last_used = _uptime()
        return True

    def is_old(self) -> bool:
        """Whether it has not been used for long; the time that the machine slept counts."""
        return _uptime() - self._last_used > KEPT_SECONDS

    def is_good(self) -> bool:
        """Whether it has not been closed meanwhile, as far as can be known, and is not old."""
        if self.is_old() or self._listener.was_disturbed or self._reader.at_eof() or self._writer.is_closing():
            return False
        # The loop may not have got round to what the kernel knows: anything to read means an end, or nonsense
        return not _is_readable(self._writer)

    def abort(self) -> None:
        """Close it at once: what else would come belongs to nobody."""
        self._writer.transport.abort()


def _is_readable(writer: asyncio.StreamWriter) -> bool:
    sock = writer.get_extra_info("socket")
    if sock is None or sock.fileno() < 0:
        return True
    ready: list[object] = []
    if sys.platform == "win32":
        ready += select.select([sock.fileno()], [], [], 0)[0]
    else:
        poll = select.poll()  # which any descriptor's number will do for
        poll.register(sock.fileno(), select.POLLIN)
        ready += poll.poll(0)
    return bool(ready)


def _uptime() -> float:
    """Seconds since the machine started; where that can be told, those that it slept count."""
    clock: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)
