"""The demo that plays by itself: the main path through the real widgets, each step told by an independent reader.

The reader is boto3 in a process of its own, which knows only the written credentials file, and a plain HTTP client for
the console. Pictures of what a person would see are left in a directory.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.adapters.totp import Totp
from app.bootstrap import hands
from app.domain import otp
from app.domain.secret import Secret
from app.domain.view import LIVE, Status
from app.ui.mfa_sheet import MfaSheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from app.bootstrap.window import Running
    from app.domain.view import SessionView
    from app.standin import StandIn, World

PATIENCE_SECONDS = 90.0
"""Longer than a TOTP step: a code may have to wait for the next one."""
_READER = """
import boto3, sys
from botocore.config import Config
session = boto3.Session(profile_name=sys.argv[1], region_name="eu-west-1")
sts = session.client("sts", endpoint_url=sys.argv[2], config=Config(retries={"max_attempts": 1}))
print(sts.get_caller_identity()["Arn"])
"""
_BROWSER = """
import re, sys, urllib.request
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
page = browser.open(sys.stdin.readline().strip(), timeout=10)
words = re.sub("<title.*?</title>|<style.*?</style>|<[^>]+>", " ", page.read().decode(), flags=re.DOTALL)
print(page.status, " ".join(words.split()))
"""


class StepFailed(Exception):
    """A step did not lead where it should."""


def _require(holds: bool, what: str) -> None:  # noqa: FBT001  # a condition and its name
    if not holds:
        raise StepFailed(f"it does not hold that {what}")


class Autoplay:
    """Plays on a running window and tells how it went."""

    def __init__(self, aws: StandIn, world: World, environ: Mapping[str, str], pictures: Path) -> None:
        self._aws = aws
        self._world = world
        self._environ = dict(environ)
        self._pictures = pictures
        self._file = Path(environ["AWS_SHARED_CREDENTIALS_FILE"])

    async def play(self, running: Running) -> int:
        """Play every step; 0 when all led where they should."""
        self._window = running.window
        self._pictures.mkdir(parents=True, exist_ok=True)
        before = self._file.read_bytes()
        steps = (
            self._look_around,
            self._assume,
            self._answer_mfa,
            self._chain,
            self._refresh,
            self._console,
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
            _require(self._file.read_bytes() == before, "the credentials file is what it was")
            print(f"    The credentials file is, byte for byte, what it was. Pictures: {self._pictures}", flush=True)
        except StepFailed as error:
            self._picture("failed")
            print(f"FAILED: {error}", file=sys.stderr, flush=True)
            return 1
        return 0

    async def _look_around(self) -> str:
        # Where there is no window manager nobody else gives it the keyboard
        self._window.activateWindow()
        await self._until(self._window.isActiveWindow, "the window has the keyboard")
        await self._settle()
        self._picture("1-window")
        _require(not self._aws.requests, "nothing is asked of AWS at start")
        return f"The window is up with {len(self._snapshot())} profiles; nothing was asked of AWS."

    async def _assume(self) -> str:
        await self._press_button("stage-dev")
        await self._until(lambda: self._view("stage-dev").status in LIVE, "stage-dev becomes active")
        return f"Assumed stage-dev. boto3 with the written file: {await self._read('stage-dev')}"

    async def _answer_mfa(self) -> str:
        await self._press_button("stage-ops")
        await self._until(lambda: self._window.prompts.sheet is not None, "the MFA sheet opens")
        await self._settle()
        self._picture("2-mfa")
        await self._type_code()
        await self._until(lambda: self._view("stage-ops").status in LIVE, "stage-ops becomes active")
        return f"Answered the MFA sheet for stage-ops. boto3: {await self._read('stage-ops')}"

    async def _chain(self) -> str:
        await self._press_button("prod-admin")
        await self._until(lambda: self._view("prod-admin").status in LIVE, "prod-admin becomes active")
        asked = [each.action for each in self._aws.requests].count("GetSessionToken")
        if asked != 1:
            raise StepFailed(f"{asked} codes were asked for, not one")
        await self._settle()
        self._picture("3-chain")
        return f"Assumed prod-admin through hub, no second code. boto3: {await self._read('prod-admin')}"

    async def _refresh(self) -> str:
        before = self._view("stage-dev").key_id
        self._choose("stage-dev")
        await hands.press(self._list, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        await self._until(lambda: self._view("stage-dev").key_id not in ("", before), "stage-dev has a new key")
        after = self._view("stage-dev").key_id
        return f"Refreshed stage-dev: {before} became {after}. boto3: {await self._read('stage-dev')}"

    async def _console(self) -> str:
        clipboard = QGuiApplication.clipboard()
        self._choose("prod-admin")
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        await hands.press(self._list, Qt.Key.Key_C, control, shift)
        await self._until(lambda: "SigninToken=" in clipboard.text(), "a sign-in URL is on the clipboard")
        await self._settle()
        self._picture("4-console-url")
        page = await self._run(_BROWSER, typed=clipboard.text())
        if not page.startswith("200 ") or "Admin" not in page:
            raise StepFailed(f"the console said: {page}")
        return f"Copied the console sign-in URL of prod-admin. A plain HTTP client followed it: {page[:160]}"

    async def _denied(self) -> str:
        await self._press_button("prod-billing")
        await self._until(lambda: self._view("prod-billing").status is Status.FAILED, "prod-billing is refused")
        self._choose("prod-billing")
        await self._settle()
        self._picture("5-denied")
        problem = self._view("prod-billing").problem
        return f"prod-billing is refused, and says why: {problem.title if problem else ''}"

    async def _serve(self) -> str:
        await self._press_button("sandbox-ml")
        await self._until(lambda: self._view("sandbox-ml").status in LIVE, "sandbox-ml becomes active")
        if b"[sandbox-ml]" in self._file.read_bytes():
            raise StepFailed("sandbox-ml was published, though it should not be")
        return "Assumed sandbox-ml, which is not published: the credentials file does not name it."

    async def _pages(self) -> str:
        self._window.pages.edit_profile("prod-admin")
        await self._settle()
        self._picture("6-editor")
        self._window.pages.settings()
        await self._settle()
        self._picture("7-settings")
        self._window.show_roles()
        await self._settle()
        return "Looked at the editor and the settings."

    async def _dark(self) -> str:
        from app.ui import theme

        theme.current().set_mode("dark")
        self._choose("prod-admin")
        await self._settle()
        self._picture("8-dark")
        theme.current().set_mode("light")
        await self._settle()
        return "Looked at it in the dark."

    async def _stop(self) -> str:
        live = [view.name for view in self._snapshot() if view.live(self._window.intents.now())]
        for name in live:
            await self._press_button(name)
            await self._until(lambda name=name: not self._view(name).live(self._window.intents.now()), f"{name} stops")  # type: ignore[misc]  # bound at once
        return f"Stopped {', '.join(live)}."

    # --- Hands and eyes --------------------------------------------------------------------------------------------

    @property
    def _list(self) -> QWidget:
        return self._window.roles.list_page.list

    def _snapshot(self) -> tuple[SessionView, ...]:
        return self._window.intents.snapshot().sessions

    def _view(self, name: str) -> SessionView:
        return next(view for view in self._snapshot() if view.name == name)

    def _choose(self, name: str) -> None:
        if not self._window.roles.list_page.list.choose(name):
            raise StepFailed(f"{name} is not in the list")
        self._list.setFocus()

    async def _press_button(self, name: str) -> None:
        if not await hands.click_row_button(self._window, name):
            raise StepFailed(f"{name} is not in the list")

    async def _type_code(self) -> None:
        step = otp.step_of(self._window.intents.now())
        code = Totp().code(Secret(self._world.users["alice"].totp_secret), step)
        sheet = self._window.prompts.sheet
        if not isinstance(sheet, MfaSheet):
            raise StepFailed("no MFA sheet is open")
        await hands.write(sheet.boxes, code.reveal())

    async def _settle(self) -> None:
        """Let animations end and everything be painted."""
        await asyncio.sleep(0.4)

    async def _until(self, holds: Callable[[], bool], what: str) -> None:
        ends = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > ends:
                raise StepFailed(f"waited in vain until {what}")
            await asyncio.sleep(0.05)

    def _picture(self, name: str) -> None:
        self._window.grab().save(str(self._pictures / f"{name}.png"))

    async def _read(self, aws_profile: str) -> str:
        arn = await self._run(_READER, aws_profile, self._aws.url)
        if "assumed-role" not in arn:
            raise StepFailed(f"boto3 could not use [{aws_profile}]: {arn}")
        return arn

    async def _run(self, program: str, *arguments: str, typed: str = "") -> str:
        """Run a reader in a process of its own, away from the window's thread."""
        import subprocess
        from concurrent.futures import ThreadPoolExecutor

        environ = {name: value for name, value in self._environ.items() if name != "ROLECALL_HOME"}
        with ThreadPoolExecutor(max_workers=1) as executor:
            done = await asyncio.get_running_loop().run_in_executor(
                executor,
                lambda: subprocess.run(  # noqa: S603  # our own reader, arguments ours too
                    [sys.executable, "-c", program, *arguments],
                    input=typed,
                    capture_output=True,
                    text=True,
                    check=False,
                    env=environ | {"PATH": os.defpath},
                    timeout=60,
                ),
            )
        return done.stdout.strip() or (done.stderr.strip().splitlines() or ["no answer"])[-1]
