"""Renewing all that lives because a person wants new credentials everywhere: parents first, one question at a time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from app.core.sign_ins import ProviderSignIn
from app.domain.errors import Declined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.engine import Engine
    from app.core.keepers import ProfileKeeper


async def refresh_all(engine: Engine) -> tuple[str, ...]:
    """Renew what lives; returns the names of those left as they are: what is lent, or has to be confirmed.

    The first failure is raised after all have ended.
    """
    lives = [
        keeper
        for keeper in engine.roster.profiles.values()
        if keeper.session.wanted and keeper.session.obtained is not None
    ]
    live = [keeper for keeper in lives if keeper.renews_itself and not keeper.asks(force=True)]
    failures: list[BaseException] = []
    for wave in _waves(live):
        failures += await _renew(engine, wave)
    for failure in sorted(failures, key=lambda each: isinstance(each, Declined)):
        raise failure
    return tuple(keeper.place.key for keeper in lives if keeper not in live)


def _waves(keepers: list[ProfileKeeper]) -> Iterator[list[ProfileKeeper]]:
    """Those that wait for no other first: what they need of a person is then asked for at once, and told together."""
    names = {keeper.place.key for keeper in keepers}
    after = {keeper: sum(parent.name in names for parent in keeper.chain.parents) for keeper in keepers}
    for depth in sorted(set(after.values())):
        yield [keeper for keeper in keepers if after[keeper] == depth]


async def _renew(engine: Engine, keepers: list[ProfileKeeper]) -> list[BaseException]:
    """Renew them at once, but one provider after the other where a person has to sign in. Returns the failures."""
    free: list[str] = []
    asking: defaultdict[str, list[str]] = defaultdict(list)
    for keeper in keepers:
        parents = keeper.chain.parents
        signer = (engine.roster.profiles[parents[0].name] if parents else keeper).signer
        asks = isinstance(signer, ProviderSignIn) and signer.held is None and signer.needs_person
        names = asking[signer.key] if isinstance(signer, ProviderSignIn) and asks else free
        names.append(keeper.place.key)

    async def renew(names: list[str]) -> list[BaseException]:
        results = await asyncio.gather(*(engine.assume(name, force=True) for name in names), return_exceptions=True)
        return [result for result in results if isinstance(result, BaseException)]

    async def in_turn() -> list[BaseException]:
        return [failure for names in asking.values() for failure in await renew(names)]

    return [failure for failures in await asyncio.gather(renew(free), in_turn()) for failure in failures]
