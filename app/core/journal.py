"""The activity journal: what of everything that moves is worth a line, and how the lines reach the file.

`told` decides, purely. `Recorder` writes without keeping anybody waiting. What another process did, it writes itself.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from app.core.guards import ACCOUNT_PIN
from app.domain import session as sessions
from app.domain.arn import account_of
from app.domain.credentials import key_short
from app.domain.errors import StorageTrouble
from app.domain.happening import Happening, What
from app.domain.redaction import redacted
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from app.core.shared import Shared
    from app.core.world import World
    from app.domain.configuration import Profile
    from app.domain.credentials import Credentials, Obtained
    from app.domain.errors import Problem
    from app.domain.published import FoundSection
    from app.domain.session import Event, Session
    from app.domain.state import SessionRecord

    Fingerprints = tuple[tuple[int, ...], ...]

ELSEWHERE_PAUSE = timedelta(minutes=1)
"""Changes of the credentials file that concern nothing of ours are told this often at most."""
SETTLE_SECONDS = 0.2
"""After which another Rolecall that changed the file has written its state too."""
REST_SECONDS = 0.1
"""Between two writes of what comes in a row."""
SIGNS_ONLY = "Only to sign for other profiles."
GONE = "Its section was no longer in the credentials file when it was to be renewed."
SECTION_REMOVED = "Its section was removed from the credentials file, not by Rolecall."
SECTION_CHANGED = "Its section of the credentials file was changed, not by Rolecall."
OTHER_PART = "A part of the credentials file that is not Rolecall's was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event, with the session before and after it. `by_person`: a click waits for it."""

    before: Session
    event: Event
    after: Session
    by_person: bool = False


def told(profile: Profile, step: Step, now: datetime) -> Happening | None:
    """The entry for a step of a profile's session, or None. Pure."""
    happening = None
    match step.event:
        case _ if step.after == step.before:
            return None
        case sessions.Succeeded(obtained=obtained, adopted=False):
            happening = _obtained(profile, step, obtained, now)
        case sessions.Unpublished(obtained=obtained, problem=problem):
            happening = _obtained(profile, step, obtained, now, problem)
        case sessions.Failed(problem=problem) | sessions.StillUnpublished(problem=problem):
            happening = _refused(profile, step, problem, now)
        case sessions.Lapsed(elsewhere=False) if step.before.obtained is not None and step.before.wanted:
            expired = step.before.obtained
            lent = expired.ends < expired.expires
            happening = _entry(profile, What.LEASE_ENDED if lent else What.EXPIRED, min(now, expired.ends), expired)
        case sessions.Stopped(elsewhere=False) as stopped:
            happening = _stopped(profile, step, stopped, now)
    return happening


def _obtained(
    profile: Profile, step: Step, obtained: Obtained, now: datetime, problem: Problem | None = None
) -> Happening:
    before = step.before
    renewed = before.obtained is not None or (before.expired_at is not None and not step.by_person)
    why = SIGNS_ONLY if not step.after.wanted else ""
    return _entry(
        profile,
        What.RENEWED if renewed else What.OBTAINED,
        now,
        obtained,
        by_person=step.by_person,
        code=problem.code if problem is not None else "",
        why=_because(problem) if problem is not None else why,
        expires=obtained.expires,
    )


def _refused(profile: Profile, step: Step, problem: Problem, now: datetime) -> Happening | None:
    """Of the silent repetitions of one refusal, only the first and the last are told."""
    known = step.before.problem
    repeated = known is not None and known.code == problem.code and step.before.failures > 0
    if repeated and not step.by_person and step.after.retry_at is not None:
        return None
    role, account = _role_of(profile)
    return Happening(
        at=now,
        what=What.REFUSED,
        profile=profile.name,
        role=role,
        account=account,
        request_id=problem.request_id,
        code=problem.code,
        why=_because(problem),
        by_person=step.by_person,
    )


def _stopped(profile: Profile, step: Step, stopped: sessions.Stopped, now: datetime) -> Happening | None:
    before, problem = step.before.obtained, stopped.problem
    if problem is not None and problem.code == "replaced":
        return _entry(profile, What.REPLACED, now, before, why=problem.title)
    if problem is not None and (before is not None or problem.code == ACCOUNT_PIN):
        return _entry(profile, What.STOPPED, now, before, code=problem.code, why=_because(problem))
    if stopped.gone:
        return _entry(profile, What.STOPPED, now, before, why=GONE)
    if before is None and not step.before.published:
        return None
    return _entry(profile, What.STOPPED, now, before, by_person=True)


