"""Finding out about a provider: what it says of itself, and what it may not say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.adapters.http import Http, HttpOptions
from app.adapters.oidc import discovery
from app.adapters.oidc.discovery import Discovery, Endpoints
from app.domain.configuration import Provider
from app.domain.errors import NetworkTrouble, ProviderTrouble, Retry
from tests.adapters.oidc.fake_provider import Fake, Json, faking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ISSUER = "https://login.example.com/tenant"


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    async with faking() as made:
        yield made


async def found(fake: Fake, provider: Provider | None = None) -> Endpoints:
    http = Http(HttpOptions(connect_timeout=5, read_timeout=5))
    try:
        return await Discovery(http, now=lambda: fake.now).endpoints(provider or fake.provider())
    finally:
        await http.aclose()


async def refused(fake: Fake, provider: Provider | None = None) -> ProviderTrouble:
    with pytest.raises(ProviderTrouble) as caught:
        await found(fake, provider)
    assert caught.value.title
    assert caught.value.detail
    assert caught.value.remedy
    return caught.value


async def test_the_document_is_read(fake: Fake) -> None:
    fake.discovers(scopes_supported=["openid", "email"], authorization_response_iss_parameter_supported=True)
    got = await found(fake)
    assert got == Endpoints(
        issuer=fake.url,
        authorization=f"{fake.url}/auth",
        token=f"{fake.url}/token",
        jwks=f"{fake.url}/jwks",
        device=f"{fake.url}/device",
        revocation=f"{fake.url}/revoke",
        end_session=f"{fake.url}/end",
        auth_methods=("none", "client_secret_basic"),
        revocation_methods=("none", "client_secret_basic"),
        scopes=("openid", "email"),
        names_itself=True,
    )


async def test_an_issuer_with_a_path_is_asked_below_it(fake: Fake) -> None:
    issuer = f"{fake.url}/tenant"
    fake.will("/tenant/.well-known/openid-configuration", fake.discovery(issuer=issuer))
    assert (await found(fake, fake.provider(issuer=issuer))).issuer == issuer
    fake.will("/tenant/.well-known/openid-configuration", fake.discovery(issuer=f"{issuer}/"))
    assert (await found(fake, fake.provider(issuer=f"{issuer}/"))).issuer == f"{issuer}/"


async def test_an_hour_long_nobody_is_asked_again(fake: Fake) -> None:
    http = Http(HttpOptions())
    known = Discovery(http, now=lambda: fake.now)
    for step in (timedelta(), timedelta(minutes=59), timedelta(minutes=2), timedelta(hours=-2)):
        fake.now += step
        await known.endpoints(fake.provider())
    assert len(fake.asked) == 3  # also when the clock was set back
    known.forget(fake.provider())
    await known.endpoints(fake.provider())
    assert len(fake.asked) == 4
    await http.aclose()


@pytest.mark.parametrize("said", ["https://evil.example", "", None, 7, ["x"]])
async def test_another_issuer_is_refused(fake: Fake, said: object) -> None:
    fake.discovers(issuer=said)
    error = await refused(fake)
    assert (error.code, error.field) == ("oidc-issuer", "issuer")


async def test_a_stroke_too_many_is_told_as_such(fake: Fake) -> None:
    fake.discovers(issuer=f"{fake.url}/")
    error = await refused(fake)
    assert error.code == "oidc-issuer"
    assert f"exactly {fake.url}/" in error.remedy


@pytest.mark.parametrize(
    ("status", "body", "later"),
    [
        (404, "nothing here", False),
        (302, "", False),
        (401, "{}", False),
        (500, "oops", True),
        (503, "{}", True),
        (429, "{}", True),
        (200, "<html>sign in to this network</html>", False),
        (200, "[]", False),
        (200, "", False),
        (200, '{"issuer":"a","issuer":"b"}', False),
        (200, "[" * 100_000, False),
    ],
)
async def test_what_is_no_document_is_told(fake: Fake, status: int, body: str, later: bool) -> None:
    fake.will("/.well-known/openid-configuration", (status, body))
    error = await refused(fake)
    assert error.code == "oidc-discovery"
    assert (error.retry is Retry.BACK_OFF) is later
    assert "html" not in str(error)


async def test_a_document_without_end_is_cut_off(fake: Fake) -> None:
    fake.will("/.well-known/openid-configuration", "x" * 2_000_000)
    with pytest.raises(NetworkTrouble) as caught:
        await found(fake)
    assert caught.value.code == "answer-too-large"
    assert "AWS" not in caught.value.detail


async def test_an_issuer_that_nobody_answers_for_is_told_without_aws() -> None:
    fake = Fake(url="http://127.0.0.1:1")
    with pytest.raises(NetworkTrouble) as caught:
        await found(fake)
    assert caught.value.code == "connect"
    assert "issuer" in caught.value.remedy
    assert "AWS" not in caught.value.remedy


@pytest.mark.parametrize("missing", ["token_endpoint", "jwks_uri"])
async def test_what_must_be_there_is_missed(fake: Fake, missing: str) -> None:
    fake.discovers(**{missing: None})
    assert (await refused(fake)).code == "oidc-discovery"


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "login.example.com",
        "http://login.example.com",
        "ftp://login.example.com",
        "https://",
        "https://user@login.example.com",
        "https://login.example.com/#x",
        "https://login.example.com/?x=y",
        "https://login.example.com:port",
        "https://login.example.com/ x",
        "https://[::1",
        "javascript:alert(1)",
    ],
)
async def test_an_issuer_that_is_not_safe_is_never_asked(fake: Fake, issuer: str) -> None:
    error = await refused(fake, fake.provider(issuer=issuer))
    assert (error.code, error.field) == ("oidc-endpoint", "issuer")
    assert fake.asked == []


def document(**changed: object) -> Json:
    names = ("authorization", "token", "device_authorization", "revocation", "end_session")
    found: Json = {f"{name}_endpoint": f"{ISSUER}/{name}" for name in names}
    return {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/jwks", **found, **changed}


def read(**changed: object) -> Endpoints:
    import json

    return discovery.read(json.dumps(document(**changed)).encode(), ISSUER)


@pytest.mark.parametrize(
    "name",
    [
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "device_authorization_endpoint",
        "revocation_endpoint",
        "end_session_endpoint",
    ],
)
@pytest.mark.parametrize(
    "url",
    [
        "http://login.example.com/x",
        "http://127.0.0.1:8080/x",  # tokens of a provider elsewhere have no business on this machine
        "https://user:secret@login.example.com/x",
        "https://login.example.com/x#y",
        "https://login.example.com/\nx",
        "file:///etc/passwd",
        "//login.example.com/x",
        "https://login.exämple.com/x",
    ],
)
def test_an_endpoint_that_is_not_safe_is_refused(name: str, url: str) -> None:
    with pytest.raises(ProviderTrouble) as caught:
        read(**{name: url})
    assert (caught.value.code, caught.value.field) == ("oidc-endpoint", name)


def test_endpoints_elsewhere_are_the_providers_affair() -> None:
    got = read(token_endpoint="https://oauth2.example.net/token?tenant=1", scopes_supported="openid")
    assert got.token == "https://oauth2.example.net/token?tenant=1"
    assert (got.scopes, got.auth_methods, got.names_itself) == ((), ("client_secret_basic",), False)


@pytest.mark.parametrize(("name", "host"), [("www.amazon.com", "amazon.com"), ("graph.facebook.com", "facebook.com")])
def test_the_two_providers_of_access_tokens_are_known(name: str, host: str) -> None:
    provider = Provider(name="login", type="oidc", client_id="rolecall", provider_id=name)
    got = discovery.known(provider)
    assert got.issuer == ""
    assert host in got.authorization
    assert host in got.token
    assert got.scopes


@pytest.mark.parametrize("name", ["authorization_url", "token_url"])
def test_their_addresses_may_be_set_but_not_to_anything(name: str) -> None:
    def provider(url: str) -> Provider:
        return Fake().provider(provider_id="www.amazon.com", **{name: url})

    set_ = discovery.known(provider("https://eu.example.com/x"))
    assert "https://eu.example.com/x" in (set_.authorization, set_.token)
    with pytest.raises(ProviderTrouble) as caught:
        discovery.known(provider("http://eu.example.com/x"))
    assert caught.value.field == name
