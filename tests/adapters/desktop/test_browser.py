from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app.adapters.desktop.browser import QtDesktop, open_url
from app.adapters.desktop.clipboard import SecretClipboard
from app.domain.errors import NeedsPerson
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Browser(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def browser(qtbot: QtBot) -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("http", made, "open")  # type: ignore[arg-type]  # the stubs want bytes, the library text
    yield made
    QDesktopServices.unsetUrlHandler("http")


def test_opens_the_url_as_it_is(browser: Browser) -> None:
    open_url("http://127.0.0.1:1234/a-b_c")
    assert browser.opened == ["http://127.0.0.1:1234/a-b_c"]


def test_a_desktop_without_browser_is_told(qtbot: QtBot) -> None:
    with pytest.raises(NeedsPerson) as caught:
        open_url("http://[broken")
    assert caught.value.code == "browser-missing"


def test_the_secret_url_never_reaches_the_browser_itself(browser: Browser) -> None:
    offered: list[str] = []

    def offer(url: Secret) -> str:
        offered.append(url.reveal())
        return "http://127.0.0.1:1/nonce"

    QtDesktop(SecretClipboard(), offer).open_secret_url(Secret("https://secret.example/canary"))
    assert offered == ["https://secret.example/canary"]
    assert browser.opened == ["http://127.0.0.1:1/nonce"]


def test_copies_through_the_clipboard_for_secrets(qtbot: QtBot) -> None:
    clipboard = SecretClipboard()
    QtDesktop(clipboard, lambda _: "").copy_secret(Secret("canary"), seconds=60)
    assert QGuiApplication.clipboard().text() == "canary"
    clipboard.forget()


def test_copies_what_is_no_secret_as_plain_text(qtbot: QtBot) -> None:
    QtDesktop(SecretClipboard(), lambda _: "").copy_text("https://login.example.com/device")
    assert QGuiApplication.clipboard().text() == "https://login.example.com/device"
    assert QGuiApplication.clipboard().mimeData().formats() == ["text/plain"]
