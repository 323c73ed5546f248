"""One-time URLs on the loopback interface that redirect to a secret URL.

A URL handed to a browser ends up in the arguments of a process, where everybody on the machine can read it. So the
browser is given a harmless one; what it answers, once, leads on. Free of Qt: window and command line share it.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
import socket
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING

from app.adapters import peers
from app.domain.errors import NetworkTrouble
from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.secret import Secret

_log = logging.getLogger(__name__)

HOST = "127.0.0.1"
LIFE_SECONDS = 60.0
PATIENCE_SECONDS = 8.0
"""How long a browser may take to come before it is said that none has."""
_REQUEST_SECONDS = 5.0
_REQUEST_BYTES = 16_384
_NEVER_KEPT = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Connection", "close"),
)


@dataclass(slots=True)
class _Offer:
    url: Secret
    path: str
    host: str
    used: asyncio.Event = field(default_factory=asyncio.Event)


class OneTimeRedirects:
    """Hands out URLs that lead to a secret one, each of them once and for a short time.

    Needs a running event loop. `missed` is called when nobody has come for one in time; it goes on waiting.
    `close` ends all that are still waiting.
    """

    patience = PATIENCE_SECONDS

    def __init__(self, missed: Callable[[], None] | None = None) -> None:
        self.missed = missed
        self._tasks: set[asyncio.Task[None]] = set()

    def offer(self, url: Secret, *, seconds: float = LIFE_SECONDS) -> str:
        """Return a loopback URL that answers one GET with 302 to `url`, and dies after that or after `seconds`.

        Raises NetworkTrouble when no local port can be had.
        """
        try:
            listening = socket.create_server((HOST, 0))
        except OSError as error:
            raise NetworkTrouble(
                code="loopback-refused",
                title="The browser cannot be handed the sign-in URL",
                detail=f"No port on {HOST} could be opened: {error.strerror}.",
                remedy="Copy the sign-in URL instead.",
            ) from error
        host = f"{HOST}:{listening.getsockname()[1]}"
        offer = _Offer(url, f"/{secrets.token_urlsafe(32)}", host)
        task = asyncio.get_running_loop().create_task(self._serve(listening, offer, seconds))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return f"http://{host}{offer.path}"

    async def settled(self) -> None:
        """Wait until every URL handed out was used or has died."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """End all URLs now."""
        for task in self._tasks:
            task.cancel()
        await self.settled()

    async def _serve(self, listening: socket.socket, offer: _Offer, seconds: float) -> None:
        async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await _meet(offer, reader, writer)

        server = await asyncio.start_server(met, sock=listening, limit=_REQUEST_BYTES)
        patience = min(self.patience, seconds)
        try:
            if not await _comes(offer, patience):
                if self.missed is not None:
                    self.missed()
                await _comes(offer, seconds - patience)
        finally:
            server.close()
            await server.wait_closed()


async def _comes(offer: _Offer, seconds: float) -> bool:
    """Whether a browser comes in time."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await offer.used.wait()
    return offer.used.is_set()


async def _meet(offer: _Offer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    done = False
    try:
        if peers.of_another_user(writer.get_extra_info("peername"), writer.get_extra_info("sockname")):
            # The address stood in the arguments of a process for all to read: somebody is quicker than the browser.
            _log.warning("another user of this machine asked for a sign-in URL, and was not given it")
            return
        async with asyncio.timeout(_REQUEST_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
            status, location = _answer(offer, head)
            # Taken before it is sent: a second request of the same moment finds nothing any more.
            done = location is not None
            if done:
                offer.path = ""
            writer.write(_response(status, location))
            await writer.drain()
    except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError) as error:
        _log.debug("a loopback request came to nothing: %s", type(error).__name__)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        if done:
            offer.used.set()


def _answer(offer: _Offer, head: bytes) -> tuple[HTTPStatus, str | None]:
    """Decide from a request's head. Who does not know the path, or comes by another host name, learns nothing."""
    lines = head.decode("latin-1").split("\r\n")
    method, _, rest = lines[0].partition(" ")
    path = rest.partition(" ")[0]
    hosts = [value.strip() for name, _, value in (line.partition(":") for line in lines[1:]) if name.lower() == "host"]
    known = bool(offer.path) and hmac.compare_digest(path.encode("latin-1"), offer.path.encode("latin-1"))
    if hosts != [offer.host] or not known:
        return HTTPStatus.NOT_FOUND, None
    if method != "GET":
        return HTTPStatus.METHOD_NOT_ALLOWED, None
    return HTTPStatus.FOUND, offer.url.reveal()


def _response(status: HTTPStatus, location: str | None) -> bytes:
    headers = [*_NEVER_KEPT, ("Content-Length", "0")]
    if location is not None:
        headers.insert(0, ("Location", location))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode("latin-1")
