"""One call in, one answer out: reads the action, checks the signature and the parameters, keeps a record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.standin import limits, signature, sts
from app.standin.wire import FORBIDDEN, Answer, Call, Refusal, failure, success

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.standin.sts import Desk

REMOVED = "***"
_SECRET_FIELDS = limits.SECRETS | {"Session", "SigninToken", "X-Amz-Security-Token", "X-Amz-Signature", "redirect_uri"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A call that was received: `time` by the server's clock, `code` AWS's error code or empty.

    `status` is what was decided; a fault may have kept it from the client. Secret parameters have the value `***`.
    """

    action: str
    principal_arn: str
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    time: datetime
    status: int
    code: str


def fields_of(call: Call) -> dict[str, str]:
    """All parameters of a call by name. Raises Refusal for a malformed or a repeated one."""
    found: dict[str, str] = {}
    for name, value in (*call.query(), *call.form()):
        if name in found:
            raise Refusal("MalformedQueryString", f"The parameter {name} is given more than once.")
        found[name] = value
    return found


def action_of(call: Call) -> str:
    """The action a call names, or empty."""
    try:
        return fields_of(call).get("Action", "")
    except Refusal:
        return ""


def without_secrets(given: Mapping[str, str]) -> Mapping[str, str]:
    """The parameters as they may be recorded."""
    return MappingProxyType({name: REMOVED if name in _SECRET_FIELDS else value for name, value in given.items()})


def answer_sts(call: Call, desk: Desk, now: datetime) -> tuple[Answer, Record]:
    """Serve one call of STS. Not for several threads at once."""
    request_id = str(uuid.uuid4())
    given: dict[str, str] = {}
    caller_arn: list[str] = []
    status, code = 200, ""
    try:
        given = fields_of(call)
        result = _perform(call, given, desk, now, caller_arn)
        answer = success(given["Action"], result, request_id)
    except Refusal as refusal:
        answer = failure(refusal, request_id)
        status, code = refusal.status, refusal.code
    record = Record(
        action=given.get("Action", ""),
        principal_arn="".join(caller_arn),
        parameters=without_secrets(given),
        time=now,
        status=status,
        code=code,
    )
    return answer, record


def _perform(call: Call, given: Mapping[str, str], desk: Desk, now: datetime, caller_arn: list[str]) -> sts.Result:
    action = given.get("Action", "")
    if not action:
        raise Refusal("MissingAction", "The request is missing an action or a required parameter.")
    if action not in limits.ACTIONS or given.get("Version") != limits.API_VERSION:
        raise Refusal(
            "InvalidAction", f"Could not find operation {action} for version {given.get('Version') or 'NO_VERSION'}"
        )
    plain = {name: value for name, value in given.items() if name not in signature.QUERY_NAMES}
    caller, region = signature.verify(call, desk.keys, now)
    caller_arn.append(caller.arn)
    if region in desk.world.disabled_regions:
        raise Refusal(
            "RegionDisabledException",
            f"STS is not activated in this region for account:{caller.account_id}. "
            "Your account administrator can activate STS in this region using the IAM Console.",
            status=FORBIDDEN,
        )
    return sts.perform(action, desk, caller, limits.read(action, plain), now)


def answer(call: Call, desk: Desk, now: datetime) -> tuple[Answer, Record]:
    """Serve one call, whatever its path. Not for several threads at once."""
    return answer_sts(call, desk, now)
