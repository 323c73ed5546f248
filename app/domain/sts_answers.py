"""What STS answers, field by field. Times are UTC, `packed_policy_size` is a percentage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from app.domain.credentials import Credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedRole:
    """The answer to AssumeRole."""

    credentials: Credentials
    arn: str
    assumed_role_id: str
    packed_policy_size: int | None = None
    source_identity: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedRoleWithSAML(AssumedRole):
    """The answer to AssumeRoleWithSAML."""

    subject: str = ""
    subject_type: str = ""
    issuer: str = ""
    audience: str = ""
    name_qualifier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumedRoleWithWebIdentity(AssumedRole):
    """The answer to AssumeRoleWithWebIdentity.

    S3-compatible servers leave `arn` and `assumed_role_id` empty; AWS never does.
    """

    subject_from_web_identity_token: str = ""
    provider: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionToken:
    """The answer to GetSessionToken."""

    credentials: Credentials
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FederationToken:
    """The answer to GetFederationToken."""

    credentials: Credentials
    arn: str
    federated_user_id: str
    packed_policy_size: int | None = None
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerIdentity:
    """The answer to GetCallerIdentity."""

    account: str
    arn: str
    user_id: str
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessKeyInfo:
    """The answer to GetAccessKeyInfo."""

    account: str
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedMessage:
    """The answer to DecodeAuthorizationMessage: JSON text."""

    text: str
    request_id: str = ""
