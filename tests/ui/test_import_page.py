from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.differences import Change, EntryChange, FieldChange
from app.domain.errors import StorageTrouble
from app.ui.import_page import ImportPage
from tests.ui.fake_core import IMPORT, FakeIntents
from tests.ui.hands import click, press, settle, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.domain.view import ImportView

pytestmark = pytest.mark.usefixtures("look")


async def page(qtbot: QtBot, view: ImportView = IMPORT) -> tuple[ImportPage, FakeIntents]:
    intents = FakeIntents()
    intents.import_view = view
    made = ImportPage(intents)
    show(qtbot, made, 912, 692)
    made.look()
    await settle()
    return made, intents


def words(made: ImportPage) -> str:
    said = [each.text() for each in made.findChildren(QLabel) if each.isVisible()]
    lines = [line for row in range(made.model.rowCount()) if (line := made.model.line(row)) is not None]
    return " ".join([*said, *(f"{line.title} {line.words}" for line in lines)])


def toggle(made: ImportPage, key: str) -> None:
    made.model.toggle(made.model.row_of(key))


async def test_all_are_chosen_to_begin_with(qtbot: QtBot) -> None:
    made, _ = await page(qtbot)
    assert made.title.whole == "Import from ~/.aws/config"
    assert made.chosen == tuple(row.name for row in IMPORT.rows)
    assert made.go.text() == "Import 7"
    assert "[prod-admin-rolecall]" in words(made)
    assert "its source_profile leads back to itself" in words(made)


async def test_only_the_chosen_ones_come(qtbot: QtBot) -> None:
    made, intents = await page(qtbot)
    for name in made.chosen[2:]:
        toggle(made, f"new.{name}")
    assert made.all.checkState() is Qt.CheckState.PartiallyChecked
    closed: list[int] = []
    made.closed.connect(lambda: closed.append(1))
    with qtbot.waitSignal(made.imported, timeout=1000, raising=False) as heard:
        click(made.go)
        await settle()
    assert intents.called("run_import") == [(("prod-admin", "prod-audit"), False)]
    assert heard.args == [2]
    assert closed == [1]


async def test_all_or_none(qtbot: QtBot) -> None:
    made, _ = await page(qtbot)
    seen = [(len(made.chosen), made.go.isEnabled(), made.all.checkState())]
    for _again in range(2):
        made.all.click()
        seen.append((len(made.chosen), made.go.isEnabled(), made.all.checkState()))
    all_of_them = (7, True, Qt.CheckState.Checked)
    assert seen == [all_of_them, (0, False, Qt.CheckState.Unchecked), all_of_them]


async def test_keys_only_if_the_person_says_so(qtbot: QtBot) -> None:
    made, intents = await page(qtbot)
    assert made._keys is not None
    made._keys.box.click()
    click(made.go)
    await settle()
    assert intents.called("run_import")[0][1] is True


async def test_what_will_be_different_is_said(qtbot: QtBot) -> None:
    note = "A chained role lasts 3600 s at most; 7200 is not possible."
    made, _ = await page(qtbot, replace(IMPORT, rows=(replace(IMPORT.rows[0], note=note), *IMPORT.rows[1:])))
    assert note in words(made)


async def test_the_home_directory_is_written_short(qtbot: QtBot) -> None:
    made, _ = await page(qtbot, replace(IMPORT, path=f"{Path.home()}/.aws/config"))
    assert made.title.whole == "Import from ~/.aws/config"
    made, _ = await page(qtbot, replace(IMPORT, path=f"{Path.home()}x/config"))
    assert made.title.whole == f"Import from {Path.home()}x/config"


async def test_nothing_to_import(qtbot: QtBot) -> None:
    made, _ = await page(qtbot, replace(IMPORT, rows=(), refused=()))
    assert made._keys is None
    assert "There is no role in ~/.aws/config that can be imported." in words(made)
    assert not made.go.isEnabled()


async def test_looking_again_forgets_the_old_rows(qtbot: QtBot) -> None:
    made, intents = await page(qtbot)
    intents.import_view = replace(IMPORT, rows=IMPORT.rows[:1])
    made.look()
    await settle()
    assert made.chosen == ("prod-admin",)


