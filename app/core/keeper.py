"""One session, kept: obtained when needed, by one flight at a time, shared with other processes.

A keeper wraps what signs for it: an identity's key or another keeper. What it does in order: have the signer
and a person's answer ready, take the session's lock, look whether another process was faster, ask AWS, record,
publish.
"""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.codes import CodeGiver
from app.core.shelf import Kept
from app.domain import schedule
from app.domain import session as sessions
from app.domain.errors import Declined, Retry, RolecallError, StorageTrouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from app.core.codes import Codes
    from app.core.desk import Desk
    from app.core.places import Place
    from app.core.shared import Found
    from app.core.shelf import Shelf
    from app.core.world import World
    from app.domain.configuration import Settings
    from app.domain.credentials import Credentials, Obtained, SigningKey
    from app.domain.secret import Secret
    from app.domain.session import Event, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Why credentials are asked for.

    `profile` is the one a person sees. `since` (UTC): with `force`, only credentials issued later will do.
    `by_person` tells a click from a renewal in the background. `displace` allows setting a foreign section aside.
    """

    profile: str
    since: datetime
    by_person: bool
    force: bool = False
    displace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What every keeper is connected with.

    `changed` is called after every change of a session; `heard` with what an attempt ended with, None for success.
    """

    world: World
    shelf: Shelf
    desk: Desk
    codes: Codes
    settings: Settings
    changed: Callable[[], None]
    heard: Callable[[RolecallError | None], None]


class Signer:
    """What can sign a request: an identity's key, or a session."""

    async def sign(self, wish: Wish) -> SigningKey:
        """The key, obtained first if need be."""
        raise NotImplementedError

    async def refused(self) -> None:
        """AWS says that the key has expired: do not use it again."""


