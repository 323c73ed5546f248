"""How often the window shows what the core tells: at once, or, where that costs something, not again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

PAUSE_MS = 100
"""A person takes an answer this late for one that came at once."""
MANY = 200
"""So many roles that to show all of them again takes some milliseconds."""


class Pace(QObject):
    """Calls `show` for changes that are told by `tell`: all, or with `many()` at most one each `pause_ms`.

    The first change after a pause is shown at once, the last one always.
    """

    def __init__(
        self, show: Callable[[], None], many: Callable[[], bool], parent: QObject, *, pause_ms: int = PAUSE_MS
    ) -> None:
        super().__init__(parent)
        self._show, self._many = show, many
        self._waiting = False
        self._pause = QTimer(self, singleShot=True, interval=pause_ms)
        self._pause.timeout.connect(self._over)

    @property
    def resting(self) -> bool:
        """Whether a change would have to wait now."""
        return self._pause.isActive()

    def tell(self) -> None:
        """Something changed."""
        if self.resting:
            self._waiting = True
        else:
            self._now()

    def stop(self) -> None:
        """Show nothing any more."""
        self._pause.stop()
        self._waiting = False

    def _over(self) -> None:
        if self._waiting:
            self._now()

    def _now(self) -> None:
        self._waiting = False
        self._show()
        if self._many():
            self._pause.start()
