"""MFA devices: time-based one-time codes, each good for one use.

Source: RFC 6238 (SHA-1, six digits, 30 seconds) over RFC 4226.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

PERIOD = 30
_DIGITS = 6
_DRIFT = 1


def step_of(now: datetime) -> int:
    """The number of the 30-second step that `now` lies in."""
    return int(now.timestamp()) // PERIOD


def code_at(secret: str, step: int) -> str:
    """The code of a step; `secret` is base32, with or without padding."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    digest = hmac.new(key, step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


class Devices:
    """Which codes were used, by device. Not for several threads at once."""

    def __init__(self) -> None:
        self._used: set[tuple[str, int]] = set()

    def use(self, serial: str, secret: str, code: str, now: datetime) -> bool:
        """Whether `code` is right for the current step, or the one before or after, and was not used before."""
        for step in range(step_of(now) - _DRIFT, step_of(now) + _DRIFT + 1):
            if hmac.compare_digest(code_at(secret, step), code) and (serial, step) not in self._used:
                self._used.add((serial, step))
                return True
        return False
