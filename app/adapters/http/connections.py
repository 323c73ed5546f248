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
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from app.domain.values import dataclass

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping
    from datetime import datetime

    import h11

KEPT_SECONDS = 20.0
"""How long a connection that nobody uses is kept. Servers and what is in between keep them longer."""
_HEAD_LONGEST = 64 * 1024
_CHUNK = 64 * 1024
_SECOND_ADDRESS_AFTER = 0.25
"""Seconds until the next address of a host is tried beside the one that does not answer (RFC 8305)."""

Kind = Literal["connect", "slow", "broken", "long", "request"]


class ConnectionTrouble(Exception):
    """What went wrong: no connection, no answer in time, a broken one, one that is too long, no such request.

    Tells nothing of what was sent.
    """

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind: Kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whom to talk to: a host's name or address (ASCII), and whether through TLS."""

    host: str
    port: int
    secure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The machine's wall clock, UTC, and the seconds of one that nobody sets."""

    now: Callable[[], datetime]
    steady: Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back. Header names are lower-case; of several with one name the values are joined by commas.

    `sent` is when the request was written, `received` when its head was there, `took` the seconds in between.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    sent: datetime
    received: datetime
    took: float


class Connections:
    """Keeps connections for as many hosts as are asked. Times are seconds."""

    def __init__(
        self,
        tls: ssl.SSLContext | None,
        *,
        connect_timeout: float,
        read_timeout: float,
        clocks: Clocks,
        longest: int,
    ) -> None:
        self._tls = tls
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._clocks = clocks
        self._longest = longest
        self._idle: dict[Origin, list[_Connection]] = {}
        self._is_closed = False

    async def ask(self, origin: Origin, method: str, target: bytes, headers: Mapping[str, str], body: bytes) -> Reply:
        """Send a request and read its whole answer. `target` is path and query. Raises ConnectionTrouble."""
        connection = self._kept(origin) or await self._connect(origin)
        try:
            reply = await self._exchange(connection, method, target, headers, body)
        except BaseException:  # cancelled too: what else would come belongs to nobody
            connection.abort()
            raise
        if connection.is_reusable() and not self._is_closed:
            self._idle.setdefault(origin, []).append(connection)
        else:
            connection.abort()
        return reply

    async def aclose(self) -> None:
        """Close all that nobody uses now, and the others as soon as their answers are there."""
        self._is_closed = True
        for each in self._idle.values():
            for connection in each:
                connection.abort()
        self._idle.clear()

    def _kept(self, origin: Origin) -> _Connection | None:
        """The connection that was used last, if it is still good; of those that are not any more, none is kept."""
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

    async def _connect(self, origin: Origin) -> _Connection:
        tls = self._tls if origin.secure else None
        if origin.secure and tls is None:  # nobody may take https for less
            raise ConnectionTrouble("request")
        try:
            async with asyncio.timeout(self._connect_timeout):
                loop = asyncio.get_running_loop()
                transport, listener = await loop.create_connection(
                    _Listener,
                    origin.host,
                    origin.port,
                    ssl=tls,
                    server_hostname=origin.host if tls else None,
                    happy_eyeballs_delay=_SECOND_ADDRESS_AFTER,
                )
        except TimeoutError as error:
            raise ConnectionTrouble("slow") from error
        except (OSError, UnicodeError) as error:  # UnicodeError: a label of the name that is too long
            raise ConnectionTrouble("connect") from error
        return _Connection(transport, listener)

    async def _exchange(
        self, connection: _Connection, method: str, target: bytes, headers: Mapping[str, str], body: bytes
    ) -> Reply:
        import h11

        message = connection.message(method, target, headers, body)
        if message is None:
            raise ConnectionTrouble("request")
        sent, begun = self._clocks.now(), self._clocks.steady()
        try:
            async with asyncio.timeout(self._read_timeout) as patience:

                def go_on() -> None:
                    patience.reschedule(asyncio.get_running_loop().time() + self._read_timeout)

                await connection.write(message)
                head = await connection.head(go_on)
                received, took = self._clocks.now(), self._clocks.steady() - begun
                content = await connection.body(self._longest, go_on)
        except TimeoutError as error:
            raise ConnectionTrouble("slow") from error
        except (OSError, h11.RemoteProtocolError) as error:
            raise ConnectionTrouble("broken") from error
        return Reply(
            status=head.status_code, headers=_joined(head), body=content, sent=sent, received=received, took=took
        )


