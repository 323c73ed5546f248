"""A server in a thread of its own that answers with exactly the bytes, pauses and broken connections it was told to.

It is no HTTP server: it reads a request as far as it has to, and hands the socket to the answer. So an answer may be
anything, and whoever asks may block, or be another process.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
_HEAD_MOST = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came: the first line, the headers (names in lower case), the body."""

    line: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


Script = Callable[[socket.socket, "FaultServer"], bool | None]
Answer = bytes | Script
"""Bytes are sent, and the connection stays open for the next request; a script does what it likes.

Its connection ends after it, unless it says True. It has to after a whole answer that does not tell of an end: the
next request may be on its way already.
"""


class FaultServer:
    """Answers every request with `answer`; those in `first` come before it, each once. `asked` are the requests.

    `greet` is done with a connection before anything is read. All of it may be changed between requests.
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None, family: int = socket.AF_INET) -> None:
        self.answer: Answer = b""
        self.first: list[Answer] = []
        self.asked: list[Asked] = []
        self.connections = 0
        self.greet: Callable[[socket.socket, FaultServer], bool] = lambda _socket, _server: True
        self.ending = threading.Event()
        self._tls = tls
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._listening = socket.create_server((HOST, 0), family=family, backlog=64)
        self.port: int = self._listening.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://{'localhost' if tls else HOST}:{self.port}"

    def set(self, answer: Answer, *first: Answer) -> None:
        """Forget what was asked; answer like this from now on."""
        self.answer, self.first = answer, list(first)
        self.asked.clear()

    def __enter__(self) -> Self:
        """Begin to take connections."""
        self._begin(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        """End all connections; no thread outlives it."""
        self.ending.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            for each in self._sockets:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive(), "a connection of the fault server does not end"

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True, name="fault-server")
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connected, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            with self._lock:
                self._sockets.add(connected)
            self._begin(self._serve, connected)

    def _serve(self, raw: socket.socket) -> None:
        connected = raw
        # The other end may vanish at any moment: that is what is tried here.
        with contextlib.suppress(OSError, ssl.SSLError, ValueError):
            try:
                if not self.greet(raw, self):
                    return
                if self._tls is not None:
                    connected = self._tls.wrap_socket(raw, server_side=True, do_handshake_on_connect=False)
                    with self._lock:
                        self._sockets.add(connected)
                    connected.do_handshake()
                while not self.ending.is_set() and self._meet(connected):
                    pass
            finally:
                with self._lock:
                    self._sockets -= {raw, connected}
                connected.close()
                raw.close()

    def _meet(self, connected: socket.socket) -> bool:
        asked = read_request(connected)
        if asked is None:
            return False
        with self._lock:
            self.asked.append(asked)
            answer = self.first.pop(0) if self.first else self.answer
        if isinstance(answer, bytes):
            connected.sendall(answer)
            return True
        return answer(connected, self) is True


def read_request(connected: socket.socket) -> Asked | None:
    """One request, or None when the other end has no more."""
    head = b""
    while b"\r\n\r\n" not in head:
        got = connected.recv(65536)
        if not got or len(head) > _HEAD_MOST:
            return None
        head += got
    head, _, body = head.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    length = int(headers.get("content-length", "0"))
    while len(body) < length:
        got = connected.recv(65536)
        if not got:
            return None
        body += got
    return Asked(line=lines[0], headers=headers, body=body)


# --- Answers ----------------------------------------------------------------------------------------------------------


def whole(
    body: bytes | str,
    status: int = 200,
    *,
    kind: str = "text/xml",
    length: str | None = None,
    date: str | None = None,
    extra: tuple[str, ...] = (),
) -> bytes:
    """An HTTP answer. `length` stands in for its true length, empty for no such line; `extra` are more header lines."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Whatever"]
    lines += [f"Content-Type: {kind}"] if kind else []
    shown = str(len(content)) if length is None else length
    lines += [f"Content-Length: {shown}"] if shown else []
    lines += [f"Date: {date}"] if date is not None else []
    return "\r\n".join([*lines, *extra, "", ""]).encode("latin-1") + content


def then_close(data: bytes) -> Script:
    """Send this, and close the connection in good order."""

    def send(connected: socket.socket, _server: FaultServer) -> None:
        connected.sendall(data)

    return send


def then_reset(data: bytes) -> Script:
    """Send this, and break the connection off with RST."""

    def send(connected: socket.socket, _server: FaultServer) -> None:
        if data:
            connected.sendall(data)
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return send


def then_hang(data: bytes = b"") -> Script:
    """Send this, and say nothing more until the end."""

    def send(connected: socket.socket, server: FaultServer) -> None:
        if data:
            connected.sendall(data)
        server.ending.wait()

    return send


def drip(data: bytes, pause: float, at_once: int = 0) -> Script:
    """Send the first bytes at once and then byte by byte, `pause` seconds apart; the connection stays open."""

    def send(connected: socket.socket, server: FaultServer) -> bool:
        connected.sendall(data[:at_once])
        for each in data[at_once:]:
            if server.ending.wait(pause):
                return False
            connected.sendall(bytes([each]))
        return True

    return send


def forever(head: bytes, again: bytes) -> Script:
    """Send the head, and then the same again and again, as long as anybody takes it."""

    def send(connected: socket.socket, server: FaultServer) -> None:
        connected.sendall(head)
        while not server.ending.is_set():
            connected.sendall(again)

    return send


@contextlib.contextmanager
def closed_port() -> Iterator[int]:
    """A port that nobody listens at, and that nobody else is given meanwhile."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        yield taken.getsockname()[1]


@contextlib.contextmanager
def black_hole() -> Iterator[int]:
    """A port where connections are never accepted, nor refused: its queue is full."""
    with contextlib.ExitStack() as stack:
        hole = stack.enter_context(socket.socket())
        hole.bind((HOST, 0))
        hole.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                waiting.connect(hole.getsockname())
        yield hole.getsockname()[1]
