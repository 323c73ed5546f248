"""Eyes and hands on a running window, and readers outside it: what the demo that plays by itself is made of.

The reader is boto3 in a process of its own, which knows only the written credentials file. The browser is a plain HTTP
client that fills in the forms it finds.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from typing import TYPE_CHECKING

from app.bootstrap import hands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    from app.bootstrap.window import Running
    from app.domain.view import NeedView, ProviderView, SessionView

PATIENCE_SECONDS = 90.0
"""Longer than a TOTP step: a code may have to wait for the next one."""
SETTLE_SECONDS = 0.4
_READER = """
import boto3, sys
from botocore.config import Config
session = boto3.Session(profile_name=sys.argv[1], region_name="eu-west-1")
sts = session.client("sts", endpoint_url=sys.argv[2], config=Config(retries={"max_attempts": 1}))
print(sts.get_caller_identity()["Arn"])
"""
_BROWSER = """
import re, sys, urllib.request
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

class Form(HTMLParser):
    action, fields = None, {}
    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action, self.fields = given.get("action", ""), {}
        elif given.get("name") and (tag == "input" or "first" in given.get("class", "")):
            self.fields[given["name"]] = given.get("value", "")

browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
url, body = sys.stdin.readline().strip(), None
for _ in range(6):
    page = browser.open(url, body, timeout=20)
    text, form = page.read().decode(), Form()
    form.feed(text)
    if form.action is None:
        break
    url, body = urljoin(page.url, form.action), urlencode(form.fields).encode()
words = re.sub("<title.*?</title>|<style.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL)
print(page.status, " ".join(words.split()))
"""


class StepFailed(Exception):
    """A step did not lead where it should."""


def require(holds: bool, what: str) -> None:  # noqa: FBT001  # a condition and its name
    """Raise StepFailed unless a condition holds."""
    if not holds:
        raise StepFailed(f"it does not hold that {what}")


class Player:
    """Somebody at a running window. `url` is where AWS answers; pictures go to `pictures`."""

    def __init__(self, running: Running, url: str, environ: Mapping[str, str], pictures: Path) -> None:
        self.running = running
        self.window = running.window
        self._url = url
        self._environ = {name: value for name, value in environ.items() if name != "ROLECALL_HOME"}
        self._pictures = pictures

    # --- Eyes ------------------------------------------------------------------------------------------------------

    def sessions(self) -> tuple[SessionView, ...]:
        """All rows."""
        return self.window.intents.snapshot().sessions

    def view(self, name: str) -> SessionView:
        """A profile's row."""
        return next(view for view in self.sessions() if view.name == name)

    def live(self, name: str) -> bool:
        """Whether a profile has credentials that work."""
        return self.view(name).live(self.window.intents.now())

    def provider(self, name: str) -> ProviderView:
        """A provider."""
        return next(view for view in self.window.intents.snapshot().providers if view.name == name)

    def need(self) -> NeedView | None:
        """What a person is needed for first."""
        return next(iter(self.window.intents.snapshot().needs), None)

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds. Raises StepFailed."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > ends:
                raise StepFailed(f"waited in vain until {what}")
            await asyncio.sleep(0.05)

    async def until_live(self, name: str) -> None:
        """Wait until a profile is live."""
        await self.until(lambda: self.live(name) and not self.view(name).waiting_for, f"{name} becomes active")

    async def look(self, picture: str, widget: QWidget | None = None) -> None:
        """Let animations end and everything be painted, and take a picture of the window or of `widget`."""
        await asyncio.sleep(SETTLE_SECONDS)
        (widget or self.window).grab().save(str(self._pictures / f"{picture}.png"))

    # --- Hands -----------------------------------------------------------------------------------------------------

    @property
    def list(self) -> QWidget:
        """The list of profiles."""
        return self.window.roles.list_page.list

    def choose(self, name: str) -> None:
        """Put the cursor on a row."""
        if not self.window.roles.list_page.list.choose(name):
            raise StepFailed(f"{name} is not in the list")
        self.list.setFocus()

    async def press_button(self, name: str) -> None:
        """Click the button of a row."""
        if not await hands.click_row_button(self.window, name):
            raise StepFailed(f"{name} is not in the list")

    async def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key on the list."""
        await self.come()
        await hands.press(self.list, key, *modifiers)

    async def come(self) -> None:
        """Give the window the keyboard: where there is no window manager, nobody else does."""
        self.window.activateWindow()
        await self.until(self.window.isActiveWindow, "the window has the keyboard")

    async def field_of_page(self) -> QWidget:
        """Wait for a login page with a field that has the keyboard."""
        await self.until(lambda: hands.login_window() is not None, "the window with the login page opens")
        ends = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends:
            window = hands.login_window()
            field = await hands.field_of_page(window) if window is not None else None
            if field is not None:
                return field
            await asyncio.sleep(0.05)
        raise StepFailed("waited in vain until the login page asks for something")

    # --- Readers outside -------------------------------------------------------------------------------------------

    async def read(self, aws_profile: str) -> str:
        """Whom AWS takes boto3 for with the written credentials file. Raises StepFailed."""
        arn = await self._run(_READER, aws_profile, self._url)
        if "assumed-role" not in arn:
            raise StepFailed(f"boto3 could not use [{aws_profile}]: {arn}")
        return arn

    async def witnessed(self, words: str, aws_profile: str) -> str:
        """What a step did, with what boto3 has to say about it."""
        return f"{words} boto3: {await self.read(aws_profile)}"

    async def browse(self, url: str) -> str:
        """What a plain HTTP client shows at last that opens `url` and sends on the forms it meets as they are."""
        return await self._run(_BROWSER, typed=url)

    async def _run(self, program: str, *arguments: str, typed: str = "") -> str:
        """Run a reader in a process of its own, away from the window's thread."""
        import subprocess
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(max_workers=1) as executor:
            done = await asyncio.get_running_loop().run_in_executor(
                executor,
                lambda: subprocess.run(  # noqa: S603  # our own reader, arguments ours too
                    [sys.executable, "-c", program, *arguments],
                    input=typed,
                    capture_output=True,
                    text=True,
                    check=False,
                    env=self._environ | {"PATH": os.defpath},
                    timeout=60,
                ),
            )
        return done.stdout.strip() or (done.stderr.strip().splitlines() or ["no answer"])[-1]
