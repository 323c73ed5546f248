from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from app.domain.view import Status
from app.ui import row_links
from app.ui.row_links import Link
from app.ui.session_list import SessionList
from app.ui.session_model import SessionModel
from tests.ui.fake_core import NOW, sessions
from tests.ui.hands import show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme import Theme

BROWSER = replace(sessions()[4], status=Status.WAITING, waiting_for="browser open", expires=None, pinned=False)
_LTR, _RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@pytest.fixture
def rows(qtbot: QtBot, look: Theme) -> SessionList:
    model = SessionModel(lambda: NOW)
    model.take([BROWSER, sessions()[1]])
    made = SessionList(model, lambda: NOW)
    model.setParent(made)
    show(qtbot, made, 592, 300)
    return made


def spot(rows: SessionList, link: Link) -> QRect:
    places = rows.delegate.places(rows.visualRect(rows.currentIndex()))
    return next(place for each, _word, place in row_links.link_places(BROWSER, places.second, _LTR) if each is link)


def test_the_links_of_a_waiting_row_ask(rows: SessionList) -> None:
    rows.choose(BROWSER.name)
    asked: list[tuple[str, str]] = []
    rows.link_wanted.connect(lambda name: asked.append(("link", name)))
    rows.cancel_wanted.connect(lambda name: asked.append(("cancel", name)))
    for link in (Link.COPY, Link.CANCEL):
        QTest.mouseMove(rows.viewport(), spot(rows, link).center())
        assert rows.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
        assert not rows.grab().isNull()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot(rows, link).center())
    assert asked == [("link", BROWSER.name), ("cancel", BROWSER.name)]


def test_a_link_under_the_pointer_is_underlined_and_no_other_words_are(rows: SessionList) -> None:
    rows.choose(BROWSER.name)
    other = rows.visualRect(rows.model().index(3, 0))
    QTest.mouseMove(rows.viewport(), QPoint(300, 290))
    before, link = rows.grab(other).toImage(), rows.grab(spot(rows, Link.CANCEL)).toImage()
    QTest.mouseMove(rows.viewport(), spot(rows, Link.CANCEL).center())
    assert rows.grab(spot(rows, Link.CANCEL)).toImage() != link
    assert rows.grab(other).toImage() == before


def test_only_a_sign_in_that_waits_elsewhere_has_links(look: Theme) -> None:
    assert [link for link, _words in row_links.links(BROWSER)[1]] == [Link.COPY, Link.CANCEL]
    window = replace(BROWSER, waiting_for="window open")
    assert [link for link, _words in row_links.links(window)[1]] == [Link.CANCEL]
    for waits in ("mfa", "browser"):
        assert row_links.links(replace(BROWSER, waiting_for=waits)) == ("", ())
    assert row_links.links(replace(BROWSER, status=Status.ACTIVE)) == ("", ())


@pytest.mark.parametrize("width", [60, 120, 200, 400])
def test_links_lie_beside_each_other_inside_the_line(look: Theme, width: int) -> None:
    line = QRect(24, 27, width, 17)
    for direction in (_LTR, _RTL):
        places = [place for _link, _word, place in row_links.link_places(BROWSER, line, direction)]
        assert all(line.contains(place) or place.width() == 0 for place in places)
        assert not places[0].intersects(places[1])
        assert (places[0].left() < places[1].left()) == (direction == _LTR)


def test_a_guarded_profile_has_a_lock_after_its_name(rows: SessionList) -> None:
    model = rows.model()
    assert isinstance(model, SessionModel)
    plain = sessions()[1]
    pictures = []
    for view in (plain, replace(plain, confirm=True)):
        model.take([view])
        pictures.append(rows.grab(rows.visualRect(model.index(model.row_of(view.name)))).toImage())
    assert pictures[0] != pictures[1]
    assert row_links.marks(replace(plain, confirm=True)) == ("pin", "lock")
