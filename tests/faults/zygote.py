"""Cheap processes: one Python that has imported everything is forked for each piece of work.

    with Zygote("tests.faults.writers_work") as zygote:
        begun = [zygote.start("tests.faults.writers_work:write", path=path, me=me) for me in range(128)]
        told = [each.result() for each in begun]

A fork costs a few milliseconds where a new Python costs hundreds. The one that is forked has a single thread, and never
does any of the work itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120.0
_MESSAGE_MOST = 1 << 20
_PR_SET_PDEATHSIG = 1


class ChildFailedError(AssertionError):
    """A child ended with an exception, was killed, or did not end at all."""


class Child:
    """A process that works. Its end is seen by the pipe on which it tells its result."""

    def __init__(self, pid: int, process: int, reading: int) -> None:
        self.pid = pid
        self._process = process  # a descriptor (pidfd_open(2)): its number may be another's as soon as it has ended
        self._reading = reading
        self._told = b""
        self.ended = False

    def kill(self) -> None:
        """End it at once, and wait until it is gone."""
        if not self.ended:
            with contextlib.suppress(ProcessLookupError):  # it has ended, and has yet to be heard out
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
            self.wait(PATIENCE_SECONDS)

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, after at most so many seconds."""
        ends = time.monotonic() + seconds
        while not self.ended and (left := ends - time.monotonic()) > 0:
            self._hear(left)
        return self.ended

    def heard(self, times: int = 1, seconds: float = PATIENCE_SECONDS) -> bool:
        """Whether its work has told so many times that it is `ready`; False when it ends before, or takes longer."""
        ends = time.monotonic() + seconds
        while len(self._told) < times and not self.ended and (left := ends - time.monotonic()) > 0:
            self._hear(left)
        return len(self._told) >= times

    def _hear(self, seconds: float) -> bool:
        """Wait for one more word, or its end; False when neither came in time."""
        if not select.select([self._reading], [], [], seconds)[0]:
            return False
        if more := os.read(self._reading, 1 << 16):
            self._told += more
        else:
            os.close(self._reading)
            os.close(self._process)
            self.ended = True
        return True

    def result(self, seconds: float = PATIENCE_SECONDS) -> Any:  # noqa: ANN401  # whatever it answered
        """Wait for its end, and return what its work returned. Raises ChildFailedError."""
        if not self.wait(seconds):
            self.kill()
            raise ChildFailedError(f"it did not end within {seconds:g} s")
        if not self._told.strip():
            raise ChildFailedError("it ended without a word")
        told = json.loads(self._told)
        if "error" in told:
            raise ChildFailedError(told["error"])
        return told["result"]


class Zygote:
    """The process to be forked, with `modules` imported; use it as a context manager.

    `environ` are variables that are set on top of this process's before anything is imported.
    """

    def __init__(self, *modules: str, environ: Mapping[str, str] | None = None) -> None:
        self._modules = modules
        self._environ = {**os.environ, "PYTHONPATH": str(ROOT), **(environ or {})}
        self._children: list[Child] = []

    def __enter__(self) -> Self:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            number = theirs.fileno()
            command = [sys.executable, "-m", "tests.faults.zygote", str(number), *self._modules]
            self._process = subprocess.Popen(command, pass_fds=[number], env=self._environ, cwd=ROOT)
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            child.kill()
        self._socket.close()
        self._process.wait(PATIENCE_SECONDS)

    def start(
        self,
        call: str,
        *,
        uid: int | None = None,
        environ: Mapping[str, str] | None = None,
        **arguments: object,
    ) -> Child:
        """Begin `MODULE:FUNCTION` with these arguments (as JSON) in a process of its own.

        With `uid` that process is nobody in particular: of that user and group alone, if we may choose; `environ` is
        then all of its environment.
        """
        reading, writing = os.pipe()
        try:
            job = {"call": call, "uid": uid, "environ": None if environ is None else dict(environ), "with": arguments}
            socket.send_fds(self._socket, [json.dumps(job).encode()], [writing])
        finally:
            os.close(writing)
        told, (process,), _, _ = socket.recv_fds(self._socket, 64, 1)
        child = Child(int(told), process, reading)
        self._children = [*(each for each in self._children if not each.ended), child]
        return child

    def call(self, call: str, **arguments: Any) -> Any:  # noqa: ANN401  # as `start` takes them, as the work answers
        """`start`, and wait for the result."""
        return self.start(call, **arguments).result()


# --- In the process that is forked -----------------------------------------------------------------------------------


_telling = -1


def ready() -> None:
    """Tell, from within the work, that it has come as far as was wished."""
    os.write(_telling, b"\n")


def _serve(control: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, _bury)
    while True:
        message, (*descriptors,), _, _ = socket.recv_fds(control, _MESSAGE_MOST, 1)
        if not message:
            return
        # Not buried before its descriptor is open
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        pid = os.fork()
        if pid == 0:
            control.close()
            _work(json.loads(message), descriptors[0])
        os.close(descriptors[0])
        process = os.pidfd_open(pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        socket.send_fds(control, [str(pid).encode()], [process])
        os.close(process)


def _bury(*_: object) -> None:
    """Nobody waits for the children: their ends are seen by their pipes."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _work(job: dict[str, Any], writing: int) -> NoReturn:
    global _telling  # noqa: PLW0603  # a process has one work
    _telling = writing
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    try:
        os.set_inheritable(writing, False)
        if job["environ"] is not None:
            os.environ.clear()
            os.environ.update(job["environ"])
        module, _, function = job["call"].partition(":")
        work = getattr(importlib.import_module(module), function)
        if job["uid"] is not None and os.geteuid() == 0:
            _become(job["uid"])
        _end_with_parent()
        told: dict[str, object] = {"result": work(**job["with"])}
    except BaseException:  # noqa: BLE001  # whatever it was, whoever waits has to hear of it
        told = {"error": traceback.format_exc()}
    rest = memoryview(json.dumps(told).encode())
    while rest:
        rest = rest[os.write(writing, rest) :]
    os._exit(0)


def _become(uid: int) -> None:
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _end_with_parent() -> None:
    """Nobody is left working when a run is broken off (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def main() -> None:
    """Import what is wanted, and fork until the other end is closed."""
    control = socket.socket(fileno=int(sys.argv[1]))
    for module in sys.argv[2:]:
        importlib.import_module(module)
    _serve(control)


if __name__ == "__main__":
    # Under its own name, else the work would find another one of these
    importlib.import_module("tests.faults.zygote").main()
