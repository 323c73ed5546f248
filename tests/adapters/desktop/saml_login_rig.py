"""A provider that does what it should not, an AWS that counts who calls, and a hand at the player's windows."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import queue
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PLAYER = Path(__file__).with_name("saml_login_player.py")
ROOT = Path(__file__).parents[3]
PATIENCE = 15.0
_NOW = threading.Event()
_NOW.set()
ACS = "https://signin.aws.amazon.com/saml"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# --- Servers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Server:
    """Serves what tests put into `pages`, once the event in `waits` is set.

    `seen` holds METHOD PATH of every request, `bodies` what was posted.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Answer] = {}
        self.waits: dict[str, threading.Event] = {}
        self.seen: list[str] = []
        self.bodies: list[bytes] = []
        self.cookies: list[str] = []
        self.connections = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            def setup(self) -> None:
                server.connections += 1
                super().setup()

            def do_GET(self) -> None:
                server.seen.append(f"{self.command} {self.path}")
                server.cookies.append(self.headers.get("Cookie", ""))
                server.bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
                server.waits.get(self.path, _NOW).wait(PATIENCE)
                answer = server.pages.get(self.path.partition("?")[0], Answer(status=404))
                self.send_response(answer.status)
                headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(answer.body))}
                for name, value in (headers | dict(answer.headers)).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def do_POST(self) -> None:
                self.do_GET()

            def do_CONNECT(self) -> None:
                server.seen.append(f"CONNECT {self.path}")
                self.send_error(403)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A browser hangs up when it likes."""

            def get_request(self) -> tuple[Any, Any]:
                connection, address = super().get_request()
                if context is not None:
                    connection.settimeout(10)
                    connection = context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
                return connection, address

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def put(self, path: str, html: str, status: int = 200, **headers: str) -> str:
        """Serve a page; underscores in names of headers are hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Answer(body=f"<!doctype html>{html}".encode(), status=status, headers=named)
        return self.url + path

    def forget(self) -> None:
        self.pages.clear()
        self.waits.clear()
        for each in (self.seen, self.bodies, self.cookies):
            each.clear()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A key and a certificate of its own making; `pin` is the digest Chromium knows keys by."""

    context: ssl.SSLContext
    pin: str


def identity(directory: Path, *names: str, days: int = 30) -> Identity:
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = directory / f"{names[0]}.pem"
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + certificate.public_bytes(encoding))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Identity(context=context, pin=base64.b64encode(hashlib.sha256(public).digest()).decode())


# --- The player -------------------------------------------------------------------------------------------------------


class Remote:
    """Starts the player and talks to it. `home` is its home; everything it logs is in `log`."""

    def __init__(
        self,
        home: Path,
        display: Mapping[str, str],
        *,
        switches: list[str],
        reader: str = "plain",
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home
        self.directory = home / "state" / "sign-ins"
        self.log = home.with_name(home.name + "-log")
        self.output: list[str] = []
        self._display = display
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.ended: dict[str, dict[str, Any]] = {}
        self._number = 0
        self.begun: list[str] = []
        own = {"HOME": str(home), "TMPDIR": str(home / "tmp"), "XDG_RUNTIME_DIR": str(home / "run")}
        for name in ("tmp", "run"):
            (home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        # What Qt hands addresses over to
        opener = home / "bin" / "xdg-open"
        opener.parent.mkdir(exist_ok=True)
        opener.write_text(f'#!/bin/sh\necho "$@" >> {home}/handed-over\n')
        opener.chmod(0o755)
        own["PATH"] = f"{opener.parent}:{os.environ['PATH']}"
        command = [sys.executable, str(PLAYER), str(self.directory), reader, *switches]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                env=dict(os.environ) | own | dict(display) | dict(environ or {}),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=ROOT,
            )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        assert self._next() == {"ready": True}

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.output.append(line)
                if line.startswith("{"):
                    self._answers.put(json.loads(line))
        self._answers.put({"gone": True})

    def _next(self) -> dict[str, Any]:
        try:
            said = self._answers.get(timeout=PATIENCE)
        except queue.Empty:
            pytest.fail(f"the player is silent:\n{self.log.read_text(errors='replace')[-3000:]}", pytrace=False)
        if "gone" in said:
            pytest.fail(f"the player is gone:\n{self.log.read_text(errors='replace')[-3000:]}", pytrace=False)
        if "ended" in said:
            self.ended[said["ended"]] = said
        return said

    def order(self, do: str, **arguments: object) -> Any:  # noqa: ANN401  # whatever the player answers
        self._number += 1
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"number": self._number, "do": do, **arguments}) + "\n")
        self.process.stdin.flush()
        while (said := self._next()).get("number") != self._number:
            pass
        return said["answer"]

    # --- Sign-ins ---------------------------------------------------------------------------------------------------

    def sign_in(self, url: str, *, name: str = "corp", hidden: bool = False, stay: bool = False) -> str:
        """Begin a sign-in, and return what it is known by."""
        ident = f"{name}-{self._number}"
        self.begun.append(ident)
        self.order("sign_in", ident=ident, name=name, url=url, hidden=hidden, stay=stay)
        return ident

    def end(self, ident: str) -> dict[str, Any]:
        """Wait until a sign-in has ended."""
        while ident not in self.ended:
            self._next()
        return self.ended[ident]

    def outcome(self, url: str, *, name: str = "corp", hidden: bool = False, stay: bool = False) -> dict[str, Any]:
        """Sign in, and wait for the end."""
        return self.end(self.sign_in(url, name=name, hidden=hidden, stay=stay))

    def handed_over(self) -> str:
        """What was given to another program."""
        path = self.home / "handed-over"
        return path.read_text() if path.exists() else ""

    # --- Windows ----------------------------------------------------------------------------------------------------

    def window(self) -> dict[str, Any]:
        windows = self.order("windows")
        assert len(windows) == 1, windows
        found: dict[str, Any] = windows[0]
        return found

    def until(self, holds: Callable[[dict[str, Any]], object], what: str) -> dict[str, Any]:
        """Wait until something holds of the only window, and return it."""
        ends = time.monotonic() + PATIENCE
        windows: list[dict[str, Any]] = []
        while time.monotonic() < ends:
            windows = self.order("windows")
            if len(windows) == 1 and holds(windows[0]):
                return windows[0]
            time.sleep(0.05)
        pytest.fail(f"waited in vain until {what}: {windows}\nended: {self.ended}", pytrace=False)

    def windows(self, holds: Callable[[list[dict[str, Any]]], object], what: str) -> None:
        """Wait until something holds of all windows."""
        ends = time.monotonic() + PATIENCE
        while not holds(found := self.order("windows")):
            if time.monotonic() > ends:
                pytest.fail(f"waited in vain until {what}: {found}", pytrace=False)
            time.sleep(0.05)

    def menu(self, lines: list[str]) -> None:
        """Wait until a menu of these lines is open."""
        ends = time.monotonic() + PATIENCE
        while (found := self.order("menu")) != lines:
            if time.monotonic() > ends:
                pytest.fail(f"no such menu: {found}", pytrace=False)
            time.sleep(0.05)

    def loaded(self) -> dict[str, Any]:
        return self.until(lambda window: window["host"] and not window["busy"], "the page is loaded")

    def refused(self, words: str) -> dict[str, Any]:
        return self.until(lambda window: words in window["notice"], f"the window says {words}")

    def tool(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        return subprocess.run(
            command, env=dict(os.environ) | dict(self._display), capture_output=True, text=True, check=True
        ).stdout

    def click_at(self, x: int, y: int) -> None:
        self.tool("mousemove", str(x), str(y), "click", "1")

    def click(self, name: str) -> None:
        at = self.order("where", name=name)
        assert at, name
        self.click_at(*at)

    def click_in_page(self, selector: str) -> None:
        """Click in the middle of something in the page."""
        ends = time.monotonic() + PATIENCE
        while not (at := self.order("where_in_page", selector=selector)):
            if time.monotonic() > ends:
                pytest.fail(f"not in the page: {selector}", pytrace=False)
            time.sleep(0.05)
        self.click_at(*at)

    def keys(self, *names: str) -> None:
        self.tool("key", *names)

    def type(self, text: str) -> None:
        self.tool("type", "--delay", "5", text)

    def picture(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(path)], env=dict(os.environ) | dict(self._display), check=True)

    def quit(self) -> str:
        """End the player; returns everything it wrote and logged."""
        if self.process.poll() is None:
            assert self.process.stdin is not None
            self.order("quit")
            self.process.stdin.close()
            assert self.process.wait(PATIENCE) == 0, self.log.read_text(errors="replace")[-3000:]
            self._listener.join(PATIENCE)
        logged = self.log.read_text(errors="replace")
        for complaint in ("Traceback", "Release of profile", "Error calling Python", "QObject", "QThread"):
            assert complaint not in logged, logged[-3000:]
        return "".join(self.output) + logged
