"""What goes wrong where nobody waits for an answer: in Rolecall itself, and on the desktop around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui import tasks
from app.ui.text import tr
from app.ui.toasts import Toast

if TYPE_CHECKING:
    from app.domain.errors import RolecallError
    from app.ui.toasts import Toasts

_STAYS_MS = 12000


class Faults(QObject):
    """Shows it as a toast. Any thread may tell."""

    _told = Signal(str)

    def __init__(self, toasts: Toasts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._toasts = toasts
        self._told.connect(self._show)
        tasks.show_untold(self._untold)
        self.destroyed.connect(lambda: tasks.show_untold(None))

    def fault(self, kind: str) -> None:
        """A fault of the program, by the name of its exception: its text might hold anything."""
        words = tr("Something went wrong inside Rolecall itself ({kind}). The details are in the log.")
        self._told.emit(words.format(kind=kind))

    def no_browser(self) -> None:
        """What a browser was to open has not been asked for by one."""
        self._told.emit(tr("No browser has opened the page so far. Copy its link, and paste it into a browser."))

    def _untold(self, error: RolecallError) -> None:
        self._told.emit(" ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part))

    def _show(self, words: str) -> None:
        # A slot that fails with every tick says so once
        if self._toasts.words != words:
            self._toasts.add(Toast(words=words, kind="bad", stays_ms=_STAYS_MS))
