"""A line over list and pages while a sign-in waits in a window, a browser or on another device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.configuration import Flow
from app.ui import menus, provider_words, tokens, widgets
from app.ui.mark import Mark
from app.ui.tasks import spawn
from app.ui.text import plural, tr

if TYPE_CHECKING:
    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.view import NeedView, Snapshot
    from app.ui.toasts import Toasts

_HIGH = 44
_NAMED = 3


class WaitingStrip(QWidget):
    """Shows the first such sign-in. `answer_wanted` carries its key: its sheet is to be opened.

    What is in it is made when it is first shown.
    """

    answer_wanted = Signal(str)

    def __init__(self, intents: Intents, toasts: Toasts) -> None:
        super().__init__()
        self._intents, self._toasts = intents, toasts
        self._need: NeedView | None = None
        self._others: tuple[NeedView, ...] = ()
        self.hidden_for = ""
        """The provider whose own page says it already."""
        self.hide()

    def _fill(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QWidget()
        widgets.ground(inside, "select")
        inside.setFixedHeight(_HIGH)
        row = QHBoxLayout(inside)
        row.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        row.setSpacing(tokens.GAP)
        self.words = widgets.Elided(tokens.BASE_STRONG)
        self.more = widgets.button("", small=True)
        self.show_window = widgets.button(tr("Show it"), "primary", small=True)
        self.link = widgets.button(tr("Copy link"), small=True, icon="link")
        self.other = widgets.button(tr("Another way"), small=True)
        self.show_code = widgets.button(tr("Show the code"), "primary", small=True)
        self.cancel = widgets.button(tr("Cancel"), small=True)
        row.addWidget(Mark("person", "accent", 16))
        row.addWidget(self.words, 1)
        buttons = (self.more, self.show_code, self.show_window, self.link, self.other, self.cancel)
        for each in buttons:
            row.addWidget(each)
        column.addWidget(inside)
        widgets.in_reading_order(self, *buttons)
        column.addWidget(widgets.rule())
        self.link.clicked.connect(self._copy_link)
        self.other.clicked.connect(self._ways)
        for each in (self.show_code, self.show_window):
            each.clicked.connect(lambda: self.answer_wanted.emit(self._key))
        self.more.clicked.connect(self._others_menu)
        self.cancel.clicked.connect(self._cancel)

    @property
    def _key(self) -> str:
        return "" if self._need is None else self._need.key

    def follow(self, snapshot: Snapshot) -> None:
        """Show the first sign-in that waits elsewhere; without one the line goes."""
        waiting = [need for need in snapshot.needs if need.sign_in is not None and need.sign_in.opened]
        waiting = [need for need in waiting if need.sign_in is not None and need.sign_in.way != Flow.PASTE.value]
        self._need = next((need for need in waiting if _provider(need) != self.hidden_for), None)
        sign_in = None if self._need is None else self._need.sign_in
        if self._need is None or sign_in is None:
            self.hide()
            return
        if self.layout() is None:
            self._fill()
        self.show()
        self._others = tuple(need for need in waiting if need is not self._need)
        self.words.set_whole(provider_words.waiting_words(self._need) + _for_whom(self._need))
        self.more.setText(plural(len(self._others), "1 more…", "{n} more…"))
        self.more.setVisible(bool(self._others))
        self.show_window.setVisible(sign_in.way == Flow.WINDOW.value)
        code = sign_in.way == Flow.DEVICE.value
        self.show_code.setVisible(code and bool(sign_in.user_code))
        self.link.setVisible(sign_in.has_link and not code)
        self.other.setVisible(bool(sign_in.ways))
        self.cancel.setAccessibleName(tr("Cancel the sign-in at {name}").format(name=sign_in.provider))

    def _copy_link(self) -> None:
        async def copy(key: str) -> None:
            await self._intents.copy_sign_in_link(key)
            self._toasts.say(tr("Link copied. Open it in any browser, on this machine or another."), "good")

        spawn(copy(self._key), self._failed)

    def _others_menu(self) -> None:
        menu = menus.popup(self)
        for need in self._others:
            menus.add(menu, provider_words.waiting_words(need), lambda key=need.key: self.answer_wanted.emit(key))  # type: ignore[misc]  # bound now
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)), menu.actions()[0])

    def _ways(self) -> None:
        if self._need is None:
            return
        menu = menus.popup(self)
        from app.ui.sign_in_sheet import fill_ways

        fill_ways(menu, self._need, self._choose)
        menu.popup(self.other.mapToGlobal(QPoint(0, self.other.height() + 2)), menu.actions()[0])

    def _choose(self, way: str) -> None:
        async def choose(key: str) -> None:
            await self._intents.choose_way(key, way)
            self.answer_wanted.emit(key)

        spawn(choose(self._key), self._failed)

    def _cancel(self) -> None:
        spawn(self._intents.decline(self._key), self._failed)

    def _failed(self, error: RolecallError) -> None:
        words = " ".join(part for part in (f"{error.title}.", error.detail, error.remedy) if part)
        self._toasts.say(words, "bad")


def _provider(need: NeedView) -> str:
    return "" if need.sign_in is None else need.sign_in.provider


def _for_whom(need: NeedView) -> str:
    if not need.profiles:
        return ""
    names = ", ".join(need.profiles[:_NAMED])
    rest = len(need.profiles) - _NAMED
    more = plural(rest, " and 1 more", " and {n} more") if rest > 0 else ""
    return " " + tr("· for {names}").format(names=names + more)
