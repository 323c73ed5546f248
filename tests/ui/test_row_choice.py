from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.session_list import SessionList
from app.ui.session_model import SessionModel, Sort
from tests.ui.fake_core import NOW, sessions
from tests.ui.hands import press, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme

_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_ALT, _PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def model(qtbot: QtBot) -> SessionModel:
    made = SessionModel(lambda: NOW)
    made.take(sessions())
    return made


@pytest.fixture
def rows(qtbot: QtBot, look: Theme, model: SessionModel) -> SessionList:
    made = SessionList(model, lambda: NOW)
    model.setParent(made)
    show(qtbot, made, 592, 640)
    made.setFocus()
    return made


def picked(rows: SessionList) -> tuple[str, ...]:
    return rows.selected


def dragging(rows: SessionList) -> bool:
    return rows.drag.active


def at(rows: SessionList, model: SessionModel, name: str, down: int = 12) -> QPoint:
    return rows.visualRect(model.index(model.row_of(name))).topLeft() + QPoint(60, down)


def click_on(rows: SessionList, model: SessionModel, name: str, keys: Qt.KeyboardModifier = _PLAIN) -> None:
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, keys, at(rows, model, name))


def test_shift_click_selects_all_up_to_it_over_headers(rows: SessionList, model: SessionModel) -> None:
    click_on(rows, model, "prod-deploy")
    click_on(rows, model, "stage-ops", _SHIFT)
    assert picked(rows) == ("prod-deploy", "stage-dev", "stage-ops")
    assert rows.chosen == "stage-ops"
    click_on(rows, model, "prod-billing", _SHIFT)
    assert picked(rows) == ("prod-billing", "prod-deploy")


def test_ctrl_click_adds_and_takes_away_but_never_the_last(rows: SessionList, model: SessionModel) -> None:
    click_on(rows, model, "prod-admin")
    click_on(rows, model, "stage-dev", _CTRL)
    assert picked(rows) == ("prod-admin", "stage-dev")
    click_on(rows, model, "prod-admin", _CTRL)
    assert picked(rows) == ("stage-dev",)
    click_on(rows, model, "stage-dev", _CTRL)
    assert picked(rows) == ("stage-dev",)


def test_shift_and_arrows_grow_and_shrink_the_selection(rows: SessionList) -> None:
    rows.choose("prod-billing")
    press(Qt.Key.Key_Down, _SHIFT)
    press(Qt.Key.Key_Down, _SHIFT)
    assert picked(rows) == ("prod-billing", "prod-deploy", "stage-dev")
    press(Qt.Key.Key_Up, _SHIFT)
    assert picked(rows) == ("prod-billing", "prod-deploy")
    press(Qt.Key.Key_Up)
    assert picked(rows) == ("prod-billing",)
    press(Qt.Key.Key_Home, _SHIFT)
    assert picked(rows) == ("prod-admin", "prod-audit", "prod-billing")


def test_ctrl_goes_without_selecting_and_ctrl_space_selects(rows: SessionList) -> None:
    rows.choose("prod-admin")
    press(Qt.Key.Key_Down, _CTRL)
    press(Qt.Key.Key_Down, _CTRL)
    assert (rows.chosen, rows.selected) == ("prod-billing", ("prod-admin",))
    press(Qt.Key.Key_Space, _CTRL)
    assert picked(rows) == ("prod-admin", "prod-billing")


def test_ctrl_a_selects_everybody_and_esc_one_again(rows: SessionList) -> None:
    told: list[int] = []
    rows.selection_told.connect(lambda: told.append(len(rows.selected)))
    rows.choose("stage-ops")
    press(Qt.Key.Key_A, _CTRL)
    assert len(rows.selected) == 24
    press(Qt.Key.Key_Escape)
    assert picked(rows) == ("stage-ops",)
    assert told[-2:] == [24, 1]


def test_the_selection_survives_a_new_arrangement(rows: SessionList, model: SessionModel) -> None:
    rows.choose("prod-admin")
    press(Qt.Key.Key_Down, _SHIFT)
    model.sort_by(Sort.TIME_LEFT)
    assert set(rows.selected) == {"prod-admin", "prod-audit"}
    assert rows.chosen == "prod-audit"
    model.search("prod-admin")
    assert picked(rows) == ("prod-admin",)


