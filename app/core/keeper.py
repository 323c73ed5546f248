"""One session, kept: obtained when needed, by one flight at a time, shared with other processes.

A keeper wraps what signs for it: an identity's key or another keeper. What it does in order: have the signer
and a person's answer ready, take the session's lock, look whether another process was faster, ask AWS, record,
publish.
"""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from app.core.codes import CodeGiver
from app.core.finishing import being_cancelled, finished
from app.core.flights import Flight
from app.core.journal import Step
from app.core.retrying import obtained_again_at, published_again_at
from app.core.shelf import Kept
from app.core.signing import Signer
from app.core.turns import Entered, locked
from app.domain import schedule
from app.domain import session as sessions
from app.domain.credentials import Credentials
from app.domain.errors import Declined, Denied, NeedsPerson, Retry, RolecallError, StorageTrouble
from app.domain.values import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from app.core.codes import Codes
    from app.core.desk import Desk
    from app.core.identity_secrets import IdentitySecrets
    from app.core.journal import Recorder
    from app.core.places import Place
    from app.core.provider_secrets import ProviderSecrets
    from app.core.shared import Found
    from app.core.shelf import Shelf
    from app.core.turns import Pace
    from app.core.world import World
    from app.domain.configuration import Settings
    from app.domain.credentials import Obtained
    from app.domain.proof import Means
    from app.domain.secret import Secret
    from app.domain.session import Event, Session

