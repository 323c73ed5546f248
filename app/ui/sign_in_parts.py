"""What the sign-in sheet is made of: the code for another device, and the place for a pasted response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import fonts, text, tokens
from app.ui.paste_field import PasteField
from app.ui.qr import QrPicture
from app.ui.text import tr
from app.ui.widgets import button, icon_button, label, set_property

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.view import SignInView

_LONGEST_CODE = 64


class DevicePart(QWidget):
    """The code, where to type it, the same as a picture, and how long it works (RFC 8628, section 3.3)."""

    link_wanted = Signal()
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.EDGE)
        column = QVBoxLayout()
        column.setSpacing(4)
        self.code = label("", tokens.USER_CODE, wrap=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.url = label("", tone="text", wrap=True)
        self.url.setFont(fonts.mono())
        self.time = label("", tokens.SMALL, "text2", wrap=True)
        self.copy_code = icon_button("copy", tr("Copy code"), "bare", small=True)
        self.copy_link = button(tr("Copy link"), icon="link", small=True)
        self.copy_code.clicked.connect(self._copy_code)
        self.copy_link.clicked.connect(self.link_wanted)
        line, buttons = QHBoxLayout(), QHBoxLayout()
        line.setSpacing(tokens.GAP)
        line.addWidget(self.code, 1)
        line.addWidget(self.copy_code)
        buttons.addWidget(self.copy_link)
        buttons.addStretch(1)
        column.addWidget(label(tr("Your code"), tokens.TINY, "text2"))
        column.addLayout(line)
        column.addSpacing(4)
        column.addWidget(label(tr("Type it at"), tokens.TINY, "text2"))
        column.addWidget(self.url)
        column.addWidget(self.time)
        column.addStretch(1)
        column.addLayout(buttons)
        row.addLayout(column, 1)
        self.picture = QrPicture()
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        self._code = ""

    def show_code(self, sign_in: SignInView) -> None:
        """Show the code of a sign-in."""
        self._code = sign_in.user_code
        shown = self._code if len(self._code) <= _LONGEST_CODE else f"{self._code[:_LONGEST_CODE]}…"
        self.code.setText(shown)
        self.code.setAccessibleName(tr("Code: {code}").format(code=" ".join(shown)))
        self.url.setText(text.breakable(sign_in.url))
        self.url.setAccessibleName(sign_in.url)
        self.copy_link.setVisible(sign_in.has_link)
        self.picture.show_text(sign_in.complete_url or sign_in.url)

    def tick(self, expires: datetime | None, now: datetime) -> None:
        """Show how long the code works still."""
        self.time.setVisible(expires is not None)
        if expires is None:
            return
        left = expires - now
        gone = left.total_seconds() <= 0
        words = tr("Works for {time}").format(time=text.countdown(left))
        self.time.setText(tr("This code has expired.") if gone else words)
        urgent = left.total_seconds() < tokens.LAST_MINUTE_S
        set_property(self.time, "tone", "bad" if urgent else "text2")

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self.said.emit(tr("Code copied."))


class PastePart(QWidget):
    """A field for a SAML response, and the way to a file. `submitted` on Enter, `refused` says why none was taken."""

    changed = Signal()
    submitted = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        hint = tr("Paste it here (Ctrl+V), or drop a file")
        self.field = PasteField(tr("SAML response"), hint)
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.paste = button(tr("Paste"), icon="clipboard", small=True)
        self.file = button(tr("Open a file…"), icon="file", small=True)
        self.clear = button(tr("Clear"), "plain", small=True)
        for each in (self.paste, self.file):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.clear)
        column.addLayout(row)
        self.field.changed.connect(self._changed)
        self.field.submitted.connect(self.submitted)
        self.field.refused.connect(self.refused)
        self.paste.clicked.connect(self.field.paste)
        self.file.clicked.connect(self._open)
        self.clear.clicked.connect(self.field.empty)
        self._changed()

    def _changed(self) -> None:
        self.clear.setEnabled(self.field.characters > 0)
        self.changed.emit()

    def _open(self) -> None:
        # Not the desktop's own: those run an event loop of theirs.
        dialog = QFileDialog(self.window(), tr("Open a SAML response"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.field.read_file)
        dialog.open()