async def test_what_goes_wrong_is_said(qtbot: QtBot) -> None:
    made, intents = await page(qtbot)
    intents.fails["run_import"] = StorageTrouble(code="x", title="The disk is full", remedy="Make room.")
    click(made.go)
    await settle()
    assert made.verdict.text() == "The disk is full. Make room."
    assert made.go.isEnabled()
    intents.fails["plan_import"] = StorageTrouble(code="x", title="The config file cannot be read")
    made.look()
    await settle()
    assert made.verdict.text() == "The config file cannot be read."


async def test_a_long_answer_is_shown_whole(qtbot: QtBot) -> None:
    made, intents = await page(qtbot)
    low = made._foot.height()
    intents.fails["run_import"] = StorageTrouble(code="x", title="No", detail="It went wrong. " * 20, remedy="x" * 900)
    click(made.go)
    await settle()
    assert made.verdict.height() >= made.verdict.heightForWidth(made.verdict.width())
    assert made.verdict.geometry().bottom() < made._foot.height()
    assert made.width() == 912
    made.judge("")
    await settle()
    assert made._foot.height() == low


KEPT = replace(
    IMPORT,
    rows=IMPORT.rows[:2],
    kept=(
        EntryChange(
            kind="profile",
            name="stage-ops",
            change=Change.CHANGED,
            fields=(FieldChange(name="region", old="eu-west-1", new="eu-central-1"),),
        ),
        EntryChange(kind="profile", name="hub", change=Change.GONE),
        EntryChange(kind="profile", name="vpn", change=Change.SAME),
    ),
)


async def test_what_changed_there_since_is_shown_and_not_ticked(qtbot: QtBot) -> None:
    made, intents = await page(qtbot, KEPT)
    assert "region eu-west-1 → eu-central-1" in words(made)
    assert "they change here only if you tick them" in words(made)
    assert made.chosen == ("prod-admin", "prod-audit")
    assert made.go.text() == "Import 2"
    toggle(made, "profile.vpn")
    assert made.go.text() == "Import 2"
    toggle(made, "profile.stage-ops")
    toggle(made, "profile.hub")
    assert made.go.text() == "Apply 4"
    made.all.click()
    assert made.chosen == ("stage-ops", "hub")
    assert intents.called("run_import") == []
    with qtbot.waitSignal(made.applied, timeout=1000, raising=False) as heard:
        click(made.go)
        await settle()
    assert intents.called("run_import") == [(("stage-ops", "hub"), False)]
    assert heard.args == [2]


async def test_nothing_new_but_something_kept(qtbot: QtBot) -> None:
    made, _ = await page(qtbot, replace(KEPT, rows=()))
    assert "There is no new role in ~/.aws/config." in words(made)
    assert made.chosen == ()
    assert not made.all.isVisible()
    assert not made.go.isEnabled()


async def test_looking_again_leaves_what_was_unticked(qtbot: QtBot) -> None:
    made, intents = await page(qtbot, replace(KEPT, rows=IMPORT.rows[:2]))
    toggle(made, "new.prod-audit")
    intents.import_view = replace(KEPT, rows=IMPORT.rows[:3])
    click(made.again)
    await settle()
    assert len(intents.called("plan_import")) == 2
    assert made.chosen == ("prod-admin", "prod-deploy")


async def test_a_file_that_cannot_be_read_can_be_looked_at_again(qtbot: QtBot) -> None:
    made, intents = await page(qtbot)
    intents.fails["plan_import"] = StorageTrouble(code="no", title="It cannot be read")
    click(made.again)
    await settle()
    assert made.verdict.text() == "It cannot be read."
    assert made.again.isEnabled()


async def test_a_thousand_roles_and_the_keyboard(qtbot: QtBot) -> None:
    rows = tuple(replace(IMPORT.rows[0], name=f"role-{number}") for number in range(1000))
    made, _ = await page(qtbot, replace(IMPORT, rows=rows))
    assert len(made.chosen) == 1000
    made.list.setFocus()
    made.list.setCurrentIndex(made.model.index(made.model.row_of("head:new")))
    press(Qt.Key.Key_Space)
    assert made.chosen == ()