class _Listener(asyncio.StreamReaderProtocol):
    """Knows whether anything arrived while nothing was asked."""

    def __init__(self) -> None:
        self.reader = asyncio.StreamReader()
        super().__init__(self.reader)
        self.is_resting = False
        self.was_disturbed = False

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self.was_disturbed = self.was_disturbed or self.is_resting
        super().data_received(data)


class _Connection:
    """One connection, and where its conversation is."""

    def __init__(self, transport: asyncio.Transport, listener: _Listener) -> None:
        import h11

        self._listener, self._reader = listener, listener.reader
        self._writer = asyncio.StreamWriter(transport, listener, self._reader, asyncio.get_running_loop())
        self._talk = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=_HEAD_LONGEST)
        self._last_used = _uptime()

    def message(self, method: str, target: bytes, headers: Mapping[str, str], body: bytes) -> bytes | None:
        """A whole request; None for what cannot be one. Not an error, which would tell what stood in the header."""
        import h11

        with contextlib.suppress(h11.LocalProtocolError, UnicodeEncodeError):
            return self._message(method, target, headers, body)
        return None

    def _message(self, method: str, target: bytes, headers: Mapping[str, str], body: bytes) -> bytes:
        import h11

        fields = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
        if body or method not in ("GET", "HEAD"):
            fields.append((b"content-length", b"%d" % len(body)))
        request = h11.Request(method=method, headers=fields, target=target)
        parts = [self._talk.send(request), self._talk.send(h11.Data(data=body)), self._talk.send(h11.EndOfMessage())]
        return b"".join(part for part in parts if part)

    async def write(self, message: bytes) -> None:
        """Send it."""
        self._listener.is_resting = False
        self._writer.write(message)
        await self._writer.drain()

    async def head(self, go_on: Callable[[], None]) -> h11.Response:
        """The head of the answer; those that only say that one will come are passed over."""
        import h11

        while True:
            event = await self._event(go_on)
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                raise h11.RemoteProtocolError("no answer")

    async def body(self, longest: int, go_on: Callable[[], None]) -> bytes:
        """The rest of the answer. Raises ConnectionTrouble for more bytes than `longest`."""
        import h11

        content = bytearray()
        while not isinstance(event := await self._event(go_on), h11.EndOfMessage):
            if not isinstance(event, h11.Data):
                raise h11.RemoteProtocolError("the answer broke off")
            content += event.data
            if len(content) > longest:
                raise ConnectionTrouble("long")
        return bytes(content)

    async def _event(self, go_on: Callable[[], None]) -> object:
        import h11

        while (event := self._talk.next_event()) is h11.NEED_DATA:
            self._talk.receive_data(await self._reader.read(_CHUNK))
            go_on()
        return event

    def is_reusable(self) -> bool:
        """Whether another request may follow; to be called after a whole answer."""
        import h11

        if self._talk.our_state is not h11.DONE or self._talk.their_state is not h11.DONE:
            return False
        if self._talk.trailing_data[0]:
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
        """Close it at once."""
        self._writer.transport.abort()


def _joined(head: h11.Response) -> dict[str, str]:
    joined: dict[str, str] = {}
    for raw_name, raw_value in head.headers:
        name, value = raw_name.decode("ascii"), _decoded(raw_value)
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _decoded(value: bytes) -> str:
    with contextlib.suppress(UnicodeDecodeError):
        return value.decode("utf-8")
    return value.decode("latin-1")


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
