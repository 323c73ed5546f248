from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from app.standin import StandIn, User
from app.standin.totp import Devices, code_at, step_of
from tests.standin.standin_clients import PRODUCTION, Untyped, arn, assume, code, keys_of, mfa, refused, sts

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.standin import World

DEPLOY, OPERATIONS = arn(PRODUCTION, "Deploy"), arn("210987654321", "Operations")
WRONG_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code. "
# RFC 6238, appendix B, SHA-1: the last six digits of each code.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 20000000000: "353130"}


@pytest.mark.parametrize(("seconds", "expected"), RFC.items())
def test_codes_are_those_of_the_rfc(seconds: int, expected: str) -> None:
    assert code_at(RFC_SECRET, step_of(datetime.fromtimestamp(seconds, UTC))) == expected


def test_a_code_is_good_once_and_only_around_its_time() -> None:
    now = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
    step = step_of(now)
    devices = Devices()
    for offset, expected in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        assert devices.use("one", RFC_SECRET, code_at(RFC_SECRET, step + offset), now) is expected
        assert devices.use("one", RFC_SECRET, code_at(RFC_SECRET, step + offset), now) is False
    assert devices.use("another", RFC_SECRET, code_at(RFC_SECRET, step), now)
    assert devices.use("one", RFC_SECRET, code_at(RFC_SECRET, step + 3), now + timedelta(seconds=90))


def test_a_session_of_a_user(aws: StandIn) -> None:
    got = sts(aws).get_session_token()
    keys = got["Credentials"]
    left = keys["Expiration"] - datetime.now(UTC)
    assert timedelta(seconds=43190) < left <= timedelta(seconds=43200)
    who = sts(aws, keys).get_caller_identity()
    assert who["Arn"] == aws.world.users["alice"].arn
    assert sts(aws).get_session_token()["Credentials"]["AccessKeyId"] != keys["AccessKeyId"]


def test_an_owners_session_is_an_hour_at_most(aws: StandIn) -> None:
    aws.world.users["root"] = owner = User(name="root", account_id="111122223333", root=True)
    client = sts(aws, {"AccessKeyId": owner.access_key_id, "SecretAccessKey": owner.secret_access_key})
    for keys in (client.get_session_token()["Credentials"], client.get_federation_token(Name="me")["Credentials"]):
        assert keys["Expiration"] - datetime.now(UTC) <= timedelta(hours=1)


def test_a_code_is_checked_and_used_up_over_the_wire_too(aws: StandIn) -> None:
    alice = aws.world.users["alice"]
    given = mfa(alice)
    assert sts(aws).get_session_token(**given)["Credentials"]
    for action in (lambda: sts(aws).get_session_token(**given), lambda: assume(aws, OPERATIONS, **given)):
        got = refused(action)
        assert (got.status, got.code, got.message) == (403, "AccessDenied", WRONG_CODE)
    wrong = f"{(int(given['TokenCode']) + 1) % 10**6:06d}"
    if wrong not in {code(alice, step) for step in (-1, 0, 1)}:
        assert refused(lambda: sts(aws).get_session_token(**{**given, "TokenCode": wrong})).message == WRONG_CODE


@pytest.mark.parametrize("missing", ["SerialNumber", "TokenCode"])
def test_device_and_code_come_together(aws: StandIn, missing: str) -> None:
    given = mfa(aws.world.users["alice"])
    del given[missing]
    got = refused(lambda: sts(aws).get_session_token(**given))
    assert "must provide both MFA serial number and one time pass code." in got.message


def test_a_device_of_somebody_else_proves_nothing(aws: StandIn) -> None:
    got = refused(
        lambda: sts(aws).get_session_token(SerialNumber="arn:aws:iam::111122223333:mfa/other", TokenCode="123456")
    )
    assert got.message == (
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid "
        "and associated with this user."
    )


