from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.view import Status
from app.ui.session_delegate import Part
from app.ui.session_list import SessionList
from app.ui.session_model import Header, SessionModel
from tests.ui.fake_core import NOW, sessions
from tests.ui.hands import press, show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme


@pytest.fixture
def rows(qtbot: QtBot, look: Theme) -> SessionList:
    model = SessionModel(lambda: NOW)
    model.take(sessions())
    made = SessionList(model, lambda: NOW)
    model.setParent(made)
    show(qtbot, made, 592, 640)
    made.setFocus()
    return made


def model_of(rows: SessionList) -> SessionModel:
    model = rows.model()
    assert isinstance(model, SessionModel)
    return model


def index_of(rows: SessionList, name: str) -> int:
    return model_of(rows).row_of(name)


def button_of(rows: SessionList, name: str) -> QPoint:
    index = rows.model().index(index_of(rows, name), 0)
    return rows.delegate.places(rows.visualRect(index)).button.center()


def test_rows_and_headers_have_the_drawn_heights(rows: SessionList) -> None:
    first = rows.visualRect(rows.model().index(0, 0))
    second = rows.visualRect(rows.model().index(1, 0))
    assert (first.top(), first.height()) == (4, 32)
    assert (second.top(), second.height(), second.left()) == (36, 52, 8)
    places = rows.delegate.places(second)
    assert places.button.width() >= 76
    assert places.button.height() == 28
    assert second.right() + 1 - places.button.left() == 84
    assert second.right() + 1 - places.status.left() == 220


def test_what_is_at_a_point_is_what_was_drawn_there(rows: SessionList) -> None:
    for name in ("prod-admin", "stage-dev", "sandbox-ml"):
        index = rows.model().index(index_of(rows, name), 0)
        assert rows.indexAt(rows.visualRect(index).center()).row() == index.row()


def test_a_click_on_the_button_asks_once(rows: SessionList, qtbot: QtBot) -> None:
    clicked: list[str] = []
    rows.button_clicked.connect(clicked.append)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=button_of(rows, "prod-audit"))
    assert clicked == ["prod-audit"]
    assert rows.chosen == "prod-audit"


def test_a_button_let_go_elsewhere_does_nothing(rows: SessionList) -> None:
    clicked: list[str] = []
    rows.button_clicked.connect(clicked.append)
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=button_of(rows, "prod-audit"))
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=button_of(rows, "prod-deploy"))
    assert clicked == []


def test_a_double_click_enters_but_not_on_the_button(rows: SessionList) -> None:
    entered: list[str] = []
    rows.entered_on.connect(entered.append)
    index = rows.model().index(index_of(rows, "prod-audit"), 0)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(index).topLeft() + QPoint(60, 12))
    assert entered == ["prod-audit"]
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=button_of(rows, "prod-audit"))
    assert entered == ["prod-audit"]


def test_details_of_a_failure_are_a_link(rows: SessionList) -> None:
    wanted: list[str] = []
    rows.details_wanted.connect(wanted.append)
    rect = rows.visualRect(rows.model().index(index_of(rows, "prod-billing"), 0))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.delegate.places(rect).details.center())
    assert wanted == ["prod-billing"]


def test_arrows_walk_over_headers(rows: SessionList) -> None:
    rows.choose("prod-deploy")
    press(Qt.Key.Key_Down)
    assert rows.chosen == "stage-dev"
    press(Qt.Key.Key_Up)
    assert rows.chosen == "prod-deploy"
    press(Qt.Key.Key_End)
    assert rows.chosen == "vpn"
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))
    press(Qt.Key.Key_Down)
    assert rows.chosen == "vpn"
    press(Qt.Key.Key_Home)
    assert rows.chosen == "prod-admin"
    press(Qt.Key.Key_PageDown)
    assert index_of(rows, rows.chosen) > 5


def test_what_is_chosen_comes_into_sight_below_the_sticking_header(rows: SessionList) -> None:
    rows.choose("vpn")
    rows.choose("stage-ops")
    rect = rows.visualRect(rows.currentIndex())
    assert rect.top() >= 32
    assert rows.viewport().rect().contains(rect)


