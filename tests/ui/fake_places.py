"""The core's answers for the pages Deadlines and Activity, to be turned by tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.deadlines import Deadlines, ToppedUp

if TYPE_CHECKING:
    from app.domain.happening import Happening


class PlaceWishes:
    """Mixed into the fake core, which records every wish with `_call`."""

    time_line = Deadlines()
    happenings: tuple[Happening, ...] = ()
    topped_up = ToppedUp()

    def _call(self, method: str, *arguments: object) -> None:
        raise NotImplementedError

    def deadlines(self) -> Deadlines:
        return self.time_line

    async def activity(self) -> tuple[Happening, ...]:
        self._call("activity")
        return self.happenings

    async def top_up(self) -> ToppedUp:
        self._call("top_up")
        return self.topped_up
