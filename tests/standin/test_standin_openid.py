from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from app.standin import StandIn, World
from tests.standin.plain_browser import Browser, OidcClient
from tests.standin.standin_clients import refused, sts, unsigned

if TYPE_CHECKING:
    from tests.standin.standin_clients import Untyped

DEVELOPER = "arn:aws:iam::210987654321:role/Developer"


@pytest.fixture
def browser(aws: StandIn) -> Browser:
    return Browser(aws.url)


@pytest.fixture
def client(aws: StandIn, browser: Browser) -> OidcClient:
    return OidcClient(browser, f"{aws.url}/oidc")


def redeem(aws: StandIn, token: str, role: str = DEVELOPER) -> Untyped:
    return unsigned(aws).assume_role_with_web_identity(RoleArn=role, RoleSessionName="alice", WebIdentityToken=token)


def claims_of(client: OidcClient, token: str) -> dict[str, Any]:
    """What the token says, verified by the published keys."""
    keys = KeySet.import_key_set(client.browser.get(f"{client.issuer}/jwks").json)
    return jwt.decode(token, keys, algorithms=["RS256"]).claims


# --- Signing in ---


def test_discovery(aws: StandIn, browser: Browser) -> None:
    found = browser.get("/oidc/.well-known/openid-configuration").json
    assert found["issuer"] == f"{aws.url}/oidc"
    assert all(value.startswith(f"{aws.url}/oidc/") for name, value in found.items() if name.endswith("_endpoint"))
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert found["authorization_response_iss_parameter_supported"] is True
    (key,) = browser.get(found["jwks_uri"]).json["keys"]
    assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}


def test_a_sign_in_from_the_form_to_credentials(aws: StandIn, client: OidcClient) -> None:
    answer = client.browser.submit(client.authorize())
    assert answer.where.startswith("http://127.0.0.1:49152/callback?")
    assert set(answer.query) == {"code", "state", "iss"}
    assert (answer.query["state"], answer.query["iss"]) == (client.state, client.issuer)
    told = client.redeem(answer.query["code"]).json
    assert (told["token_type"], told["scope"]) == ("Bearer", "openid email offline_access")
    claims = claims_of(client, told["id_token"])
    assert (claims["iss"], claims["aud"], claims["sub"]) == (client.issuer, "rolecall", "alice")
    assert (claims["nonce"], claims["email"]) == (client.nonce, "alice@acme.example")
    assert claims["exp"] - claims["iat"] == told["expires_in"] == 3600
    got = redeem(aws, told["id_token"])
    assert got["Provider"] == "arn:aws:iam::210987654321:oidc-provider/login"
    assert sts(aws, got["Credentials"]).get_caller_identity()["Account"] == "210987654321"
    assert refused(lambda: redeem(aws, told["id_token"], DEVELOPER + "x")).code == "AccessDenied"


def test_the_second_visit_asks_nothing(aws: StandIn, client: OidcClient) -> None:
    first = claims_of(client, client.sign_in()["id_token"])
    aws.clock_offset += timedelta(minutes=10)
    answer = client.authorize(prompt="none")
    claims = claims_of(client, client.redeem(answer.query["code"]).json["id_token"])
    assert claims["auth_time"] == first["auth_time"] < claims["iat"]
    assert client.authorize(prompt="login").forms[0].action == "/oidc/login"
    aws.forget_sign_ins()
    assert client.authorize(prompt="none").query["error"] == "login_required"
    assert client.authorize().forms[0].action == "/oidc/login"


def test_what_is_asked_for_is_told(client: OidcClient) -> None:
    client.scope = "openid profile"
    client.nonce = ""
    told = client.sign_in()
    claims = claims_of(client, told["id_token"])
    assert (claims["name"], claims["preferred_username"]) == ("Alice", "alice")
    assert not {"email", "nonce"} & set(claims)
    assert "refresh_token" not in told


