"""What is configured: identities, providers, profiles, settings. Holds no secret."""

from __future__ import annotations

import enum
import hashlib
import json
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.domain.values import dataclass, field, names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.arn import MfaDevice, RoleArn
    from app.domain.errors import Problem

SIZES = (100, 125, 150, 175, 200)
COLOURS = ("red", "violet", "teal", "blue", "pink", "brown", "grey")
DEFAULT_REGION = "us-east-1"


class MfaMethod(enum.Enum):
    """Where an identity's MFA codes come from."""

    ASK = "ask"
    STORED = "stored"
    COMMAND = "command"


class MfaUse(enum.Enum):
    """What a profile does with MFA."""

    NONE = "none"
    SESSION = "session"
    """Through the identity's MFA session, which all its profiles share."""
    ROLE = "role"
    """The code goes with AssumeRole itself."""


class Publish(enum.Enum):
    """Where a profile's credentials go."""

    FILE = "file"
    NONE = "none"


class SourceKind(enum.Enum):
    """What a profile starts from."""

    IDENTITY = "identity"
    PROVIDER = "provider"
    PROFILE = "profile"


class Action(enum.Enum):
    """The STS action that obtains a profile's credentials."""

    ASSUME_ROLE = "AssumeRole"
    ASSUME_ROLE_WITH_SAML = "AssumeRoleWithSAML"
    ASSUME_ROLE_WITH_WEB_IDENTITY = "AssumeRoleWithWebIdentity"
    GET_SESSION_TOKEN = "GetSessionToken"  # noqa: S105  # an action's name
    GET_FEDERATION_TOKEN = "GetFederationToken"  # noqa: S105  # an action's name


class Flow(enum.Enum):
    """How a provider's assertion or token is obtained."""

    WINDOW = "window"
    """SAML: the provider's login page in a window of our own."""
    PASTE = "paste"
    """SAML: a response that a person pastes, or a file dropped."""
    BROWSER = "browser"
    """OIDC: authorization code with PKCE, in the system browser (RFC 8252)."""
    DEVICE = "device"
    """OIDC: a code to type on another device (RFC 8628)."""
    FILE = "file"
    """OIDC: a token that something else keeps fresh in a file."""
    COMMAND = "command"
    """A program that prints the SAML response or the token."""


