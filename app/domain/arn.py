"""Amazon Resource Names: of roles, MFA devices, providers and sessions."""

from __future__ import annotations

import re

from app.domain.errors import BadInput
from app.domain.values import dataclass

ARN_SHORTEST = 20
ARN_LONGEST = 2048

_ROLE = re.compile(r"arn:(aws[a-z-]*):iam::([0-9]{12}):role/((?:[!-.0-~]+/)*)([0-9A-Za-z_+=,.@-]{1,64})")
_MFA_DEVICE = re.compile(r"arn:(aws[a-z-]*):iam::([0-9]{12}):mfa/(?:[!-.0-~]+/)*([0-9A-Za-z_+=,.@-]+)")
_SERIAL = re.compile(r"[0-9A-Za-z_+=/:,.@-]{9,256}")
_SECURITY_KEY = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:(?:u2f|fido)/.*", re.DOTALL)
_PROVIDER = re.compile(r"arn:(aws[a-z-]*):iam::([0-9]{12}):(saml-provider|oidc-provider)/([!-~]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleArn:
    """The ARN of an IAM role, in parts. `path` begins and ends with a slash."""

    partition: str
    account: str
    path: str
    name: str

    @classmethod
    def parse(cls, text: str, *, field: str = "role_arn") -> RoleArn:
        """Read `arn:PARTITION:iam::ACCOUNT:role/[PATH/]NAME`.

        Raises BadInput. Source: STS API reference, AssumeRole, RoleArn; IAM limits role names to 64 characters.
        """
        if not ARN_SHORTEST <= len(text) <= ARN_LONGEST:
            raise _bad(field, text, f"An ARN has {ARN_SHORTEST} to {ARN_LONGEST} characters; this has {len(text)}.")
        match = _ROLE.fullmatch(text)
        if match is None:
            raise _bad(field, text, f"“{_short(text)}” is not the ARN of a role.")
        partition, account, path, name = match.groups()
        return cls(partition=partition, account=account, path=f"/{path}", name=name)

    def __str__(self) -> str:
        return f"arn:{self.partition}:iam::{self.account}:role{self.path}{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MfaDevice:
    """The serial number of an MFA device: an ARN for virtual ones, a plain serial for hardware tokens."""

    serial: str

    @classmethod
    def parse(cls, text: str, *, field: str = "mfa_device") -> MfaDevice:
        """Read a serial number of 9 to 256 characters.

        Raises BadInput; security keys (`:u2f/`) are refused, because STS takes only six-digit codes.
        Source: STS API reference, GetSessionToken, SerialNumber.
        """
        if _SECURITY_KEY.fullmatch(text):
            raise BadInput(
                code="mfa-device-security-key",
                title="A security key cannot be used here",
                detail=f"{text} is a security key or passkey; STS accepts six-digit codes only.",
                remedy="Register a virtual MFA device (an authenticator app) for this user, and give its ARN.",
                field=field,
            )
        if not _SERIAL.fullmatch(text):
            raise BadInput(
                code="mfa-device",
                title="Not an MFA device",
                detail=f"“{_short(text)}” is neither the ARN nor the serial number of a device: 9 to 256 characters "
                "of letters, digits and _+=/:,.@-",
                remedy="Copy it from “Security credentials” in the IAM console: arn:aws:iam::ACCOUNT:mfa/NAME.",
                field=field,
            )
        return cls(serial=text)

    @property
    def name(self) -> str:
        """The last part of the ARN, or the whole serial number."""
        match = _MFA_DEVICE.fullmatch(self.serial)
        return match.group(3) if match else self.serial

    def __str__(self) -> str:
        return self.serial


def provider_kind(text: str) -> str | None:
    """Tell `saml-provider` from `oidc-provider`; None when the text is neither's ARN."""
    match = _PROVIDER.fullmatch(text)
    return match.group(3) if match else None


def partition_of(arn: str) -> str:
    """The partition in an ARN, or an empty string."""
    parts = arn.split(":")
    return parts[1] if len(parts) > 5 and parts[0] == "arn" else ""  # noqa: PLR2004  # arn:partition:service:region:account:resource


def account_of(arn: str) -> str:
    """The account number in an ARN, or an empty string."""
    parts = arn.split(":")
    return parts[4] if len(parts) > 5 and parts[0] == "arn" else ""  # noqa: PLR2004  # arn:partition:service:region:account:resource


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004  # what fits a line of the window


def _bad(field: str, text: str, detail: str) -> BadInput:
    return BadInput(
        code="role-arn",
        title="Not a role's ARN" if text else "The role's ARN is missing",
        detail=detail,
        remedy="It looks like arn:aws:iam::123456789012:role/NAME; copy it from the role's page in the IAM console.",
        field=field,
    )
