"""The window, until its list is painted, beside an empty one; and what both hold in memory then."""

from __future__ import annotations

import json
import subprocess
import time
from functools import partial
from typing import TYPE_CHECKING

from tests.bench.home import Home, home
from tests.bench.measure import OURS, ROOT, Amount, Figure, Measured, Sample, Target, in_turns
from tests.private_display import private_display

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROFILES = 100
_TELL = """
import json, sys, time
from pathlib import Path

def told():
    lines = Path("/proc/self/status").read_text().splitlines()
    resident = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    web = any("WebEngine" in name for name in list(sys.modules))
    print(json.dumps({"cpu": time.process_time(), "memory": resident * 1024, "web": web}), flush=True)

def paint_and_tell(self, event):
    # What lies in and beside it is painted in the same turn of the loop, and sent to the screen
    paint(self, event)
    if wanted is not None and self.model().rowCount() >= wanted and not shown.is_set():
        QTimer.singleShot(0, told)
        shown.set()

"""
_OURS = (
    _TELL
    + """
import asyncio
from app.bootstrap import window
wanted = None

async def prepare(wired):
    # Loaded already, or on the way to be
    global shown, paint, wanted, QTimer
    from PySide6.QtCore import QTimer
    from app.ui.session_list import SessionList
    shown, paint, wanted = asyncio.Event(), SessionList.paintEvent, int(sys.argv[1])
    SessionList.paintEvent = paint_and_tell

async def play(running):
    await shown.wait()
    return 0

raise SystemExit(window.run(stage=window.Stage(prepare=prepare, play=play)))
"""
)
_EMPTY = (
    _TELL
    + """
import asyncio
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QTimer
import httpx, qasync
app = QApplication([])

class Window(QMainWindow):
    def model(self):
        return self

    def rowCount(self):
        return 1

paint, wanted = QMainWindow.paintEvent, 0
Window.paintEvent = paint_and_tell

async def main():
    global shown
    shown = asyncio.Event()
    window = Window()
    window.resize(1180, 760)
    window.show()
    await shown.wait()
    await asyncio.sleep(0.1)

with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
    runner.run(main())
"""
)


def until_told(command: Sequence[str], environ: Mapping[str, str]) -> Sample:
    """From the start of a program until it tells something; what it tells of itself."""
    begun = time.perf_counter()
    with subprocess.Popen(
        command, env=dict(environ), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        line = child.stdout.readline()
        took = time.perf_counter() - begun
        _, said = child.communicate(timeout=60)
    if child.returncode or not line:
        raise RuntimeError(f"the window ended with {child.returncode}\n{said[-3000:]}")
    told = json.loads(line)
    if told["web"]:
        raise RuntimeError("the web engine was loaded")
    return Sample(seconds=took, cpu=told["cpu"], memory=told["memory"])


def start(amount: Amount) -> Measured:
    """Both on one private X server, in turns."""
    with home(PROFILES) as at, private_display() as display:
        environ = at.environ | display
        sides = {"the window": partial(shown, at, environ), "an empty one": partial(empty, environ)}
        return in_turns(sides, rounds=amount.of(31, 1))


def shown(at: Home, environ: Mapping[str, str], profiles: int = PROFILES) -> Sample:
    """Our window, until so many rows are there and painted."""
    (at.path / "rolecall" / "state" / "window.json").unlink(missing_ok=True)
    return until_told([OURS, "-c", _OURS, str(profiles)], environ)


def empty(environ: Mapping[str, str]) -> Sample:
    """An empty main window."""
    return until_told([OURS, "-c", _EMPTY], environ)


FIGURES = (
    Figure(
        name="window",
        title=f"the window on screen with its list of {PROFILES} profiles",
        how=(
            "From the start of the process until all of the window is painted for the first time with the rows in its "
            "list, on a private X server without a window manager, with a real keyring. Beside it an empty QMainWindow "
            "on a qasync event loop, with httpx imported, until it is painted for the first time. Memory is the "
            "resident set at that moment: unlike the proportional one, it does not depend on who else uses Qt. What "
            "comes in the seconds after that, network, keyring and the pages of the next clicks, is in neither."
        ),
        targets=(
            Target(ours="the window", beside="an empty one", most=1.4),
            Target(ours="the window", beside="an empty one", most=1.5, of="memory"),
        ),
        measure=start,
    ),
)
