"""A live window, seen from the test: it is told what to do, stopped as by a suspend, and asked how it is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.faults.clock_rig import PATIENCE, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PLAYER = Path(__file__).with_name("clock_player.py")
Look = dict[str, Any]


class LiveWindow:
    """The window as a program; use it as a context manager. `slept` is the file for what the machine has slept."""

    def __init__(self, environ: Mapping[str, str], home: Path) -> None:
        self._environ = dict(environ)
        self._log = home / "window.log"
        self.slept = home / "slept"
        self._begun = 0

    def __enter__(self) -> Self:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(PLAYER), str(self.slept)],
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
            )
        self._answer()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGCONT)
        self._process.kill()
        self._process.communicate()

    @property
    def logged(self) -> bytes:
        return self._log.read_bytes()

    def do(self, order: str, **arguments: object) -> Any:  # noqa: ANN401  # whatever is answered
        """Have something done; its answer."""
        self.say(order, **arguments)
        return self._answer()

    def say(self, order: str, **arguments: object) -> None:
        """Have something done, and do not wait for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": order, **arguments}).encode() + b"\n")
        self._process.stdin.flush()

    def look(self) -> Look:
        """How everything is."""
        found: Look = self.do("look")
        return found

    def until(self, holds: Callable[[Look], object], what: str) -> Look:
        """Look until something holds."""
        ends = time.monotonic() + PATIENCE
        while not holds(found := self.look()):
            assert time.monotonic() < ends, f"waited in vain until {what}: {_short(found)}\n{self._told()}"
            time.sleep(0.05)
        return found

    def freeze(self) -> None:
        """Let it stand still, as everything does in a machine that sleeps."""
        os.kill(self._process.pid, signal.SIGSTOP)
        with Path(f"/proc/{self._process.pid}/stat").open(encoding="utf-8") as stat:
            while stat.read().rpartition(")")[2].split()[0] != "T":
                stat.seek(0)

    def thaw(self) -> None:
        """Let it go on."""
        os.kill(self._process.pid, signal.SIGCONT)

    def sleep(self, seconds: float) -> None:
        """Let the machine have slept so long, for its steady clock."""
        before = float(self.slept.read_text(encoding="ascii")) if self.slept.exists() else 0.0
        fresh = self.slept.with_suffix(".new")
        fresh.write_text(f"{before + seconds}", encoding="ascii")
        fresh.replace(self.slept)

    def quit(self) -> None:
        """Quit, and see that it ends well."""
        self._process.communicate(timeout=PATIENCE)
        assert self._process.returncode == 0, self._told()

    def _told(self) -> str:
        return self.logged[-3000:].decode(errors="replace")

    def _answer(self) -> Any:  # noqa: ANN401  # whatever is answered
        assert self._process.stdout is not None
        timer = threading.Timer(PATIENCE, self._process.kill)
        timer.start()
        try:
            for line in self._process.stdout:
                if line.startswith(b"ANSWER "):
                    return json.loads(line.removeprefix(b"ANSWER "))
        finally:
            timer.cancel()
        message = f"the window ended: {self._told()}"
        raise AssertionError(message)


def _short(found: Look) -> str:
    rows = {name: each for name, each in found["sessions"].items() if each["status"] != "idle"}
    return f"{rows} {found['needs']} {found['skew']} {found['keyring_problem']}"