SESSION_LOST = "session-lost"
CLICKED = 0.0
"""How urgent it is what a person waits for: everything else has its end for that, in seconds since 1970."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Why credentials are asked for.

    `profile` is the one a person sees, empty when a provider's sign-in itself is wanted. `since` (UTC): with `force`,
    only credentials issued later will do. `by_person` tells a click from a renewal in the background. `displace` allows
    setting a foreign section aside. `confirmed` is the profile's name as the person typed it, where that is asked for.
    """

    profile: str
    since: datetime
    by_person: bool
    force: bool = False
    displace: bool = False
    confirmed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What every keeper is connected with.

    `changed` is called after every change of a session; `heard` with what an attempt ended with, None for success.
    """

    world: World
    shelf: Shelf
    desk: Desk
    codes: Codes
    provider_secrets: ProviderSecrets
    identity_secrets: IdentitySecrets
    journal: Recorder
    pace: Pace
    settings: Settings
    changed: Callable[[], None]
    heard: Callable[[RolecallError | None], None]


class Keeper(Signer):
    """Keeps one session. Subclasses say how AWS is asked (`_ask`) and with which codes (`_codes`).

    A flight is one attempt to obtain credentials, its passengers are the wishes that wait for it.
    """

    shared_when_signing = False
    """Whether the session goes to the keyring even while it only signs for others."""
    region = ""
    """Whose AWS is asked."""

    def __init__(self, place: Place, signer: Signer, wiring: Wiring) -> None:
        self.place = place
        self.session: Session = sessions.Session()
        self.spread = wiring.world.chance.random()
        self.signer = signer
        self._wiring = wiring
        self._world = wiring.world
        self._shelf = wiring.shelf
        self._flight: Flight[Wish, Obtained] = Flight(wiring.desk.recount)
        self._in_line = Entered(CLICKED)
        self._overtaken: Obtained | None = None
        self._refused_key_id = ""
        self._begun_with = ""
        self._lead = schedule.LEAD_LEAST
        self._due_from: datetime | None = None
        self._lead_of: Obtained | None = None

    async def _ask(self, signer: Means, code: Secret | None) -> Obtained:
        """Ask AWS once."""
        raise NotImplementedError

    async def _checked(self, obtained: Obtained) -> Obtained:
        """What AWS gave, before anything is done with it. Raises Denied for what is not to be used."""
        return obtained

    @property
    def renews_itself(self) -> bool:
        """Whether it may be obtained anew without a person's wish."""
        return True

    def asks(self, *, force: bool = False) -> str:  # noqa: ARG002  # only profiles are guarded
        """The guarded profile that a person's word is needed for; empty for none."""
        return ""

    def _codes(self) -> AbstractContextManager[CodeGiver]:
        """Where codes for one flight come from."""
        return nullcontext(CodeGiver())

    def advance(self, event: Event) -> None:
        """Apply an event and tell the world outside."""
        before = self.session
        self.session = sessions.advance(before, event, self._world.now())
        if self.session != before:
            self._wiring.changed()
            clicked = any(wish.by_person for wish in self._flight.wishes)
            self._note(Step(before=before, event=event, after=self.session, by_person=clicked))

    def _note(self, step: Step) -> None:
        """Write a step down for people, where they know the session."""

    def lead(self) -> timedelta:
        """Time before expiry from which the session is due."""
        self._reckon()
        return self._lead

    def due(self, now: datetime) -> bool:
        """Whether there are credentials, and they are within their lead."""
        if self._lead_of is not self.session.obtained:
            self._reckon()
        return self._due_from is not None and now >= self._due_from

    def turns(self) -> tuple[datetime, ...]:
        """When time alone changes what the session looks like (UTC): it is due, and it ends."""
        obtained = self.session.obtained
        return () if obtained is None else (obtained.ends - self.lead(), obtained.ends)

    def _reckon(self) -> None:
        """Lead and deadline, once for each credentials: every session is looked at every 2 s."""
        obtained = self.session.obtained
        if self._lead_of is obtained:
            return
        self._lead_of, self._lead, self._due_from = obtained, schedule.LEAD_LEAST, None
        if obtained is not None:
            self._lead = schedule.lead(obtained.life, self.spread)
            self._due_from = obtained.ends - self._lead

    async def sign(self, wish: Wish, child: Keeper | None = None) -> Credentials:
        """Credentials that sign for at least a minute more."""
        obtained = self.session.obtained
        if obtained is not None and obtained.live(self._world.surely(), schedule.SIGNING_MARGIN):
            try:
                return (await self.confirmed(obtained)).credentials_or_fail()
            except StorageTrouble as error:
                if error.code != SESSION_LOST:
                    raise
        obtained = await self.obtain(replace(wish, force=False, displace=False), wanted=False, child=child)
        return (await self.confirmed(obtained)).credentials_or_fail()

    async def refused(self, means: Means, error: RolecallError) -> None:  # noqa: ARG002  # whatever AWS says of it
        """See Signer."""
        await self._drop()

    async def _drop(self) -> None:
        if self.session.obtained is not None:
            self._refused_key_id = self.session.obtained.access_key_id
        self.advance(sessions.Dropped())
        await self._shelf.forget(self.place)

    async def loaded(self, obtained: Obtained) -> Obtained:
        """The same with its secret half, read from the keyring when needed.

        Raises StorageTrouble; with `session-lost` the session is dropped, and will be obtained anew.
        """
        if obtained.credentials is not None:
            return obtained
        try:
            full = await self._shelf.load(self.place.key, obtained)
        except StorageTrouble as error:
            if error.code == SESSION_LOST and self.session.obtained is obtained:
                await self._drop()
            raise
        if self.session.obtained is obtained:
            self.advance(sessions.Loaded(obtained=full))
        return full

    async def confirmed(self, obtained: Obtained, *, locked: bool = False) -> Obtained:
        """The same with its secret half and a known origin, asked from keyring and AWS when needed.

        `locked`: the caller holds the session's lock.
        """
        loaded = await self.loaded(obtained)
        if loaded.confirmed:
            return loaded
        try:
            full = await self._confirm(loaded)
        except Denied as error:
            await self._disown(loaded, error, locked=locked)
            raise
        if self.session.obtained is loaded:
            self.advance(sessions.Loaded(obtained=full))
        return full

    async def _confirm(self, obtained: Obtained) -> Obtained:
        """Ask AWS whose unknown credentials are. Raises Denied when they are not this session's."""
        return obtained

    async def _disown(self, obtained: Obtained, error: Denied, *, locked: bool) -> None:
        """AWS said that credentials are not what they are to be: take them away where that is asked for."""

    async def obtain(self, wish: Wish, *, wanted: bool = True, child: Keeper | None = None) -> Obtained:
        """Credentials from the one flight under way, or from a new one.

        Cancelling a caller ends the flight only when nobody else waits for it. `wanted` credentials are also
        published. Raises Declined also when the flight was ended by somebody else.
        """

        def begin() -> asyncio.Task[Obtained]:
            self._begun_with = self.session.obtained.access_key_id if self.session.obtained is not None else ""
            self.advance(sessions.Begun(wanted=wanted))
            attempt, name = self.session.attempt, f"obtain {self.place.key}"
            task = asyncio.create_task(self._fly(wish, attempt), name=name)
            task.add_done_callback(partial(self._ended, wish, attempt))
            return task

        if wanted and self._flight.task is not None:
            self.advance(sessions.Wanted())
        if wish.by_person:
            self.hasten()
        return await self._flight.join(wish, child, begin)

    def waiting(self) -> dict[str, bool]:
        """The profiles that wait for this flight, directly or through others; for each whether a click does."""
        return self._flight.waiting()

    def overtake(self, found: Found) -> None:
        """Another process obtained this session: take it over, and stop asking a person for it."""
        if found.obtained.access_key_id == self._refused_key_id:
            return
        waits = self.session.activity in sessions.WAITS_FOR
        self.advance(sessions.Adopted(obtained=found.obtained, published=found.published))
        if self._flight.task is not None and waits:
            self._overtaken = found.obtained
            self._flight.cancel()

    def abandon(self) -> asyncio.Task[Obtained] | None:
        """End what is under way, and tell whoever waits for it that it was cancelled. Returns what is yet to end."""
        return self._flight.cancel()

    def _ended(self, wish: Wish, attempt: int, task: asyncio.Task[Obtained]) -> None:
        """Tell what one that was ended before its first step could not; said a second time it changes nothing."""
        if task.cancelled():
            self.advance(sessions.Cancelled(attempt=attempt, declined=wish.profile == self.place.key))

    async def _fly(self, wish: Wish, attempt: int) -> Obtained:
        try:
            obtained = await self._acquire(wish, attempt)
        except asyncio.CancelledError:
            taken = self._overtaken
            if taken is None:
                self.advance(sessions.Cancelled(attempt=attempt, declined=wish.profile == self.place.key))
                raise
            published = self.session.published
            self.advance(sessions.Succeeded(attempt=attempt, obtained=taken, published=published, adopted=True))
            return taken
        except Declined:
            self.advance(sessions.Cancelled(attempt=attempt))
            raise
        except RolecallError as error:
            clicked = any(wish.by_person for wish in self._flight.wishes)
            retry_at = obtained_again_at(self, self._world, error, clicked=clicked)
            self.advance(sessions.Failed(attempt=attempt, problem=error.problem, retry_at=retry_at))
            raise
        else:
            return obtained
        finally:
            self._overtaken = None
            self._flight.over()

    async def _acquire(self, wish: Wish, attempt: int) -> Obtained:
        refusal: RolecallError | None = None
        refused: RolecallError | None = None
        spent: set[Retry] = set()
        with self._codes() as giver:
            while True:
                try:
                    means = await self.signer.sign(wish, self)
                except NeedsPerson:
                    # With nobody to ask for another, what AWS said of the last proof is what counts
                    if refused is None:
                        raise
                    raise refused from None
                await giver.prepare(refusal)
                try:
                    obtained = await self._locked(wish, attempt, giver, means)
                except RolecallError as error:
                    self._wiring.heard(error)
                    await giver.refused(error)
                    refusal = await self._second_chance(error, giver, spent, means)
                    refused = error
                else:
                    if obtained is not None:
                        self._wiring.heard(None)
                        return obtained

    async def _second_chance(
        self, error: RolecallError, giver: CodeGiver, spent: set[Retry], means: Means
    ) -> RolecallError | None:
        """What the giver of codes is to know before the next try; raises `error` when there is none."""
        first = error.retry not in spent
        if error.retry is Retry.TOKEN or (error.retry is Retry.SESSION and first):
            await self.signer.refused(means, error)
        if error.retry in (Retry.SESSION, Retry.TOKEN) and first:
            spent.add(error.retry)
            return error if giver.another(error) else None
        if not giver.another(error) or error.retry in spent:
            raise error
        if error.retry is Retry.CLOCK:
            spent.add(error.retry)
        return error

    async def _locked(self, wish: Wish, attempt: int, giver: CodeGiver, means: Means) -> Obtained | None:
        """Ask AWS, if nobody was faster; None when what signs expired while others held the lock.

        Nothing in here waits for a person: other processes wait for this lock. And whoever waits in here for anything
        but AWS, or its turn there, keeps nobody else from asking: neither for a lock that another process holds nor
        for a device that has no code yet.
        """
        pace = self._wiring.pace
        asking = pace.asking(self.region)
        first = pace.codes(giver.device) if giver.device else asking
        self._in_line = place = Entered(self._urgency(wish))
        async with locked(place, first, self._world.locks.hold(f"session {self.place.key}")):
            found = await self._faster(wish)
            if found is not None:
                if found.published:
                    self.advance(sessions.Wanted())
                obtained, published = found.obtained, found.published
                self.advance(sessions.Succeeded(attempt=attempt, obtained=obtained, published=published, adopted=True))
                return found.obtained
            await place.move(first)
            code = await giver.take()
            await place.move(asking)
            if isinstance(means, Credentials) and means.expires <= self._world.surely():
                return None
            obtained = await self._checked(await self._ask(means, code))
            # AWS has answered and the file may be half way: too late to cancel
            return (await finished(self._settle_in_turn(attempt, obtained, place))).result()

    def _urgency(self, wish: Wish) -> float:
        """Who waits for AWS first: a person, then whatever ends soonest. Seconds since 1970."""
        obtained = self.session.obtained
        clicked = wish.by_person or any(self.waiting().values())
        return CLICKED if clicked or obtained is None else obtained.ends.timestamp()

    def hasten(self) -> None:
        """See Signer."""
        if self._flight.task is not None:
            self._in_line.hasten(CLICKED)
            self.signer.hasten()

    async def _faster(self, wish: Wish) -> Found | None:
        """What another process obtained meanwhile, if it will do."""
        now = self._world.now()
        if await self._nobody_was_faster(wish, now):
            return None
        found = (await self._shelf.read()).find(self.place, now)
        if found is None or not found.obtained.confirmed or found.obtained.access_key_id == self._refused_key_id:
            return None
        if wish.force:
            # Times of two processes may differ by the clock's error, which each of them finds out by itself
            is_new = found.obtained.access_key_id != self._begun_with and found.obtained.issued > wish.since
            return found if is_new else None
        return found if found.obtained.live(now, self._needed(found.obtained)) else None

    async def _nobody_was_faster(self, wish: Wish, now: datetime) -> bool:
        """Whether the state alone tells that what this flight began with is still the newest, and will not do.

        Whoever obtains something writes that into the state first. Of a thousand renewals none reads the file then.
        """
        held = self.session.obtained
        if held is None or held.access_key_id != self._begun_with:
            return False
        if not wish.force and held.live(now, self._needed(held)):
            return False
        record = (await self._shelf.state()).sessions.get(self.place.key)
        return record is not None and record.access_key_id == held.access_key_id

    def _needed(self, obtained: Obtained) -> timedelta:
        """How long credentials must live to do without newer ones."""
        return schedule.lead(obtained.life, self.spread) if self.session.wanted else schedule.SIGNING_MARGIN

    async def _settle_in_turn(self, attempt: int, obtained: Obtained, asking: Entered) -> Obtained:
        async with self._wiring.pace.settling.entered(0):
            asking.leave()
            return await self._settle(attempt, obtained)

    async def _settle(self, attempt: int, obtained: Obtained) -> Obtained:
        if not (self.session.wanted or self.shared_when_signing):
            self.advance(sessions.Succeeded(attempt=attempt, obtained=obtained))
            return obtained
        before = self.session.obtained
        clicks = [wish for wish in self._flight.wishes if wish.by_person and wish.profile == self.place.key]
        try:
            kept = await self._shelf.keep(
                self.place,
                obtained,
                known_key_id=before.access_key_id if before is not None and before.confirmed else "",
                renewal=self.session.published and not clicks,
                displace=any(wish.displace for wish in clicks),
                clicked=any(self.waiting().values()),
            )
        except StorageTrouble as error:
            retry_at = published_again_at(self.session, self._world, error, obtained)
            self.advance(
                sessions.Unpublished(attempt=attempt, obtained=obtained, problem=error.problem, retry_at=retry_at)
            )
            raise
        await self._wiring.pace.turns.take()  # many hear at once that they were written
        if kept is Kept.GONE:
            self.advance(sessions.Stopped(gone=True))
        else:
            self.advance(sessions.Succeeded(attempt=attempt, obtained=obtained, published=kept is Kept.SHARED))
        return obtained

    async def publish(self, *, displace: bool) -> None:
        """Publish credentials that are here already. Raises StorageTrouble."""
        self.advance(sessions.Wanted())
        work = await finished(self._publish(displace=displace))
        error = work.exception()
        if being_cancelled():
            raise asyncio.CancelledError
        if error is not None:
            raise error

    async def _publish(self, *, displace: bool) -> None:
        async with self._world.locks.hold(f"session {self.place.key}"):
            obtained = self.session.obtained
            if obtained is None:
                return
            full = await self.confirmed(obtained, locked=True)
            known = full.access_key_id
            try:
                kept = await self._shelf.keep(self.place, full, known_key_id=known, renewal=False, displace=displace)
            except StorageTrouble as error:
                retry_at = published_again_at(self.session, self._world, error, full)
                self.advance(sessions.StillUnpublished(problem=error.problem, retry_at=retry_at))
                raise
            if self.session.obtained is not None and self.session.obtained.access_key_id == known:
                self.advance(sessions.PublishedNow(published=kept is Kept.SHARED))
