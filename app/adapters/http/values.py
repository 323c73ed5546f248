"""How to get out, and what came back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from app.domain.endpoints import proxy_for
from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.configuration import Settings

ANSWER_LONGEST = 1024 * 1024
"""Bytes of an answer's body, as sent and unpacked: far above anything AWS answers."""
KEPT_SECONDS = 20.0
"""How long a connection that nobody uses is kept. Servers and what is in between keep them longer."""
SKEW_MOST = timedelta(days=54750)
"""Beyond this a date is no measure of a clock; reckoning with it would leave the calendar."""
_EARLIEST = datetime(2024, 1, 1, tzinfo=UTC)
"""Before this there was no Rolecall: who tells such a date has a wrong clock, not we."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The machine's wall clock, UTC, and the seconds of one that nobody sets."""

    now: Callable[[], datetime]
    steady: Callable[[], float]


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
    """What came back. Header names are lower-case; of several with one name the values are joined by commas.

    `sent` is when the request was written, `received` when the answer's head was there, by this machine's wall clock,
    UTC; `took` the seconds in between by a clock that nobody sets, None when that is not known.
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
        stamp = _dated(self.headers.get("date", ""))
        if stamp is None:
            return None
        took = self.received - self.sent if self.took is None else timedelta(seconds=self.took)
        skew = stamp - (self.received - took / 2) + timedelta(seconds=0.5)
        return None if abs(skew) > SKEW_MOST or stamp < _EARLIEST else skew


@lru_cache(maxsize=8)
def _dated(text: str) -> datetime | None:
    """What a Date header says. All answers within a second say the same."""
    from email.utils import parsedate_to_datetime

    try:
        stamp = parsedate_to_datetime(text)
        return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def utc_now() -> datetime:
    """The machine's wall clock."""
    return datetime.now(UTC)