@pytest.mark.parametrize(
    "redirect_uri", ["http://127.0.0.1:1/", "http://[::1]:49153/callback", "http://127.0.0.1:65535/a?b=c"]
)
def test_any_port_of_this_machine(client: OidcClient, redirect_uri: str) -> None:
    client.redirect_uri = redirect_uri
    answer = client.browser.submit(client.authorize())
    assert answer.where.startswith(redirect_uri)
    assert client.redeem(answer.query["code"]).status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "other"},
        {"client_id": None},
        {"redirect_uri": None},
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": "http://localhost:49152/callback"},
        {"redirect_uri": "http://127.0.0.1/callback"},
        {"redirect_uri": "http://127.0.0.1:49152@evil.example/"},
        {"redirect_uri": "http://127.0.0.1.evil.example:49152/"},
        {"redirect_uri": "http://127.0.0.1:49152/#x"},
        {"redirect_uri": "http://127.0.0.1:49152\\@evil.example/"},
        {"redirect_uri": "http://127.0.0.1:99999/"},
        {"redirect_uri": "http://127.0.0.1:1/\nx"},
    ],
    ids=str,
)
def test_strangers_get_no_answer(client: OidcClient, changed: dict[str, str | None]) -> None:
    page = client.authorize(**changed)
    assert (page.status, page.forms, "Location" in page.headers) == (400, [], False)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"scope": "email"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
        ({"request": "x.y.z"}, "request_not_supported"),
    ],
    ids=str,
)
def test_requests_that_are_refused(client: OidcClient, changed: dict[str, str | None], error: str) -> None:
    page = client.authorize(**changed)
    assert (page.query["error"], page.query["state"], page.query["iss"]) == (error, client.state, client.issuer)
    assert "code" not in page.query


def test_a_wrong_password(client: OidcClient) -> None:
    page = client.browser.submit(client.authorize(), password="wrong")
    assert "do not belong together" in page.text
    assert not client.browser.cookies
    assert "code" in client.browser.submit(page).query


# --- Codes ---


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "unknown"},
        {"code_verifier": "w" * 43},
        {"code_verifier": ""},
        {"redirect_uri": "http://127.0.0.1:49153/callback"},
    ],
    ids=str,
)
def test_a_code_is_for_who_asked(client: OidcClient, changed: dict[str, str]) -> None:
    code = client.browser.submit(client.authorize()).query["code"]
    found = client.redeem(**{"code": code, **changed})
    assert (found.status, found.json["error"]) == (400, "invalid_grant")


def test_a_code_is_good_once(client: OidcClient) -> None:
    code = client.browser.submit(client.authorize()).query["code"]
    told = client.redeem(code).json
    assert client.redeem(code).json["error"] == "invalid_grant"
    # Somebody has it twice, so what came of it ends.
    assert client.refresh(told["refresh_token"]).json["error"] == "invalid_grant"


def test_a_code_grows_old(aws: StandIn, client: OidcClient) -> None:
    code = client.browser.submit(client.authorize()).query["code"]
    aws.clock_offset += timedelta(seconds=61)
    assert client.redeem(code).json["error"] == "invalid_grant"


def test_clients_and_grants_that_are_none(client: OidcClient) -> None:
    found = client.token(grant_type="authorization_code", client_id="other")
    assert (found.status, found.json["error"]) == (401, "invalid_client")
    assert client.token(grant_type="password").json["error"] == "unsupported_grant_type"
    assert client.browser.get("/oidc/token").status == 404


# --- Refresh tokens ---


def test_refresh_tokens_change_at_each_use(aws: StandIn, client: OidcClient) -> None:
    first = client.sign_in()
    aws.clock_offset += timedelta(minutes=50)
    second = client.refresh(first["refresh_token"]).json
    assert second["refresh_token"] != first["refresh_token"]
    before, after = claims_of(client, first["id_token"]), claims_of(client, second["id_token"])
    assert (after["sub"], after["aud"], after["auth_time"]) == (before["sub"], before["aud"], before["auth_time"])
    assert after["iat"] > before["iat"]
    assert "nonce" not in after
    assert redeem(aws, second["id_token"])["SubjectFromWebIdentityToken"] == "alice"
    third = client.refresh(second["refresh_token"]).json
    assert client.refresh(third["refresh_token"], scope="openid").json["scope"] == "openid"


def test_a_spent_refresh_token_ends_the_family(client: OidcClient) -> None:
    first, other = client.sign_in(), client.sign_in()
    second = client.refresh(first["refresh_token"]).json
    assert client.refresh(first["refresh_token"]).json["error"] == "invalid_grant"
    assert client.refresh(second["refresh_token"]).json["error"] == "invalid_grant"
    assert client.refresh(other["refresh_token"]).status == 200


