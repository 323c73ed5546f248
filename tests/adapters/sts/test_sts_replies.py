from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from botocore.parsers import create_parser
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.sts import decode, errors, replies
from app.domain import sts_answers as answers
from app.domain.errors import (
    NetworkTrouble,
    Retry,
    RolecallError,
    ServiceTrouble,
)
from tests.adapters.sts.sts_helpers import (
    ASSUME,
    NOW,
    REQUESTS,
    WITH_CODE,
    received,
    recorded,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.sts_requests import Request

HOST = "sts.eu-west-1.amazonaws.com"
DECODERS: dict[str, Callable[[replies.Reply, datetime], Any]] = {
    "AssumeRole": decode.assumed_role,
    "AssumeRoleWithSAML": decode.assumed_role_with_saml,
    "AssumeRoleWithWebIdentity": decode.assumed_role_with_web_identity,
    "GetSessionToken": decode.session_token,
    "GetFederationToken": decode.federation_token,
    "GetCallerIdentity": decode.caller_identity,
    "GetAccessKeyInfo": decode.access_key_info,
    "DecodeAuthorizationMessage": decode.decoded_message,
}
ID = "c6104cbe-af31-11e0-8154-cbc7ccf896c7"


def read(action: str, body: bytes | str, now: datetime = NOW) -> Any:  # noqa: ANN401  # eight kinds of answer
    return DECODERS[action](replies.read_reply(received(body), REQUESTS[action], HOST), now)


def refused(body: bytes | str, status: int, request: Request = ASSUME, request_id: str = "") -> RolecallError:
    with pytest.raises(RolecallError) as caught:
        replies.read_reply(received(body, status, request_id), request, HOST)
    error = caught.value
    assert error.title
    assert error.remedy
    assert error.code
    return error


# --- Answers ----------------------------------------------------------------------------------------------------------


def test_assume_role() -> None:
    got = read("AssumeRole", recorded("AssumeRole"))
    assert isinstance(got, answers.AssumedRole)
    assert got.credentials.access_key_id == "ASIAIOSFODNN7EXAMPLE"
    assert got.credentials.secret_access_key.reveal() == "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY"
    assert got.credentials.session_token.reveal().startswith("FwoGZXIvYXdzEXAMPLE")
    assert got.credentials.session_token.reveal().endswith("xyz==")
    assert got.credentials.expires == datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    assert got.arn == "arn:aws:sts::123456789012:assumed-role/Admin/alice"
    assert got.assumed_role_id == "AROACLKWSDQRAOEXAMPLE:alice"
    assert (got.packed_policy_size, got.source_identity, got.request_id) == (6, "Alice", ID)
    assert "wJalr" not in repr(got)
    assert "FwoG" not in repr(got)


def test_assume_role_with_saml() -> None:
    got = read("AssumeRoleWithSAML", recorded("AssumeRoleWithSAML"))
    assert isinstance(got, answers.AssumedRoleWithSAML)
    assert (got.subject, got.subject_type) == ("SamlExample", "transient")
    assert got.issuer == "https://idp.example.com/saml"
    assert got.audience == "https://signin.aws.amazon.com/saml"
    assert got.name_qualifier == "SbdGOnUkh1i4+EXAMPLExL/jEvs="
    assert (got.packed_policy_size, got.source_identity) == (4, "SourceIdentityValue")


def test_assume_role_with_web_identity() -> None:
    got = read("AssumeRoleWithWebIdentity", recorded("AssumeRoleWithWebIdentity"))
    assert isinstance(got, answers.AssumedRoleWithWebIdentity)
    assert got.subject_from_web_identity_token == "amzn1.account.EXAMPLE"
    assert (got.provider, got.audience) == ("accounts.example.com", "rolecall")
    assert got.packed_policy_size is None
    assert got.credentials.expires == datetime(2026, 11, 22, 2, 30, tzinfo=UTC)


def test_session_and_federation_token() -> None:
    assert read("GetSessionToken", recorded("GetSessionToken")).request_id == ID
    got = read("GetFederationToken", recorded("GetFederationToken"))
    assert got.arn == "arn:aws:sts::123456789012:federated-user/guest"
    assert (got.federated_user_id, got.packed_policy_size) == ("123456789012:guest", 8)


def test_who_which_account_and_why() -> None:
    assert read("GetCallerIdentity", recorded("GetCallerIdentity")) == answers.CallerIdentity(
        account="123456789012",
        arn="arn:aws:iam::123456789012:user/Alice",
        user_id="AIDACKCEVSQ6C2EXAMPLE",
        request_id=ID,
    )
    assert read("GetAccessKeyInfo", recorded("GetAccessKeyInfo")).account == "111122223333"
    assert read("DecodeAuthorizationMessage", recorded("DecodeAuthorizationMessage")).text.startswith(
        '{"allowed":false'
    )


@pytest.mark.parametrize("action", sorted(REQUESTS))
def test_botocore_reads_the_same_from_the_recorded_answer(action: str) -> None:
    shape = botocore.session.Session().get_service_model("sts").operation_model(action).output_shape
    theirs = create_parser("query").parse({"status_code": 200, "headers": {}, "body": recorded(action)}, shape)
    ours = read(action, recorded(action))
    if "Credentials" in theirs:
        assert ours.credentials.access_key_id == theirs["Credentials"]["AccessKeyId"].strip()
        assert ours.credentials.session_token.reveal() == theirs["Credentials"]["SessionToken"].strip()
        assert ours.credentials.expires == theirs["Credentials"]["Expiration"]
    for name, theirs_name in (("arn", "Arn"), ("account", "Account"), ("text", "DecodedMessage"), ("issuer", "Issuer")):
        if theirs_name in theirs:
            assert getattr(ours, name) == theirs[theirs_name]


@pytest.mark.parametrize("action", sorted(REQUESTS))
def test_answers_without_namespace_with_header_id_and_with_a_byte_order_mark(action: str) -> None:
    body = recorded(action).replace(b' xmlns="https://sts.amazonaws.com/doc/2011-06-15/"', b"")
    reply = replies.read_reply(received(b"\xef\xbb\xbf" + body), REQUESTS[action], HOST)
    assert reply.request_id == ID
    nameless = body.replace(b"<RequestId>" + ID.encode() + b"</RequestId>", b"")
    reply = replies.read_reply(received(nameless, request_id=" from-header "), REQUESTS[action], HOST)
    assert reply.request_id == "from-header"
    assert replies.read_reply(received(nameless), REQUESTS[action], HOST).request_id == ""


def test_an_id_or_code_that_repeats_the_mfa_code_is_not_told() -> None:
    body = recorded("AssumeRole").replace(ID.encode(), b"id-654321")
    assert replies.read_reply(received(body, request_id="x654321"), WITH_CODE, HOST).request_id == ""
    assert replies.read_reply(received(body, request_id=ID), WITH_CODE, HOST).request_id == ID
    error, rest = "<ErrorResponse><Error><Code>{}</Code><Message>no</Message></Error>", "<RequestId>{}</RequestId>"
    refusal = f"{error}{rest}</ErrorResponse>"
    assert refused(refusal.format("AccessDenied", "654321"), 403, WITH_CODE, ID).request_id == ID
    assert refused("busy", 503, WITH_CODE, "654321").request_id == ""
    assert refused(refusal.format("No654321", ID), 400, WITH_CODE).code == "answer-incomplete"
    assert refused(refusal.format("No654322", ID), 400, WITH_CODE).title.endswith("No654322")


REQUIRED = [
    (action, name)
    for action, names in {
        "AssumeRole": ["Arn", "AssumedRoleId"],
        "AssumeRoleWithSAML": ["Arn", "AssumedRoleId"],
        "AssumeRoleWithWebIdentity": ["Arn", "AssumedRoleId"],
        "GetSessionToken": [],
        "GetFederationToken": ["Arn", "FederatedUserId"],
        "GetCallerIdentity": ["Arn", "UserId", "Account"],
        "GetAccessKeyInfo": ["Account"],
        "DecodeAuthorizationMessage": ["DecodedMessage"],
    }.items()
    for name in names
    + (["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"] if b"<Credentials>" in recorded(action) else [])
]


@pytest.mark.parametrize(("action", "name"), REQUIRED)
@pytest.mark.parametrize("how", ["missing", "empty", "doubled", "nested"])
def test_an_answer_that_lacks_something_is_no_answer(action: str, name: str, how: str) -> None:
    body = recorded(action).decode()
    start, end = body.index(f"<{name}>"), body.index(f"</{name}>") + len(f"</{name}>")
    element = body[start:end]
    other = {
        "missing": "",
        "empty": f"<{name}>  \n</{name}>",
        "doubled": element * 2,
        "nested": f"<{name}>{element}</{name}>",
    }[how]
    with pytest.raises(ServiceTrouble) as caught:
        read(action, body[:start] + other + body[end:])
    assert caught.value.code == "answer-incomplete"
    assert name in caught.value.detail
    assert "wJalr" not in str(caught.value)
    assert "FwoG" not in str(caught.value)


@pytest.mark.parametrize("part", ["Credentials", "AssumedRoleUser", "AssumeRoleResult"])
def test_a_missing_or_doubled_part_is_no_answer(part: str) -> None:
    body = recorded("AssumeRole").decode()
    start, end = body.index(f"<{part}>"), body.index(f"</{part}>") + len(f"</{part}>")
    for other in ("", body[start:end] * 2):
        with pytest.raises(ServiceTrouble) as caught:
            read("AssumeRole", body[:start] + other + body[end:])
        assert caught.value.code == "answer-incomplete"
        assert part in caught.value.detail


def test_only_a_web_identity_may_go_unnamed() -> None:
    user = re.compile(rb"<AssumedRoleUser>.*</AssumedRoleUser>", re.DOTALL)
    got = read("AssumeRoleWithWebIdentity", user.sub(b"", recorded("AssumeRoleWithWebIdentity")))
    assert (got.arn, got.assumed_role_id) == ("", "")
    for action in ("AssumeRole", "AssumeRoleWithSAML"):
        with pytest.raises(ServiceTrouble):
            read(action, user.sub(b"", recorded(action)))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T02:30:00Z", NOW + timedelta(hours=1)),
        ("2026-11-22T02:30:00.999Z", NOW + timedelta(hours=1)),
        ("2026-11-22T02:30:00.123456789Z", NOW + timedelta(hours=1)),
        ("2026-11-22T02:30:00+00:00", NOW + timedelta(hours=1)),
        ("2026-11-22T04:30:00+02:00", NOW + timedelta(hours=1)),
        ("\n   2026-11-22T02:30:00Z\n  ", NOW + timedelta(hours=1)),
        ("2026-11-23T13:30:00Z", NOW + timedelta(hours=36)),
    ],
)
def test_expiry_with_and_without_fractions(text: str, moment: datetime) -> None:
    body = recorded("GetSessionToken").decode().replace("2026-11-22T02:30:00Z", text)
    assert read("GetSessionToken", body).credentials.expires == moment


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-11-22T01:29:59Z", "answer-expired"),
        ("2026-11-22T01:30:00Z", "answer-expired"),
        ("1970-01-01T00:00:00Z", "answer-expired"),
        ("2026-11-24T02:00:00Z", "answer-implausible"),
        ("9999-12-31T23:59:59Z", "answer-implausible"),
        ("2026-11-22", "answer-incomplete"),
        ("tomorrow", "answer-incomplete"),
        ("2026-13-40T02:30:00Z", "answer-incomplete"),
        ("0001-01-01T00:00:00+23:00", "answer-incomplete"),
        ("1795311000", "answer-incomplete"),
        ("2026-11-22T02:30:00", "answer-incomplete"),
        ("٢٠٢٦-11-22T02:30:00Z", "answer-incomplete"),
    ],
)
def test_expiry_that_cannot_be(text: str, code: str) -> None:
    body = recorded("GetSessionToken").decode().replace("2026-11-22T02:30:00Z", text)
    with pytest.raises(ServiceTrouble) as caught:
        read("GetSessionToken", body)
    assert caught.value.code == code
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["AccessKeyId", "SecretAccessKey", "SessionToken"])
@pytest.mark.parametrize("text", ["a b", "a\nb", "é", "a&#10;[evil]"])
def test_credentials_with_characters_that_none_can_have(name: str, text: str) -> None:
    body = recorded("GetSessionToken").decode()
    start, end = body.index(f"<{name}>") + len(name) + 2, body.index(f"</{name}>")
    with pytest.raises(ServiceTrouble) as caught:
        read("GetSessionToken", body[:start] + text + body[end:])
    assert caught.value.code == "answer-incomplete"


