"""When what failed is tried again by itself (UTC); None for what a person alone can mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import schedule
from app.domain.errors import Retry

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.keeper import Keeper
    from app.core.world import World
    from app.domain.credentials import Obtained
    from app.domain.errors import RolecallError, StorageTrouble
    from app.domain.session import Session

PASSING = frozenset({"keyring-locked", "keyring-timeout", "keyring-failed", "lock-failed", "file-locked", "file-busy"})
"""Troubles of this machine that often pass by themselves: a locked screen, a slow keyring."""


def obtained_again_at(keeper: Keeper, world: World, error: RolecallError, *, clicked: bool) -> datetime | None:
    """After a failed renewal. `clicked`: a person waited for it, and hears of the failure."""
    session, now = keeper.session, world.now()
    if not keeper.renews_itself or (error.retry is not Retry.BACK_OFF and error.code not in PASSING):
        return None
    since = session.failing_since or now
    expires = session.obtained.ends if session.obtained is not None else session.expired_at
    if expires is None or (expires <= now and clicked):
        return None
    if expires <= since and keeper.asks():
        return None
    if expires <= since:
        # they died while the machine slept, and the network may wake up later than it
        expires = since + schedule.AFTER_SLEEP
    return _after_pause(session, world, since, expires)


def published_again_at(session: Session, world: World, error: StorageTrouble, obtained: Obtained) -> datetime | None:
    """After credentials could not be written. What stands in the way of a section does not pass."""
    if error.code.startswith("section-"):
        return None
    return _after_pause(session, world, session.failing_since or world.now(), obtained.ends)


def _after_pause(session: Session, world: World, since: datetime, expires: datetime) -> datetime | None:
    return schedule.retry_at(
        failures=session.failures + 1,
        failing_since=since,
        expires=expires,
        now=world.now(),
        chance=world.chance.random(),
    )