class Keeper(Signer):
    """Keeps one session. Subclasses say how AWS is asked (`_ask`) and with which codes (`_codes`)."""

    def __init__(self, place: Place, signer: Signer, wiring: Wiring) -> None:
        self.place = place
        self.session: Session = sessions.Session()
        self.spread = wiring.world.chance.random()
        self.signer = signer
        self._wiring = wiring
        self._world = wiring.world
        self._shelf = wiring.shelf
        self._flight: asyncio.Task[Obtained] | None = None
        self._overtaken: Obtained | None = None
        self._refused_key_id = ""
        self._passengers: list[Wish] = []

    async def _ask(self, signer: SigningKey, code: Secret | None) -> Obtained:
        """Ask AWS once."""
        raise NotImplementedError

    def _codes(self) -> AbstractContextManager[CodeGiver]:
        """Where codes for one flight come from."""
        return nullcontext(CodeGiver())

    def advance(self, event: Event) -> None:
        """Apply an event and tell the world outside."""
        before = self.session
        self.session = sessions.advance(before, event, self._world.now())
        if self.session != before:
            self._wiring.changed()

    def lead(self) -> timedelta:
        """Time before expiry from which the session is due."""
        obtained = self.session.obtained
        return schedule.lead(obtained.life, self.spread) if obtained is not None else schedule.LEAD_LEAST

    def due(self, now: datetime) -> bool:
        """Whether there are credentials, and they are within their lead."""
        obtained = self.session.obtained
        return obtained is not None and not obtained.live(now, self.lead())

    async def sign(self, wish: Wish) -> Credentials:
        """Credentials that sign for at least a minute more."""
        obtained = self.session.obtained
        if obtained is None or not obtained.live(self._world.now(), schedule.SIGNING_MARGIN):
            obtained = await self.obtain(replace(wish, force=False, displace=False), wanted=False)
        return (await self.confirmed(obtained)).credentials_or_fail()

    async def refused(self) -> None:
        """See Signer."""
        if self.session.obtained is not None:
            self._refused_key_id = self.session.obtained.access_key_id
        self.advance(sessions.Dropped())
        await self._shelf.forget(self.place)

    async def loaded(self, obtained: Obtained) -> Obtained:
        """The same with its secret half, read from the keyring when needed."""
        if obtained.credentials is not None:
            return obtained
        full = await self._shelf.load(self.place.key, obtained)
        if self.session.obtained is obtained:
            self.advance(sessions.Loaded(obtained=full))
        return full

    async def confirmed(self, obtained: Obtained) -> Obtained:
        """The same with its secret half and a known origin, asked from keyring and AWS when needed."""
        loaded = await self.loaded(obtained)
        full = loaded if loaded.confirmed else await self._confirm(loaded)
        obtained = loaded
        if full is not obtained and self.session.obtained is obtained:
            self.advance(sessions.Loaded(obtained=full))
        return full

    async def _confirm(self, obtained: Obtained) -> Obtained:
        """Ask AWS whose unknown credentials are. Raises Denied when they are not this session's."""
        return obtained

    async def obtain(self, wish: Wish, *, wanted: bool = True) -> Obtained:
        """Credentials from the one flight under way, or from a new one.

        Cancelling a caller ends the flight only when nobody else waits for it. `wanted` credentials are also
        published.
        """
        self._passengers.append(wish)
        if self._flight is None:
            self.advance(sessions.Begun(wanted=wanted))
            name = f"obtain {self.place.key}"
            self._flight = asyncio.create_task(self._fly(wish, self.session.attempt), name=name)
        elif wanted:
            self.advance(sessions.Wanted())
        flight = self._flight
        self._boarded(wish)
        try:
            return await asyncio.shield(flight)
        finally:
            self._passengers.remove(wish)
            self._left(wish)
            if not self._passengers and not flight.done():
                flight.cancel()
                await asyncio.wait([flight])

    def overtake(self, found: Found) -> None:
        """Another process obtained this session: take it over, and stop asking a person for it."""
        self.advance(sessions.Adopted(obtained=found.obtained, published=found.published))
        if self._flight is not None and self.session.activity in sessions.WAITS_FOR:
            self._overtaken = found.obtained
            self._flight.cancel()

    def abandon(self) -> None:
        """The settings changed: what is under way ends, and whoever waits for it is told that it was cancelled."""
        if self._flight is not None:
            self._flight.cancel()

    def _boarded(self, wish: Wish) -> None:
        """A wish came aboard."""

    def _left(self, wish: Wish) -> None:
        """A wish left."""

    async def _fly(self, wish: Wish, attempt: int) -> Obtained:
        try:
            obtained = await self._acquire(wish, attempt)
        except asyncio.CancelledError:
            taken, self._overtaken = self._overtaken, None
            if taken is None:
                self.advance(sessions.Cancelled(attempt=attempt))
                raise
            published = self.session.published
            self.advance(sessions.Succeeded(attempt=attempt, obtained=taken, published=published))
            return taken
        except Declined:
            self.advance(sessions.Cancelled(attempt=attempt))
            raise
        except RolecallError as error:
            self._wiring.heard(error)
            self.advance(sessions.Failed(attempt=attempt, problem=error.problem, retry_at=self._retry_at(error)))
            raise
        else:
            self._wiring.heard(None)
            return obtained
        finally:
            self._flight = None

    async def _acquire(self, wish: Wish, attempt: int) -> Obtained:
        refusal: RolecallError | None = None
        spent: set[Retry] = set()
        with self._codes() as giver:
            while True:
                await self.signer.sign(wish)
                await giver.prepare(refusal)
                try:
                    return await self._locked(wish, attempt, giver)
                except RolecallError as error:
                    refusal = await self._second_chance(error, giver, spent)

    async def _second_chance(self, error: RolecallError, giver: CodeGiver, spent: set[Retry]) -> RolecallError | None:
        """What the giver of codes is to know before the next try; raises `error` when there is none."""
        if error.retry is Retry.SESSION and error.retry not in spent:
            spent.add(error.retry)
            await self.signer.refused()
            return error if giver.another(error) else None
        if not giver.another(error) or error.retry in spent:
            raise error
        if error.retry is Retry.CLOCK:
            spent.add(error.retry)
        return error

    async def _locked(self, wish: Wish, attempt: int, giver: CodeGiver) -> Obtained:
        async with self._world.locks.hold(f"session {self.place.key}"):
            found = await self._faster(wish)
            if found is not None:
                self.advance(sessions.Succeeded(attempt=attempt, obtained=found.obtained, published=found.published))
                return found.obtained
            obtained = await self._ask(await self.signer.sign(wish), await giver.take())
            settling = asyncio.ensure_future(self._settle(wish, attempt, obtained))
            try:
                return await asyncio.shield(settling)
            except asyncio.CancelledError:
                # AWS has answered and the file may be half way: too late to cancel
                return await settling

    async def _faster(self, wish: Wish) -> Found | None:
        """What another process obtained meanwhile, if it will do."""
        now = self._world.now()
        found = (await self._shelf.read()).find(self.place, now)
        if found is None or not found.obtained.confirmed or found.obtained.access_key_id == self._refused_key_id:
            return None
        if wish.force:
            return found if found.obtained.issued > wish.since else None
        needed = schedule.lead(found.obtained.life, self.spread) if self.session.wanted else schedule.SIGNING_MARGIN
        return found if found.obtained.live(now, needed) else None

    async def _settle(self, wish: Wish, attempt: int, obtained: Obtained) -> Obtained:
        if not self.session.wanted and self.place.aws_profile:
            self.advance(sessions.Succeeded(attempt=attempt, obtained=obtained))
            return obtained
        before = self.session.obtained
        try:
            kept = await self._shelf.keep(
                self.place,
                obtained,
                known_key_id=before.access_key_id if before is not None and before.confirmed else "",
                renewal=self.session.published and not wish.by_person,
                displace=wish.displace,
            )
        except StorageTrouble as error:
            self.advance(sessions.Unpublished(attempt=attempt, obtained=obtained, problem=error.problem))
            raise
        if kept is Kept.GONE:
            self.advance(sessions.Stopped())
        else:
            self.advance(sessions.Succeeded(attempt=attempt, obtained=obtained, published=kept is Kept.SHARED))
        return obtained

    async def publish(self, *, displace: bool) -> None:
        """Publish credentials that are here already. Raises StorageTrouble."""
        obtained = self.session.obtained
        if obtained is None:
            return
        self.advance(sessions.Wanted())
        async with self._world.locks.hold(f"session {self.place.key}"):
            full = await self.confirmed(obtained)
            known = full.access_key_id
            await self._shelf.keep(self.place, full, known_key_id=known, renewal=False, displace=displace)
        self.advance(sessions.PublishedNow())

    def _retry_at(self, error: RolecallError) -> datetime | None:
        obtained, now = self.session.obtained, self._world.now()
        if error.retry is not Retry.BACK_OFF or obtained is None:
            return None
        return schedule.retry_at(
            failures=self.session.failures + 1,
            failing_since=self.session.failing_since or now,
            expires=obtained.expires,
            now=now,
            chance=self._world.chance.random(),
        )
