from __future__ import annotations

from app.domain.view import SessionView, Status
from app.ui.arranging import Place, moves, place_at, step
from app.ui.session_model import Header, Row


def view(name: str, group: str) -> SessionView:
    return SessionView(name=name, status=Status.IDLE, group=group)


ROWS: list[Row] = [
    Header("one", 2, 0, folded=False),
    view("a", "one"),
    view("b", "one"),
    Header("two", 1, 0, folded=False),
    view("c", "two"),
    Header("three", 3, 0, folded=True),
]


def test_halves_of_a_row_are_before_and_after_it() -> None:
    assert place_at(ROWS, 1, upper=True) == Place(group="one", before="a", gap=1)
    assert place_at(ROWS, 1, upper=False) == Place(group="one", before="b", gap=2)
    assert place_at(ROWS, 2, upper=False) == Place(group="one", before="", gap=3)
    assert place_at(ROWS, 9, upper=True) is None


def test_a_header_is_the_first_place_of_its_group_and_a_folded_one_the_last() -> None:
    assert place_at(ROWS, 3, upper=True) == Place(group="two", before="c", gap=4, onto=True)
    assert place_at(ROWS, 5, upper=False) == Place(group="three", before="", gap=6, onto=True)


def test_the_place_it_has_is_no_move() -> None:
    stays = [place_at(ROWS, 1, upper=True), place_at(ROWS, 1, upper=False), place_at(ROWS, 0, upper=True)]
    assert [moves(ROWS, "a", place) for place in stays if place is not None] == [False, False, False]
    there = place_at(ROWS, 2, upper=False)
    assert there is not None
    assert moves(ROWS, "a", there)
    assert not moves(ROWS, "nobody", there)


def test_steps_go_over_headers_and_end_at_the_ends() -> None:
    assert step(ROWS, "b", -1) == Place(group="one", before="a", gap=1)
    assert step(ROWS, "a", -1) is None
    assert step(ROWS, "c", -1) == Place(group="one", before="", gap=3)
    assert step(ROWS, "a", 1) == Place(group="one", before="", gap=3)
    assert step(ROWS, "b", 1) == Place(group="two", before="c", gap=4, onto=True)
    assert step(ROWS, "c", 1) == Place(group="three", before="", gap=6, onto=True)
    assert step(ROWS[:5], "c", 1) is None
    assert step(ROWS, "nobody", 1) is None
