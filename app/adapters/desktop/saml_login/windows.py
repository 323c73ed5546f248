"""Answers the port `SamlLogin`: one window for each provider that is being signed in to."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from app.adapters import files
from app.adapters.desktop.saml_login import addresses, keeping, troubles
from app.adapters.desktop.saml_login.flight import Flight, Means, Times
from app.domain.errors import Declined

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import TypeVar

    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QWidget

    from app.domain.configuration import Provider
    from app.domain.errors import StorageTrouble
    from app.domain.saml import SamlResponse
    from app.ports import SamlReader

    Result = TypeVar("Result")


SETTLE_SECONDS = 1.0
"""Chromium goes on writing cookies in the background for a moment after a profile was let go, and says nothing."""


class SamlLoginWindows:
    """Opens login pages. Works in the thread and the event loop of the window.

    `reader` reads what pages post and people paste. Below `directory` each provider that stays signed in has a folder
    of its own. `draw` makes an icon: name of the drawing, colour (`#RRGGBB`), size in pixels. `paste_field` makes a
    widget that hides what is pasted: its accessible name, a hint. `switches` are added to Chromium's, which start once
    in a process.
    """

    def __init__(  # noqa: PLR0913  # each by name, most with a default
        self,
        reader: SamlReader,
        directory: Path,
        *,
        draw: Callable[[str, str, int], QIcon],
        paste_field: Callable[[str, str], QWidget],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        times: Times | None = None,
        switches: Sequence[str] = (),
    ) -> None:
        self._means = Means(
            reader=reader,
            now=now,
            draw=draw,
            paste_field=paste_field,
            times=times or Times(),
            switches=tuple(switches),
        )
        self._directory = directory
        self._flights: dict[str, list[Flight]] = {}
        self._turns: dict[str, asyncio.Lock] = {}
        self._let_go: dict[str, float] = {}
        self._forgetting: Counter[str] = Counter()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sign-ins")

    async def sign_in(self, provider: Provider, *, hidden: bool) -> SamlResponse:
        """See the port. Raises StorageTrouble `sign-ins-folder` when cookies cannot be kept."""
        kept = keeping.folder(self._directory, provider.name) if provider.remembers else None
        # Two profiles on one folder would spoil it.
        async with self._turns.setdefault(provider.name, asyncio.Lock()):
            await self._settled(provider.name)
            if kept is not None and not await self._claimed(kept, provider) and hidden:
                raise troubles.needs_person(addresses.host_of(provider.login_url), "has signed in nobody here yet")
            if self._forgetting[provider.name]:
                raise Declined  # whoever forgets waits for this, and not for a person
            flight = Flight(provider, self._means, hidden=hidden, kept=kept)
            flights = self._flights.setdefault(provider.name, [])
            flights.append(flight)
            try:
                return await flight.run()
            except OSError as error:
                raise _no_folder(error, self._directory) from error
            finally:
                flights.remove(flight)
                if kept is not None:
                    self._let_go[provider.name] = asyncio.get_running_loop().time()

    def raise_window(self, provider: str) -> None:
        """See the port."""
        for flight in self._flights.get(provider, ()):
            if flight.window is not None:
                flight.window.come()

    async def remembers(self, provider: str) -> bool:
        """See the port."""
        await self._settled(provider)
        return await self._apart(keeping.holds_cookies, keeping.folder(self._directory, provider))

    async def forget(self, provider: str) -> None:
        """See the port. A login that is open ends as Declined. Raises StorageTrouble `sign-ins-folder`."""
        self._forgetting[provider] += 1
        for flight in self._flights.get(provider, ()):
            flight.decline()
        try:
            async with self._turns.setdefault(provider, asyncio.Lock()):
                await self._settled(provider)
                await self._apart(keeping.delete, keeping.folder(self._directory, provider))
        except OSError as error:
            raise _no_folder(error, self._directory) from error
        finally:
            self._forgetting[provider] -= 1

    def close(self) -> None:
        """End the thread; what was begun is finished. Comes after every `sign_in` has ended."""
        self._worker.shutdown(wait=True)

    async def _claimed(self, kept: Path, provider: Provider) -> bool:
        try:
            return await self._apart(partial(keeping.claim, origin=addresses.origin(provider.login_url)), kept)
        except OSError as error:
            raise _no_folder(error, self._directory) from error

    async def _settled(self, provider: str) -> None:
        """Wait until what the last login of that provider kept is on the disk."""
        since = asyncio.get_running_loop().time() - self._let_go.get(provider, -SETTLE_SECONDS)
        if since < SETTLE_SECONDS:
            await asyncio.sleep(SETTLE_SECONDS - since)

    async def _apart(self, act: Callable[[Path], Result], path: Path) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._worker, act, path)


def _no_folder(error: OSError, directory: Path) -> StorageTrouble:
    title = "What is kept of this provider could not be opened or removed"
    return files.trouble(error, code="sign-ins-folder", title=title, path=directory)