def _entry(  # noqa: PLR0913  # the fields of an entry, by name
    profile: Profile,
    what: What,
    now: datetime,
    obtained: Obtained | None,
    *,
    by_person: bool = False,
    code: str = "",
    why: str = "",
    expires: datetime | None = None,
) -> Happening:
    arn = obtained.arn if obtained is not None else ""
    role, account = _role_of(profile)
    return Happening(
        at=now,
        what=what,
        profile=profile.name,
        role=role,
        account=account or account_of(arn),
        session_name=session_name_of(arn),
        key_id=key_short(obtained.access_key_id) if obtained is not None else "",
        request_id=obtained.request_id if obtained is not None and expires is not None else "",
        code=code,
        why=why,
        by_person=by_person,
        expires=expires,
    )


def _role_of(profile: Profile) -> tuple[str, str]:
    role = profile.role_arn
    return (role.name, role.account) if role is not None else ("", "")


def _because(problem: Problem) -> str:
    return redacted(f"{problem.title}. {problem.detail}".strip() if problem.detail else f"{problem.title}.")


def session_name_of(arn: str) -> str:
    """The role session name of an `assumed-role` ARN, or the name of a `federated-user` one; else ''."""
    resource = arn.split(":", 5)[-1]
    kind, _, rest = resource.partition("/")
    if kind == "assumed-role":
        return rest.rpartition("/")[2]
    return rest if kind == "federated-user" else ""


def expired_unkept(record: SessionRecord) -> Happening:
    """The entry for a session that expired, or whose lease ended, while nobody kept it."""
    what = What.LEASE_ENDED if record.ends < record.expires else What.EXPIRED
    return Happening(at=record.ends, what=what, profile=record.name, key_id=key_short(record.access_key_id))


def signed_in(provider: str, now: datetime, *, by_person: bool, until: datetime | None) -> Happening:
    """The entry for a person's sign-in at a provider."""
    return Happening(at=now, what=What.SIGNED_IN, profile=provider, by_person=by_person, expires=until)


def signed_out(provider: str, now: datetime) -> Happening:
    """The entry for a sign-out."""
    return Happening(at=now, what=What.SIGNED_OUT, profile=provider, by_person=True)