def test_refresh_tokens_that_are_refused(aws: StandIn, client: OidcClient) -> None:
    told = client.sign_in()
    assert client.refresh("unknown").json["error"] == "invalid_grant"
    assert client.refresh(told["refresh_token"], scope="openid profile").json["error"] == "invalid_scope"
    told = client.sign_in()
    aws.revoke_refresh_tokens()
    assert client.refresh(told["refresh_token"]).json["error"] == "invalid_grant"
    assert client.refresh(client.sign_in()["refresh_token"]).status == 200
    assert [each.code for each in aws.requests if each.action == "/oidc/token"].count("invalid_grant") == 2


def test_revocation(client: OidcClient) -> None:
    def revoke(token: str, **changed: str) -> int:
        given = {"client_id": "rolecall", "token": token, "token_type_hint": "refresh_token", **changed}
        return client.browser.post("/oidc/revoke", given).status

    told = client.sign_in()
    assert revoke("unknown") == 200
    assert revoke(told["refresh_token"], client_id="other") == 401
    second = client.refresh(told["refresh_token"]).json
    assert revoke(second["refresh_token"]) == 200
    assert client.refresh(second["refresh_token"]).json["error"] == "invalid_grant"


def test_another_browser_may_sign_out_meanwhile(client: OidcClient) -> None:
    told = client.sign_in()
    client.browser.get(f"/oidc/end_session?id_token_hint={told['id_token']}")
    assert client.refresh(told["refresh_token"]).status == 200


# --- Keys ---


def test_new_keys(aws: StandIn, client: OidcClient) -> None:
    old = client.sign_in()["id_token"]
    aws.rotate_keys()
    assert len(client.browser.get("/oidc/jwks").json["keys"]) == 2
    new = client.sign_in()["id_token"]
    for token in (old, new):
        assert redeem(aws, token)["SubjectFromWebIdentityToken"] == "alice"
        assert claims_of(client, token)["sub"] == "alice"
    aws.rotate_keys(keep_old=False)
    for token in (old, new):
        assert refused(lambda token=token: redeem(aws, token)).code == "InvalidIdentityToken"  # type: ignore[misc]
    assert redeem(aws, client.sign_in()["id_token"])["SubjectFromWebIdentityToken"] == "alice"


# --- Signing out ---


def test_signing_out_with_an_own_token(client: OidcClient) -> None:
    told = client.sign_in()
    back = "http://127.0.0.1:49152/bye"
    page = client.browser.get(
        f"/oidc/end_session?id_token_hint={told['id_token']}&post_logout_redirect_uri={back}&state=s"
    )
    assert page.where == f"{back}?state=s"
    assert not client.browser.cookies
    assert client.authorize(prompt="none").query["error"] == "login_required"


@pytest.mark.parametrize("query", ["", "?id_token_hint=a.b.c", "?post_logout_redirect_uri=http://127.0.0.1:1/"])
def test_signing_out_by_anybody_else_is_asked_about(client: OidcClient, query: str) -> None:
    client.sign_in()
    page = client.browser.get(f"/oidc/end_session{query}")
    assert (page.status, bool(client.browser.cookies)) == (200, True)
    assert "Signed out" in client.browser.submit(page).text
    assert not client.browser.cookies


def test_signing_out_leads_nowhere_else(client: OidcClient) -> None:
    told = client.sign_in()
    page = client.browser.get(
        f"/oidc/end_session?id_token_hint={told['id_token']}&post_logout_redirect_uri=https://evil.example/"
    )
    assert (page.status, "Signed out" in page.text) == (200, True)


# --- What is kept ---


def test_records_hold_no_secret(aws: StandIn, client: OidcClient) -> None:
    told = client.sign_in()
    client.refresh(told["refresh_token"])
    text = repr(aws.requests)
    for secret in (client.verifier, client.nonce, client.state, told["refresh_token"], told["id_token"]):
        assert secret not in text
    assert {each.parameters.get("grant_type") for each in aws.requests} >= {"authorization_code", "refresh_token"}


def test_faults_and_a_world_without_such_a_provider(aws: StandIn, client: OidcClient) -> None:
    aws.fault("server-error", action="/oidc/token", status=503)
    assert client.refresh("x").status == 503
    assert client.refresh("x").status == 400
    with StandIn(World()) as bare:
        assert Browser(bare.url).get("/oidc/jwks").status == 404
        for change in (bare.rotate_keys, bare.revoke_refresh_tokens):
            with pytest.raises(ValueError, match="no OpenID provider"):
                change()
