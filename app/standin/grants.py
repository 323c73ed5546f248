"""What the stand-in's OpenID provider has granted: codes, refresh tokens and devices.

Refresh tokens are exchanged at each use. A code or a refresh token that comes a second time was stolen from one side
or the other, so everything that came of the same sign-in ends (RFC 6749, 10.5; RFC 9700, 4.14.2).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from app.standin.world import Person

_CODE_LIFE = timedelta(seconds=60)
_SLOWER_SECONDS = 5
# No vowels, so that no word comes out, and nothing that looks like something else (RFC 8628, 6.1).
_USER_CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_USER_CODE_HALF = 4


class OAuthError(Exception):
    """The answer is an error (RFC 6749, 5.2; RFC 8628, 3.5); `code` is its name, the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person granted a client by signing in at `since`. All that comes of it is of one `family`."""

    person: Person
    client_id: str
    scopes: tuple[str, ...]
    since: datetime
    nonce: str = ""
    family: str = field(default_factory=lambda: secrets.token_hex(8))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    consent: Consent
    redirect_uri: str
    challenge: str
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device that waits for its person. `interval` is seconds, `asked` when it last asked."""

    client_id: str
    scopes: tuple[str, ...]
    user_code: str
    ends: datetime
    interval: int
    asked: datetime | None = None
    consent: Consent | None = None
    denied: bool = False


class Grants:
    """All of them. Not for several threads at once."""

    def __init__(self) -> None:
        self._codes: dict[str, _Code] = {}
        self._spent_codes: dict[str, str] = {}
        self._tokens: dict[str, Consent] = {}
        self._spent_tokens: dict[str, str] = {}
        self._devices: dict[str, Device] = {}
        self._ended: set[str] = set()

    # --- Authorization codes ---

    def new_code(self, consent: Consent, redirect_uri: str, challenge: str, now: datetime) -> str:
        """Grant a code for that address; `challenge` is of PKCE's method S256."""
        code = secrets.token_urlsafe(32)
        self._codes[code] = _Code(
            consent=consent, redirect_uri=redirect_uri, challenge=challenge, ends=now + _CODE_LIFE
        )
        return code

    def redeem_code(self, code: str, client_id: str, redirect_uri: str, verifier: str, now: datetime) -> Consent:
        """Take a code in. Raises OAuthError for one that is spent, too old, another's, or not proven to be one's."""
        if code in self._spent_codes:
            self._ended.add(self._spent_codes[code])
            raise OAuthError("invalid_grant", "The code was used before; what came of it has ended.")
        found = self._codes.pop(code, None)
        if found is None:
            raise OAuthError("invalid_grant", "There is no such code.")
        self._spent_codes[code] = found.consent.family
        if now >= found.ends:
            raise OAuthError("invalid_grant", "The code is too old.")
        if found.consent.client_id != client_id or found.redirect_uri != redirect_uri:
            raise OAuthError("invalid_grant", "The code was granted to another client or address.")
        if not hmac.compare_digest(found.challenge.encode(), challenge_of(verifier).encode()):
            raise OAuthError("invalid_grant", "The code verifier does not fit the challenge.")
        return found.consent

    # --- Refresh tokens ---

    def new_refresh_token(self, consent: Consent) -> str:
        """Hand out a refresh token."""
        token = secrets.token_urlsafe(32)
        # A refreshed ID token answers no authorization request, so it repeats no nonce (OpenID Connect Core, 12.2).
        self._tokens[token] = replace(consent, nonce="")
        return token

    def redeem_refresh_token(self, token: str, client_id: str) -> Consent:
        """Take a refresh token in. Raises OAuthError for one that is spent, ended or another's."""
        if token in self._spent_tokens:
            self._ended.add(self._spent_tokens[token])
            raise OAuthError("invalid_grant", "The refresh token was used before; its whole family has ended.")
        found = self._tokens.get(token)
        if found is None or found.client_id != client_id or found.family in self._ended:
            raise OAuthError("invalid_grant", "The refresh token is unknown or was revoked.")
        del self._tokens[token]
        self._spent_tokens[token] = found.family
        return found

    def revoke(self, token: str, client_id: str) -> None:
        """End all that came of the same sign-in as a refresh token; an unknown one is none any more (RFC 7009, 2.2)."""
        found = self._tokens.get(token)
        if found is not None and found.client_id == client_id:
            self._ended.add(found.family)

    def revoke_all(self) -> None:
        """End every refresh token that there is."""
        self._ended |= {each.family for each in self._tokens.values()}

    # --- Devices ---

    def new_device(self, client_id: str, scopes: tuple[str, ...], ends: datetime, interval: int) -> tuple[str, Device]:
        """Let a device wait; gives its secret code and what is known about it."""
        halves = ("".join(secrets.choice(_USER_CODE_LETTERS) for _ in range(_USER_CODE_HALF)) for _ in range(2))
        device = Device(client_id=client_id, scopes=scopes, user_code="-".join(halves), ends=ends, interval=interval)
        device_code = secrets.token_urlsafe(32)
        self._devices[device_code] = device
        return device_code, device

    def waiting(self, user_code: str, now: datetime) -> Device | None:
        """The device that shows this code and still waits; blanks, hyphens and case do not matter."""
        wanted = _plain(user_code)
        for device in self._devices.values():
            open_still = now < device.ends and device.consent is None and not device.denied
            if open_still and wanted and _plain(device.user_code) == wanted:
                return device
        return None

    def decide(self, device: Device, consent: Consent | None) -> None:
        """Let the person's word be known: a consent, or None for a no."""
        for code, each in self._devices.items():
            if each.user_code == device.user_code:
                self._devices[code] = replace(each, consent=consent, denied=consent is None)

    def poll(self, device_code: str, client_id: str, now: datetime) -> Consent:
        """Hear whether the person has decided. Raises OAuthError until then, and for a no."""
        device = self._devices.get(device_code)
        if device is None or device.client_id != client_id:
            raise OAuthError("invalid_grant", "There is no such device code.")
        if now >= device.ends:
            raise OAuthError("expired_token", "The device code is too old.")
        hasty = device.asked is not None and now - device.asked < timedelta(seconds=device.interval)
        slower = device.interval + (_SLOWER_SECONDS if hasty else 0)
        self._devices[device_code] = replace(device, asked=now, interval=slower)
        if hasty:
            raise OAuthError("slow_down", f"Wait {slower} seconds between two questions.")
        if device.denied:
            raise OAuthError("access_denied", "The person said no.")
        if device.consent is None:
            raise OAuthError("authorization_pending", "The person has not decided yet.")
        del self._devices[device_code]
        return device.consent


def challenge_of(verifier: str) -> str:
    """PKCE's S256 (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _plain(user_code: str) -> str:
    return "".join(letter for letter in user_code.upper() if letter in _USER_CODE_LETTERS)
