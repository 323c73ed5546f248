"""The words for time and status. Pure: `now` is an argument; numbers and hours of the day by the person's locale."""

from __future__ import annotations

import enum
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QDir, QLocale, Qt, QTimeZone

from app.domain.schedule import lead
from app.domain.view import LIVE, SessionView, Status
from app.ui import tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_CONTEXT = "Rolecall"
_WORD = re.compile(r"[^ \n]{24,}")
_SHORTENED_OVER = 120
_BREAK = "\u200b"
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_NEAR_DAYS = 180


class Tone(enum.Enum):
    """What the colour of a countdown says: the stem of the tokens' names."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


def tr(text: str) -> str:
    """A text of the window in the person's language."""
    return QCoreApplication.translate(_CONTEXT, text)


def plural(count: int, one: str, many: str) -> str:
    """`one` or `many` with the number in place of `{n}`; in other languages, whatever forms they have for numbers.

    Translations are found by `many`.
    """
    words = QCoreApplication.translate(_CONTEXT, many, "", count)
    if words == many and count == 1:
        words = one
    return words.replace("{n}", number(count))


def number(value: int) -> str:
    """A whole number as the locale writes it."""
    return QLocale().toString(value)


def countdown(left: timedelta) -> str:
    """Over an hour "1 h 12 min", under an hour "42:10", never negative. Whole seconds, rounded down."""
    seconds = max(0, int(left.total_seconds()))
    if seconds >= _HOUR:
        return tr("{h} h {m} min").format(h=seconds // _HOUR, m=seconds % _HOUR // _MINUTE)
    return f"{seconds // _MINUTE}:{seconds % _MINUTE:02d}"


def minutes(left: timedelta) -> str:
    """The time left for a menu, which stands still while it is open: "42 min", "1 h 12 min", "under 1 min"."""
    seconds = max(0, int(left.total_seconds()))
    if seconds >= _HOUR:
        return countdown(left)
    return tr("{m} min").format(m=seconds // _MINUTE) if seconds >= _MINUTE else tr("under 1 min")


def ago(passed: timedelta) -> str:
    """How long ago something was: "just now", "12 min ago", "3 h ago", "2 d ago"."""
    seconds = max(0, int(passed.total_seconds()))
    if seconds < _MINUTE:
        return tr("just now")
    if seconds < _HOUR:
        return tr("{n} min ago").format(n=seconds // _MINUTE)
    if seconds < _DAY:
        return tr("{n} h ago").format(n=seconds // _HOUR)
    return tr("{n} d ago").format(n=seconds // _DAY)


def clock(moment: datetime, *, seconds: bool = False) -> str:
    """The hour of the day where the person is, as the locale writes it."""
    time = _local(moment).time()
    if not seconds:
        return QLocale().toString(time, QLocale.FormatType.ShortFormat)
    return QLocale().toString(time, "HH:mm:ss")


def day_and_clock(moment: datetime, now: datetime, *, seconds: bool = False) -> str:
    """`clock`, with the day before it unless it is today: "Mon 23 Nov, 01:59"; a whole date when it is far away."""
    there, today = _local(moment).date(), _local(now).date()
    time = clock(moment, seconds=seconds)
    if there == today:
        return time
    whole = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    if abs(today.daysTo(there)) > _NEAR_DAYS:
        day = QLocale().toString(there, whole)
    else:
        day = QLocale().toString(there, tr("ddd d MMM") if whole.startswith("d") else tr("ddd MMM d"))
    return tr("{day}, {time}").format(day=day, time=time)


def _local(moment: datetime) -> QDateTime:
    utc = QDateTime.fromMSecsSinceEpoch(int(moment.timestamp() * 1000), QTimeZone(QTimeZone.Initialization.UTC))
    return utc.toLocalTime()


def shown(view: SessionView, now: datetime) -> Status:
    """The status as it is at `now`: expiry is a fact of time, and may come before the core says so."""
    if view.expires is not None and view.expires <= now and view.status in LIVE:
        return Status.EXPIRED
    return view.status


def share_left(view: SessionView, now: datetime) -> float:
    """Time left by life, 0.0 to 1.0; a full ring where the beginning is not known."""
    left = view.time_left(now)
    if left is None or view.expires is None:
        return 0.0
    if view.issued is None or view.issued >= view.expires:
        return 1.0 if left > timedelta() else 0.0
    return min(1.0, max(0.0, left / (view.expires - view.issued)))


def tone(view: SessionView, now: datetime) -> Tone:
    """Green above the renewal lead, amber inside it, red in the last two minutes."""
    left = view.time_left(now)
    if left is None:
        return Tone.GOOD
    seconds = left.total_seconds()
    if seconds < tokens.ALMOST_GONE_S:
        return Tone.BAD
    if view.status is Status.EXPIRING:
        return Tone.WARN
    if view.status is Status.ACTIVE:
        return Tone.GOOD
    life = timedelta(hours=1)
    if view.issued is not None and view.expires is not None:
        life = view.expires - view.issued
    return Tone.WARN if left < lead(life) else Tone.GOOD


_STATUS_WORDS: dict[Status, Callable[[], str]] = {
    Status.IDLE: lambda: tr("Idle"),
    Status.ACQUIRING: lambda: tr("Acquiring"),
    Status.WAITING: lambda: tr("Waiting for you"),
    Status.ACTIVE: lambda: tr("Active"),
    Status.EXPIRING: lambda: tr("Expiring"),
    Status.REFRESHING: lambda: tr("Refreshing"),
    Status.EXPIRED: lambda: tr("Expired"),
    Status.FAILED: lambda: tr("Failed"),
}
"""Asked for one by one: each row wants its own each second."""


def status_word(status: Status) -> str:
    """The word for a status."""
    return _STATUS_WORDS[status]()


def waits_for(view: SessionView) -> str:
    """What a waiting session needs, in two words."""
    words = {
        "mfa": tr("MFA code"),
        "command": tr("Confirmation"),
        "browser": tr("Sign-in"),
        "browser open": tr("Browser"),
        "window open": tr("Window"),
        "device open": tr("Code"),
    }
    return words.get(view.waiting_for, tr("An answer"))


def renewal_fails(view: SessionView, now: datetime) -> bool:
    """Whether credentials still work but could not be renewed so far."""
    return view.problem is not None and shown(view, now) in {Status.ACTIVE, Status.EXPIRING}


def status_lines(view: SessionView, now: datetime) -> tuple[str, str]:
    """The two lines of the status column."""
    status = shown(view, now)
    word = status_word(status)
    left = view.time_left(now)
    if status in LIVE and left is not None:
        sure = word if view.confirmed else tr("Unconfirmed")
        return countdown(left), tr("Renewal failing") if renewal_fails(view, now) else sure
    if status is Status.ACQUIRING:
        if view.since is None:
            return word, tr("asking AWS")
        return word, tr("asking AWS, {n} s").format(n=max(0, int((now - view.since).total_seconds())))
    if status is Status.WAITING:
        needed = waits_for(view)
        return word, f"{needed} · {countdown(left)}" if left is not None and left > timedelta() else needed
    if status is Status.EXPIRED and view.expires is not None:
        return word, ago(now - view.expires)
    return word, tr("Details") if status is Status.FAILED else ""


def second_line(view: SessionView) -> str:
    """Role, account, region and source; a failure's reason in their place."""
    if view.status is Status.FAILED and view.problem is not None:
        return view.problem.title
    return " · ".join(part for part in (view.role_name, view.account, view.region, view.source_name) if part)


def spoken(view: SessionView, now: datetime) -> str:
    """A whole row in one sentence, for screen readers."""
    first, second = status_lines(view, now)
    if shown(view, now) in LIVE:
        first, second = second, tr("{time} left").format(time=first)
    return ", ".join(part for part in (view.name, second_line(view), first, second, view.group) if part)


def breakable(words: str) -> str:
    """The same words for a narrow column: very long ones shortened in the middle, long ones broken anywhere.

    An encoded authorization message is one word of a thousand letters, and Qt never breaks inside a word.
    """
    return _WORD.sub(_broken, words)


def _broken(match: re.Match[str]) -> str:
    word = match.group()
    if len(word) > _SHORTENED_OVER:
        word = f"{word[:16]}…{word[-8:]}"
    pieces = re.findall(r"[^:/]{1,20}[:/]*|[:/]+", word)
    return _BREAK.join(pieces)


def short_path(path: str) -> str:
    """A path as people write it: `~` for their home."""
    home = QDir.homePath()
    return f"~{path[len(home) :]}" if path.startswith(f"{home}/") else path


def source_word(kind: str) -> str:
    """What a source is, in a word."""
    words = {
        "identity": tr("IAM user"),
        "provider": tr("Provider"),
        "saml": tr("SAML"),
        "oidc": tr("OIDC"),
        "mfa": tr("MFA session"),
        "role": tr("Role"),
        "profile": tr("Profile"),
    }
    return words.get(kind, kind)


def local_name(moment: datetime) -> str:
    """Date, time and zone in full, for tool tips."""
    there = _local(moment)
    zone = there.timeZone().displayName(there, QTimeZone.NameType.ShortName)
    when = QLocale().toString(there, QLocale.FormatType.ShortFormat)
    return f"{when} {zone}" if there.timeSpec() == Qt.TimeSpec.LocalTime else when
