"""An STS client on a raw server, with a clock of its own; and the search for canaries in its errors."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest

from app.adapters.http import Http, HttpOptions
from app.adapters.sts.client import StsClient, StsOptions
from app.domain import sts_requests as r
from app.domain.endpoints import EndpointOptions
from app.domain.errors import RolecallError
from tests.adapters.sts.raw_server import Server, answer, serving
from tests.adapters.sts.sts_helpers import (
    ASSUME,
    KEY,
    NOW,
    REGION,
    Time,
    http_date,
    recorded,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import timedelta

    from app.domain.credentials import SigningKey
    from app.ports import Sts
    from tests.adapters.sts.raw_server import Answer as RawAnswer

CANARIES = ("canary", "654321")


def good(action: str = "AssumeRole", offset: timedelta | None = None) -> bytes:
    return answer(recorded(action), date="" if offset is None else http_date(NOW + offset))


def bad(name: str, status: int, offset: timedelta | None = None, *, retry_after: str = "") -> bytes:
    date = "" if offset is None else http_date(NOW + offset)
    headers = (("Retry-After", retry_after),) if retry_after else ()
    return answer(recorded(f"error-{name}"), status, date=date, headers=headers)


@contextlib.asynccontextmanager
async def client(
    *answers: RawAnswer,
    time: Time | None = None,
    chance: float = 1.0,
    **options: Any,  # noqa: ANN401  # of StsOptions
) -> AsyncIterator[tuple[StsClient, Server, Time]]:
    time = time or Time()
    async with serving(*answers) as server:
        http = Http(HttpOptions(connect_timeout=2, read_timeout=2), now=time.now, steady=time.monotonic)
        sts = StsClient(
            http,
            StsOptions(endpoints=EndpointOptions(sts_override=server.url), **options),
            now=time.now,
            monotonic=time.monotonic,
            sleep=time.sleep,
            chance=lambda: chance,
        )
        try:
            yield sts, server, time
        finally:
            await http.aclose()


METHODS = {
    "AssumeRole": "assume_role",
    "AssumeRoleWithSAML": "assume_role_with_saml",
    "AssumeRoleWithWebIdentity": "assume_role_with_web_identity",
    "GetSessionToken": "get_session_token",
    "GetFederationToken": "get_federation_token",
    "GetCallerIdentity": "get_caller_identity",
    "GetAccessKeyInfo": "get_access_key_info",
    "DecodeAuthorizationMessage": "decode_authorization_message",
}


async def call(sts: Sts, request: r.Request, signer: SigningKey = KEY, region: str = REGION) -> Any:  # noqa: ANN401  # eight kinds
    method = getattr(sts, METHODS[request.ACTION])
    positional = () if isinstance(request, r.GetCallerIdentity) else (request,)
    named = {"signer": signer} if request.SIGNED else {}
    return await method(*positional, region=region, **named)


async def refused(sts: Sts, request: r.Request = ASSUME, **values: Any) -> RolecallError:  # noqa: ANN401  # of call
    with pytest.raises(RolecallError) as caught:
        await call(sts, request, **values)
    error: BaseException | None = caught.value
    while error is not None:
        assert not [canary for canary in CANARIES if canary in f"{error!r}{error}{vars(error)}"]
        error = error.__cause__ or error.__context__
    return caught.value
