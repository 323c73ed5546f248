"""Whole sign-ins and renewals against a provider that can be told to misbehave."""

from __future__ import annotations

import base64
import hashlib
import logging
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from app.domain.errors import BadInput, Declined, ProviderTrouble, Retry
from app.domain.secret import Secret
from tests.adapters.oidc.fake_provider import CLIENT, NOW, SIGNER, Fake, Json, client_of, faking, seconds
from tests.adapters.oidc.person import ACCESS, CODE, REFRESH, SECRET, Person, refused, renewed, signed_in, told_by

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from app.adapters.oidc.client import OidcClient
    from app.domain.web_identity import Tokens


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    async with faking() as made:
        yield made


async def test_the_browser_is_sent_with_pkce_state_and_nonce(fake: Fake) -> None:
    fake.discovers(authorization_endpoint=f"{fake.url}/auth?tenant=1")
    person = Person(fake)
    tokens = await signed_in(fake, person, scopes=("openid", "email"))
    assert person.url.startswith(f"{fake.url}/auth?tenant=1&")
    asked = person.asked
    assert asked.keys() == {
        *("tenant", "response_type", "client_id", "redirect_uri", "scope"),
        *("state", "nonce", "code_challenge", "code_challenge_method"),
    }
    assert (asked["response_type"], asked["client_id"], asked["scope"]) == ("code", CLIENT, "openid email")
    redirect = urlsplit(asked["redirect_uri"])
    assert (redirect.scheme, redirect.hostname, redirect.path) == ("http", "127.0.0.1", "/callback")
    form = fake.requests("/token")[0].form
    assert form == {
        "grant_type": "authorization_code",
        "code": CODE,
        "redirect_uri": asked["redirect_uri"],
        "code_verifier": form["code_verifier"],
        "client_id": CLIENT,
    }
    digest = hashlib.sha256(form["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert asked["code_challenge_method"] == "S256"
    assert all(len(asked[name]) >= 43 for name in ("state", "nonce", "code_challenge"))
    assert len(form["code_verifier"]) >= 43
    assert tokens.token.facts.verified
    assert tokens.token.received == NOW
    assert tokens.refresh_token == Secret(REFRESH)
    assert "You are signed in to login" in person.page


async def test_no_two_sign_ins_share_anything(fake: Fake) -> None:
    one, two = Person(fake), Person(fake)
    await signed_in(fake, one)
    fake.answers.pop("/token")
    await signed_in(fake, two)
    for name in ("state", "nonce", "code_challenge"):
        assert one.asked[name] != two.asked[name]
    verifiers = {each.form["code_verifier"] for each in fake.requests("/token")}
    assert len(verifiers) == 2


@pytest.mark.parametrize(
    ("offered", "settings", "asked"),
    [
        (None, {}, "openid"),
        (["openid", "offline_access"], {}, "openid offline_access"),
        (["openid", "offline_access"], {"stay_signed_in": False}, "openid"),
        (["openid", "offline_access"], {"scopes": ("openid", "email")}, "openid email"),
        (None, {"scopes": ("email", "groups")}, "openid email groups"),
    ],
)
async def test_scopes_are_those_set_or_else_what_is_needed(
    fake: Fake, offered: object, settings: Json, asked: str
) -> None:
    fake.discovers(scopes_supported=offered)
    person = Person(fake)
    await signed_in(fake, person, **settings)
    assert person.asked["scope"] == asked


async def test_the_answer_must_come_from_the_issuer_that_names_itself(fake: Fake) -> None:
    fake.discovers(authorization_response_iss_parameter_supported=True)
    assert (await refused(fake, Person(fake))).code == "oidc-issuer"
    assert (await refused(fake, Person(fake, code=CODE, iss="https://evil.example"))).code == "oidc-issuer"
    assert not fake.requests("/token")
    fake.answers.pop("/token")
    assert (await signed_in(fake, Person(fake, code=CODE, iss=fake.url))).token.facts.verified


async def test_a_refusal_in_the_browser(fake: Fake) -> None:
    person = Person(fake, error="access_denied")
    assert isinstance(await refused(fake, person), Declined)
    assert "You are not signed in to login" in person.page
    person = Person(fake, error="invalid_scope", error_description="no <b>groups</b>")
    error = await refused(fake, person)
    assert error.code == "oidc-refused"
    assert "no &lt;b&gt;groups&lt;/b&gt;" in person.page


async def test_nobody_comes_back(fake: Fake) -> None:
    opened: list[Secret] = []
    async with client_of(fake, patience=0.05) as oidc:
        with pytest.raises(ProviderTrouble) as caught:
            await oidc.sign_in(fake.provider(), client_secret=None, open_url=opened.append)
    assert caught.value.code == "oidc-timeout"
    assert repr(opened) == "[Secret(hidden)]"


async def test_a_browser_that_cannot_be_opened_ends_it(fake: Fake) -> None:
    def broken(_: Secret) -> None:
        raise BadInput(code="browser", title="No browser")

    async with client_of(fake) as oidc:
        with pytest.raises(BadInput):
            await oidc.sign_in(fake.provider(), client_secret=None, open_url=broken)


async def test_a_token_that_is_not_the_answer_to_this_sign_in(fake: Fake) -> None:
    wrong: list[Json] = [{"nonce": "another"}, {}, {"aud": "another"}]
    for changed in wrong:
        fake.will("/token", {"id_token": fake.token(**changed), "access_token": ACCESS})
        person = Person(fake)
        assert (await refused(fake, person)).code == "oidc-token-invalid"
        assert "The sign-in to login failed" in person.page


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((200, {"access_token": ACCESS}), "oidc-no-id-token"),
        ((200, {"id_token": 7}), "oidc-answer"),
        ((200, {"id_token": "canary é"}), "oidc-answer"),
        ((200, {"id_token": f"{ACCESS}.{ACCESS}"}), "oidc-token-invalid"),
        ((200, f"<html>{ACCESS}</html>"), "oidc-answer"),
        ((200, "{}"), "oidc-answer"),
        ((302, ""), "oidc-answer"),
        ((404, "nothing"), "oidc-answer"),
        ((500, f"trace of {ACCESS}"), "oidc-unavailable"),
        ((429, "busy"), "oidc-unavailable"),
        ((400, {"error": "invalid_grant", "error_description": f"The code {CODE} was used"}), "oidc-refused"),
        ((200, {"error": "invalid_client", "error_description": f"canary {CODE[7:20]}"}), "oidc-refused"),
        ((400, {"error": {"type": "OAuthException", "message": f"bad {CODE}"}}), "oidc-refused"),
        ((400, {"error": ["x"]}), "oidc-refused"),
        ((503, {"error": "temporarily_unavailable"}), "oidc-unavailable"),
    ],
)
async def test_an_odd_answer_of_the_token_endpoint(fake: Fake, answer: tuple[int, Json | str], code: str) -> None:
    fake.will("/token", answer)
    person = Person(fake)
    error = await refused(fake, person)
    assert error.code == code
    assert error.detail
    assert error.remedy
    assert (error.retry is Retry.BACK_OFF) is (code == "oidc-unavailable")
    assert "failed" in person.page
    assert "canary" not in person.page


