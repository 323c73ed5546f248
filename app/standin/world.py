"""What exists in the stand-in AWS: accounts, users, roles, identity providers."""

from __future__ import annotations

import base64
import secrets
import string
from dataclasses import dataclass, field

ROLE_LONGEST_DEFAULT = 3600
_ID_ALPHABET = string.ascii_uppercase + "234567"
_ID_LENGTH = 16


def random_id(prefix: str) -> str:
    """An ID as AWS makes them: a prefix of four letters (AKIA, ASIA, AIDA, AROA), then sixteen random ones."""
    return prefix + "".join(secrets.choice(_ID_ALPHABET) for _ in range(_ID_LENGTH))


def random_secret() -> str:
    """A secret access key: 40 characters of base64."""
    return base64.b64encode(secrets.token_bytes(30)).decode()


def random_totp_secret() -> str:
    """What an MFA device shares with AWS: 40 random bytes in base32."""
    return base64.b32encode(secrets.token_bytes(40)).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An AWS account; `id` has twelve digits."""

    id: str
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An IAM user with one access key, or with `root` the account's owner. Without `totp_secret`: no MFA device."""

    name: str
    account_id: str
    access_key_id: str = field(default_factory=lambda: random_id("AKIA"))
    secret_access_key: str = field(default_factory=random_secret, repr=False)
    user_id: str = field(default_factory=lambda: random_id("AIDA"))
    mfa_serial: str = ""
    totp_secret: str = field(default="", repr=False)
    root: bool = False

    @property
    def arn(self) -> str:
        """`arn:aws:iam::ACCOUNT:user/NAME`."""
        return f"arn:aws:iam::{self.account_id}:" + ("root" if self.root else f"user/{self.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role and whom it trusts.

    `trusts` holds ARNs of users, roles, sessions, identity providers, or `arn:aws:iam::ACCOUNT:root` for everyone of an
    account. `longest` is MaxSessionDuration in seconds. `encoded_denials`: a denial carries an encoded message.
    """

    arn: str
    trusts: tuple[str, ...]
    external_id: str = ""
    mfa_required: bool = False
    longest: int = ROLE_LONGEST_DEFAULT
    allows_tags: bool = True
    allows_source_identity: bool = True
    encoded_denials: bool = False
    role_id: str = field(default_factory=lambda: random_id("AROA"))

    @property
    def account_id(self) -> str:
        """The account it belongs to."""
        return self.arn.split(":")[4]

    @property
    def name(self) -> str:
        """Its name, without path."""
        return self.arn.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class SamlProvider:
    """A SAML provider as IAM knows it. `issuer` is the entity ID in its metadata."""

    arn: str
    issuer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcProvider:
    """An OIDC provider as IAM knows it. `issuer` is its URL, `audiences` the client IDs that may come."""

    arn: str
    issuer: str
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything there is. Users by name, accounts by ID, roles and providers by ARN."""

    accounts: dict[str, Account] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    saml_providers: dict[str, SamlProvider] = field(default_factory=dict)
    oidc_providers: dict[str, OidcProvider] = field(default_factory=dict)
    disabled_regions: frozenset[str] = frozenset()
