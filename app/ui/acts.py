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
    PIN = "pin"
    EDIT = "edit"
    DUPLICATE = "duplicate"
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


def can_stop(view: SessionView, now: datetime) -> bool:
    """Whether there are credentials to take away."""
    return view.live(now)


def can_refresh(view: SessionView, now: datetime) -> bool:
    """Whether there is something to renew that is not being renewed."""
    return view.live(now) and text.shown(view, now) is not Status.REFRESHING


def can_open(view: SessionView, now: datetime) -> bool:
    """Whether a console sign-in can be made from it."""
    return view.live(now) and view.usable_for_console
