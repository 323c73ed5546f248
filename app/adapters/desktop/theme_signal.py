"""Whether the desktop is dark, and when that changes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import SLOT, QObject, Qt, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant
from PySide6.QtGui import QGuiApplication

_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Settings"
_SIGNAL = "SettingChanged"
_SLOT = SLOT("_told(QString,QString,QDBusVariant)")
_NAMESPACE, _KEY = "org.freedesktop.appearance", "color-scheme"
_PREFERS_DARK = 1
_ASK_MILLISECONDS = 300


class ThemeSignal(QObject):
    """Emits `changed(dark)`.

    Qt knows the desktop's wish on Windows, macOS and with a desktop's own plugin; elsewhere the settings portal
    (XDG Desktop Portal, `org.freedesktop.appearance`) is asked and listened to.
    """

    changed = Signal(bool)

    def __init__(self, bus: QDBusConnection | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = QDBusConnection.sessionBus() if bus is None else bus
        self._portal: bool | None = None
        if self._bus.isConnected():
            self._portal = self._ask()
            # The stubs want bytes where the library takes text only.
            self._bus.connect(_SERVICE, _PATH, _INTERFACE, _SIGNAL, self, _SLOT)  # type: ignore[call-overload]
        self._last = self.dark
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._compare)

    @property
    def dark(self) -> bool:
        """What the desktop wishes now; light when it says nothing."""
        scheme = QGuiApplication.styleHints().colorScheme()
        if self._portal is not None:
            return self._portal
        return scheme is Qt.ColorScheme.Dark

    def _ask(self) -> bool | None:
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "ReadOne")
        message.setArguments([_NAMESPACE, _KEY])
        # One short question at start; a portal that does not answer at once is left alone.
        answer = self._bus.call(message, timeout=_ASK_MILLISECONDS)
        if answer.type() is not QDBusMessage.MessageType.ReplyMessage:
            return None
        return _dark(answer.arguments()[0])

    @Slot(str, str, QDBusVariant)
    def _told(self, namespace: str, key: str, value: QDBusVariant) -> None:
        if (namespace, key) == (_NAMESPACE, _KEY):
            self._portal = _dark(value)
            self._compare()

    def _compare(self) -> None:
        if self.dark is not self._last:
            self._last = self.dark
            self.changed.emit(self._last)


def _dark(value: Any) -> bool:  # noqa: ANN401  # what the bus delivers, wrapped or not
    inner = value.variant() if isinstance(value, QDBusVariant) else value
    return bool(inner == _PREFERS_DARK)
