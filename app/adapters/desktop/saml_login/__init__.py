"""A SAML provider's login page in a window of ours, with QtWebEngine.

QtWebEngine is large and slow to load: only `engine`, `page` and `view` import it, and they are imported when a login
opens. What the page posts to AWS is read out of the page and cancelled before a request is made of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.adapters.desktop.saml_login.flight import Times
    from app.adapters.desktop.saml_login.windows import SamlLoginWindows

__all__ = ["SamlLoginWindows", "Times"]


def __getattr__(name: str) -> object:
    """Import the windows, and Qt with them, only for who asks for them: the command line needs `keeping` alone."""
    if name == "SamlLoginWindows":
        from app.adapters.desktop.saml_login.windows import SamlLoginWindows

        return SamlLoginWindows
    if name == "Times":
        from app.adapters.desktop.saml_login.flight import Times

        return Times
    raise AttributeError(name)
