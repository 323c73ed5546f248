"""What exists in the stand-in AWS: accounts, users, roles, identity providers."""

from __future__ import annotations

import base64
import secrets
import string
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cryptography.x509 import load_pem_x509_certificate

from app.standin.signing import SigningKey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ROLE_LONGEST_DEFAULT = 3600
_ID_ALPHABET = string.ascii_uppercase + "234567"
_ID_LENGTH = 16
KEY_TYPES: Mapping[str, str] = MappingProxyType({"RS256": "RSA", "ES256": "EC"})
"""The signatures of ID tokens that STS takes here, and the type of key that belongs to each."""
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def random_id(prefix: str) -> str:
    """An ID as AWS makes them: a prefix of four letters (AKIA, ASIA, AIDA, AROA), then sixteen random ones."""
    return prefix + "".join(secrets.choice(_ID_ALPHABET) for _ in range(_ID_LENGTH))


def random_secret() -> str:
    """A secret access key: 40 characters of base64."""
    return base64.b64encode(secrets.token_bytes(30)).decode()


def random_totp_secret() -> str:
    """What an MFA device shares with AWS: 40 random bytes in base32."""
    return base64.b32encode(secrets.token_bytes(40)).decode()


def is_fetchable(url: str) -> bool:
    """Whether a provider may be asked for its keys there: at https, or at http on this very machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


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
    account; MFA and external ID are asked of all of these. `federates` holds providers that another statement trusts,
    without such a condition. `longest` is MaxSessionDuration in seconds. `encoded_denials`: a denial carries an encoded
    message, in which `denied_by` is the ID of the statement that denies explicitly, or nothing allows it.
    """

    arn: str
    trusts: tuple[str, ...]
    federates: tuple[str, ...] = ()
    external_id: str = ""
    mfa_required: bool = False
    longest: int = ROLE_LONGEST_DEFAULT
    allows_tags: bool = True
    allows_source_identity: bool = True
    encoded_denials: bool = False
    denied_by: str = ""
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
    """A SAML provider as IAM knows it from its metadata.

    `issuer` is its entity ID; `certificates` are those it may sign with, in PEM. Raises ValueError without one: an
    assertion that nothing vouches for could never be told from a forged one.
    """

    arn: str
    issuer: str
    certificates: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.issuer or not self.certificates:
            raise ValueError(f"{self.arn} needs an issuer and at least one certificate")
        for each in self.certificates:
            load_pem_x509_certificate(each.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcProvider:
    """An OIDC provider as IAM knows it. `issuer` is its URL, `audiences` the client IDs that may come.

    `jwks` is its key set (RFC 7517). None: the keys are fetched from the issuer's discovery document, which has to be
    at https, or at http on this very machine. Raises ValueError for an issuer or a key set that cannot be used.
    """

    arn: str
    issuer: str
    audiences: tuple[str, ...]
    jwks: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if self.jwks is None and not is_fetchable(self.issuer):
            raise ValueError(f"{self.issuer!r} is neither at https nor at http on this machine")
        keys = None if self.jwks is None else self.jwks.get("keys")
        if self.jwks is not None and not keys:
            raise ValueError(f"{self.arn} needs at least one key")
        if any(key.get("kty") not in KEY_TYPES.values() or "d" in key for key in keys or ()):
            raise ValueError("a provider's keys are public ones, of RSA or of an elliptic curve")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """An OAuth 2.0 access token of one of the providers that ProviderId names, and what that provider says of it."""

    provider_id: str
    user_id: str
    app_id: str
    expires: datetime | None = None
    revoked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who can sign in at the stand-in's own providers."""

    name: str
    email: str
    full_name: str
    password: str = field(default_factory=lambda: secrets.token_hex(6), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamlSite:
    """The stand-in's own SAML provider, with its login page at `/idp/start`.

    `provider_arns` are the providers in IAM that know its certificate, at most one for each account. `roles` are the
    ARNs it vouches for, each with the provider of its account. `session_seconds` is how long a sign-in is remembered
    and the end of the sessions it vouches for; `shows_password`: the login page comes filled in.
    """

    name: str
    issuer: str
    provider_arns: tuple[str, ...]
    roles: tuple[str, ...]
    session_seconds: int = 28800
    shows_password: bool = True
    key: SigningKey = field(default_factory=SigningKey)

    def provider(self, arn: str) -> SamlProvider:
        """One of its providers as IAM knows it."""
        return SamlProvider(arn=arn, issuer=self.issuer, certificates=(self.key.certificate,))


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcSite:
    """The stand-in's own OpenID provider; its issuer is the stand-in's URL with `/oidc`.

    `provider_arns` are the providers in IAM that know it, at most one for each account; `clients` its client IDs, none
    of which has a secret. `interval` is the device grant's, in seconds, as all the others.
    """

    name: str
    provider_arns: tuple[str, ...]
    clients: tuple[str, ...]
    session_seconds: int = 28800
    token_seconds: int = 3600
    device_seconds: int = 600
    interval: int = 5
    shows_password: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything there is. Users and people by name, accounts by ID, roles and providers by ARN, tokens by themselves.

    `people` are known at the stand-in's own providers, where it has them. `fetch_seconds` is how long a provider may
    take to hand out its keys.
    """

    accounts: dict[str, Account] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    saml_providers: dict[str, SamlProvider] = field(default_factory=dict)
    oidc_providers: dict[str, OidcProvider] = field(default_factory=dict)
    access_tokens: dict[str, AccessToken] = field(default_factory=dict, repr=False)
    people: dict[str, Person] = field(default_factory=dict)
    saml_site: SamlSite | None = None
    oidc_site: OidcSite | None = None
    disabled_regions: frozenset[str] = frozenset()
    fetch_seconds: float = 5.0

    def saml_provider(self, arn: str) -> SamlProvider | None:
        """The SAML provider of an ARN, if IAM knows one; one that is listed goes before the stand-in's own."""
        site = self.saml_site
        if site is not None and arn in site.provider_arns and arn not in self.saml_providers:
            return site.provider(arn)
        return self.saml_providers.get(arn)
