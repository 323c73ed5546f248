"""The STS client and the console sign-in against the strict local AWS."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pyotp
import pytest

from app.adapters.console_sign_in import ConsoleSignInClient
from app.adapters.http import Http, HttpOptions
from app.adapters.sts import errors
from app.adapters.sts.client import StsClient, StsOptions
from app.domain import sts_requests as r
from app.domain.configuration import Settings
from app.domain.console import login_url
from app.domain.credentials import Credentials, LongTermKey
from app.domain.errors import BadInput, Denied, NetworkTrouble, Retry, RolecallError
from app.domain.secret import Secret
from app.standin import StandIn, demo_world
from app.standin.world import OidcProvider, Role, SamlProvider
from tests.standin import forged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

REGION = "eu-west-1"
PRODUCTION, SANDBOX = "123456789012", "345678901234"
HUB = f"arn:aws:iam::{PRODUCTION}:role/Hub"
ADMIN = f"arn:aws:iam::{PRODUCTION}:role/Admin"
AUDIT = f"arn:aws:iam::{PRODUCTION}:role/SecurityAudit"
BILLING = f"arn:aws:iam::{PRODUCTION}:role/Billing"
OPEN = f"arn:aws:iam::{SANDBOX}:role/PowerUser"
POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'


@pytest.fixture
def aws() -> Iterator[StandIn]:
    with StandIn(demo_world()) as running:
        yield running


@pytest.fixture
async def sts(aws: StandIn) -> AsyncIterator[StsClient]:
    http = Http(HttpOptions(connect_timeout=2, read_timeout=2))
    settings = Settings(retry_base=0.01)
    yield StsClient(http, StsOptions.from_environment({"AWS_ENDPOINT_URL_STS": aws.url}, settings))
    await http.aclose()


@pytest.fixture
def key(aws: StandIn) -> LongTermKey:
    alice = aws.world.users["alice"]
    return LongTermKey(access_key_id=alice.access_key_id, secret_access_key=Secret(alice.secret_access_key))


def mfa(aws: StandIn, step: int = 0) -> dict[str, str | Secret]:
    """An MFA device and its code now, or `step` times 30 s later."""
    alice = aws.world.users["alice"]
    code = pyotp.TOTP(alice.totp_secret).at(int(time.time()) + 30 * step)
    return {"serial_number": alice.mfa_serial, "token_code": Secret(code)}


def assume(role: str, **values: object) -> r.AssumeRole:
    return replace(r.AssumeRole(role_arn=role, role_session_name="alice"), **values)  # type: ignore[arg-type]  # any parameter


async def hub_session(sts: StsClient, aws: StandIn, key: LongTermKey) -> Credentials:
    return (await sts.assume_role(assume(HUB, **mfa(aws)), signer=key, region=REGION)).credentials


# --- The eight actions ------------------------------------------------------------------------------------------------


async def test_who_signs(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    got = await sts.get_caller_identity(signer=key, region=REGION)
    assert (got.arn, got.account) == (aws.world.users["alice"].arn, "111122223333")
    assert got.request_id


async def test_a_role_with_everything(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    request = assume(
        OPEN,
        duration_seconds=900,
        policy=POLICY,
        policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",),
        tags=(("Team", "Größe + 1=:"), ("Empty", "")),
        transitive_tag_keys=("Team",),
        source_identity="alice",
    )
    before = datetime.now(UTC)
    got = await sts.assume_role(request, signer=key, region=REGION)
    assert got.arn == f"arn:aws:sts::{SANDBOX}:assumed-role/PowerUser/alice"
    assert got.assumed_role_id.endswith(":alice")
    assert got.source_identity == "alice"
    assert got.packed_policy_size is not None
    assert abs(got.credentials.expires - before - timedelta(minutes=15)) < timedelta(seconds=30)
    assert (await sts.get_caller_identity(signer=got.credentials, region=REGION)).arn == got.arn
    sent = aws.requests[0].parameters
    assert sent["Tags.member.1.Value"] == "Größe + 1=:"
    assert sent["Tags.member.2.Value"] == ""


async def test_an_mfa_session_and_a_role_behind_it(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    alice = mfa(aws)
    request = r.GetSessionToken(
        duration_seconds=3600, serial_number=str(alice["serial_number"]), token_code=Secret(_code(alice))
    )
    session = (await sts.get_session_token(request, signer=key, region=REGION)).credentials
    got = await sts.assume_role(assume(HUB), signer=session, region=REGION)
    chained = await sts.assume_role(assume(ADMIN, duration_seconds=3600), signer=got.credentials, region=REGION)
    assert chained.arn == f"arn:aws:sts::{PRODUCTION}:assumed-role/Admin/alice"


def _code(values: dict[str, str | Secret]) -> str:
    code = values["token_code"]
    assert isinstance(code, Secret)
    return code.reveal()


async def test_a_federated_user(sts: StsClient, key: LongTermKey) -> None:
    request = r.GetFederationToken(name="guest", policy=POLICY, duration_seconds=900, tags=(("a", "b"),))
    got = await sts.get_federation_token(request, signer=key, region=REGION)
    assert got.arn == "arn:aws:sts::111122223333:federated-user/guest"
    assert got.federated_user_id == "111122223333:guest"
    assert (await sts.get_caller_identity(signer=got.credentials, region=REGION)).arn == got.arn


async def test_which_account_a_key_belongs_to(sts: StsClient, key: LongTermKey) -> None:
    request = r.GetAccessKeyInfo(access_key_id=key.access_key_id)
    assert (await sts.get_access_key_info(request, signer=key, region=REGION)).account == "111122223333"


async def test_why_something_was_denied(sts: StsClient, key: LongTermKey) -> None:
    with pytest.raises(errors.AccessDenied) as caught:
        await sts.assume_role(assume(BILLING), signer=key, region=REGION)
    encoded = caught.value.detail.rpartition("message: ")[2]
    request = r.DecodeAuthorizationMessage(encoded_message=encoded)
    got = await sts.decode_authorization_message(request, signer=key, region=REGION)
    told = json.loads(got.text)
    assert told["allowed"] is False
    assert told["context"]["resource"] == BILLING


# --- The two federated actions ----------------------------------------------------------------------------------------

SAML_PROVIDER = SamlProvider(
    arn=f"arn:aws:iam::{SANDBOX}:saml-provider/Corp",
    issuer=forged.SAML_ISSUER,
    certificates=(forged.pair().certificate,),
)
OIDC_PROVIDER = OidcProvider(
    arn=f"arn:aws:iam::{SANDBOX}:oidc-provider/login.example.com",
    issuer=forged.OIDC_ISSUER,
    audiences=("rolecall",),
    jwks=forged.pair().jwks,
)
FEDERATED = f"arn:aws:iam::{SANDBOX}:role/Federated"


@pytest.fixture
def federated(aws: StandIn) -> StandIn:
    """The same AWS, which now knows two providers and a role that trusts them."""
    aws.world.saml_providers[SAML_PROVIDER.arn] = SAML_PROVIDER
    aws.world.oidc_providers[OIDC_PROVIDER.arn] = OIDC_PROVIDER
    aws.world.roles[FEDERATED] = Role(arn=FEDERATED, trusts=(SAML_PROVIDER.arn, OIDC_PROVIDER.arn))
    return aws


def assertion(issued: datetime, role: str = FEDERATED) -> r.AssumeRoleWithSAML:
    roles = (f"{role},{SAML_PROVIDER.arn}",)
    response = forged.Response(roles=roles, subject="alice@example.com", names=("alice",), now=issued)
    return r.AssumeRoleWithSAML(
        role_arn=role,
        principal_arn=SAML_PROVIDER.arn,
        saml_assertion=Secret(response.encoded()),
        duration_seconds=900,
    )


def id_token(seconds: int = 300, audience: str = "rolecall") -> r.AssumeRoleWithWebIdentity:
    now = int(time.time())
    token = forged.id_token(forged.claims(aud=audience, iat=now - 600, exp=now + seconds))
    return r.AssumeRoleWithWebIdentity(
        role_arn=FEDERATED, role_session_name="alice", web_identity_token=Secret(token), duration_seconds=900
    )


async def test_an_assertion(sts: StsClient, federated: StandIn) -> None:
    got = await sts.assume_role_with_saml(assertion(datetime.now(UTC)), region=REGION)
    assert got.arn == f"arn:aws:sts::{SANDBOX}:assumed-role/Federated/alice"
    assert (got.subject, got.subject_type) == ("alice@example.com", "persistent")
    assert got.issuer == SAML_PROVIDER.issuer
    assert got.audience == "https://signin.aws.amazon.com/saml"
    assert got.name_qualifier
    assert (await sts.get_caller_identity(signer=got.credentials, region=REGION)).arn == got.arn


async def test_an_assertion_that_is_too_old(sts: StsClient, federated: StandIn) -> None:
    with pytest.raises(errors.ExpiredIdentityToken) as caught:
        await sts.assume_role_with_saml(assertion(datetime.now(UTC) - timedelta(minutes=6)), region=REGION)
    assert caught.value.retry is Retry.TOKEN
    assert len(federated.requests) == 1


async def test_an_assertion_that_is_none(sts: StsClient, federated: StandIn) -> None:
    broken = replace(assertion(datetime.now(UTC)), saml_assertion=Secret("bm9uZQ=="))
    with pytest.raises(errors.InvalidIdentityToken):
        await sts.assume_role_with_saml(broken, region=REGION)


async def test_an_assertion_for_a_role_that_does_not_trust_it(sts: StsClient, federated: StandIn) -> None:
    with pytest.raises(errors.AccessDenied):
        await sts.assume_role_with_saml(assertion(datetime.now(UTC), role=OPEN), region=REGION)


async def test_an_id_token(sts: StsClient, federated: StandIn) -> None:
    got = await sts.assume_role_with_web_identity(id_token(), region=REGION)
    assert got.arn == f"arn:aws:sts::{SANDBOX}:assumed-role/Federated/alice"
    assert got.subject_from_web_identity_token == "alice"
    assert (got.provider, got.audience) == (OIDC_PROVIDER.arn, "rolecall")
    assert (await sts.get_caller_identity(signer=got.credentials, region=REGION)).arn == got.arn


async def test_an_id_token_that_has_expired_or_is_for_others(sts: StsClient, federated: StandIn) -> None:
    with pytest.raises(errors.ExpiredIdentityToken) as caught:
        await sts.assume_role_with_web_identity(id_token(seconds=-10), region=REGION)
    assert caught.value.retry is Retry.TOKEN
    with pytest.raises(errors.InvalidIdentityToken):
        await sts.assume_role_with_web_identity(id_token(audience="others"), region=REGION)


# --- The console ------------------------------------------------------------------------------------------------------


async def console_page(aws: StandIn, credentials: Credentials, duration: int | None) -> str:
    """Sign in as a browser would, cookies and redirects included; return the page."""
    http = Http(HttpOptions())
    door = ConsoleSignInClient(http, override=aws.url)
    try:
        token = await door.sign_in_token(credentials, region=REGION, duration_seconds=duration)
    finally:
        await http.aclose()
    url = login_url(token, region=REGION, service_id="s3", override=aws.url)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = await asyncio.to_thread(lambda: browser.open(url.reveal(), timeout=5).read())
    return bytes(page).decode()


async def test_the_console_opens_for_a_role(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    got = await sts.assume_role(assume(OPEN), signer=key, region=REGION)
    page = await console_page(aws, got.credentials, 3600)
    assert got.arn in page
    assert "https://eu-west-1.console.aws.amazon.com/s3/home" in page
    assert [each.action for each in aws.requests].count("getSigninToken") == 1


@pytest.mark.parametrize("kind", ["chained", "federated"])
async def test_where_no_duration_may_be_asked_for_it_is_left_out(
    sts: StsClient, aws: StandIn, key: LongTermKey, kind: str
) -> None:
    if kind == "chained":
        hub = await hub_session(sts, aws, key)
        credentials = (await sts.assume_role(assume(ADMIN), signer=hub, region=REGION)).credentials
    else:
        request = r.GetFederationToken(name="guest", policy=POLICY)
        credentials = (await sts.get_federation_token(request, signer=key, region=REGION)).credentials
    arn = (await sts.get_caller_identity(signer=credentials, region=REGION)).arn
    assert arn in await console_page(aws, credentials, None)
    # Asked for all the same, it is refused, and the sign-in goes on without.
    assert arn in await console_page(aws, credentials, 3600)
    tries = [
        (each.status, "SessionDuration" in each.parameters) for each in aws.requests if each.action == "getSigninToken"
    ]
    assert tries == [(200, False), (400, True), (200, False)]


async def test_a_session_that_cannot_sign_in_or_has_expired(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    session = (await sts.get_session_token(r.GetSessionToken(), signer=key, region=REGION)).credentials
    role = (await sts.assume_role(assume(OPEN), signer=key, region=REGION)).credentials
    aws.expire(role.access_key_id)
    for credentials in (session, role):
        with pytest.raises(Denied) as caught:
            await console_page(aws, credentials, None)
        assert caught.value.code == "console-refused"
        assert credentials.session_token.reveal() not in str(caught.value)


# --- Refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "kind"),
    [
        (assume(AUDIT), errors.AccessDenied),
        (assume(AUDIT, external_id="wrong"), errors.AccessDenied),
        (assume(HUB), errors.AccessDenied),
        (assume(ADMIN), errors.AccessDenied),
        (assume(f"arn:aws:iam::{PRODUCTION}:role/Nobody"), errors.AccessDenied),
        (assume(OPEN, duration_seconds=43200, policy="{"), errors.MalformedPolicyDocument),
    ],
)
async def test_refused(
    sts: StsClient, aws: StandIn, key: LongTermKey, request_: r.AssumeRole, kind: type[Exception]
) -> None:
    with pytest.raises(kind) as caught:
        await sts.assume_role(request_, signer=key, region=REGION)
    assert isinstance(caught.value, RolecallError)
    assert caught.value.request_id
    assert len(aws.requests) == 1


async def test_longer_than_the_role_allows(sts: StsClient, key: LongTermKey) -> None:
    with pytest.raises(errors.ValidationError) as caught:
        await sts.assume_role(assume(AUDIT, external_id="acme-7731", duration_seconds=7200), signer=key, region=REGION)
    assert caught.value.field == "DurationSeconds"


async def test_a_chained_role_is_capped(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    hub = await hub_session(sts, aws, key)
    with pytest.raises(BadInput) as caught:
        await sts.assume_role(assume(ADMIN, duration_seconds=3601), signer=hub, region=REGION)
    assert caught.value.field == "DurationSeconds"


async def test_a_session_may_not_obtain_a_session(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    hub = await hub_session(sts, aws, key)
    with pytest.raises(errors.AccessDenied) as caught:
        await sts.get_session_token(r.GetSessionToken(), signer=hub, region=REGION)
    assert "own access key" in caught.value.remedy
    with pytest.raises(errors.AccessDenied):
        await sts.get_federation_token(r.GetFederationToken(name="guest"), signer=hub, region=REGION)


async def test_a_code_that_is_wrong_or_used(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    with pytest.raises(errors.WrongMfaCode):
        await sts.assume_role(assume(HUB, **(mfa(aws) | {"token_code": Secret("000000")})), signer=key, region=REGION)
    good = mfa(aws)
    await sts.assume_role(assume(HUB, **good), signer=key, region=REGION)
    with pytest.raises(errors.WrongMfaCode) as caught:
        await sts.assume_role(assume(HUB, **good), signer=key, region=REGION)
    assert caught.value.code == "mfa-code-wrong"
    assert len(aws.requests) == 3


async def test_a_device_that_is_not_hers(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    other = mfa(aws) | {"serial_number": "arn:aws:iam::111122223333:mfa/bob"}
    with pytest.raises(errors.WrongMfaDevice):
        await sts.assume_role(assume(HUB, **other), signer=key, region=REGION)


async def test_a_wrong_secret_and_an_unknown_key(sts: StsClient, key: LongTermKey) -> None:
    with pytest.raises(errors.SignatureDoesNotMatch):
        await sts.get_caller_identity(signer=replace(key, secret_access_key=Secret("wrong")), region=REGION)
    with pytest.raises(errors.InvalidClientTokenId):
        await sts.get_caller_identity(signer=replace(key, access_key_id="AKIAUNKNOWN000000000"), region=REGION)


async def test_a_session_that_has_expired(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    hub = await hub_session(sts, aws, key)
    aws.expire(hub.access_key_id)
    with pytest.raises(errors.ExpiredSession) as caught:
        await sts.assume_role(assume(ADMIN), signer=hub, region=REGION)
    assert caught.value.retry is Retry.SESSION


# --- Faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["throttle", "server-error", "html", "reset", "cut-body"])
async def test_one_fault_is_got_over(sts: StsClient, aws: StandIn, key: LongTermKey, kind: str) -> None:
    aws.fault(kind)
    assert (await sts.assume_role(assume(OPEN), signer=key, region=REGION)).arn.endswith("/alice")
    assert len(sts.exchanges) == 2


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("throttle", "throttling"),
        ("server-error", "internal-failure"),
        ("html", "not-aws"),
        ("reset", "reset"),
        ("cut-body", "reset"),
    ],
)
async def test_a_lasting_fault_is_told(sts: StsClient, aws: StandIn, key: LongTermKey, kind: str, code: str) -> None:
    aws.fault(kind, times=3)
    with pytest.raises(RolecallError) as caught:
        await sts.assume_role(assume(OPEN), signer=key, region=REGION)
    assert caught.value.code == code
    assert [each.code for each in sts.exchanges] == [code] * 3


@pytest.mark.parametrize("kind", ["throttle", "server-error", "html", "reset", "cut-body", "clock"])
async def test_a_code_is_sent_once_whatever_happens(sts: StsClient, aws: StandIn, key: LongTermKey, kind: str) -> None:
    if kind == "clock":
        aws.fault(kind, seconds=3600)
    else:
        aws.fault(kind)
    with pytest.raises(RolecallError):
        await sts.assume_role(assume(HUB, **mfa(aws)), signer=key, region=REGION)
    assert len(sts.exchanges) == 1


async def test_a_server_that_hangs(aws: StandIn, key: LongTermKey) -> None:
    http = Http(HttpOptions(read_timeout=0.2))
    options = StsOptions.from_environment({"AWS_ENDPOINT_URL_STS": aws.url}, Settings(max_retries=0))
    aws.fault("hang")
    with pytest.raises(NetworkTrouble) as caught:
        await StsClient(http, options).get_caller_identity(signer=key, region=REGION)
    assert caught.value.code == "timeout"
    await http.aclose()


@pytest.mark.parametrize("hours", [-3, 3])
async def test_a_clock_that_is_wrong_is_corrected(sts: StsClient, aws: StandIn, key: LongTermKey, hours: int) -> None:
    aws.clock_offset = timedelta(hours=hours)
    assert (await sts.get_caller_identity(signer=key, region=REGION)).account == "111122223333"
    assert abs(sts.clock_skew - timedelta(hours=hours)) < timedelta(seconds=5)
    assert [each.code for each in sts.exchanges] == ["signature-expired", ""]
    got = await sts.assume_role(assume(OPEN), signer=key, region=REGION)
    assert got.credentials.expires - datetime.now(UTC) > timedelta(hours=hours)
    assert len(sts.exchanges) == 3


async def test_with_a_code_a_wrong_clock_is_told_and_then_right(sts: StsClient, aws: StandIn, key: LongTermKey) -> None:
    aws.clock_offset = timedelta(hours=3)
    with pytest.raises(Denied) as caught:
        await sts.assume_role(assume(HUB, **mfa(aws)), signer=key, region=REGION)
    assert caught.value.retry is Retry.CLOCK
    fresh = mfa(aws, step=3 * 120)
    await sts.assume_role(assume(HUB, **fresh), signer=key, region=REGION)
    assert len(sts.exchanges) == 2
