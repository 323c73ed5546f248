"""An STS that believes everybody and answers at once: what is measured is the window, not its AWS.

Run as a program it prints the port it listens on at 127.0.0.1, and serves until it is ended.
"""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs

_ANSWER = """<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>\
<AssumedRoleUser><AssumedRoleId>AROAEXAMPLEEXAMPLE{n:03}:alice</AssumedRoleId>\
<Arn>{arn}</Arn></AssumedRoleUser>\
<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>\
<SessionToken>{token}</SessionToken><Expiration>{ends}</Expiration></Credentials></AssumeRoleResult>\
<ResponseMetadata><RequestId>00000000-0000-4000-8000-{n:012}</RequestId></ResponseMetadata></AssumeRoleResponse>"""
_LIFE = timedelta(hours=1)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def answer(form: str, number: int, now: datetime) -> bytes:
    """The whole HTTP answer to a form: credentials for an hour, whatever is asked."""
    _, account, role = parse_qs(form)["RoleArn"][0].rsplit(":", 2)
    body = _ANSWER.format(
        n=number,
        arn=f"arn:aws:sts::{account}:assumed-{role}/alice",
        key="ASIA" + _digits(number),
        secret="fast" * 10,
        token="fast" * 90,
        ends=(now + _LIFE).strftime("%Y-%m-%dT%H:%M:%SZ"),
    ).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nDate: {format_datetime(now, usegmt=True)}\r\nContent-Type: text/xml\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _digits(number: int) -> str:
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))


async def serve() -> None:
    """Print the port, and answer for ever."""
    numbers = itertools.count(1)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
                length = next(int(value) for name, _, value in lines if name == b"content-length")
                form = (await reader.readexactly(length)).decode()
                writer.write(answer(form, next(numbers), datetime.now(UTC)))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