def test_a_packed_policy_size_that_is_no_number() -> None:
    body = recorded("AssumeRole").decode().replace("<PackedPolicySize>6", "<PackedPolicySize>six")
    with pytest.raises(ServiceTrouble) as caught:
        read("AssumeRole", body)
    assert "PackedPolicySize" in caught.value.detail


def test_a_very_long_session_token_is_kept_whole() -> None:
    body = recorded("GetSessionToken").decode().replace("FwoG", "x" * 60_000 + "FwoG")
    assert len(read("GetSessionToken", body).credentials.session_token.reveal()) > 60_000


# --- Somebody else ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("<html><body>Welcome to the hotel</body></html>", 200, "not-aws"),
        ("<!DOCTYPE html><html><body>Sign in</body></html>", 200, "not-aws"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x'><html/>", 200, "not-aws"),
        ("\n\n  <HTML><p>unclosed", 200, "not-aws"),
        ("<html></html>", 403, "not-aws"),
        ("<html></html>", 511, "not-aws"),
        ("", 200, "not-aws"),
        ("   ", 200, "not-aws"),
        ("OK", 200, "not-aws"),
        ('{"message": "Missing Authentication Token"}', 200, "not-aws"),
        ("", 302, "not-aws"),
        ("", 204, "not-aws"),
        ("<GetSessionTokenResponse/>", 200, "not-aws"),
        ("<feed/>", 200, "not-aws"),
        (recorded("AssumeRole")[:200], 200, "answer-broken"),
        (recorded("AssumeRole") + b"<more/>", 200, "answer-broken"),
        ("<a>&undefined;</a>", 200, "answer-broken"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 200, "answer-broken"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', 200, "answer-broken"),
        (b"<a>\xff\xfe</a>", 200, "answer-broken"),
        ("", 407, "proxy"),
    ],
)
def test_what_is_not_from_aws(body: str | bytes, status: int, code: str) -> None:
    error = refused(body, status)
    assert isinstance(error, NetworkTrouble)
    assert error.code == code
    assert error.retry is Retry.BACK_OFF
    assert HOST in error.detail
    assert not replies.is_from_aws(error)


