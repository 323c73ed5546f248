"""A person in a great hurry at a real window: what the processes of `test_window_kills` do until they are killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from app.bootstrap import hands, window
from app.domain.errors import RolecallError
from app.domain.secret import Secret
from app.domain.view import LIVE
from tests.faults import zygote
from tests.faults.leftovers import leftovers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.bootstrap.window import Running
    from app.bootstrap.wiring import Wired
    from app.core.front import Front
    from app.domain.configuration import Profile, Settings

PATIENCE_SECONDS = 20.0
AT_ONCE = 6
"""So many things are under way at any moment."""


def live(seed: int, secret: str, adopted: list[str], log: str) -> None:
    """Show the window in this process's environment, tell when it is there and whenever something is begun, for ever.

    Fails when a session of `adopted` is not adopted, or when what a killed writer left behind is still there.
    """

    async def fill_keyring(wired: Wired) -> None:
        await wired.front.engine.world.secrets.set("identity/alice", Secret(secret))

    async def play(running: Running) -> int:
        await _check_start(running, adopted)
        zygote.ready()
        person = Hurry(running, random.Random(seed))  # noqa: S311  # no secret
        await asyncio.gather(*(person.go_on() for _ in range(AT_ONCE)))
        return 0

    _write_into(log)
    window.run(stage=window.Stage(prepare=fill_keyring, play=play))


def _write_into(log: str) -> None:
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)


async def _check_start(running: Running, adopted: list[str]) -> None:
    status = {view.name: view.status for view in running.window.intents.snapshot().sessions}
    lost = [f"{name} is {status.get(name)}" for name in adopted if status.get(name) not in LIVE]
    assert not lost, f"not adopted: {lost}"
    where = running.wired.where
    folders = (where.config, where.state, Path(os.environ["AWS_SHARED_CREDENTIALS_FILE"]).parent)
    ends = time.monotonic() + PATIENCE_SECONDS
    while left := leftovers(*folders):
        assert time.monotonic() < ends, f"left behind: {left}"
        await asyncio.sleep(0.05)


class Hurry:
    """Hands that do whatever is possible, one after the other."""

    def __init__(self, running: Running, choose: random.Random) -> None:
        self._window, self._front = running.window, running.wired.front
        self._choose = choose
        self._number = 0

    async def go_on(self) -> None:
        """Never stop."""
        while True:
            await self.once()

    async def once(self) -> None:
        """Do one thing. That it is refused, or overtaken by another, is no fault."""
        front = self._front
        acts: list[Callable[[], Awaitable[object]]] = [
            lambda: front.assume(self._name()),
            lambda: front.assume(self._name()),
            lambda: front.refresh(self._name()),
            lambda: front.stop(self._name()),
            lambda: hands.click_row_button(self._window, self._name()),
            front.refresh_all,
            lambda: self._edit(front),
            lambda: self._edit(front),
            lambda: front.arrange(self._name(), group=self._choose.choice(("One", "Two"))),
            lambda: front.put_settings(self._settings(front)),
            self._resize,
            front.stop_all,
        ]
        weights = [8, 8, 6, 6, 4, 1, 2, 2, 1, 1, 1, 0.3]
        (act,) = self._choose.choices(acts, weights)
        zygote.ready()
        with contextlib.suppress(RolecallError, asyncio.CancelledError):
            await act()
        await asyncio.sleep(0)

    def _name(self) -> str:
        return self._choose.choice(list(self._front.snapshot().configuration.profiles))

    async def _edit(self, front: Front) -> None:
        """Add a profile, change it, or remove it."""
        profiles = front.snapshot().configuration.profiles
        added = [name for name in profiles if name.startswith("added")]
        what = self._choose.random()
        if added and what < 0.3:
            await front.remove_profile(self._choose.choice(added))
            return
        model: Profile = profiles[self._choose.choice(list(profiles))]
        if what < 0.7:
            await front.put_profile(replace(model, colour=self._choose.choice(("red", "blue", "teal"))))
            return
        name = f"added{os.getpid()}-{self._choose.randrange(3)}"
        await front.put_profile(replace(model, name=name, aws_profile=name))

    def _settings(self, front: Front) -> Settings:
        now = front.snapshot().configuration.settings
        return replace(now, theme=self._choose.choice(("light", "dark")), notifications=not now.notifications)

    async def _resize(self) -> None:
        size = QSize(self._choose.randrange(900, 1400), self._choose.randrange(600, 900))
        await hands.move(lambda: self._window.resize(size))
