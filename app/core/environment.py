"""Credentials as environment variables, in the words of a shell."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from app.domain.errors import BadInput
from app.domain.secret import Secret

if TYPE_CHECKING:
    from app.domain.credentials import Credentials

SHELLS = ("bash", "fish", "powershell", "cmd", "json")
_HARMLESS = re.compile(r"[0-9A-Za-z+/=_.:,@~-]*")
_LINES = {
    "bash": "export {name}='{value}'",
    "fish": "set -gx {name} '{value}'",
    "powershell": "$Env:{name} = '{value}'",
    "cmd": 'set "{name}={value}"',
}


def in_words_of(shell: str, credentials: Credentials, *, region: str) -> Secret:
    """The text to paste into `shell`, one of SHELLS. Raises BadInput for another.

    Keys and tokens consist of letters, digits and `+/=`, which no shell here gives a meaning within its quotes. A
    value with characters beyond these and a few as harmless is refused.
    """
    if shell not in SHELLS:
        raise BadInput(
            code="shell", title=f"“{shell}” is not a known shell", remedy=f"Choose one of {', '.join(SHELLS)}."
        )
    values = {
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key.reveal(),
        "AWS_SESSION_TOKEN": credentials.session_token.reveal(),
        "AWS_CREDENTIAL_EXPIRATION": f"{credentials.expires:%Y-%m-%dT%H:%M:%SZ}",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
    }
    if shell == "json":
        return Secret(json.dumps(values, indent=2) + "\n")
    if not all(_HARMLESS.fullmatch(value) for value in values.values()):
        raise BadInput(
            code="environment-quoting",
            title="These credentials cannot be written for a shell",
            detail="They hold a character that a shell could give a meaning.",
            remedy="Use JSON, or the published profile.",
        )
    lines = [_LINES[shell].format(name=name, value=value) for name, value in values.items()]
    end = "\r\n" if shell == "cmd" else "\n"
    return Secret("".join(line + end for line in lines))
