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
    from app.domain.published import FoundSection, Published, PublishedSection
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


class CredentialsFile(Protocol):
    """The shared credentials file, of which we own only what we wrote."""

    async def sections(self) -> tuple[FoundSection, ...]:
        """All sections that bear a mark of Rolecall, and the names of all others."""

    async def publish(
        self,
        section: PublishedSection,
        *,
        known_key_ids: frozenset[str],
        renewal: bool,
        displace: bool = False,
    ) -> Published:
        """Write a section.

        A section of that name is replaced when it is ours and its key ID is in `known_key_ids`. Otherwise
        StorageTrouble with code `section-foreign` or `section-unknown-origin` is raised, unless `displace`:
        then a foreign one is set aside under another name, to come back on withdraw, and an unknown one of
        ours is replaced. With `renewal` a missing section is left missing.
        """

    async def withdraw(self, aws_profiles: frozenset[str]) -> frozenset[str]:
        """Remove our sections of these names and put back what they displaced; return the names removed."""

    async def fingerprint(self) -> tuple[int, ...]:
        """What changes whenever the file changes (inode, size, mtime); cheap enough for every 2 s."""
