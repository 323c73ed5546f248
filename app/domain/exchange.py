"""One request to STS and what became of it, without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """`code` is that of the error, empty when it went well; `status` is 0 when nobody answered.

    `started` is UTC by our clock, `seconds` how long it took. `parameters` are those sent, as (name, value); a secret's
    value is None. `signed_by` is the shortened key ID, empty for unsigned calls. `skew` is AWS's time minus ours as
    this answer told it. `message` is AWS's own, of an error.
    """

    action: str
    endpoint: str
    started: datetime
    seconds: float
    status: int = 0
    code: str = ""
    message: str = ""
    request_id: str = ""
    signed_by: str = ""
    parameters: tuple[tuple[str, str | None], ...] = ()
    skew: timedelta | None = None
