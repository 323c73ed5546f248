from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.domain.view import LinkView, SessionView, Status
from app.ui.session_model import Header, Role, SessionModel, Show, Sort, group_words
from tests.ui.fake_core import NOW, sessions

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def model(qtbot: QtBot) -> SessionModel:
    made = SessionModel(lambda: NOW)
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]  # lives as long as the model
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    made.take(sessions())
    return made


def names(model: SessionModel) -> list[str]:
    return [row.name for row in model.rows() if isinstance(row, SessionView)]


def headers(model: SessionModel) -> list[Header]:
    return [row for row in model.rows() if isinstance(row, Header)]


def test_groups_come_in_the_order_of_the_file_with_their_counts(model: SessionModel) -> None:
    assert [(each.group, group_words(each)) for each in headers(model)] == [
        ("Production", "4 roles, 2 active"),
        ("Staging", "4 roles, 1 active"),
        ("Sandbox", "2 roles, 2 active"),
        ("Shared", "14 roles, 2 active"),
    ]
    assert model.rowCount() == 24 + 4
    assert names(model)[:4] == ["prod-admin", "prod-audit", "prod-billing", "prod-deploy"]


def test_roles_without_a_group_stand_last_and_without_any_group_there_is_no_header(qtbot: QtBot) -> None:
    model = SessionModel(lambda: NOW)
    rows = sessions()[:3]
    model.take([replace(rows[0], group=""), rows[1], rows[2]])
    assert [each.group for each in headers(model)] == ["Production", ""]
    model.take([replace(row, group="") for row in rows])
    assert headers(model) == []
    assert model.rowCount() == 3


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("prod-adm", ["prod-admin"]),
        ("SECURITYAUDIT", ["prod-audit"]),
        ("345678901234 corp", ["sandbox-alice"]),
        ("us-east-1", ["sandbox-alice", "sandbox-ml"]),
        ("staging developer", ["stage-dev"]),
        ("no such thing", []),
    ],
)
def test_search_looks_at_all_words(model: SessionModel, wish: str, found: list[str]) -> None:
    model.search(wish)
    assert names(model) == found
    model.search("")
    assert len(names(model)) == 24


def test_search_finds_what_needs_a_code(qtbot: QtBot) -> None:
    model = SessionModel(lambda: NOW)
    rows = [replace(row, chain=()) for row in sessions()[:3]]
    model.take([rows[0], replace(rows[1], mfa=True), rows[2]])
    model.search("mfa")
    assert names(model) == [rows[1].name]


@pytest.mark.parametrize("wish", ["alice", "mfa session", "hub"])
def test_search_looks_at_the_whole_chain(model: SessionModel, wish: str) -> None:
    rows = list(sessions())
    rows[1] = replace(
        rows[1],
        chain=(
            LinkView(name="alice", kind="identity"),
            LinkView(name="MFA session", kind="mfa"),
            LinkView(name="hub", kind="role"),
            LinkView(name="prod-audit", kind="role"),
        ),
    )
    model.take(rows)
    model.search(wish)
    assert "prod-audit" in names(model)


