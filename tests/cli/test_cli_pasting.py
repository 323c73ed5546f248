"""A SAML response pasted into a real terminal, and what is left there afterwards."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from app.cli import signing_in
from app.cli.pasting import is_whole
from app.domain.configuration import Flow
from app.domain.view import SignInView

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "canary" * 3500
XML = f"<samlp:Response><a>{CANARY}</a></samlp:Response>"
CODED = base64.b64encode(XML.encode()).decode()
# As the command does it: within an event loop, which has its own way with Ctrl+C.
READER = """
import asyncio, hashlib
from app.cli.signing_in import read_assertion
from app.domain.errors import BadInput

async def read():
    try:
        print(hashlib.sha256(read_assertion("-").encode()).hexdigest())
    except BadInput as error:
        print(error.code)

asyncio.run(read())
"""


class Terminal:
    """A terminal with a program that reads a response from it."""

    def __init__(self) -> None:
        self.master, self.slave = pty.openpty()
        self.before = termios.tcgetattr(self.slave)
        self.shown = b""
        self.program = subprocess.Popen(
            [sys.executable, "-c", READER], stdin=self.slave, stdout=subprocess.PIPE, stderr=self.slave
        )
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._told = threading.Event()
        self._ended = threading.Event()
        self._watcher.start()

    def _watch(self) -> None:
        while (more := select.select([self.master], [], [], 0.05)[0]) or not self._ended.is_set():
            if more:
                self.shown += os.read(self.master, 65536)
                if b"Ctrl+D" in self.shown:
                    self._told.set()

    def unwatch(self) -> None:
        self._ended.set()
        self._watcher.join()

    def paste(self, text: str) -> None:
        assert self._told.wait(60)
        content = text.encode()
        while content:
            content = content[os.write(self.master, content) :]

    def end(self) -> tuple[int, str]:
        """The program's exit code and output, once it has ended; the terminal is as before, and nothing was shown."""
        output = self.program.communicate(timeout=60)[0].decode().strip()
        self.unwatch()
        assert termios.tcgetattr(self.slave) == self.before
        for hidden in ("canary", CODED[80:120], "AAAA"):
            assert hidden.encode() not in self.shown
        return self.program.returncode, output

    def left_over(self) -> bytes:
        """What a shell would find typed."""
        os.set_blocking(self.slave, False)
        try:
            return os.read(self.slave, 65536)
        except BlockingIOError:
            return b""


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    yield made
    if made.program.poll() is None:
        made.program.kill()
        made.program.communicate()
    made.unwatch()
    os.close(made.master)
    os.close(made.slave)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("text", ["A" * 20_000, f"{CANARY}\n\n{CANARY}\n", "", CODED[:-400]], ids=len)
def test_a_paste_ends_with_control_d_and_comes_whole(terminal: Terminal, text: str) -> None:
    terminal.paste(text + "\x04")
    assert terminal.end() == (0, digest(text))
    assert f"{len(text):,} characters".encode() in terminal.shown


@pytest.mark.parametrize("text", [CODED, XML, f"SAMLResponse={quote(CODED, safe='')}&RelayState=x"], ids=len)
def test_a_whole_response_ends_by_itself(terminal: Terminal, text: str) -> None:
    terminal.paste(text)
    assert terminal.end() == (0, digest(text))


def test_what_is_pasted_after_the_end_is_left_to_nobody(terminal: Terminal) -> None:
    terminal.paste(f"{CODED}\x04\necho canary\n")
    assert terminal.end() == (0, digest(CODED))
    assert terminal.left_over() == b""


def test_control_c_ends_the_program_and_restores_the_terminal(terminal: Terminal) -> None:
    terminal.paste(f"{CODED[:-400]}\x03{CANARY}\necho canary\n")
    assert terminal.end()[0] in (1, -signal.SIGINT)
    assert b"KeyboardInterrupt" in terminal.shown
    assert terminal.left_over() == b""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_program_and_restores_the_terminal(terminal: Terminal, number: signal.Signals) -> None:
    terminal.paste("A" * 10_000)
    terminal.program.send_signal(number)
    assert terminal.end()[0] in (128 + number, -number)


def test_too_much_is_refused(terminal: Terminal) -> None:
    terminal.paste("A" * (signing_in.ASSERTION_MOST + 100_000))
    assert terminal.end() == (0, "assertion-file")


def test_what_a_whole_response_is() -> None:
    assert is_whole(b"\n".join(CODED[at : at + 76].encode() for at in range(0, len(CODED), 76)))
    assert is_whole(f"{XML}\n".encode())
    for part in (CODED[:-4], CODED[4:-8], XML[:-1], "", "%", "SAMLResponse=", "SAMLResponse=&RelayState=x", "é"):
        assert not is_whole(part.encode())


# --- A link as a picture ----------------------------------------------------------------------------------------------


class Screen(io.StringIO):
    """Standard error of somebody who looks at it."""

    def isatty(self) -> bool:
        return True


def shown(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    view = SignInView(
        provider="login", way=Flow.DEVICE.value, opened=True, url=url, user_code="WDJB-MJHT", code_expires=None
    )
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    signing_in._show_code(view)
    return screen.getvalue()


def test_a_link_is_shown_as_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "▀" in shown("https://login.example.com/device", monkeypatch)


@pytest.mark.parametrize("tail", ["x" * 20_000, "x" * 700, "\ud800"], ids=["overflow", "tiny", "no text"])
def test_a_link_that_no_picture_holds_is_shown_with_its_code(tail: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = shown(f"https://login.example.com/{tail}", monkeypatch)
    assert "https://login.example.com/" in told
    assert "WDJB-MJHT" in told
    assert "▀" not in told
