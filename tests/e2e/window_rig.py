"""The window on a private X server with a person at it, seen from the test."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from app.standin import StandIn
from tests.e2e.rig import ROOT
from tests.e2e.searching import Sampler

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.standin.wire import Answer, Call
    from tests.e2e.rig import Rig
    from tests.e2e.shifted_clock import ShiftedClock

PLAYER = Path(__file__).with_name("provider_player.py")
PATIENCE = 120.0


class Playing:
    """A window that is played on; use it as a context manager. `shown` is its standard output, `logged` its log."""

    def __init__(
        self, rig: Rig, xvfb: Mapping[str, str], clock: ShiftedClock, browser: Path, player: Path = PLAYER
    ) -> None:
        self._log = rig.home.parent / f"{rig.home.name}-log"
        self._environ = {**rig.environ, **xvfb}
        self._command = [sys.executable, str(player), str(clock.file), str(browser)]
        self.shown = b""

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
            )
        self._sampler = Sampler(self._process.pid)
        self._sampler.start()
        self._answer()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._sampler.done.set()
        self._sampler.join()

    def do(self, order: str, **arguments: object) -> Any:  # noqa: ANN401  # whatever is answered
        """Have something done; its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": order, **arguments}).encode() + b"\n")
        self._process.stdin.flush()
        return self._answer()

    def end(self) -> None:
        """Quit, and see that it ends well."""
        rest, _ = self._process.communicate(timeout=60)
        self.shown += rest
        assert self._process.returncode == 0, self.logged[-4000:].decode(errors="replace")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def logged(self) -> bytes:
        return self._log.read_bytes()

    @property
    def carried(self) -> bytes:
        """Arguments and environments of the window and its descendants, so far."""
        return self._sampler.seen

    def _answer(self) -> Any:  # noqa: ANN401  # whatever is answered
        assert self._process.stdout is not None
        timer = threading.Timer(PATIENCE, self._process.kill)
        timer.start()
        try:
            for line in self._process.stdout:
                self.shown += line
                if line.startswith(b"ANSWER "):
                    return json.loads(line.removeprefix(b"ANSWER "))
        finally:
            timer.cancel()
        told = self.logged[-4000:].decode(errors="replace")
        pytest.fail(f"the window ended:\n{self.shown[-1000:].decode()}\n{told}", pytrace=False)


class Overheard(StandIn):
    """A stand-in AWS that remembers every word, for the search."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  # as the stand-in takes them
        super().__init__(*arguments, **named)
        self.words: list[tuple[Call, Answer]] = []

    def serve(self, call: Call, now: Any) -> Answer:  # noqa: ANN401  # as the stand-in takes it
        answer = super().serve(call, now)
        self.words.append((call, answer))
        return answer

    def secrets(self) -> dict[str, str]:
        """Every secret that went to or fro, by what it is and when."""
        found = {}
        for number, (call, answer) in enumerate(self.words):
            given = dict(call.form())
            for name in ("SAMLAssertion", "WebIdentityToken", "code", "code_verifier", "refresh_token", "password"):
                if given.get(name):
                    found[f"{name} {number}"] = given[name]
            for name in ("id_token", "access_token", "refresh_token", "SigninToken"):
                if answer.content_type == "application/json" and name in (told := json.loads(answer.body)):
                    found[f"{name} {number}"] = told[name]
            for name, value in answer.headers:
                if name.lower() == "set-cookie" and not value.partition(";")[0].endswith("="):
                    found[f"cookie {number}"] = value.partition(";")[0].partition("=")[2]
        for session in self._desk.keys._sessions.values():
            found[f"secret of {session.access_key_id}"] = session.secret_access_key
            found[f"token of {session.access_key_id}"] = session.session_token
        return found
