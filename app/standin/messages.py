"""Encoded authorization messages: why somebody was denied, for those who may know.

Source: STS API reference, DecodeAuthorizationMessage.
"""

from __future__ import annotations

import base64
import json
import secrets
from typing import TYPE_CHECKING, Any

from app.standin.wire import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from app.standin.keys import Caller

_BYTES = 300


class Messages:
    """The messages that were handed out. Not for several threads at once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def encode(self, caller: Caller, action: str, resource: str, *, denying: str = "", at: datetime) -> str:
        """Keep the reason of a denial; what is handed out tells nothing by itself.

        `denying` is the ID of the statement that denies explicitly, if one does.
        """
        encoded = base64.urlsafe_b64encode(secrets.token_bytes(_BYTES)).decode().rstrip("=")
        context = {
            "principal": {"id": caller.user_id, "arn": caller.arn},
            "action": action,
            "resource": resource,
            "conditions": _listed([_condition(key, value) for key, value in _conditions(caller, resource, at)]),
        }
        matched = [_statement(denying, caller, action, resource)] if denying else []
        self._known[encoded] = json.dumps(
            {
                "allowed": False,
                "explicitDeny": bool(denying),
                "matchedStatements": _listed(matched),
                "failures": _listed([]),
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


def _conditions(caller: Caller, resource: str, at: datetime) -> list[tuple[str, str]]:
    account = resource.split(":")[4] if resource.count(":") > 4 else caller.account_id  # noqa: PLR2004  # arn:partition:service:region:account
    return [
        ("aws:MultiFactorAuthPresent", str(caller.mfa).lower()),
        ("aws:PrincipalAccount", caller.account_id),
        ("aws:PrincipalArn", caller.role_arn or caller.arn),
        ("aws:CurrentTime", f"{at:%Y-%m-%dT%H:%M:%SZ}"),
        ("aws:ResourceAccount", account),
    ]


def _statement(statement: str, caller: Caller, action: str, resource: str) -> dict[str, Any]:
    return {
        "statementId": statement,
        "effect": "DENY",
        "principals": _listed([{"value": caller.user_id.partition(":")[0]}]),
        "principalGroups": _listed([]),
        "actions": _listed([{"value": action}]),
        "resources": _listed([{"value": resource}]),
        "conditions": _listed([]),
    }


def _condition(key: str, value: str) -> dict[str, Any]:
    return {"key": key, "values": _listed([{"value": value}])}


def _listed(items: list[Any]) -> dict[str, Any]:
    return {"items": items}
