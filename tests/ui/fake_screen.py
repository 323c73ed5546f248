"""Screens of other sizes than the offscreen platform has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    import pytest
    from PySide6.QtCore import QRect, QSize


class Screen:
    """So much of a screen as panels leave."""

    def __init__(self, place: QRect) -> None:
        self.place = place

    def availableGeometry(self) -> QRect:
        return self.place

    def availableSize(self) -> QSize:
        return self.place.size()


def put_in_place(monkeypatch: pytest.MonkeyPatch, *places: QRect) -> list[Screen]:
    """Have the application see these screens, the first one as the primary one."""
    made = [Screen(place) for place in places]
    monkeypatch.setattr(QGuiApplication, "screens", lambda: made)
    monkeypatch.setattr(QGuiApplication, "primaryScreen", lambda: made[0])
    return made
