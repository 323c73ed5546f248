"""Access tokens as proof, signing out, and tokens from elsewhere."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.errors import BadInput, NetworkTrouble, ProviderTrouble
from app.domain.secret import Secret
from tests.adapters.oidc.fake_provider import CLIENT, NOW, OTHER, Fake, Json, client_of, faking
from tests.adapters.oidc.person import ACCESS, REFRESH, SECRET, Person, refused, renewed, signed_in, told_by

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from app.domain.configuration import Provider


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    async with faking() as made:
        yield made


# --- Access tokens as proof ----------------------------------------------------------------------------------------


async def test_an_access_token_is_the_proof_where_aws_takes_it(fake: Fake) -> None:
    fake.will("/token", {"access_token": ACCESS, "expires_in": "3600", "refresh_token": REFRESH})
    urls = {"authorization_url": f"{fake.url}/auth", "token_url": f"{fake.url}/token"}
    person = Person(fake)
    async with client_of(fake) as oidc:
        settings: Json = {"provider_id": "www.amazon.com", "issuer": "", **urls}
        tokens = await signed_in(fake, person, oidc=oidc, **settings)
        provider: Provider = fake.provider(**settings)
        again = await renewed(oidc, provider)
        with pytest.raises(ProviderTrouble, match="device code"):
            await oidc.sign_in_on_device(provider, client_secret=None, show=lambda _: None)
        assert await oidc.sign_out(provider, client_secret=None, refresh_token=None, token=None) is None
    for each in (tokens, again):
        assert (each.token.text, each.token.provider_id) == (Secret(ACCESS), "www.amazon.com")
        assert (each.token.facts.expires, each.token.facts.claims) == (NOW + timedelta(hours=1), ())
    assert tokens.refresh_token == Secret(REFRESH)
    assert (person.asked["scope"], person.asked["code_challenge_method"]) == ("profile", "S256")
    assert "nonce" not in person.asked
    assert [each.path for each in fake.asked] == ["/token", "/token"]


@pytest.mark.parametrize("answer", [{"id_token": "x.y.z"}, {"access_token": "x" * 20_001}, {"access_token": ""}])
async def test_no_access_token_is_no_proof(fake: Fake, answer: Json) -> None:
    fake.will("/token", answer)
    urls = {"authorization_url": f"{fake.url}/auth", "token_url": f"{fake.url}/token"}
    error = await refused(fake, Person(fake), provider_id="graph.facebook.com", **urls)
    assert error.code == "oidc-answer"


@pytest.mark.parametrize("seconds", [None, 0, -1, "soon", True, 1e99])
async def test_an_access_token_need_not_say_how_long_it_lasts(fake: Fake, seconds: object) -> None:
    fake.will("/token", {"access_token": ACCESS, "expires_in": seconds})
    settings: Json = {"authorization_url": f"{fake.url}/auth", "token_url": f"{fake.url}/token"}
    tokens = await signed_in(fake, Person(fake), provider_id="graph.facebook.com", **settings)
    assert tokens.token.facts.expires is None
    assert tokens.token.usable(NOW)


# --- Signing out, reading ------------------------------------------------------------------------------------------


async def sign_out(fake: Fake, *, secret: Secret | None = None, token: str | None = "canary.id.token") -> Secret | None:
    async with client_of(fake) as oidc:
        return await oidc.sign_out(
            fake.provider(),
            client_secret=secret,
            refresh_token=Secret(REFRESH),
            token=Secret(token) if token else None,
        )


async def test_signing_out_revokes_and_leads_to_the_end_of_the_session(fake: Fake) -> None:
    fake.will("/revoke", "")
    end = await sign_out(fake)
    assert end is not None
    assert end.reveal() == f"{fake.url}/end?id_token_hint=canary.id.token&client_id={CLIENT}"
    (asked,) = fake.requests("/revoke")
    assert asked.form == {"token": REFRESH, "token_type_hint": "refresh_token", "client_id": CLIENT}


async def test_signing_out_with_a_secret_and_without_a_token(fake: Fake) -> None:
    fake.will("/revoke", "")
    fake.discovers(end_session_endpoint=f"{fake.url}/end?tenant=1")
    end = await sign_out(fake, secret=SECRET, token=None)
    assert end == Secret(f"{fake.url}/end?tenant=1&client_id={CLIENT}")
    assert "authorization" in fake.requests("/revoke")[0].headers


@pytest.mark.parametrize("answer", [(400, {"error": "unsupported_token_type"}), (503, "busy"), (200, "x" * 2_000_000)])
async def test_a_revocation_that_fails_is_told_in_the_log_alone(
    fake: Fake, answer: tuple[int, Json | str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.will("/revoke", answer)
    assert await sign_out(fake) is not None
    assert "revoke" in caplog.text
    assert "canary" not in caplog.text


async def test_a_provider_that_offers_no_sign_out(fake: Fake) -> None:
    fake.discovers(revocation_endpoint=None, end_session_endpoint=None)
    assert await sign_out(fake) is None
    assert not fake.requests("/revoke")


async def test_a_provider_that_is_away_cannot_be_signed_out_of() -> None:
    with pytest.raises(NetworkTrouble):
        await sign_out(Fake(url="http://127.0.0.1:1"))


async def test_a_token_from_elsewhere_is_read(fake: Fake) -> None:
    async with client_of(fake) as oidc:
        token = fake.token(key=OTHER)
        read = oidc.read(fake.provider(), Secret(f"\n {token}\r\n"), now=NOW)
        assert (read.text, read.received, read.provider_id) == (Secret(token), NOW, "")
        assert (read.facts.subject, read.facts.verified) == ("alice", False)
        opaque = oidc.read(fake.provider(provider_id="graph.facebook.com"), Secret("EAAB|opaque\n"), now=NOW)
        assert (opaque.text, opaque.provider_id) == (Secret("EAAB|opaque"), "graph.facebook.com")
        assert (opaque.facts.claims, opaque.facts.expires) == ((), None)
        for settings, text in (({}, "canary"), ({"provider_id": "www.amazon.com"}, "canary two\nlines")):
            with pytest.raises(BadInput) as caught:
                oidc.read(fake.provider(**settings), Secret(text), now=NOW)
            assert caught.value.code == "web-identity-token"
            assert "canary" not in told_by(caught.value)
    assert fake.asked == []
