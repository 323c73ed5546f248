from __future__ import annotations

import pytest

from app.ui.window_state import MemoryStore, Remembered, WindowState


def test_what_was_kept_comes_back() -> None:
    store = MemoryStore()
    state = WindowState(store)
    state.keep(place=(1, 2, 1120, 720), detail=False, folded=("a", "b"), sort="name")
    again = WindowState(store).now
    assert again.place == (1, 2, 1120, 720)
    assert again.folded == ("a", "b")
    assert (again.detail, again.sort) == (False, "name")


def test_recent_services_come_first_and_are_few() -> None:
    state = WindowState()
    for service in ("s3", "ec2", "iam", "s3", "rds", "sqs", "sns"):
        state.used_service(service)
    assert state.now.services == ("sns", "sqs", "rds", "s3", "iam")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        '{"place": [1, "x"], "detail": "no", "folded": [1], "shell": 4, "unknown": 1}',
        "[" * 100_000,
        f'{{"place": [{10**30}, 0, 9, 9]}}',
        '{"place": [0, 0, -2147483649, 9]}',
    ],
)
def test_nonsense_counts_as_nothing(text: str) -> None:
    assert WindowState(MemoryStore(text)).now == Remembered()


def test_nothing_is_written_when_nothing_changed() -> None:
    store = MemoryStore("kept")
    WindowState(store).keep(detail=True)
    assert store.text == "kept"


def test_what_was_found_last_is_first_and_only_so_much_is_kept() -> None:
    store = MemoryStore()
    state = WindowState(store)
    for number in range(30):
        state.used_entry(f"profile.role-{number}")
    state.used_entry("profile.role-15")
    again = WindowState(store).now.recent
    assert again[:2] == ("profile.role-15", "profile.role-29")
    assert len(again) == len(set(again)) == 20
