"""Which question is on the window: one at a time, the others wait their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.configuration import Flow
from app.domain.late import rooms
from app.ui.tasks import spawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.core.intents import Intents
    from app.domain.view import NeedView, Snapshot
    from app.ui import mfa_sheet, sign_in_sheet
    from app.ui.mfa_sheet import CommandSheet, MfaSheet, NeedSheet
    from app.ui.sign_in_sheet import SignInSheet
else:
    mfa_sheet, sign_in_sheet = rooms("app.ui", "mfa_sheet", "sign_in_sheet")

_ON_A_SHEET = frozenset({Flow.PASTE.value, Flow.DEVICE.value})


class Prompts(QObject):
    """Opens the sheets of a window. Tell it every snapshot with `follow`.

    A need opens by itself only when a person's own click led to it, and only where the person is to do something here:
    no sheet lies over a login page that has just opened. `answer` opens one on request. A sheet that is open keeps the
    keyboard: further ones wait until it is gone. `store_wanted` carries the name of an identity whose TOTP secret the
    person wants to store; the question has been declined then.
    """

    store_wanted = Signal(str)

    def __init__(self, window: QWidget, intents: Intents) -> None:
        super().__init__(window)
        self._window, self._intents = window, intents
        self._needs: tuple[NeedView, ...] = ()
        self._wanted: list[str] = []
        self._refused: set[str] = set()
        self.sheet: NeedSheet | None = None
        self.elsewhere: Callable[[], bool] = lambda: False
        """Whether what is needed can be answered on the page that is open; then no sheet opens by itself."""

    def follow(self, snapshot: Snapshot) -> None:
        """See what is needed now: follow the open sheet's need, close it when that is gone, open the next."""
        self._needs = snapshot.needs
        keys = {need.key for need in self._needs}
        # What is put off opens again by itself with the next click that wants it
        self._refused &= {need.key for need in self._needs if need.wanted_now}
        self._wanted = [key for key in self._wanted if key in keys]
        self._follow_open()
        self._open_next()

    def answer(self, profile: str = "") -> bool:
        """Open the question that `profile` waits for, or the first one; False when there is none.

        While another sheet is open it comes after that.
        """
        for need in self._needs:
            if not profile or profile in need.profiles:
                return self.answer_need(need.key)
        return False

    def answer_need(self, key: str) -> bool:
        """Open the question of that key; False when there is none."""
        need = self._need(key)
        if need is None:
            return False
        if _in_a_window(need):
            # The question lies there, not here: it comes to the front.
            spawn(self._intents.answer(key, ""), lambda _error: self._ask(key))
        else:
            self._ask(key)
        return True

    def _ask(self, key: str) -> None:
        self._refused.discard(key)
        self._wanted.append(key)
        self._open_next()

    def _follow_open(self) -> None:
        if self.sheet is None:
            return
        need = self._need(self.sheet.need.key)
        if need is None:
            self.sheet.close_sheet()
        elif need != self.sheet.need:
            self.sheet.show_need(need)

    def _open_next(self) -> None:
        if self.sheet is not None or not self._window.isVisible():
            return
        asked = [need for key in self._wanted if (need := self._need(key)) is not None]
        by_click = [need for need in self._needs if _opens(need) and need.key not in self._refused]
        if self.elsewhere():
            self._refused.update(need.key for need in by_click)
            by_click = []
        for need in (*asked, *by_click):
            self._open(need)
            return

    def _open(self, need: NeedView) -> None:
        self._wanted = [key for key in self._wanted if key != need.key]
        sheet = _sheet_for(need)(self._window, self._intents, need)
        self.sheet = sheet
        sheet.declined.connect(self._refused.add)
        sheet.closed.connect(self._closed)
        if isinstance(sheet, mfa_sheet.MfaSheet):
            sheet.store_wanted.connect(self._store)
            sheet.put_off.connect(self._refused.add)
            sheet.open_sheet(sheet.boxes)
        elif isinstance(sheet, sign_in_sheet.SignInSheet):
            sheet.put_off.connect(self._refused.add)
            sheet.open_sheet(sheet.first)
        else:
            # Where Enter, meant for something else, neither allows the command nor refuses it.
            sheet.open_sheet(sheet.command)

    def _closed(self) -> None:
        self.sheet = None
        self._open_next()

    def _store(self, identity: str) -> None:
        if self.sheet is not None:
            self.sheet.decline()
        self.store_wanted.emit(identity)

    def _need(self, key: str) -> NeedView | None:
        return next((need for need in self._needs if need.key == key), None)


def _sheet_for(need: NeedView) -> type[MfaSheet | CommandSheet | SignInSheet]:
    if need.sign_in is not None and need.kind == "sign-in":
        return sign_in_sheet.SignInSheet
    return mfa_sheet.CommandSheet if need.kind == "command" else mfa_sheet.MfaSheet


def _opens(need: NeedView) -> bool:
    """Whether a need opens its sheet by itself."""
    if not need.wanted_now or need.sign_in is None or need.kind != "sign-in":
        return need.wanted_now
    return need.sign_in.way in _ON_A_SHEET or (need.problem is not None and not need.sign_in.opened)


def _in_a_window(need: NeedView) -> bool:
    sign_in = need.sign_in
    return sign_in is not None and sign_in.opened and sign_in.way == Flow.WINDOW.value
