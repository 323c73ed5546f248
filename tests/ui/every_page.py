"""Every page and sheet of the window, and what of their words cannot be read there."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from app.ui.main_window import MainWindow

_SLACK = 1
"""Pixels that rounding may take."""


def _detail(window: MainWindow) -> None:
    window.roles.list_page.list.choose("prod-admin")


def _failed(window: MainWindow) -> None:
    window.roles.list_page.list.choose("prod-billing")


PAGES: Mapping[str, Callable[[MainWindow], object]] = MappingProxyType(
    {
        "roles": _detail,
        "failed": _failed,
        "needs": lambda window: window.pages.place("needs"),
        "deadlines": lambda window: window.pages.place("deadlines"),
        "activity": lambda window: window.pages.place("activity"),
        "who am i": lambda window: window.pages.place("tools"),
        "key x-ray": lambda window: window.pages.place("tools", "key"),
        "why denied": lambda window: window.pages.place("tools", "why"),
        "requests": lambda window: window.pages.place("tools", "requests"),
        "sharing": lambda window: window.pages.place("sharing"),
        "settings": lambda window: window.pages.settings(),
        "new role": lambda window: window.pages.new_profile(),
        "edit role": lambda window: window.pages.edit_profile("prod-admin"),
        "new identity": lambda window: window.pages.new_identity(),
        "edit identity": lambda window: window.pages.edit_identity("alice"),
        "new saml": lambda window: window.pages.new_provider("saml"),
        "new oidc": lambda window: window.pages.new_provider("oidc"),
        "edit provider": lambda window: window.pages.edit_provider("corp"),
        "provider": lambda window: window.pages.provider("corp"),
        "import": lambda window: window.pages.import_roles(),
    }
)


SHEETS: Mapping[str, Callable[[MainWindow], object]] = MappingProxyType(
    {
        "palette": lambda window: window.find_anything(),
        "shortcuts": lambda window: window.show_shortcuts(),
        "mfa": lambda window: window.answer("stage-ops"),
        "sign-in": lambda window: window.doer.sign_in("corp"),
    }
)


def words_of(widget: QWidget) -> str:
    """What a label or button says; empty for others, and for pictures."""
    if isinstance(widget, QLabel):
        document = QTextDocument()
        document.setHtml(widget.text())
        return document.toPlainText().replace("&&", "&")
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def clipped(top: QWidget) -> list[str]:
    """What cannot be read: words wider or higher than the widget that says them, with no ellipsis and no tool tip."""
    found = []
    for widget in top.findChildren(QWidget):
        words = words_of(widget)
        if not words or not widget.isVisible() or "…" in words or widget.toolTip():
            continue
        if _too_small(widget):
            has, wants = widget.size(), widget.sizeHint()
            found.append(
                f"{type(widget).__name__} {words!r}: {has.width()} x {has.height()}, {wants.width()} x {wants.height()}"
            )
    return found


def _too_small(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + _SLACK
        wants = widget.sizeHint()
        return wants.width() > widget.width() + _SLACK or wants.height() > widget.height() + _SLACK
    return widget.sizeHint().width() > widget.width() + _SLACK or widget.fontMetrics().height() > widget.height()


def outside(top: QWidget) -> list[str]:
    """Labels and buttons that are cut off by what they stand in, unless it can be scrolled there."""
    found = []
    for widget in top.findChildren(QWidget):
        if not words_of(widget) or not widget.isVisible():
            continue
        for parent in _parents(widget, top):
            place = QRect(widget.mapTo(parent, widget.rect().topLeft()), widget.size())
            if not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(place):
                found.append(f"{words_of(widget)!r} in {type(parent).__name__}: {place} of {parent.rect()}")
                break
    return found


def overlapping(top: QWidget) -> list[str]:
    """Pairs of labels and buttons of one parent that lie over each other."""
    found = []
    for parent in [top, *top.findChildren(QWidget)]:
        said = [
            each
            for each in parent.children()
            if isinstance(each, QLabel | QAbstractButton) and each.isVisible() and words_of(each)
        ]
        for place, one in enumerate(said):
            found += [
                f"{words_of(one)!r} and {words_of(other)!r}"
                for other in said[place + 1 :]
                if one.geometry().intersects(other.geometry())
            ]
    return found


def _parents(widget: QWidget, top: QWidget) -> Iterator[QWidget]:
    each = widget.parentWidget()
    while each is not None and each is not top.parentWidget():
        above = each.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is each:
            return
        yield each
        each = above
