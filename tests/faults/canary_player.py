"""The person of tests/e2e/provider_player.py, who also copies addresses and tells all that is to be read."""

from __future__ import annotations

import logging
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import window
from tests.e2e import provider_player
from tests.e2e.shifted_clock import ShiftedClock


class Canary(provider_player.Person):
    """The person who looks into every corner."""

    async def do_copy_console(self, name: str) -> None:
        """Copy the sign-in address of a role."""
        self.player.choose(name)
        rows = self.running.window.roles.list_page.list
        rows.setFocus()
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        await self.player.press(Qt.Key.Key_C, both)
        await self.player.until(lambda: "SigninToken=" in QGuiApplication.clipboard().text(), "the address is copied")

    async def do_stop(self, name: str) -> None:
        """Have a role stopped, and see it end."""
        await self.running.window.intents.stop(name)
        await self.player.until(lambda: not self.player.live(name), f"{name} is stopped")

    async def do_wait_for_problem(self, name: str) -> str:
        await self.player.until(lambda: self.player.view(name).problem is not None, f"{name} has a problem")
        problem = self.player.view(name).problem
        return "" if problem is None else problem.code

    async def do_words(self) -> list[str]:
        """Every text that any widget holds: titles, tool tips, what screen readers are told."""
        found: set[str] = set()
        for widget in QApplication.allWidgets():
            found |= {widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
            found |= {widget.statusTip(), widget.whatsThis(), _text_of(widget)}
        return sorted(found)


def _text_of(widget: QWidget) -> str:
    text = getattr(widget, "text", None) or getattr(widget, "toPlainText", None)
    return str(text()) if callable(text) else ""


if __name__ == "__main__":
    provider_player.Person = Canary  # type: ignore[misc]  # who plays there
    logging.basicConfig(level=logging.DEBUG, handlers=[provider_player.Everything(sys.stderr)])
    logging.Formatter.converter = time.gmtime
    stage = window.Stage(
        play=provider_player.play, clock=ShiftedClock(Path(sys.argv[1])), open_url=provider_player.browse
    )
    raise SystemExit(window.run(stage=stage))
