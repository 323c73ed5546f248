"""The listener that the browser comes back to: one answer for one sign-in, then it is gone.

Whoever does not know the state of the sign-in gets an empty 404. The code does not stay in the address bar: the browser
is sent on to a clean path, where it waits for the page that says how the sign-in ended.

Source: RFC 8252, sections 7.3 and 8.3.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

from app.adapters import peers
from app.adapters.oidc import callback, errors, page
from app.domain.errors import NetworkTrouble
from app.domain.values import dataclass

if TYPE_CHECKING:
    from types import TracebackType

    from app.domain.secret import Secret

_log = logging.getLogger(__name__)

HOSTS = ("127.0.0.1", "::1")
"""IPv6 only where IPv4 is missing."""
LINGER_SECONDS = 2.0
"""How long, after the sign-in, the browser has to fetch the page."""
_REQUEST_SECONDS = 5.0
_HEAD_BYTES = 65_536
"""Browsers send the cookies of every other server on this address along."""
_MOST = 32
"""Connections at a time; one more, and the oldest is dropped."""
_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", page.SECURITY_POLICY),
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)


@dataclass(slots=True)
class _Connection:
    writer: asyncio.StreamWriter
    kept: bool = False
    """Waits for the page, and is not dropped for newer ones."""


class Listener:
    """A port that is open from the start; an `async with` serves it, and closes it and every connection in the end.

    `issuer` must have answered, and with `named` must say so itself.
    """

    def __init__(self, *, state: Secret, issuer: str, named: bool) -> None:
        self._socket = _listening()
        host, port = self._socket.getsockname()[:2]
        self.host = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._awaited = callback.Awaited(host=self.host, state=state, issuer=issuer, named=named)
        self._server: asyncio.Server | None = None
        self._open: list[_Connection] = []
        self._tasks: set[asyncio.Task[None]] = set()
        loop = asyncio.get_running_loop()
        self._answer: asyncio.Future[callback.Code | callback.Failure] = loop.create_future()
        self._page: asyncio.Future[str] = loop.create_future()
        self._visited = False
        self._shown = asyncio.Event()
        self.misfit = ""

    @property
    def redirect_uri(self) -> str:
        """The address that the provider sends the browser back to."""
        return f"http://{self.host}{callback.CALLBACK}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, sock=self._socket, limit=_HEAD_BYTES)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for each in self._open:
            each.writer.transport.abort()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    async def answer(self, seconds: float) -> Secret:
        """Wait for the code. Raises ProviderTrouble and Declined as the provider answered, or `oidc-timeout`."""
        try:
            async with asyncio.timeout(seconds):
                answer = await asyncio.shield(self._answer)
        except TimeoutError:
            raise errors.timeout(seconds, misfit=self.misfit) from None
        if isinstance(answer, callback.Failure):
            raise answer.error
        return answer.code

    async def tell(self, text: str) -> None:
        """Show a page to the browser that brought the answer, and give it a moment to fetch it."""
        if not self._answer.done():
            return
        self._page.set_result(text)
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                await self._shown.wait()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Not a coroutine: asyncio on Python 3.11 complains of those that are cancelled."""
        waiting = [each for each in self._open if not each.kept]
        if len(waiting) >= _MOST:
            waiting[0].writer.transport.abort()
        connection = _Connection(writer)
        self._open.append(connection)
        task = asyncio.get_running_loop().create_task(self._meet(connection, reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: self._forget(connection))

    async def _meet(self, connection: _Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_REQUEST_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
            answer = await self._respond(callback.read(head, self._awaited), connection)
            async with asyncio.timeout(_REQUEST_SECONDS):
                writer.write(answer)
                await writer.drain()
                writer.close()
                await writer.wait_closed()
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError) as error:
            _log.debug("a request to the sign-in listener came to nothing: %s", type(error).__name__)

    def _forget(self, connection: _Connection) -> None:
        connection.writer.transport.abort()
        self._open.remove(connection)
        if connection.kept:
            self._shown.set()

    async def _respond(self, verdict: callback.Verdict, connection: _Connection) -> bytes:
        if isinstance(verdict, callback.Stranger) or self._is_another_user(connection.writer):
            return _response(HTTPStatus.NOT_FOUND)
        if isinstance(verdict, callback.Visit):
            if self._visited or not self._answer.done():
                return _response(HTTPStatus.NOT_FOUND)
            self._visited = connection.kept = True
            return _response(HTTPStatus.OK, text=await asyncio.shield(self._page))
        if self._answer.done():  # the first answer counts
            return _response(HTTPStatus.NOT_FOUND)
        if isinstance(verdict, callback.Misfit):
            self.misfit = verdict.why
            return _response(HTTPStatus.BAD_REQUEST, text=page.misfit())
        self._answer.set_result(verdict)
        return _response(HTTPStatus.SEE_OTHER, location=f"http://{self.host}{callback.DONE}")

    @staticmethod
    def _is_another_user(writer: asyncio.StreamWriter) -> bool:
        """Looked at only for those who know something: the look is not cheap."""
        found = peers.of_another_user(writer.get_extra_info("peername"), writer.get_extra_info("sockname"))
        if found:
            _log.warning("another user of this machine brought an answer to a sign-in, and was not heard")
        return found


def _listening() -> socket.socket:
    """A listening socket on an ephemeral port. Raises NetworkTrouble `oidc-loopback`."""
    why = ""
    for host in HOSTS:
        try:
            made = _bound(host)
        except OSError as error:
            why = why or (error.strerror or "")
        else:
            made.settimeout(0)
            return made
    raise NetworkTrouble(
        code="oidc-loopback",
        title="The browser would not find its way back",
        detail=f"No port on {HOSTS[0]} could be opened: {why}.",
        remedy="Sign in with a device code instead, or free a port.",
    )


def _bound(host: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows another program could otherwise take the same port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        made.bind((host, 0))
        made.listen(_MOST)
    except BaseException:
        made.close()
        raise
    return made


def _response(status: HTTPStatus, *, text: str = "", location: str = "") -> bytes:
    body = text.encode()
    headers = [*(_HEADERS if body or location else ()), ("Content-Length", str(len(body))), ("Connection", "close")]
    if location:
        headers.insert(0, ("Location", location))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode("latin-1") + body
