"""What the core asks of the world. How anyone answers is not told here.

Every method may raise the errors of `app.domain.errors` and nothing else. Times are aware, in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from app.domain import sts_answers as answers
    from app.domain import sts_requests as requests
    from app.domain.credentials import Credentials, SigningKey
    from app.domain.secret import Secret


class Clock(Protocol):
    """Time. Only tests answer with something else than the machine's clocks."""

    def now(self) -> datetime:
        """The wall clock, uncorrected, UTC."""

    def monotonic(self) -> float:
        """Seconds from a clock that never jumps, but may stand still while the machine sleeps."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class Sts(Protocol):
    """The AWS Security Token Service. `region` chooses endpoint and signing scope."""

    @property
    def clock_skew(self) -> timedelta:
        """AWS's time minus ours, as last measured from a Date header; zero until then."""

    async def assume_role(self, request: requests.AssumeRole, *, signer: SigningKey, region: str) -> answers.AssumedRole:
        """Obtain a role's credentials."""

    async def assume_role_with_saml(self, request: requests.AssumeRoleWithSAML, *, region: str) -> answers.AssumedRoleWithSAML:
        """Redeem an assertion."""

    async def assume_role_with_web_identity(
        self, request: requests.AssumeRoleWithWebIdentity, *, region: str
    ) -> answers.AssumedRoleWithWebIdentity:
        """Redeem an ID token."""

    async def get_session_token(
        self, request: requests.GetSessionToken, *, signer: SigningKey, region: str
    ) -> answers.SessionToken:
        """Obtain a session of the identity itself."""

    async def get_federation_token(
        self, request: requests.GetFederationToken, *, signer: SigningKey, region: str
    ) -> answers.FederationToken:
        """Obtain a federated user's session."""

    async def get_caller_identity(self, *, signer: SigningKey, region: str) -> answers.CallerIdentity:
        """Ask who signs."""

    async def get_access_key_info(
        self, request: requests.GetAccessKeyInfo, *, signer: SigningKey, region: str
    ) -> answers.AccessKeyInfo:
        """Ask which account a key belongs to."""

    async def decode_authorization_message(
        self, request: requests.DecodeAuthorizationMessage, *, signer: SigningKey, region: str
    ) -> answers.DecodedMessage:
        """Ask why something was denied."""


class ConsoleSignIn(Protocol):
    """The federation endpoint of the AWS console."""

    async def sign_in_token(self, credentials: Credentials, *, region: str, duration_seconds: int | None) -> Secret:
        """Exchange credentials for a sign-in token, valid 15 minutes."""