def test_what_changes_elsewhere_does_not_scroll(rows: SessionList, model: SessionModel) -> None:
    rows.choose("prod-admin")
    rows.verticalScrollBar().setValue(rows.verticalScrollBar().maximum())
    before = rows.verticalScrollBar().value()
    model.take([view for view in sessions() if view.name != "stage-db"])
    assert rows.chosen == "prod-admin"
    assert rows.verticalScrollBar().value() == min(before, rows.verticalScrollBar().maximum())
    assert rows.verticalScrollBar().value() > 0


def test_the_right_button_keeps_a_selection_it_is_in(rows: SessionList, model: SessionModel) -> None:
    rows.choose("prod-admin")
    press(Qt.Key.Key_Down, _SHIFT)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.RightButton, _PLAIN, at(rows, model, "prod-admin"))
    assert picked(rows) == ("prod-admin", "prod-audit")
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.RightButton, _PLAIN, at(rows, model, "stage-dev"))
    assert picked(rows) == ("stage-dev",)


def test_a_folded_group_is_a_stop_and_unfolds_by_keyboard(rows: SessionList, model: SessionModel) -> None:
    rows.choose("stage-ops")
    press(Qt.Key.Key_Right)
    assert not model.folded
    press(Qt.Key.Key_Left)
    assert model.folded == ("Staging",)
    on = rows.header
    assert on is not None
    assert on.group == "Staging"
    assert not picked(rows)
    press(Qt.Key.Key_Down)
    assert rows.chosen == "sandbox-alice"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert rows.chosen == "prod-deploy"
    press(Qt.Key.Key_Down)
    model.take([view for view in sessions() if view.name != "prod-admin"])
    assert rows.header is not None
    assert not rows.grab().isNull()
    press(Qt.Key.Key_Right)
    # Where it was in that group before.
    assert not list(model.folded)
    assert rows.chosen == "stage-ops"


def test_a_new_arrangement_leaves_the_keyboard_on_a_folded_group(rows: SessionList, model: SessionModel) -> None:
    model.fold("Staging")
    rows.choose("prod-deploy")
    press(Qt.Key.Key_Down)
    model.take([view for view in sessions() if view.name != "prod-admin"])
    on = rows.header
    assert on is not None
    assert on.group == "Staging"
    press(Qt.Key.Key_Right)
    assert rows.chosen == "stage-dev"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_and_space_unfold_too(rows: SessionList, model: SessionModel, key: Qt.Key) -> None:
    rows.choose("stage-ops")
    press(Qt.Key.Key_Left)
    press(key)
    assert model.folded == ()
    assert rows.chosen in {"stage-dev", "stage-ops"}


def test_what_an_assistive_program_selects_gets_the_keyboard(rows: SessionList, model: SessionModel) -> None:
    told: list[str] = []
    rows.current_name.connect(told.append)
    rows.choose("prod-admin")
    index = model.index(model.row_of("stage-ops"))
    rows.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Toggle)
    assert (rows.chosen, picked(rows)) == ("stage-ops", ("stage-ops",))
    assert told[-1] == "stage-ops"


def test_an_assistive_program_finds_the_rows_and_selects_one(rows: SessionList, model: SessionModel) -> None:
    spoken = QAccessible.queryAccessibleInterface(rows)
    children = [spoken.child(n) for n in range(spoken.childCount())]
    row = next(each for each in children if each.text(QAccessible.Text.Name).startswith("stage-db"))
    actions = row.actionInterface()
    assert "Toggle" in actions.actionNames()
    actions.doAction("Toggle")
    assert rows.chosen == "stage-db"


# --- Dragging ----------------------------------------------------------------------------------------------------


def drag(rows: SessionList, start: QPoint, end: QPoint, *, drop: bool = True) -> None:
    viewport = rows.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, _PLAIN, start)
    QTest.mouseMove(viewport, start + QPoint(0, 20))
    QTest.mouseMove(viewport, end)
    if drop:
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, _PLAIN, end)


@pytest.fixture
def dropped(rows: SessionList) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    rows.drag.dropped.connect(lambda *each: found.append(each))
    return found


