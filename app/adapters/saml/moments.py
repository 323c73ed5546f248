"""Times as XML Schema writes them (part 2, `dateTime`)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_FORM = re.compile(
    r"([0-9]{4,12})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,40}))?"
    r"(?:(Z)|([+-])([0-9]{2}):([0-9]{2}))?"
)
EARLIEST = datetime(1000, 1, 1, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""What is beyond is shown as this: it stays far away, and can be reckoned with."""
_OFFSET_MOST = 14 * 60
_DAY_END = 24
_LEAP_SECOND = 60


def moment(text: str) -> datetime:
    """Read a `dateTime`; without a zone it is UTC, as SAML 2.0 core (1.3.3) demands. Digits beyond µs are dropped.

    24:00:00 is the next day's beginning; a leap second is the second after. Raises ValueError.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise ValueError("not a dateTime")
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    fraction, _utc, sign, offset_hours, offset_minutes = match.groups()[6:]
    if not EARLIEST.year <= year < LATEST.year:
        datetime(2000, month, day, min(hour, 23), minute, min(second, 59), tzinfo=UTC)  # ValueError, when there is none
        return EARLIEST if year < EARLIEST.year else LATEST
    late = timedelta()
    if (hour, minute, second) == (_DAY_END, 0, 0):
        hour, late = 0, timedelta(days=1)
    elif second == _LEAP_SECOND:
        second, late = 59, timedelta(seconds=1)
    microsecond = int((fraction or "")[:6].ljust(6, "0"))
    local = datetime(year, month, day, hour, minute, second, microsecond, tzinfo=UTC)
    return local + late - _offset(sign, offset_hours, offset_minutes)


def _offset(sign: str | None, hours: str | None, minutes: str | None) -> timedelta:
    total = int(hours or 0) * 60 + int(minutes or 0)
    if total > _OFFSET_MOST or int(minutes or 0) >= 60:  # noqa: PLR2004  # minutes of an hour
        raise ValueError("no such time zone")
    return timedelta(minutes=-total if sign == "-" else total)
