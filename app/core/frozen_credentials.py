"""Temporary credentials as one keyring item, and back."""

from __future__ import annotations

import json
from datetime import datetime

from app.domain.credentials import Credentials
from app.domain.secret import Secret


def freeze(credentials: Credentials) -> Secret:
    """One secret text that holds all of them."""
    return Secret(
        json.dumps(
            {
                "access_key_id": credentials.access_key_id,
                "secret_access_key": credentials.secret_access_key.reveal(),
                "session_token": credentials.session_token.reveal(),
                "expires": credentials.expires.isoformat(),
            }
        )
    )


def thaw(stored: Secret) -> Credentials | None:
    """The credentials of such a text; None when it is none."""
    try:
        found = json.loads(stored.reveal())
        return Credentials(
            access_key_id=found["access_key_id"],
            secret_access_key=Secret(found["secret_access_key"]),
            session_token=Secret(found["session_token"]),
            expires=datetime.fromisoformat(found["expires"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
