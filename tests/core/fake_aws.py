"""AWS in memory: STS, its refusals, MFA codes, and the console's federation endpoint."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.domain import otp
from app.domain.arn import RoleArn
from app.domain.credentials import Credentials
from app.domain.errors import Denied, NetworkTrouble, Retry, RolecallError
from app.domain.saml import AssertedRole
from app.domain.secret import Secret
from app.domain.sts_answers import (
    AccessKeyInfo,
    AssumedRole,
    AssumedRoleWithSAML,
    AssumedRoleWithWebIdentity,
    CallerIdentity,
    DecodedMessage,
    FederationToken,
    SessionToken,
)
from tests.core.fake_providers import expired_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.credentials import SigningKey
    from app.domain.exchange import Exchange
    from tests.core.virtual_time import FakeClock


Loose = Any
"""Fakes take what they are given: the code under test is typed, and tests look at values by name."""


def wrong_code() -> RolecallError:
    return Denied(code="mfa-code-wrong", title="The MFA code was not accepted", request_id="r")


def denied() -> RolecallError:
    return Denied(code="access-denied", title="AWS denied access", request_id="r")


def expired_session() -> RolecallError:
    return Denied(code="expired-session", title="The session that signed has expired", retry=Retry.SESSION)


def clock_refusal() -> RolecallError:
    return Denied(code="signature-expired", title="The clocks disagree", retry=Retry.CLOCK)


def offline() -> RolecallError:
    return NetworkTrouble(code="unreachable", title="AWS was not reached")


@dataclass(kw_only=True)
class Call:
    """`signer` is None for the calls that a provider's proof goes with."""

    action: str
    at: datetime
    signer: Any
    request: Any = None
    region: str = ""


