"""The sheet that asks for an MFA code, the one that asks whether a command may run, and what such sheets share."""

from __future__ import annotations

import math
import shlex
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.ui import fonts, icons, rings, theme, tokens
from app.ui.code_boxes import CodeBoxes
from app.ui.sheet import Sheet, heading
from app.ui.tasks import spawn
from app.ui.text import number, plural, tr
from app.ui.widgets import button, label

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.view import NeedView

_STEP_SECONDS = 30
"""How long a code lives (RFC 6238); only for the share of the ring."""
_TICK = 250
_NAMED = 12
"""So many profiles are named."""
_COMMAND_WIDTH = tokens.SHEET_WIDTH - 2 * tokens.SHEET_EDGE - 24


class Tile(QWidget):
    """An icon on a tinted square."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(40, 40)

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().select))
        painter.drawRoundedRect(QRectF(self.rect()), tokens.RADIUS_TILE, tokens.RADIUS_TILE)
        icons.paint(painter, QRectF(10, 10, 20, 20), self._icon, theme.tokens().accent)


class _Ring(QWidget):
    """The part of a code's life that is still to be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.mark = "bad_mark"
        self.setFixedSize(QSize(tokens.RING, tokens.RING))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        mark: str = getattr(look, self.mark)
        rings.ring(painter, QRectF(self.rect()), self.share, mark, look.raised, tokens.RING_STROKE)


class Answer(QFrame):
    """What became of the last code, and how long to wait for the next."""

    _HEIGHT = 36

    def __init__(self) -> None:
        super().__init__()
        self._ground = "bad_tint"
        self._ring = _Ring()
        self._words = label("", tokens.BASE_STRONG, "bad", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.setMinimumHeight(self._HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    @property
    def text(self) -> str:
        """The words shown now."""
        return "" if self.isHidden() else self._words.text()

    def tell(self, words: str, *, bad: bool, share: float = 0.0) -> None:
        """Show words and, while there is something to wait for, a ring; nothing when the words are empty."""
        self._ground = "bad_tint" if bad else "select"
        self._words.setText(words)
        self._words.setAccessibleName(words)
        tone = "bad" if bad else "accent"
        if self._words.property("tone") != tone:
            self._words.setProperty("tone", tone)
            self._words.style().polish(self._words)
        self._ring.mark = "bad_mark" if bad else "accent"
        self._ring.share = share
        self._ring.setVisible(share > 0)
        self.setVisible(bool(words))
        self.update()
        self._ring.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground: str = getattr(theme.tokens(), self._ground)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()), tokens.RADIUS, tokens.RADIUS)


class NeedSheet(Sheet):
    """What these sheets share: the need they are about, and how it ends. `below` stands under the title.

    Emits `declined` with the need's key when the person says no; the sheet then closes at once.
    """

    declined = Signal(str)

    def __init__(self, window: QWidget, intents: Intents, need: NeedView, icon: str, below: str = "") -> None:
        super().__init__(window, need.title)
        self.intents = intents
        self.need = need
        below = below or need.device
        device = label(below, tone="text2", wrap=True)
        device.setFont(fonts.mono())
        device.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        device.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addLayout(heading(need.title, device if below else None, Tile(icon)))
        self._for = label("", wrap=True)
        self._for.setTextFormat(Qt.TextFormat.RichText)
        self.body.addWidget(self._for)
        self.refused.connect(self.refuse)
        theme.current().changed.connect(self._name_profiles)

    def show_need(self, need: NeedView) -> None:
        """Follow what became of the need."""
        self.need = need
        self._name_profiles()
        self._for.setVisible(bool(need.profiles))

    def _name_profiles(self) -> None:
        """In the colours of the theme, which may change meanwhile."""
        self._for.setText(_for_whom(self.need))

    def refuse(self) -> None:
        """What Esc does."""
        self.decline()

    def decline(self) -> None:
        """Say no, and go."""
        key = self.need.key
        self.declined.emit(key)
        spawn(self.intents.decline(key))
        self.close_sheet()


