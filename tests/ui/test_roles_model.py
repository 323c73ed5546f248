from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from app.domain.view import Status
from app.ui.provider_roles import Progress, progress_of
from app.ui.roles_model import Role, RolesModel, Row, offers_of, others_of
from app.ui.roles_view import RolesView
from tests.ui.fake_core import NOW, sessions
from tests.ui.fake_providers import providers, role
from tests.ui.hands import press, settle, show

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.domain.view import SessionView

SESSIONS = {view.name: view for view in sessions()}
CORP = providers(SESSIONS.values())[0]


def rows() -> list[Row]:
    return offers_of(CORP, SESSIONS, {})


@pytest.fixture
def model(qapp: QApplication) -> RolesModel:
    made = RolesModel(lambda: NOW, qapp, checkable=True)
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)  # type: ignore[attr-defined]  # kept alive with it
    made.show_rows(rows())
    return made


def names(model: RolesModel) -> list[str]:
    return [str(model.index(place).data()) for place in range(model.rowCount())]


def test_roles_with_a_profile_are_chosen_at_first(model: RolesModel) -> None:
    assert names(model) == ["SecurityAudit", "Billing", "Deploy", "PowerUser", "Support", "Forensics"]
    assert model.chosen == tuple(row.key for row in rows() if row.profile)
    assert model.check_state() is Qt.CheckState.PartiallyChecked


def test_what_a_person_chose_outlives_a_new_assertion(model: RolesModel) -> None:
    model.toggle(0)
    model.toggle(4)
    chosen = model.chosen
    model.show_rows([*rows(), Row(role("New", "999999999999"), "", None)])
    assert model.chosen == chosen
    model.show_rows(rows()[1:])
    assert model.chosen == tuple(key for key in chosen if key != rows()[0].key)


def test_another_provider_begins_anew(model: RolesModel) -> None:
    model.check_all(False)
    model.show_rows(rows(), fresh=True)
    assert len(model.chosen) == 4


def test_all_and_none_of_what_is_in_sight(model: RolesModel) -> None:
    model.check_all(False)
    assert len(model.chosen) == 0
    model.search("123456789012 role/s")
    assert names(model) == ["SecurityAudit", "Support"]
    model.check_all(True)
    assert model.check_state() is Qt.CheckState.Checked
    model.search("")
    assert {arn.rpartition("/")[2] for arn in tuple[str, ...](model.chosen)} == {"SecurityAudit", "Support"}
    assert model.check_state() is Qt.CheckState.PartiallyChecked


def test_a_change_is_told_for_its_line_alone(model: RolesModel, qtbot: QtBot) -> None:
    changed = dict(SESSIONS)
    changed["prod-audit"] = replace(SESSIONS["prod-audit"], status=Status.ACQUIRING)
    with qtbot.waitSignal(model.dataChanged) as told:
        model.show_rows(offers_of(CORP, changed, {}))
    assert (told.args or [])[0].row() == 0
    assert (told.args or [])[1].row() == 0


def test_check_marks_can_be_set_through_the_model(model: RolesModel) -> None:
    last = model.index(5)
    assert last.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert model.setData(last, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.chosen[-1].endswith("role/Forensics")
    assert model.setData(last, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert not model.chosen[-1].endswith("role/Forensics")
    assert not model.setData(last, "other name", Qt.ItemDataRole.EditRole)


def test_what_screen_readers_say(model: RolesModel) -> None:
    spoken = [str(model.index(place).data(Qt.ItemDataRole.AccessibleTextRole)) for place in (1, 2, 4)]
    assert spoken[0] == "Billing, Denied: the role's trust policy does not name corp, Failed, Details, checked"
    assert spoken[1] == "Deploy, 123456789012 · prod-deploy, 8:36, Expiring, checked"
    assert spoken[2] == "Support, 123456789012 · new profile, not checked"


def test_profiles_that_stand_for_no_role_on_offer() -> None:
    others = others_of(CORP, SESSIONS, rows())
    assert {row.profile for row in others} == set(CORP.profiles) - {row.profile for row in rows()}
    assert all(row.offer is None for row in others)


def test_without_boxes_nothing_can_be_checked(qapp: QApplication) -> None:
    model = RolesModel(lambda: NOW, qapp)
    model.show_rows(rows())
    model.toggle(0)
    assert model.index(0).data(Qt.ItemDataRole.CheckStateRole) is None
    assert isinstance(model.index(0).data(Role.ROW), Row)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((Status.ACQUIRING, Status.ACQUIRING), Progress(wanted=2, live=0, failed=0, under_way=2)),
        ((Status.ACTIVE, Status.ACQUIRING), Progress(wanted=2, live=1, failed=0, under_way=1)),
        ((Status.ACTIVE, Status.FAILED), Progress(wanted=2, live=1, failed=1, under_way=0)),
        ((Status.ACTIVE, Status.ACTIVE), Progress(wanted=2, live=2, failed=0, under_way=0)),
        ((Status.ACTIVE, Status.IDLE), Progress(wanted=2, live=1, failed=0, under_way=0)),
    ],
)
def test_progress(statuses: tuple[Status, Status], expected: Progress) -> None:
    def made(name: str, status: Status) -> SessionView:
        expires = NOW + timedelta(hours=1) if status is Status.ACTIVE else None
        return replace(SESSIONS["prod-audit"], name=name, status=status, expires=expires)

    found = {"a": made("a", statuses[0]), "b": made("b", statuses[1])}
    assert progress_of(("a", "b"), found, NOW) == expected


@pytest.mark.parametrize(
    ("progress", "words", "tone"),
    [
        (Progress(wanted=5, live=2, failed=0, under_way=3), "2 of 5 assumed", "text2"),
        (Progress(wanted=5, live=5, failed=0, under_way=0), "5 of 5 assumed", "good"),
        (Progress(wanted=5, live=3, failed=2, under_way=0), "3 of 5 assumed, 2 failed", "bad"),
        (Progress(wanted=2, live=1, failed=0, under_way=0), "1 of 2 assumed", "text2"),
    ],
)
def test_progress_in_words(progress: Progress, words: str, tone: str) -> None:
    assert (progress.words, progress.tone) == (words, tone)


# --- The view --------------------------------------------------------------------------------------------------------


@pytest.fixture
def view(qtbot: QtBot, look: object, model: RolesModel) -> RolesView:
    assert look is not None
    made = RolesView(model, lambda: NOW, "Roles offered")
    show(qtbot, made, 500)
    made.setFocus()
    return made


async def test_keys_move_check_and_open(view: RolesView, model: RolesModel, qtbot: QtBot) -> None:
    places: list[QRect] = []
    view.moved.connect(places.append)
    for _ in range(4):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert model.chosen[-1].endswith("role/Support")
    assert places[-1].top() == 4 * 52
    press(Qt.Key.Key_Up)
    with qtbot.waitSignal(view.opened) as opened:
        press(Qt.Key.Key_Return)
    assert opened.args == ["sandbox-alice"]


async def test_a_click_on_a_box_checks_and_elsewhere_does_not(view: RolesView, model: RolesModel) -> None:
    before = model.chosen
    box = view.visualRect(model.index(0))
    middle = box.center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert model.chosen == before
    middle.setX(box.left() + 18)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert model.chosen == before[1:]


async def test_it_is_as_high_as_its_lines_and_draws_them(view: RolesView, model: RolesModel) -> None:
    assert view.height() == 6 * 52
    model.search("forensics")
    await settle()
    assert view.height() == 52
    picture = view.grab().toImage()
    assert len({picture.pixel(x, 17) for x in range(picture.width())}) > 1
