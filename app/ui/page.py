"""The frame of a full page: a head with the way back, a body that scrolls, a foot with the buttons."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui import icons, tokens
from app.ui.forms import Form
from app.ui.mark import Mark
from app.ui.text import breakable, tr
from app.ui.widgets import Elided, ground, icon_button, label, rule, set_property

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent


_VERDICT = 2


class Scroll(QScrollArea):
    """A column that scrolls when it does not fit; what gets the keyboard comes into view."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        inside.setObjectName("scrolled")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let a form inside know how much room it has."""
        inside = self.widget()
        if isinstance(inside, Form):
            inside.fit(event.size().width())
        super().resizeEvent(event)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = self.widget()
        if new is not None and inside is not None and inside.isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, tokens.FORM_EDGE)


def loop_runs() -> bool:
    """Whether anything can still be asked of the core: not when the window goes after the event loop has ended."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class Page(QWidget):
    """A page of the window; without `back` one of the sidebar's own.

    `closed` is emitted when it is done with; Esc and the arrow at the top ask for that.
    """

    closed = Signal()

    def __init__(self, back: str, title: str = "") -> None:
        super().__init__()
        ground(self, "surface")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(8, 0, tokens.EDGE, 0)
        self.head.setSpacing(tokens.GAP)
        head = QWidget()
        head.setFixedHeight(tokens.TOOLBAR - 1)
        head.setLayout(self.head)
        self.back = icon_button(icons.onward(back=True), tr("Back"), "bare", tint="text")
        self.back.clicked.connect(self.leave)
        self.title = Elided(tokens.TITLE)
        self.title.set_whole(title)
        if back:
            self.head.addWidget(self.back)
            self.head.addWidget(label(back, tone="text2"))
            self.head.addWidget(Mark(icons.onward(), "text2", 14))
        else:
            self.back.setParent(None)
            self.head.setContentsMargins(tokens.FORM_EDGE, 0, tokens.EDGE, 0)
        self.head.addWidget(self.title, 1)
        column.addWidget(head)
        column.addWidget(rule())
        self.body = QHBoxLayout()
        self.body.setSpacing(0)
        column.addLayout(self.body, 1)
        self._foot_line = rule()
        self._foot = QWidget()
        self._foot.setMinimumHeight(tokens.FOOT)
        self.foot = QHBoxLayout(self._foot)
        self.foot.setContentsMargins(tokens.FORM_EDGE, 8, tokens.EDGE, 8)
        self.foot.setSpacing(tokens.GAP)
        column.addWidget(self._foot_line)
        column.addWidget(self._foot)
        self.verdict_mark = Mark("", "bad", 16)
        self.verdict = label("", tokens.BASE_STRONG, "bad", wrap=True)
        self.foot.addWidget(self.verdict_mark)
        self.foot.addWidget(self.verdict, 1)
        self.judge("")

    def set_title(self, title: str) -> None:
        """What the head says."""
        self.title.set_whole(title)
        self.setAccessibleName(title)

    def judge(self, words: str, tone: str = "bad") -> None:
        """Say something in the foot: `bad` with a warning sign, `good` with a check, `text2` plainly."""
        marks = {"bad": ("warning", "bad"), "good": ("check", "good_mark")}
        name, token = marks.get(tone, ("", "text2"))
        self.verdict_mark.show_as(name, token)
        self.verdict_mark.setVisible(bool(name and words))
        self.verdict.setText(breakable(words))
        set_property(self.verdict, "tone", tone)
        # Besides the two of the verdict: buttons. A page without any has a foot only while there is something to say.
        needed = bool(words) or self.foot.count() > _VERDICT
        self._foot.setVisible(needed)
        self._foot_line.setVisible(needed)

    def leave(self) -> None:
        """Close the page; pages with a form ask first."""
        self.closed.emit()

    async def may_leave(self) -> bool:
        """Whether the page can be taken away now; asks a person where something would be lost."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
