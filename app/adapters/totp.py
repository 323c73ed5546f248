"""The codes of a virtual MFA device (RFC 6238), computed by pyotp."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from app.domain.otp import DIGITS, Algorithm, parse
from app.domain.secret import Secret

if TYPE_CHECKING:
    from app.domain.otp import OtpKey

_HASHES = {Algorithm.SHA1: hashlib.sha1, Algorithm.SHA256: hashlib.sha256, Algorithm.SHA512: hashlib.sha512}
_BLOCK = 8
_LONG_ENOUGH = 20


class Totp:
    """Answers `app.ports.Totp`."""

    def code(self, secret: Secret, step: int) -> Secret:
        """The six digits of a stored secret for a 30-second step.

        Raises BadInput when the secret is none (see `app.domain.otp.parse`).
        """
        return code_at(parse(secret), step)


def code_at(key: OtpKey, step: int) -> Secret:
    """The six digits of one step."""
    import pyotp

    return Secret(pyotp.HOTP(_long(key.secret.reveal()), digits=DIGITS, digest=_HASHES[key.algorithm]).at(step))


def _long(secret: str) -> str:
    """The same HMAC key in a form that pyotp takes.

    It refuses keys under 112 bits, which real devices have. HMAC itself fills a short key up with zero bytes to the
    hash's block (RFC 2104, section 2), so doing that here changes no code.
    """
    key = base64.b32decode(secret + "=" * (-len(secret) % _BLOCK))
    return base64.b32encode(key.ljust(_LONG_ENOUGH, b"\0")).decode("ascii")