class FakeSts:
    """STS for all processes. `fail` decides what a call ends with; `delay` is seconds before an answer."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.calls: list[Call] = []
        self.delay = 0.2
        self.fail: Callable[[Call], RolecallError | None] = lambda _: None
        self.queue: list[RolecallError | None] = []
        self.codes_seen: list[str] = []
        self.arns: dict[str, str] = {}
        self.revoked: set[str] = set()
        self.messages: dict[str, str] = {}
        self.exchanges: tuple[Exchange, ...] = ()
        self.measured = timedelta(0)
        self.recalled = False
        self.assertions: dict[str, Any] = {}
        self.tokens: dict[str, Any] = {}
        self._number = 0

    @property
    def clock_skew(self) -> timedelta:
        return self.measured

    @property
    def clock_measured(self) -> bool:
        return not self.recalled

    def count(self, action: str) -> int:
        return sum(call.action == action for call in self.calls)

    async def assume_role(self, request: Loose, *, signer: SigningKey, region: str) -> AssumedRole:
        role = RoleArn.parse(request.role_arn)
        arn = f"arn:aws:sts::{role.account}:assumed-role/{role.name}/{request.role_session_name}"
        given = await self._answer("AssumeRole", request, signer, request.duration_seconds or 3600, arn)
        return AssumedRole(credentials=given, arn=arn, assumed_role_id="AROA:x", packed_policy_size=1, request_id="r")

    async def assume_role_with_saml(self, request: Loose, *, region: str) -> AssumedRoleWithSAML:
        role = RoleArn.parse(request.role_arn)
        await self._exchange("AssumeRoleWithSAML", request, None, region)
        response = self.assertions[request.saml_assertion.reveal()]
        assertion = response.assertion
        if not assertion.issued <= self.clock.true() < min(assertion.redeem_until, assertion.not_on_or_after):
            raise expired_token()
        listed = AssertedRole(role_arn=role, provider_arn=request.principal_arn)
        if listed not in assertion.roles and not assertion.encrypted:
            raise denied()
        arn = f"arn:aws:sts::{role.account}:assumed-role/{role.name}/{assertion.session_name}"
        given = self.grant(request.duration_seconds or 3600, arn)
        until = assertion.session_not_on_or_after
        if until is not None:
            given = replace(given, expires=min(given.expires, until))
        return AssumedRoleWithSAML(
            credentials=given, arn=arn, assumed_role_id="AROA:x", request_id="r", issuer=assertion.issuer
        )

    async def assume_role_with_web_identity(self, request: Loose, *, region: str) -> AssumedRoleWithWebIdentity:
        role = RoleArn.parse(request.role_arn)
        await self._exchange("AssumeRoleWithWebIdentity", request, None, region)
        token = self.tokens[request.web_identity_token.reveal()]
        if not token.usable(self.clock.true()):
            raise expired_token()
        arn = f"arn:aws:sts::{role.account}:assumed-role/{role.name}/{request.role_session_name}"
        given = self.grant(request.duration_seconds or 3600, arn)
        return AssumedRoleWithWebIdentity(credentials=given, arn=arn, assumed_role_id="AROA:x", request_id="r")

    async def get_session_token(self, request: Loose, *, signer: SigningKey, region: str) -> SessionToken:
        arn = "arn:aws:iam::111122223333:user/alice"
        given = await self._answer("GetSessionToken", request, signer, request.duration_seconds or 43200, arn)
        return SessionToken(credentials=given, request_id="r")

    async def get_federation_token(self, request: Loose, *, signer: SigningKey, region: str) -> FederationToken:
        arn = f"arn:aws:sts::111122223333:federated-user/{request.name}"
        given = await self._answer("GetFederationToken", request, signer, request.duration_seconds or 43200, arn)
        return FederationToken(credentials=given, arn=arn, federated_user_id="x", request_id="r")

    async def get_caller_identity(self, *, signer: SigningKey, region: str) -> CallerIdentity:
        await self._exchange("GetCallerIdentity", None, signer, region)
        arn = self.arns[signer.access_key_id]
        return CallerIdentity(account=arn.split(":")[4], arn=arn, user_id="x")

    async def get_access_key_info(self, request: Loose, *, signer: SigningKey, region: str) -> AccessKeyInfo:
        await self._exchange("GetAccessKeyInfo", request, signer, region)
        return AccessKeyInfo(account=self.arns[request.access_key_id].split(":")[4])

    async def decode_authorization_message(self, request: Loose, *, signer: SigningKey, region: str) -> DecodedMessage:
        await self._exchange("DecodeAuthorizationMessage", request, signer, region)
        return DecodedMessage(text=self.messages[request.encoded_message])

    async def _answer(self, action: str, request: Loose, signer: SigningKey, seconds: int, arn: str) -> Credentials:
        await self._exchange(action, request, signer)
        return self.grant(seconds, arn)

    def grant(self, seconds: int, arn: str) -> Credentials:
        self._number += 1
        key_id = f"ASIA{self._number:016d}"
        self.arns[key_id] = arn
        expires = self.clock.true() + timedelta(seconds=seconds)
        return Credentials(
            access_key_id=key_id,
            secret_access_key=Secret(f"secret-{key_id}"),
            session_token=Secret(f"token-{key_id}"),
            expires=expires.replace(microsecond=0),
        )

    async def _exchange(self, action: str, request: Loose, signer: SigningKey | None, region: str = "") -> None:
        call = Call(action=action, at=self.clock.true(), signer=signer, request=request, region=region)
        self.calls.append(call)
        await asyncio.sleep(self.delay)
        error = self.queue.pop(0) if self.queue else self.fail(call)
        if not isinstance(error, NetworkTrouble):
            self.measured, self.recalled = self.clock.true() - self.clock.now(), False
        error = error or self._check(call)
        if error is not None:
            raise error

    def _check(self, call: Call) -> RolecallError | None:
        signer = call.signer
        if signer is None:
            return None
        if isinstance(signer, Credentials) and (
            signer.expires <= self.clock.true() or signer.access_key_id in self.revoked
        ):
            return expired_session()
        assert signer.secret_access_key.reveal() == f"secret-{signer.access_key_id}"
        code = getattr(call.request, "token_code", None)
        return None if code is None else self._check_code(code.reveal())

    def _check_code(self, code: str) -> RolecallError | None:
        """A code is good for its own step and the one before and after, and once."""
        used = code in self.codes_seen
        self.codes_seen.append(code)
        step = otp.step_of(self.clock.true())
        good = code in {code_of(each) for each in (step - 1, step, step + 1)}
        return wrong_code() if used or not good else None


def code_of(step: int) -> str:
    return f"{step * 7919 % 1_000_000:06d}"


class FakeTotp:
    def code(self, secret: Secret, step: int) -> Secret:
        assert secret.reveal() == "ABCDEFGHIJKLMNOP"
        return Secret(code_of(step))


class FakeConsole:
    def __init__(self) -> None:
        self.asked: list[tuple[str, int | None]] = []

    async def sign_in_token(self, credentials: Credentials, *, region: str, duration_seconds: int | None) -> Secret:
        self.asked.append((credentials.access_key_id, duration_seconds))
        return Secret("sign-in-token")
