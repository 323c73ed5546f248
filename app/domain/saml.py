"""What a SAML response says, for AWS. Nothing here is trusted: STS verifies the signature.

Sources: SAML 2.0 core; IAM User Guide, "Configure SAML assertions for the authentication response".
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.acs import Acs
    from app.domain.arn import RoleArn
    from app.domain.secret import Secret

REDEEM_WITHIN = timedelta(minutes=5)
"""STS takes an assertion for this long after its issue."""
SESSION_DURATION = (900, 43200)
"""Seconds that the attribute SessionDuration may ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertedRole:
    """A role that the provider vouches for, with the SAML provider in IAM that has to be named with it."""

    role_arn: RoleArn
    provider_arn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What an assertion says, without the text that proves it. Times are UTC.

    `not_before` is the latest beginning and `not_on_or_after` the earliest end that conditions or subject confirmation
    set. `session_duration` (seconds) is the provider's wish for console sessions; None when `session_duration_said`,
    its text, is none that AWS takes. `recipient` is the ACS that it is for. Of an `encrypted` one only the response
    around it is known (issuer, recipient, time of issue): AWS alone can read it. `signed` tells whether there is a
    signature at all.
    """

    issuer: str = ""
    subject: str = ""
    audiences: tuple[str, ...] = ()
    recipient: str = ""
    roles: tuple[AssertedRole, ...] = ()
    session_name: str = ""
    session_duration: int | None = None
    session_duration_said: str = ""
    issued: datetime | None = None
    not_before: datetime | None = None
    not_on_or_after: datetime | None = None
    session_not_on_or_after: datetime | None = None
    source_identity: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    transitive_tag_keys: tuple[str, ...] = ()
    signed: bool = False
    encrypted: bool = False

    @property
    def redeem_until(self) -> datetime | None:
        """Until when STS takes it (UTC), or None when it does not say."""
        ends = [self.issued + REDEEM_WITHIN] if self.issued is not None else []
        ends += [self.not_on_or_after] if self.not_on_or_after is not None else []
        return min(ends, default=None)

    def provider_arn_for(self, role_arn: RoleArn) -> str:
        """The SAML provider to name with a role, or an empty string when the role is not listed."""
        return next((each.provider_arn for each in self.roles if each.role_arn == role_arn), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SamlResponse:
    """A response as STS takes it: base64 text, what it says, and the ACS it was posted to (or is for).

    `role_index` is what the provider's page chose for the console, or empty. `received` is UTC.
    """

    text: Secret
    assertion: Assertion
    received: datetime
    acs: Acs | None = None
    role_index: str = ""

    def usable(self, now: datetime) -> bool:
        """Whether STS may still take it."""
        until = self.assertion.redeem_until or self.received + REDEEM_WITHIN
        return now < until
