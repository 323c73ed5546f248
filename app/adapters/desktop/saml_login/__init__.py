"""A SAML provider's login page in a window of ours, with QtWebEngine.

QtWebEngine is large and slow to load: only `engine`, `page` and `view` import it, and they are imported when a login
opens. What the page posts to AWS is read out of the page and cancelled before a request is made of it.
"""

from __future__ import annotations

from app.adapters.desktop.saml_login.flight import Times
from app.adapters.desktop.saml_login.windows import SamlLoginWindows

__all__ = ["SamlLoginWindows", "Times"]
