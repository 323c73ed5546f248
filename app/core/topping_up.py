"""Renewing everything that lives, with at most one code of each device and one sign-in at each provider.

What many depend on comes first: MFA sessions and sign-ins, then parents, then children. What would ask a person for
more than that is left as it is.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.core.keeper import Wish
from app.core.keepers import MfaSessionKeeper, SharedMfaKeeper, takes_code_itself
from app.core.sign_ins import ProviderSignIn
from app.domain.configuration import MfaMethod
from app.domain.deadlines import ToppedUp
from app.domain.errors import Declined, RolecallError
from app.domain.schedule import SIGNING_MARGIN

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable
    from datetime import datetime

    from app.core.engine import Engine
    from app.core.keepers import ProfileKeeper

LEASED = "leased"
CANCELLED = "cancelled"


async def top_up(engine: Engine) -> ToppedUp:
    """Renew all live sessions that a person wanted. What fails stands in `left` with the reason."""
    return await _ToppingUp(engine).run()


class _ToppingUp:
    """One run. `_left` tells why a profile was not renewed; `_asked` are the devices whose code was asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._since = engine.world.now()
        self._left: dict[str, str] = {}
        self._asked: set[str] = set()
        self._without: dict[str, str] = {}

    async def run(self) -> ToppedUp:
        live = [keeper for keeper in self._engine.roster.profiles.values() if _lives(keeper, self._since)]
        self._left = {keeper.place.key: LEASED for keeper in live if not keeper.renews_itself}
        wanted = [keeper for keeper in live if keeper.renews_itself]
        await asyncio.gather(self._renew_mfa_sessions(wanted), self._sign_in(wanted))
        for depth in sorted({len(keeper.chain.parents) for keeper in wanted}):
            await self._renew([keeper for keeper in wanted if len(keeper.chain.parents) == depth])
        names = [keeper.place.key for keeper in live]
        return ToppedUp(
            renewed=tuple(name for name in names if name not in self._left),
            left=tuple((name, self._left[name]) for name in names if name in self._left),
        )

    async def _renew_mfa_sessions(self, wanted: list[ProfileKeeper]) -> None:
        users: dict[MfaSessionKeeper, list[str]] = {}
        for keeper in wanted:
            signer = self._root(keeper).signer
            if isinstance(signer, MfaSessionKeeper):
                users.setdefault(signer, []).append(keeper.place.key)
        # Of several keys of one user the one that most depends on gets the code of their device
        ordered = sorted(users, key=lambda each: -len(users[each]))
        renewed = [each for each in ordered if self._may_ask(each.identity.mfa, each.device)]
        for each in ordered:
            if each not in renewed:
                self._without[each.place.key] = _another_code(each.device)
        await asyncio.gather(*(self._renew_mfa_session(each, users[each]) for each in renewed))

    async def _renew_mfa_session(self, keeper: MfaSessionKeeper, users: list[str]) -> None:
        failure = await _first_failure(keeper.obtain(self._wish(name), wanted=False) for name in users)
        if failure:
            self._without[keeper.place.key] = failure

    async def _sign_in(self, wanted: list[ProfileKeeper]) -> None:
        users: dict[ProviderSignIn, list[str]] = {}
        for keeper in wanted:
            signer = self._root(keeper).signer
            if isinstance(signer, ProviderSignIn) and signer.held is None:
                users.setdefault(signer, []).append(keeper.place.key)

        async def sign_in(signer: ProviderSignIn) -> None:
            failure = await _first_failure(signer.sign(self._wish(name)) for name in users[signer])
            if failure:
                self._without[signer.key] = failure

        # One login after the other: a person can only be at one
        for signer in users:
            await sign_in(signer)

    async def _renew(self, keepers: list[ProfileKeeper]) -> None:
        """Renew sessions of one depth, those that end first first where only one of them can have a code."""
        ready = []
        for keeper in sorted(keepers, key=_ends):
            reason = self._hindrance(keeper)
            if reason:
                self._left[keeper.place.key] = reason
            else:
                ready.append(keeper)

        async def renew(keeper: ProfileKeeper) -> None:
            name = keeper.place.key
            failure = await _first_failure([self._engine.assume(name, force=True, since=self._since)])
            if failure:
                self._left[name] = failure

        await asyncio.gather(*map(renew, ready))

    def _hindrance(self, keeper: ProfileKeeper) -> str:
        """Why a session cannot be renewed without asking a person again, or an empty string."""
        now = self._engine.world.now()
        for parent in reversed(keeper.chain.parents):
            session = self._engine.roster.profiles[parent.name].session
            if session.obtained is not None and session.obtained.live(now, SIGNING_MARGIN):
                return ""
        root = self._root(keeper)
        signer = root.signer
        if isinstance(signer, MfaSessionKeeper):
            held = signer.session.obtained
            good = held is not None and held.live(now, SIGNING_MARGIN)
            own = isinstance(root, SharedMfaKeeper) and (root is keeper or not good)
            return "" if good and not own else self._without.get(signer.place.key, "")
        if isinstance(signer, ProviderSignIn):
            return "" if signer.held is not None else self._without.get(signer.key, "")
        identity, device = root.chain.identity, root.chain.mfa_device
        if identity is None or device is None or not takes_code_itself(root.chain):
            return ""
        return "" if self._may_ask(identity.mfa, str(device)) else _another_code(str(device))

    def _may_ask(self, method: MfaMethod, device: str) -> bool:
        """Whether a code of a device can be had; the one that a person types only once."""
        if method is not MfaMethod.ASK:
            return True
        if device in self._asked:
            return False
        self._asked.add(device)
        return True

    def _root(self, keeper: ProfileKeeper) -> ProfileKeeper:
        parents = keeper.chain.parents
        return self._engine.roster.profiles[parents[0].name] if parents else keeper

    def _wish(self, name: str) -> Wish:
        return Wish(profile=name, since=self._since, by_person=True, force=True)


def _lives(keeper: ProfileKeeper, now: datetime) -> bool:
    session = keeper.session
    return session.wanted and session.obtained is not None and session.obtained.live(now)


def _ends(keeper: ProfileKeeper) -> datetime:
    obtained = keeper.session.obtained
    if obtained is None:
        message = "only sessions that live are renewed"
        raise AssertionError(message)
    return obtained.ends


async def _first_failure(works: Iterable[Awaitable[object]]) -> str:
    """Wait for all; why the first that failed did, or an empty string. What is no failure of ours goes on."""
    results = await asyncio.gather(*works, return_exceptions=True)
    reason = ""
    for result in results:
        if isinstance(result, Declined):
            reason = reason or CANCELLED
        elif isinstance(result, RolecallError):
            reason = reason or result.title
        elif isinstance(result, BaseException):
            raise result
    return reason


def _another_code(device: str) -> str:
    return f"needs another code of {device}"
