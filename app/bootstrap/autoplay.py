"""The demo that plays by itself: the main path through the real widgets, each step told by an independent reader.

Pictures of what a person would see are left in a directory.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.adapters.clock import SystemClock
from app.adapters.totp import Totp
from app.bootstrap import hands
from app.bootstrap.autoplay_sign_in import SignIns
from app.bootstrap.player import Player, StepFailed, require
from app.domain import otp
from app.domain.secret import Secret
from app.domain.values import replace
from app.domain.view import Status
from app.ui.mfa_sheet import MfaSheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.bootstrap.window import Running
    from app.standin import StandIn, World

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class DemoClock(SystemClock):
    """The machine's clocks, which the demo can put forward for itself and for its stand-in AWS."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The wall clock, UTC."""
        return super().now() + self._ahead

    def monotonic(self) -> float:
        """Seconds."""
        return super().monotonic() + self._ahead.total_seconds()

    def steady(self) -> float:
        """Seconds."""
        return super().steady() + self._ahead.total_seconds()

    def advance(self, by: timedelta) -> None:
        """Put it forward."""
        self._ahead += by


class Autoplay:
    """Plays on a running window and tells how it went.

    `clock` is the one that window and stand-in go by; `open_url` is to be the window's browser.
    """

    def __init__(self, aws: StandIn, world: World, environ: Mapping[str, str], clock: DemoClock) -> None:
        self._aws = aws
        self._world = world
        self._environ = environ
        self._clock = clock
        self._pictures = Path.cwd() / "build" / "demo"
        self._file = Path(environ["AWS_SHARED_CREDENTIALS_FILE"])
        self._opened: list[str] = []

    def open_url(self, url: str) -> None:
        """A browser that only takes note; the player looks there later."""
        self._opened.append(url)

    async def play(self, running: Running) -> int:
        """Play every step; 0 when all led where they should."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        for old in self._pictures.glob("*.png"):
            old.unlink()
        player = self._player = Player(running, self._aws.url, self._environ, self._pictures)
        sign_ins = SignIns(player, self._aws, self._clock.advance, self._opened)
        before = self._file.read_bytes()
        steps = (
            self._look_around,
            self._assume,
            self._answer_mfa,
            self._chain,
            self._refresh,
            self._console,
            *sign_ins.steps(),
            self._denied,
            self._serve,
            self._pages,
            self._dark,
            self._stop,
        )
        try:
            for number, step in enumerate(steps, 1):
                words = await step()
                print(f"{number:2}. {words}", flush=True)
            require(self._file.read_bytes() == before, "the credentials file is what it was")
            print(f"    The credentials file is, byte for byte, what it was. Pictures: {self._pictures}", flush=True)
        except StepFailed as error:
            await player.look("failed")
            print(f"FAILED: {error}", file=sys.stderr, flush=True)
            return 1
        return 0

    async def _look_around(self) -> str:
        player = self._player
        await player.come()
        await player.look("1-window")
        require(not self._aws.requests, "nothing is asked of AWS at start")
        return f"The window is up with {len(player.sessions())} profiles; nothing was asked of AWS."

    async def _assume(self) -> str:
        await self._player.press_button("network")
        await self._player.until_live("network")
        return f"Assumed network. boto3 with the written file: {await self._player.read('network')}"

    async def _answer_mfa(self) -> str:
        player = self._player
        await player.press_button("stage-ops")
        await player.until(lambda: player.window.prompts.sheet is not None, "the MFA sheet opens")
        await player.look("2-mfa")
        await self._type_code()
        await player.until_live("stage-ops")
        return f"Answered the MFA sheet for stage-ops. boto3: {await player.read('stage-ops')}"

    async def _type_code(self) -> None:
        step = otp.step_of(self._player.window.intents.now())
        code = Totp().code(Secret(self._world.users["alice"].totp_secret), step)
        sheet = self._player.window.prompts.sheet
        if not isinstance(sheet, MfaSheet):
            raise StepFailed("no MFA sheet is open")
        await hands.write(sheet.boxes, code.reveal())

    async def _chain(self) -> str:
        await self._player.press_button("prod-admin")
        await self._player.until_live("prod-admin")
        asked = [each.action for each in self._aws.requests].count("GetSessionToken")
        require(asked == 1, "one code was asked for")
        await self._player.look("3-chain")
        return f"Assumed prod-admin through hub, no second code. boto3: {await self._player.read('prod-admin')}"

    async def _refresh(self) -> str:
        player = self._player
        before = player.view("network").key_id
        player.choose("network")
        await player.press(Qt.Key.Key_R, _CONTROL)
        await player.until(lambda: player.view("network").key_id not in ("", before), "network has a new key")
        after = player.view("network").key_id
        return f"Refreshed network: {before} became {after}. boto3: {await player.read('network')}"

    async def _console(self) -> str:
        clipboard, player = QGuiApplication.clipboard(), self._player
        player.choose("prod-admin")
        await player.press(Qt.Key.Key_C, _CONTROL, _SHIFT)
        await player.until(lambda: "SigninToken=" in clipboard.text(), "a sign-in URL is on the clipboard")
        await player.look("4-console-url")
        page = await player.browse(clipboard.text())
        if not page.startswith("200 ") or "Admin" not in page:
            raise StepFailed(f"the console said: {page}")
        return f"Copied the console sign-in URL of prod-admin. A plain HTTP client followed it: {page[:160]}"

    async def _denied(self) -> str:
        player = self._player
        await player.press_button("prod-billing")
        await player.until(lambda: player.view("prod-billing").status is Status.FAILED, "prod-billing is refused")
        player.choose("prod-billing")
        await player.look("12-denied")
        problem = player.view("prod-billing").problem
        return f"prod-billing is refused, and says why: {problem.title if problem else ''}"

    async def _serve(self) -> str:
        await self._player.press_button("sandbox-ml")
        await self._player.until_live("sandbox-ml")
        require(b"[sandbox-ml]" not in self._file.read_bytes(), "sandbox-ml is not published")
        return "Assumed sandbox-ml, which is not published: the credentials file does not name it."

    async def _pages(self) -> str:
        window = self._player.window
        window.pages.edit_profile("prod-admin")
        await self._player.look("13-editor")
        window.pages.settings()
        await self._player.look("14-settings")
        window.show_roles()
        return "Looked at the editor and the settings."

    async def _dark(self) -> str:
        from app.ui import theme
        from app.ui.tokens import DARK

        player, intents = self._player, self._player.window.intents
        before = intents.snapshot().configuration.settings
        await intents.put_settings(replace(before, theme="dark"))
        await player.until(lambda: theme.current().tokens is DARK, "the window is dark")
        player.choose("prod-admin")
        await player.look("15-dark")
        player.window.pages.provider("corp")
        await player.look("16-provider-dark")
        player.window.show_roles()
        await intents.put_settings(before)
        return "Looked at the list and at corp in the dark."

    async def _stop(self) -> str:
        player = self._player
        live = [view.name for view in player.sessions() if player.live(view.name)]
        for name in live:
            await player.press_button(name)
            await player.until(lambda name=name: not player.live(name), f"{name} stops")  # type: ignore[misc]  # bound at once
        return f"Stopped {', '.join(live)}."
