"""Others who call AssumeRole; knows nothing of Rolecall, for it runs in the peers' environment too.

Usage: call_peers.py httpx|boto3|aiobotocore URL; for each line CALLS AT_ONCE it makes so many calls, so many at once.
`httpx` has a signature ready, and reads no answer but its bytes.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

KEY_ID, SECRET = "AKIAFASTFASTFASTFAST", "slow" * 10
ROLE = "arn:aws:iam::123456789012:role/Admin"
_BODY = (
    b"Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2FAdmin"
    b"&RoleSessionName=alice&DurationSeconds=3600"
)
_HEADERS = {
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    "accept": "text/xml",
    "x-amz-date": "20261122T080000Z",
    "authorization": f"AWS4-HMAC-SHA256 Credential={KEY_ID}/20261122/eu-west-1/sts/aws4_request, "
    f"SignedHeaders=accept;content-type;host;x-amz-date, Signature={'5' * 64}",
}


async def with_httpx(url: str, stack: AsyncExitStack) -> Callable[[], Awaitable[Any]]:
    """One client for all."""
    import httpx

    client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))

    async def call() -> None:
        answer = await client.post(url, content=_BODY, headers=_HEADERS)
        assert answer.status_code == 200

    return call


async def with_aiobotocore(url: str, stack: AsyncExitStack) -> Callable[[], Awaitable[Any]]:
    """One client for all."""
    from aiobotocore.session import get_session  # type: ignore[import-not-found]  # the peers have it

    maker = get_session().create_client(
        "sts", region_name="eu-west-1", endpoint_url=url, aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET
    )
    client = await stack.enter_async_context(maker)

    async def call() -> None:
        await client.assume_role(RoleArn=ROLE, RoleSessionName="alice", DurationSeconds=3600)

    return call


async def with_boto3(url: str, _: AsyncExitStack) -> Callable[[], Awaitable[Any]]:
    """It blocks: only one at a time makes sense."""
    import boto3

    client = boto3.client(
        "sts", region_name="eu-west-1", endpoint_url=url, aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET
    )

    async def call() -> None:
        client.assume_role(RoleArn=ROLE, RoleSessionName="alice", DurationSeconds=3600)

    return call


WAYS = {"httpx": with_httpx, "aiobotocore": with_aiobotocore, "boto3": with_boto3}


async def calls(call: Callable[[], Awaitable[Any]], many: int, at_once: int) -> None:
    """So many, by so many who each make one after the other."""
    left = iter(range(many))

    async def caller() -> None:
        for _ in left:
            await call()

    await asyncio.gather(*(caller() for _ in range(at_once)))


async def listen(call: Callable[[], Awaitable[Any]]) -> None:
    """Do what is asked for, line by line, and tell what it took."""
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        many, at_once = map(int, line.split())
        begun, worked = time.perf_counter(), time.process_time()
        await calls(call, many, at_once)
        took = {"seconds": time.perf_counter() - begun, "cpu": time.process_time() - worked}
        print(json.dumps(took), flush=True)


async def main() -> None:
    """See above."""
    async with AsyncExitStack() as stack:
        await listen(await WAYS[sys.argv[1]](sys.argv[2], stack))


if __name__ == "__main__":
    asyncio.run(main())