class CodeEntry(QWidget):
    """The boxes for a code, and what became of the last one. Follows one need of the kind `mfa` wherever it is shown.

    `reopened` comes when the boxes take a code again after a wrong one.
    """

    reopened = Signal()

    def __init__(self, intents: Intents, need: NeedView) -> None:
        super().__init__()
        self._intents, self._need = intents, need
        self.boxes = CodeBoxes()
        self.answer_box = Answer()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.EDGE)
        column.addWidget(self.boxes, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.answer_box)
        self._failed = ""
        self._sent = False
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._tell)
        self.boxes.complete.connect(self._submit)

    def show_need(self, need: NeedView) -> None:
        """Follow what became of the code: a wrong one is cleared, a half-typed one stays."""
        self._need = need
        if need.sending:
            self._sent = True
        elif need.problem is not None and self._sent:
            self._open_again()
        self._tell()

    def _submit(self, code: str) -> None:
        if self._sent:
            return
        self._failed = ""
        self._sent = True
        spawn(self._intents.answer(self._need.key, code), self._not_sent)
        self._tell()

    def _not_sent(self, error: RolecallError) -> None:
        self._failed = " ".join(part for part in (f"{error.title}.", error.remedy) if part)
        self._open_again()
        self._tell()

    def _open_again(self) -> None:
        self._sent = False
        self.boxes.setEnabled(True)
        self.boxes.clear()
        self.reopened.emit()

    def _tell(self) -> None:
        now = self._intents.now()
        waiting = self._need.next_code_at is not None and self._need.next_code_at > now
        self._timer.start() if waiting and not self._sent else self._timer.stop()
        if self._sent:
            # Only after the words are there: a disabled field gives the keyboard away.
            self.answer_box.tell(tr("Asking AWS…"), bad=False)
            self.boxes.setReadOnly(True)
            return
        self.boxes.setReadOnly(False)
        words = _answer_words(self._need, now, self._failed)
        bad = bool(self._failed) or self._need.problem is not None
        self.answer_box.tell(words, bad=bad, share=_share(self._need.next_code_at, now))


class MfaSheet(NeedSheet):
    """Asks for a code. `store_wanted` carries the identity whose TOTP secret the person wants to store.

    `put_off` carries the need's key when the sheet goes and the need stays.
    """

    store_wanted = Signal(str)
    put_off = Signal(str)

    def __init__(self, window: QWidget, intents: Intents, need: NeedView) -> None:
        super().__init__(window, intents, need, "phone")
        self.entry = CodeEntry(intents, need)
        self.boxes, self.answer_box = self.entry.boxes, self.entry.answer_box
        self._several = label("", tokens.SMALL, "text2", wrap=True)
        self.body.addWidget(self._several)
        self.body.addWidget(self.entry)
        self.store = button(tr("Store the TOTP secret, never ask again…"), "link")
        self.cancel = button(tr("Cancel"))
        self.later = button(tr("Later"))
        self.later.setToolTip(tr("It stays under Needs you"))
        # The link's own padding, so that its words stand under the boxes.
        self.foot.setContentsMargins(tokens.SHEET_EDGE - 6, 12, tokens.SHEET_EDGE - 1, 12)
        self.foot.addWidget(self.store)
        self.foot.addStretch()
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.later)
        self.store.setVisible(bool(need.identity))
        self.entry.reopened.connect(self._reopened)
        self.store.clicked.connect(lambda: self.store_wanted.emit(self.need.identity))
        self.cancel.clicked.connect(self.refused)
        self.later.clicked.connect(self._put_off)
        self.show_need(need)

    def show_need(self, need: NeedView) -> None:
        """Follow what became of the code."""
        super().show_need(need)
        self._several.setVisible(need.codes > 1)
        words = tr("They take {n} codes, one after the other: AWS takes each code once.")
        self._several.setText(words.format(n=number(need.codes)))
        self.entry.show_need(need)

    def _put_off(self) -> None:
        key = self.need.key
        self.put_off.emit(key)
        spawn(self.intents.put_off(key))
        self.close_sheet()

    def _reopened(self) -> None:
        if self.isVisible():
            self.boxes.setFocus(Qt.FocusReason.OtherFocusReason)


