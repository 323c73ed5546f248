"""Opening a secret URL in the browser without a window: a one-time loopback URL, and the platform's opener."""

from __future__ import annotations

import asyncio
import webbrowser
from typing import TYPE_CHECKING

from app.adapters.loopback import OneTimeRedirects
from app.domain.errors import NeedsPerson

if TYPE_CHECKING:
    from app.domain.secret import Secret


async def open_once(url: Secret) -> None:
    """Open `url` and wait until the browser has fetched it, or the offer has died. Raises NeedsPerson."""
    redirects = OneTimeRedirects()
    harmless = redirects.offer(url)
    if not await asyncio.to_thread(webbrowser.open, harmless):
        await redirects.close()
        raise NeedsPerson(
            code="browser-missing",
            title="No browser could be opened",
            remedy="Run `rolecall console NAME` without --open and paste the URL into a browser.",
        )
    await redirects.settled()