def test_the_header_sticks_and_folds_its_group(rows: SessionList) -> None:
    rows.verticalScrollBar().setValue(120)
    assert rows.indexAt(QPoint(100, 10)).row() == 0
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 10))
    header = model_of(rows).rows()[0]
    assert isinstance(header, Header)
    assert header.folded
    assert index_of(rows, "prod-admin") == -1


def test_left_and_right_fold_by_keyboard(rows: SessionList) -> None:
    rows.choose("stage-ops")
    press(Qt.Key.Key_Left)
    assert model_of(rows).folded == ("Staging",)


def test_letters_are_for_the_search_and_space_for_the_detail(rows: SessionList) -> None:
    typed: list[str] = []
    folded: list[bool] = []
    rows.typed.connect(typed.append)
    rows.fold_detail.connect(lambda: folded.append(True))
    press(Qt.Key.Key_S)
    press(Qt.Key.Key_Space)
    assert typed == ["s"]
    assert folded == [True]


def test_the_choice_survives_what_changes_around_it(rows: SessionList) -> None:
    rows.choose("stage-ops")
    views = [view for view in sessions() if view.group != "Production"]
    model_of(rows).take(views)
    assert rows.chosen == "stage-ops"


def test_the_menu_key_opens_the_menu_of_the_chosen_row(rows: SessionList) -> None:
    wanted: list[str] = []
    rows.menu_wanted.connect(lambda name, _at: wanted.append(name))
    rows.choose("stage-db")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(3, 3), rows.mapToGlobal(QPoint(3, 3)))
    QApplication.sendEvent(rows.viewport(), event)
    assert wanted == ["stage-db"]


def test_the_tick_draws_countdowns_in_sight_and_nothing_else(
    rows: SessionList, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(type(rows.viewport()), "update", lambda _self, *rect: drawn.append(rect[0].top()))
    rows.tick()
    seen = [row for row in model_of(rows).rows()[1:] if not isinstance(row, Header)]
    tops = {rows.visualRect(rows.model().index(index_of(rows, view.name), 0)).top(): view for view in seen}
    ticking = {tops[top].name for top in drawn}
    assert {"prod-admin", "prod-deploy", "stage-dev", "stage-db"} <= ticking
    assert not ticking & {"prod-audit", "prod-billing", "data-lake"}


def test_the_tick_rests_while_nobody_looks(rows: SessionList, monkeypatch: pytest.MonkeyPatch) -> None:
    rows.hide()
    drawn: list[object] = []
    monkeypatch.setattr(type(rows.viewport()), "update", lambda _self, *rect: drawn.append(rect))
    rows.tick()
    assert drawn == []


def test_hovering_marks_the_part_under_the_pointer(rows: SessionList) -> None:
    QTest.mouseMove(rows.viewport(), button_of(rows, "prod-audit"))
    assert rows.delegate.pointer.part is Part.BUTTON
    assert rows.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    QApplication.sendEvent(rows, QEvent(QEvent.Type.Leave))
    assert rows.delegate.pointer.row == -1


def test_from_right_to_left_everything_is_mirrored(rows: SessionList) -> None:
    rows.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    rect = rows.visualRect(rows.model().index(1, 0))
    places = rows.delegate.places(rect, Qt.LayoutDirection.RightToLeft)
    assert places.button.left() < places.status.left() < places.words.left() < places.bar.left()
    assert not rows.grab().isNull()


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_drawn_differently(rows: SessionList, status: Status) -> None:
    base = sessions()[0]
    pictures = {}
    for each in Status:
        model_of(rows).take([replace(base, status=each, waiting_for="mfa", since=NOW)])
        pictures[each] = rows.grab(rows.delegate.places(rows.visualRect(rows.model().index(1, 0))).icon).toImage()
    same = [each for each, picture in pictures.items() if picture == pictures[status]]
    # Expired is a matter of time: with credentials that work, the row shows what they are.
    assert same == [status]
