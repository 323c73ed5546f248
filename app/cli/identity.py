"""`rolecall identity`: IAM users' keys, their secret halves read from standard input or a hidden prompt."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from app.cli import terminal
from app.cli.text import printable, table
from app.cli.wording import by_options
from app.domain.arn import MfaDevice
from app.domain.configuration import Identity, MfaMethod
from app.domain.errors import BadInput
from app.domain.values import replace

if TYPE_CHECKING:
    import argparse

    from app.bootstrap.wiring import Wired

_OPTIONS = {"access_key_id": "--access-key-id ID", "mfa_device": "--mfa-device ARN"}
"""The options by the settings' keys that they set."""


async def add(wired: Wired, options: argparse.Namespace) -> int:
    """Add or change an identity; what is not given stays as it is."""
    known = wired.front.engine.roster.configuration.identities.get(options.name)
    key_id = options.access_key_id or (known.access_key_id if known is not None else "")
    if not key_id:
        key_id = _asked_key_id(options.name)
    identity = known or Identity(name=options.name, access_key_id=key_id)
    identity = replace(identity, access_key_id=key_id)
    if options.mfa_device:
        identity = replace(identity, mfa_device=MfaDevice.parse(options.mfa_device))
    if options.totp:
        totp = terminal.read_secret("TOTP secret or otpauth:// URL: ")
        with by_options(_OPTIONS):
            await wired.front.put_identity(replace(identity, mfa=MfaMethod.STORED), totp=_given(totp, "TOTP secret"))
    else:
        secret = terminal.read_secret(f"Secret access key of {key_id}: ")
        with by_options(_OPTIONS):
            await wired.front.put_identity(identity, secret=_given(secret, "secret access key"))
    print(f"{options.name}: {key_id} configured; the secret is in the keyring.")
    return 0


def show(wired: Wired, *, as_json: bool) -> int:
    """List the identities."""
    identities = wired.front.engine.roster.configuration.identities.values()
    rows = [(each.name, each.access_key_id, each.mfa.value, str(each.mfa_device or "")) for each in identities]
    if as_json:
        keys = ("name", "access_key_id", "mfa", "mfa_device")
        print(json.dumps({"identities": [dict(zip(keys, row, strict=True)) for row in rows]}, indent=2))
    elif rows:
        lines = [tuple(map(printable, row)) for row in rows]
        print(table([("IDENTITY", "ACCESS KEY ID", "MFA", "DEVICE"), *lines]))
    else:
        print("No identities yet: `rolecall identity add NAME`.")
    return 0


def _asked_key_id(name: str) -> str:
    if terminal.is_there():
        print(f"Access key ID of {name}: ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip()
    raise BadInput(
        code="access-key-id-missing",
        title=f"“{name}” has no access key ID yet",
        remedy=f"Run `rolecall identity add {name} --access-key-id AKIA…`, its secret on standard input.",
        field="access_key_id",
    )


def _given(text: str, what: str) -> str:
    if not text.strip():
        raise BadInput(
            code="secret-empty", title=f"No {what} was given", remedy="Type it, or pipe it in. Nothing was changed."
        )
    return text
