from __future__ import annotations

import asyncio
import gzip
import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials

from app.adapters.http import ANSWER_LONGEST, Http, HttpOptions
from app.adapters.sts import errors
from app.adapters.sts.client import PAUSE_LONGEST, StsClient, StsOptions
from app.domain import sts_requests as r
from app.domain.configuration import Settings
from app.domain.credentials import Credentials, LongTermKey, SigningKey
from app.domain.endpoints import EndpointOptions
from app.domain.errors import BadInput, NetworkTrouble, Retry
from app.domain.secret import Secret
from tests.adapters.sts.client_rig import CANARIES, bad, call, client, good, refused
from tests.adapters.sts.raw_server import answer, cut, hang, reset, serving
from tests.adapters.sts.sts_helpers import (
    ASSUME,
    KEY,
    NOW,
    REGION,
    REQUESTS,
    SESSION,
    WITH_CODE,
    WITH_SAML,
    WITH_TOKEN,
    Time,
    recorded,
)

if TYPE_CHECKING:
    from tests.adapters.sts.raw_server import Answer as RawAnswer


# --- One exchange -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", sorted(REQUESTS))
async def test_every_action_goes_out_and_comes_back(action: str) -> None:
    request = REQUESTS[action]
    async with client(good(action)) as (sts, server, _):
        got = await call(sts, request)
    assert got.request_id == "c6104cbe-af31-11e0-8154-cbc7ccf896c7"
    seen = server.seen[0]
    assert (seen.method, seen.target) == ("POST", "/")
    assert seen.headers["content-type"] == "application/x-www-form-urlencoded; charset=utf-8"
    form = {name: values[0] for name, values in parse_qs(seen.body.decode(), strict_parsing=True).items()}
    assert (form.pop("Action"), form.pop("Version")) == (action, "2011-06-15")
    assert form == {n: v.reveal() if isinstance(v, Secret) else v for n, v in request.parameters()}
    assert ("authorization" in seen.headers) == request.SIGNED
    assert ("x-amz-date" in seen.headers) == request.SIGNED


@pytest.mark.parametrize("signer", [KEY, SESSION])
async def test_botocore_agrees_with_what_was_sent(signer: SigningKey, monkeypatch: pytest.MonkeyPatch) -> None:
    request = replace(ASSUME, tags=(("Größe", "zwölf km/h"),), policy='{"a": "b+c&d"}')
    async with client(good()) as (sts, server, _):
        await call(sts, request, signer)
        url = server.url
    seen = server.seen[0]
    token = signer.session_token
    theirs = AWSRequest(
        "POST", f"{url}/", {n: seen.headers[n] for n in ("content-type", "accept", "host")}, data=seen.body
    )
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: NOW)
    keys = BotoCredentials(signer.access_key_id, signer.secret_access_key.reveal(), token.reveal() if token else None)
    SigV4Auth(keys, "sts", REGION).add_auth(theirs)
    assert seen.headers["authorization"] == theirs.headers["Authorization"]
    assert seen.headers.get("x-amz-security-token") == (token.reveal() if token else None)


async def test_one_connection_for_all() -> None:
    async with client(good("GetCallerIdentity")) as (sts, server, _):
        for _ in range(3):
            await call(sts, REQUESTS["GetCallerIdentity"])
    assert server.connections == 1


# --- Before anything is sent ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("request_", [ASSUME, WITH_SAML, WITH_TOKEN])
async def test_arn_and_region_of_different_partitions_are_refused(request_: r.Request) -> None:
    async with client(good()) as (sts, server, _):
        error = await refused(sts, request_, region="cn-north-1")
    assert error.code == "partition-mismatch"
    assert error.field == "RoleArn"
    assert not server.seen


async def test_the_providers_arn_has_to_agree_too() -> None:
    request = replace(WITH_SAML, principal_arn="arn:aws-cn:iam::123456789012:saml-provider/Corp")
    async with client(good()) as (sts, server, _):
        error = await refused(sts, request)
    assert error.field == "PrincipalArn"
    assert not server.seen


@pytest.mark.parametrize("region", ["", "eu west", "eu-west-1.example.com/"])
async def test_what_is_no_region(region: str) -> None:
    async with client(good()) as (sts, server, _):
        assert (await refused(sts, region=region)).code == "region"
    assert not server.seen


@pytest.mark.parametrize(
    "signer",
    [
        LongTermKey(access_key_id="", secret_access_key=Secret("canary")),
        LongTermKey(access_key_id="AKIA\r\nX: y", secret_access_key=Secret("canary")),
        LongTermKey(access_key_id="AKIA/x", secret_access_key=Secret("canary")),
        LongTermKey(access_key_id="AKIA,x", secret_access_key=Secret("canary")),
        LongTermKey(access_key_id="АKIA", secret_access_key=Secret("canary")),  # noqa: RUF001  # the first letter is Cyrillic
        LongTermKey(access_key_id="AKIA", secret_access_key=Secret("")),
        replace(SESSION, session_token=Secret("canary\r\nx")),
        replace(SESSION, session_token=Secret("")),
        replace(SESSION, session_token=Secret("canaryé")),
    ],
)
async def test_keys_that_cannot_stand_in_a_header(signer: SigningKey) -> None:
    async with client(good()) as (sts, server, _):
        error = await refused(sts, signer=signer)
    assert isinstance(error, BadInput)
    assert error.code == "signer"
    assert not server.seen


