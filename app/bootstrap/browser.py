"""The desktop of a person at a terminal: their browser, opened without a window of ours, and the terminal itself.

A URL handed to a browser stands in the arguments of a process: it is given a one-time loopback URL that leads on.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import webbrowser
from typing import TYPE_CHECKING

from app.adapters.loopback import OneTimeRedirects
from app.domain.errors import BadInput, NeedsPerson

if TYPE_CHECKING:
    from collections.abc import Callable

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


class TerminalDesktop:
    """Answers the port `Desktop`. `tell` prints one line for the person; with `print_links` no browser is opened.

    Needs a running event loop. `close` ends the one-time URLs that nobody fetched.
    """

    def __init__(self, tell: Callable[[str], None], *, print_links: bool = False) -> None:
        self._tell = tell
        self._print_links = print_links
        self._redirects = OneTimeRedirects()

    def open_secret_url(self, url: Secret) -> None:
        """See the port. Where no browser can be opened, the URL is printed: it is the person's own terminal."""
        if self._print_links:
            self._print(url)
            return
        loop = asyncio.get_running_loop()
        harmless = self._redirects.offer(url)

        def work() -> None:
            if not webbrowser.open(harmless):
                # The program may have ended meanwhile
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(self._print, url)

        # A browser may not return before it is closed, and the program ends without it
        threading.Thread(target=work, name="rolecall-browser", daemon=True).start()

    def _print(self, url: Secret) -> None:
        self._tell(f"Open this link in a browser on this machine:\n{url.reveal()}")

    def copy_secret(self, text: Secret, *, seconds: float) -> None:  # noqa: ARG002  # the port's signature
        """There is no clipboard here. Raises BadInput."""
        raise BadInput(code="no-desktop", title="There is no clipboard here", remedy="Use the window.")

    def copy_text(self, text: str) -> None:
        """Print it."""
        self._tell(text)

    async def settled(self) -> None:
        """Wait until every one-time URL was fetched, or has died."""
        await self._redirects.settled()

    async def close(self) -> None:
        """End all one-time URLs."""
        await self._redirects.close()
