"""From the browser to a role: panva's provider vouches, SeaweedFS checks the ID token by the provider's keys."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from app.adapters.http import Http, HttpOptions, utc_now
from app.adapters.oidc.client import OidcClient
from app.adapters.sts.client import StsClient, StsOptions
from app.domain import sts_requests as requests
from app.domain.configuration import Provider, Settings
from app.domain.errors import RolecallError
from tests.adapters.oidc.person import renewed
from tests.e2e.conftest import ACCOUNT, seaweedfs_running
from tests.e2e.plain_browser import Browser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from app.domain.secret import Secret
    from app.domain.web_identity import Tokens
    from tests.e2e.panva import Panva

REGION = "us-east-1"


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory, panva_server: Panva) -> Iterator[str]:
    """SeaweedFS with a role for those whom panva's provider vouches for."""
    with seaweedfs_running(tmp_path_factory.mktemp("trusting"), panva_server.issuer) as url:
        yield url


@asynccontextmanager
async def clients(url: str) -> AsyncIterator[tuple[OidcClient, StsClient]]:
    """Both over the same connections, as in the program."""
    http = Http(HttpOptions())
    sts = StsClient(http, StsOptions.from_environment({"AWS_ENDPOINT_URL_STS": url}, Settings(max_retries=0)))
    try:
        yield OidcClient(http, now=lambda: utc_now() + sts.clock_skew), sts
    finally:
        await http.aclose()


async def signed_in(oidc: OidcClient, panva: Panva, client_id: str) -> Tokens:
    opened: list[asyncio.Task[object]] = []

    def person(url: str) -> object:
        return Browser().open(panva.log_in(url))

    def open_url(url: Secret) -> None:
        opened.append(asyncio.create_task(asyncio.to_thread(person, url.reveal())))

    tokens = await oidc.sign_in(provider_of(panva, client_id), client_secret=None, open_url=open_url)
    await asyncio.gather(*opened)
    return tokens


def provider_of(panva: Panva, client_id: str) -> Provider:
    return Provider(
        name="login", type="oidc", issuer=panva.issuer, client_id=client_id, scopes=tuple(panva.scope.split())
    )


async def arn_with(sts: StsClient, tokens: Tokens) -> str:
    """Who one is, as the role's own signature says it."""
    request = requests.AssumeRoleWithWebIdentity(
        role_arn=f"arn:aws:iam::{ACCOUNT}:role/Web",
        role_session_name=tokens.token.facts.subject,
        web_identity_token=tokens.token.text,
    )
    got = await sts.assume_role_with_web_identity(request, region=REGION)
    return (await sts.get_caller_identity(signer=got.credentials, region=REGION)).arn.rpartition(":")[2]


async def test_a_sign_in_and_its_renewals_are_a_role(panva: Panva, trusting: str) -> None:
    role = "assumed-role/Web/alice"  # SeaweedFS leaves the account out
    async with clients(trusting) as (oidc, sts):
        tokens = await signed_in(oidc, panva, panva.client_id)
        assert await arn_with(sts, tokens) == role
        for _ in range(2):
            assert tokens.refresh_token is not None
            provider = provider_of(panva, panva.client_id)
            tokens = await renewed(oidc, provider, tokens.refresh_token)
            assert await arn_with(sts, tokens) == role


async def test_what_was_made_for_another_program_is_no_role(panva: Panva, trusting: str) -> None:
    async with clients(trusting) as (oidc, sts):
        tokens = await signed_in(oidc, panva, panva.another_client_id)
        with pytest.raises(RolecallError):
            await arn_with(sts, tokens)
