"""An STS that believes everybody, their clocks too, and answers with as little work as can be: the same for all peers.

Run as a program it prints its port at 127.0.0.1 and serves until it is ended. With an argument it first waits so many
milliseconds before each answer. `GET /most` tells how many calls were there at a time at most, and starts anew.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import sys
from datetime import UTC, datetime
from email.utils import format_datetime

from tests.bench_ui.fast_sts import answer

_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_DATE = re.compile(rb"\r\nx-amz-date: *([0-9TZ]+)", re.IGNORECASE)


_WHOSE = b"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>\
<Arn>arn:aws:iam::123456789012:user/alice</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account>\
</GetCallerIdentityResult><ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId>\
</ResponseMetadata></GetCallerIdentityResponse>"""


def _whose(now: datetime) -> bytes:
    """The answer to who may ask for the time."""
    head = f"HTTP/1.1 200 OK\r\nDate: {format_datetime(now, usegmt=True)}\r\nContent-Type: text/xml\r\n"
    return f"{head}Content-Length: {len(_WHOSE)}\r\n\r\n".encode() + _WHOSE


class Counter:
    """How many calls are there now, and were at most."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.numbers = itertools.count(1)
        self.now = self.most = self.calls = 0

    def told(self) -> bytes:
        """What was counted since it was last asked for."""
        body = b"%d %d" % (self.most, self.calls)
        self.most = self.calls = 0
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


class Talk(asyncio.Protocol):
    """One connection."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._read = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.Protocol."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self._read += data
        while True:
            head, end, rest = self._read.partition(b"\r\n\r\n")
            length = _LENGTH.search(head)
            size = int(length[1]) if length else 0
            if not end or len(rest) < size:
                return
            self._read = rest[size:]
            if head.startswith(b"GET"):
                self._write(self._counter.told())
            else:
                self._call(head, rest[:size].decode())

    def _call(self, head: bytes, form: str) -> None:
        counter = self._counter
        counter.now += 1
        counter.calls += 1
        counter.most = max(counter.most, counter.now)
        date = _DATE.search(head)
        now = datetime.now(UTC)
        if date is not None:
            now = datetime.strptime(date[1].decode(), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        whole = _whose(now) if "Action=GetCallerIdentity" in form else answer(form, next(counter.numbers), now)
        if counter.pause:
            asyncio.get_running_loop().call_later(counter.pause, self._answer, whole)
        else:
            self._answer(whole)

    def _answer(self, whole: bytes) -> None:
        self._counter.now -= 1
        self._write(whole)

    def _write(self, whole: bytes) -> None:
        assert self._transport is not None
        self._transport.write(whole)


async def serve(pause: float) -> None:
    """Print the port, and answer for ever."""
    counter = Counter(pause)
    server = await asyncio.get_running_loop().create_server(lambda: Talk(counter), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]) / 1000 if len(sys.argv) > 1 else 0.0))
