"""A person at the real window: started as a program of its own under a private X server.

Usage: window_player.py CODE, where CODE is a command that prints the MFA code. Prints one line for each thing seen, and
logs everything at DEBUG to standard error, so that the test can search it for secrets.
"""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.bootstrap import hands, window
from app.domain.view import LIVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap.window import Running

PATIENCE_SECONDS = 60


class Person:
    """Eyes and hands."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.window = running.window
        self.rows = running.window.roles.list_page.list

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        ends = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > ends:
                raise TimeoutError(what)
            await asyncio.sleep(0.02)

    def status(self, name: str) -> object:
        return next(view.status for view in self.window.intents.snapshot().sessions if view.name == name)

    async def click(self, name: str) -> None:
        assert await hands.click_row_button(self.window, name)

    async def live(self, name: str) -> None:
        await self.until(lambda: self.status(name) in LIVE, f"{name} is live")


async def play(running: Running) -> int:
    person = Person(running)
    person.window.activateWindow()
    await person.until(person.window.isActiveWindow, "the window is active")
    await person.click("stage-ops")
    await person.until(lambda: person.window.prompts.sheet is not None, "the MFA sheet is open")
    code = subprocess.run(sys.argv[1].split(), capture_output=True, text=True, check=True).stdout.strip()  # noqa: ASYNC221  # a person looks at the device
    target = QApplication.focusWidget()
    assert target is not None
    await hands.write(target, code)
    await person.live("stage-ops")
    await person.until(lambda: person.window.prompts.sheet is None, "the sheet is gone")
    print("SEEN countdown", person.window.roles.detail.name, flush=True)
    await person.click("prod-admin")
    await person.live("prod-admin")
    await person.click("sandbox-ml")
    await person.live("sandbox-ml")
    person.rows.choose("prod-admin")
    person.rows.setFocus()
    await hands.press(person.rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    await person.until(lambda: "SigninToken=" in QGuiApplication.clipboard().text(), "the URL is copied")
    print("TITLE", person.window.windowTitle(), flush=True)
    front = running.wired.front
    for value in (front.snapshot(), front.engine.roster.profiles["prod-admin"].session, vars(front.engine)):
        print("REPR", repr(value), flush=True)
    print("READY", flush=True)
    sys.stdin.readline()
    return 0


class Everything(logging.StreamHandler[TextIO]):
    """Takes no filter: what is to be seen is that nobody logs a secret, not that one would be redacted."""

    def addFilter(self, _filter: object) -> None:
        """Refuse it."""


logging.basicConfig(level=logging.DEBUG, handlers=[Everything(sys.stderr)])
raise SystemExit(window.run(stage=window.Stage(play=play)))
