"""The real window as a program of its own, told in JSON lines what to do and asked how it is.

Usage: clock_player.py SLEPT, where SLEPT is a file with the seconds that the machine has slept: its steady clock goes
on in them, as that of a real machine does. Everything is logged at DEBUG to standard error.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import tempfile
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.adapters.clock import SystemClock
from app.adapters.keyring_store import choice
from app.bootstrap import window
from app.domain.errors import RolecallError
from app.domain.secret import Secret

if TYPE_CHECKING:
    from app.bootstrap.window import Running
    from app.domain.view import SessionView

BREATH = 0.005
KEYRING_SECONDS = "TRIAL_KEYRING_SECONDS"
"""A variable with how long a call of the keyring may take, where a test has less time than a person."""


class SleepyClock(SystemClock):
    """The machine's clocks; the steady one goes on while it is said to have slept.

    The wall clock is the one that libfaketime tells, but read past it: while another thread waits for something, it
    tells the true time now and then, which looks as if the clock were set by days for one moment.
    """

    def __init__(self, slept: Path, told: str) -> None:
        self._slept = slept
        self._told = Path(told)
        with tempfile.TemporaryFile() as file:  # what the kernel says, to nobody but us: files are not faked
            self._true = os.fstat(file.fileno()).st_mtime - time.monotonic()

    def now(self) -> datetime:
        off = float(self._told.read_text(encoding="ascii"))
        return datetime.fromtimestamp(self._true + time.monotonic() + off, UTC)

    def steady(self) -> float:
        try:
            return super().steady() + float(self._slept.read_text(encoding="ascii") or 0)
        except FileNotFoundError:
            return super().steady()


class Person:
    """Does what the test says."""

    def __init__(self, running: Running) -> None:
        self.front = running.wired.front
        self.longest = 0.0
        self.begun: dict[str, asyncio.Task[str]] = {}

    async def breathe(self) -> None:
        """Measure how long the loop keeps others waiting."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(BREATH)
            self.longest = max(self.longest, time.monotonic() - before - BREATH)

    async def obey(self, order: dict[str, Any]) -> object:
        return await getattr(self, f"do_{order.pop('do')}")(**order)

    async def do_assume(self, name: str, *, force: bool = False) -> str:
        """Click; how that ended: empty, or the code of an error."""
        try:
            await (self.front.refresh(name) if force else self.front.assume(name))
        except RolecallError as error:
            return error.code
        return ""

    async def do_begin(self, name: str, *, force: bool = False) -> None:
        """Click, and look elsewhere."""
        self.begun[name] = asyncio.create_task(self.do_assume(name, force=force))

    async def do_end(self, name: str) -> str:
        """Wait for what a click came to."""
        return await self.begun.pop(name)

    async def do_stop(self, name: str) -> str:
        with suppress(RolecallError):
            await self.front.stop(name)
            return ""
        return "refused"

    async def do_code(self, code: str) -> None:
        """Type a code into the first sheet that wants one."""
        need = next(each for each in self.front.snapshot().needs if each.kind == "mfa")
        await self.front.answer(need.key, code)

    async def do_store(self, name: str, secret: str) -> list[str]:
        """Enter an identity's secret anew; what is said about it: code, title, remedy."""
        identity = self.front.snapshot().configuration.identities[name]
        try:
            await self.front.put_identity(identity, secret=secret)
        except RolecallError as error:
            return [error.code, error.title, error.remedy]
        return []

    async def do_keep_many(self, number: int, size: int) -> list[str]:
        """Put so many items of so many characters into the keyring at once; what came of each."""
        return await asyncio.gather(*(self._kept(f"trial/{each}", f"{each}" * size) for each in range(number)))

    async def _kept(self, key: str, secret: str) -> str:
        secrets = self.front.engine.world.secrets
        try:
            await secrets.set(key, Secret(secret))
            found = await secrets.get(key)
            await secrets.delete(key)
        except RolecallError as error:
            return error.code
        return "" if found == Secret(secret) else "another one came back"

    async def do_in_memory(self) -> None:
        """Choose to keep secrets in memory until quit."""
        await self.front.keep_secrets_in_memory()

    async def do_look(self) -> dict[str, object]:
        """How everything is. The longest wait is since the last look."""
        now, shown = self.front.now(), self.front.snapshot()
        longest, self.longest = self.longest, 0.0
        keyring = shown.health.keyring_problem
        return {
            "sessions": {each.name: _session(each, now) for each in shown.sessions},
            "due": [name for name, keeper in self.front.engine.roster.profiles.items() if keeper.due(now)],
            "needs": [[each.kind, each.key, *each.profiles] for each in shown.needs],
            "skew": shown.health.skew,
            "keyring": shown.health.keyring,
            "keyring_problem": [keyring.code, keyring.title, keyring.remedy] if keyring is not None else [],
            "longest": longest,
            "descriptors": _descriptors(),
            "threads": threading.active_count(),
            "tasks": len(asyncio.all_tasks()),
        }


def _session(view: SessionView, now: Any) -> dict[str, object]:  # noqa: ANN401  # a moment
    left = None if view.expires is None else (view.expires - now).total_seconds()
    problem = "" if view.problem is None else view.problem.code
    return {"status": view.status.value, "key_id": view.key_id, "left": left, "problem": problem}


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def play(running: Running) -> int:
    person = Person(running)
    loop = asyncio.get_running_loop()
    orders: asyncio.Queue[str] = asyncio.Queue()

    def listen() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(orders.put_nowait, line)
        loop.call_soon_threadsafe(orders.put_nowait, "")

    threading.Thread(target=listen, daemon=True).start()
    breathing = asyncio.create_task(person.breathe())
    answer_with(None)
    while line := await orders.get():
        answer_with(await person.obey(json.loads(line)))
    breathing.cancel()
    for task in person.begun.values():
        task.cancel()
    return 0


def answer_with(value: object) -> None:
    sys.stdout.write(f"ANSWER {json.dumps(value)}\n")
    sys.stdout.flush()


class Everything(logging.StreamHandler[TextIO]):
    """Takes no filter: what is to be seen is that nobody logs a secret, not that one would be redacted."""

    def addFilter(self, _filter: object) -> None:
        """Refuse it."""


if __name__ == "__main__":
    if KEYRING_SECONDS in os.environ:
        vars(choice)["CALL_SECONDS"] = float(os.environ[KEYRING_SECONDS])
    logging.basicConfig(level=logging.DEBUG, handlers=[Everything(sys.stderr)])
    clock = SleepyClock(Path(sys.argv[1]), os.environ["FAKETIME_TIMESTAMP_FILE"])
    raise SystemExit(window.run(stage=window.Stage(play=play, clock=clock)))
