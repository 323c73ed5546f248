from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.standin.standin_clients import Raw, Untyped, arn, keys_of, plain, refused, sts

if TYPE_CHECKING:
    from app.standin import StandIn

WHO = {"Action": "GetCallerIdentity", "Version": "2011-06-15"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MISMATCH = (403, "SignatureDoesNotMatch")
INCOMPLETE = (400, "IncompleteSignature")
DEPLOY = arn("123456789012", "Deploy")


def header(name: str, old: str, new: str) -> Untyped:
    def spoil(request: Untyped) -> None:
        value = request.headers[name]
        assert old in value
        del request.headers[name]
        request.headers[name] = value.replace(old, new)

    return spoil


def test_a_right_signature_is_accepted_in_both_forms(aws: StandIn) -> None:
    assert Raw(aws, WHO).send()[0] == 200
    assert Raw(aws, WHO, presigned=60).send()[0] == 200
    assert [each.principal_arn for each in aws.requests] == [aws.world.users["alice"].arn] * 2


def test_odd_texts_in_the_query_are_signed_in_one_encoding(aws: StandIn) -> None:
    fields = {
        "Action": "AssumeRole",
        "Version": "2011-06-15",
        "RoleArn": DEPLOY,
        "RoleSessionName": "a+b=c,d.e@f-g",
        "Tags.member.1.Key": "equipe é /",
        "Tags.member.1.Value": "a b+c",
    }
    status, body = Raw(aws, fields, presigned=60).send()
    assert (status, "a+b=c,d.e@f-g" in body) == (200, True)


def test_a_wrong_secret_or_key_is_told_apart(aws: StandIn) -> None:
    alice = aws.world.users["alice"]
    wrong = sts(aws, {"AccessKeyId": alice.access_key_id, "SecretAccessKey": "x" * 40})
    nobody = sts(aws, {"AccessKeyId": "AKIAAAAAAAAAAAAAAAAA", "SecretAccessKey": alice.secret_access_key})
    assert refused(wrong.get_caller_identity).code == "SignatureDoesNotMatch"
    assert refused(nobody.get_caller_identity).code == "InvalidClientTokenId"
    assert [each.principal_arn for each in aws.requests] == ["", ""]


def test_an_unsigned_call_is_refused(aws: StandIn) -> None:
    body = b"Action=GetCallerIdentity&Version=2011-06-15"
    assert plain(aws, "POST", f"{aws.url}/", FORM, body) == (403, "MissingAuthenticationToken")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda request: request.headers.add_header("X-Amz-Extra", "unsigned"),
        header("Authorization", "host;", ""),
        header("Authorization", "host;", "host;missing;"),
    ],
    ids=["unsigned x-amz header", "host not signed", "signed header missing"],
)
def test_headers_have_to_be_signed(aws: StandIn, spoil: Untyped) -> None:
    assert Raw(aws, WHO, after=spoil).send() == MISMATCH


def test_the_body_is_signed(aws: StandIn) -> None:
    def change(request: Untyped) -> None:
        request.data = request.data.replace(b"GetCallerIdentity", b"GetSessionToken")

    assert Raw(aws, WHO, after=change).send() == MISMATCH


def test_a_stated_hash_has_to_be_the_bodys(aws: StandIn) -> None:
    assert Raw(aws, WHO, headers={"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}).send() == MISMATCH


def test_the_query_is_signed(aws: StandIn) -> None:
    def change(request: Untyped) -> None:
        request.url = request.url.replace("X-Amz-Expires=60", "X-Amz-Expires=600")

    assert Raw(aws, WHO, presigned=60, after=change).send() == MISMATCH


@pytest.mark.parametrize(("service", "region"), [("iam", "eu-west-1"), ("sts", "nowhere")])
def test_the_scope_has_to_fit(aws: StandIn, service: str, region: str) -> None:
    assert Raw(aws, WHO, service=service, region=region).send() == MISMATCH


def test_the_date_of_the_scope_is_the_dates(aws: StandIn) -> None:
    today = datetime.now(UTC).strftime("%Y%m%d")
    assert Raw(aws, WHO, after=header("Authorization", f"/{today}/", "/20200101/")).send() == MISMATCH


@pytest.mark.parametrize(
    ("old", "new"),
    [("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"), ("Signature=", "Other="), ("SignedHeaders=", "Other="), ("/sts/", "/")],
)
def test_a_broken_header_is_incomplete(aws: StandIn, old: str, new: str) -> None:
    assert Raw(aws, WHO, after=header("Authorization", old, new)).send() == INCOMPLETE


def test_a_date_that_is_none_is_incomplete(aws: StandIn) -> None:
    assert Raw(aws, WHO, after=header("X-Amz-Date", "Z", "")).send() == INCOMPLETE


@pytest.mark.parametrize("minutes", [-14, 14])
def test_a_clock_may_be_a_quarter_of_an_hour_off(aws: StandIn, minutes: int) -> None:
    assert Raw(aws, WHO, signed_at=datetime.now(UTC) + timedelta(minutes=minutes)).send()[0] == 200


@pytest.mark.parametrize(("minutes", "words"), [(16, "Signature expired: "), (-16, "Signature not yet current: ")])
def test_but_not_more(aws: StandIn, minutes: int, words: str) -> None:
    aws.clock_offset = timedelta(minutes=minutes)
    got = refused(sts(aws).get_caller_identity)
    assert (got.status, got.code) == MISMATCH
    assert got.message.startswith(words)


def test_a_presigned_url_ends(aws: StandIn) -> None:
    earlier = datetime.now(UTC) - timedelta(seconds=90)
    assert Raw(aws, WHO, presigned=60, signed_at=earlier).send() == MISMATCH
    assert Raw(aws, WHO, presigned=600, signed_at=earlier).send()[0] == 200
    assert Raw(aws, WHO, presigned=700000).send() == INCOMPLETE


def test_a_session_token_has_to_be_the_one_that_was_issued(aws: StandIn) -> None:
    keys = keys_of(aws, DEPLOY)
    other = keys_of(aws, DEPLOY)
    for token in (other["SessionToken"], None, keys["SessionToken"][:-1]):
        got = refused(sts(aws, {**keys, "SessionToken": token}).get_caller_identity)
        assert (got.status, got.code) == (403, "InvalidClientTokenId")
    assert sts(aws, keys).get_caller_identity()["Account"] == "123456789012"


def test_a_users_own_key_has_no_token(aws: StandIn) -> None:
    assert Raw(aws, WHO, token="anything").send() == (403, "InvalidClientTokenId")


def test_an_expired_session_is_told_only_to_who_has_its_secret(aws: StandIn) -> None:
    keys = keys_of(aws, DEPLOY)
    aws.expire(keys["AccessKeyId"])
    got = refused(sts(aws, keys).get_caller_identity)
    assert (got.status, got.code) == (403, "ExpiredToken")
    assert refused(sts(aws, {**keys, "SecretAccessKey": "x"}).get_caller_identity).code == "SignatureDoesNotMatch"
    with pytest.raises(KeyError):
        aws.expire("ASIANOBODY")