def test_a_row_is_dropped_before_another(
    rows: SessionList, model: SessionModel, dropped: list[tuple[str, str, str]]
) -> None:
    drag(rows, at(rows, model, "stage-ops"), at(rows, model, "prod-audit", 4))
    assert dropped == [("stage-ops", "Production", "prod-audit")]
    drag(rows, at(rows, model, "prod-admin"), at(rows, model, "prod-deploy", 48))
    assert dropped[1:] == [("prod-admin", "Production", "")]


def test_a_row_is_dropped_on_a_header(
    rows: SessionList, model: SessionModel, dropped: list[tuple[str, str, str]]
) -> None:
    header = rows.visualRect(model.index(model.row_of("sandbox-alice") - 1)).center()
    drag(rows, at(rows, model, "prod-audit"), header)
    assert dropped == [("prod-audit", "Sandbox", "sandbox-alice")]


def test_a_drag_that_changes_nothing_or_is_given_up_asks_nothing(
    rows: SessionList, model: SessionModel, dropped: list[tuple[str, str, str]]
) -> None:
    drag(rows, at(rows, model, "prod-audit", 10), at(rows, model, "prod-audit", 40))
    drag(rows, at(rows, model, "prod-audit"), at(rows, model, "stage-db"), drop=False)
    assert dragging(rows)
    assert not rows.grab().isNull()
    press(Qt.Key.Key_Escape)
    assert not dragging(rows)
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, _PLAIN, at(rows, model, "stage-db"))
    assert dropped == []


def test_only_the_order_of_the_file_can_be_changed(
    rows: SessionList, model: SessionModel, dropped: list[tuple[str, str, str]]
) -> None:
    model.sort_by(Sort.NAME)
    drag(rows, at(rows, model, "backup"), at(rows, model, "dns"))
    model.sort_by(Sort.GROUP)
    model.search("prod")
    drag(rows, at(rows, model, "prod-admin"), at(rows, model, "prod-deploy", 48))
    assert dropped == []


def test_the_line_is_drawn_where_the_row_would_go(rows: SessionList, model: SessionModel) -> None:
    rows.choose("vpn")
    rows.choose("prod-admin")
    before = rows.viewport().grab().toImage()
    drag(rows, at(rows, model, "stage-ops"), at(rows, model, "prod-billing", 4), drop=False)
    y = rows.visualRect(model.index(model.row_of("prod-billing"))).top()
    after = rows.viewport().grab().toImage()
    scale = after.devicePixelRatio()
    line = QPoint(round(250 * scale), round(y * scale))
    assert after.pixelColor(line) != before.pixelColor(line)
    rows.drag.cancel()


def test_at_the_edge_the_list_scrolls_on(rows: SessionList, model: SessionModel, qtbot: QtBot) -> None:
    bar = rows.verticalScrollBar()
    drag(rows, at(rows, model, "prod-admin"), QPoint(100, rows.viewport().height() - 4), drop=False)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum(), timeout=10_000)
    QTest.mouseMove(rows.viewport(), QPoint(100, 4))
    qtbot.waitUntil(lambda: bar.value() == 0, timeout=10_000)
    rows.drag.cancel()


def test_alt_and_arrows_ask_for_a_step(rows: SessionList) -> None:
    steps: list[tuple[str, int]] = []
    rows.step_wanted.connect(lambda *each: steps.append(each))
    rows.choose("prod-billing")
    press(Qt.Key.Key_Up, _ALT)
    press(Qt.Key.Key_Down, _ALT)
    press(Qt.Key.Key_Home, _ALT)
    assert steps == [("prod-billing", -1), ("prod-billing", 1)]
    assert rows.chosen == "prod-billing"
    assert QApplication.focusWidget() is rows


def test_who_has_the_keyboard_first_is_selected_too(qtbot: QtBot, look: Theme) -> None:
    model = SessionModel(lambda: NOW)
    rows = SessionList(model, lambda: NOW)
    model.setParent(rows)
    show(qtbot, rows, 592, 640)
    model.take(sessions())
    rows.clearFocus()
    rows.setFocus()
    assert rows.chosen
    assert rows.selected == (rows.chosen,)
