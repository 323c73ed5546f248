"""What the detail panel says about time and place of one session. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.view import Status
from app.ui import text
from app.ui.text import tr

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.view import SessionView

_UNIT = re.compile("(?<=[0-9]) (?=(?:h|min|s|%)(?![0-9A-Za-z]))")


def advice(view: SessionView, now: datetime) -> str:
    """What to know while there are no credentials."""
    status = text.shown(view, now)
    if status is Status.IDLE:
        return tr("Nothing is asked of AWS until you assume it.")
    if status is Status.WAITING:
        return tr("{what} needed from you.").format(what=text.waits_for(view))
    first, second = text.status_lines(view, now)
    if status in {Status.ACQUIRING, Status.EXPIRED}:
        return f"{first}, {second}." if second else first
    return tr("There are no credentials.")


def note(view: SessionView) -> str:
    """A word about a limit; no line ends between a number and its unit."""
    return _UNIT.sub("\u00a0", view.note)


def renewal(view: SessionView, now: datetime, person_at: datetime | None = None) -> tuple[str, str]:
    """Whether it renews by itself, in words, and when; of a leased one when it is withdrawn, and the time left.

    `person_at` (UTC) is when its renewal needs a person, None for never.
    """
    if view.lease_ends is not None:
        # What was asked for a shorter time ends before its lease, and is not asked for again
        ends = view.lease_ends if view.expires is None else min(view.lease_ends, view.expires)
        words = tr("Lease ends {time}, not renewed").format(time=text.day_and_clock(ends, now))
        return words, text.countdown(ends - now)
    return _own_renewal(view, now, person_at)


def _own_renewal(view: SessionView, now: datetime, person_at: datetime | None) -> tuple[str, str]:
    if text.shown(view, now) is Status.REFRESHING:
        return tr("Being renewed now"), ""
    if not view.refresh:
        return tr("Does not renew by itself"), ""
    if view.status is Status.WAITING:
        return tr("Renews once you have answered"), ""
    words = tr("Renews by itself") if person_at is None else tr("Needs you")
    moment = view.renews if person_at is None else person_at
    if moment is None:
        return words, ""
    return words, tr("now") if moment <= now else text.day_and_clock(moment, now)


def published(view: SessionView) -> tuple[str, str, str]:
    """The section it is published as, its bare name to be copied, and a word behind it."""
    if not view.published_as:
        return tr("not in the file"), "", tr("credential_process only")
    name = f"[{view.published_as}]"
    return name, view.published_as, tr("in credentials") if view.published else tr("not yet")
