"""The person's desktop as the core sees it: their clipboard and their browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.errors import NeedsPerson

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.adapters.desktop.clipboard import SecretClipboard
    from app.domain.secret import Secret


def open_url(url: str) -> None:
    """Open a URL without secrets in the person's browser. Raises NeedsPerson when the desktop has none."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    if not QDesktopServices.openUrl(QUrl(url, QUrl.ParsingMode.StrictMode)):
        raise NeedsPerson(
            code="browser-missing",
            title="No browser could be opened",
            detail="The desktop knows no program for web addresses.",
            remedy="Copy the sign-in URL and paste it into a browser.",
        )


class QtDesktop:
    """Answers the port `Desktop`.

    `offer` turns a secret URL into a harmless one that leads to it once; only that one reaches the arguments of a
    process. `open_harmless` opens it.
    """

    def __init__(
        self,
        clipboard: SecretClipboard,
        offer: Callable[[Secret], str],
        open_harmless: Callable[[str], None] = open_url,
    ) -> None:
        self._clipboard = clipboard
        self._offer = offer
        self._open = open_harmless

    def copy_secret(self, text: Secret, *, seconds: float) -> None:
        """See the port."""
        self._clipboard.copy_secret(text, seconds=seconds)

    def open_secret_url(self, url: Secret) -> None:
        """See the port. Raises NeedsPerson, and what `offer` raises."""
        self._open(self._offer(url))

    def copy_text(self, text: str) -> None:
        """See the port."""
        self._clipboard.copy_text(text)
