"""Encoded authorization messages: why somebody was denied, for those who may know.

Source: STS API reference, DecodeAuthorizationMessage.
"""

from __future__ import annotations

import base64
import json
import secrets
from typing import TYPE_CHECKING

from app.standin.wire import Refusal

if TYPE_CHECKING:
    from app.standin.keys import Caller

_BYTES = 300


class Messages:
    """The messages that were handed out. Not for several threads at once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def encode(self, caller: Caller, action: str, resource: str) -> str:
        """Keep the reason of a denial; what is handed out tells nothing by itself."""
        encoded = base64.urlsafe_b64encode(secrets.token_bytes(_BYTES)).decode().rstrip("=")
        context = {
            "principal": {"id": caller.user_id, "arn": caller.arn},
            "action": action,
            "resource": resource,
            "conditions": {"items": []},
        }
        self._known[encoded] = json.dumps(
            {
                "allowed": False,
                "explicitDeny": False,
                "matchedStatements": {"items": []},
                "failures": {"items": []},
                "context": context,
            }
        )
        return encoded

    def decode(self, encoded: str) -> str:
        """The reason, as JSON. Raises Refusal for what was never handed out."""
        known = self._known.get(encoded)
        if known is None:
            raise Refusal(
                "InvalidAuthorizationMessageException", "The message is not an encoded authorization message."
            )
        return known
