"""The session engine: what a person's wish sets in motion."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from app.core.codes import Codes
from app.core.desk import Desk
from app.core.finishing import being_cancelled
from app.core.guards import ACCOUNT_PIN
from app.core.identity_secrets import IdentitySecrets
from app.core.journal import Recorder
from app.core.keeper import Wiring, Wish
from app.core.neighbours import Neighbours, replaced_by
from app.core.provider_secrets import ProviderSecrets
from app.core.publishing import Publisher
from app.core.roster import Roster
from app.core.shelf import Shelf
from app.core.turns import Pace
from app.core.withdrawing import BUSY_SECONDS, withdraw_all
from app.domain import session as sessions
from app.domain.configuration import Configuration
from app.domain.errors import BadInput, Declined, Denied, NetworkTrouble, Problem, RolecallError, StorageTrouble
from app.domain.values import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from app.core.keepers import ProfileKeeper
    from app.core.sign_ins import ProviderSignIn
    from app.core.world import World
    from app.domain.credentials import Obtained

T = TypeVar("T")

SETTLE_SECONDS = 10
"""How long a stop waits for a write that is under way."""


class Engine:
    """All sessions of one process. `changed` is called after every change that people could see."""

    def __init__(self, world: World, changed: Callable[[], None]) -> None:
        self.world = world
        self.desk = Desk(person_present=world.person_present, changed=changed, asked=self._asked)
        self.pace = Pace()
        publisher = Publisher(world.state, world.file, coming=self.pace.asks, replaced=self._replaced)
        self.shelf = Shelf(world, publisher)
        self.codes = Codes(world, self.desk)
        self.provider_secrets = ProviderSecrets(world)
        self.identity_secrets = IdentitySecrets(world.secrets)
        self.journal = Recorder(world, changed)
        self.online: bool | None = None
        self.settings_problem: Problem | None = None
        self.file_problem: Problem | None = None
        self.changed = changed
        self.roster = Roster(Configuration(), self.wiring(Configuration()))
        self._begun: set[asyncio.Task[None]] = set()
        self._finishing: set[asyncio.Task[Any]] = set()
        self._wishes: defaultdict[str, set[asyncio.Task[Obtained]]] = defaultdict(set)
        self._settings_seen: tuple[int, ...] = ()
        self._left_behind: set[str] = set()
        self.neighbours = Neighbours(self)

    def wiring(self, configuration: Configuration) -> Wiring:
        """What keepers of a configuration are connected with."""
        return Wiring(
            world=self.world,
            shelf=self.shelf,
            desk=self.desk,
            codes=self.codes,
            provider_secrets=self.provider_secrets,
            identity_secrets=self.identity_secrets,
            journal=self.journal,
            pace=self.pace,
            settings=replace(configuration.settings, region=self.world.endpoints(configuration.settings).region),
            changed=self.changed,
            heard=self._heard,
        )

    async def start(self) -> None:
        """Load the settings and adopt what earlier runs or other processes left. Asks nobody anything."""
        await self.reload()
        await self.look(force=True)
        await self.neighbours.sweep_lent()  # also where no loop would see to it

    async def reload(self) -> None:
        """Read the settings file; a broken one leaves what was loaded before, and says so."""
        self._settings_seen = await self.world.settings.fingerprint()
        try:
            configuration = await self.world.settings.load()
        except StorageTrouble as error:
            self.settings_problem = error.problem
            self.changed()
            return
        self.settings_problem = None
        await self.configure(configuration, patience=BUSY_SECONDS)

    async def configure(self, configuration: Configuration, *, patience: float = SETTLE_SECONDS) -> None:
        """Work with another configuration; sessions whose profiles are the same go on. `patience`: see `part`."""
        self.world.configured(configuration.settings)
        self.roster = Roster(configuration, self.wiring(configuration), self.roster)
        self._left_behind |= self.roster.left_behind
        self.neighbours.look_anew()
        self.changed()
        if self.roster.ending:
            await asyncio.wait(self.roster.ending, timeout=SETTLE_SECONDS)
        await self.part(patience=patience)
        await self.find_out("oidc")
        await self.find_out("saml")  # which may wait until cookies are on the disk

    async def find_out(self, kind: str) -> None:
        """Look which providers of a type remember the person; asks no keyring. What is unreadable stays as it was."""
        for sign_in in list(self.roster.sign_ins.values()):
            if sign_in.provider.type == kind:
                with suppress(StorageTrouble):
                    await sign_in.find_out()

    async def part(self, *, patience: float) -> None:
        """Withdraw what nobody keeps any more; what another process is busy with for `patience` seconds, later."""
        names = [name for name in self._left_behind if not self.shelf.hopeless(name)]
        await withdraw_all(self.world.locks, names, self._part_from, patience=patience)

    async def _part_from(self, names: frozenset[str]) -> frozenset[str]:
        """Withdraw sessions, but not what another process obtained for the profiles as they are now."""
        shared, now = await self.shelf.read(), self.world.surely()
        places = {name: keeper.place for name in names if (keeper := self.roster.profiles.get(name)) is not None}
        new = {name: place for name, place in places.items() if shared.holds(place, now)}
        elsewhere = {
            section.aws_profile
            for section in shared.sections.values()
            if section.profile in new and section.aws_profile != new[section.profile].aws_profile
        }
        removed = await self.shelf.withdraw(names - new.keys(), extra_sections=frozenset(elsewhere))
        self._left_behind -= names
        return removed

    def keeper(self, name: str) -> ProfileKeeper:
        """The keeper of a profile. Raises BadInput for a name that is unknown or was refused."""
        if name in self.roster.profiles:
            return self.roster.profiles[name]
        raise self._refused(f"profile.{name}") or BadInput(
            code="profile-unknown",
            title=f"There is no profile “{name}”",
            remedy="`rolecall list` shows the names.",
            field="profile",
        )

    def _refused(self, entry: str) -> BadInput | None:
        """Why an entry of the settings cannot be used, as an error; None when it was not refused."""
        problem = next((each.problem for each in self.roster.configuration.refusals if each.entry == entry), None)
        if problem is None:
            return None
        return BadInput(
            code=problem.code,
            title=problem.title,
            detail=problem.detail,
            remedy=problem.remedy,
            field=problem.field,
        )

    def sign_in(self, provider: str) -> ProviderSignIn:
        """The sign-in of a provider. Raises BadInput for a name that is unknown or was refused."""
        if provider in self.roster.sign_ins:
            return self.roster.sign_ins[provider]
        raise self._refused(f"provider.{provider}") or BadInput(
            code="provider-unknown",
            title=f"There is no provider “{provider}”",
            remedy="`rolecall provider list` shows the names.",
            field="provider",
        )

    async def assume(
        self,
        name: str,
        *,
        displace: bool = False,
        force: bool = False,
        confirmed: str = "",
        since: datetime | None = None,
    ) -> Obtained:
        """What a click does: live credentials, published. With `force` new ones, whatever time is left.

        `since` (UTC) is when the click was, if not now. Raises BadInput `confirmation-needed` before anything is asked.
        """
        keeper = self.keeper(name)
        keeper.check_confirmed(confirmed, force=force)
        await self.pace.turns.take()
        await self._check_publishing(keeper, displace=displace)
        obtained, now = keeper.session.obtained, self.world.now()
        if obtained is not None and obtained.live(now) and not obtained.confirmed:
            rewritten_here = self.neighbours.obtained_here(keeper, obtained)
            try:
                obtained = obtained if force and rewritten_here else await keeper.confirmed(obtained)
            except Denied as error:
                if not rewritten_here or error.code == ACCOUNT_PIN:
                    raise
                force = True
        # What is lent ends when it was to end, unless new credentials are what the person asked for
        margin = keeper.lead() if keeper.renews_itself else timedelta(0)
        if obtained is None or force or not obtained.live(now, margin):
            wish = Wish(
                profile=name,
                since=since or now,
                by_person=True,
                force=force,
                displace=displace,
                confirmed=confirmed,
            )
            obtained = await self._fulfil(keeper, wish)
        session = keeper.session
        if session.obtained is not None and not (session.published and session.wanted):
            await keeper.publish(displace=displace)
        return keeper.session.obtained or obtained

    def begin(self, name: str) -> None:
        """Assume a profile without waiting for it; how that ends stands in its session."""
        task = asyncio.create_task(self._assume_quietly(name), name=f"begun {name}")
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    async def _assume_quietly(self, name: str) -> None:
        try:
            await self.assume(name)
        except Declined:
            return
        except RolecallError as error:
            keeper = self.roster.profiles.get(name)
            if keeper is None or keeper.session.busy or keeper.session.problem or keeper.session.obtained:
                return
            keeper.advance(sessions.Begun(wanted=False))
            keeper.advance(sessions.Failed(attempt=keeper.session.attempt, problem=error.problem))

    async def finish(self, what: Coroutine[Any, Any, T]) -> T:
        """Wait for what goes on to its end also when this is cancelled; `close` waits for it, too, but not for ever."""
        task = asyncio.create_task(what)
        self._finishing.add(task)
        task.add_done_callback(self._finishing.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """End what nobody waits for any more: sign-ins that are open, and wishes that were only begun."""
        tasks: list[asyncio.Task[Any]] = [*self._begun]
        for task in tasks:
            task.cancel()
        tasks += [flight for each in self.roster.sign_ins.values() if (flight := each.abandon()) is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=SETTLE_SECONDS)
        if self._finishing:
            await asyncio.wait(self._finishing, timeout=SETTLE_SECONDS)
        exchanges = [asyncio.ensure_future(sign_in.settled()) for sign_in in self.roster.sign_ins.values()]
        if exchanges:
            await asyncio.wait(exchanges, timeout=SETTLE_SECONDS)
        await self.journal.settled()

    async def renew(self, keeper: ProfileKeeper) -> None:
        """Renew in the background, or publish again what could not be. What it ends with stands in the session."""
        wish = Wish(profile=keeper.place.key, since=self.world.now(), by_person=False)
        await self.pace.turns.take()
        with suppress(RolecallError):
            if keeper.session.unwritten:
                await keeper.publish(displace=False)
            else:
                await self._fulfil(keeper, wish)

    async def _fulfil(self, keeper: ProfileKeeper, wish: Wish) -> Obtained:
        task = asyncio.create_task(keeper.obtain(wish), name=f"wish {wish.profile}")
        wishes = self._wishes[wish.profile]
        wishes.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not being_cancelled():
                raise Declined from None
            task.cancel()
            await asyncio.wait([task])
            raise
        finally:
            wishes.discard(task)

    async def _check_publishing(self, keeper: ProfileKeeper, *, displace: bool) -> None:
        """Say what stands against publishing before anyone types a code. Raises BadInput or StorageTrouble."""
        name = keeper.place.aws_profile
        if not name:
            return
        setting = await self.world.aws_config.overriding(name)
        if setting:
            raise BadInput(
                code="aws-profile-overridden",
                title=f"AWS tools would ignore what is published as [{name}]",
                detail=f"The AWS config file sets {setting} for that profile, which wins over published keys.",
                remedy=f"Set another aws_profile for “{keeper.place.key}”, for example “rolecall-{name}”.",
                field="aws_profile",
            )
        if not displace and not keeper.session.published:
            await self.shelf.check_free(name)

    async def cancel(self, name: str) -> None:
        """End what is being done for a profile; credentials it has stay."""
        tasks = list(self._wishes[name])
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=SETTLE_SECONDS)

    async def stop(self, name: str) -> None:
        """Withdraw and forget a profile's credentials, also of one that is configured no more, or wrongly."""
        keeper = self.roster.profiles.get(name)
        if keeper is None and not await self.shelf.holds(name):
            keeper = self.keeper(name)
        await self.cancel(name)
        if keeper is not None:
            keeper.abandon()
        async with self.world.locks.hold(f"session {name}"):
            await self.shelf.withdraw(frozenset({name}))
            if keeper is not None:
                keeper.advance(sessions.Stopped())

    async def stop_all(self) -> frozenset[str]:
        """Withdraw everything of this installation and its MFA sessions; returns the AWS profile names removed."""
        for name in list(self._wishes):
            await self.cancel(name)
        flights = [flight for keeper in self.roster.all() if (flight := keeper.abandon()) is not None]
        if flights:
            await asyncio.wait(flights, timeout=SETTLE_SECONDS)
        shared = await self.shelf.read()
        names = {each.profile for each in shared.sections.values() if each.profile} | shared.state.sessions.keys()
        removed = await withdraw_all(self.world.locks, names, self._stop)
        nameless = frozenset(name for name, each in shared.sections.items() if not each.profile)
        if nameless:
            removed |= await self.shelf.withdraw(frozenset(), extra_sections=nameless)
        for keeper in self.roster.all():
            if keeper.place.key not in names and not keeper.session.busy:
                keeper.advance(sessions.Stopped())
        return removed

    async def _stop(self, names: frozenset[str]) -> frozenset[str]:
        removed = await self.shelf.withdraw(names)
        for keeper in filter(None, map(self.roster.by_key, names)):
            keeper.advance(sessions.Stopped())
        return removed

    async def look(self, *, force: bool = False) -> None:
        """Take notice of what other processes did to settings, state and credentials file."""
        if not force and await self.world.settings.fingerprint() != self._settings_seen:
            await self.reload()
        if await self.neighbours.look(force=force):
            await self.find_out("oidc")

    async def ascertain(self, keeper: ProfileKeeper) -> None:
        """Ask AWS whose the credentials of a pinned profile are. What is of another account is withdrawn."""
        obtained = keeper.session.obtained
        if obtained is not None:
            with suppress(RolecallError):
                await keeper.confirmed(obtained)

    def _asked(self, names: frozenset[str], waiting_for: str) -> None:
        kind = "browser" if waiting_for == "sign-in" else waiting_for
        for name in names:
            keeper = self.roster.by_key(name)
            if keeper is None:
                continue
            attempt = keeper.session.attempt
            if kind:
                keeper.advance(sessions.PersonNeeded(attempt=attempt, waiting_for=kind))
            elif keeper.session.busy:
                keeper.advance(sessions.Resumed(attempt=attempt))

    def _replaced(self, loser: str, winner: str) -> None:
        keeper = self.roster.by_key(loser)
        if keeper is not None:
            keeper.advance(sessions.Stopped(problem=replaced_by(winner)))

    def _heard(self, error: RolecallError | None) -> None:
        online = self.online
        if error is None or error.request_id:
            online = True
        elif isinstance(error, NetworkTrouble):
            online = False
        if online is not self.online:
            self.online = online
            self.changed()
