"""The machine goes to sleep and wakes up, as systemd's logind tells on the system bus."""

from __future__ import annotations

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

_SERVICE = "org.freedesktop.login1"
_PATH = "/org/freedesktop/login1"
_INTERFACE = "org.freedesktop.login1.Manager"
_SIGNAL = "PrepareForSleep"
_SLOT = SLOT("_prepare(bool)")


class SleepSignal(QObject):
    """Emits `sleeping` before and `woke` after a suspend. Where there is no logind it stays silent.

    `available` tells whether anything will be heard; the clocks are watched anyway, so that nothing depends on it.
    """

    sleeping = Signal()
    woke = Signal()

    def __init__(self, bus: QDBusConnection | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = QDBusConnection.systemBus() if bus is None else bus
        self.available = bool(
            self._bus.isConnected()
            # The stubs want bytes where the library takes text only.
            and self._bus.connect(_SERVICE, _PATH, _INTERFACE, _SIGNAL, self, _SLOT)  # type: ignore[call-overload]
        )

    @Slot(bool)
    def _prepare(self, going: bool) -> None:
        (self.sleeping if going else self.woke).emit()
