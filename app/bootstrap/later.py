"""What a start leaves until the window is painted: nobody sees it then, and nobody waits for it."""

from __future__ import annotations

import asyncio
import builtins
import gc
import importlib
import linecache
from typing import TYPE_CHECKING

from app.bootstrap.parts import NEEDED_SOON, SHOWN_SOON

if TYPE_CHECKING:
    from app.bootstrap.wiring import Wired
    from app.ui.main_window import MainWindow

_COLLECT_AFTER = (5000, 10, 10)
"""How many new objects before Python looks for garbage among the newest, and how many such looks before wider ones."""
_PAINT_SECONDS = 2.0
"""How long at most a start waits for the window to be painted: it may be on a desktop that nobody looks at."""
_PAUSE_SECONDS = 0.02
"""Between two steps in the window's thread, which has better to do."""


def plain_imports() -> None:
    """Import modules as Python itself does, and do not keep the text of those that were loaded.

    With PySide6 loaded, each import reads the module's source, to see whether it may ask for one of PySide6's
    "features" (`from __future__`-like switches of its names). Nothing here does, and it takes a tenth of the start.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    linecache.clearcache()


async def painted(window: MainWindow) -> None:
    """Wait until a window that is shown has painted all of itself for the first time."""
    done = asyncio.Event()
    window.painted.connect(done.set)
    try:
        async with asyncio.timeout(_PAINT_SECONDS):
            await done.wait()
    except TimeoutError:
        return
    finally:
        window.painted.disconnect(done.set)


def collect_again() -> None:
    """Let Python look for garbage again: seldom, and not among what is there to stay.

    With a thousand roles, each look at everything would keep the window waiting for 100 ms.
    """
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
    gc.enable()


async def ready(wired: Wired) -> None:
    """Name the keyring, begin what the first request needs, and load what the next clicks need.

    What knows no Qt is loaded in a thread, the rest here, in small steps: PySide6 makes its classes when they are first
    asked for, which two threads must not do at once.
    """
    await wired.front.inspect_keyring()
    wired.http.prepare()
    await asyncio.to_thread(_load, NEEDED_SOON)
    for name in SHOWN_SOON:
        await asyncio.sleep(_PAUSE_SECONDS)
        importlib.import_module(name)


def _load(names: tuple[str, ...]) -> None:
    for name in names:
        importlib.import_module(name)
