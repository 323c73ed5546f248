"""Tab goes through the window as it is read, also through what is made when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.ui.acts import Act
from tests.ui.fake_providers import sign_in_need
from tests.ui.hands import press, settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.main_window import MainWindow
    from tests.ui.fake_core import FakeIntents


def stops(window: MainWindow) -> list[QWidget]:
    """What Tab reaches, in its order, from the mark in the sidebar on."""
    first: QWidget = window.sidebar.brand
    found = [first]
    each = first.nextInFocusChain()
    while each is not None and each is not first:
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(each)
        each = each.nextInFocusChain()
    return found


async def test_what_is_made_late_is_reached_where_it_stands(window: MainWindow, intents: FakeIntents) -> None:
    page, detail = window.roles.list_page, window.roles.detail
    window.sidebar.source_wanted.emit("alice")
    await settle()
    page.list.choose("prod-admin")
    page.list.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    intents.needs = (sign_in_need("login", "browser", opened=True, has_link=True),)
    intents.tell()
    window.toasts.offer_undo("Deleted.", lambda: None)
    await settle()
    in_order = [
        window.sidebar.add,
        *window.sidebar.sources.values(),
        window.sidebar.settings,
        window.waiting.link,
        window.waiting.cancel,
        page.search,
        page.strip.edit,
        page.list,
        page.selection.buttons[Act.DELETE],
        page.selection.close_button,
        detail.more,
        detail.console,
        detail.services,
        detail.url,
        detail.environment,
        detail.refresh,
        detail.stop,
        detail.key.copy,
        window.status.commands,
    ]
    assert [each for each in stops(window) if each in in_order] == in_order
