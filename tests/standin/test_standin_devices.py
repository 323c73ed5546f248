from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.standin.plain_browser import Browser, OidcClient
from tests.standin.standin_clients import Untyped, unsigned

if TYPE_CHECKING:
    from app.standin import StandIn

DEVELOPER = "arn:aws:iam::210987654321:role/Developer"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.fixture
def client(aws: StandIn) -> OidcClient:
    return OidcClient(Browser(aws.url), f"{aws.url}/oidc")


def redeem(aws: StandIn, token: str) -> Untyped:
    named = {"RoleArn": DEVELOPER, "RoleSessionName": "alice"}
    return unsigned(aws).assume_role_with_web_identity(**named, WebIdentityToken=token)


def start(client: OidcClient) -> dict[str, Any]:
    found = client.browser.post(
        "/oidc/device_authorization", {"client_id": "rolecall", "scope": "openid email offline_access"}
    )
    told: dict[str, Any] = found.json
    return told


def poll(client: OidcClient, device: dict[str, Any]) -> Any:  # noqa: ANN401  # JSON
    return client.token(grant_type=DEVICE, device_code=device["device_code"]).json


def test_a_device_is_let_in(aws: StandIn, client: OidcClient) -> None:
    device = start(client)
    assert re.fullmatch("[B-Z]{4}-[B-Z]{4}", device["user_code"])
    assert (device["interval"], device["expires_in"]) == (5, 600)
    assert poll(client, device)["error"] == "authorization_pending"
    person = Browser(aws.url)
    page = person.submit(person.get(device["verification_uri_complete"]))
    assert (device["user_code"] in page.text, page.forms[0].buttons) == (True, [("answer", "no"), ("answer", "yes")])
    aws.clock_offset += timedelta(seconds=5)
    assert poll(client, device)["error"] == "authorization_pending"
    assert "The device is in" in person.submit(page, answer="yes").text
    aws.clock_offset += timedelta(seconds=5)
    told = poll(client, device)
    assert redeem(aws, told["id_token"])["SubjectFromWebIdentityToken"] == "alice"
    assert client.refresh(told["refresh_token"]).status == 200
    assert poll(client, device)["error"] == "invalid_grant"


def test_the_code_may_be_typed(aws: StandIn, client: OidcClient) -> None:
    device = start(client)
    person = Browser(aws.url)
    page = person.submit(person.get(device["verification_uri"]))
    page = person.submit(page, user_code="BBBB-BBBB")
    assert "No device waits" in page.text
    page = person.submit(page, user_code=device["user_code"].lower().replace("-", " "))
    assert device["user_code"] in page.text
    # Who knows the code alone has let nobody in
    assert poll(client, device)["error"] == "authorization_pending"


def test_a_person_says_no(aws: StandIn, client: OidcClient) -> None:
    device = start(client)
    person = Browser(aws.url)
    page = person.submit(person.get(device["verification_uri_complete"]))
    assert "not let in" in person.submit(page, answer="no").text
    assert poll(client, device)["error"] == "access_denied"
    assert person.submit(page, answer="yes").status == 400


def test_who_asks_too_often_is_slowed_down(aws: StandIn, client: OidcClient) -> None:
    device = start(client)
    assert poll(client, device)["error"] == "authorization_pending"
    aws.clock_offset += timedelta(seconds=3)
    assert poll(client, device)["error"] == "slow_down"
    aws.clock_offset += timedelta(seconds=7)
    assert poll(client, device)["error"] == "slow_down"
    aws.clock_offset += timedelta(seconds=15)
    assert poll(client, device)["error"] == "authorization_pending"


def test_a_device_code_grows_old(aws: StandIn, client: OidcClient) -> None:
    device = start(client)
    person = Browser(aws.url)
    person.submit(person.get(device["verification_uri"]))
    aws.clock_offset += timedelta(seconds=600)
    assert "No device waits" in person.get(device["verification_uri_complete"]).text
    assert poll(client, device)["error"] == "expired_token"


def test_devices_that_are_refused(client: OidcClient) -> None:
    assert poll(client, {"device_code": "unknown"})["error"] == "invalid_grant"
    wrong = {"client_id": "other", "scope": "openid"}
    assert client.browser.post("/oidc/device_authorization", wrong).json["error"] == "invalid_client"
    wrong = {"client_id": "rolecall", "scope": "email"}
    assert client.browser.post("/oidc/device_authorization", wrong).json["error"] == "invalid_scope"
