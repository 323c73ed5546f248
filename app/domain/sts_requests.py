"""The eight STS requests of API version 2011-06-15, as values that cannot be out of limits.

Each knows its `ACTION`, whether it is `SIGNED`, its `faults()` (all of them, for a form) and its
`parameters()` in the query protocol's naming. Building one with a fault raises the first as BadInput.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, ClassVar, Self, cast

from app.domain import sts_limits as limits
from app.domain.arn import RoleArn
from app.domain.errors import BadInput
from app.domain.secret import Secret
from app.domain.values import dataclass

Parameter = tuple[str, str | Secret]


class Request:
    """What all requests share."""

    __slots__ = ()
    ACTION: ClassVar[str]
    SIGNED: ClassVar[bool] = True

    def __post_init__(self) -> None:
        for fault in self.faults():
            raise fault

    @classmethod
    def draft(cls, **values: object) -> Self:
        """A request that may break limits, for a form that shows `faults()`. Never send one."""
        request = object.__new__(cls)
        for each in fields(cast("Any", cls)):
            object.__setattr__(request, each.name, values.get(each.name, each.default))
        return request

    def faults(self) -> list[BadInput]:
        """Every limit broken, in the order of the parameters."""
        return []

    def parameters(self) -> list[Parameter]:
        """Names and values as they are sent, without Action and Version."""
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvidedContext:
    """A context assertion of a trusted provider, for AssumeRole."""

    provider_arn: str
    context_assertion: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumeRole(Request):
    """AssumeRole: temporary credentials for a role, signed by an identity or a session."""

    ACTION: ClassVar[str] = "AssumeRole"

    role_arn: str
    role_session_name: str
    duration_seconds: int | None = None
    policy: str | None = None
    policy_arns: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    transitive_tag_keys: tuple[str, ...] = ()
    external_id: str | None = None
    serial_number: str | None = None
    token_code: Secret | None = None
    source_identity: str | None = None
    provided_contexts: tuple[ProvidedContext, ...] = ()

    def faults(self) -> list[BadInput]:
        """See Request."""
        found = _role_arn(self.role_arn)
        found += _texts(("RoleSessionName", self.role_session_name))
        found += _duration(self.duration_seconds, limits.ROLE_SECONDS)
        found += limits.policy_faults(self.policy, self.policy_arns)
        found += limits.tag_faults(self.tags, self.transitive_tag_keys)
        found += _texts(
            ("ExternalId", self.external_id),
            ("SerialNumber", self.serial_number),
            ("TokenCode", self.token_code),
            ("SourceIdentity", self.source_identity),
        )
        found += _code_needs_serial(self.serial_number, self.token_code)
        if len(self.provided_contexts) > limits.PROVIDED_CONTEXTS_MOST:
            found.append(_too_many("ProvidedContexts", limits.PROVIDED_CONTEXTS_MOST, len(self.provided_contexts)))
        for each in self.provided_contexts:
            found += _texts(("ProviderArn", each.provider_arn), ("ContextAssertion", each.context_assertion))
        return found

    def parameters(self) -> list[Parameter]:
        """See Request."""
        sent = _given(("RoleArn", self.role_arn), ("RoleSessionName", self.role_session_name))
        sent += _common(self.duration_seconds, self.policy, self.policy_arns) + _tags(self.tags)
        sent += _members("TransitiveTagKeys", self.transitive_tag_keys)
        sent += _given(
            ("ExternalId", self.external_id),
            ("SerialNumber", self.serial_number),
            ("TokenCode", self.token_code),
            ("SourceIdentity", self.source_identity),
        )
        for number, each in enumerate(self.provided_contexts, 1):
            prefix = f"ProvidedContexts.member.{number}"
            sent += [
                (f"{prefix}.ProviderArn", each.provider_arn),
                (f"{prefix}.ContextAssertion", each.context_assertion),
            ]
        return sent


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumeRoleWithSAML(Request):
    """AssumeRoleWithSAML: the assertion is the proof, nothing is signed."""

    ACTION: ClassVar[str] = "AssumeRoleWithSAML"
    SIGNED: ClassVar[bool] = False

    role_arn: str
    principal_arn: str
    saml_assertion: Secret
    duration_seconds: int | None = None
    policy: str | None = None
    policy_arns: tuple[str, ...] = ()

    def faults(self) -> list[BadInput]:
        """See Request."""
        found = _role_arn(self.role_arn)
        found += _texts(("PrincipalArn", self.principal_arn), ("SAMLAssertion", self.saml_assertion))
        found += _duration(self.duration_seconds, limits.ROLE_SECONDS)
        return found + limits.policy_faults(self.policy, self.policy_arns)

    def parameters(self) -> list[Parameter]:
        """See Request."""
        sent = _given(
            ("RoleArn", self.role_arn), ("PrincipalArn", self.principal_arn), ("SAMLAssertion", self.saml_assertion)
        )
        return sent + _common(self.duration_seconds, self.policy, self.policy_arns)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumeRoleWithWebIdentity(Request):
    """AssumeRoleWithWebIdentity: the token is the proof, nothing is signed.

    `provider_id` only goes with OAuth 2.0 access tokens of the two providers that STS lists, never with an
    OpenID Connect ID token.
    """

    ACTION: ClassVar[str] = "AssumeRoleWithWebIdentity"
    SIGNED: ClassVar[bool] = False

    role_arn: str
    role_session_name: str
    web_identity_token: Secret
    provider_id: str | None = None
    duration_seconds: int | None = None
    policy: str | None = None
    policy_arns: tuple[str, ...] = ()

    def faults(self) -> list[BadInput]:
        """See Request."""
        found = _role_arn(self.role_arn)
        found += _texts(
            ("RoleSessionName", self.role_session_name),
            ("WebIdentityToken", self.web_identity_token),
            ("ProviderId", self.provider_id),
        )
        found += _duration(self.duration_seconds, limits.ROLE_SECONDS)
        return found + limits.policy_faults(self.policy, self.policy_arns)

    def parameters(self) -> list[Parameter]:
        """See Request."""
        sent = _given(
            ("RoleArn", self.role_arn),
            ("RoleSessionName", self.role_session_name),
            ("WebIdentityToken", self.web_identity_token),
            ("ProviderId", self.provider_id),
        )
        return sent + _common(self.duration_seconds, self.policy, self.policy_arns)


@dataclass(frozen=True, slots=True, kw_only=True)
class GetSessionToken(Request):
    """GetSessionToken: temporary credentials for the identity itself; with MFA when a code is given."""

    ACTION: ClassVar[str] = "GetSessionToken"

    duration_seconds: int | None = None
    serial_number: str | None = None
    token_code: Secret | None = None

    def faults(self) -> list[BadInput]:
        """See Request."""
        found = _duration(self.duration_seconds, limits.SESSION_SECONDS)
        found += _texts(("SerialNumber", self.serial_number), ("TokenCode", self.token_code))
        return found + _code_needs_serial(self.serial_number, self.token_code)

    def parameters(self) -> list[Parameter]:
        """See Request."""
        return _common(self.duration_seconds, None, ()) + _given(
            ("SerialNumber", self.serial_number), ("TokenCode", self.token_code)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GetFederationToken(Request):
    """GetFederationToken: temporary credentials for a federated user, no more than its session policy."""

    ACTION: ClassVar[str] = "GetFederationToken"

    name: str
    policy: str | None = None
    policy_arns: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    duration_seconds: int | None = None

    def faults(self) -> list[BadInput]:
        """See Request."""
        found = _texts(("Name", self.name)) + limits.policy_faults(self.policy, self.policy_arns)
        found += limits.tag_faults(self.tags, ())
        return found + _duration(self.duration_seconds, limits.SESSION_SECONDS)

    def parameters(self) -> list[Parameter]:
        """See Request."""
        return (
            _given(("Name", self.name))
            + _common(self.duration_seconds, self.policy, self.policy_arns)
            + _tags(self.tags)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCallerIdentity(Request):
    """GetCallerIdentity: who signs; needs no permission."""

    ACTION: ClassVar[str] = "GetCallerIdentity"


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAccessKeyInfo(Request):
    """GetAccessKeyInfo: the account that a key ID belongs to."""

    ACTION: ClassVar[str] = "GetAccessKeyInfo"

    access_key_id: str

    def faults(self) -> list[BadInput]:
        """See Request."""
        return _texts(("AccessKeyId", self.access_key_id))

    def parameters(self) -> list[Parameter]:
        """See Request."""
        return [("AccessKeyId", self.access_key_id)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodeAuthorizationMessage(Request):
    """DecodeAuthorizationMessage: why something was denied, from the encoded part of the refusal."""

    ACTION: ClassVar[str] = "DecodeAuthorizationMessage"

    encoded_message: str

    def faults(self) -> list[BadInput]:
        """See Request."""
        return _texts(("EncodedMessage", self.encoded_message))

    def parameters(self) -> list[Parameter]:
        """See Request."""
        return [("EncodedMessage", self.encoded_message)]


def _role_arn(text: str) -> list[BadInput]:
    try:
        RoleArn.parse(text, field="RoleArn")
    except BadInput as error:
        return [error]
    return []


def _texts(*pairs: tuple[str, str | Secret | None]) -> list[BadInput]:
    found = []
    for parameter, value in pairs:
        if value is not None:
            found.append(limits.fault(parameter, value.reveal() if isinstance(value, Secret) else value))
    return [each for each in found if each is not None]


def _duration(seconds: int | None, bounds: tuple[int, int]) -> list[BadInput]:
    broken = None if seconds is None else limits.duration_fault(seconds, bounds)
    return [] if broken is None else [broken]


def _code_needs_serial(serial_number: str | None, token_code: Secret | None) -> list[BadInput]:
    if (serial_number is None) == (token_code is None):
        return []
    missing = "SerialNumber" if serial_number is None else "TokenCode"
    return [
        BadInput(
            code="mfa-pair",
            title="An MFA device and its code go together",
            detail=f"{missing} is missing.",
            remedy="Give both, or neither.",
            field=missing,
        )
    ]


def _too_many(parameter: str, most: int, number: int) -> BadInput:
    return BadInput(
        code="limit",
        title=f"AWS would refuse {parameter}",
        detail=f"At most {most}; these are {number}.",
        remedy="Leave some out; nothing was sent.",
        field=parameter,
    )


def _given(*pairs: tuple[str, str | Secret | None]) -> list[Parameter]:
    return [(name, value) for name, value in pairs if value is not None]


def _common(duration_seconds: int | None, policy: str | None, policy_arns: tuple[str, ...]) -> list[Parameter]:
    sent: list[Parameter] = [] if duration_seconds is None else [("DurationSeconds", str(duration_seconds))]
    sent += _given(("Policy", policy))
    return sent + [(f"PolicyArns.member.{number}.arn", arn) for number, arn in enumerate(policy_arns, 1)]


def _tags(tags: tuple[tuple[str, str], ...]) -> list[Parameter]:
    sent: list[Parameter] = []
    for number, (key, value) in enumerate(tags, 1):
        sent += [(f"Tags.member.{number}.Key", key), (f"Tags.member.{number}.Value", value)]
    return sent


def _members(parameter: str, values: tuple[str, ...]) -> list[Parameter]:
    return [(f"{parameter}.member.{number}", value) for number, value in enumerate(values, 1)]
