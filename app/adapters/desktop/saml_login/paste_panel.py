"""The other way: a SAML response that a person pastes, drops or opens as a file."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.secret import Secret

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

LONGEST = 1 << 20
"""Bytes of a file, characters of a text."""


class PastePanel(QWidget):
    """Emits `offered` with a Secret, and `left` when the person goes back to the page."""

    offered = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = QLabel(tr("Paste the provider's answer"))
        title.setFont(_font(self.font(), 15))
        help_ = QLabel(
            tr(
                "Some providers refuse windows like this one. Then open the login page in your own browser with its "
                "developer tools, sign in, and in their list of requests find the one named “saml”. Copy its form "
                "data, or just the value of SAMLResponse, and paste it here within five minutes."
            )
        )
        help_.setWordWrap(True)
        help_.setProperty("tone", "text2")
        self.field = _Field()
        self.field.setAccessibleName(tr("SAML response"))
        self.field.setPlaceholderText(tr("SAMLResponse=… — or drop a file here"))
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._changed)
        self.field.file_dropped.connect(self.read_file)
        self._problem = QLabel()
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setProperty("tone", "bad")
        self._problem.hide()
        self.use = QPushButton(tr("Sign in with it"))
        self.use.setProperty("kind", "primary")
        self.use.clicked.connect(self._use)
        open_ = QPushButton(tr("Open a file…"))
        open_.clicked.connect(self.choose_file)
        back = QPushButton(tr("Back to the page"))
        back.setProperty("kind", "plain")
        back.clicked.connect(self.leave)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(open_)
        foot.addWidget(self.use)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.setSpacing(12)
        for each in (title, help_):
            whole.addWidget(each)
        whole.addWidget(self.field, 1)
        whole.addWidget(self._problem)
        whole.addLayout(foot)
        self._changed()

    def start(self) -> None:
        """Begin with an empty field."""
        self.field.clear()
        self.field.setFocus()

    def leave(self) -> None:
        """Go back to the page; what was pasted is not kept."""
        self.field.clear()
        self.left.emit()

    def refuse(self, words: str) -> None:
        """Say why what was offered cannot be used."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.field.setProperty("fault", "true" if words else "false")
        self.field.style().polish(self.field)

    def choose_file(self) -> None:
        """Let the person choose a file; it is read when they did."""
        dialog = QFileDialog(self, tr("Open a SAML response"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read_file)
        dialog.open()

    def read_file(self, path: str) -> None:
        """Offer what a file holds."""
        try:
            data = _read(Path(path))
        except OSError as error:
            words = tr("This file cannot be read: {why}.").replace("{why}", error.strerror or type(error).__name__)
        except ValueError:
            words = tr("This file holds no text that could be a SAML response.")
        else:
            self.refuse("")
            self.offered.emit(Secret(data))
            return
        self.refuse(words)

    def _use(self) -> None:
        self.offered.emit(Secret(self.field.toPlainText()))

    def _changed(self) -> None:
        self.use.setEnabled(not self.field.document().isEmpty())
        self.refuse("")


class _Field(QPlainTextEdit):
    """Takes text, and files that are dropped."""

    file_dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setUndoRedoEnabled(False)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        local = next((url.toLocalFile() for url in source.urls() if url.isLocalFile()), "")
        if local:
            self.file_dropped.emit(local)
        elif len(source.text()) <= LONGEST:
            super().insertFromMimeData(source)


def _read(path: Path) -> str:
    # A pipe or a device might never end.
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError
    with path.open("rb") as file:
        data = file.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise ValueError
    return data.decode("utf-8-sig")


def _font(base: QFont, pixels: int) -> QFont:
    made = QFont(base)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def tr(words: str) -> str:
    """A text in the person's language."""
    return QCoreApplication.translate("Rolecall", words)
