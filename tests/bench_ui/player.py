"""Somebody busy at the real window with its real core, measured. Prints one line of JSON for each figure.

Usage: python -m tests.bench_ui.player main|many|idle PROFILES ACTIVE IMPORTS IDLE_SECONDS, in a scene's environment.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.bootstrap import hands, window
from app.domain.secret import Secret
from app.ui import tasks
from app.ui.palette import Palette
from tests.bench_ui import scene
from tests.bench_ui.watch import Block, Watch, most_stolen, percentile, stolen, worst

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.bootstrap.window import Running
    from app.bootstrap.wiring import Wired

PATIENCE_S = 120.0
_WORDS = ("team07", "deploy", "us-east-1", "10000000", "alice admin", "billing 1")
_TICKS = 20
_SCROLLS, _FEW = 120, 100
_PAUSE_S, _OPENS_S = 0.05, 0.5
_CHILDREN = Qt.FindChildOption.FindDirectChildrenOnly
_BACK = "\b"
_SELDOM_S = 0.1
"""To look at everything costs the window's thread some milliseconds: what is measured is not the measuring."""
_NOTHING_NEW_S = 0.4
"""After that a key has changed nothing in the list."""


class Painted(QObject):
    """Tells when one of some widgets was painted: the pass of painting is over that holds it."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__(widgets[0])
        self.at = 0.0
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._done)
        return super().eventFilter(watched, event)

    def _done(self) -> None:
        self.at = time.perf_counter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much of everything."""

    profiles: int
    active: int
    imports: int
    idle_seconds: float