# --- Patience ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [
        bad("Throttling", 400),
        bad("RequestLimitExceeded", 503),
        bad("InternalFailure", 500),
        answer("<html>busy</html>", 503),
        answer("<html>sign in</html>"),
        answer(""),
        reset,
        cut(b""),
        cut(answer(b"x" * 50)[:-10]),
        answer(recorded("AssumeRole")[:300]),
        answer(b"x" * (ANSWER_LONGEST + 1)),
        answer(gzip.compress(b"x" * ANSWER_LONGEST * 20), headers=(("Content-Encoding", "gzip"),)),
    ],
)
async def test_trouble_that_passes_is_tried_again(first: RawAnswer) -> None:
    async with client(first, first, good()) as (sts, server, time):
        assert (await call(sts, ASSUME)).arn.endswith("/alice")
    assert len(server.seen) == 3
    assert time.pauses == [0.5, 1.0]


async def test_after_three_tries_it_says_why() -> None:
    async with client(bad("Throttling", 400)) as (sts, server, time):
        error = await refused(sts)
    assert type(error) is errors.Throttling
    assert error.retry is Retry.BACK_OFF
    assert len(server.seen) == 3
    assert len(time.pauses) == 2


@pytest.mark.parametrize(("chance", "pauses"), [(0.0, [0.0, 0.0]), (0.5, [0.25, 0.5]), (1.0, [0.5, 1.0])])
async def test_pauses_are_spread_by_chance(chance: float, pauses: list[float]) -> None:
    async with client(bad("Throttling", 400), chance=chance) as (sts, _, time):
        await refused(sts)
    assert time.pauses == pauses


async def test_retry_after_is_honoured_up_to_a_cap() -> None:
    async with client(bad("Throttling", 429, retry_after="3"), bad("Throttling", 429, retry_after="9999"), good()) as (
        sts,
        _,
        time,
    ):
        await call(sts, ASSUME)
    assert time.pauses == [3.0, PAUSE_LONGEST]


async def test_nothing_is_begun_when_patience_is_over() -> None:
    async with client(bad("Throttling", 429, retry_after="7"), max_retries=50) as (sts, server, time):
        await refused(sts)
    assert time.passed <= 20
    assert len(server.seen) == 3


async def test_no_retries_if_so_set() -> None:
    async with client(bad("InternalError", 500), max_retries=0) as (sts, server, _):
        await refused(sts)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("name", "status", "request_"),
    [
        ("AccessDenied", 403, ASSUME),
        ("ValidationError", 400, ASSUME),
        ("InvalidClientTokenId", 403, ASSUME),
        ("SignatureDoesNotMatch", 403, ASSUME),
        ("ExpiredToken-signed", 403, ASSUME),
        ("ExpiredToken-federated", 400, WITH_TOKEN),
        ("InvalidIdentityToken", 400, WITH_TOKEN),
    ],
)
async def test_refusals_are_not_repeated(name: str, status: int, request_: r.Request) -> None:
    async with client(bad(name, status)) as (sts, server, time):
        await refused(sts, request_)
    assert len(server.seen) == 1
    assert not time.pauses


async def test_a_provider_that_aws_could_not_reach_is_tried_again() -> None:
    async with client(bad("IDPCommunicationError", 400), good("AssumeRoleWithWebIdentity")) as (sts, server, _):
        await call(sts, WITH_TOKEN)
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    "first",
    [
        bad("Throttling", 400),
        bad("InternalFailure", 500),
        bad("WrongMfaCode", 403),
        bad("SignatureExpired", 403, timedelta(hours=1)),
        answer("<html></html>"),
        answer(""),
        reset,
        cut(b""),
    ],
)
@pytest.mark.parametrize(
    "request_",
    [WITH_CODE, r.GetSessionToken(serial_number="GAHT12345678", token_code=Secret("654321"))],
)
async def test_a_call_with_a_code_is_sent_once(first: RawAnswer, request_: r.Request) -> None:
    async with client(first, good(), good()) as (sts, server, time):
        await refused(sts, request_)
    assert len(server.seen) == 1
    assert not time.pauses


async def test_a_hanging_server_is_given_up() -> None:
    time = Time()
    async with serving(hang) as server:
        http = Http(HttpOptions(read_timeout=0.05))
        sts = StsClient(
            http,
            StsOptions(endpoints=EndpointOptions(sts_override=server.url), max_retries=1),
            now=time.now,
            monotonic=time.monotonic,
            sleep=time.sleep,
        )
        error = await refused(sts)
        await http.aclose()
        assert len(server.seen) == 2
    assert isinstance(error, NetworkTrouble)
    assert error.code == "timeout"


