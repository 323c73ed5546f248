"""The STS client against a server whose signature check nobody here wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.adapters.http import Http, HttpOptions, utc_now
from app.adapters.sts import errors
from app.adapters.sts.client import StsClient, StsOptions
from app.domain import sts_requests as r
from app.domain.configuration import Settings
from app.domain.credentials import Credentials, LongTermKey
from app.domain.errors import Denied, RolecallError
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from app.domain.credentials import SigningKey
    from tests.e2e.conftest import SeaweedFS


def options(server: SeaweedFS) -> StsOptions:
    return StsOptions.from_environment({"AWS_ENDPOINT_URL_STS": server.url}, Settings(max_retries=0))


@pytest.fixture
async def sts(seaweedfs: SeaweedFS) -> AsyncIterator[StsClient]:
    http = Http(HttpOptions())
    yield StsClient(http, options(seaweedfs))
    await http.aclose()


@pytest.fixture
def key(seaweedfs: SeaweedFS) -> LongTermKey:
    return LongTermKey(access_key_id=seaweedfs.access_key_id, secret_access_key=Secret(seaweedfs.secret_access_key))


async def who(sts: StsClient, signer: SigningKey, server: SeaweedFS) -> str:
    return (await sts.get_caller_identity(signer=signer, region=server.region)).arn


def assume(server: SeaweedFS, name: str = "alice", *, role: str = "") -> r.AssumeRole:
    return r.AssumeRole(role_arn=role or server.role_arn, role_session_name=name, duration_seconds=3600)


async def test_a_long_term_key_signs(sts: StsClient, key: LongTermKey, seaweedfs: SeaweedFS) -> None:
    assert (await who(sts, key, seaweedfs)).endswith(":user/alice")


async def test_a_role_is_assumed_and_signs(sts: StsClient, key: LongTermKey, seaweedfs: SeaweedFS) -> None:
    before = datetime.now(UTC)
    got = await sts.assume_role(assume(seaweedfs, "a+=,.@-_b"), signer=key, region=seaweedfs.region)
    assert got.arn == "arn:aws:sts::111122223333:assumed-role/Admin/a+=,.@-_b"
    assert abs(got.credentials.expires - before - timedelta(hours=1)) < timedelta(minutes=2)
    assert await who(sts, got.credentials, seaweedfs) == got.arn


async def test_sixty_sessions_one_after_the_other(sts: StsClient, key: LongTermKey, seaweedfs: SeaweedFS) -> None:
    # Signatures depend on every bit of date, body and token: many different ones have to be right.
    for number in range(60):
        got = await sts.assume_role(assume(seaweedfs, f"alice-{number}"), signer=key, region=seaweedfs.region)
        assert await who(sts, got.credentials, seaweedfs) == got.arn
    assert {each.status for each in sts.exchanges} == {200}


async def test_a_federated_user_is_obtained_and_signs(sts: StsClient, key: LongTermKey, seaweedfs: SeaweedFS) -> None:
    policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
    request = r.GetFederationToken(name="guest", policy=policy, duration_seconds=900)
    got = await sts.get_federation_token(request, signer=key, region=seaweedfs.region)
    assert got.arn.endswith(":federated-user/guest")
    assert await who(sts, got.credentials, seaweedfs) == got.arn


async def test_an_id_token_is_redeemed_without_a_signature(sts: StsClient, seaweedfs: SeaweedFS) -> None:
    request = r.AssumeRoleWithWebIdentity(
        role_arn=seaweedfs.web_role_arn,
        role_session_name="alice",
        web_identity_token=Secret(seaweedfs.issuer.token()),
    )
    got = await sts.assume_role_with_web_identity(request, region=seaweedfs.region)
    # This server does not name the role's session in its answer; who signs, it knows.
    assert got.subject_from_web_identity_token == "alice"
    assert got.credentials.expires > datetime.now(UTC)
    assert (await who(sts, got.credentials, seaweedfs)).endswith("assumed-role/Web/alice")


@pytest.mark.parametrize("broken", ["expired", "stranger", "audience", "nonsense"])
async def test_an_id_token_that_is_not_good(sts: StsClient, seaweedfs: SeaweedFS, broken: str) -> None:
    make = seaweedfs.issuer.token
    token = {
        "expired": make(seconds=-300),
        "stranger": make(stranger=True),
        "audience": make(audience="somebody-else"),
        "nonsense": "a.b.c",
    }[broken]
    request = r.AssumeRoleWithWebIdentity(
        role_arn=seaweedfs.web_role_arn, role_session_name="alice", web_identity_token=Secret(token)
    )
    with pytest.raises(RolecallError) as caught:
        await sts.assume_role_with_web_identity(request, region=seaweedfs.region)
    assert isinstance(caught.value, errors.Told)
    assert token not in str(caught.value)


async def test_a_wrong_secret_is_told_as_such(sts: StsClient, key: LongTermKey, seaweedfs: SeaweedFS) -> None:
    with pytest.raises(errors.SignatureDoesNotMatch) as caught:
        await who(sts, replace(key, secret_access_key=Secret("canary")), seaweedfs)
    assert "secret access key" in caught.value.remedy
    assert "canary" not in str(caught.value)


async def test_an_unknown_key_is_told_as_such(sts: StsClient, key: LongTermKey, seaweedfs: SeaweedFS) -> None:
    with pytest.raises(errors.InvalidClientTokenId):
        await who(sts, replace(key, access_key_id="AKIAUNKNOWNEXAMPLE00"), seaweedfs)


async def test_a_changed_session_token_is_refused(sts: StsClient, key: LongTermKey, seaweedfs: SeaweedFS) -> None:
    got = await sts.assume_role(assume(seaweedfs), signer=key, region=seaweedfs.region)
    token = got.credentials.session_token.reveal()
    changed: Credentials = replace(got.credentials, session_token=Secret(f"{token[:-2]}xx"))
    with pytest.raises(Denied):
        await who(sts, changed, seaweedfs)


async def test_a_role_that_is_not_there_is_denied(sts: StsClient, key: LongTermKey, seaweedfs: SeaweedFS) -> None:
    request = assume(seaweedfs, role="arn:aws:iam::111122223333:role/Nobody")
    with pytest.raises(errors.AccessDenied) as caught:
        await sts.assume_role(request, signer=key, region=seaweedfs.region)
    assert "trust policy" in caught.value.remedy


async def test_a_clock_that_is_wrong(key: LongTermKey, seaweedfs: SeaweedFS) -> None:
    http = Http(HttpOptions(), now=lambda: utc_now() + timedelta(hours=2))
    late = StsClient(http, options(seaweedfs), now=lambda: utc_now() + timedelta(hours=2))
    try:
        assert (await who(late, key, seaweedfs)).endswith(":user/alice")
        assert abs(late.clock_skew + timedelta(hours=2)) < timedelta(seconds=30)
        assert [each.status for each in late.exchanges][-1] == 200
    finally:
        await http.aclose()
