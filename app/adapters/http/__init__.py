"""One request, one bounded answer: the only door to httpx.

Most requests go over connections of our own (see `connections`), those through a proxy over httpx's. Loading this
module is cheap; what a request needs is loaded with the first one, httpx only for a proxy: it is a third of the time
that a command takes. TLS verification cannot be switched off.
Failures leave as NetworkTrouble (or BadInput for a setting that cannot work), with one of these codes:

`dns` · `connect` · `tls` · `timeout` · `proxy` · `reset` · `answer-too-large` · `answer-broken` · `request` ·
`ca-bundle` · `proxy-setting`

An error names the host, never a path, query, header or body: a URL may carry credentials.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from app.adapters.http.certificates import tls_context as _tls_context
from app.adapters.http.connections import KEPT_SECONDS, Clocks, Connections, ConnectionTrouble, Origin, Reply
from app.adapters.http.values import SKEW_MOST, Answer, HttpOptions, utc_now
from app.adapters.http.where import Address, is_plain, read_address
from app.domain.errors import BadInput, NetworkTrouble, Retry, RolecallError
from app.domain.secret import Secret

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future
    from datetime import datetime

    import httpx

    Key = tuple[str, bool, bool]

__all__ = ["ANSWER_LONGEST", "SKEW_MOST", "Answer", "Http", "HttpOptions", "utc_now"]

ANSWER_LONGEST = 1024 * 1024
"""Bytes of an answer's body, as sent and unpacked: far above anything AWS answers."""
_SAID_LONGEST = 200
_PACKINGS_MOST = 2
"""Each costs time in the loop's thread, and a header has room for thousands."""
_SELDOM_THERE = "sniffio"
_LIBRARIES = ("httpx", "httpcore._backends.anyio", "anyio._backends._asyncio")
_ALWAYS = {"user-agent": "rolecall", "accept-encoding": "identity"}
"""Unpacking is done here, within bounds; what is not asked for is seldom sent."""
_PORTS = {"http": 80, "https": 443}