async def test_redirects_are_somebody_else() -> None:
    async with client(answer("", 307, headers=(("Location", "http://127.0.0.1:1/"),)), max_retries=0) as (
        sts,
        server,
        _,
    ):
        assert (await refused(sts)).code == "not-aws"
    assert len(server.seen) == 1


# --- The log of exchanges ---------------------------------------------------------------------------------------------


async def test_the_log_tells_what_happened_without_secrets(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with client(bad("Throttling", 400), good(), bad("AccessDenied", 403), reset) as (sts, server, _):
        await call(sts, ASSUME, SESSION)
        await refused(sts, WITH_CODE)
        await refused(sts, WITH_CODE)
        log = sts.exchanges
        host = server.url.removeprefix("http://")
    assert [(each.action, each.status, each.code) for each in log] == [
        ("AssumeRole", 400, "throttling"),
        ("AssumeRole", 200, ""),
        ("AssumeRole", 403, "access-denied"),
        ("AssumeRole", 0, "reset"),
    ]
    assert {each.endpoint for each in log} == {host}
    assert log[0].started == NOW
    assert log[1].request_id == "c6104cbe-af31-11e0-8154-cbc7ccf896c7"
    assert [each.signed_by for each in log] == ["ASIA…MPLE", "ASIA…MPLE", "AKIA…MPLE", "AKIA…MPLE"]
    assert dict(log[1].parameters)["RoleArn"] == ASSUME.role_arn
    assert dict(log[2].parameters)["TokenCode"] is None
    assert (log[1].message, log[3].message) == ("", "")
    assert "is not authorized" in log[2].message
    assert not [canary for canary in CANARIES if canary in repr(log) + caplog.text]


async def test_the_log_keeps_no_token_that_an_answer_repeats() -> None:
    told = f"x-amz-security-token:{SESSION.session_token.reveal()} is not what was signed"
    body = f"<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>{told}</Message></Error></ErrorResponse>"
    async with client(answer(body.encode(), 403)) as (sts, _, _):
        error = await refused(sts, signer=SESSION)
        assert error.detail == sts.exchanges[0].message == "x-amz-security-token:(hidden) is not what was signed"


async def test_each_exchange_tells_the_clock_as_its_answer_had_it() -> None:
    late, right = timedelta(minutes=7), timedelta(0)
    async with client(good("GetCallerIdentity", late), good("GetCallerIdentity", right), reset) as (sts, _, _time):
        await call(sts, REQUESTS["GetCallerIdentity"])
        await call(sts, REQUESTS["GetCallerIdentity"])
        await refused(sts, WITH_CODE)
        first, second, third = (each.skew for each in sts.exchanges)
    assert first is not None
    assert second is not None
    # The Date header has whole seconds
    assert abs(first - late) < timedelta(seconds=1)
    assert abs(second - right) < timedelta(seconds=1)
    assert third is None


async def test_the_log_has_an_end() -> None:
    async with client(good("GetCallerIdentity"), log_length=3) as (sts, _, _time):
        for _ in range(5):
            await call(sts, REQUESTS["GetCallerIdentity"])
        assert len(sts.exchanges) == 3


async def test_a_cancelled_call_is_told_as_such() -> None:
    async with client(hang) as (sts, server, _):
        task = asyncio.ensure_future(call(sts, ASSUME))
        await server.arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert [each.code for each in sts.exchanges] == ["cancelled"]


async def test_other_options_hold_from_the_next_call_on() -> None:
    async with client(good("GetCallerIdentity")) as (sts, first, _), serving(good("GetCallerIdentity")) as second:
        await call(sts, REQUESTS["GetCallerIdentity"])
        sts.reconfigure(StsOptions(endpoints=EndpointOptions(sts_override=second.url)))
        await call(sts, REQUESTS["GetCallerIdentity"])
        assert (len(first.seen), len(second.seen)) == (1, 1)
        assert len(sts.exchanges) == 2


def test_options_from_environment() -> None:
    env = {"AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9", "AWS_REGION": "eu-north-1"}
    found = StsOptions.from_environment(env, Settings(max_retries=4, retry_base=0.1, read_timeout=60))
    assert found.endpoints.sts("eu-west-1").url == "http://127.0.0.1:9/"
    assert found.endpoints.region == "eu-north-1"
    assert (found.max_retries, found.retry_base, found.patience) == (4, 0.1, 65)
    assert StsOptions.from_environment({}, Settings()).patience == 20


async def test_a_call_gives_its_credentials_as_whole_value() -> None:
    async with client(good()) as (sts, _, _time):
        got = await call(sts, ASSUME)
    assert isinstance(got.credentials, Credentials)
    assert got.credentials.session_token.reveal().endswith("==")