async def test_after_trouble_the_provider_is_found_out_about_anew(fake: Fake) -> None:
    async with client_of(fake) as oidc:
        fake.will("/token", (404, "moved"))
        with pytest.raises(ProviderTrouble):
            await signed_in(fake, Person(fake), oidc=oidc)
        fake.discovers(token_endpoint=f"{fake.url}/new-token")
        tokens = await signed_in(fake, Person(fake, token_path="/new-token"), oidc=oidc)
    assert tokens.token.facts.verified


@pytest.mark.parametrize(
    ("methods", "way"),
    [
        (None, "basic"),
        (["client_secret_basic", "client_secret_post"], "basic"),
        (["private_key_jwt", "client_secret_post"], "post"),
        (["none"], "none"),
    ],
)
async def test_a_client_secret_goes_where_and_how_the_provider_says(
    fake: Fake, methods: list[str] | None, way: str
) -> None:
    fake.discovers(token_endpoint_auth_methods_supported=methods)
    person = Person(fake)
    await signed_in(fake, person, secret=SECRET)
    (asked,) = fake.requests("/token")
    basic = base64.b64encode(b"rolecall:canary+client%3Asecret%2B%C3%A9%2F0123").decode()
    assert asked.headers.get("authorization") == (f"Basic {basic}" if way == "basic" else None)
    assert asked.form.get("client_secret") == (SECRET.reveal() if way == "post" else None)
    assert ("client_id" in asked.form) is (way != "basic")
    others = [each for each in fake.asked if each is not asked]
    assert "canary" not in repr(others) + person.url


