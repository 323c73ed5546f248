"""One-time passwords by time (RFC 6238): what a person pastes, and when which code may be used.

The codes themselves are computed by an adapter.
"""

from __future__ import annotations

import base64
import binascii
import enum
import re
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

from app.domain.errors import BadInput
from app.domain.secret import Secret
from app.domain.values import dataclass

STEP_SECONDS = 30
DIGITS = 6
_SCHEME = "otpauth"
_SEPARATORS = re.compile(r"[\s-]+", re.ASCII)
_LETTERS = re.compile(r"[A-Za-z2-7]+")
_LETTERS = re.compile(r"[A-Za-z2-7]+")
_SHORTEST_BYTES = 10
_LONGEST_BYTES = 128
_BLOCK = 8


class Algorithm(enum.Enum):
    """The hash function of RFC 6238. AWS uses SHA-1."""

    SHA1 = "SHA1"
    SHA256 = "SHA256"
    SHA512 = "SHA512"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtpKey:
    """A TOTP secret with its rules. `secret` is base32, upper case, without padding.

    `issuer` and `account` are what the URL said, for people.
    """

    secret: Secret
    algorithm: Algorithm = Algorithm.SHA1
    issuer: str = ""
    account: str = ""

    def kept(self) -> Secret:
        """The one line that goes into the keyring; `parse` reads it back. Without issuer and account."""
        if self.algorithm is Algorithm.SHA1:
            return self.secret
        return Secret(f"{_SCHEME}://totp/?secret={self.secret.reveal()}&algorithm={self.algorithm.value}")


def parse(text: Secret) -> OtpKey:
    """Read a base32 secret as people copy it (blanks, hyphens, lower case, no padding), or an `otpauth://totp/` URL.

    Raises BadInput, which never repeats the text. Sources: RFC 4648 (base32), the Key URI format, RFC 4226 section 4
    (128 bits are required there; real devices give 80).
    """
    typed = text.reveal().strip()
    if typed.lower().startswith(f"{_SCHEME}:"):
        return _parse_url(typed)
    return OtpKey(secret=_base32(typed))


def step_of(now: datetime) -> int:
    """The number of the step that `now` lies in."""
    return int(now.timestamp() // STEP_SECONDS)


def step_begins(step: int) -> datetime:
    """When a step begins (UTC)."""
    return datetime.fromtimestamp(step * STEP_SECONDS, UTC)


def _parse_url(url: str) -> OtpKey:
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query, keep_blank_values=True, max_num_fields=20)
    except ValueError:
        parts, query = None, {}
    if parts is None:  # outside of the handler: the error repeats what it could not read
        raise _bad("This is not a whole otpauth:// URL.")
    if parts.netloc.lower() != "totp":
        raise _bad("Only codes that change with the time (otpauth://totp/…) are accepted.")
    if len(query.get("secret", [])) != 1:
        raise _bad("The URL names no secret, or several.")
    if query.get("digits", [str(DIGITS)]) != [str(DIGITS)]:
        raise _bad(f"AWS takes codes of {DIGITS} digits; this device makes others.")
    _check_period(query.get("period", [str(STEP_SECONDS)])[0])
    label = unquote(parts.path.lstrip("/"))
    issuer, _, account = label.rpartition(":")
    return OtpKey(
        secret=_base32(query["secret"][0]),
        algorithm=_algorithm(query.get("algorithm", [Algorithm.SHA1.value])[0]),
        issuer=query.get("issuer", [issuer])[0],
        account=account.strip(),
    )


def _base32(text: str) -> Secret:
    bare = _SEPARATORS.sub("", text).rstrip("=")
    if not bare:
        raise _bad("It is empty.")
    # Looked at first: an error of the decoder would hold the secret, and some letters become others as capitals.
    key = _decoded(bare.upper()) if _LETTERS.fullmatch(bare) else None
    if key is None:
        raise _bad("A secret consists of the letters A to Z and the digits 2 to 7.")
    if len(key) < _SHORTEST_BYTES:
        raise _bad(f"It has {len(key) * 8} bits; a device has {_SHORTEST_BYTES * 8} or more. A part is missing.")
    if len(key) > _LONGEST_BYTES:
        raise _bad("It is far too long.")
    return Secret(bare.upper())


def _decoded(base32: str) -> bytes | None:
    with suppress(binascii.Error):
        return base64.b32decode(base32 + "=" * (-len(base32) % _BLOCK))
    return None


def _check_period(text: str) -> None:
    """AWS's devices have steps of 30 s; with longer ones a code would be sent in two steps, that is twice."""
    if text != str(STEP_SECONDS):
        raise _bad(f"Its period has to be {STEP_SECONDS} seconds: AWS takes no others.")


def _algorithm(text: str) -> Algorithm:
    found = next((each for each in Algorithm if each.value == text.upper().replace("-", "")), None)
    if found is None:
        raise _bad("The algorithm is SHA1, SHA256 or SHA512.")
    return found


def _bad(detail: str) -> BadInput:
    return BadInput(
        code="totp-secret",
        title="Not the secret of an MFA device",
        detail=detail,
        remedy="In the IAM console choose “Show secret key” while the device is set up, or paste its otpauth:// URL.",
        field="totp",
    )
