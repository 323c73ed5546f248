"""The signed actions of STS. Each takes the caller and checked parameters, and returns the fields of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from app.standin import policies
from app.standin.refusals import Refused, denied, invalid, invalid_value, not_authorized
from app.standin.sessions import Kind, of_session
from app.standin.state import describe_denial
from app.standin.tags import session_tags
from app.standin.world import HOUR, account_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from app.standin.sessions import Principal, Session
    from app.standin.state import State
    from app.standin.world import Role, Trust, User

    Result = dict[str, Any]

HALF_DAY = 12 * HOUR
TOKEN_BYTES_MOST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One signed call whose signature was found right. Its action runs with the state's lock held."""

    state: State
    caller: Principal
    parameters: Mapping[str, Any]
    now: datetime

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  texts, numbers, lists
        """A parameter, or `default` when it was not sent."""
        return self.parameters.get(name, default)


def assume_role(call: Call) -> Result:
    """AssumeRole: limits first, then who may, then MFA, so that a call that is refused uses up no code."""
    role = call.state.world.role(call.get("RoleArn"))
    parent = call.caller.session
    _check_name(call.get("SourceIdentity"))
    if call.caller.user is not None and call.caller.user.root:
        raise denied("Roles may not be assumed by root accounts.")
    chained = call.caller.role is not None
    seconds = role_seconds(call.get("DurationSeconds", HOUR), role, chained=chained)
    account = account_of(call.get("RoleArn"))
    asked = session_tags(call.get("Tags", ()), call.get("TransitiveTagKeys", ()), parent)
    packed = policies.check(call.get("Policy"), call.get("PolicyArns", ()), account, asked.asked)
    kept = parent.source_identity if parent is not None else ""
    source_identity = call.get("SourceIdentity", kept)
    if role is None or (kept and source_identity != kept):
        raise denied_by(call, "sts:AssumeRole" if role is None else "sts:SetSourceIdentity", call.get("RoleArn"))
    trust = _trust(call, role)
    mfa = call.state.check_code(
        None if chained else call.caller.user, call.get("SerialNumber"), call.get("TokenCode"), call.now
    )
    if trust.mfa and not (mfa or (parent is not None and parent.mfa)):
        raise denied_by(call, "sts:AssumeRole", role.arn)
    session = call.state.open_session(
        Kind.ROLE,
        call.now,
        timedelta(seconds=seconds),
        call.get("MinimumSessionTokenSize", 0),
        name=call.get("RoleSessionName"),
        role=role,
        chained=chained,
        source_identity=source_identity,
        tags=asked.all,
        transitive=asked.transitive,
        policies=session_policies(call.parameters),
    )
    return role_result(session, packed)


def get_session_token(call: Call) -> Result:
    """GetSessionToken: for long-term keys only."""
    user = _long_term(call, "GetSessionToken")
    seconds = _own_seconds(call, user)
    mfa = call.state.check_code(user, call.get("SerialNumber"), call.get("TokenCode"), call.now)
    session = call.state.open_session(
        Kind.MFA, call.now, timedelta(seconds=seconds), call.get("MinimumSessionTokenSize", 0), user=user, mfa=mfa
    )
    return credentials(session)


def get_federation_token(call: Call) -> Result:
    """GetFederationToken: for long-term keys only."""
    user = _long_term(call, "GetFederationToken")
    seconds = _own_seconds(call, user)
    tags = session_tags(call.get("Tags", ()), (), None)
    packed = policies.check(call.get("Policy"), call.get("PolicyArns", ()), user.account, tags.asked)
    session = call.state.open_session(
        Kind.FEDERATED,
        call.now,
        timedelta(seconds=seconds),
        call.get("MinimumSessionTokenSize", 0),
        name=call.get("Name"),
        user=user,
        tags=tags.all,
        policies=session_policies(call.parameters),
    )
    principal = of_session(session)
    result = credentials(session)
    result["FederatedUser"] = {"FederatedUserId": principal.user_id, "Arn": principal.arn}
    return with_packed(result, packed)


def get_caller_identity(call: Call) -> Result:
    """GetCallerIdentity: anybody may ask who they are."""
    return {"Arn": call.caller.arn, "UserId": call.caller.user_id, "Account": call.caller.account}


def get_access_key_info(call: Call) -> Result:
    """GetAccessKeyInfo: the account of any key that exists here."""
    key = call.get("AccessKeyId")
    session = call.state.sessions.of_key(key)
    if session is not None:
        return {"Account": of_session(session).account}
    user = call.state.world.user_of_key(key)
    if user is None:
        raise invalid("The access key ID is not one that AWS gave out.")
    return {"Account": user.account}


def decode_authorization_message(call: Call) -> Result:
    """DecodeAuthorizationMessage: for who has that permission."""
    owner = call.caller.role or call.caller.user
    if owner is None or not owner.may_decode:
        raise not_authorized(call.caller.arn, "sts:DecodeAuthorizationMessage")
    return {"DecodedMessage": call.state.decode_message(call.get("EncodedMessage"))}


