"""Secrets on the clipboard: marked, so that histories skip them, and taken away again while they are still ours."""

from __future__ import annotations

import hashlib
import secrets
import struct
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

if TYPE_CHECKING:
    from app.domain.secret import Secret

_NO = QByteArray(struct.pack("<I", 0))
MARKS = {
    # Klipper and most other histories of Linux desktops.
    "x-kde-passwordManagerHint": QByteArray(b"secret"),
    # Windows, "Clipboard formats": cloud clipboard and history formats.
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': _NO,
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _NO,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _NO,
}


class SecretClipboard(QObject):
    """Puts secrets on the clipboard for a while.

    What was put there is known again by a keyed digest: the text itself is not kept. Whoever ends the program
    calls `forget` before.
    """

    def __init__(self, clipboard: QClipboard | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard() if clipboard is None else clipboard
        self._key = secrets.token_bytes(32)
        self._ours = b""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.forget)

    def copy_secret(self, text: Secret, *, seconds: float) -> None:
        """Put it on the clipboard, marked as secret; remove it after `seconds` if it is still there."""
        data = QMimeData()
        data.setText(text.reveal())
        for kind, value in MARKS.items():
            data.setData(kind, value)
        self._ours = self._digest(text.reveal())
        self._clipboard.setMimeData(data, QClipboard.Mode.Clipboard)
        if sys.platform == "darwin":
            from app.adapters.desktop.pasteboard import conceal

            conceal()
        self._timer.start(round(seconds * 1000))

    def copy_text(self, text: str) -> None:
        """Put a text there that is no secret; it stays."""
        self._timer.stop()
        self._ours = b""
        self._clipboard.setText(text, QClipboard.Mode.Clipboard)

    def forget(self) -> None:
        """Remove the secret now if it is still what the clipboard holds; anything newer stays."""
        self._timer.stop()
        if self._ours and self._still_ours():
            self._clipboard.clear(QClipboard.Mode.Clipboard)
        self._ours = b""

    def _still_ours(self) -> bool:
        # Who owns the clipboard says nothing: a manager may have taken the text over, and other parts of this very
        # program put there what is no secret.
        return secrets.compare_digest(self._digest(self._clipboard.text()), self._ours)

    def _digest(self, text: str) -> bytes:
        # Line ends may change on the way through a clipboard.
        plain = text.replace("\r\n", "\n")
        return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), key=self._key).digest()