def test_a_federated_user(aws: StandIn) -> None:
    got = sts(aws).get_federation_token(Name="guest", DurationSeconds=900, Tags=[{"Key": "a", "Value": "b"}])
    assert got["FederatedUser"]["Arn"] == "arn:aws:sts::111122223333:federated-user/guest"
    assert got["FederatedUser"]["FederatedUserId"] == "111122223333:guest"
    assert got["PackedPolicySize"] > 0
    who = sts(aws, got["Credentials"]).get_caller_identity()
    assert (who["Arn"], who["UserId"]) == (got["FederatedUser"]["Arn"], "111122223333:guest")


def kinds(aws: StandIn) -> dict[str, Any]:
    return {
        "session": sts(aws).get_session_token()["Credentials"],
        "role": keys_of(aws, DEPLOY),
        "federated": sts(aws).get_federation_token(Name="guest")["Credentials"],
    }


def test_sessions_beget_no_sessions_of_users(aws: StandIn) -> None:
    for keys in kinds(aws).values():
        client = sts(aws, keys)
        got = refused(client.get_session_token)
        assert (got.code, got.message) == ("AccessDenied", "Cannot call GetSessionToken with session credentials")
        got = refused(partial(client.get_federation_token, Name="guest"))
        assert (got.code, got.message) == ("AccessDenied", "Cannot call GetFederationToken with session credentials")


def test_what_each_kind_may_call(aws: StandIn) -> None:
    own = aws.world.users["alice"].access_key_id
    calls: dict[str, Callable[[Untyped], object]] = {
        "assume": lambda client: client.assume_role(RoleArn=DEPLOY, RoleSessionName="alice"),
        "who": lambda client: client.get_caller_identity(),
        "info": lambda client: client.get_access_key_info(AccessKeyId=own),
        "decode": lambda client: client.decode_authorization_message(EncodedMessage="nonsense"),
    }
    allowed = {"session": {"assume", "who"}, "role": {"who", "info", "decode"}, "federated": {"who"}}
    for kind, keys in kinds(aws).items():
        for name, call in calls.items():
            seen: set[str] = set()
            try:
                call(sts(aws, keys))
            except sts(aws).exceptions.ClientError as error:
                seen.add(error.response["Error"]["Code"])
            # Who may decode is told that this is no message; nobody else is told even that.
            assert ("AccessDenied" not in seen) == (name in allowed[kind]), (kind, name, seen)


def test_the_account_of_a_key(aws: StandIn) -> None:
    client = sts(aws)
    assert client.get_access_key_info(AccessKeyId=aws.world.users["alice"].access_key_id)["Account"] == "111122223333"
    assert client.get_access_key_info(AccessKeyId=keys_of(aws, DEPLOY)["AccessKeyId"])["Account"] == PRODUCTION
    assert refused(lambda: client.get_access_key_info(AccessKeyId="AKIAAAAAAAAAAAAAAAAA")).code == "ValidationError"


def test_the_clock_may_be_the_tests_own(world: World) -> None:
    there = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    with StandIn(world, now=lambda: there) as aws:
        got = refused(sts(aws).get_caller_identity)
        assert got.message.startswith("Signature expired: ")
        assert aws.requests[0].time == there


def test_what_is_recorded_holds_no_secret(aws: StandIn) -> None:
    given = mfa(aws.world.users["alice"])
    sts(aws).get_session_token(**given)
    (record,) = aws.requests
    assert record.action == "GetSessionToken"
    assert record.parameters["SerialNumber"] == given["SerialNumber"]
    assert record.parameters["TokenCode"] == "***"
    assert (record.status, record.code, record.principal_arn) == (200, "", aws.world.users["alice"].arn)
    shown = repr(aws.world) + repr(aws.requests)
    assert aws.world.users["alice"].secret_access_key not in shown
    assert aws.world.users["alice"].totp_secret not in shown
    assert given["TokenCode"] not in shown
