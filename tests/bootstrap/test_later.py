"""What is left until the window is painted: in small steps, and all of it, so that no click has to wait for it."""

from __future__ import annotations

import builtins
import gc
import json
import linecache
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap import later
from app.bootstrap.login_windows import LateLoginWindows

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
STEPS = """
import importlib, json, sys
from app.bootstrap import parts, window
from PySide6.QtWidgets import QApplication
from app.ui import faults, main_window, told_intents, tray, window_state
for name in parts.NEEDED_SOON:
    importlib.import_module(name)
added = {}
for name in parts.SHOWN_SOON:
    before = set(sys.modules)
    importlib.import_module(name)
    added[name] = sorted(each for each in set(sys.modules) - before if each.startswith("app."))
print(json.dumps([added, sorted(sys.modules)]))
"""
SELDOM = {"first_run", "phrases", "translator"}
"""What most people never see, or once: the page of a program without roles; other languages' phrases."""


def test_each_step_loads_little_and_together_they_load_all_pages() -> None:
    done = subprocess.run([sys.executable, "-c", STEPS], capture_output=True, text=True, check=True, cwd=ROOT)
    added, loaded = json.loads(done.stdout)

    # Itself, and at most one or two that are its alone: more of them would keep the window's thread from what it does
    assert {name: found for name, found in added.items() if not 1 <= len(found) <= 2} == {}

    pages = {path.stem for path in (ROOT / "app" / "ui").glob("*.py")} - {"__init__"}
    missing = {name for name in pages if f"app.ui.{name}" not in loaded}
    assert missing <= SELDOM


def test_modules_are_imported_without_reading_their_text(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, curious = partial(builtins.__import__), partial(builtins.__import__)
    monkeypatch.setattr(builtins, "__import__", curious)
    monkeypatch.setattr(builtins, "__orig_import__", plain, raising=False)
    monkeypatch.setitem(linecache.cache, "kept", (0, None, [], "kept"))
    later.plain_imports()
    now, kept = builtins.__import__, "kept" in linecache.cache
    monkeypatch.undo()
    assert now is plain
    assert not kept


def test_without_pyside6s_import_there_is_nothing_to_undo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(builtins, "__orig_import__", raising=False)
    before = builtins.__import__
    later.plain_imports()
    assert builtins.__import__ is before


def test_garbage_is_looked_for_again() -> None:
    before = gc.get_threshold()
    gc.disable()
    try:
        later.collect_again()
        assert gc.isenabled()
        assert gc.get_threshold()[0] > before[0] or before == gc.get_threshold()
    finally:
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*before)


def test_login_windows_that_nobody_wanted_are_never_made(tmp_path: Path) -> None:
    # They would start a thread and ask for icons: without a window there are none
    windows = LateLoginWindows(object(), tmp_path, lambda: None)  # type: ignore[arg-type, return-value]  # never asked
    windows.raise_window("corp")
    windows.close()
    assert list(tmp_path.iterdir()) == []
