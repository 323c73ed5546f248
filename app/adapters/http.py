"""One request, one bounded answer: the only door to httpx.

Loading this module is cheap; httpx itself is loaded with the first request. TLS verification cannot be switched off.
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
from dataclasses import field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.domain.endpoints import proxy_for
from app.domain.errors import BadInput, NetworkTrouble, Retry, RolecallError
from app.domain.secret import Secret
from app.domain.values import dataclass

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

    import httpx

    from app.domain.configuration import Settings

ANSWER_LONGEST = 1024 * 1024
"""Bytes of an answer's body, as sent and unpacked: far above anything AWS answers."""
SKEW_MOST = timedelta(days=54750)
"""Beyond this a date is no measure of a clock; reckoning with it would leave the calendar."""
_EARLIEST = datetime(2024, 1, 1, tzinfo=UTC)
"""Before this there was no Rolecall: who tells such a date has a wrong clock, not we."""
_PACKINGS_MOST = 2
"""Each costs time in the loop's thread, and a header has room for thousands."""
_KEEP_ALIVE_SECONDS = 20.0
_SELDOM_THERE = "sniffio"
_LIBRARIES = ("httpx", "httpcore._backends.anyio", "anyio._backends._asyncio")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpOptions:
    """How to get out. Times are seconds; `proxy`, `no_proxy` and `ca_bundle` may be empty."""

    connect_timeout: float = 5.0
    read_timeout: float = 15.0
    proxy: str = field(default="", repr=False)
    """A URL, which may hold a password."""
    no_proxy: str = ""
    ca_bundle: str = ""
    max_in_flight: int = 4

    @classmethod
    def from_environment(cls, env: Mapping[str, str], settings: Settings) -> HttpOptions:
        """Read AWS_CA_BUNDLE, HTTPS_PROXY, ALL_PROXY and NO_PROXY.

        A `proxy` of our own settings stands for itself and ignores NO_PROXY; a CA bundle is taken from the variable
        first, as AWS's tools do.
        """

        def either(*names: str) -> str:
            spelled = [spelling for name in names for spelling in (name.lower(), name)]
            return next((env[name].strip() for name in spelled if env.get(name, "").strip()), "")

        return cls(
            connect_timeout=settings.connect_timeout,
            read_timeout=settings.read_timeout,
            proxy=settings.proxy or either("HTTPS_PROXY", "ALL_PROXY"),
            no_proxy="" if settings.proxy else either("NO_PROXY"),
            ca_bundle=env.get("AWS_CA_BUNDLE", "").strip() or settings.ca_bundle,
        )

    @property
    def total_timeout(self) -> float:
        """The longest that one request may take, so that a body that drips for ever ends."""
        return self.connect_timeout + 2 * self.read_timeout

    def proxy_for(self, url: str) -> str:
        """The proxy's URL for a request, or empty."""
        return proxy_for(url, proxy=self.proxy, no_proxy=self.no_proxy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. Header names are lower-case; `sent` and `received` are this machine's wall clock, UTC.

    `took` is how long it took in seconds, by a clock that nobody sets; None when that is not known.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    sent: datetime
    received: datetime
    took: float | None = None

    @property
    def skew(self) -> timedelta | None:
        """The server's time minus ours, from the Date header and the middle of the round trip.

        None without a date, or with an absurd one. The header has whole seconds, cut off: half a second is added. A
        wall clock that was set meanwhile does no harm: it is what it shows in the end that is off.
        """
        from email.utils import parsedate_to_datetime

        try:
            stamp = parsedate_to_datetime(self.headers.get("date", ""))
            stamp = stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
        except (ValueError, OverflowError):
            return None
        took = self.received - self.sent if self.took is None else timedelta(seconds=self.took)
        skew = stamp - (self.received - took / 2) + timedelta(seconds=0.5)
        return None if abs(skew) > SKEW_MOST or stamp < _EARLIEST else skew


def utc_now() -> datetime:
    """The machine's wall clock."""
    return datetime.now(UTC)


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
        self._now = now
        self._steady = steady
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._retired: list[httpx.AsyncClient] = []
        self._in_flight = 0
        self._tls: Future[ssl.SSLContext] | None = None
        self._places: dict[str, asyncio.Semaphore] = {}

    @property
    def options(self) -> HttpOptions:
        """What it works with."""
        return self._options

    def reconfigure(self, options: HttpOptions) -> None:
        """Work with other options from the next request on; requests under way end with the old ones."""
        if options != self._options:
            self._options = options
            self._retired += self._clients.values()
            self._clients, self._places, self._tls = {}, {}, None

    def prepare(self) -> None:
        """Begin, in a thread, what the first request needs: to load libraries and certificates takes a moment."""
        self._loading()

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
        await self._loaded()
        import httpx

        address = url.reveal() if isinstance(url, Secret) else url
        host = urlsplit(address).netloc.rpartition("@")[2]
        limit = self._options.total_timeout if seconds is None else min(seconds, self._options.total_timeout)
        proxied = bool(self._options.proxy_for(address))
        place = self._places.setdefault(host, asyncio.Semaphore(self._options.max_in_flight))
        async with place:
            self._in_flight += 1
            try:
                async with asyncio.timeout(limit):
                    return await self._exchange(method, address, headers, body)
            except TimeoutError as error:
                raise _timeout(host, limit) from error
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                raise _translated(error, host, proxied=proxied) from error
            finally:
                self._in_flight -= 1
                if not self._in_flight:
                    await self._close_retired()

    async def _exchange(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        client = await self._client(address)
        request = client.build_request(method, address, headers=dict(headers), content=body)
        sent, begun = self._now(), self._steady()
        response = await client.send(request, stream=True)
        try:
            received, took = self._now(), self._steady() - begun
            raw = bytearray()
            arriving: Any = response.stream  # not `aiter_raw`: that gives the connection back before we have looked
            async for chunk in arriving:
                raw += chunk
                if len(raw) > ANSWER_LONGEST:
                    raise _too_large(request.url.host)
            _part_from_chatterers(response)
            found = {name.lower(): value for name, value in response.headers.items()}
            unpacked = _unpacked(bytes(raw), found.get("content-encoding", ""), request.url.host)
            return Answer(
                status=response.status_code, headers=found, body=unpacked, sent=sent, received=received, took=took
            )
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """Close all connections. A later request opens new ones."""
        self._retired += self._clients.values()
        self._clients = {}
        await self._close_retired()

    async def _close_retired(self) -> None:
        while self._retired:
            await self._retired.pop().aclose()

    async def _client(self, address: str) -> httpx.AsyncClient:
        """The client for an address, by the options that hold when it is there. Raises BadInput."""
        while (proxy := self._options.proxy_for(address)) not in self._clients:
            loading = await self._loaded()
            if loading is not self._tls or proxy in self._clients:
                continue
            try:
                tls = loading.result()
            except (BadInput, OSError):
                self._tls = None  # with the next request it may be mended
                raise
            self._clients[proxy] = self._new_client(proxy, tls)
        return self._clients[proxy]

    async def _loaded(self) -> Future[ssl.SSLContext]:
        """What the first request needs, loaded or failed."""
        loading = self._loading()
        if not loading.done():
            done = asyncio.wrap_future(loading)
            done.add_done_callback(lambda each: each.cancelled() or each.exception())
            await asyncio.wait([done])
        return loading

    def _loading(self) -> Future[ssl.SSLContext]:
        """The one loading for these options. Not in the loop's thread: it takes a quarter of a second."""
        if self._tls is None:
            thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rolecall-http")
            self._tls = thread.submit(_load, self._options.ca_bundle)
            thread.shutdown(wait=False)
        return self._tls

    def _new_client(self, proxy: str, tls: ssl.SSLContext) -> httpx.AsyncClient:
        import httpx

        options = self._options
        try:
            way = httpx.Proxy(proxy, ssl_context=tls if proxy.startswith("https:") else None) if proxy else None
            return httpx.AsyncClient(
                verify=tls,
                proxy=way,
                trust_env=False,
                follow_redirects=False,
                timeout=httpx.Timeout(options.read_timeout, connect=options.connect_timeout),
                limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE_SECONDS),
                # Unpacking is done here, within bounds; what is not asked for is seldom sent.
                headers={"user-agent": "rolecall", "accept-encoding": "identity"},
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            raise BadInput(
                code="proxy-setting",
                title="The proxy cannot be used",
                detail="It is not the URL of an HTTP proxy; SOCKS is not supported.",
                remedy="Set HTTPS_PROXY, or proxy in the settings, to http://HOST:PORT.",
                field="proxy",
            ) from error


def _load(ca_bundle: str) -> ssl.SSLContext:
    """Whom to trust; then httpx is loaded too, with what it would load in the middle of the first request."""
    from importlib import import_module
    from importlib.util import find_spec

    for name in _LIBRARIES:
        with contextlib.suppress(ImportError):
            import_module(name)
    if _SELDOM_THERE not in sys.modules and find_spec(_SELDOM_THERE) is None:
        # httpcore tries to import it several times for each request, in all folders anew; so it knows at once
        sys.modules[_SELDOM_THERE] = None  # type: ignore[assignment]  # what Python documents for "is not there"
    for name in ("httpx", "httpcore"):  # they log URLs and headers
        logging.getLogger(name).setLevel(logging.WARNING)
    return _tls_context(ca_bundle)


def _tls_context(ca_bundle: str) -> ssl.SSLContext:
    """Trust the bundle alone if there is one, else what the machine trusts and what httpx ships.

    SSL_CERT_FILE and SSL_CERT_DIR stand for the latter, as httpx has it. Not by `ssl.create_default_context`: that
    writes the keys of every connection into the file SSLKEYLOGFILE.
    """
    import os
    import ssl
    from pathlib import Path

    import certifi

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # checks certificates and names
    if sys.version_info >= (3, 13):  # as the default context does since then
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_STRICT
    chosen, folders = ca_bundle or os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if not chosen:
        context.load_verify_locations(capath=folders or None, cafile=None if folders else certifi.where())
        if not folders:
            context.load_default_certs()
        return context
    path = Path(chosen).expanduser()
    try:
        is_folder = path.is_dir()
        context.load_verify_locations(capath=path if is_folder else None, cafile=None if is_folder else path)
    except OSError as error:
        raise BadInput(
            code="ca-bundle",
            title="The CA bundle cannot be used",
            detail=f"{path}: {error.strerror or 'holds no certificate in PEM form'}.",
            remedy="Correct AWS_CA_BUNDLE, SSL_CERT_FILE, or ca_bundle in the settings: certificates in PEM form.",
            field="ca_bundle",
        ) from error
    return context


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
    said = f" It said: {error}." if isinstance(error, httpx.ProxyError) else ""
    return _trouble(code, title, f"{detail.format(host=host)}{said}", remedy, never=code == "request")


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
