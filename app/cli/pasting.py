"""A long secret pasted into a terminal: never shown there, nor cut where a terminal's line is full (4,095 bytes)."""

from __future__ import annotations

import base64
import binascii
import contextlib
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import unquote_to_bytes

from app.cli.terminal import tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_END, _INTERRUPT = b"\x04", b"\x03"
_CHUNK = 64 * 1024
_QUIET_SECONDS = 0.2
"""As long as nothing comes, a paste is over."""
_NOTE = "Paste the SAML response, then press Ctrl+D. It is not shown. Ctrl+C cancels."


def read_pasted(most: int) -> bytes:
    """What is pasted into the terminal that is standard input, until Ctrl+D or a whole response is there.

    At most `most` bytes and a chunk. The terminal is as before afterwards, whatever ends this, and what else was pasted
    is dropped: no shell runs it. Raises KeyboardInterrupt for Ctrl+C, OSError.
    """
    pasted = _pasted(most)
    tell(f"{len(pasted):,} characters were read.")
    return pasted


def is_whole(text: bytes) -> bool:
    """Whether this is a response up to its end: XML, base64, or a form body with it."""
    value = text.partition(b"SAMLResponse=")[2].partition(b"&")[0] if text.startswith(b"SAMLResponse=") else text
    value = b"".join(unquote_to_bytes(value).split())
    try:
        document = value if value.startswith(b"<") else base64.b64decode(value, validate=True)
    except binascii.Error:
        return False
    return document.rstrip().endswith(b"Response>")


if sys.platform == "win32":

    def _pasted(most: int) -> bytes:
        import msvcrt

        tell(_NOTE)
        kept: list[str] = []
        while len(kept) <= most and (character := msvcrt.getwch()) not in ("\x04", "\x1a"):
            if character == "\x03":
                raise KeyboardInterrupt
            kept.append("\n" if character == "\r" else character)
        while msvcrt.kbhit():
            msvcrt.getwch()
        return "".join(kept).encode("utf-8", "replace")

else:
    import os
    import select
    import termios

    def _pasted(most: int) -> bytes:
        terminal, kept = sys.stdin.fileno(), bytearray()
        with _hidden(terminal):
            tell(_NOTE)
            while len(kept) <= most and (chunk := os.read(terminal, _CHUNK)):
                if _INTERRUPT in chunk:
                    raise KeyboardInterrupt
                text, end, _rest = chunk.partition(_END)
                kept += text
                if end or (_is_quiet(terminal) and is_whole(bytes(kept))):
                    break
        return bytes(kept)

    @contextlib.contextmanager
    def _hidden(terminal: int) -> Iterator[None]:
        """No echo, no lines, and no signals from keys: Ctrl+Z would leave the terminal like this."""
        try:
            before, hidden = termios.tcgetattr(terminal), termios.tcgetattr(terminal)
        except termios.error as error:
            raise OSError(*error.args) from error
        hidden[3] &= ~(termios.ICANON | termios.ECHO | termios.ECHONL | termios.ISIG | termios.IEXTEN)
        hidden[6][termios.VMIN], hidden[6][termios.VTIME] = 1, 0
        with _signals_raise():
            try:
                termios.tcsetattr(terminal, termios.TCSADRAIN, hidden)
                yield
            finally:
                with contextlib.suppress(termios.error, OSError):  # the terminal is gone
                    _drain(terminal)
                with contextlib.suppress(termios.error):
                    termios.tcsetattr(terminal, termios.TCSAFLUSH, before)

    def _is_quiet(terminal: int) -> bool:
        return not select.select([terminal], [], [], _QUIET_SECONDS)[0]

    def _drain(terminal: int) -> None:
        while not _is_quiet(terminal) and os.read(terminal, _CHUNK):
            pass

    @contextlib.contextmanager
    def _signals_raise() -> Iterator[None]:
        """Signals that end the program do so by an exception; those that are ignored stay so."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        handlers = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: _exit, signal.SIGHUP: _exit}
        before = {each: signal.getsignal(each) for each in handlers}
        kept = {each: known for each, known in before.items() if known not in (signal.SIG_IGN, None)}
        try:
            for each in kept:
                signal.signal(each, handlers[each])
            yield
        finally:
            for each, known in kept.items():
                signal.signal(each, known)

    def _exit(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)
