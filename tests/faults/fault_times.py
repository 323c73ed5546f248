"""What STS may say about time; and all cases together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.adapters.sts import errors
from tests.adapters.sts.sts_helpers import http_date
from tests.faults import fault_server as wire
from tests.faults.fault_answers import LIFE, Case, case, cases, error_body, good_body, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator


def all_cases(now: datetime) -> list[Case]:
    """Every answer."""
    expires = (now + LIFE).replace(microsecond=0)
    return [*cases(expires), *times(expires)]


def times(expires: datetime) -> Iterator[Case]:
    """Answers whose expiry, or Date, is odd."""
    body, now = good_body(expires), expires - LIFE

    def expiring(text: str) -> bytes:
        return wire.whole(body.replace(stamp(expires), text))

    yield case("expires with fractions", expiring(f"{expires:%Y-%m-%dT%H:%M:%S}.987654321Z"))
    yield case("expires with an offset", expiring(f"{expires + timedelta(hours=2):%Y-%m-%dT%H:%M:%S}+02:00"))
    yield case("expires with a short offset", expiring(f"{expires - timedelta(hours=8):%Y-%m-%dT%H:%M:%S}-0800"))
    yield case("blanks around", expiring(f"\n  {stamp(expires)}\n"))
    for name, text in {
        "without a zone": f"{expires:%Y-%m-%dT%H:%M:%S}",
        "with a blank": f"{expires:%Y-%m-%d %H:%M:%SZ}",
        "as seconds": str(int(expires.timestamp())),
        "as a word": "tomorrow",
        "as RFC 1123": http_date(expires),
        "in Arabic digits": "".join(chr(0x660 + int(c)) if c.isdigit() else c for c in stamp(expires)),
        "on the 30th of February": "2027-02-30T00:00:00Z",
        "in the 25th hour": f"{expires:%Y-%m-%d}T25:00:00Z",
        "in year 10000": "10000-01-01T00:00:00Z",
        "in year 0000": "0000-01-01T00:00:00Z",
        "with 4,000 fractions and no zone": f"{expires:%Y-%m-%dT%H:%M:%S}.{'1' * 4000}",
        "before the calendar": "0001-01-01T00:00:00+14:00",
        "behind the calendar": "9999-12-31T23:59:59-14:00",
        "with a wild offset": f"{expires:%Y-%m-%dT%H:%M:%S}+99:99",
    }.items():
        yield case(f"expires {name}", expiring(text), "answer-incomplete")
    for name, moment in {
        "a second ago": now - timedelta(seconds=1),
        "yesterday": now - timedelta(days=1),
        "in year 1": datetime(1, 1, 1, tzinfo=UTC),
        "in 1970": datetime(1970, 1, 1, tzinfo=UTC),
    }.items():
        text = moment.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
        yield case(f"expires {name}", expiring(text), "answer-expired")
    for name, text in {
        "in year 9999": "9999-12-31T23:59:59Z",
        "in two days": stamp(now + timedelta(days=2)),
    }.items():
        yield case(f"expires {name}", expiring(text), "answer-implausible")
    good = good_body(expires)
    early = "Mon, 01 Jan 0001 00:00:00 GMT"
    for date in ("", "yesterday", "0", "Thu, 99 Foo 2026 99:99:99 GMT", "1" * 5000, "\xe9", early):
        yield case(f"Date: {date[:30]}", wire.whole(good, date=date))
    yield case("Date: year 9999", wire.whole(good, date="Fri, 31 Dec 9999 23:59:59 GMT"))
    yield case("Date: with a wild zone", wire.whole(good, date=f"{expires:%a, %d %b %Y %H:%M:%S} +99999999999999"))
    yield case("two Dates", wire.whole(good, date=http_date(now), extra=(f"Date: {http_date(now)}",)))
    yield case("Date: right", wire.whole(good, date=http_date(now)))
    ahead = http_date(now + timedelta(days=700))
    yield case("Date: two years ahead", wire.whole(good, date=ahead), "answer-expired")
    behind = http_date(now - timedelta(days=700))
    yield case("Date: two years behind", wire.whole(good, date=behind), "answer-implausible")


def clock_cases(now: datetime) -> list[Case]:
    """Refusals that are about time, with and without a Date that tells how far off we are."""
    found = []
    for code in ("RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture"):
        for name, date in (
            ("a right Date", http_date(now)),
            ("no Date", None),
            ("a Date an hour off", http_date(now + timedelta(hours=1))),
        ):
            body = error_body(code)
            codes = (errors.BY_AWS_CODE[code].CODE,)
            found.append(case(f"{code}, {name}", wire.whole(body, 403, date=date), *codes))
    return found
