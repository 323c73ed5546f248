"""A field that takes a long secret by paste, drop or file, and shows only how much it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QFileInfo, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

from app.ui import menus
from app.ui.text import number, plural, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QDragMoveEvent, QHideEvent, QKeyEvent

FILE_MOST = 1 << 20
"""Bytes of a file that are read at most. A SAML response that STS takes has 100,000 characters."""
_LINES = 3


class PasteField(QPlainTextEdit):
    """Holds what was pasted, and shows a number instead. The text is never part of the document: nothing selects it.

    `changed` after each change, `submitted` on Enter, `refused` carries why a file was not taken. It is emptied when it
    is hidden.
    """

    changed = Signal()
    submitted = Signal()
    refused = Signal(str)

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self._held = ""
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setCursorWidth(0)
        self.setFixedHeight(round(self.fontMetrics().lineSpacing() * _LINES) + 16)

    def take(self) -> str:
        """What was pasted; it is gone from here then."""
        held, self._held = self._held, ""
        self._tell()
        return held

    @property
    def characters(self) -> int:
        """How much it holds."""
        return len(self._held)

    def hold(self, text: str) -> None:
        """Hold this text instead of what was there."""
        self._held = text.strip()
        self._tell()

    def empty(self) -> None:
        """Forget what was pasted."""
        self.hold("")

    def read_file(self, path: str) -> None:
        """Hold what a file says: a small, plain one."""
        if not QFileInfo(path).isFile():
            self.refused.emit(tr("That is no file."))
            return
        file = QFile(path)
        if not file.open(QFile.OpenModeFlag.ReadOnly):
            self.refused.emit(tr("The file cannot be read: {why}.").format(why=file.errorString()))
            return
        data = bytes(file.read(FILE_MOST + 1).data())
        file.close()
        if len(data) > FILE_MOST:
            self.refused.emit(tr("The file is too large to be a SAML response."))
            return
        self.hold(data.decode("utf-8", errors="replace"))

    # --- What Qt hands over ----------------------------------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, or a file."""
        return source.hasText() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take what was pasted or dropped, a file by its content."""
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.read_file(files[0])
        elif source.hasText():
            self.hold(source.text())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take it anywhere, without a caret that follows."""
        if self.canInsertFromMimeData(event.mimeData()):
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, empty, submit; Tab and the rest belong to the sheet. What is typed is held like what is pasted."""
        key, words = event.key(), event.text()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.submitted.emit()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.empty()
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}:
            super().keyPressEvent(event) if key != Qt.Key.Key_Escape else event.ignore()
        elif words.isprintable() and words:
            self._held += words
            self._tell()
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Paste, and empty."""
        menu = menus.popup(self)
        menus.add(menu, tr("Paste"), self.paste, icon="clipboard", key="Ctrl+V", on=self.canPaste())
        menus.add(menu, tr("Clear"), self.empty, icon="trash", key="Del", on=bool(self._held))
        menu.popup(event.globalPos())

    def hideEvent(self, event: QHideEvent) -> None:
        """What is out of sight holds nothing, unless the window is only minimised."""
        super().hideEvent(event)
        if not event.spontaneous() and not self.window().isMinimized():
            self.empty()

    def sizeHint(self) -> QSize:
        """Three lines."""
        return QSize(240, self.height())

    def _tell(self) -> None:
        held = len(self._held)
        self.setPlainText(plural(held, "1 character", "{n} characters") if held else "")
        self.setAccessibleDescription(tr("holds {n} characters").format(n=number(held)))
        self.changed.emit()
