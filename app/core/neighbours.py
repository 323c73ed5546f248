"""What other processes did to state and credentials file, and what of all that is over: taken over, or taken away."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.core.guards import account_pin, loan_ends, of_other_account
from app.core.journal import expired_unkept, rewritten
from app.core.withdrawing import BUSY_SECONDS
from app.domain import session as sessions
from app.domain.arn import account_of
from app.domain.errors import Problem, RolecallError, StorageTrouble
from app.domain.settings_fields import MFA_SESSION_PREFIX
from app.domain.values import replace

if TYPE_CHECKING:
    from app.core.engine import Engine
    from app.core.keeper import Keeper
    from app.core.shared import Shared
    from app.domain.credentials import Obtained
    from app.domain.state import SessionRecord

CONTACTING = sessions.Activity.CONTACTING
CROWDED_SECONDS = 10.0
"""How long the files are not compared at most while very many sessions are renewed."""


class Neighbours:
    """Looks at what an engine shares with other processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._world = engine.world
        self._shelf = engine.shelf
        self._seen: tuple[tuple[int, ...], ...] = ()
        self._shared: Shared | None = None
        self._looked_at = -CROWDED_SECONDS

    def look_anew(self) -> None:
        """With the next look compare everything, also where the files are the same."""
        self._seen = ()

    async def look(self, *, force: bool = False) -> bool:
        """Take notice of what was done to state and file, if anything was; whether there was."""
        engine = self._engine
        try:
            await engine.part(patience=BUSY_SECONDS)
            await engine.journal.look()
            seen = (await self._world.state.fingerprint(), await self._world.file.fingerprint())
        except RolecallError:
            # Whoever tells this is to hear when it is over, though the files be the same then.
            self._seen = ()
            raise
        if not force and (seen == self._seen or self._puts_it_off()):
            return False
        before = {keeper.place.key: keeper.session for keeper in engine.roster.all()}
        try:
            shared = await self._shelf.read()
        except StorageTrouble as error:
            self._tell(error.problem)
            return False
        self._tell(None)
        shared = await engine.journal.compare(self._shared, self._seen, seen, shared, self._shelf.read)
        self._seen, self._shared = seen, shared
        for sign_in in engine.roster.sign_ins.values():
            sign_in.look_again()
        for keeper in engine.roster.all():
            if keeper.session is before.get(keeper.place.key) and keeper.session.activity is not CONTACTING:
                await self._compare(keeper, shared)
            else:
                # it moved while the files were read, or will in a moment: look again
                self._seen = ()
        return True

    def _puts_it_off(self) -> bool:
        """Whether there is a crowd to be renewed: then each of them looks itself before it asks, and we less often."""
        now = self._world.clock.monotonic()
        if self._engine.pace.is_crowded() and now - self._looked_at < CROWDED_SECONDS:
            return True
        self._looked_at = now
        return False

    def _tell(self, problem: Problem | None) -> None:
        """Let people see why the file could not be read, or that it can be again."""
        if problem is not None or self._engine.file_problem is not None:
            self._engine.file_problem = problem
            self._engine.changed()

    async def _compare(self, keeper: Keeper, shared: Shared) -> None:
        now = self._world.surely()
        found, session = shared.find(keeper.place, now), keeper.session
        ours = session.obtained
        if found is None:
            if session.published and ours is not None and ours.live(now):
                await self._stopped_elsewhere(keeper, shared)
        elif ours is not None and found.obtained.access_key_id == ours.access_key_id:
            if not session.published:
                keeper.overtake(found)
            elif found.obtained.credentials is not None and rewritten(ours.credentials, found.obtained.credentials):
                # Tools take what stands in the file, whoever wrote that
                keeper.overtake(replace(found, obtained=replace(found.obtained, confirmed=False)))
        elif ours is None or session.published or found.obtained.issued > ours.issued:
            # what could not be written yet is newer than what still stands in the file, and stays
            keeper.overtake(found)

    async def _stopped_elsewhere(self, keeper: Keeper, shared: Shared) -> None:
        section = shared.sections.get(keeper.place.aws_profile)
        taken_by = section.profile if section is not None and section.profile != keeper.place.key else ""
        record = shared.state.sessions.get(keeper.place.key)
        if record is not None:
            await self._shelf.forget_record(record)
        keeper.advance(sessions.Stopped(problem=replaced_by(taken_by) if taken_by else None, elsewhere=True))

    def obtained_here(self, keeper: Keeper, obtained: Obtained) -> bool:
        """Whether Rolecall obtained this very key for this very place: what is doubted is what became of it since."""
        record = None if self._shared is None else self._shared.state.sessions.get(keeper.place.key)
        if record is None or record.fingerprint != keeper.place.fingerprint:
            return False
        return record.access_key_id == obtained.access_key_id

    async def lapse(self, keeper: Keeper, ended: Obtained) -> None:
        """Take credentials away that have expired, unless another process has fresher ones."""
        async with self._world.locks.hold(f"session {keeper.place.key}"):
            shared = await self._shelf.read()
            now, held = self._world.surely(), keeper.session.obtained
            found = shared.find(keeper.place, now)
            if held is None or held.access_key_id != ended.access_key_id or held.live(now):
                # It was renewed while we waited. What slept with the machine on its way may be over too: whoever looks
                # at that next takes it away and renews it
                return
            # the very key that has ended is not news, whatever the files say of it
            if found is not None and found.obtained.access_key_id != ended.access_key_id:
                keeper.overtake(found)
                return
            published = keeper.session.published
            if published:
                await self._take_away(keeper.place.key)
            elsewhere = published and keeper.place.key not in shared.state.sessions
            keeper.advance(sessions.Lapsed(elsewhere=elsewhere, guarded=bool(keeper.asks())))

    def left_over(self) -> frozenset[str]:
        """Names of sessions that are over, that nobody here keeps, and that were left in state or file."""
        if self._shared is None:
            return frozenset()
        names = self._over(self._shared)
        keepers = {name: self._engine.roster.by_key(name) for name in names}
        kept = {name for name, keeper in keepers.items() if keeper is not None and keeper.session.obtained is not None}
        return frozenset(name for name in names - kept if not self._shelf.hopeless(name))

    async def sweep_lent(self) -> None:
        """Take away what is over although AWS still accepts it: a loan ends when it was to end, with or without us."""
        for name in self.left_over() & self._still_accepted():
            with suppress(StorageTrouble):
                await self.sweep(name)

    def _over(self, shared: Shared) -> frozenset[str]:
        """Names of sessions that have expired, or that their guards do not let pass any more."""
        now = self._world.surely()
        return shared.expired(now) | shared.barred(self._engine.roster.guarded_places(), now)

    def _still_accepted(self) -> frozenset[str]:
        """Names of sessions that AWS still accepts."""
        if self._shared is None:
            return frozenset()
        now = self._world.surely()
        records = {each.name for each in self._shared.state.sessions.values() if each.expires > now}
        sections = {each.profile for each in self._shared.sections.values() if each.expires and each.expires > now}
        return frozenset(records | sections)

    async def sweep(self, name: str) -> None:
        """Take away a session that is over and that nobody here keeps, unless it was renewed meanwhile."""
        async with self._world.locks.hold(f"session {name}"):
            self._shared = await self._shelf.read()
            if name in self._over(self._shared):
                record = self._shared.state.sessions.get(name)
                await self._take_away(name)
                if not name.startswith(MFA_SESSION_PREFIX):
                    self._tell_swept(name, record)
                self._seen = ()

    def _tell_swept(self, name: str, record: SessionRecord | None) -> None:
        """Say why a session was taken away that nobody here kept."""
        keeper = self._engine.roster.profiles.get(name)
        if record is None:
            return
        if keeper is None:
            self._engine.journal.add(expired_unkept(record))
            return
        place = keeper.place
        if of_other_account(place, record.arn) and not keeper.session.busy:
            problem = account_pin(name, place.account_pin, account_of(record.arn)).problem
            keeper.advance(sessions.Stopped(problem=problem))
            return
        self._engine.journal.add(expired_unkept(replace(record, lease_ends=loan_ends(record, place.lease))))

    async def _take_away(self, name: str) -> None:
        """Withdraw expired credentials. A keyring that does not answer is not asked every 2 seconds."""
        try:
            await self._shelf.withdraw(frozenset({name}))
        except StorageTrouble:
            if not self._shelf.hopeless(name):
                raise


def replaced_by(name: str) -> Problem:
    """Why a session ended whose AWS profile name another one took."""
    return Problem(
        code="replaced",
        title=f"Replaced by “{name}”",
        detail="Both are published under the same AWS profile name; one is live at a time.",
        remedy="Give one of them another aws_profile to have both.",
    )
