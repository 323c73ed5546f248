"""A session as a state machine: two facts, its credentials and what is being done about them.

`advance` is total: every event is accepted in every state, and late events of an overtaken attempt change
nothing. Expiry is no event; `status` tells it from the clock.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from app.domain.values import dataclass, replace
from app.domain.view import Status

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from app.domain.credentials import Obtained
    from app.domain.errors import Problem


class Activity(enum.Enum):
    """What is being done about a session."""

    RESTING = "resting"
    CONTACTING = "contacting"
    AWAITING_MFA = "awaiting MFA"
    AWAITING_CONFIRMATION = "awaiting confirmation"
    AWAITING_BROWSER = "awaiting browser"
    BACKING_OFF = "backing off"


AWAITING = {
    "mfa": Activity.AWAITING_MFA,
    "command": Activity.AWAITING_CONFIRMATION,
    "browser": Activity.AWAITING_BROWSER,
}
WAITS_FOR = {activity: kind for kind, activity in AWAITING.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is known about one profile now. Times are UTC.

    `attempt` numbers the attempts to obtain credentials. `failures` counts failed renewals in a row, the first
    of them at `failing_since`. `wanted` tells a session that a person asked for from one that only signs for
    its children. `published` says that the credentials are where other processes find them. `expired_at` remembers
    credentials that were taken away because they had expired. `declined`: a person did not want the last attempt.
    `unwritten`: there are credentials that could not be put where tools find them; they are kept here.
    """

    obtained: Obtained | None = None
    activity: Activity = Activity.RESTING
    since: datetime | None = None
    attempt: int = 0
    problem: Problem | None = None
    retry_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    wanted: bool = False
    published: bool = False
    expired_at: datetime | None = None
    declined: bool = False
    unwritten: bool = False

    @property
    def busy(self) -> bool:
        """Whether an attempt is under way."""
        return self.activity not in (Activity.RESTING, Activity.BACKING_OFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An attempt starts; its number is `session.attempt + 1`. `wanted` when a person or a renewal asked for it."""

    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A person asked for a session that so far only signed for its children."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedNow:
    """Credentials that were here already are now `published`, or are to be kept in memory."""

    published: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNeeded:
    """The attempt waits for a person: `mfa`, `command` or `browser`."""

    attempt: int
    waiting_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """The person answered; AWS is asked again."""

    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Succeeded:
    """The attempt brought credentials; `adopted` when another process obtained them."""

    attempt: int
    obtained: Obtained
    published: bool = False
    adopted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The attempt failed; `retry_at` (UTC) when it will be repeated by itself."""

    attempt: int
    problem: Problem
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """The attempt was given up; `declined` when a person did not want it, and is not to be asked again."""

    attempt: int
    declined: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpublished:
    """Credentials were obtained, but could not be written; `retry_at` (UTC) when that will be tried again."""

    attempt: int
    obtained: Obtained
    problem: Problem
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StillUnpublished:
    """Writing what is here already failed again."""

    problem: Problem
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """Credentials of an earlier run or of another process were taken over."""

    obtained: Obtained
    published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The secret half was read from the keyring."""

    obtained: Obtained


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed:
    """Expired credentials were taken away; `elsewhere` when another process did that.

    `guarded`: they are not obtained again without a person's word.
    """

    elsewhere: bool = False
    guarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """AWS says that the credentials are no longer good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A person or another process stopped it; `problem` says so when that needs a word.

    `elsewhere`: not by this process. `gone`: somebody had removed what was to be renewed.
    """

    problem: Problem | None = None
    elsewhere: bool = False
    gone: bool = False


Event = (
    Begun
    | Wanted
    | PublishedNow
    | PersonNeeded
    | Resumed
    | Succeeded
    | Failed
    | Cancelled
    | Unpublished
    | StillUnpublished
    | Adopted
    | Loaded
    | Lapsed
    | Dropped
    | Stopped
)


def advance(session: Session, event: Event, now: datetime) -> Session:
    """The session after an event. Pure; never raises for an event out of turn."""
    attempt = getattr(event, "attempt", session.attempt)
    if attempt != session.attempt or (hasattr(event, "attempt") and not session.busy):
        return session
    changed = session
    match event:
        case Begun(wanted=wanted):
            changed = replace(
                session,
                activity=Activity.CONTACTING,
                since=now,
                attempt=session.attempt + 1,
                retry_at=None,
                declined=False,
                wanted=session.wanted or wanted,
            )
        case PersonNeeded(waiting_for=kind):
            changed = replace(session, activity=AWAITING[kind], since=now)
        case Resumed():
            changed = replace(session, activity=Activity.CONTACTING, since=now)
        case Failed(problem=problem, retry_at=retry_at):
            changed = _failed(session, problem, retry_at, now)
        case Cancelled(declined=declined):
            changed = replace(session, activity=Activity.RESTING, since=None, retry_at=None, declined=declined)
        case Loaded(obtained=obtained):
            changed = replace(session, obtained=obtained)
        case Wanted():
            changed = replace(session, wanted=True)
        case _:
            changed = _credentials_changed(session, event, now)
    return changed


def _credentials_changed(session: Session, event: Event, now: datetime) -> Session:
    changed = session
    match event:
        case Succeeded(obtained=obtained, published=published):
            changed = _fresh(session, obtained, published=published)
        case Adopted(obtained=obtained, published=published):
            if session.busy:
                changed = replace(
                    session, obtained=obtained, published=published, wanted=True, expired_at=None, unwritten=False
                )
            else:
                changed = replace(_fresh(session, obtained, published=published), wanted=True)
        case Unpublished(obtained=obtained, problem=problem, retry_at=retry_at):
            fresh = replace(_fresh(session, obtained, published=False), unwritten=True)
            changed = _failed(fresh, problem, retry_at, now)
        case StillUnpublished(problem=problem, retry_at=retry_at) if session.obtained is not None and not session.busy:
            changed = _failed(replace(session, published=False, unwritten=True), problem, retry_at, now)
        case PublishedNow(published=published) if session.obtained is not None:
            if session.busy:
                changed = replace(session, published=published, unwritten=False)
            else:
                changed = _fresh(session, session.obtained, published=published)
        case _:
            changed = _credentials_gone(session, event, now)
    return changed


def _credentials_gone(session: Session, event: Event, now: datetime) -> Session:
    gone = replace(session, obtained=None, published=False, unwritten=False)
    match event:
        case Lapsed(guarded=guarded):
            ended = session.obtained
            expired_at = ended.ends if ended is not None else now
            gone = replace(gone, expired_at=expired_at if session.wanted else None)
            # what was lent or is guarded is not wanted any more: nothing that it signs for may publish it again
            lent = ended is not None and ended.lease_ends is not None
            if guarded and not session.busy:
                return replace(gone, wanted=False, activity=Activity.RESTING, retry_at=None)
            return replace(gone, wanted=session.wanted and not lent)
        case Dropped():
            return gone
        case Stopped(problem=problem):
            return Session(attempt=session.attempt, problem=problem)
        case _:
            return session


def _fresh(session: Session, obtained: Obtained, *, published: bool) -> Session:
    return Session(obtained=obtained, attempt=session.attempt, wanted=session.wanted, published=published)


def _failed(session: Session, problem: Problem, retry_at: datetime | None, now: datetime) -> Session:
    return replace(
        session,
        activity=Activity.RESTING if retry_at is None else Activity.BACKING_OFF,
        since=now,
        problem=problem,
        retry_at=retry_at,
        failures=session.failures + 1,
        failing_since=session.failing_since or now,
    )


def status(session: Session, lead: timedelta, now: datetime) -> Status:
    """What people see. `lead` is the time before expiry from which the session is due."""
    live = session.obtained is not None and session.obtained.live(now)
    if session.activity in WAITS_FOR:
        return Status.WAITING
    if session.activity is Activity.CONTACTING:
        return Status.REFRESHING if live else Status.ACQUIRING
    if session.unwritten or (session.problem is not None and not live):
        return Status.FAILED
    if session.obtained is not None and live:
        return Status.ACTIVE if session.obtained.live(now, lead) else Status.EXPIRING
    expired = session.obtained is not None or session.expired_at is not None
    return Status.EXPIRED if expired else Status.IDLE
