"""List and detail side by side; the detail folds away where there is no room, and lies over the list when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QVariantAnimation, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.ui import theme, tokens, widgets

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from app.ui.detail_panel import DetailPanel
    from app.ui.list_page import ListPage


class RolesPage(QWidget):
    """Lays out `list_page` and `detail`, each made with its parent. `roomy`: whether both have room side by side."""

    detail_changed = Signal(bool)

    def __init__(
        self,
        make_list: Callable[[QWidget], ListPage],
        make_detail: Callable[[QWidget], DetailPanel],
        parent: QWidget | None = None,
        *,
        detail_open: bool,
    ) -> None:
        super().__init__(parent)
        widgets.ground(self, "surface")
        # Made in here, not moved in here: with each move, Qt dresses everything anew
        self.list_page, self.detail = make_list(self), make_detail(self)
        self._line: QFrame = widgets.rule(vertical=True)
        self._line.setParent(self)
        self.roomy = True
        self._wanted = detail_open
        self._over = False
        self._share = 1.0 if detail_open else 0.0
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(tokens.MOTION)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._moved)
        self.detail.close_wanted.connect(self.fold_detail)

    @property
    def detail_shown(self) -> bool:
        """Whether the detail panel can be seen."""
        return self._wanted if self.roomy else self._over

    def set_roomy(self, roomy: bool) -> None:
        """Whether there is room for both; without, the detail folds away until it is asked for."""
        if roomy != self.roomy:
            self.roomy = roomy
            self._over = False
            self._settle(quick=True)

    def toggle_detail(self) -> None:
        """Fold the detail away, or bring it back."""
        self._set(not self.detail_shown)

    def open_detail(self) -> None:
        """Bring the detail into sight."""
        self._set(True)

    def fold_detail(self) -> None:
        """Fold the detail away."""
        self._set(False)

    def fold_over(self) -> bool:
        """Fold away a detail that lies over the list; False when none does."""
        if self.roomy or not self._over:
            return False
        self._set(False)
        return True

    def _set(self, shown: bool) -> None:
        if shown == self.detail_shown:
            return
        if self.roomy:
            self._wanted = shown
            self.detail_changed.emit(shown)
        else:
            self._over = shown
        self._settle(quick=not theme.moves() or not self.isVisible())
        if not shown:
            self.list_page.list.setFocus()

    def _settle(self, *, quick: bool) -> None:
        goal = 1.0 if self.detail_shown else 0.0
        self.detail.close_button.setVisible(not self.roomy)
        self._motion.stop()
        if quick:
            self._moved(goal)
            return
        self._motion.setStartValue(self._share)
        self._motion.setEndValue(goal)
        self._motion.start()

    def _moved(self, share: float) -> None:
        self._share = share
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        wide, high = self.width(), self.height()
        panel = min(tokens.DETAIL, wide)
        shown = round(panel * self._share)
        rtl = self.layoutDirection().name == "RightToLeft"
        taken = shown if self.roomy else 0
        self.list_page.setGeometry(taken if rtl else 0, 0, wide - taken, high)
        self.detail.setVisible(shown > 0)
        self._line.setVisible(shown > 0)
        if shown:
            # It slides as a whole, so that nothing in it is laid out anew on the way.
            self.detail.setGeometry(shown - panel if rtl else wide - shown, 0, panel, high)
            self._line.setGeometry(shown if rtl else wide - shown, 0, 1, high)
            self.detail.raise_()
            self._line.raise_()