def sign_in_refused(provider: str, problem: Problem, now: datetime) -> Happening:
    """The entry for a sign-in that a person wanted for itself, and that failed."""
    why, request_id = _because(problem), problem.request_id
    return Happening(
        at=now, what=What.REFUSED, profile=provider, code=problem.code, why=why, request_id=request_id, by_person=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignChange:
    """What changed in the credentials file between two looks at it.

    `removed` and `changed` are (profile, key ID before) of sections of ours that no Rolecall touched. `by_us` says that
    some Rolecall wrote.
    """

    removed: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    by_us: bool = False


def foreign_change(before: Shared, after: Shared, *, state_changed: bool = False) -> ForeignChange:
    """Tell whose change it was. Pure.

    Whoever of us writes a section has recorded its key; whoever removes one has removed the record: with
    `state_changed`, what came and went in between was ours.
    """
    removed: list[tuple[str, str]] = []
    changed: list[tuple[str, str]] = []
    by_us, known = state_changed, after.state.key_ids
    for name in before.sections.keys() | after.sections.keys():
        old, new = before.sections.get(name), after.sections.get(name)
        if old is not None and new is not None and (old.profile, old.access_key_id) == (new.profile, new.access_key_id):
            if rewritten(old.credentials, new.credentials):
                changed.append((old.profile, old.access_key_id))
            continue
        written = new is not None and new.access_key_id in known
        if written or (old is not None and not _still_recorded(after, old)):
            by_us = True
        elif old is not None:
            (removed if new is None else changed).append((old.profile, old.access_key_id))
    return ForeignChange(removed=tuple(sorted(removed)), changed=tuple(sorted(changed)), by_us=by_us)


def rewritten(known: Credentials | None, found: Credentials | None) -> bool:
    """Whether secrets known for a key ID are others now, or gone: none of us ever writes that."""
    if known is None:
        return False
    if found is None:
        return True
    return (known.secret_access_key, known.session_token) != (found.secret_access_key, found.session_token)


def _still_recorded(shared: Shared, section: FoundSection) -> bool:
    record = shared.state.sessions.get(section.profile)
    return record is not None and section.access_key_id in (record.access_key_id, record.previous_key_id)


class Recorder:
    """Takes entries at once and writes them in the background. `changed` is called when there is something to show."""

    def __init__(self, world: World, changed: Callable[[], None]) -> None:
        self.problem: Problem | None = None
        """Why the journal could not be written, until it can."""
        self.happened = 0
        self._world = world
        self._journal = world.journal
        self._changed = changed
        self._waiting: list[Happening] = []
        self._writing: asyncio.Task[None] | None = None
        self._hurried = asyncio.Event()
        self._seen: tuple[int, ...] | None = None
        self._told_elsewhere: datetime | None = None

    def add(self, happening: Happening | None) -> None:
        """Write an entry soon; None is none. Never fails."""
        if happening is None:
            return
        self._waiting.append(happening)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write(), name="journal")

    async def settled(self) -> None:
        """Wait until everything is written, or could not be."""
        if self._writing is not None:
            self._hurried.set()
            await asyncio.wait([self._writing])

    async def read(self) -> tuple[Happening, ...]:
        """Everything that is kept, newest first. Raises StorageTrouble `journal`."""
        await self.settled()
        return await self._journal.read()

    async def look(self) -> None:
        """Take notice of what other processes wrote."""
        seen = await self._journal.fingerprint()
        if self._writing is not None:
            return
        if self._seen is not None and seen != self._seen:
            self.happened += 1
            self._changed()
        self._seen = seen

    async def compare(
        self,
        before: Shared | None,
        seen_before: Fingerprints,
        seen: Fingerprints,
        shared: Shared,
        read: Callable[[], Awaitable[Shared]],
    ) -> Shared:
        """Write down what somebody else did to the credentials file; what is shared, read again where it was unclear.

        The fingerprints are those of state and file, in this order; empty when they are not known.
        """
        if before is None or not seen_before or seen[1] == seen_before[1]:
            return shared
        state_changed = seen[0] != seen_before[0]
        change = foreign_change(before, shared, state_changed=state_changed)
        if change.removed or change.changed:
            # Another Rolecall changes the file first and its record next
            await self._world.clock.sleep(SETTLE_SECONDS)
            shared = await read()
            change = foreign_change(before, shared, state_changed=state_changed)
        self._file_changed(change, self._world.now())
        return shared

    def _file_changed(self, change: ForeignChange, now: datetime) -> None:
        for profile, key_id in change.removed:
            self.add(_of_section(profile, key_id, SECTION_REMOVED, now))
        for profile, key_id in change.changed:
            self.add(_of_section(profile, key_id, SECTION_CHANGED, now))
        if change.removed or change.changed or change.by_us:
            return
        last = self._told_elsewhere
        if last is None or abs(now - last) >= ELSEWHERE_PAUSE:
            self._told_elsewhere = now
            self.add(Happening(at=now, what=What.FILE_CHANGED, why=OTHER_PART))

    async def _write(self) -> None:
        problem = None
        self._hurried.clear()
        try:
            while self._waiting:
                batch, self._waiting = tuple(self._waiting), []
                try:
                    await self._journal.add(batch)
                    self._seen = await self._journal.fingerprint()
                    self.happened += len(batch)
                except StorageTrouble as error:
                    problem = error.problem
                if self._waiting:
                    await self._rest()
        finally:
            self._writing = None
            self.problem = problem
            self._changed()

    async def _rest(self) -> None:
        """Of many entries more come together into one write; nobody who waits for them waits for this."""
        with suppress(TimeoutError):
            async with asyncio.timeout(REST_SECONDS):
                await self._hurried.wait()


def _of_section(profile: str, key_id: str, why: str, now: datetime) -> Happening:
    return Happening(at=now, what=What.FILE_CHANGED, profile=profile, key_id=key_short(key_id), why=why)
