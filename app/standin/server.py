"""The HTTP side: a server on the loopback interface with one daemon thread for each connection."""

from __future__ import annotations

import os
import socket
import struct
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from app.standin import service, sts
from app.standin.console import Console
from app.standin.faults import Fault, Faults
from app.standin.providers import Providers
from app.standin.wire import SERVER_FAILED, Answer, Call, Refusal, failure, html

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from app.standin.openid import OpenIdProvider
    from app.standin.service import Record
    from app.standin.world import World

    _Connection = socket.socket | tuple[bytes, socket.socket]

_BODY_MOST = 1 << 20
_STOP_SECONDS = 5.0
_SLOW_SECONDS = 10.0
_SLOW_PIECES = 20
_FOR_EVER = 86400.0


def _now() -> datetime:
    return datetime.now(UTC)


class StandIn:
    """A running stand-in AWS; use it as a context manager.

    `now` gives the time as an aware datetime, the system's clock by default; `port` 0 is any free one. Everything here
    may be called from any thread while it runs.
    """

    def __init__(self, world: World, now: Callable[[], datetime] = _now, *, port: int = 0) -> None:
        self.world = world
        self.clock_offset = timedelta()
        """Added to the time for the Date header and every check of validity."""
        self._now = now
        self._port = port
        self._providers = Providers(world, lambda: self.url)
        self._desk = sts.desk_of(world, self._providers.oidc)
        self._console = Console(world, self._desk.keys)
        self._lock = threading.Lock()
        self._records: list[Record] = []
        self._faults = Faults()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen on 127.0.0.1. Raises RuntimeError when running already, OSError when the port is taken."""
        if self._server is not None:
            raise RuntimeError("the stand-in runs already")
        self._server = _Server(self, self._port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="stand-in AWS", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and end every connection, also those that hang. Twice is once."""
        server, thread = self._server, self._thread
        if server is None or thread is None:
            return
        server.shutdown()
        self._faults.clear()
        server.end_connections()
        server.server_close()
        thread.join(_STOP_SECONDS)
        self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`: the endpoint of STS; the console's sign-in is at `/federation`.

        The own SAML provider's login is at `/idp/start`, the own OpenID provider's issuer at `/oidc`.
        """
        if self._server is None:
            raise RuntimeError("the stand-in does not run")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def requests(self) -> list[Record]:
        """What was received so far, in order, also what met a fault: see `Record`."""
        with self._lock:
            return list(self._records)

    def fault(self, kind: str, *, action: str | None = None, times: int = 1, **details: object) -> None:
        """Let the next `times` calls (of `action`) meet a fault; kinds and details: `app.standin.faults`.

        Raises ValueError for a kind or a detail that is none.
        """
        self._faults.plan(Fault(kind=kind, action=action, details=details), times)

    def clear_faults(self) -> None:
        """Forget the faults to come, and end the connections that hang."""
        self._faults.clear()

    def expire(self, access_key_id: str) -> None:
        """Make a session expired at once. Raises KeyError when there is none of that key ID."""
        with self._lock:
            self._desk.keys.expire(access_key_id)

    def forget_sign_ins(self) -> None:
        """Let the own providers forget every browser: the next sign-in asks for the password again."""
        with self._lock:
            self._providers.forget_sign_ins()

    def revoke_refresh_tokens(self) -> None:
        """End every refresh token of the own OpenID provider. Raises ValueError when there is no such provider."""
        with self._lock:
            self._openid().grants.revoke_all()

    def rotate_keys(self, *, keep_old: bool = True) -> None:
        """Let the own OpenID provider sign with a new key; `keep_old`: the old one can still be used to verify.

        Raises ValueError when there is no such provider.
        """
        with self._lock:
            self._openid().rotate_keys(keep_old=keep_old)

    def _openid(self) -> OpenIdProvider:
        if self._providers.oidc is None:
            raise ValueError("this world has no OpenID provider of its own")
        return self._providers.oidc

    def clock(self, fault: Fault | None = None) -> datetime:
        """The server's time, with its offset and that of a `clock` fault."""
        seconds = fault.number("seconds", 0) if fault is not None and fault.kind == "clock" else 0
        return self._now() + self.clock_offset + timedelta(seconds=seconds)

    def take_fault(self, call: Call) -> _Meeting | None:
        """The fault that a call meets, if any."""
        released = self._faults.released
        fault = self._faults.take(service.action_of(call))
        return None if fault is None else _Meeting(fault, released)

    def serve(self, call: Call, now: datetime) -> Answer:
        """Answer a call and record it."""
        # Others are served while a provider is asked
        service.look_up_keys(call, self._desk, now)
        with self._lock:
            answer, record = service.answer(call, self._desk, self._console, self._providers, now)
            self._records.append(record)
        return answer

    def note(self, call: Call, now: datetime, status: int, code: str) -> None:
        """Record a call that is not served."""
        with self._lock:
            self._records.append(service.unserved(call, now, status, code))


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A fault that happens now, and the event that lets go who hangs."""

    fault: Fault
    released: threading.Event


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, standin: StandIn, port: int) -> None:
        self.standin = standin
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: _Connection, client_address: object) -> None:
        """A client that hangs up is no news; anything else is a bug and is told."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def process_request(self, request: _Connection, client_address: object) -> None:
        if isinstance(request, socket.socket):
            with self._changed:
                self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: _Connection) -> None:
        super().shutdown_request(request)
        if isinstance(request, socket.socket):
            with self._changed:
                self._open.discard(request)
                self._changed.notify_all()

    def end_connections(self) -> None:
        """End all connections and wait for their threads, some seconds at most."""
        with self._changed:
            for each in self._open:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
            self._changed.wait_for(lambda: not self._open, _STOP_SECONDS)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # Head and body leave in one piece, so that no client waits for a delayed acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 300

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing: a request line may hold credentials."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        standin = self.server.standin
        length = self.headers.get("Content-Length", "0")
        if (
            not length.isascii()
            or not length.isdigit()
            or int(length) > _BODY_MOST
            or "Transfer-Encoding" in self.headers
        ):
            self.close_connection = True
            refusal = Refusal("MalformedHttpRequestException", "The body cannot be read.")
            self._send(failure(refusal, "unread"), standin.clock())
            return
        call = Call(method=self.command, target=self.path, headers=self.headers, body=self.rfile.read(int(length)))
        meeting = standin.take_fault(call)
        if meeting is None:
            now = standin.clock()
            self._send(standin.serve(call, now), now)
        else:
            self._meet(standin, call, meeting)

    def _meet(self, standin: StandIn, call: Call, meeting: _Meeting) -> None:
        fault = meeting.fault
        now = standin.clock(fault)
        instead = _instead(fault)
        if instead is not None:
            code, answer = instead
            standin.note(call, now, answer.status, code)
            self._send(answer, now)
            return
        lost = fault.kind in ("hang", "reset")
        if lost and not fault.after:
            standin.note(call, now, 0, fault.kind)
            self._lose(meeting)
            return
        answer = standin.serve(call, now)
        if lost:
            self._lose(meeting)
        elif fault.kind == "slow-body":
            self._send(answer, now, body=False)
            self._drip(answer.body, meeting)
        elif fault.kind == "cut-body":
            self.close_connection = True
            keep = int(fault.number("keep", len(answer.body) // 2))
            self._send(answer, now, body=False)
            self.wfile.write(answer.body[:keep])
        else:
            self._send(answer, now)

    def _lose(self, meeting: _Meeting) -> None:
        self.close_connection = True
        if meeting.fault.kind == "hang":
            meeting.released.wait(meeting.fault.number("seconds", _FOR_EVER))
            return
        # Closed with a linger time of zero, TCP sends RST instead of FIN.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def _drip(self, body: bytes, meeting: _Meeting) -> None:
        seconds = meeting.fault.number("seconds", _SLOW_SECONDS)
        size = -(-len(body) // _SLOW_PIECES)
        for start in range(0, len(body), size):
            if meeting.released.wait(seconds / _SLOW_PIECES):
                self.close_connection = True
                return
            self.wfile.write(body[start : start + size])
            self.wfile.flush()

    def _send(self, answer: Answer, now: datetime, *, body: bool = True) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Date", format_datetime(now.astimezone(UTC), usegmt=True))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if body:
            self.wfile.write(answer.body)


def _instead(fault: Fault) -> tuple[str, Answer] | None:
    """What is answered in place of AWS's answer, and its error code (or the fault's kind)."""
    if fault.kind == "throttle":
        code = str(fault.details.get("code", "Throttling"))
        refusal = Refusal(code, "Rate exceeded", status=int(fault.number("status", 400)))
        return code, failure(refusal, "throttled")
    if fault.kind == "server-error":
        status = int(fault.number("status", SERVER_FAILED))
        code = "InternalFailure" if status == SERVER_FAILED else "ServiceUnavailable"
        return code, failure(Refusal(code, "The request failed for an internal reason.", status=status), "failed")
    if fault.kind == "html":
        return fault.kind, html(int(fault.number("status", 200)), "Welcome", "Sign in to use this network.")
    return None
