from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel

from app.domain.errors import StorageTrouble
from app.ui.first_run import FirstRun
from app.ui.main_window import MainWindow
from app.ui.window_state import WindowState
from tests.ui.fake_core import IMPORT, FakeIntents
from tests.ui.hands import click, press, settle, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.domain.view import ImportView

pytestmark = pytest.mark.usefixtures("look")
NOTHING = replace(IMPORT, rows=(), refused=(), keys=())


async def page(qtbot: QtBot, view: ImportView = IMPORT, *, demo: bool = True) -> FirstRun:
    intents = FakeIntents(empty=True)
    intents.import_view = view
    made = FirstRun(intents, demo=demo)
    show(qtbot, made, 912, 900)
    await settle()
    return made


def core(made: FirstRun) -> FakeIntents:
    assert isinstance(made._intents, FakeIntents)
    return made._intents


def words(made: FirstRun) -> str:
    return " ".join(each.text() for each in made.findChildren(QLabel) if each.isVisible())


async def test_says_what_can_be_imported_and_what_cannot(qtbot: QtBot) -> None:
    made = await page(qtbot)
    seen = words(made)
    assert "Three ways to begin." in seen
    assert made.focusProxy() is made.import_card.go
    assert "Import 7 roles from ~/.aws/config" in seen
    assert "The file stays as it is." in seen
    for row in IMPORT.rows:
        assert row.name in seen
    assert "2 cannot be imported" in seen
    assert "signs in through IAM Identity Center (sso_session)" in seen
    assert made.import_card.go.text() == "Import 7"


async def test_imports_all_of_them_with_one_click_and_no_keys_unasked(qtbot: QtBot) -> None:
    made = await page(qtbot)
    heard: list[int] = []
    made.imported.connect(heard.append)
    click(made.import_card.go)
    await settle()
    assert core(made).called("run_import") == [(tuple(row.name for row in IMPORT.rows), False)]
    assert heard == [7]


async def test_access_keys_come_too_if_the_person_says_so(qtbot: QtBot) -> None:
    made = await page(qtbot)
    [box] = made.findChildren(QCheckBox)
    assert not box.isChecked()
    box.click()
    click(made.import_card.go)
    await settle()
    assert core(made).called("run_import")[0][1] is True


async def test_without_a_file_the_next_way_comes_first(qtbot: QtBot) -> None:
    made = await page(qtbot, NOTHING)
    assert not made.import_card.isVisible()
    assert "Two ways to begin." in words(made)
    assert made.begin.height() < 200
    assert made.begin.go.property("kind") == "primary"


async def test_a_file_of_which_nothing_can_be_taken_says_why(qtbot: QtBot) -> None:
    made = await page(qtbot, replace(IMPORT, rows=(), keys=()))
    assert "No role of ~/.aws/config can be imported" in words(made)
    assert not made.import_card.go.isVisible()
    assert made.begin.go.property("kind") == "primary"


async def test_one_role_is_not_several(qtbot: QtBot) -> None:
    made = await page(qtbot, replace(IMPORT, rows=IMPORT.rows[:1], refused=IMPORT.refused[:1]))
    assert "Import 1 role from ~/.aws/config" in words(made)
    assert "1 cannot be imported" in words(made)


async def test_a_long_list_is_shown_in_part(qtbot: QtBot) -> None:
    rows = tuple(replace(IMPORT.rows[0], name=f"role-{number}") for number in range(200))
    made = await page(qtbot, replace(IMPORT, rows=rows))
    assert "and 188 more" in words(made)
    assert made.import_card.go.text() == "Import 200"


async def test_a_file_that_cannot_be_read(qtbot: QtBot) -> None:
    intents = FakeIntents(empty=True)
    intents.fails["plan_import"] = StorageTrouble(code="x", title="The config file cannot be read", detail="Line 3.")
    made = FirstRun(intents)
    show(qtbot, made, 912, 900)
    await settle()
    assert "The config file cannot be read. Line 3." in words(made)
    assert made.begin.isVisible()


async def test_an_import_that_fails_says_why_and_can_be_repeated(qtbot: QtBot) -> None:
    made = await page(qtbot)
    core(made).fails["run_import"] = StorageTrouble(code="x", title="The disk is full")
    click(made.import_card.go)
    await settle()
    assert "The disk is full." in words(made)
    assert made.import_card.go.isEnabled()


async def test_a_file_that_was_changed_since_is_looked_at_again(qtbot: QtBot) -> None:
    made = await page(qtbot)
    core(made).fails["run_import"] = StorageTrouble(code="file-changed", title="It is no longer as it was shown")
    core(made).import_view = replace(IMPORT, rows=IMPORT.rows[:2], digest="d2")
    click(made.import_card.go)
    await settle()
    assert "It is no longer as it was shown." in words(made)
    assert "Import 2 roles" in words(made)
    assert made.import_card.go.isEnabled()
    click(made.import_card.go)
    await settle()
    assert core(made).called("run_import")[-1] == (tuple(row.name for row in IMPORT.rows[:2]), False)


async def test_the_other_ways(qtbot: QtBot) -> None:
    made = await page(qtbot)
    assert "Add a provider" in words(made)
    with qtbot.waitSignal(made.add_provider_wanted, timeout=1000) as saml:
        click(made.begin.go)
    with qtbot.waitSignal(made.add_provider_wanted, timeout=1000) as oidc:
        click(made.begin.other)
    assert (saml.args, oidc.args) == (["saml"], ["oidc"])
    with qtbot.waitSignal(made.add_identity_wanted, timeout=1000):
        click(made.begin.aside)
    with qtbot.waitSignal(made.demo_wanted, timeout=1000):
        click(made.demo.go)
    with qtbot.waitSignal(made.import_wanted, timeout=1000):
        click(made.import_card.choose)


async def test_with_a_source_the_next_step_is_a_role(qtbot: QtBot) -> None:
    made = await page(qtbot)
    made.follow(FakeIntents().snapshot())
    assert "Add a role" in words(made)
    assert not made.begin.other.isVisible()
    assert made.begin.aside.isVisible()
    with qtbot.waitSignal(made.role_wanted, timeout=1000):
        click(made.begin.go)


async def test_without_a_stand_in_none_is_offered(qtbot: QtBot) -> None:
    made = await page(qtbot, demo=False)
    assert not made.demo.isVisible()


async def test_fits_a_small_window(qtbot: QtBot) -> None:
    made = await page(qtbot)
    made.resize(432, 420)
    await settle()
    assert made.demo.y() > made.begin.y()
    assert made.demo.geometry().right() <= 432


async def test_tab_goes_from_the_import_to_the_keys_it_brings(qtbot: QtBot) -> None:
    made = await page(qtbot)
    [box] = made.findChildren(QCheckBox)
    made.import_card.go.setFocus()
    press(Qt.Key.Key_Tab)
    assert box.hasFocus()


async def test_a_window_without_roles_begins_at_the_first_way(qtbot: QtBot) -> None:
    intents = FakeIntents(empty=True)
    intents.import_view = IMPORT
    window = MainWindow(intents, state=WindowState())
    show(qtbot, window)
    await settle()
    try:
        home = window.pages.home()
        assert isinstance(home, FirstRun)
        assert home.import_card.go.hasFocus()
    finally:
        window.end()
