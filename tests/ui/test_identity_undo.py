from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.errors import BadInput
from app.ui.identity_editor import IdentityEditor
from tests.ui.hands import settle

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from tests.ui.fake_core import FakeIntents


async def test_a_deleted_user_comes_back_without_secrets_and_asks_for_them(
    window: MainWindow, intents: FakeIntents
) -> None:
    alice = intents.configuration.identities["alice"]
    window.pages.remove_identity("alice")
    await settle()
    assert "alice" not in intents.configuration.identities
    assert window.toasts.words == "alice deleted, with its secrets"
    assert window.toasts.act()
    await settle()
    assert intents.called("put_identity") == [(alice, "", "", "")]
    assert window.toasts.words == "alice is back. Its secrets have to be entered anew."
    page = window.pages.page
    assert isinstance(page, IdentityEditor)
    assert page.editing == "alice"
    assert page.form.fields["secret"].control.hasFocus()


async def test_one_that_is_needed_stays(window: MainWindow, intents: FakeIntents) -> None:
    intents.fails["remove_identity"] = BadInput(code="still-needed", title="“alice” is still needed")
    window.pages.remove_identity("alice")
    window.pages.remove_identity("gone")
    await settle()
    assert len(intents.called("remove_identity")) == 1
    assert window.toasts.words == "“alice” is still needed."