async def test_a_way_to_prove_oneself_that_we_do_not_have(fake: Fake) -> None:
    fake.discovers(token_endpoint_auth_methods_supported=["private_key_jwt"])
    error = await refused(fake, Person(fake), secret=SECRET)
    assert error.code == "oidc-endpoint"
    assert "private_key_jwt" in error.detail


# --- Renewal -------------------------------------------------------------------------------------------------------


async def refresh(fake: Fake, oidc: OidcClient, token: str = REFRESH) -> Tokens:
    return await renewed(oidc, fake.provider(), token)


async def test_a_renewal_sends_the_refresh_token_and_brings_the_next(fake: Fake) -> None:
    fake.will("/token", {"id_token": fake.token(), "refresh_token": "canary-next"})
    async with client_of(fake) as oidc:
        tokens = await refresh(fake, oidc)
    assert tokens.refresh_token == Secret("canary-next")
    form = {"grant_type": "refresh_token", "refresh_token": REFRESH, "client_id": CLIENT}
    assert fake.requests("/token")[0].form == form


@pytest.mark.parametrize("error", ["invalid_grant", "access_denied"])
async def test_a_refresh_token_no_longer_good(fake: Fake, error: str) -> None:
    fake.will("/token", (400, {"error": error, "error_description": f"{REFRESH} was revoked"}))
    async with client_of(fake) as oidc:
        with pytest.raises(ProviderTrouble) as caught:
            await refresh(fake, oidc)
    assert caught.value.code == "oidc-refresh-refused"
    assert "was revoked" in caught.value.detail
    assert "canary" not in told_by(caught.value)


async def test_other_refusals_do_not_cost_the_refresh_token(fake: Fake) -> None:
    async with client_of(fake) as oidc:
        for answer in ((400, {"error": "invalid_client"}), (500, "oops"), (200, "<html>")):
            fake.will("/token", answer)
            with pytest.raises(ProviderTrouble) as caught:
                await refresh(fake, oidc)
            assert caught.value.code != "oidc-refresh-refused"


@pytest.mark.parametrize(
    ("changed", "jwks", "code"),
    [
        ({}, (503, "busy"), "oidc-discovery"),
        ({}, (200, "<html>"), "oidc-discovery"),
        ({}, (200, {"keys": []}), "oidc-token-invalid"),
        ({"iat": seconds(NOW + timedelta(minutes=2))}, None, "oidc-token-invalid"),
        ({"sub": "bob"}, None, "oidc-token-invalid"),
        ({"iss": "https://elsewhere.example.com"}, None, "oidc-issuer"),
    ],
)
async def test_the_next_refresh_token_outlives_an_id_token_that_is_not_taken(
    fake: Fake, changed: Json, jwks: tuple[int, Json | str] | None, code: str
) -> None:
    kept: list[Secret] = []
    async with client_of(fake) as oidc:
        await signed_in(fake, Person(fake), oidc=oidc)
        fake.now += timedelta(minutes=61)
        times = {name: value + 61 * 60 for name, value in changed.items() if name == "iat"}
        fake.will("/token", {"id_token": fake.token(**{**changed, **times}), "refresh_token": "canary-next"})
        fake.will("/jwks", *([jwks] if jwks else fake.answers["/jwks"]))
        with pytest.raises(ProviderTrouble) as caught:
            await renewed(oidc, fake.provider(), kept=kept)
        assert (caught.value.code, kept) == (code, [Secret("canary-next")])
        assert "canary" not in told_by(caught.value)
        fake.publishes(SIGNER)
        fake.now += timedelta(minutes=1)
        fake.will("/token", {"id_token": fake.token(sub="bob"), "refresh_token": "canary-third"})
        with pytest.raises(ProviderTrouble, match="somebody else"):
            await refresh(fake, oidc, "canary-next")
        fake.will("/token", {"id_token": fake.token()})
        assert (await refresh(fake, oidc, "canary-third")).token.facts.subject == "alice"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"access_token": ACCESS}, "oidc-no-id-token"),
        ({"id_token": "canary é"}, "oidc-answer"),
        ({"id_token": 7, "access_token": ["x"]}, "oidc-answer"),
        ({"id_token": "canary.id.token"}, "oidc-token-invalid"),
    ],
)
async def test_the_next_refresh_token_outlives_an_answer_without_an_id_token(
    fake: Fake, answer: Json, code: str
) -> None:
    kept: list[Secret] = []
    fake.will("/token", {**answer, "refresh_token": "canary-next"})
    async with client_of(fake) as oidc:
        with pytest.raises(ProviderTrouble) as caught:
            await renewed(oidc, fake.provider(), kept=kept)
    assert (caught.value.code, kept) == (code, [Secret("canary-next")])