@pytest.mark.parametrize(("status", "kind"), [(429, errors.Throttling), (502, errors.ServiceUnavailable)])
def test_a_bare_status_is_trouble_but_not_surely_from_aws(status: int, kind: type[errors.Told]) -> None:
    error = refused("<html></html>", status)
    assert type(error) is kind
    assert error.retry is Retry.BACK_OFF
    assert not replies.is_from_aws(error)


def test_an_answer_for_another_action_is_refused() -> None:
    with pytest.raises(NetworkTrouble):
        read("GetSessionToken", recorded("AssumeRole"))


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), st.integers(100, 599))
def test_no_bytes_lead_to_anything_but_an_error(body: bytes, status: int) -> None:
    refused(body, status)


@given(st.data())
def test_a_damaged_answer_is_whole_or_an_error(data: st.DataObject) -> None:
    body = bytearray(recorded("AssumeRole"))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(body) - 1))
        length = data.draw(st.integers(0, 40))
        body[start : start + length] = data.draw(st.binary(max_size=10))
    try:
        got = read("AssumeRole", bytes(body))
    except RolecallError:
        return
    assert got.arn
    assert got.assumed_role_id
    assert got.credentials.access_key_id
    assert got.credentials.secret_access_key
    assert got.credentials.session_token
    assert got.credentials.expires > NOW
