"""When a session is renewed, and when a failed renewal is tried again. Chance comes in as an argument."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

LEAD_SHARE = 0.25
LEAD_LEAST = timedelta(minutes=16)
"""SDKs ask credential_process again 15 minutes before expiry: by then there must be fresh ones."""
LEAD_MOST_SHARE = 0.5
SPREAD = 0.1
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(minutes=5)
ATTEMPTS_IN_FIRST_HOUR = 12
SHORTEST_PAUSE = timedelta(seconds=5)
LAST_TRY = timedelta(seconds=20)
"""The last attempt of the first hour is kept for this long before the end: an outage that ends late ends in time."""
AFTER_SLEEP = timedelta(minutes=10)
"""How long the renewal of credentials that died in the machine's sleep is tried: networks wake up later."""
SIGNING_MARGIN = timedelta(seconds=60)
"""A parent with less time than this does not sign any more: the call itself and the clocks need some."""


def lead(life: timedelta, chance: float = 0.0) -> timedelta:
    """Time before expiry from which a session of that `life` is due.

    `chance` is in [0, 1): sessions obtained together are spread over the tenth by which the lead is lengthened.
    """
    base = min(max(life * LEAD_SHARE, LEAD_LEAST), life * LEAD_MOST_SHARE)
    return base * (1 + SPREAD * chance)


def retry_at(
    *, failures: int, failing_since: datetime, expires: datetime, now: datetime, chance: float
) -> datetime | None:
    """When to try a failed renewal again, or None when the credentials will be dead by then.

    Pauses double up to 5 minutes with up to a quarter of jitter, shorten as the end comes near, and at most 12
    attempts fall into the first hour. `failures` counts the failed attempts so far, from 1; `chance` is in [0, 1).
    """
    left = expires - now
    if left <= SHORTEST_PAUSE:
        return None
    pause = min(FIRST_PAUSE * (1 << min(failures - 1, 10)), LONGEST_PAUSE) * (1 - 0.25 * chance)
    next_try = now + max(min(pause, left / 3), SHORTEST_PAUSE)
    hour_ends = failing_since + timedelta(hours=1)
    if next_try >= hour_ends or failures < ATTEMPTS_IN_FIRST_HOUR - 1:
        return next_try
    if failures >= ATTEMPTS_IN_FIRST_HOUR:
        return hour_ends if hour_ends < expires else None
    return max(next_try, expires - LAST_TRY) if expires <= hour_ends else next_try
