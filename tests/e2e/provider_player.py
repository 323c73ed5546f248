"""A person at the real window: a program of its own on a real display, told what to do in JSON lines.

Usage: provider_player.py CLOCK BROWSER, where CLOCK is the file of a `ShiftedClock` and BROWSER a program that is given
an address. A line on standard input is an order; its answer is a line on standard output that begins with `ANSWER`.
Everything is logged at DEBUG to standard error, so that the test can search it for secrets.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import Qt

from app.bootstrap import hands, window
from app.bootstrap.player import Player
from app.domain.view import Status
from app.ui.provider_page import ProviderPage
from app.ui.sign_in_sheet import SignInSheet
from tests.e2e.shifted_clock import ShiftedClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap.window import Running

PICTURES = Path("pictures")


class Person:
    """Does what the test says, with mouse and keys where a person would use them."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.player = Player(running, "", {}, PICTURES)

    async def obey(self, order: dict[str, Any]) -> object:
        act: Callable[..., Any] = getattr(self, f"do_{order.pop('do')}")
        return await act(**order)

    async def do_click(self, name: str) -> None:
        """Click the button of a row."""
        await self.player.press_button(name)

    async def do_refresh(self, name: str) -> None:
        self.player.choose(name)
        await self.player.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)

    async def do_wait(self, name: str, status: str) -> None:
        """Wait until a row says so."""
        wanted = Status(status)
        await self.player.until(lambda: self.player.view(name).status is wanted, f"{name} is {status}")

    async def do_wait_for_new_key(self, name: str, key_id: str) -> str:
        await self.player.until(lambda: self.player.view(name).key_id not in ("", key_id), f"{name} has a new key")
        return self.player.view(name).key_id

    async def do_log_in(self, user: str, password: str) -> None:
        """Type name and password into the login page that is open."""
        field = await self.player.field_of_page()
        await hands.write(field, user)
        await hands.press(field, Qt.Key.Key_Tab)
        await hands.write(field, password)
        await hands.press(field, Qt.Key.Key_Return)

    async def do_enter(self) -> None:
        """Press Enter on the login page that is open."""
        await hands.press(await self.player.field_of_page(), Qt.Key.Key_Return)

    async def do_close_login(self) -> None:
        """Close the login window."""
        field = await self.player.field_of_page()
        await hands.press(field, Qt.Key.Key_Escape)

    async def do_login_open(self) -> bool:
        return hands.login_window() is not None

    async def do_open(self) -> None:
        """Click the button of the sheet that is open."""
        await self.player.until(lambda: self.running.window.prompts.sheet is not None, "a sheet is open")
        sheet = self.running.window.prompts.sheet
        assert isinstance(sheet, SignInSheet)
        await hands.click(sheet.go)

    async def do_stay(self, provider: str) -> None:
        """Tick “Stay signed in”."""
        await hands.click(self._page(provider).status.stay)
        await self.player.until(lambda: self.player.provider(provider).keeps, f"{provider} is to stay signed in")
        self.running.window.show_roles()

    async def do_forget(self, provider: str) -> None:
        """Click “Forget”."""
        await hands.click(self._page(provider).status.forget)
        await self.player.until(lambda: not self.player.provider(provider).remembered, f"{provider} is forgotten")
        self.running.window.show_roles()

    async def do_wake(self) -> None:
        """The machine's clock was put forward."""
        self.running.wired.front.supervisor.wake()

    async def do_needs(self) -> list[list[str]]:
        return [[need.kind, *need.profiles] for need in self.running.window.intents.snapshot().needs]

    async def do_session(self, name: str) -> dict[str, object]:
        view = self.player.view(name)
        problem = view.problem.code if view.problem is not None else ""
        return {"status": view.status.value, "key_id": view.key_id, "problem": problem, "arn": view.arn}

    async def do_told(self) -> None:
        """Print everything that could be printed."""
        front = self.running.wired.front
        roster = front.engine.roster
        print("TITLE", self.running.window.windowTitle())
        for value in (front.snapshot(), vars(front.engine), [vars(each) for each in roster.sign_ins.values()]):
            print("REPR", repr(value))

    def _page(self, provider: str) -> ProviderPage:
        self.running.window.pages.provider(provider)
        page = self.running.window.pages.page
        assert isinstance(page, ProviderPage)
        return page


async def play(running: Running) -> int:
    person = Person(running)
    await person.player.come()
    loop = asyncio.get_running_loop()
    orders: asyncio.Queue[str] = asyncio.Queue()

    def listen() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(orders.put_nowait, line)
        loop.call_soon_threadsafe(orders.put_nowait, "")

    threading.Thread(target=listen, daemon=True).start()
    print("ANSWER null", flush=True)
    while line := await orders.get():
        answer = await person.obey(json.loads(line))
        print("ANSWER", json.dumps(answer), flush=True)
    return 0


def browse(url: str) -> None:
    """Start a browser, as a desktop does."""
    subprocess.Popen([sys.argv[2], url])  # the test's own


class Everything(logging.StreamHandler[TextIO]):
    """Takes no filter: what is to be seen is that nobody logs a secret, not that one would be redacted."""

    def addFilter(self, _filter: object) -> None:
        """Refuse it."""


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG, handlers=[Everything(sys.stderr)])
    logging.Formatter.converter = time.gmtime
    stage = window.Stage(play=play, clock=ShiftedClock(Path(sys.argv[1])), open_url=browse)
    raise SystemExit(window.run(stage=stage))
