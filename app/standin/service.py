"""One call in, one answer out: reads the action, checks the signature and the parameters, keeps a record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.standin import console, federated, limits, signature, sts, web_identity
from app.standin.wire import BAD_REQUEST, FORBIDDEN, Answer, Call, Refusal, failure, success

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.standin.console import Console
    from app.standin.providers import Providers
    from app.standin.sts import Desk

REMOVED = "***"
_SECRET_FIELDS = (
    limits.SECRETS
    | {"Session", "SigninToken", "X-Amz-Security-Token", "X-Amz-Signature", "redirect_uri"}
    | {"password", "ticket", "code", "code_verifier", "refresh_token", "token", "device_code", "user_code"}
    | {"id_token_hint", "state", "nonce"}
)
_REFUSED_FROM = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A call that was received: `time` by the server's clock, `code` AWS's error code or empty.

    `principal_arn` is who signed it, empty when that did not come out. `status` is what was decided, also if a fault
    then kept it from the client. A call that a fault kept from being served has the status and code the client got, or
    0 and the fault's kind. Secret parameters have the value `***`. What is no call of STS or of the console's sign-in
    has its path as `action`: `/idp/start`, `/oidc/token`.
    """

    action: str
    principal_arn: str = ""
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    time: datetime
    status: int
    code: str = ""


def fields_of(call: Call) -> dict[str, str]:
    """All parameters of a call by name. Raises Refusal for a malformed or a repeated one."""
    found: dict[str, str] = {}
    for name, value in (*call.query(), *call.form()):
        if name in found:
            raise Refusal("MalformedQueryString", f"The parameter {name} is given more than once.")
        found[name] = value
    return found


def unserved(call: Call, now: datetime, status: int, code: str) -> Record:
    """The record of a call that met a fault instead of being served."""
    try:
        given = fields_of(call)
    except Refusal:
        given = {}
    return Record(action=action_of(call), parameters=_without_secrets(given), time=now, status=status, code=code)


def action_of(call: Call) -> str:
    """The action that a call names, or its path where none is named but at STS."""
    unnamed = "" if call.path == "/" else call.path
    try:
        return fields_of(call).get("Action", unnamed)
    except Refusal:
        return unnamed


def look_up_keys(call: Call, desk: Desk, now: datetime) -> None:
    """Ask a provider for the keys that this call is going to need, if any; that takes its time."""
    try:
        given = fields_of(call)
    except Refusal:
        return
    if call.path == "/" and given.get("Action") == "AssumeRoleWithWebIdentity":
        web_identity.look_up_keys(desk, given, now)


def answer(call: Call, desk: Desk, doors: Console, providers: Providers, now: datetime) -> tuple[Answer, Record]:
    """Serve one call: `/` is STS; `/federation`, `/oauth` and `/console` are the console's; others are providers'."""
    if call.path == "/":
        return _answer_sts(call, desk, now)
    given: dict[str, str] = {}
    code = ""
    try:
        given = fields_of(call)
        served = providers.answer(call, given, now)
        found, code = served or (_answer_console(call, given, doors, now), "")
    except Refusal as refusal:
        found = console.refused(console.Wrong(refusal.message))
    except console.Wrong as wrong:
        found = console.refused(wrong)
    if found.status >= _REFUSED_FROM and not code:
        code = "BadRequest" if found.status == BAD_REQUEST else "NotFound"
    record = Record(
        action=given.get("Action", call.path),
        parameters=_without_secrets(given),
        time=now,
        status=found.status,
        code=code,
    )
    return found, record


def _answer_console(call: Call, given: Mapping[str, str], doors: Console, now: datetime) -> Answer:
    host = call.headers.get("Host", "")
    cookies = call.headers.get("Cookie", "")
    if call.path == "/federation":
        return doors.federation(call.method, given, host, now)
    if call.path == "/oauth":
        return doors.sign_out(cookies, given, host)
    if call.path == "/console":
        return doors.show(cookies, now)
    return console.page(404, "Not found", "<p>There is nothing here.</p>")


def _answer_sts(call: Call, desk: Desk, now: datetime) -> tuple[Answer, Record]:
    request_id = str(uuid.uuid4())
    given: dict[str, str] = {}
    signed_by: list[str] = []
    status, code = 200, ""
    try:
        given = fields_of(call)
        found = success(given.get("Action", ""), _perform(call, given, desk, now, signed_by), request_id)
    except Refusal as refusal:
        found = failure(refusal, request_id)
        status, code = refusal.status, refusal.code
    record = Record(
        action=given.get("Action", ""),
        principal_arn="".join(signed_by),
        parameters=_without_secrets(given),
        time=now,
        status=status,
        code=code,
    )
    return found, record


def _without_secrets(given: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: REMOVED if name in _SECRET_FIELDS else value for name, value in given.items()})


def _perform(call: Call, given: Mapping[str, str], desk: Desk, now: datetime, signed_by: list[str]) -> sts.Result:
    """Do what the call asks; who signed it is added to `signed_by` as soon as that is known. Raises Refusal."""
    action, version = given.get("Action", ""), given.get("Version", "")
    if not action:
        raise Refusal("MissingAction", "The request is missing an action or a required parameter.")
    if action not in limits.ACTIONS or version != limits.API_VERSION:
        raise Refusal("InvalidAction", f"Could not find operation {action} for version {version or 'NO_VERSION'}")
    plain = {name: value for name, value in given.items() if name not in signature.QUERY_NAMES}
    if action in limits.UNSIGNED:
        return federated.perform(action, desk, limits.read(action, plain), now)
    caller, region = signature.verify(call, desk.keys, now)
    signed_by.append(caller.arn)
    if region in desk.world.disabled_regions:
        raise Refusal(
            "RegionDisabledException",
            f"STS is not activated in this region for account:{caller.account_id}. Your account administrator can "
            "activate STS in this region using the IAM Console.",
            status=FORBIDDEN,
        )
    return sts.perform(action, desk, caller, limits.read(action, plain), now)
