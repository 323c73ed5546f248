"""The core's answers for the page Tools, to be turned by tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.caller import Caller
from app.domain.denial import Denial
from app.domain.x_ray import XRay

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.exchange import Exchange
    from app.domain.x_ray import Remedy


class FakeTools:
    """`called` is the fake core's own way of recording wishes, and of failing."""

    def __init__(self, called: Callable[..., None]) -> None:
        self._call = called
        self.caller = Caller(subject="")
        self.ray = XRay(access_key_id="")
        self.denial = Denial(sentence="")
        self.exchanges: tuple[Exchange, ...] = ()

    async def who_am_i(self, subject: str) -> Caller:
        self._call("who_am_i", subject)
        return self.caller

    async def x_ray(self, access_key_id: str) -> XRay:
        self._call("x_ray", access_key_id)
        return self.ray

    async def mend(self, remedy: Remedy) -> None:
        self._call("mend", remedy)

    async def why_denied(self, text: str, profile: str = "") -> Denial:
        self._call("why_denied", text, profile)
        return self.denial

    async def why_failed(self, name: str) -> Denial:
        self._call("why_failed", name)
        return self.denial

    def requests(self) -> tuple[Exchange, ...]:
        return self.exchanges
