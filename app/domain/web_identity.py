"""OpenID Connect ID tokens and OAuth 2.0 access tokens that STS takes as proof, and what comes with them.

Sources: OpenID Connect Core 1.0, section 2; RFC 6749; RFC 8628.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.sts_limits import LIMITS
from app.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.secret import Secret

_NOT_IN_NAMES = re.compile(r"[^0-9A-Za-z_+=,.@-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenFacts:
    """What an ID token says, without the text that proves it. Times are UTC. An access token says nothing.

    `claims` are all of them, as texts, in the token's order. `verified` tells whether signature and claims were checked
    here; a token from a file or a command is only read, STS checks it.
    """

    issuer: str = ""
    subject: str = ""
    audiences: tuple[str, ...] = ()
    authorized_party: str = ""
    issued: datetime | None = None
    expires: datetime | None = None
    algorithm: str = ""
    key_id: str = ""
    claims: tuple[tuple[str, str], ...] = ()
    verified: bool = False

    def claim(self, name: str) -> str:
        """A claim as text, or an empty string."""
        return next((value for key, value in self.claims if key == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebIdentityToken:
    """A token as STS takes it. `provider_id` is set for OAuth 2.0 access tokens only. `received` is UTC."""

    text: Secret
    facts: TokenFacts
    received: datetime
    provider_id: str = ""

    def usable(self, now: datetime) -> bool:
        """Whether STS may still take it."""
        return self.facts.expires is None or now < self.facts.expires


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What a sign-in or a refresh brought. `refresh_token` None: the provider gave none (keep the one there is)."""

    token: WebIdentityToken
    refresh_token: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCode:
    """What a person needs to sign in on another device (RFC 8628, section 3.2). `expires` is UTC.

    `complete_url` holds the code already, or is empty.
    """

    user_code: str
    url: str
    complete_url: str
    expires: datetime


def valid_session_name(text: str) -> str:
    """`text` made a role session name: other characters become `-`, at most 64; empty when too little is left.

    Source: STS API reference, RoleSessionName.
    """
    limit = LIMITS["RoleSessionName"]
    made = _NOT_IN_NAMES.sub("-", text.strip()).strip("-")[: limit.longest]
    return made if len(made) >= limit.shortest else ""
