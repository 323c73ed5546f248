"""The windows of login pages: what they are made of is loaded with the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from app.adapters.desktop.saml_login.windows import SamlLoginWindows
    from app.domain.configuration import Provider
    from app.domain.saml import SamlResponse
    from app.ports import SamlReader


class LateLoginWindows:
    """Answers the port `SamlLogin`, see there; given as `SamlLoginWindows` is."""

    def __init__(self, reader: SamlReader, directory: Path, now: Callable[[], datetime]) -> None:
        self._reader, self._directory, self._now = reader, directory, now
        self._made: SamlLoginWindows | None = None

    async def sign_in(self, provider: Provider, *, hidden: bool) -> SamlResponse:
        """See SamlLogin."""
        return await self._windows().sign_in(provider, hidden=hidden)

    def raise_window(self, provider: str) -> None:
        """See SamlLogin."""
        if self._made is not None:
            self._made.raise_window(provider)

    async def remembers(self, provider: str) -> bool:
        """See SamlLogin."""
        return await self._windows().remembers(provider)

    async def forget(self, provider: str) -> None:
        """See SamlLogin."""
        await self._windows().forget(provider)

    def close(self) -> None:
        """Let go of everything. Comes after every sign-in has ended."""
        if self._made is not None:
            self._made.close()

    def _windows(self) -> SamlLoginWindows:
        if self._made is None:
            from app.adapters.desktop.saml_login.windows import SamlLoginWindows
            from app.ui import icons
            from app.ui.paste_field import PasteField

            self._made = SamlLoginWindows(
                self._reader, self._directory, draw=icons.icon, paste_field=PasteField, now=self._now
            )
        return self._made
