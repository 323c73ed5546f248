"""Answers in good form that are not to be used: of somebody else, or with texts that do harm where they are shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.adapters.sts import decode, replies
from app.domain import sts_requests as r
from app.domain.errors import Retry, RolecallError, ServiceTrouble
from app.domain.secret import Secret
from tests.adapters.sts.sts_helpers import ASSUME, NOW, REQUESTS, WITH_SAML, WITH_TOKEN, received, recorded

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.sts_answers import AssumedRole

ARN = "arn:aws:sts::123456789012:assumed-role/Admin/alice"
HOST = "sts.eu-west-1.amazonaws.com"
DECODERS: dict[type[r.Request], Callable[..., AssumedRole]] = {
    r.AssumeRole: decode.assumed_role,
    r.AssumeRoleWithSAML: decode.assumed_role_with_saml,
    r.AssumeRoleWithWebIdentity: decode.assumed_role_with_web_identity,
}


def read(request: r.Request, *changes: tuple[str, str]) -> AssumedRole:
    body = recorded(request.ACTION).decode()
    for old, new in changes:
        assert old in body
        body = body.replace(old, new)
    return DECODERS[type(request)](replies.read_reply(received(body), request, HOST), NOW)


def refused(request: r.Request, *changes: tuple[str, str]) -> RolecallError:
    with pytest.raises(ServiceTrouble) as caught:
        read(request, *changes)
    return caught.value


@pytest.mark.parametrize("request_", [ASSUME, WITH_SAML, WITH_TOKEN], ids=lambda each: each.ACTION)
@pytest.mark.parametrize(
    "other",
    [
        "arn:aws:sts::999999999999:assumed-role/Admin/alice",
        "arn:aws:sts::123456789012:assumed-role/Other/alice",
        "arn:aws:sts::123456789012:assumed-role/Admin2/alice",
        "arn:aws:sts::123456789012:assumed-role/path/Admin/alice",
        "arn:aws-cn:sts::123456789012:assumed-role/Admin/alice",
        "arn:aws:sts::123456789012:assumed-role/Admin",
        "arn:aws:sts::123456789012:federated-user/Admin",
        "arn:aws:iam::123456789012:role/Admin",
        "arn:aws:iam::123456789012:user/Admin/alice",
        "Admin/alice",
    ],
)
def test_credentials_of_another_role_are_thrown_away(request_: r.Request, other: str) -> None:
    error = refused(request_, (ARN, other))
    assert error.code == "answer-other"
    assert error.retry is Retry.BACK_OFF
    assert other in error.detail
    assert str(ASSUME.role_arn) in error.detail


@pytest.mark.parametrize("request_", [ASSUME, WITH_TOKEN], ids=lambda each: each.ACTION)
def test_the_session_has_the_name_that_was_asked_for(request_: r.Request) -> None:
    assert refused(request_, (ARN, f"{ARN}2")).code == "answer-other"


def test_the_assertion_names_the_session_of_a_saml_sign_in() -> None:
    assert read(WITH_SAML, (ARN, f"{ARN}2")).arn == f"{ARN}2"


@pytest.mark.parametrize(
    "role", ["arn:aws:iam::123456789012:role/a/path/Admin", "arn:aws:iam::123456789012:role/admin"]
)
def test_neither_path_nor_case_makes_another_role(role: str) -> None:
    assert read(replace(ASSUME, role_arn=role)).arn == ARN


def test_who_names_nobody_is_asked_later() -> None:
    body = recorded("AssumeRoleWithWebIdentity").decode()
    user = body[body.index("<AssumedRoleUser>") : body.index("</AssumedRoleUser>") + len("</AssumedRoleUser>")]
    assert read(WITH_TOKEN, (user, "")).arn == ""


@pytest.mark.parametrize("other", ["federated-user/other", "assumed-role/guest/guest", "federated-user/guest/x"])
def test_another_federated_user(other: str) -> None:
    body = recorded("GetFederationToken").decode().replace("federated-user/guest", other)
    reply = replies.read_reply(received(body), REQUESTS["GetFederationToken"], HOST)
    with pytest.raises(ServiceTrouble) as caught:
        decode.federation_token(reply, NOW)
    assert caught.value.code == "answer-other"
    assert "guest" in caught.value.detail


# --- Texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key_id", ["ASIA", "A" * 15, "A" * 129, "ASIAIOSFODNN7EXAMP,E", "ASIAIOSFODNN7EXAMP/E", "[ASIAIOSFODNN7EXAMPLE]"]
)
def test_what_is_no_access_key_id(key_id: str) -> None:
    error = refused(ASSUME, ("ASIAIOSFODNN7EXAMPLE", key_id))
    assert error.code == "answer-incomplete"
    assert key_id not in str(error)


@pytest.mark.parametrize("length", [16, 128])
def test_the_shortest_and_the_longest_access_key_id(length: int) -> None:
    assert read(ASSUME, ("ASIAIOSFODNN7EXAMPLE", "A" * length)).credentials.access_key_id == "A" * length


@pytest.mark.parametrize("evil", ["\x9b2J", "\u202e", "\n[default]\n", "a" * 2049])
def test_texts_that_do_harm_are_refused_or_made_harmless(evil: str) -> None:
    assert refused(ASSUME, ("EXAMPLE:alice", f"EXAMPLE:{evil}")).code == "answer-incomplete"
    got = read(ASSUME, ("Alice", f"A{evil}"))
    assert got.source_identity.isprintable()
    assert len(got.source_identity) <= 2048


@pytest.mark.parametrize("evil", ["\x9b2J", "\u202e", "a b", "a\nb", "r" * 201, "é"])
def test_a_request_id_that_is_none_is_left_out(evil: str) -> None:
    given = "c6104cbe-af31-11e0-8154-cbc7ccf896c7"
    assert read(ASSUME, (given, evil)).request_id == ""
    denied = recorded("error-AccessDenied").decode().replace("5c8e8b4d-4a0f-4a35-8b7e-000000000001", evil)
    for body in (denied, "<html>"):
        for header in (evil, "good-id"):
            with pytest.raises(RolecallError) as caught:
                replies.read_reply(received(body, 500, header), ASSUME, HOST)
            assert caught.value.request_id == ("" if header == evil else header)


def test_what_was_asked_for_stays_secret_in_a_reply() -> None:
    request = replace(WITH_TOKEN, web_identity_token=Secret("canary"))
    assert "canary" not in repr(replies.read_reply(received(recorded(request.ACTION)), request, HOST))
