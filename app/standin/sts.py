"""The signed actions of the Security Token Service.

Source: STS API reference. Of permissions only trust policies are told apart; what a session may then do is not the
stand-in's matter, but for the actions of STS itself: a session policy that does not allow AssumeRole ends a chain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.standin.jwks import KeyStore
from app.standin.keys import Caller, Keys, Kind
from app.standin.messages import Messages
from app.standin.policy import check_policies, let, packed_percent, read_tags, session_policies
from app.standin.totp import Devices
from app.standin.wire import Refusal, Tree, denied, invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from app.standin.limits import Parameters
    from app.standin.openid import OpenIdProvider
    from app.standin.world import OidcProvider, Role, World

CHAINED_MOST = 3600
ROLE_SECONDS, SESSION_SECONDS = 3600, 43200
ROOT_MOST = 3600
_TOKEN_MOST = 4096
_ROLE_ARN = re.compile(r"arn:aws(-[a-z-]+)?:iam::[0-9]{12}:role/([!-~]+/)?[0-9A-Za-z_+=,.@-]{1,64}")
_ALLOWED = {
    Kind.SESSION_TOKEN: frozenset({"AssumeRole", "GetCallerIdentity"}),
    Kind.FEDERATED: frozenset({"GetCallerIdentity"}),
}

Result = dict[str, Tree]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that STS remembers. Not for several threads at once, but for `keys_of_providers`."""

    world: World
    keys: Keys
    devices: Devices
    messages: Messages
    keys_of_providers: KeyStore
    own_provider: OpenIdProvider | None

    def oidc_providers(self) -> Iterator[OidcProvider]:
        """Every OIDC provider that IAM knows, the stand-in's own included."""
        yield from self.world.oidc_providers.values()
        if self.own_provider is not None:
            yield from self.own_provider.in_iam()


def desk_of(world: World, own_provider: OpenIdProvider | None = None) -> Desk:
    """A desk that has served nobody yet."""
    return Desk(world, Keys(world), Devices(), Messages(), KeyStore(world.fetch_seconds), own_provider)


def perform(action: str, desk: Desk, caller: Caller, given: Parameters, now: datetime) -> Result:
    """Answer a signed action. Raises Refusal."""
    alone = action in ("GetSessionToken", "GetFederationToken")
    if alone and not caller.long_term:
        raise denied(f"Cannot call {action} with session credentials")
    if action not in _ALLOWED.get(caller.kind, {action}):
        resource = f" on resource: {given.text('RoleArn')}" if action == "AssumeRole" else ""
        raise denied(f"User: {caller.arn} is not authorized to perform: sts:{action}{resource}")
    return _ACTIONS[action](desk, caller, given, now)


