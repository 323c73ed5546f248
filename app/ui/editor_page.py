"""A page whose form is saved as a whole, and left only after asking about what would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit

from app.ui.choice_sheet import ask_unsaved
from app.ui.forms import Field
from app.ui.page import Page
from app.ui.tasks import spawn

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.domain.errors import RolecallError


_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class EditorPage(Page):
    """Subclasses say what is `dirty`, when it can be saved, and how."""

    @property
    def dirty(self) -> bool:
        """Whether something was changed and not saved."""
        raise NotImplementedError

    def _subject(self) -> str:
        """The name of what is edited."""
        raise NotImplementedError

    def _savable(self) -> bool:
        raise NotImplementedError

    async def _save(self) -> bool:
        """Save; False when it cannot be."""
        raise NotImplementedError

    def _discard(self) -> None:
        """The person gives the changes up."""
        raise NotImplementedError

    def _refused(self, error: RolecallError) -> None:
        """Say why it was not saved."""
        raise NotImplementedError

    def leave(self) -> None:
        """Close, after asking about changes."""
        spawn(self._leave())

    async def may_leave(self) -> bool:
        """Ask about unsaved changes. True when they were saved or given up, or there are none."""
        if not self.dirty:
            return True
        answer = await ask_unsaved(self.window(), self._subject(), can_save=self._savable())
        if answer == "save":
            return await self._save()
        if answer == "discard":
            self._discard()
            return True
        return False

    def save(self) -> None:
        """Save and close; without success say why in the foot."""
        if self._savable():
            spawn(self._save_and_close(), self._refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S saves; Enter in a line of the form, too."""
        if event.matches(QKeySequence.StandardKey.Save) or (event.key() in _ENTER and self._in_line()):
            self.save()
        else:
            super().keyPressEvent(event)

    def _in_line(self) -> bool:
        """Whether the keyboard is in a field of one line: in lists and texts Enter has a meaning of its own."""
        focus = QApplication.focusWidget()
        return isinstance(focus, QLineEdit) and any(each.control is focus for each in self.findChildren(Field))

    async def _leave(self) -> None:
        if await self.may_leave():
            self.closed.emit()

    async def _save_and_close(self) -> None:
        if await self._save():
            self.closed.emit()
