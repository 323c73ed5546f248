"""What is worth a notification, and its words: what needs a person, what failed for good. Never a routine success."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.values import dataclass, replace
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
    """A notification. A click leads to the need `need`, else to `profile`, else to the window.

    `of` are the things it tells of: it is over when none of them is there any more. `button` says what a click does.
    """

    title: str
    body: str
    icon: str
    of: frozenset[Key]
    need: str = ""
    profile: str = ""
    button: str = ""

    @property
    def tag(self) -> str:
        """What a later note on the same would have, too."""
        kinds = {each.kind for each in self.of}
        return " ".join([*kinds, self.need or self.profile or "many"])


def things(snapshot: Snapshot, now: datetime) -> list[Thing]:
    """Everything there is to know, whether it was told or not."""
    found = [Thing(Key(NEED, need.key), need=need) for need in snapshot.needs]
    for view in snapshot.sessions:
        if view.status is Status.IDLE:
            continue
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
    kinds: dict[str, list[tuple[Key, SessionView]]] = {FAILED: [], ENDING: []}
    for thing in fresh:
        if thing.need is not None and not thing.need.wanted_now:
            yield _of_need(thing.key, thing.need, snapshot, now)
        elif thing.view is not None:
            kinds[thing.key.kind].append((thing.key, thing.view))
    for kind, found in kinds.items():
        if len(found) > _ONE_BY_ONE:
            yield _of_many(kind, [view for _, view in found], frozenset(key for key, _ in found))
            continue
        for key, view in found:
            yield _of_failed(key, view) if kind == FAILED else _of_ending(key, view, now)


def _of_need(key: Key, need: NeedView, snapshot: Snapshot, now: datetime) -> Note:
    waiting = set(need.profiles)
    ends = [view.expires for view in snapshot.sessions if view.name in waiting and view.expires is not None]
    working = [moment for moment in ends if moment > now]
    note = Note(title=need.title, body="", icon="tray-needs-you", of=frozenset({key}), need=need.key)
    note = replace(note, button=_answer_words(need))
    if need.sign_in is not None and working and len(working) == len(waiting):
        by = text.day_and_clock(min(working), now)
        title = tr("{name}: sign in by {time}").format(name=need.sign_in.provider, time=by)
        still = plural(len(waiting), "{names} keeps working until then.", "{names} keep working until then.")
        return replace(note, title=title, body=still.replace("{names}", _names(need.profiles)))
    body = tr("For {names}.").format(names=_names(need.profiles)) if need.profiles else ""
    if working:
        when = text.day_and_clock(min(working), now)
        body += (" " if body else "") + tr("What is live keeps working until {time}.").format(time=when)
    return replace(note, body=body)


def _answer_words(need: NeedView) -> str:
    if need.sign_in is not None:
        return tr("Sign in")
    return {"mfa": tr("Enter code"), "command": tr("Confirm…")}.get(need.kind, tr("Answer"))


def _of_failed(key: Key, view: SessionView) -> Note:
    why = "" if view.problem is None else view.problem.title
    title = tr("{name} failed").format(name=view.name)
    of = frozenset({key})
    return Note(title=title, body=why, icon="tray-error", of=of, profile=view.name, button=tr("Details"))


def _of_ending(key: Key, view: SessionView, now: datetime) -> Note:
    left = view.time_left(now)
    time = "" if left is None else text.minutes(left)
    title = tr("{name} ends in {time}").format(name=view.name, time=time)
    body = tr("It does not renew by itself.")
    if view.refresh and view.problem is not None:
        body = tr("It could not be renewed: {why}").format(why=view.problem.title)
    of = frozenset({key})
    return Note(title=title, body=body, icon="tray-expiring", of=of, profile=view.name, button=tr("Details"))


def _of_many(kind: str, views: list[SessionView], of: frozenset[Key]) -> Note:
    names = tr("{names}.").format(names=_names(tuple(view.name for view in views)))
    if kind == FAILED:
        title = plural(len(views), "{n} role failed", "{n} roles failed")
        return Note(title=title, body=names, icon="tray-error", of=of, button=tr("Show window"))
    title = plural(len(views), "{n} role is about to end", "{n} roles are about to end")
    return Note(title=title, body=names, icon="tray-expiring", of=of, button=tr("Show window"))


def _names(names: tuple[str, ...]) -> str:
    told = ", ".join(names[:_NAMED])
    rest = len(names) - _NAMED
    return tr("{names} and {n} more").format(names=told, n=text.number(rest)) if rest > 0 else told
