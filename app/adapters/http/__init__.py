"""One request, one bounded answer.

All go through httpx (see `client`). Loading this module is cheap; what a request needs is loaded with the first one.
TLS verification cannot be switched off.
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
from typing import TYPE_CHECKING

from app.adapters.http import troubles
from app.adapters.http.certificates import tls_context as _tls_context
from app.adapters.http.values import ANSWER_LONGEST, SKEW_MOST, Answer, Clocks, HttpOptions, utc_now
from app.domain.errors import BadInput
from app.domain.secret import Secret
from app.domain.values import replace

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future
    from datetime import datetime

    from app.adapters.http.client import Way

    Key = tuple[str, bool]

__all__ = ["ANSWER_LONGEST", "SKEW_MOST", "Answer", "Http", "HttpOptions", "utc_now"]

_NOBODY = "This address"
_PACKINGS_MOST = 2
"""Each costs time in the loop's thread, and a header has room for thousands."""
_SELDOM_THERE = "sniffio"
_FOR_PROXIES = ("httpcore._backends.anyio", "anyio._backends._asyncio")


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
        self._ways: dict[Key, Way] = {}
        self._retired: list[Way] = []
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

    def prepare(self, address: str = "") -> None:
        """Begin, in a thread, what the first request needs: to load libraries and certificates takes a moment.

        It may be known where that request goes. Raises NetworkTrouble for what is no address.
        """
        self._loading(self._key(address) if address else (self._options.proxy, False))

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
        key = self._key(address)
        await self._loaded(key)
        from app.adapters.http import client

        target = client.read_address(address)
        if target is None:
            raise troubles.by_code("request", _NOBODY)
        host = client.host_of(target)
        limit = self._options.total_timeout if seconds is None else min(seconds, self._options.total_timeout)
        place = self._places.setdefault(host, asyncio.Semaphore(self._options.max_in_flight))
        async with place:
            self._in_flight += 1
            try:
                async with asyncio.timeout(limit):
                    way = await self._way(address)
                    return _unpacked(await way.ask(method, target, headers, body), host)
            except TimeoutError as error:
                raise troubles.timeout(host, limit) from error
            except client.FAILURES as error:
                raise client.translated(error, host, proxied=bool(key[0])) from error
            finally:
                self._in_flight -= 1
                if not self._in_flight:
                    await self._close_retired()

    async def aclose(self) -> None:
        """Close all connections. A later request opens new ones."""
        self._retired += self._ways.values()
        self._ways = {}
        await self._close_retired()

    async def _close_retired(self) -> None:
        while self._retired:
            await self._retired.pop().aclose()

    async def _way(self, address: str) -> Way:
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
            from app.adapters.http.client import Way

            self._ways[key] = Way(self._options, key[0], tls, self._clocks)
        return self._ways[key]

    def _key(self, address: str) -> Key:
        """By which proxy, and whether nobody has to prove anything. Raises NetworkTrouble for what is no address."""
        with contextlib.suppress(ValueError):
            proxy = self._options.proxy_for(address)
            return proxy, not proxy and address.startswith("http://") and not self._options.ca_bundle
        raise troubles.by_code("request", _NOBODY)

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
            proxy, open_to_all = key
            thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rolecall-http")
            self._tls[key] = thread.submit(_load, self._options.ca_bundle, tls=not open_to_all, proxied=bool(proxy))
            thread.shutdown(wait=False)
        return self._tls[key]


def _load(ca_bundle: str, *, tls: bool, proxied: bool) -> ssl.SSLContext | None:
    """Whom to trust, or None; and what a first request would load in its middle."""
    from importlib import import_module
    from importlib.util import find_spec

    # Its own command line is of no use, and brings click, rich and pygments where those are installed
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # what Python documents for "is not there"
    import_module("app.adapters.http.client")
    if proxied:
        for name in _FOR_PROXIES:
            with contextlib.suppress(ImportError):
                import_module(name)
        if _SELDOM_THERE not in sys.modules and find_spec(_SELDOM_THERE) is None:
            # httpcore tries to import it several times for each request, in all folders anew; so it knows at once
            sys.modules[_SELDOM_THERE] = None  # type: ignore[assignment]  # see above
    for name in ("httpx", "httpcore"):  # they log URLs and headers
        logging.getLogger(name).setLevel(logging.WARNING)
    return _tls_context(ca_bundle) if tls else None


def _unpacked(answer: Answer, host: str) -> Answer:
    """Undo gzip and deflate, never producing more than the bound."""
    encoding = answer.headers.get("content-encoding", "")
    packings = [name for part in encoding.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if not packings:
        return answer
    if len(packings) > _PACKINGS_MOST:
        raise troubles.broken(host, "it is packed again and again.")
    raw = answer.body
    for name in reversed(packings):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise troubles.broken(host, "it is packed in a way that was not asked for.")
        unpacker = zlib.decompressobj(wbits=47 if "gzip" in name else 15)  # 32 + 15: gzip or zlib, told by the header
        try:
            raw = unpacker.decompress(raw, ANSWER_LONGEST + 1)
        except zlib.error as error:
            raise troubles.broken(host, "it cannot be unpacked.") from error
        if len(raw) > ANSWER_LONGEST:
            raise troubles.too_large(host)
        if not unpacker.eof:
            raise troubles.broken(host, "it ends too early.")
    return replace(answer, body=raw)
