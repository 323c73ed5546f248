"""The only door to httpx: how requests get out by it, and what its failures mean.

Loaded with the first request, for it takes a moment. One httpx transport for each way out: through a proxy httpx's own,
else one over connections of our own, which cost half as much. No `httpx.AsyncClient` above it: what that adds is
redirects, cookies and credentials from addresses, none of which are wanted here.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import httpx

from app.adapters.http import troubles
from app.adapters.http.connections import Connections, Origin
from app.adapters.http.messages import Asked, BrokenAnswerError, written
from app.adapters.http.values import ANSWER_LONGEST, KEPT_SECONDS, Answer, Clocks, HttpOptions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from app.domain.errors import NetworkTrouble

FAILURES = (httpx.HTTPError, OSError, UnicodeError)
"""What goes wrong on the way; see `translated`."""
_ALWAYS = {"user-agent": "rolecall", "accept-encoding": "identity"}
"""Unpacking is done elsewhere, within bounds; what is not asked for is seldom sent."""
_PORTS = {"http": 80, "https": 443}
_NOTED, _WHOLE = "rolecall.noted", "rolecall.whole"
"""What goes with a request and its answer between here and our own transport."""
_READ = httpx.ByteStream(b"")
"""What is left of an answer that was read to its end."""
_BEGUN = "http11.send_request_headers.started"
"""What httpcore calls it: the last of these is our request, one before it asked the proxy for a tunnel."""
_SAID_LONGEST = 200


def read_address(text: str) -> httpx.URL | None:
    """Take an address apart, by all the rules there are for it; None for what is none of a server that we can ask."""
    with contextlib.suppress(httpx.InvalidURL):
        url = httpx.URL(text) if "?" in text or "@" in text else _known_address(text)
        if url.scheme in _PORTS and url.host and _port(url) in range(1, 65536):
            return url
    return None


def _port(url: httpx.URL) -> int:
    return _PORTS[url.scheme] if url.port is None else url.port


@lru_cache(maxsize=32)
def _known_address(text: str) -> httpx.URL:
    """It takes long enough to do it once only; but what may hold a secret is not kept."""
    return httpx.URL(text)


class Way:
    """One way out. Raises BadInput for a proxy that cannot be."""

    def __init__(self, options: HttpOptions, proxy: str, tls: ssl.SSLContext | None, clocks: Clocks) -> None:
        self._clocks = clocks
        self._patience = httpx.Timeout(options.read_timeout, connect=options.connect_timeout).as_dict()
        self.transport = _through(proxy, tls) if proxy and tls is not None else KeptTransport(tls)
        self.aclose = self.transport.aclose

    async def ask(self, method: str, url: httpx.URL, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a request, read its whole answer, still packed. Raises FAILURES, and NetworkTrouble if it is too large.

        Header names are lower-case; those that are not given say what every request says.
        """
        noted = _Noted(self._clocks)
        request = httpx.Request(
            method,
            url,
            headers=_fields(method, url, headers, body),
            stream=httpx.ByteStream(body),
            extensions={"timeout": self._patience, "trace": noted.trace, _NOTED: noted},
        )
        response = await self.transport.handle_async_request(request)
        found = response.extensions.get(_WHOLE)
        if found is None:
            noted.answered()
            found = await _body(response)
        if len(found) > ANSWER_LONGEST:
            raise troubles.too_large(host_of(url))
        return Answer(
            status=response.status_code,
            headers=dict(response.headers.items()),
            body=found,
            sent=noted.sent,
            received=noted.received,
            took=noted.took,
        )


class _Noted:
    """When a request was written, and when the head of its answer was there."""

    __slots__ = ("_begun", "_clocks", "received", "sent", "took")

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self.took = 0.0
        self.asking()
        self.received = self.sent

    def asking(self) -> None:
        """It is written now."""
        self.sent, self._begun = self._clocks.now(), self._clocks.steady()

    def answered(self) -> None:
        """The head is there now."""
        self.received, self.took = self._clocks.now(), self._clocks.steady() - self._begun

    async def trace(self, event: str, _: Mapping[str, Any]) -> None:
        """What httpcore tells of what it does."""
        if event == _BEGUN:
            self.asking()


async def _body(response: httpx.Response) -> bytes:
    """All of it, still packed, or its beginning as soon as that is too much."""
    raw = bytearray()
    try:
        arriving: Any = response.stream  # httpx would unpack it without a bound
        async for chunk in arriving:
            raw += chunk
            if len(raw) > ANSWER_LONGEST:
                break
    finally:
        await response.aclose()
    return bytes(raw)


def _fields(method: str, url: httpx.URL, headers: Mapping[str, str], body: bytes) -> list[tuple[bytes, bytes]]:
    """The whole head of a request. Raises LocalProtocolError for what cannot be in one, and does not tell it."""
    with contextlib.suppress(UnicodeEncodeError):
        fields = [(name.encode("ascii"), value.encode("latin-1")) for name, value in {**_ALWAYS, **headers}.items()]
        if "host" not in headers:
            fields.insert(0, (b"host", url.netloc))
        if body or method not in ("GET", "HEAD"):
            fields.append((b"content-length", b"%d" % len(body)))
        return fields
    raise httpx.LocalProtocolError("header")