SAML_FLOWS = (Flow.WINDOW, Flow.PASTE, Flow.COMMAND)
OIDC_FLOWS = (Flow.BROWSER, Flow.DEVICE, Flow.FILE, Flow.COMMAND)
PROVIDER_IDS = ("www.amazon.com", "graph.facebook.com")
"""The providers whose OAuth 2.0 access tokens STS takes (AssumeRoleWithWebIdentity, ProviderId)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`identity.NAME`, `provider.NAME` or `profile.NAME`."""

    kind: SourceKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind.value}.{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An IAM user's long-term key, without its secret half. `mfa_session_duration` is seconds."""

    name: str
    access_key_id: str
    mfa_device: MfaDevice | None = None
    mfa: MfaMethod = MfaMethod.ASK
    mfa_command: tuple[str, ...] = ()
    mfa_session_duration: int = 43200
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A SAML or OIDC provider. Holds no secret: client secret and refresh token are in the keyring.

    `type` is `saml` or `oidc`. `flow` None means what fits: see `way`. `stay_signed_in` keeps the cookies of a SAML
    provider in a folder of their own, or the refresh token of an OIDC one in the keyring (None: `saml` no, `oidc` yes).
    `provider_id` marks a provider of OAuth 2.0 access tokens, which has no discovery: its two URLs may be set.
    `session_name_claim` is the claim of the ID token that role sessions are named after.
    """

    name: str
    type: str
    flow: Flow | None = None
    login_url: str = ""
    issuer: str = ""
    client_id: str = ""
    scopes: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    web_identity_token_file: str = ""
    session_name_claim: str = ""
    stay_signed_in: bool | None = None
    provider_id: str = ""
    authorization_url: str = ""
    token_url: str = ""

    @property
    def way(self) -> Flow:
        """The flow that is used: the one set, or the one that the other settings are for."""
        if self.flow is not None:
            return self.flow
        if self.command:
            return Flow.COMMAND
        if self.web_identity_token_file:
            return Flow.FILE
        return Flow.WINDOW if self.type == "saml" else Flow.BROWSER

    @property
    def place(self) -> str:
        """Where signing in happens, in few words: the login page's host, the issuer, the command or the file."""
        if self.way is Flow.COMMAND:
            return " ".join(self.command)
        if self.way is Flow.FILE:
            return self.web_identity_token_file
        if self.type == "saml":
            return urlsplit(self.login_url).hostname or ""
        return self.issuer or self.provider_id

    @property
    def remembers(self) -> bool:
        """Whether a sign-in outlives the program."""
        return self.type == "oidc" if self.stay_signed_in is None else self.stay_signed_in


def place_fingerprint(provider: Provider) -> str:
    """A digest of everything that decides to whom a refresh token or client secret of a provider is sent.

    SHA-256 in full: whoever can change the settings must not find another place of the same digest.
    """
    facts = (
        provider.type,
        provider.issuer,
        provider.client_id,
        provider.provider_id,
        provider.authorization_url,
        provider.token_url,
    )
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One thing to obtain. Durations are seconds; None means AWS's default.

    `confirm`: a person types the name, or presses and holds, before it is assumed. `lease`: so long after it was
    assumed it is withdrawn, and it is not renewed. `account_pin`: nothing is published unless GetCallerIdentity gives
    this account. `imported_from` is the AWS profile name it was imported from.
    """

    name: str
    source: Source
    role_arn: RoleArn | None = None
    federated_user: str | None = None
    session_name: str | None = None
    duration: int | None = None
    external_id: str | None = None
    mfa: MfaUse = MfaUse.NONE
    mfa_device: MfaDevice | None = None
    region: str | None = None
    aws_profile: str = ""
    refresh: bool = True
    group: str = ""
    colour: str = ""
    pinned: bool = False
    publish: Publish = Publish.FILE
    console_service: str = ""
    provider_arn: str | None = None
    policy: str | None = None
    policy_arns: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    transitive_tag_keys: tuple[str, ...] = ()
    source_identity: str | None = None
    confirm: bool = False
    lease: int | None = None
    account_pin: str = ""
    imported_from: str = ""

    @property
    def published_as(self) -> str:
        """The AWS profile name of the credentials file."""
        return self.aws_profile or self.name

    @property
    def action(self) -> Action:
        """The STS action, told by what is set."""
        if self.role_arn is None:
            return Action.GET_FEDERATION_TOKEN if self.federated_user is not None else Action.GET_SESSION_TOKEN
        return Action.ASSUME_ROLE


LOOKS = frozenset({"group", "colour", "pinned", "refresh", "console_service", "confirm", "lease", "imported_from"})
"""Settings of a profile that do not change what is obtained."""


_DECISIVE = tuple(sorted(name for name in names(Profile) if name not in LOOKS))
_read = attrgetter(*_DECISIVE)
_LATER = frozenset({"account_pin"})
"""Left out while unset: sessions from before these settings were there keep their digest."""


@lru_cache(maxsize=8192)
def fingerprint(profile: Profile, chain: tuple[Profile, ...] = ()) -> str:
    """A short digest of everything that decides what a profile obtains, its parents included."""
    text = f"[{', '.join([_facts(each) for each in (*chain, profile)])}]"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _facts(profile: Profile) -> str:
    """An object of JSON with their representations, written by hand: all profiles' are needed when a core starts."""
    values = zip(_DECISIVE, _read(profile), strict=True)
    told = [f'"{name}": {quoted(repr(value))}' for name, value in values if value or name not in _LATER]
    return f"{{{', '.join(told)}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The `[settings]` table. Times are seconds; `size` is the window's, in percent, from its next start on."""

    region: str = ""
    sts_endpoints: str = "regional"
    fips: bool = False
    dual_stack: bool = False
    connect_timeout: float = 5.0
    read_timeout: float = 15.0
    max_retries: int = 2
    retry_base: float = 0.5
    proxy: str = ""
    ca_bundle: str = ""
    withdraw_on_quit: bool = False
    theme: str = "system"
    language: str = "system"
    size: int = 100
    notifications: bool = True
    console_logout_first: bool = False

    def region_of(self, *wished: str | None) -> str:
        """The first region that is set, then the default one."""
        return next((region for region in wished if region), "") or self.region or DEFAULT_REGION


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An entry of the settings file that cannot be used, and why. `entry` is like `profile.prod-admin`.

    `role_arn` is the role that a profile names all the same, as far as it could be read.
    """

    entry: str
    problem: Problem
    line: int = 0
    role_arn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything the settings file says, entries that break a rule left out and told in `refusals`."""

    settings: Settings = field(default_factory=Settings)
    identities: Mapping[str, Identity] = field(default_factory=lambda: MappingProxyType({}))
    providers: Mapping[str, Provider] = field(default_factory=lambda: MappingProxyType({}))
    profiles: Mapping[str, Profile] = field(default_factory=lambda: MappingProxyType({}))
    refusals: tuple[Refusal, ...] = ()
