"""What outlives the process, without secrets."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One session as window and command line share it.

    `name` is the profile's, or `mfa:IDENTITY:DEVICE` for an MFA session. `aws_profile` is where it was published, empty
    if nowhere. `kept_in_keyring` says that a keyring item `session/NAME` holds its secrets. `previous_key_id` is the
    key that this one replaced: a crash between state and file leaves that one published. `lease_ends` is when it is
    withdrawn although AWS may accept it longer; None for never.
    """

    name: str
    fingerprint: str
    access_key_id: str
    issued: datetime
    expires: datetime
    arn: str = ""
    aws_profile: str = ""
    chained: bool = False
    packed_policy_size: int | None = None
    request_id: str = ""
    source_identity: str = ""
    kept_in_keyring: bool = False
    previous_key_id: str = ""
    lease_ends: datetime | None = None

    @property
    def ends(self) -> datetime:
        """When it cannot be used any more: AWS's expiry, or the end of the lease if that is earlier."""
        return self.expires if self.lease_ends is None else min(self.expires, self.lease_ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedState:
    """All of `state/sessions.json`.

    `totp_steps` maps a device's serial number to the last 30-second step whose code was sent.
    `confirmed_commands` holds SHA-256 digests of commands that a person has seen and agreed to.
    `provider_secrets` maps a keyring item of a provider (`provider/NAME/refresh-token`, `provider/NAME/client-secret`)
    to the place it was given for: `app.domain.configuration.place_fingerprint`. It is served to no other place.
    """

    installation: str
    sessions: Mapping[str, SessionRecord] = field(default_factory=lambda: MappingProxyType({}))
    totp_steps: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    confirmed_commands: frozenset[str] = frozenset()
    provider_secrets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def key_ids(self) -> frozenset[str]:
        """The key IDs that this installation obtained and has not stopped."""
        records = self.sessions.values()
        return frozenset({each.access_key_id for each in records} | {each.previous_key_id for each in records} - {""})
