"""Which question is on the window: one at a time, the others wait their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.mfa_sheet import MfaSheet, NeedSheet, sheet_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.core.intents import Intents
    from app.domain.view import NeedView, Snapshot


class Prompts(QObject):
    """Opens the sheets of a window. Tell it every snapshot with `follow`.

    A need opens by itself only when a person's own click led to it; `answer` opens one on request. A sheet that is open
    keeps the keyboard: further ones wait until it is gone. `store_wanted` carries the name of an identity whose TOTP
    secret the person wants to store; the question has been declined then.
    """

    store_wanted = Signal(str)

    def __init__(self, window: QWidget, intents: Intents) -> None:
        super().__init__(window)
        self._window, self._intents = window, intents
        self._needs: tuple[NeedView, ...] = ()
        self._wanted: list[str] = []
        self._refused: set[str] = set()
        self.sheet: NeedSheet | None = None

    def follow(self, snapshot: Snapshot) -> None:
        """See what is needed now: follow the open sheet's need, close it when that is gone, open the next."""
        self._needs = snapshot.needs
        keys = {need.key for need in self._needs}
        self._refused &= keys
        self._wanted = [key for key in self._wanted if key in keys]
        self._follow_open()
        self._open_next()

    def answer(self, profile: str = "") -> bool:
        """Open the question that `profile` waits for, or the first one; False when there is none.

        While another sheet is open it comes after that.
        """
        for need in self._needs:
            if not profile or profile in need.profiles:
                self._refused.discard(need.key)
                self._wanted.append(need.key)
                self._open_next()
                return True
        return False

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
        by_click = [need for need in self._needs if need.wanted_now and need.key not in self._refused]
        for need in (*asked, *by_click):
            self._open(need)
            return

    def _open(self, need: NeedView) -> None:
        self._wanted = [key for key in self._wanted if key != need.key]
        sheet = sheet_for(self._window, self._intents, need)
        self.sheet = sheet
        sheet.declined.connect(self._refused.add)
        sheet.closed.connect(self._closed)
        if isinstance(sheet, MfaSheet):
            sheet.store_wanted.connect(self._store)
            sheet.open_sheet(sheet.boxes)
        else:
            sheet.open_sheet()

    def _closed(self) -> None:
        self.sheet = None
        self._open_next()

    def _store(self, identity: str) -> None:
        if self.sheet is not None:
            self.sheet.decline()
        self.store_wanted.emit(identity)

    def _need(self, key: str) -> NeedView | None:
        return next((need for need in self._needs if need.key == key), None)