def host_of(url: httpx.URL) -> str:
    """Whom a message names: never who asks, which an address may tell too."""
    return url.netloc.decode("ascii")


# --- Over connections of our own --------------------------------------------------------------------------------------


class KeptTransport(httpx.AsyncBaseTransport):
    """Connections that are kept, straight to the servers. Raises what httpx's own transport does."""

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        self.connections = Connections(tls)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx.AsyncBaseTransport."""
        url, patience = request.url, request.extensions["timeout"]
        origin = Origin(url.raw_host.decode("ascii"), _port(url), url.scheme == "https")
        asked = Asked(request.method.encode("ascii"), url.raw_path, request.headers.raw, await request.aread())
        message = written(asked)
        if message is None:
            raise httpx.LocalProtocolError("request")
        try:
            connection = await self.connections.take(origin, patience["connect"])
        except TimeoutError as error:
            raise httpx.ConnectTimeout("connect") from error
        except (OSError, UnicodeError) as error:  # UnicodeError: a label of the name that is too long
            raise httpx.ConnectError("connect") from error
        noted: _Noted = request.extensions[_NOTED]
        try:
            noted.asking()
            head = await connection.ask(asked, message, patience["read"])
            noted.answered()
            whole = await connection.body(patience["read"], ANSWER_LONGEST)
        except (OSError, BrokenAnswerError) as error:
            raise _broken_off(error) from error
        finally:  # cancelled too; kept is only what has answered to the end
            self.connections.give_back(origin, connection)
        return httpx.Response(head.status, headers=head.headers, stream=_READ, extensions={_WHOLE: whole})

    async def aclose(self) -> None:
        """See httpx.AsyncBaseTransport."""
        self.connections.close()


def _broken_off(error: OSError | BrokenAnswerError) -> httpx.TransportError:
    if isinstance(error, TimeoutError):
        return httpx.ReadTimeout("read")
    if isinstance(error, BrokenAnswerError):
        return httpx.RemoteProtocolError("answer")
    return httpx.ReadError("read")


# --- Through a proxy --------------------------------------------------------------------------------------------------


def _through(proxy: str, tls: ssl.SSLContext) -> httpx.AsyncBaseTransport:
    try:
        return _ProxyTransport(
            verify=tls,
            proxy=httpx.Proxy(proxy, ssl_context=tls if proxy.startswith("https:") else None),
            trust_env=False,
            limits=httpx.Limits(keepalive_expiry=KEPT_SECONDS),
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise troubles.no_such_proxy() from error


class _ProxyTransport(httpx.AsyncHTTPTransport):
    """What httpx does, but it does not tell what cannot stand in a header, and leaves who sends more than an answer."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx.AsyncBaseTransport."""
        with contextlib.suppress(httpx.LocalProtocolError):
            got = await super().handle_async_request(request)
            arriving: Any = got.stream
            got.stream = _Watched(arriving)
            return got
        raise httpx.LocalProtocolError("request")


class _Watched(httpx.AsyncByteStream):
    """Lets a connection be closed over which more came than the answer: the next request would be answered with it."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401  # what is looked for in it is nothing public
        self._stream = stream

    async def aclose(self) -> None:
        """See httpx.AsyncByteStream."""
        await self._stream.aclose()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            yield piece
        found = self._stream
        for name in ("_httpcore_stream", "_stream", "_connection", "_h11_state"):  # where the bytes wait
            found = getattr(found, name, None)
        if found is not None and found.trailing_data[0]:
            found.send_failed()  # so h11 is told that it cannot be used again


# --- What failures mean -----------------------------------------------------------------------------------------------


def translated(error: Exception, host: str, *, proxied: bool) -> NetworkTrouble:
    """Say what a failure means to a person. `error` loses its request, which holds everything that was sent."""
    causes = _strip_requests(error)
    if isinstance(error, httpx.TimeoutException):
        return troubles.timeout(host)
    tls = next((each for each in causes if isinstance(each, ssl.SSLError)), None)
    if tls is not None:
        return troubles.tls_refused(host, tls)
    said = f" It said: {harmless(str(error))}." if isinstance(error, httpx.ProxyError) else ""
    return troubles.by_code(_code(error, causes, proxied=proxied), host, said)


def harmless(text: str) -> str:
    """What a proxy says, short and without what steers a terminal."""
    return "".join(each if each.isprintable() else " " for each in text[:_SAID_LONGEST]).strip()


def _code(error: Exception, causes: list[BaseException], *, proxied: bool) -> str:
    if isinstance(error, httpx.ProxyError) or (proxied and isinstance(error, httpx.ConnectError)):
        return "proxy"
    if any(isinstance(each, (socket.gaierror, UnicodeError)) for each in causes):
        return "dns"
    if isinstance(error, httpx.ConnectError):
        return "connect"
    return "reset" if isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError, OSError)) else "request"


def _strip_requests(error: BaseException) -> list[BaseException]:
    """All causes of an error; the requests in them are forgotten."""
    waiting: list[BaseException | None] = [error]
    found: list[BaseException] = []
    while waiting:
        each = waiting.pop()
        if each is None or each in found:
            continue
        found.append(each)
        if isinstance(each, httpx.RequestError):
            each._request = None  # noqa: SLF001  # the setter takes only another request
        waiting += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
    return found
