"""What can be done with a profile, by name: which act a status asks for, and the words on its button."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from app.domain.view import SessionView, Status
from app.ui import text

if TYPE_CHECKING:
    from datetime import datetime


class Act(enum.Enum):
    """Everything a row, a menu or a key can ask for."""

    ASSUME = "assume"
    RETRY = "retry"
    ANSWER = "answer"
    CANCEL = "cancel"
    REFRESH = "refresh"
    STOP = "stop"
    OPEN_CONSOLE = "open console"
    COPY_URL = "copy url"
    COPY_ENVIRONMENT = "copy environment"
    WHY_DENIED = "why denied"
    DETAILS = "details"
    ACTIVITY = "activity"
    PIN = "pin"
    EDIT = "edit"
    DUPLICATE = "duplicate"
    TWIN = "twin"
    EXPORT = "export"
    DELETE = "delete"


_BUTTON = {
    Status.IDLE: Act.ASSUME,
    Status.ACQUIRING: Act.CANCEL,
    Status.WAITING: Act.ANSWER,
    Status.ACTIVE: Act.STOP,
    Status.EXPIRING: Act.REFRESH,
    Status.REFRESHING: Act.STOP,
    Status.EXPIRED: Act.ASSUME,
    Status.FAILED: Act.RETRY,
}
_DENIED = frozenset({"access-denied"})
# Enter and a double click never end anything.
_ENTER = {**_BUTTON, Status.ACTIVE: Act.OPEN_CONSOLE, Status.REFRESHING: Act.OPEN_CONSOLE}


def button(view: SessionView, now: datetime) -> Act:
    """The act of the row's one button."""
    return _BUTTON[text.shown(view, now)]


def on_enter(view: SessionView, now: datetime) -> Act | None:
    """What Enter and a double click do; None where there is nothing to do but wait."""
    act = _ENTER[text.shown(view, now)]
    return None if act is Act.CANCEL else act


def word(act: Act) -> str:
    """The word on a row's button."""
    return {
        Act.ASSUME: text.tr("Assume"),
        Act.RETRY: text.tr("Retry"),
        Act.ANSWER: text.tr("Answer"),
        Act.CANCEL: text.tr("Cancel"),
        Act.REFRESH: text.tr("Refresh"),
        Act.STOP: text.tr("Stop"),
    }[act]


BUTTON_ACTS = (Act.ASSUME, Act.RETRY, Act.ANSWER, Act.CANCEL, Act.REFRESH, Act.STOP)


def was_denied(view: SessionView) -> bool:
    """Whether AWS, or a company's policy there, said no; then there is more to tell than the row has room for."""
    return view.problem is not None and view.problem.code in _DENIED


def offered(view: SessionView, now: datetime) -> tuple[Act, ...]:
    """Everything that can be done with a profile now, what its status asks for first."""
    first = button(view, now)
    found: list[Act] = [] if first is Act.STOP else [first]
    if text.shown(view, now) is Status.WAITING:
        found.append(Act.CANCEL)
    if can_refresh(view, now):
        found.append(Act.REFRESH)
    if can_open(view, now):
        found += [Act.COPY_URL, Act.OPEN_CONSOLE]
    if view.live(now):
        found += [Act.COPY_ENVIRONMENT, Act.STOP]
    if was_denied(view):
        found.append(Act.WHY_DENIED)
    found += [Act.DETAILS, Act.ACTIVITY, Act.PIN, Act.EDIT, Act.DUPLICATE, Act.TWIN, Act.EXPORT, Act.DELETE]
    return tuple(dict.fromkeys(found))


def can_stop(view: SessionView, now: datetime) -> bool:
    """Whether there are credentials to take away."""
    return view.live(now)


def can_refresh(view: SessionView, now: datetime) -> bool:
    """Whether there is something to renew that is not being renewed."""
    return view.live(now) and text.shown(view, now) is not Status.REFRESHING


def can_open(view: SessionView, now: datetime) -> bool:
    """Whether a console sign-in can be made from it."""
    return view.live(now) and view.usable_for_console