@given(st.lists(st.text(alphabet="prodstage-14 ", max_size=6), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_letter_by_letter_finds_what_a_fresh_search_finds(wishes: list[str]) -> None:
    typed = SessionModel(lambda: NOW)
    typed.take(sessions())
    for number, wish in enumerate(wishes):
        typed.search(wish)
        if number == len(wishes) // 2:
            typed.take(sessions()[::2])
        elif number > len(wishes) // 2:
            fresh = SessionModel(lambda: NOW)
            fresh.take(sessions()[::2])
            fresh.search(wish)
            assert typed.rows() == fresh.rows()


def test_what_stays_the_same_is_not_arranged_anew(model: SessionModel) -> None:
    resets: list[bool] = []
    changed: list[int] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.take(sessions())
    assert (resets, changed) == ([], [])
    model.search("prod")
    model.take(sessions())
    assert resets == [True]
    model.search("prod p")
    assert resets == [True]


def test_it_knows_whether_its_order_is_the_files(model: SessionModel) -> None:
    found = [model.arrangeable]
    model.search("prod")
    found.append(model.arrangeable)
    model.search("")
    model.sort_by(Sort.NAME)
    found.append(model.arrangeable)
    assert found == [True, False, False]
    assert model.groups() == ("Production", "Staging", "Sandbox", "Shared")
    assert model.names() == tuple(view.name for view in sessions())


def test_folding_hides_a_group_until_something_in_it_is_searched(model: SessionModel) -> None:
    model.fold("Production")
    assert "prod-admin" not in names(model)
    assert headers(model)[0].folded
    model.search("prod-admin")
    assert names(model) == ["prod-admin"]
    model.search("")
    assert "prod-admin" not in names(model)
    model.fold("Production")
    assert "prod-admin" in names(model)


def test_the_sidebar_filters(model: SessionModel) -> None:
    model.show_only(Show.NEEDS_YOU)
    assert names(model) == ["stage-ops"]
    model.show_only(Show.PINNED)
    assert names(model) == ["prod-admin", "prod-audit", "stage-dev", "sandbox-ml"]
    model.show_only(Show.ACTIVE)
    assert len(names(model)) == 7
    model.show_only(Show.ALL, "alice")
    assert names(model) == ["prod-admin", "stage-ops", "data-lake", "hub"]


def test_sorting(model: SessionModel) -> None:
    model.sort_by(Sort.TIME_LEFT)
    assert headers(model) == []
    assert names(model)[:3] == ["sandbox-alice", "prod-deploy", "stage-dev"]
    model.sort_by(Sort.STATUS)
    assert names(model)[:3] == ["stage-ops", "prod-billing", "sandbox-alice"]
    model.sort_by(Sort.NAME)
    assert names(model) == sorted(names(model))
    model.sort_by(Sort.ACCOUNT)
    assert names(model)[0] == "prod-admin"


def test_a_changed_session_changes_its_row_alone(model: SessionModel, qtbot: QtBot) -> None:
    rows = list(sessions())
    model.take(rows)
    changed: list[tuple[int, int]] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(True))
    rows[1] = replace(rows[1], status=Status.ACQUIRING)
    model.take(rows)
    assert changed == [(2, 2)]
    assert not resets
    rows[1] = replace(rows[1], status=Status.ACTIVE, expires=NOW + timedelta(hours=1))
    model.take(rows)
    # One more active role: its header has other words now.
    assert changed[1:] == [(0, 0), (2, 2)]


def test_data_for_people_and_for_screen_readers(model: SessionModel) -> None:
    header, row = model.index(0), model.index(1)
    assert header.data() == "Production"
    assert header.data(Qt.ItemDataRole.AccessibleTextRole) == "Production, 4 roles, 2 active, unfolded"
    assert row.data() == "prod-admin"
    assert "42:10 left" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert row.data(Role.NAME) == "prod-admin"
    assert not header.flags() & Qt.ItemFlag.ItemIsSelectable
    assert model.data(QModelIndex()) is None
    assert model.rowCount(row) == 0


def test_ten_thousand_rows_answer_a_keystroke(qtbot: QtBot) -> None:
    base = sessions()
    many = [replace(base[n % 24], name=f"{base[n % 24].name}-{n}", group=f"g{n // 50}") for n in range(10_000)]
    model = SessionModel(lambda: NOW)
    model.take(many)
    best = 1.0
    for wish in ("prod", "prod-a", "prod-ad", "prod-adm"):
        start = time.perf_counter()
        model.search(wish)
        best = min(best, time.perf_counter() - start)
    assert len(names(model)) == 417
    # A generous bound: a search that asked Qt for each row's data took twenty times as long.
    assert best < 0.5
