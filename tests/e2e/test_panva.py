"""The OpenID provider of the other tests does what they take for granted."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from tests.e2e.plain_browser import Browser

if TYPE_CHECKING:
    from tests.e2e.panva import Panva

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One authorization code request of a native program."""

    panva: Panva
    redirect: str = "http://127.0.0.1:49152/callback"
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=secrets.token_urlsafe)
    nonce: str = field(default_factory=secrets.token_urlsafe)

    def url(self, **changed: str) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self.panva.client_id,
            "redirect_uri": self.redirect,
            "scope": self.panva.scope,
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        kept = {name: text for name, text in (query | changed).items() if text}
        return f"{self.panva.issuer}/auth?{urlencode(kept)}"

    def redeem(self, answer: str, **changed: str) -> dict[str, Any]:
        return ask(
            f"{self.panva.issuer}/token",
            grant_type="authorization_code",
            client_id=self.panva.client_id,
            redirect_uri=self.redirect,
            **{"code": query_of(answer)["code"], "code_verifier": self.verifier} | changed,
        )


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def ask(url: str, bearer: str = "", **form: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    request = urllib.request.Request(url, urlencode(form).encode() if form else None, headers)  # noqa: S310
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
            got = answer.read()
    except urllib.error.HTTPError as error:
        with error:
            got = error.read()
    return dict(json.loads(got or b"{}"))


def discovered(panva: Panva) -> dict[str, Any]:
    return ask(f"{panva.issuer}/.well-known/openid-configuration")


def claims_of(panva: Panva, id_token: str) -> dict[str, Any]:
    keys = KeySet.import_key_set(ask(discovered(panva)["jwks_uri"]))  # type: ignore[arg-type]
    return jwt.decode(id_token, keys, algorithms=["RS256"]).claims


def refresh(panva: Panva, token: str) -> dict[str, Any]:
    return ask(f"{panva.issuer}/token", grant_type="refresh_token", client_id=panva.client_id, refresh_token=token)


def asks_who(browser: Browser, panva: Panva) -> bool:
    """Whether a login in this browser would begin with a name (and not with a mere yes)."""
    (form,) = browser.open(Attempt(panva=panva).url()).forms
    return "login" in form.names


def logged_in(panva: Panva) -> dict[str, Any]:
    attempt = Attempt(panva=panva)
    return attempt.redeem(panva.log_in(attempt.url()))


def test_discovery_names_what_a_native_program_needs(panva: Panva) -> None:
    found = discovered(panva)
    assert found["issuer"] == panva.issuer
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert found["id_token_signing_alg_values_supported"] == ["RS256"]
    assert found["authorization_response_iss_parameter_supported"] is True
    assert DEVICE in found["grant_types_supported"]
    endpoints = {"device_authorization", "end_session", "introspection", "revocation", "userinfo"}
    assert {f"{name}_endpoint" for name in endpoints} <= found.keys()


def test_a_code_with_pkce_is_redeemed(panva: Panva) -> None:
    attempt = Attempt(panva=panva)
    answer = panva.log_in(attempt.url(), user="alice")
    assert answer.startswith(attempt.redirect + "?")
    query = query_of(answer)
    assert (query["state"], query["iss"]) == (attempt.state, panva.issuer)
    tokens = attempt.redeem(answer)
    claims = claims_of(panva, tokens["id_token"])
    assert (claims["iss"], claims["aud"], claims["sub"]) == (panva.issuer, panva.client_id, "alice")
    assert claims["nonce"] == attempt.nonce
    assert (claims["email"], claims["preferred_username"]) == ("alice@example.com", "alice")
    assert ask(discovered(panva)["userinfo_endpoint"], tokens["access_token"])["email"] == "alice@example.com"
    assert attempt.redeem(answer)["error"] == "invalid_grant"


def test_pkce_is_not_optional(panva: Panva) -> None:
    attempt = Attempt(panva=panva)
    refused = panva.log_in(attempt.url(code_challenge="", code_challenge_method=""))
    assert query_of(refused)["error"] == "invalid_request"
    answer = panva.log_in(attempt.url())
    assert attempt.redeem(answer, code_verifier="x" * 43)["error"] == "invalid_grant"


def test_a_redirect_elsewhere_is_refused(panva: Panva) -> None:
    page = Browser().open(Attempt(panva=panva, redirect="http://127.0.0.1:49152/elsewhere").url())
    assert page.status == 400
    assert "redirect_uri" in page.text


def test_who_is_logged_in_is_not_asked_again(panva: Panva) -> None:
    browser = Browser()
    panva.log_in(Attempt(panva=panva).url(), browser=browser)
    assert not asks_who(browser, panva)
    assert asks_who(Browser(), panva)


def test_a_refresh_token_is_replaced_and_the_old_one_refused(panva: Panva) -> None:
    first = logged_in(panva)
    second = refresh(panva, first["refresh_token"])
    assert second["refresh_token"] != first["refresh_token"]
    assert claims_of(panva, second["id_token"])["sub"] == "alice"
    assert refresh(panva, first["refresh_token"])["error"] == "invalid_grant"
    # The second use looks like a theft, so that the whole login is revoked.
    assert refresh(panva, second["refresh_token"])["error"] == "invalid_grant"


def test_a_refresh_token_may_be_kept(panva: Panva) -> None:
    panva.change(rotateRefreshTokens=False)
    first = logged_in(panva)
    assert refresh(panva, first["refresh_token"])["refresh_token"] == first["refresh_token"]
    assert "id_token" in refresh(panva, first["refresh_token"])


def test_revoked_grants_are_gone(panva: Panva) -> None:
    browser = Browser()
    attempt = Attempt(panva=panva)
    tokens = attempt.redeem(panva.log_in(attempt.url(), browser=browser))
    panva.revoke_everything()
    assert refresh(panva, tokens["refresh_token"])["error"] == "invalid_grant"
    again = Attempt(panva=panva)
    assert "id_token" in again.redeem(panva.log_in(again.url(), browser=browser))


def test_one_refresh_token_is_revoked_at_its_address(panva: Panva) -> None:
    tokens, others = logged_in(panva), logged_in(panva)
    done = ask(discovered(panva)["revocation_endpoint"], client_id=panva.client_id, token=tokens["refresh_token"])
    assert done == {}
    assert refresh(panva, tokens["refresh_token"])["error"] == "invalid_grant"
    assert "id_token" in refresh(panva, others["refresh_token"])


def test_a_new_key_signs_after_a_rotation(panva: Panva) -> None:
    before = logged_in(panva)
    panva.rotate_keys()
    with pytest.raises(JoseError):
        claims_of(panva, before["id_token"])
    after = refresh(panva, before["refresh_token"])
    assert claims_of(panva, after["id_token"])["sub"] == "alice"


def test_lives_are_as_told(panva: Panva) -> None:
    panva.change(idTokenSeconds=90, accessTokenSeconds=120)
    tokens = logged_in(panva)
    claims = claims_of(panva, tokens["id_token"])
    assert claims["exp"] - claims["iat"] == 90
    assert tokens["expires_in"] == 120


def test_a_refresh_token_ends_when_it_is_told_to(panva: Panva) -> None:
    panva.change(refreshTokenSeconds=1)
    tokens = logged_in(panva)
    userinfo, introspection = (discovered(panva)[f"{name}_endpoint"] for name in ("userinfo", "introspection"))
    deadline = time.monotonic() + 60
    while ask(introspection, client_id=panva.client_id, token=tokens["refresh_token"])["active"]:
        assert time.monotonic() < deadline, "the token never ended"
    assert refresh(panva, tokens["refresh_token"])["error"] == "invalid_grant"
    assert ask(userinfo, tokens["access_token"])["sub"] == "alice"


@pytest.mark.parametrize("complete", [True, False], ids=["complete link", "typed code"])
def test_a_device_is_granted(panva: Panva, complete: bool) -> None:
    found = discovered(panva)
    started = ask(found["device_authorization_endpoint"], client_id=panva.client_id, scope=panva.scope)
    form = {"grant_type": DEVICE, "client_id": panva.client_id, "device_code": started["device_code"]}
    assert ask(found["token_endpoint"], **form)["error"] == "authorization_pending"
    if complete:
        panva.approve_device(started["verification_uri_complete"])
    else:
        panva.approve_device(started["verification_uri"], started["user_code"])
    tokens = ask(found["token_endpoint"], **form)
    assert claims_of(panva, tokens["id_token"])["sub"] == "alice"
    assert "id_token" in refresh(panva, tokens["refresh_token"])


def test_a_sign_out_ends_the_login(panva: Panva) -> None:
    browser = Browser()
    attempt = Attempt(panva=panva)
    tokens = attempt.redeem(panva.log_in(attempt.url(), browser=browser))
    back = "http://127.0.0.1:49152/signed-out"
    query = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": back, "state": "a state"}
    ended = panva.log_out(f"{discovered(panva)['end_session_endpoint']}?{urlencode(query)}", browser=browser)
    assert ended == f"{back}?state=a+state"
    assert asks_who(browser, panva)


def test_a_person_may_refuse(panva: Panva) -> None:
    browser = Browser()
    page = browser.open(Attempt(panva=panva).url())
    refused = browser.open(page.url + "/abort")
    assert query_of(refused.url)["error"] == "access_denied"


def test_requests_are_counted(panva: Panva) -> None:
    before = panva.requests("/token")
    logged_in(panva)
    assert panva.requests("/token") == before + 1
