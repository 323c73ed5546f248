"""The tools: questions that explain something, each answered by a module of its own. Nothing is published by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.tools import denied, failed, whoami, xray

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.domain.caller import Caller
    from app.domain.denial import Denial
    from app.domain.exchange import Exchange
    from app.domain.x_ray import Remedy, XRay


class CoreTools:
    """Implements `app.core.intents.Tools` on an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def who_am_i(self, subject: str) -> Caller:
        """See Tools."""
        return await whoami.who_am_i(self._engine, subject)

    async def x_ray(self, access_key_id: str) -> XRay:
        """See Tools."""
        return await xray.x_ray(self._engine, access_key_id)

    async def mend(self, remedy: Remedy) -> None:
        """See Tools."""
        await self._engine.world.aws_tools.mend(remedy)
        await self._engine.look(force=True)

    async def why_denied(self, text: str, profile: str = "") -> Denial:
        """See Tools."""
        return await denied.why_denied(self._engine, text, profile)

    async def why_failed(self, name: str) -> Denial:
        """See Tools."""
        return await failed.why_failed(self._engine, name)

    def requests(self) -> tuple[Exchange, ...]:
        """See Tools."""
        return tuple(reversed(self._engine.world.sts.exchanges))