SIGNED: Mapping[str, Callable[[Call], Result]] = {
    "AssumeRole": assume_role,
    "GetSessionToken": get_session_token,
    "GetFederationToken": get_federation_token,
    "GetCallerIdentity": get_caller_identity,
    "GetAccessKeyInfo": get_access_key_info,
    "DecodeAuthorizationMessage": decode_authorization_message,
}
_FOR_MFA_SESSIONS = frozenset({"AssumeRole", "GetCallerIdentity"})
_FOR_FEDERATED = frozenset({"GetCallerIdentity"})


def run(action: str, call: Call) -> Result:
    """Do a signed action. Raises Refused.

    A GetSessionToken session may call AssumeRole and GetCallerIdentity only, a federated user's only the latter.
    """
    session = call.caller.session
    allowed = {Kind.MFA: _FOR_MFA_SESSIONS, Kind.FEDERATED: _FOR_FEDERATED}
    if session is not None and action not in allowed.get(session.kind, {action}):
        if action in {"GetSessionToken", "GetFederationToken"}:
            raise denied(f"Cannot call {action} with session credentials")
        raise denied_by(call, f"sts:{action}", call.get("RoleArn", ""))
    return SIGNED[action](call)


def denied_by(call: Call, action: str, resource: str, *, explicit: bool = False) -> Refused:
    """AccessDenied with an encoded message that tells the reason."""
    message = describe_denial(call.caller, action, resource, explicit=explicit)
    return not_authorized(call.caller.arn, action, resource, call.state.encode_message(message))


def role_seconds(asked: int, role: Role | None, *, chained: bool) -> int:
    """How long a role's session lasts. Raises Refused (ValidationError) above the role's maximum or the chain's."""
    if chained and asked > HOUR:
        raise invalid(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
        )
    if role is not None and asked > role.max_duration:
        raise invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    return asked


def session_policies(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """The texts of inline and the ARNs of managed session policies."""
    inline = parameters.get("Policy")
    arns = [each["arn"] for each in parameters.get("PolicyArns", ())]
    return (*([inline] if inline else []), *arns)


def credentials(session: Session) -> Result:
    """The Credentials, and how large the session token is, as every answer with credentials has them."""
    return {
        "Credentials": {
            "AccessKeyId": session.access_key_id,
            "SecretAccessKey": session.secret,
            "SessionToken": session.token,
            "Expiration": session.expires,
        },
        "SessionTokenSize": len(session.token),
        "SessionTokenUtilization": -(-100 * len(session.token) // max(TOKEN_BYTES_MOST, len(session.token))),
    }


def role_result(session: Session, packed: int | None) -> Result:
    """The answer of every AssumeRole action."""
    principal = of_session(session)
    result = credentials(session)
    result["AssumedRoleUser"] = {"AssumedRoleId": principal.user_id, "Arn": principal.arn}
    if session.source_identity:
        result["SourceIdentity"] = session.source_identity
    return with_packed(result, packed)


def with_packed(result: Result, packed: int | None) -> Result:
    """The answer, with PackedPolicySize if anything was packed."""
    return result if packed is None else {**result, "PackedPolicySize": packed}


def _trust(call: Call, role: Role) -> Trust:
    """The statement by which the caller may assume the role, rather one that asks for no MFA."""
    session = call.caller.session
    owner = call.caller.role or call.caller.user
    narrowed = session is not None and not policies.let_assume(session.policies, role.arn)
    allowed = owner is not None and any(fnmatchcase(role.arn, pattern) for pattern in owner.allowed)
    holding = [each for each in role.trust if _holds(call, each)]
    named = any(set(each.principals) & {call.caller.arn, owner.arn if owner else ""} for each in holding)
    # In one account the trust policy suffices if it names the caller; else the caller's own policies have to allow it.
    if not holding or narrowed or not (allowed or (named and role.account == call.caller.account)):
        raise denied_by(call, "sts:AssumeRole", role.arn)
    for action, wanted, able in (
        ("sts:TagSession", call.get("Tags"), [each for each in holding if each.may_tag]),
        ("sts:SetSourceIdentity", call.get("SourceIdentity"), [each for each in holding if each.may_name_source]),
    ):
        if wanted:
            holding = [each for each in holding if each in able]
        if not holding:
            raise denied_by(call, action, role.arn)
    return min(holding, key=lambda each: each.mfa)


def _holds(call: Call, trust: Trust) -> bool:
    named = bool(call.caller.names & set(trust.principals))
    return named and trust.external_id in {None, call.get("ExternalId")}


def _check_name(source_identity: str | None) -> None:
    if source_identity is not None and source_identity.lower().startswith("aws:"):
        raise invalid_value("SourceIdentity must not begin with the reserved prefix aws:.")


def _long_term(call: Call, action: str) -> User:
    if call.caller.session is not None or call.caller.user is None:
        raise denied(f"Cannot call {action} with session credentials")
    return call.caller.user


def _own_seconds(call: Call, user: User) -> int:
    """Twelve hours unless asked otherwise; a root user never gets more than one."""
    seconds = int(call.get("DurationSeconds", HALF_DAY))
    return min(seconds, HOUR) if user.root else seconds
