"""What a person reads after something was renewed, or deleted and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.domain.deadlines import ToppedUp
from tests.ui.hands import press, settle

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from tests.ui.fake_core import FakeIntents

CTRL = Qt.KeyboardModifier.ControlModifier


async def undone(window: MainWindow) -> str:
    await settle()
    press(Qt.Key.Key_Z, CTRL)
    await settle()
    return window.toasts.words


async def test_a_live_role_that_comes_back_says_that_its_credentials_do_not(
    window: MainWindow, intents: FakeIntents
) -> None:
    window.doer.delete("prod-admin")
    words = await undone(window)
    assert words == "prod-admin is back, without its credentials: they were withdrawn. Assume it again."
    assert "prod-admin" in intents.configuration.profiles


async def test_an_idle_one_needs_no_word(window: MainWindow) -> None:
    window.doer.delete("prod-audit")
    assert await undone(window) == ""


async def test_several_are_counted(window: MainWindow) -> None:
    several = window.list_work.several
    await several._delete(("prod-admin", "prod-audit", "prod-deploy"))
    assert await undone(window) == "2 roles that were active are back without their credentials: assume them again."
    await several._delete(("prod-audit",))
    assert await undone(window) == ""


async def test_topping_up_is_told_in_whole_sentences(window: MainWindow, intents: FakeIntents) -> None:
    left = (("prod-audit", "cancelled"), ("prod-deploy", "leased"))
    intents.topped_up = ToppedUp(renewed=("prod-admin",), left=left)
    window.doer.top_up()
    await settle()
    words = "1 session renewed. Left as they are: prod-audit (cancelled); prod-deploy (leased)."
    assert window.toasts.words == words
    intents.topped_up = ToppedUp()
    window.doer.top_up()
    await settle()
    assert window.toasts.words == "There is nothing to renew."