class Http:
    """Keep-alive connections, HTTP/1.1, no redirects, at most `max_in_flight` requests at a time for each host."""

    def __init__(
        self,
        options: HttpOptions,
        *,
        now: Callable[[], datetime] = utc_now,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._options = options
        self._clocks = Clocks(now=now, steady=steady)
        self._ways: dict[Key, _Way] = {}
        self._retired: list[_Way] = []
        self._in_flight = 0
        self._tls: dict[Key, Future[ssl.SSLContext | None]] = {}
        self._places: dict[str, asyncio.Semaphore] = {}

    @property
    def options(self) -> HttpOptions:
        """What it works with."""
        return self._options

    def reconfigure(self, options: HttpOptions) -> None:
        """Work with other options from the next request on; requests under way end with the old ones."""
        if options != self._options:
            if options.max_in_flight != self._options.max_in_flight:
                self._places = {}
            self._options = options
            self._retired += self._ways.values()
            self._ways, self._tls = {}, {}

    def prepare(self) -> None:
        """Begin, in a thread, what the first request needs: to load libraries and certificates takes a moment."""
        self._loading((self._options.proxy, False, True))

    async def send(
        self,
        method: str,
        url: str | Secret,
        *,
        headers: Mapping[str, str],
        body: bytes = b"",
        seconds: float | None = None,
    ) -> Answer:
        """Send a request and read its whole answer, within `seconds` (default: `total_timeout`).

        Any status is an answer. Raises NetworkTrouble and BadInput, see the module's list of codes.
        """
        address = url.reveal() if isinstance(url, Secret) else url
        await self._loaded(self._key(address))
        host = urlsplit(address).netloc.rpartition("@")[2]
        limit = self._options.total_timeout if seconds is None else min(seconds, self._options.total_timeout)
        proxied = bool(self._options.proxy_for(address))
        place = self._places.setdefault(host.lower(), asyncio.Semaphore(self._options.max_in_flight))
        async with place:
            self._in_flight += 1
            try:
                async with asyncio.timeout(limit):
                    return await self._exchange(method, address, headers, body)
            except TimeoutError as error:
                raise _timeout(host, limit) from error
            except ConnectionTrouble as error:
                raise _of_connection(error, host) from error
            except _failures() as error:
                raise _translated(error, host, proxied=proxied) from error
            finally:
                self._in_flight -= 1
                if not self._in_flight:
                    await self._close_retired()

    async def _exchange(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        way = await self._way(address)
        reply = await way.ask(method, address, {**_ALWAYS, **headers}, body)
        unpacked = _unpacked(reply.body, reply.headers.get("content-encoding", ""), urlsplit(address).hostname or "")
        return Answer(
            status=reply.status,
            headers=reply.headers,
            body=unpacked,
            sent=reply.sent,
            received=reply.received,
            took=reply.took,
        )

    async def aclose(self) -> None:
        """Close all connections. A later request opens new ones."""
        self._retired += self._ways.values()
        self._ways = {}
        await self._close_retired()

    async def _close_retired(self) -> None:
        while self._retired:
            await self._retired.pop().aclose()

    async def _way(self, address: str) -> _Way:
        """The way to an address, by the options that hold when it is there. Raises BadInput."""
        while (key := self._key(address)) not in self._ways:
            loading = await self._loaded(key)
            if loading is not self._tls.get(key) or key in self._ways:
                continue
            try:
                tls = loading.result()
            except (BadInput, OSError):
                del self._tls[key]  # with the next request it may be mended
                raise
            self._ways[key] = (
                _Proxied(self._options, key[0], tls, self._clocks)
                if key[0] and tls is not None
                else _Direct(self._options, tls, self._clocks)
            )
        return self._ways[key]

    def _key(self, address: str) -> Key:
        """By which proxy, whether nobody has to prove anything, and whether the address is a plain one."""
        proxy = self._options.proxy_for(address)
        open_to_all = not proxy and address.startswith("http://") and not self._options.ca_bundle
        return proxy, open_to_all, is_plain(address)

    async def _loaded(self, key: Key) -> Future[ssl.SSLContext | None]:
        """What the first request of that kind needs, loaded or failed."""
        loading = self._loading(key)
        if not loading.done():
            done = asyncio.wrap_future(loading)
            done.add_done_callback(lambda each: each.cancelled() or each.exception())
            await asyncio.wait([done])
        return loading

    def _loading(self, key: Key) -> Future[ssl.SSLContext | None]:
        """The one loading for these options. Not in the loop's thread: it may take a quarter of a second."""
        if key not in self._tls:
            proxy, open_to_all, plain = key
            thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rolecall-http")
            self._tls[key] = thread.submit(
                _load, self._options.ca_bundle, tls=not open_to_all, whole=bool(proxy) or not plain
            )
            thread.shutdown(wait=False)
        return self._tls[key]


class _Way(Protocol):
    """How requests get to servers. Header names are lower-case."""

    async def ask(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Send a request, read its answer. Raises ConnectionTrouble and what httpx raises."""
        ...

    async def aclose(self) -> None:
        """Close what is open."""


def _failures() -> tuple[type[Exception], ...]:
    """What goes wrong on the way: what httpx raises only where somebody has needed it."""
    if "httpx" not in sys.modules:
        return (OSError,)
    import httpx

    return (httpx.HTTPError, httpx.InvalidURL, OSError)


def _read(address: str) -> Address | httpx.URL:
    """Take an address apart: by httpx, with all its rules, only where it is not a plain one. Raises what httpx does."""
    plain = read_address(address)
    if plain is not None:
        return plain
    import httpx

    return httpx.URL(address)


class _Direct:
    """Over connections of our own."""

    def __init__(self, options: HttpOptions, tls: ssl.SSLContext | None, clocks: Clocks) -> None:
        patience = {"connect_timeout": options.connect_timeout, "read_timeout": options.read_timeout}
        self._connections = Connections(tls, **patience, clocks=clocks, longest=ANSWER_LONGEST)
        self.aclose = self._connections.aclose

    async def ask(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """See _Way."""
        url = _read(address)
        if url.scheme not in _PORTS or not url.host:
            raise ConnectionTrouble("request")
        host, port = url.raw_host.decode("ascii"), url.port or _PORTS[url.scheme]
        whole = headers if "host" in headers else {"host": url.netloc.decode("ascii"), **headers}
        origin = Origin(host=host, port=port, secure=url.scheme == "https")
        return await self._connections.ask(origin, method, url.raw_path, whole, body)


class _Proxied:
    """Through a proxy, as httpx does it. Raises BadInput for one that cannot be."""

    def __init__(self, options: HttpOptions, proxy: str, tls: ssl.SSLContext, clocks: Clocks) -> None:
        import httpx

        self._clocks = clocks
        try:
            self._client = httpx.AsyncClient(
                verify=tls,
                proxy=httpx.Proxy(proxy, ssl_context=tls if proxy.startswith("https:") else None),
                trust_env=False,
                follow_redirects=False,
                timeout=httpx.Timeout(options.read_timeout, connect=options.connect_timeout),
                limits=httpx.Limits(keepalive_expiry=KEPT_SECONDS),
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            raise BadInput(
                code="proxy-setting",
                title="The proxy cannot be used",
                detail="It is not the URL of an HTTP proxy; SOCKS is not supported.",
                remedy="Set HTTPS_PROXY, or proxy in the settings, to http://HOST:PORT.",
                field="proxy",
            ) from error

    async def ask(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """See _Way."""
        request = self._client.build_request(method, address, headers=dict(headers), content=body)
        sent, begun = self._clocks.now(), self._clocks.steady()
        response = await self._client.send(request, stream=True)
        try:
            received, took, raw = self._clocks.now(), self._clocks.steady() - begun, bytearray()
            arriving: Any = response.stream  # not `aiter_raw`: that gives the connection back before we have looked
            async for chunk in arriving:
                raw += chunk
                if len(raw) > ANSWER_LONGEST:
                    raise ConnectionTrouble("long")
            _part_from_chatterers(response)
            found = {name.lower(): value for name, value in response.headers.items()}
            return Reply(
                status=response.status_code, headers=found, body=bytes(raw), sent=sent, received=received, took=took
            )
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """See _Way."""
        await self._client.aclose()


def _load(ca_bundle: str, *, tls: bool, whole: bool) -> ssl.SSLContext | None:
    """Whom to trust, or None; what a first request would load in its middle is loaded, the `whole` of httpx too."""
    import h11  # noqa: F401  # for who needs it next

    if whole:
        _load_httpx()
    return _tls_context(ca_bundle) if tls else None


def _load_httpx() -> None:
    from importlib import import_module
    from importlib.util import find_spec

    # Its own command line is of no use, and brings click, rich and pygments where those are installed
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # what Python documents for "is not there"
    for name in _LIBRARIES:
        with contextlib.suppress(ImportError):
            import_module(name)
    if _SELDOM_THERE not in sys.modules and find_spec(_SELDOM_THERE) is None:
        # httpcore tries to import it several times for each request, in all folders anew; so it knows at once
        sys.modules[_SELDOM_THERE] = None  # type: ignore[assignment]  # what Python documents for "is not there"
    for name in ("httpx", "httpcore"):  # they log URLs and headers
        logging.getLogger(name).setLevel(logging.WARNING)


def _part_from_chatterers(response: httpx.Response) -> None:
    """Let the connection be closed if more came than the answer: it would be taken for the answer to the next request.

    Nothing public tells: the bytes wait inside httpcore, in its h11 connection.
    """
    found: Any = response.stream
    for name in ("_stream", "_httpcore_stream", "_stream", "_connection", "_h11_state"):
        found = getattr(found, name, None)
    if found is not None and found.trailing_data[0]:
        found.send_failed()  # so h11 is told that it cannot be used again


def _unpacked(raw: bytes, encoding: str, host: str) -> bytes:
    """Undo gzip and deflate, never producing more than the bound."""
    packings = [name for part in encoding.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if len(packings) > _PACKINGS_MOST:
        raise _broken(host, "it is packed again and again.")
    for name in reversed(packings):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise _broken(host, "it is packed in a way that was not asked for.")
        unpacker = zlib.decompressobj(wbits=47 if "gzip" in name else 15)  # 32 + 15: gzip or zlib, told by the header
        try:
            raw = unpacker.decompress(raw, ANSWER_LONGEST + 1)
        except zlib.error as error:
            raise _broken(host, "it cannot be unpacked.") from error
        if len(raw) > ANSWER_LONGEST:
            raise _too_large(host)
        if not unpacker.eof:
            raise _broken(host, "it ends too early.")
    return raw


def _of_connection(error: ConnectionTrouble, host: str) -> RolecallError:
    """Say what a failure of our own connections means to a person."""
    import socket
    import ssl

    cause = error.__cause__
    if error.kind == "slow":
        return _timeout(host, None)
    if error.kind == "long":
        return _too_large(host.rpartition(":")[0] or host)
    if isinstance(cause, ssl.SSLError):
        return _tls_refused(host, cause)
    code = {"connect": "connect", "broken": "reset", "request": "request"}[error.kind]
    if isinstance(cause, (socket.gaierror, UnicodeError)):
        code = "dns"
    title, detail, remedy = _TROUBLES[code]
    return _trouble(code, title, detail.format(host=host), remedy, never=code == "request")


def _translated(error: Exception, host: str, *, proxied: bool) -> RolecallError:
    """Say what a failure means to a person. `error` loses its request, which holds everything that was sent."""
    import ssl

    import httpx

    causes = _strip_requests(error)
    if isinstance(error, httpx.TimeoutException):
        return _timeout(host, None)
    tls = next((each for each in causes if isinstance(each, ssl.SSLError)), None)
    if tls is not None:
        return _tls_refused(host, tls)
    code = _code(error, causes, proxied=proxied)
    title, detail, remedy = _TROUBLES[code]
    said = f" It said: {_harmless(str(error))}." if isinstance(error, httpx.ProxyError) else ""
    return _trouble(code, title, f"{detail.format(host=host)}{said}", remedy, never=code == "request")


def _harmless(text: str) -> str:
    """What a proxy says, short and without what steers a terminal."""
    return "".join(each if each.isprintable() else " " for each in text[:_SAID_LONGEST]).strip()


def _code(error: Exception, causes: list[BaseException], *, proxied: bool) -> str:
    import socket

    import httpx

    if isinstance(error, httpx.ProxyError) or (proxied and isinstance(error, httpx.ConnectError)):
        return "proxy"
    if any(isinstance(each, socket.gaierror) for each in causes):
        return "dns"
    if isinstance(error, httpx.ConnectError):
        return "connect"
    return "reset" if isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError, OSError)) else "request"


_TROUBLES = {
    "proxy": (
        "The proxy did not let us through",
        "On the way to {host}.",
        "Check HTTPS_PROXY and NO_PROXY, or proxy in the settings, and whether the proxy asks for a password.",
    ),
    "dns": (
        "The host was not found",
        "No address is known for {host}.",
        "Check the network connection and the region's name; behind a proxy, set HTTPS_PROXY.",
    ),
    "connect": (
        "The host cannot be reached",
        "{host} took no connection.",
        "Check the network connection, the firewall, and AWS_ENDPOINT_URL_STS if it is set.",
    ),
    "reset": (
        "The connection broke off",
        "{host} closed the connection before its answer was whole.",
        "Try again; if it happens often, something between here and AWS ends connections.",
    ),
    "request": (
        "The request could not be sent",
        "{host} cannot be spoken to that way.",
        "Check the endpoint's URL and the proxy.",
    ),
}
"""By code: title, detail, remedy."""


def _strip_requests(error: BaseException) -> list[BaseException]:
    """All causes of an error; the requests in them are forgotten."""
    import httpx

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


def _tls_refused(host: str, error: ssl.SSLError) -> NetworkTrouble:
    why = getattr(error, "verify_message", "") or (error.reason or "").replace("_", " ").lower()
    return _trouble(
        "tls",
        "The connection is not trustworthy",
        f"{host} could not prove who it is{f': {why}' if why else ''}.",
        "If your company inspects connections, give its certificate: AWS_CA_BUNDLE, or ca_bundle in the settings. "
        "Otherwise somebody may be listening.",
        never=True,
    )


def _timeout(host: str, seconds: float | None) -> NetworkTrouble:
    return _trouble(
        "timeout",
        "No answer in time",
        f"{host} did not answer {'in time' if seconds is None else f'within {seconds:.0f} s'}.",
        "Check the network connection; on a slow one, raise connect_timeout and read_timeout in the settings.",
    )


def _too_large(host: str) -> NetworkTrouble:
    return _trouble(
        "answer-too-large",
        "The answer is far too large",
        f"{host} sent more than {ANSWER_LONGEST // 1024} KiB; AWS answers are small.",
        "Something between here and AWS may have answered in its place: sign in to the network, or check the proxy.",
    )


def _broken(host: str, why: str) -> NetworkTrouble:
    remedy = "Try again; if it happens often, check the proxy."
    return _trouble("answer-broken", "The answer arrived damaged", f"From {host}: {why}", remedy)


def _trouble(code: str, title: str, detail: str, remedy: str, *, never: bool = False) -> NetworkTrouble:
    return NetworkTrouble(code=code, title=title, detail=detail, remedy=remedy, retry=Retry.NEVER if never else None)