class Bench:
    """One run on a window that is up."""

    def __init__(self, running: Running, sizes: Sizes) -> None:
        self.window, self.front = running.window, running.wired.front
        self.rows = running.window.roles.list_page.list
        self.search = running.window.roles.list_page.search
        self.sizes = sizes
        nothing = running.window.roles.list_page.host.findChildren(QWidget, options=_CHILDREN)
        self.painted, self.field_painted = Painted(self.rows.viewport(), *nothing), Painted(self.search)
        self.watch = Watch()

    async def all(self) -> None:
        """Everything that is measured with the usual number of profiles."""
        await self.settle()
        await self.watched("assume", self.assume())
        await self.settle()
        await self.watched("search", self.type_words())
        await self.watched("scroll", self.scroll())
        await self.watched("tick", self.ticks())
        await self.watched("refresh all", self.refresh_all())
        await self.settle()
        if self.sizes.imports:
            await self.watched("import", self.import_roles())
            await self.settle()
        await self.idle_both()

    async def idle_both(self) -> None:
        """Nothing, with the window shown and then hidden."""
        await self.idle("idle shown")
        self.window.hide()
        await self.idle("idle hidden")

    async def only_idle(self) -> None:
        """The sessions, and then nothing."""
        await self.settle()
        await self.assume()
        await self.settle()
        await self.idle_both()

    async def many(self) -> None:
        """What is measured with very many profiles."""
        await self.settle()
        tell("search keystroke", median=1000 * statistics.median(await self.type_words()))
        tell("palette keystroke", median=1000 * statistics.median(await self.palette()))

    async def watched(self, name: str, doing: Awaitable[list[float]]) -> None:
        """Do something with the watch on, and tell."""
        self.watch.start()
        begun, taken = time.perf_counter(), stolen()
        took = await doing
        lasted = time.perf_counter() - begun
        blocks = self.watch.stop()
        longest = worst(blocks)
        tell(
            name,
            longest=1000 * longest.seconds,
            longest_work=1000 * longest.worked,
            longest_queued=1000 * longest.queued,
            longest_stolen=1000 * longest.stolen,
            stolen=100 * most_stolen(taken, stolen()) / lasted,
            p99=1000 * percentile([each.seconds for each in blocks], 0.99),
            lasted=lasted,
            median=1000 * statistics.median(took) if took else None,
            most=1000 * max(took) if took else None,
            stacks=[_told(each) for each in sorted(blocks, key=lambda each: -each.seconds)[:4] if each.stacks],
        )

    # --- What is done ----------------------------------------------------------------------------------------------

    async def assume(self) -> list[float]:
        names = [scene.name_of(n) for n in range(self.sizes.active)]
        await asyncio.gather(*(self.front.assume(name) for name in names))
        await self.until(lambda: self.live() >= self.sizes.active, "the sessions live", every=_SELDOM_S)
        return []

    async def type_words(self) -> list[float]:
        """Letter by letter, and away again; seconds from each key to its rows on the screen."""
        words = _WORDS if self.sizes.profiles > _FEW else _WORDS[:1]
        return await self._type(self.search, words, self.painted)

    async def _type(self, field: QWidget, words: tuple[str, ...], eye: Painted) -> list[float]:
        keys = "".join(word + _BACK * len(word) for word in words)
        return [await self.stroke(field, partial(_strike, field, key), eye) for key in keys]

    async def stroke(self, field: QWidget, act: Callable[[], object], eye: Painted) -> float:
        """One key; seconds until what it leads to is painted."""
        own = self.field_painted
        field.setFocus()
        begun = 0.0

        def strike() -> None:
            nonlocal begun
            begun = time.perf_counter()
            act()

        await hands.move(strike)

        def seen() -> bool:
            return eye.at > begun or (own.at > begun and time.perf_counter() > begun + _NOTHING_NEW_S)

        await self.until(seen, "it is painted")
        took = (eye.at if eye.at > begun else own.at) - begun
        await asyncio.sleep(_PAUSE_S)
        return took

    async def scroll(self) -> list[float]:
        bar = self.rows.verticalScrollBar()
        steps = min(_SCROLLS, self.sizes.profiles)
        places = (*range(1, bar.maximum(), max(1, bar.maximum() // steps)), 0)
        return [await self.stroke(self.rows, partial(bar.setValue, place), self.painted) for place in places]

    async def ticks(self) -> list[float]:
        """Seconds for each tick, with the painting that it leads to."""
        second = self.window._tick.timeout
        took = []
        for _ in range(_TICKS):
            await asyncio.sleep(_PAUSE_S)
            took.append(await self.stroke(self.rows, second.emit, self.painted))
        return took

    async def refresh_all(self) -> list[float]:
        before = {view.name: view.key_id for view in self.front.snapshot().sessions if view.key_id}
        self.window.doer.refresh_all()

        def renewed() -> bool:
            now = {view.name: view.key_id for view in self.front.snapshot().sessions}
            return all(now[name] != key for name, key in before.items())

        await self.until(renewed, "all are renewed", every=_SELDOM_S)
        return []

    async def import_roles(self) -> list[float]:
        plan = await self.front.plan_import()
        names = tuple(row.name for row in plan.rows)
        count = await self.front.run_import(names, keys=True, digest=plan.digest)
        if count < self.sizes.imports:
            raise RuntimeError(f"only {count} of {self.sizes.imports} were imported")
        return []

    async def palette(self) -> list[float]:
        """Keystrokes in the palette. Opened as its shortcut does: without a window manager no window is active."""
        await hands.move(self.window.find_anything)
        await asyncio.sleep(_OPENS_S)
        (palette,) = (each for each in self.window.findChildren(Palette) if each.isVisible())
        eye = Painted(palette.list.viewport())
        self.field_painted = Painted(palette.field)
        return await self._type(palette.field, ("deploy", "team 12", "settings"), eye)

    async def idle(self, name: str) -> None:
        """Share of a core while nobody does anything."""
        await asyncio.sleep(1)
        begun, before = time.perf_counter(), _used()
        await asyncio.sleep(self.sizes.idle_seconds)
        share = (_used() - before) / (time.perf_counter() - begun)
        tell(name, percent=100 * share)

    # --- Eyes ------------------------------------------------------------------------------------------------------

    def live(self) -> int:
        now = self.front.now()
        return sum(view.live(now) for view in self.front.snapshot().sessions)

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        await self.until(self.window.isVisible, "the window is there")
        await tasks.drained()
        await asyncio.sleep(1)

    async def until(self, holds: Callable[[], bool], what: str, *, every: float = 0.005) -> None:
        """Wait, looking `every` so many seconds; raises TimeoutError."""
        ends = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > ends:
                raise TimeoutError(what)
            await asyncio.sleep(every)


def _strike(field: QWidget, key: str) -> None:
    if key == _BACK:
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    else:
        QTest.keyClicks(field, key)


def _used() -> float:
    """Seconds of processor time of this process and all its threads."""
    fields = open(f"/proc/{os.getpid()}/stat", encoding="ascii").read().rpartition(")")[2].split()  # noqa: SIM115, PTH123
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _told(block: Block) -> str:
    parts = (block.seconds, block.worked, block.queued, block.stolen)
    took, worked, queued, lost = (round(1000 * each) for each in parts)
    return f"{took} ms: {worked} ms work, {queued} ms without a processor, {lost} ms kept by the host:\n{block.stack}"


def tell(what: str, **figures: object) -> None:
    """One line for whoever makes the table."""
    print(json.dumps({"what": what, **figures}), flush=True)


async def _fill_keyring(wired: Wired) -> None:
    await wired.front.engine.world.secrets.set("identity/alice", Secret(scene.SECRET))


def main() -> int:
    """Run one of the two."""
    kind, sizes = sys.argv[1], [int(each) for each in sys.argv[2:6]]
    begun = time.perf_counter()

    async def play(running: Running) -> int:
        bench = Bench(running, Sizes(profiles=sizes[0], active=sizes[1], imports=sizes[2], idle_seconds=sizes[3]))
        tell(f"start {sizes[0]}", seconds=time.perf_counter() - begun, platform=os.environ.get("DISPLAY", "offscreen"))
        plays = {"main": bench.all, "many": bench.many, "idle": bench.only_idle}
        await plays[kind]()
        return 0

    return window.run(stage=window.Stage(prepare=_fill_keyring, play=play))


if __name__ == "__main__":
    sys.exit(main())
