"""The other way: a SAML response that a person pastes, drops or opens as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from PySide6.QtCore import SignalInstance

    class PasteField(Protocol):
        """A widget that holds what is pasted into it without showing it. `refused`: why a file was not taken."""

        changed: SignalInstance
        submitted: SignalInstance
        refused: SignalInstance

        @property
        def characters(self) -> int:
            """How much it holds."""

        def take(self) -> str:
            """What it holds; it is empty then."""

        def empty(self) -> None:
            """Forget what was pasted."""

        def read_file(self, path: str) -> None:
            """Hold what a file says."""


class PastePanel(QWidget):
    """Emits `offered` with a Secret, and `left` when the person goes back to the page.

    `make_field` makes the field, a `PasteField`, of an accessible name and a hint.
    """

    offered = Signal(object)
    left = Signal()

    def __init__(self, make_field: Callable[[str, str], QWidget]) -> None:
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
        self._widget = make_field(tr("SAML response"), tr("SAMLResponse=… — or drop a file here"))
        self.field: PasteField = self._widget  # type: ignore[assignment]  # a widget that is one, too
        self._problem = QLabel()
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setProperty("tone", "bad")
        self._problem.hide()
        self.use = QPushButton(tr("Sign in with it"))
        self.use.setProperty("kind", "primary")
        open_ = QPushButton(tr("Open a file…"))
        open_.clicked.connect(self.choose_file)
        back = QPushButton(tr("Back to the page"))
        back.setProperty("kind", "plain")
        back.clicked.connect(self.leave)
        self._arrange([title, help_], [back, None, open_, self.use])
        self.use.clicked.connect(self._use)
        self.field.submitted.connect(self._use)
        self.field.changed.connect(self._changed)
        self.field.refused.connect(self.refuse)
        self._changed()

    def _arrange(self, above: list[QLabel], below: list[QPushButton | None]) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in below:
            foot.addWidget(button) if button is not None else foot.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.setSpacing(12)
        for each in above:
            whole.addWidget(each)
        whole.addWidget(self._widget)
        whole.addWidget(self._problem)
        whole.addStretch(1)
        whole.addLayout(foot)

    def start(self) -> None:
        """Begin with an empty field."""
        self.field.empty()
        self._widget.setFocus()

    def leave(self) -> None:
        """Go back to the page; what was pasted is not kept."""
        self.field.empty()
        self.left.emit()

    def refuse(self, words: str) -> None:
        """Say why what was offered cannot be used, and let the person paste something else."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self._widget.setProperty("fault", "true" if words else "false")
        self._widget.style().polish(self._widget)
        if words:
            self._widget.setFocus()

    def choose_file(self) -> None:
        """Let the person choose a file; it is read when they did."""
        dialog = QFileDialog(self, tr("Open a SAML response"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read_file)
        dialog.open()

    def read_file(self, path: str) -> None:
        """Offer what a file holds."""
        self.field.empty()
        self.field.read_file(path)
        self._use()

    def _use(self) -> None:
        if self.field.characters:
            self.offered.emit(Secret(self.field.take()))

    def _changed(self) -> None:
        self.use.setEnabled(self.field.characters > 0)
        if self.field.characters:
            self.refuse("")


def _font(base: QFont, pixels: int) -> QFont:
    made = QFont(base)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def tr(words: str) -> str:
    """A text in the person's language."""
    return QCoreApplication.translate("Rolecall", words)
