"""Every control of the pages where something is edited, shared or imported has a name, and icons alone have tips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLabel, QWidget

from app.ui.profile_editor import ProfileEditor
from app.ui.sharing_page import SharingPage
from tests.ui.fake_sharing import PLAN
from tests.ui.hands import settle
from tests.ui.test_import_page import KEPT

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from tests.ui.fake_core import FakeIntents

PAGES = ("profile", "identity", "saml", "oidc", "export", "import", "kept")


async def open_page(window: MainWindow, intents: FakeIntents, which: str) -> QWidget:
    """Open one of the pages, everything unfolded."""
    pages = window.pages
    intents.sharing.planned = PLAN
    intents.import_view = KEPT
    if which == "profile":
        pages.edit_profile("stage-ops")
        await settle()
        page = pages.page
        assert isinstance(page, ProfileEditor)
        page.form.more.setChecked(True)
        page.form.policy.set_value('{"Version": "2012-10-17", "Statement": [{}]}')
        page.form.policy_arns.set_value("arn:aws:iam::aws:policy/ReadOnlyAccess")
        page.form.tags.set_tags([("team", "platform")], ["team"])
    elif which in {"export", "import"}:
        pages.place("sharing", which)
        await settle()
        page = pages.page
        assert isinstance(page, SharingPage)
        if which == "import":
            page.look(PLAN.path)
    else:
        opened = {
            "identity": lambda: pages.edit_identity("alice"),
            "saml": lambda: pages.edit_provider("corp"),
            "oidc": lambda: pages.edit_provider("login"),
            "kept": pages.import_roles,
        }
        opened[which]()
    await settle()
    made = pages.page
    assert isinstance(made, QWidget)
    return made


def controls(page: QWidget) -> list[QWidget]:
    """What the keyboard can reach, drop-downs instead of the lines in them."""
    found = [
        each for each in page.findChildren(QWidget) if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    return [each for each in found if not isinstance(each.parentWidget(), QComboBox | QAbstractSpinBox)]


def name_of(control: QWidget) -> str:
    words = control.text() if isinstance(control, QAbstractButton) else ""
    buddies = [each.text() for each in control.window().findChildren(QLabel) if each.buddy() is control]
    return control.accessibleName() or words or " ".join(buddies)


@pytest.mark.parametrize("which", PAGES)
async def test_every_control_has_a_name(window: MainWindow, intents: FakeIntents, which: str) -> None:
    page = await open_page(window, intents, which)
    reached = controls(page)
    assert len(reached) > 3
    assert [type(each).__name__ for each in reached if not name_of(each)] == []
    bare = [
        each for each in reached if isinstance(each, QAbstractButton) and not each.icon().isNull() and not each.text()
    ]
    assert [each.accessibleName() for each in bare if not each.toolTip()] == []


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("which", PAGES)
async def test_nothing_lies_outside_of_a_small_window(
    window: MainWindow, intents: FakeIntents, which: str, direction: Qt.LayoutDirection
) -> None:
    QApplication.setLayoutDirection(direction)
    try:
        window.resize(640, 480)
        page = await open_page(window, intents, which)
        await settle()
        outside = []
        for each in controls(page):
            left = each.mapTo(page, each.rect().topLeft()).x()
            if left < 0 or left + each.width() > page.width():
                outside.append((type(each).__name__, name_of(each), left, each.width()))
        assert outside == []
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
