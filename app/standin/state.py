"""What the stand-in remembers: sessions, used MFA codes, sign-in tokens, encoded messages. One lock guards it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import threading
import zlib
from typing import TYPE_CHECKING, Any

from app.standin.refusals import Refused, denied
from app.standin.sessions import Kind, Session, Sessions, new_key_id, new_secret, new_token
from app.standin.world import step_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta

    from app.standin.sessions import Principal
    from app.standin.world import Device, User, World

TOTP_WINDOW = 1
_TAG_BYTES = 16


class State:
    """The memory of one stand-in. Whoever uses it holds `lock`."""

    def __init__(self, world: World, clock: Callable[[], datetime]) -> None:
        self.world = world
        self.clock = clock
        self.lock = threading.RLock()
        self.sessions = Sessions()
        self._used_steps: dict[str, int] = {}
        self._message_key = secrets.token_bytes(32)

    def open_session(self, kind: Kind, now: datetime, life: timedelta, at_least: int = 0, **about: Any) -> Session:  # noqa: ANN401  fields of Session
        """Give out new credentials that live for `life` from `now`, whole seconds."""
        session = Session(
            kind=kind,
            access_key_id=new_key_id("ASIA"),
            secret=new_secret(),
            token=new_token(at_least),
            expires=(now + life).replace(microsecond=0),
            **about,
        )
        self.sessions.add(session)
        return session

    def check_code(self, user: User | None, serial: str | None, code: str | None, now: datetime) -> bool:
        """Whether MFA was used; a code counts once, and only up to half a minute early or late.

        Raises Refused (AccessDenied) when a serial number or a code is given that does not prove anything.
        """
        if serial is None and code is None:
            return False
        if serial is None or code is None:
            raise denied(
                "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."
            )
        device = _device(user, serial)
        if device is None:
            raise denied(
                "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial "
                "number is valid and associated with this user."
            )
        step = step_of(now)
        used = self._used_steps.get(serial, -1)
        for each in range(step - TOTP_WINDOW, step + TOTP_WINDOW + 1):
            if each > used and hmac.compare_digest(device.code_of_step(each), code):
                self._used_steps[serial] = each
                return True
        raise denied("MultiFactorAuthentication failed with invalid MFA one time pass code. ")

    def next_code(self, device: Device, now: datetime) -> str | None:
        """A code that would be taken now; None when all of this moment are used up."""
        step = step_of(now)
        first = max(step, self._used_steps.get(device.serial, -1) + 1)
        return device.code_of_step(first) if first <= step + TOTP_WINDOW else None

    def encode_message(self, message: Mapping[str, Any]) -> str:
        """Encode why something was denied, so that only this stand-in can read it."""
        plain = zlib.compress(json.dumps(message, separators=(",", ":")).encode(), 9)
        salt = secrets.token_bytes(_TAG_BYTES)
        hidden = self._mask(salt, plain)
        tag = hmac.digest(self._message_key, salt + hidden, "sha256")[:_TAG_BYTES]
        return base64.urlsafe_b64encode(salt + tag + hidden).decode().rstrip("=")

    def decode_message(self, text: str) -> str:
        """The JSON text in an encoded message. Raises Refused (InvalidAuthorizationMessageException)."""
        wrong = Refused("InvalidAuthorizationMessageException", "The message is not an encoded authorization message.")
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise wrong from None
        salt, tag, hidden = raw[:_TAG_BYTES], raw[_TAG_BYTES : 2 * _TAG_BYTES], raw[2 * _TAG_BYTES :]
        if not hmac.compare_digest(hmac.digest(self._message_key, salt + hidden, "sha256")[:_TAG_BYTES], tag):
            raise wrong
        return zlib.decompress(self._mask(salt, hidden)).decode()

    def _mask(self, salt: bytes, text: bytes) -> bytes:
        stream = hashlib.shake_256(self._message_key + salt).digest(len(text))
        return bytes(left ^ right for left, right in zip(text, stream, strict=True))


def describe_denial(caller: Principal, action: str, resource: str, *, explicit: bool) -> dict[str, Any]:
    """What a decoded authorization message tells, in the shape that the STS API reference shows."""
    return {
        "allowed": False,
        "explicitDeny": explicit,
        "matchedStatements": {"items": []},
        "failures": {"items": []},
        "context": {
            "principal": {"id": caller.user_id, "arn": caller.arn},
            "action": action,
            "resource": resource,
            "conditions": {"items": []},
        },
    }


def _device(user: User | None, serial: str) -> Device | None:
    devices = user.devices if user is not None else ()
    return next((each for each in devices if each.serial == serial), None)