class CommandPart(QWidget):
    """A command exactly as it would run, what agreeing means, and what became of it."""

    def __init__(self, need: NeedView, width: int = _COMMAND_WIDTH) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.EDGE)
        arguments = [_argument(each) for each in need.command]
        self.command = QPlainTextEdit("\n".join(arguments))
        self.command.setReadOnly(True)
        self.command.setTabChangesFocus(True)
        self.command.setFont(fonts.mono())
        self.command.setAccessibleName(tr("The command, one argument in each line"))
        # Wrapped wherever it has to be: what lies beyond the edge of the sheet would be agreed to unseen.
        self.command.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        in_line = max(1, width // self.command.fontMetrics().horizontalAdvance("0"))
        lines = min(max(sum(math.ceil(len(each) / in_line) for each in arguments), 1), 8)
        self.command.setFixedHeight(round(self.command.fontMetrics().lineSpacing() * lines) + 22)
        column.addWidget(self.command)
        words = tr("It runs with your rights, without a shell, whenever a code is needed, until it is changed.")
        if not need.identity:
            words = tr("It runs with your rights, without a shell, whenever a sign-in is needed, until it is changed.")
        column.addWidget(label(words, tokens.SMALL, "text2", wrap=True))
        self.answer_box = Answer()
        column.addWidget(self.answer_box)

    def show_need(self, need: NeedView) -> None:
        """Tell what became of it."""
        problem = need.problem
        words = "" if problem is None else " ".join(part for part in (f"{problem.title}.", problem.remedy) if part)
        self.answer_box.tell(words, bad=True)


class CommandSheet(NeedSheet):
    """Shows a command exactly as it would run, and asks whether it may."""

    def __init__(self, window: QWidget, intents: Intents, need: NeedView) -> None:
        super().__init__(window, intents, need, "terminal")
        self.part = CommandPart(need)
        self.command, self.answer_box = self.part.command, self.part.answer_box
        self.body.addWidget(self.part)
        self.run = button(tr("Run this command"), "primary")
        self.cancel = button(tr("Cancel"))
        self.foot.addStretch()
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.run)
        self.run.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.refused)
        self.show_need(need)

    def show_need(self, need: NeedView) -> None:
        """Follow what became of it."""
        super().show_need(need)
        self.run.setEnabled(not need.sending)
        self.part.show_need(need)

    def _agree(self) -> None:
        self.run.setEnabled(False)
        spawn(self.intents.answer(self.need.key, "yes"), self._not_sent)

    def _not_sent(self, error: RolecallError) -> None:
        self.run.setEnabled(True)
        self.answer_box.tell(str(error), bad=True)


def _for_whom(need: NeedView) -> str:
    from html import escape

    strong = theme.tokens().text
    names = ", ".join(escape(name) for name in need.profiles[:_NAMED])
    if len(need.profiles) > _NAMED:
        names += escape(tr(" and {n} more").format(n=len(need.profiles) - _NAMED))
    words = escape(plural(len(need.profiles), "For 1 role:", "For {n} roles:"))
    return (
        f'<span style="color:{theme.tokens().text2}">{words}</span> '
        f'<span style="color:{strong}; font-weight:500">{names}</span>'
    )


def _answer_words(need: NeedView, now: datetime, failed: str) -> str:
    left = 0 if need.next_code_at is None else math.ceil((need.next_code_at - now).total_seconds())
    wait = tr("The next one is valid in {n} s.").format(n=left) if left > 0 else ""
    if failed:
        return failed
    if need.problem is not None:
        after = wait or need.problem.remedy
        return f"{need.problem.title}. {after}".strip()
    return tr("The code of this moment has been used.") + f" {wait}" if wait else ""


def _share(moment: datetime | None, now: datetime) -> float:
    return 0.0 if moment is None else min(1.0, max(0.0, (moment - now).total_seconds() / _STEP_SECONDS))


def _argument(text: str) -> str:
    # Quoted as a shell would want it, so that blanks and line breaks inside an argument can be seen.
    return shlex.quote(text) if text.isprintable() else repr(text)
