"""A ready process that does deeds, each in a child that stops first, so that strace can take hold of it.

Requests and answers are lines of JSON on standard input and output. The child tells what became of the deed through
memory that it shares, because its own writes may be the calls that fail.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import gc
import json
import logging
import mmap
import os
import pickle
import resource
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.adapters import files
from app.domain.errors import RolecallError, StorageTrouble
from tests.faults.strace_deed import LOCK_SECONDS, Deed, Tree
from tests.faults.strace_deeds import ALL, BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOM = 1 << 16
_ANY_TRACER = (0x59616D61, ctypes.c_ulong(-1))
"""prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY): Yama lets nobody but an ancestor trace a process that does not say so."""


class _Logged(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


LOGGED = _Logged()


def listen() -> None:
    """Let nobody wait long for a lock, and keep what is logged."""
    files.locked.__wrapped__.__kwdefaults__["seconds"] = LOCK_SECONDS  # type: ignore[attr-defined]
    logging.getLogger().addHandler(LOGGED)
    logging.captureWarnings(True)


def warm(deeds: tuple[Deed, ...]) -> None:
    """Do everything once, so that nothing is imported later."""
    for deed in deeds:
        with tempfile.TemporaryDirectory() as folder:
            deed.prepare(Path(folder))
            deed.act(Path(folder))()
            deed.start(Path(folder))
            deed.told(Path(folder))


def outcome(act: Callable[[], object]) -> dict[str, Any]:
    """Do it, and tell how it ended."""
    LOGGED.lines.clear()
    told: dict[str, Any] = {"kind": "done"}
    try:
        act()
    except RolecallError as error:
        told = {
            "kind": "trouble" if isinstance(error, StorageTrouble) else type(error).__name__,
            "code": error.code,
            "title": error.title,
            "detail": error.detail,
            "remedy": error.remedy,
            "cause": repr(error.__cause__),
        }
    except BaseException as error:  # noqa: BLE001  # whatever it was, it is told: nothing else should come out
        told = {"kind": type(error).__name__, "detail": str(error)}
    told["logged"] = LOGGED.lines[:5]
    return told


def _child(act: Callable[[], object], told: Callable[[], Tree], shared: mmap.mmap, request: dict[str, Any]) -> None:
    bytes_most: int = request["bytes_most"]
    ctypes.CDLL(None).prctl(*_ANY_TRACER, 0, 0, 0)
    gc.disable()
    if bytes_most:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_most, resource.RLIM_INFINITY))
    os.kill(os.getpid(), signal.SIGSTOP)
    ended = [outcome(act)]
    if bytes_most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    if request["twice"]:
        ended[0]["left"] = _packed(told())
        ended.append(outcome(act))
        ended[1]["left"] = _packed(told())
    shared.write(json.dumps(ended).encode())


def _packed(found: Tree) -> str:
    return base64.b64encode(pickle.dumps(found)).decode()


def unpacked(left: str) -> Tree:
    """What a folder said, out of an answer."""
    found: Tree = pickle.loads(base64.b64decode(left))  # noqa: S301  # our own child made it
    return found


def _serve(request: dict[str, Any]) -> None:
    deed, folder = BY_NAME[request["deed"]], Path(request["folder"])
    act = deed.act(folder)
    with contextlib.closing(mmap.mmap(-1, _ROOM)) as shared:
        child = os.fork()
        if not child:
            try:
                _child(act, lambda: deed.told(folder), shared, request)
            finally:
                os._exit(0)
        os.waitpid(child, os.WUNTRACED)
        _say({"pid": child})
        _, status = os.waitpid(child, 0)
        told = shared[:].rstrip(b"\0")
        _say({"killed": os.WIFSIGNALED(status), "told": json.loads(told or b"[]")})


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until standard input ends."""
    listen()
    warm(ALL)
    _say({"ready": True})
    for line in sys.stdin:
        _serve(json.loads(line))


if __name__ == "__main__":
    main()