def credentials(session: Caller) -> Result:
    """The element Credentials of an answer."""
    expires = session.expires or datetime.max.replace(tzinfo=UTC)
    return {
        "AccessKeyId": session.access_key_id,
        "SecretAccessKey": session.secret_access_key,
        "SessionToken": session.session_token,
        "Expiration": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def sizes(session: Caller, packed: int | None) -> Result:
    """What an answer tells about sizes: the packed policy in percent, the token in characters and in percent."""
    size = len(session.session_token)
    told: Result = {} if packed is None else {"PackedPolicySize": packed}
    return told | {"SessionTokenSize": size, "SessionTokenUtilization": -(-100 * size // _TOKEN_MOST)}


def role_named(desk: Desk, arn: str) -> Role | None:
    """The role of an ARN, if it exists. Raises Refusal when that is no role's ARN."""
    if not _ROLE_ARN.fullmatch(arn):
        raise invalid(f"{arn} is invalid")
    return desk.world.roles.get(arn)


def role_session(role: Role, name: str, given: Parameters, expires: datetime) -> Caller:
    """A session of a role, not yet handed out; `given` may hold session policies."""
    partition = role.arn.split(":")[1]
    return Caller(
        kind=Kind.ROLE,
        arn=f"arn:{partition}:sts::{role.account_id}:assumed-role/{role.name}/{name}",
        account_id=role.account_id,
        user_id=f"{role.role_id}:{name}",
        role_arn=role.arn,
        expires=expires,
        policies=session_policies(given),
    )


def role_answer(desk: Desk, session: Caller, given: Parameters, packed: int | None) -> Result:
    """Hand out a role's session, and tell what all AssumeRole actions tell of it."""
    kept = desk.keys.keep(session, token_size=given.number("MinimumSessionTokenSize") or 0)
    answer: Result = {"Credentials": credentials(kept)}
    answer["AssumedRoleUser"] = {"AssumedRoleId": kept.user_id, "Arn": kept.arn}
    answer |= sizes(kept, packed)
    return answer | ({"SourceIdentity": kept.source_identity} if kept.source_identity else {})


def check_longest(role: Role, seconds: int) -> None:
    """Refuse more seconds than the role's MaxSessionDuration."""
    if seconds > role.longest:
        raise invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")


def _assume_role(desk: Desk, caller: Caller, given: Parameters, now: datetime) -> Result:
    if caller.kind is Kind.ROOT:
        raise denied("Roles may not be assumed by root accounts.")
    check_policies(given)
    tags, transitive = read_tags(given, caller.transitive)
    packed = packed_percent(given, tags)
    role = role_named(desk, given.text("RoleArn"))
    seconds = given.number("DurationSeconds") or ROLE_SECONDS
    chained = caller.kind is Kind.ROLE
    if chained and seconds > CHAINED_MOST:
        raise invalid(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
        )
    mfa = _check_code(desk, caller, given, now) or caller.mfa
    role = _admit(desk, caller, given, role, mfa=mfa, now=now)
    check_longest(role, seconds)
    session = replace(
        role_session(role, given.text("RoleSessionName"), given, now + timedelta(seconds=seconds)),
        chained=chained,
        transitive=transitive,
        source_identity=caller.source_identity or given.text("SourceIdentity"),
    )
    return role_answer(desk, session, given, packed)


def _admit(desk: Desk, caller: Caller, given: Parameters, role: Role | None, *, mfa: bool, now: datetime) -> Role:
    """The role, if its trust policy lets the caller in under these conditions. Raises Refusal."""
    if role is None or not _trusted(role, caller) or not let(caller.policies, "sts:AssumeRole", role.arn):
        raise _not_authorized(desk, replace(caller, mfa=mfa), given, role, "AssumeRole", now)
    if role.external_id and given.text("ExternalId") != role.external_id:
        raise _not_authorized(desk, replace(caller, mfa=mfa), given, role, "AssumeRole", now)
    if role.mfa_required and not mfa:
        raise _not_authorized(desk, replace(caller, mfa=mfa), given, role, "AssumeRole", now)
    if given.texts("Tags", "Key") and not role.allows_tags:
        raise _not_authorized(desk, replace(caller, mfa=mfa), given, role, "TagSession", now)
    source_identity = given.text("SourceIdentity")
    if source_identity and not (role.allows_source_identity and caller.source_identity in ("", source_identity)):
        raise _not_authorized(desk, replace(caller, mfa=mfa), given, role, "SetSourceIdentity", now)
    return role


def _trusted(role: Role, caller: Caller) -> bool:
    who = {caller.arn, caller.role_arn, f"arn:aws:iam::{caller.account_id}:root"}
    return not who.isdisjoint(role.trusts)


def _not_authorized(  # all that a denial tells
    desk: Desk, caller: Caller, given: Parameters, role: Role | None, action: str, now: datetime
) -> Refusal:
    arn = given.text("RoleArn")
    text = f"User: {caller.arn} is not authorized to perform: sts:{action} on resource: {arn}"
    if role is not None and role.encoded_denials:
        encoded = desk.messages.encode(caller, f"sts:{action}", arn, denying=role.denied_by, at=now)
        reason = " with an explicit deny in a resource-based policy" if role.denied_by else ""
        text += f"{reason}. Encoded authorization failure message: {encoded}"
    return denied(text)


def _check_code(desk: Desk, caller: Caller, given: Parameters, now: datetime) -> bool:
    """Whether the call carried a good MFA code; False when none was given. Raises Refusal for a bad one."""
    serial, code = given.text("SerialNumber"), given.text("TokenCode")
    if not serial and not code:
        return False
    if not serial or not code:
        raise denied("MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.")
    user = caller.user
    if user is None or not user.totp_secret or user.mfa_serial != serial:
        raise denied(
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is "
            "valid and associated with this user."
        )
    if not desk.devices.use(serial, user.totp_secret, code, now):
        raise denied("MultiFactorAuthentication failed with invalid MFA one time pass code. ")
    return True


def _get_session_token(desk: Desk, caller: Caller, given: Parameters, now: datetime) -> Result:
    mfa = _check_code(desk, caller, given, now)
    fresh = Caller(
        kind=Kind.SESSION_TOKEN,
        arn=caller.arn,
        account_id=caller.account_id,
        user_id=caller.user_id,
        user=caller.user,
        mfa=mfa,
        expires=now + timedelta(seconds=_seconds(caller, given)),
    )
    session = desk.keys.keep(fresh, token_size=given.number("MinimumSessionTokenSize") or 0)
    return {"Credentials": credentials(session), **sizes(session, None)}


def _seconds(caller: Caller, given: Parameters) -> int:
    """How long a session of a user lasts; an account's owner gets one hour at most, without a word."""
    seconds = given.number("DurationSeconds") or SESSION_SECONDS
    return min(seconds, ROOT_MOST) if caller.kind is Kind.ROOT else seconds


def _get_federation_token(desk: Desk, caller: Caller, given: Parameters, now: datetime) -> Result:
    check_policies(given)
    tags, _ = read_tags(given, caller.transitive)
    packed = packed_percent(given, tags)
    name = given.text("Name")
    fresh = Caller(
        kind=Kind.FEDERATED,
        arn=f"arn:aws:sts::{caller.account_id}:federated-user/{name}",
        account_id=caller.account_id,
        user_id=f"{caller.account_id}:{name}",
        expires=now + timedelta(seconds=_seconds(caller, given)),
    )
    session = desk.keys.keep(fresh, token_size=given.number("MinimumSessionTokenSize") or 0)
    federated = {"FederatedUserId": session.user_id, "Arn": session.arn}
    return {"Credentials": credentials(session), "FederatedUser": federated, **sizes(session, packed)}


def _get_caller_identity(_desk: Desk, caller: Caller, _given: Parameters, _now: datetime) -> Result:
    return {"Arn": caller.arn, "UserId": caller.user_id, "Account": caller.account_id}


def _get_access_key_info(desk: Desk, _caller: Caller, given: Parameters, _now: datetime) -> Result:
    holder = desk.keys.find(given.text("AccessKeyId"))
    if holder is None:
        raise invalid("The access key ID is not one of any account.")
    return {"Account": holder.account_id}


def _decode_authorization_message(desk: Desk, caller: Caller, given: Parameters, _now: datetime) -> Result:
    if not let(caller.policies, "sts:DecodeAuthorizationMessage", "*"):
        raise denied(
            f"User: {caller.arn} is not authorized to perform: sts:DecodeAuthorizationMessage because no "
            "session policy allows the sts:DecodeAuthorizationMessage action"
        )
    return {"DecodedMessage": desk.messages.decode(given.text("EncodedMessage"))}


_ACTIONS: Mapping[str, Callable[[Desk, Caller, Parameters, datetime], Result]] = {
    "AssumeRole": _assume_role,
    "DecodeAuthorizationMessage": _decode_authorization_message,
    "GetAccessKeyInfo": _get_access_key_info,
    "GetCallerIdentity": _get_caller_identity,
    "GetFederationToken": _get_federation_token,
    "GetSessionToken": _get_session_token,
}
