"""Signing in on another device, against a provider that is slow, strict or odd."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.errors import Declined, ProviderTrouble, RolecallError
from app.domain.secret import Secret
from app.domain.web_identity import DeviceCode, Tokens
from tests.adapters.oidc.fake_provider import CLIENT, NOW, Fake, Json, Pauses, client_of, faking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PENDING = (400, {"error": "authorization_pending"})
SLOWER = (400, {"error": "slow_down"})
EXPIRED = (400, {"error": "expired_token"})


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    async with faking() as made:
        yield made


def code(fake: Fake, number: int = 1, **changed: object) -> Json:
    found = {
        "device_code": f"canary-device-code-{number}",
        "user_code": f"WDJB-MJH{number}",
        "verification_uri": f"{fake.url}/activate",
        "verification_uri_complete": f"{fake.url}/activate?user_code=WDJB-MJH{number}",
        "expires_in": 600,
        "interval": 7,
        **changed,
    }
    return {name: value for name, value in found.items() if value is not None}


async def signed_in(fake: Fake, **settings: object) -> tuple[Tokens, list[DeviceCode], list[float]]:
    shown: list[DeviceCode] = []
    pauses = Pauses(fake)
    async with client_of(fake, sleep=pauses) as oidc:
        provider = fake.provider(**settings)
        tokens = await oidc.sign_in_on_device(provider, client_secret=None, show=shown.append)
    return tokens, shown, pauses.taken


async def refused(fake: Fake) -> RolecallError:
    with pytest.raises(RolecallError) as caught:
        await signed_in(fake)
    assert "canary" not in str(caught.value) + repr(caught.value)
    return caught.value


def gives(fake: Fake) -> Json:
    return {"id_token": fake.token(exp=int(NOW.timestamp()) + 86_400), "refresh_token": "canary-refresh"}


async def test_the_code_is_shown_and_waited_for(fake: Fake) -> None:
    fake.will("/device", code(fake))
    fake.will("/token", PENDING, PENDING, gives(fake))
    tokens, shown, pauses = await signed_in(fake, scopes=("openid", "email"))
    assert shown == [
        DeviceCode(
            user_code="WDJB-MJH1",
            url=f"{fake.url}/activate",
            complete_url=f"{fake.url}/activate?user_code=WDJB-MJH1",
            expires=NOW + timedelta(seconds=600),
        )
    ]
    assert pauses == [7, 7, 7]
    assert tokens.refresh_token == Secret("canary-refresh")
    assert tokens.token.facts.verified
    assert fake.requests("/device")[0].form == {"scope": "openid email", "client_id": CLIENT}
    assert fake.requests("/token")[0].form == {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "device_code": "canary-device-code-1",
        "client_id": CLIENT,
    }


async def test_who_says_slow_down_is_asked_five_seconds_later_from_then_on(fake: Fake) -> None:
    fake.will("/device", code(fake, interval=None))
    fake.will("/token", PENDING, SLOWER, PENDING, SLOWER, gives(fake))
    assert (await signed_in(fake))[2] == [5, 5, 10, 10, 15]


async def test_an_expired_code_is_replaced(fake: Fake) -> None:
    fake.will("/device", code(fake, 1), code(fake, 2))
    fake.will("/token", PENDING, EXPIRED, gives(fake))
    _, shown, _ = await signed_in(fake)
    assert [each.user_code for each in shown] == ["WDJB-MJH1", "WDJB-MJH2"]
    assert [each.form["device_code"][-1] for each in fake.requests("/token")] == ["1", "1", "2"]


async def test_a_code_ends_by_our_clock_too(fake: Fake) -> None:
    fake.will("/device", code(fake, 1, expires_in=20), code(fake, 2))
    fake.will("/token", PENDING, PENDING, PENDING, gives(fake))
    _, shown, pauses = await signed_in(fake)
    assert len(shown) == 2
    assert len(pauses) == 4


async def test_nobody_there_is_noticed_at_last(fake: Fake) -> None:
    fake.will("/device", code(fake))
    fake.will("/token", PENDING)
    error = await refused(fake)
    assert error.code == "oidc-timeout"
    assert "30 min" in error.detail
    assert len(fake.requests("/device")) == 3


async def test_a_refusal_is_no_failure(fake: Fake) -> None:
    fake.will("/device", code(fake))
    fake.will("/token", PENDING, (400, {"error": "access_denied"}))
    assert isinstance(await refused(fake), Declined)


async def test_other_refusals_end_it_and_repeat_nothing_secret(fake: Fake) -> None:
    fake.will("/device", code(fake))
    said = "device_code canary-device-code-1 is not known"
    fake.will("/token", (400, {"error": "invalid_grant", "error_description": said}))
    error = await refused(fake)
    assert error.code == "oidc-refused"
    assert "is not known" in error.detail
    assert len(fake.requests("/token")) == 1


async def test_trouble_that_passes_is_waited_out(fake: Fake) -> None:
    fake.will("/device", code(fake))
    busy = {"error": "temporarily_unavailable"}
    fake.will("/token", (503, "busy"), (429, "busy"), PENDING, (400, busy), gives(fake))
    assert (await signed_in(fake))[2] == [7, 14, 28, 28, 56]


async def test_a_provider_without_device_codes_says_so(fake: Fake) -> None:
    fake.discovers(device_authorization_endpoint=None)
    error = await refused(fake)
    assert (error.code, error.field) == ("oidc-endpoint", "flow")


@pytest.mark.parametrize(
    "changed",
    [
        {"device_code": None},
        {"device_code": 7},
        {"user_code": None},
        {"user_code": ""},
        {"user_code": "x" * 65},
        {"user_code": "A\x1b[31mB"},
        {"verification_uri": None},
        {"verification_uri": "http://evil.example/activate"},
        {"verification_uri": "javascript:alert(1)"},
        {"verification_uri_complete": "file:///etc/passwd"},
    ],
)
async def test_a_code_that_cannot_be_is_not_shown(fake: Fake, changed: Json) -> None:
    fake.will("/device", code(fake, **changed))
    assert (await refused(fake)).code in ("oidc-answer", "oidc-endpoint")
    assert not fake.requests("/token")


@pytest.mark.parametrize(
    ("interval", "expires", "pause", "life"),
    [
        (0, 600, 1, 600),
        (-5, 1, 1, 10),
        (10**9, 10**9, 60, 3600),
        ("5", "600", 5, 600),
        (True, None, 5, 600),
        (0.5, 60.5, 1, 60.5),
    ],
)
async def test_odd_times_are_brought_to_reason(
    fake: Fake, interval: object, expires: object, pause: float, life: float
) -> None:
    fake.will("/device", code(fake, interval=interval, expires_in=expires, verification_uri_complete=None))
    fake.will("/token", gives(fake))
    _, shown, pauses = await signed_in(fake)
    assert pauses == [pause]
    assert shown[0].expires == NOW + timedelta(seconds=life)
    assert shown[0].complete_url == ""


async def test_a_refused_request_for_a_code_is_told(fake: Fake) -> None:
    fake.will("/device", (400, {"error": "invalid_scope", "error_description": "no email"}))
    error = await refused(fake)
    assert isinstance(error, ProviderTrouble)
    assert "invalid_scope: no email" in error.detail