async def test_the_next_refresh_token_is_handed_over_before_anything_else_is_asked(fake: Fake) -> None:
    fake.will("/token", {"id_token": fake.token(), "refresh_token": "canary-next"})
    seen: list[str] = []

    async def keep(_: Secret) -> None:
        seen.extend(each.path for each in fake.asked)

    async with client_of(fake) as oidc:
        provider, token = fake.provider(), Secret(REFRESH)
        await oidc.refresh(provider, client_secret=None, refresh_token=token, rotated=keep)
        assert seen == ["/.well-known/openid-configuration", "/token"]
        assert [each.path for each in fake.asked] == [*seen, "/jwks"]


async def test_a_refresh_token_that_cannot_be_one_is_not_handed_over(fake: Fake) -> None:
    kept: list[Secret] = []
    fake.will("/token", {"id_token": fake.token(), "refresh_token": "canary é"})
    async with client_of(fake) as oidc:
        with pytest.raises(ProviderTrouble) as caught:
            await renewed(oidc, fake.provider(), kept=kept)
    assert (caught.value.code, kept) == ("oidc-answer", [])


async def test_a_renewal_without_id_token_is_told_as_such(fake: Fake) -> None:
    fake.will("/token", {"access_token": ACCESS})
    async with client_of(fake) as oidc:
        with pytest.raises(ProviderTrouble) as caught:
            await refresh(fake, oidc)
    assert caught.value.code == "oidc-no-id-token"
    assert caught.value.remedy == "Sign in again."


@pytest.mark.parametrize("changed", [{"sub": "bob"}, {"nonce": "another"}, {"nonce": 7}])
async def test_a_renewal_must_be_of_the_same_sign_in(fake: Fake, changed: Json) -> None:
    person = Person(fake)
    async with client_of(fake) as oidc:
        await signed_in(fake, person, oidc=oidc)
        fake.will("/token", {"id_token": fake.token(**changed)})
        with pytest.raises(ProviderTrouble) as caught:
            await refresh(fake, oidc)
        assert caught.value.code == "oidc-token-invalid"
        matching: list[Json] = [{"nonce": person.asked["nonce"]}, {}]
        for right in matching:
            fake.will("/token", {"id_token": fake.token(**right)})
            assert (await refresh(fake, oidc)).token.facts.subject == "alice"


async def test_who_signed_in_is_known_over_many_rotations_and_forgotten_in_time(fake: Fake) -> None:
    async with client_of(fake) as oidc:
        await signed_in(fake, Person(fake), oidc=oidc)
        held = REFRESH
        for number in range(100):
            fake.will("/token", {"id_token": fake.token(), "refresh_token": f"refresh-{number}"})
            await refresh(fake, oidc, held)
            held = f"refresh-{number}"
        assert len(oidc._whose) <= 64
        fake.will("/token", {"id_token": fake.token(sub="bob")})
        with pytest.raises(ProviderTrouble):
            await refresh(fake, oidc, held)
        assert (await refresh(fake, oidc, "of nobody we know")).token.facts.subject == "bob"


async def test_nothing_is_told_in_the_log(fake: Fake, caplog: pytest.LogCaptureFixture) -> None:
    async with client_of(fake) as oidc:
        await oidc.sign_out(fake.provider(), client_secret=None, refresh_token=None, token=None)
        for name in (None, "httpx", "httpcore", "asyncio"):  # set again, after the client has quietened them
            caplog.set_level(logging.DEBUG, logger=name)
        logging.getLogger("httpx").debug("it is on")
        person = Person(fake)
        tokens = await signed_in(fake, person, oidc=oidc, secret=SECRET)
    assert "it is on" in caplog.text, "the log was off"
    form = fake.requests("/token")[0].form
    secrets = [form["code_verifier"], person.asked["state"], person.asked["nonce"], tokens.token.text.reveal()]
    assert [each for each in (*secrets, "canary") if each in caplog.text + person.page] == []


def test_the_package_loads_without_what_is_heavy() -> None:
    import subprocess
    import sys

    heavy = "{'authlib', 'joserfc', 'httpx', 'PySide6', 'cryptography'}"
    script = f"import sys, app.adapters.oidc.client; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
