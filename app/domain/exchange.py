"""One request to STS and what became of it, without secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from app.domain.sts_requests import Parameter

SHOWN = frozenset(
    {
        "AccessKeyId",
        "DurationSeconds",
        "ExternalId",
        "Name",
        "Policy",
        "PolicyArns",
        "PrincipalArn",
        "ProviderId",
        "RoleArn",
        "RoleSessionName",
        "SerialNumber",
        "SourceIdentity",
        "Tags",
        "TransitiveTagKeys",
    }
)
"""What may be shown of a request, by the first word of the name; whatever else there is, or will be, is hidden."""


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

    @property
    def ok(self) -> bool:
        """Whether AWS did what was asked."""
        return not self.code


def showable(parameters: Iterable[Parameter]) -> tuple[tuple[str, str | None], ...]:
    """The parameters of a request for people: None stands for what is secret, or not known to be none."""
    return tuple(
        (name, value if isinstance(value, str) and name.partition(".")[0] in SHOWN else None)
        for name, value in parameters
    )


def as_text(exchange: Exchange) -> str:
    """An exchange for a bug report or a colleague, one fact in a line; it holds no secret."""
    status = str(exchange.status) if exchange.status else "no answer"
    facts = [
        ("Started", f"{exchange.started:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"),
        ("Took", f"{exchange.seconds * 1000:.0f} ms"),
        ("Status", f"{status} {exchange.code}".rstrip()),
        ("Message", exchange.message),
        ("Request ID", exchange.request_id),
        ("Signed by", exchange.signed_by or "nobody"),
        ("Clock", "" if exchange.skew is None else f"AWS {exchange.skew.total_seconds():+.0f} s"),
        *((name, "(hidden)" if value is None else value) for name, value in exchange.parameters),
    ]
    lines = [f"{exchange.action} {exchange.endpoint}", *(f"  {name}: {value}" for name, value in facts if value)]
    return "\n".join(lines)
