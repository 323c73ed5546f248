"""Checks of secrets while they are typed, for forms: those hold plain text, and may not know `Secret`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import otp
from app.domain.errors import BadInput
from app.domain.secret import Secret

if TYPE_CHECKING:
    from app.domain.otp import OtpKey

SECRET_KEY_CHARACTERS = 40
"""What AWS hands out today. The API reference promises no length, so another one is only worth a word."""


def totp_fault(text: str) -> BadInput | None:
    """Say why `text` is neither a TOTP secret nor an `otpauth://totp/` URL, or None. Never repeats it."""
    try:
        otp.parse(Secret(text))
    except BadInput as error:
        return error
    return None


def totp_owner(text: str) -> str:
    """What a valid `otpauth://` URL says whose it is, such as `Amazon Web Services, alice`; else an empty string."""
    key: OtpKey = otp.parse(Secret(text))
    return ", ".join(part for part in (key.issuer, key.account) if part)


def secret_key_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be a secret access key, or None. Never repeats it."""
    if text.isascii() and text.isprintable() and " " not in text:
        return None
    return BadInput(
        code="secret-key",
        title="Not a secret access key",
        detail="It holds a blank, a line break, or a character that no secret access key has.",
        remedy="Copy it again, whole, without what stands around it.",
        field="secret",
    )
