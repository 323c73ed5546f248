"""What is worth a notification, and its words: what needs a person, what failed for good. Never a routine success."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.view import Status
from app.ui import text
from app.ui.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from app.domain.view import NeedView, SessionView, Snapshot

NEED, FAILED, ENDING = "need", "failed", "ending"
_ONE_BY_ONE = 3
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two of them the same thing: a need's key, or a profile's name and what of it (its end)."""

    kind: str
    name: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a person should know."""

    key: Key
    view: SessionView | None = None
    need: NeedView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A notification. A click leads to the need `need`, else to `profile`, else to the window."""

    title: str
    body: str
    icon: str
    need: str = ""
    profile: str = ""


def things(snapshot: Snapshot, now: datetime) -> list[Thing]:
    """Everything there is to know, whether it was told or not."""
    found = [Thing(Key(NEED, need.key), need=need) for need in snapshot.needs]
    for view in snapshot.sessions:
        status = text.shown(view, now)
        if status is Status.FAILED and view.retry_at is None:
            found.append(Thing(Key(FAILED, view.name), view))
        elif status is Status.EXPIRING and not _renews(view):
            found.append(Thing(Key(ENDING, view.name, "" if view.expires is None else view.expires.isoformat()), view))
    return found


def _renews(view: SessionView) -> bool:
    given_up = view.problem is not None and view.retry_at is None and view.renews is None
    return view.refresh and not given_up


def notes(fresh: Iterable[Thing], snapshot: Snapshot, now: datetime) -> Iterator[Note]:
    """The notifications for things not told yet; many of one kind are told as one."""
    kinds: dict[str, list[SessionView]] = {FAILED: [], ENDING: []}
    for thing in fresh:
        if thing.need is not None and not thing.need.wanted_now:
            yield _of_need(thing.need, snapshot, now)
        elif thing.view is not None:
            kinds[thing.key.kind].append(thing.view)
    for kind, views in kinds.items():
        if len(views) > _ONE_BY_ONE:
            yield _of_many(kind, views)
            continue
        for view in views:
            yield _of_failed(view) if kind == FAILED else _of_ending(view, now)


def _of_need(need: NeedView, snapshot: Snapshot, now: datetime) -> Note:
    waiting = set(need.profiles)
    ends = [view.expires for view in snapshot.sessions if view.name in waiting and view.expires is not None]
    working = [moment for moment in ends if moment > now]
    body = tr("For {names}.").format(names=_names(need.profiles)) if need.profiles else ""
    if working:
        when = text.day_and_clock(min(working), now)
        body += (" " if body else "") + tr("What is live keeps working until {time}.").format(time=when)
    return Note(title=need.title, body=body, icon="tray-needs-you", need=need.key)


def _of_failed(view: SessionView) -> Note:
    why = "" if view.problem is None else view.problem.title
    title = tr("{name} failed").format(name=view.name)
    return Note(title=title, body=why, icon="tray-error", profile=view.name)


def _of_ending(view: SessionView, now: datetime) -> Note:
    left = view.time_left(now)
    time = "" if left is None else text.minutes(left)
    title = tr("{name} ends in {time}").format(name=view.name, time=time)
    body = tr("It does not renew by itself.")
    if view.refresh and view.problem is not None:
        body = tr("It could not be renewed: {why}").format(why=view.problem.title)
    return Note(title=title, body=body, icon="tray-expiring", profile=view.name)


def _of_many(kind: str, views: list[SessionView]) -> Note:
    names = tr("{names}.").format(names=_names(tuple(view.name for view in views)))
    if kind == FAILED:
        return Note(title=plural(len(views), "{n} role failed", "{n} roles failed"), body=names, icon="tray-error")
    title = plural(len(views), "{n} role is about to end", "{n} roles are about to end")
    return Note(title=title, body=names, icon="tray-expiring")


def _names(names: tuple[str, ...]) -> str:
    told = ", ".join(names[:_NAMED])
    rest = len(names) - _NAMED
    return tr("{names} and {n} more").format(names=told, n=text.number(rest)) if rest > 0 else told
