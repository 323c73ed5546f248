"""`rolecall credentials NAME`: what `credential_process` wants. It never asks anybody anything.

For a published live session the files are enough. One that is about to expire is renewed first if that needs no
person: SDKs ask again from 15 minutes before the end.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app import bootstrap
from app.cli.text import stamp
from app.domain import schedule
from app.domain.errors import NeedsPerson, RolecallError

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.credentials import Credentials


def credentials(name: str) -> int:
    """Print them, or raise NeedsPerson naming the command to run."""
    light = bootstrap.light()
    found = light.find(name)
    if found is None or not found.obtained.confirmed:
        raise NeedsPerson(
            code="no-session",
            title=f"“{name}” has no live session",
            remedy=f"Run `rolecall assume {name}`, or click it in the window.",
        )
    ready = found.obtained.credentials
    lent = found.obtained.lease_ends is not None
    lasts = lent or found.obtained.live(light.now, schedule.lead(found.obtained.life))
    if ready is None and lasts:
        ready = light.open_kept(name, found)
    if ready is None or not lasts:
        from app.cli import acting

        try:
            ready = acting.live_credentials(name)
        except RolecallError:
            if ready is None:
                raise
    # Whoever asked comes back in time to hear that a loan is over
    print(_document(ready, found.obtained.ends if ready.expires == found.obtained.expires else ready.expires))
    return 0


def _document(credentials: Credentials, until: datetime) -> str:
    return json.dumps(
        {
            "Version": 1,
            "AccessKeyId": credentials.access_key_id,
            "SecretAccessKey": credentials.secret_access_key.reveal(),
            "SessionToken": credentials.session_token.reveal(),
            "Expiration": stamp(until),
        }
    )
