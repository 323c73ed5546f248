"""What the page of deadlines says about a row and about the next moment a person is needed. Pure: `now` is given."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from app.domain.values import dataclass
from app.domain.view import LIVE, Status
from app.ui import provider_words, text, tokens
from app.ui.text import tr

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.deadlines import Deadline, Deadlines, PersonNeeded, ToppedUp

SOURCES = frozenset({"identity", "saml", "oidc"})
_UNDER_WAY = frozenset({Status.REFRESHING, Status.ACQUIRING})
_LONG = timedelta(hours=20)
_ALMOST_GONE = timedelta(seconds=tokens.ALMOST_GONE_S)
_TOLD_LEFT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A row's last column: an icon, words, and a tone (a text token). `counts` when the words change each second."""

    icon: str
    words: str
    tone: str = "text2"
    counts: bool = False


def told(row: Deadline, now: datetime) -> Told:
    """What comes next for a row."""
    if row.person_at is not None and not renews_before(row, now):
        return Told(icon="person", words=_person(row, row.person_at, now), tone="accent")
    if row.kind in SOURCES:
        return _source(row, now)
    if row.status in _UNDER_WAY:
        words = tr("Refreshing now") if row.status is Status.REFRESHING else tr("Asking AWS")
        return Told(icon="refresh", words=words)
    if row.expires is None or row.expires <= now:
        return _gone(row, now)
    if row.renews is None or row.leased:
        return _lasts(row.expires, now) if signs_only(row) else _ends(row, row.expires, now)
    words = tr("Renews {time}").format(time=when(row.renews, now)) if row.renews > now else tr("Renews now")
    return Told(icon="refresh", words=words)


def renews_before(row: Deadline, now: datetime) -> bool:
    """Whether it is renewed by itself before a person is needed for it."""
    if row.renews is None or row.leased or row.person_at is None:
        return False
    return now < row.renews < row.person_at


def signs_only(row: Deadline) -> bool:
    """Whether it is obtained when something else has to be signed: that it ends is no news then."""
    return not row.leased and (row.kind == "mfa" or (row.kind == "role" and row.status is None))


def title(row: Deadline) -> str:
    """The name of a row; MFA sessions have none of their own."""
    return text.source_word(row.kind) if row.kind == "mfa" else row.name


def _person(row: Deadline, at: datetime, now: datetime) -> str:
    if at <= now:
        words = {"mfa": tr("MFA code now"), "sign-in": tr("Sign in now"), "command": tr("Confirm now")}
        return words.get(row.person_for, tr("Needs you now"))
    time = when(at, now)
    if row.kind in SOURCES:
        words = {"mfa": tr("MFA code {time}"), "sign-in": tr("Sign in {time}"), "command": tr("Confirm {time}")}
        return words.get(row.person_for, tr("Needs you {time}")).format(time=time)
    return tr("Needs you {time}").format(time=time)


def _source(row: Deadline, now: datetime) -> Told:
    if row.kind == "identity":
        return Told(icon="check", words=tr("Long-term key"))
    if row.by_itself:
        return Told(icon="check", words=tr("Signs in by itself"))
    if row.expires is not None and row.expires > now:
        return Told(icon="check", words=tr("Signed in until {time}").format(time=when(row.expires, now)))
    return Told(icon="check", words=tr("Nobody needed"))


def _gone(row: Deadline, now: datetime) -> Told:
    if row.status is Status.FAILED:
        return Told(icon="warning", words=tr("Failed"), tone="bad")
    if row.expires is not None:
        return Told(icon="clock", words=tr("Ended {time}").format(time=when(row.expires, now)))
    return Told(icon="ring", words=tr("Idle"))


def _lasts(expires: datetime, now: datetime) -> Told:
    return Told(icon="clock", words=tr("Lasts until {time}").format(time=when(expires, now)))


def _ends(row: Deadline, expires: datetime, now: datetime) -> Told:
    left = expires - now
    if left < _ALMOST_GONE:
        words = tr("Lease ends in {time}") if row.leased else tr("Ends in {time}")
        return Told(icon="clock", words=words.format(time=text.countdown(left)), tone="bad", counts=True)
    words = tr("Lease ends {time}") if row.leased else tr("Ends {time}")
    return Told(icon="lock" if row.leased else "clock", words=words.format(time=when(expires, now)), tone="warn")


def when(moment: datetime, now: datetime) -> str:
    """The hour, with the day before it where it could be mistaken for a nearer one."""
    return text.clock(moment) if abs(moment - now) < _LONG else text.day_and_clock(moment, now)


def day(moment: datetime) -> str:
    """The day that begins, where the person is: `Mon 23`."""
    there = moment.astimezone().date()
    return QLocale().toString(QDate(there.year, there.month, there.day), tr("ddd d"))


def tone_of(row: Deadline, now: datetime) -> str:
    """What the bar says: the stem of the tokens' names. Green only while it is long and goes on by itself."""
    if row.kind in SOURCES or signs_only(row):
        return "good"
    if row.expires is None or row.expires - now < _ALMOST_GONE:
        return "bad"
    if row.person_at is not None and row.status is not Status.EXPIRING:
        return "good"
    if row.status in {Status.EXPIRING, Status.REFRESHING} or row.renews is None:
        return "warn"
    return "good"


def icon_of(row: Deadline) -> str:
    """The drawing before a source's name."""
    return "key" if row.kind == "identity" else provider_words.kind_icon(row.kind)


def beside(row: Deadline) -> str:
    """The words after a name: what kind of source, or which role."""
    return text.source_word(row.kind) if row.kind in SOURCES else row.words


def spoken(row: Deadline, now: datetime) -> str:
    """A row in one sentence, for screen readers."""
    facts = []
    if row.person_at is not None:
        facts.append(_person_spoken(row, row.person_at, now))
    if row.kind not in SOURCES:
        facts += _facts(row, now)
    if not facts:
        facts.append(told(row, now).words)
    name = tr("{name}, {kind}").format(name=title(row), kind=beside(row)) if beside(row) else title(row)
    return tr("{name}: {facts}").format(name=name, facts=", ".join(facts))


def _person_spoken(row: Deadline, at: datetime, now: datetime) -> str:
    if at <= now:
        words = {
            "mfa": tr("needs an MFA code now"),
            "sign-in": tr("needs a sign-in now"),
            "command": tr("needs a confirmation now"),
        }
        return words.get(row.person_for, tr("needs you now"))
    words = {
        "mfa": tr("needs an MFA code {time}"),
        "sign-in": tr("needs a sign-in {time}"),
        "command": tr("needs a confirmation {time}"),
    }
    return words.get(row.person_for, tr("needs you {time}")).format(time=when(at, now))


def _facts(row: Deadline, now: datetime) -> list[str]:
    facts = []
    if row.status is Status.REFRESHING:
        facts.append(tr("refreshing now"))
    elif row.renews is not None and row.renews > now:
        facts.append(tr("renews {time}").format(time=when(row.renews, now)))
    if row.expires is not None:
        ahead = tr("lease ends {time}") if row.leased else tr("ends {time}")
        facts.append((ahead if row.expires > now else tr("ended {time}")).format(time=when(row.expires, now)))
    return facts


def in_full(row: Deadline, now: datetime) -> str:
    """Everything about a row, times in full, for its tool tip."""
    lines = [" · ".join(part for part in (title(row), beside(row)) if part), told(row, now).words]
    for words, moment in (
        (tr("Obtained {time}"), row.issued),
        (tr("Renews {time}"), row.renews),
        (tr("Needs you {time}"), row.person_at),
        (tr("Ends {time}"), row.expires),
        (tr("After renewal until {time}"), row.renewed_until),
    ):
        if moment is not None:
            lines.append(words.format(time=text.local_name(moment)))
    return "\n".join(lines)


# --- The banner ------------------------------------------------------------------------------------------------------


def headline(person: PersonNeeded, now: datetime) -> str:
    """When a person is needed."""
    if person.at <= now:
        return tr("Human needed now")
    time, left = when(person.at, now), text.minutes(person.at - now)
    return tr("Next human needed {time}, in {left}").format(time=time, left=left)


def pill(person: PersonNeeded, now: datetime) -> str:
    """The same over the line of time, shorter."""
    if person.at <= now:
        return tr("Human needed now")
    return tr("Next human needed {time}").format(time=when(person.at, now))


def reason(person: PersonNeeded, now: datetime) -> str:
    """What for, and what happens otherwise."""
    words = _wanted(person)
    # What ends before is renewed by itself until then
    if person.works_until is None or person.works_until <= max(now, person.at):
        return words
    if len(person.profiles) > 1:
        until = tr("The first of them works until {time}.")
    else:
        until = tr("Its credentials work until {time}.")
    return f"{words} {until.format(time=when(person.works_until, now))}"


def _wanted(person: PersonNeeded) -> str:
    first, more = (person.profiles[0] if person.profiles else ""), len(person.profiles) - 1
    if not first:
        words = {
            "sign-in": tr("Sign in to {source}."),
            "mfa": tr("Enter an MFA code for {source}."),
            "command": tr("Allow the command of {source}."),
        }
    elif more <= 0:
        words = {
            "sign-in": tr("Sign in to {source}, for {name}."),
            "mfa": tr("Enter an MFA code for {source}, for {name}."),
            "command": tr("Allow the command of {source}, for {name}."),
        }
    else:
        words = {
            "sign-in": tr("Sign in to {source}, for {name} and {n} more."),
            "mfa": tr("Enter an MFA code for {source}, for {name} and {n} more."),
            "command": tr("Allow the command of {source}, for {name} and {n} more."),
        }
    return words.get(person.kind, words["sign-in"]).format(source=person.source, name=first, n=text.number(more))


def act(person: PersonNeeded) -> str:
    """The word of the button that does it."""
    words = {"mfa": tr("Enter code"), "command": tr("Confirm…")}
    return words.get(person.kind, tr("Sign in now"))


def nobody(deadlines: Deadlines, now: datetime) -> str:
    """What to say where no person is needed: what ends all the same, the nearest first."""
    ending = [
        (row.expires, row.name)
        for row in deadlines.rows
        if row.kind == "role" and row.expires is not None and row.expires > now and (row.leased or row.renews is None)
        if row.status in LIVE and row.status is not Status.REFRESHING
    ]
    if not ending:
        return tr("Everything renews by itself.")
    expires, name = min(ending)
    return tr("{name} is not renewed and ends {time}.").format(name=name, time=when(expires, now))


def counted(deadlines: Deadlines) -> str:
    """How many there are."""
    sessions = text.plural(deadlines.sessions, "{n} session", "{n} sessions")
    sources = text.plural(deadlines.sources, "{n} source", "{n} sources")
    return tr("{sessions}, {sources}").format(sessions=sessions, sources=sources)


def topped(result: ToppedUp) -> tuple[str, str]:
    """What topping up came to, and the kind of toast that says it."""
    count = len(result.renewed)
    if not result.left:
        return (
            (text.plural(count, "{n} session renewed.", "{n} sessions renewed."), "good")
            if count
            else (tr("There is nothing to renew."), "")
        )
    left = "; ".join(
        tr("{name} ({why})").format(name=name, why=why) if why else name for name, why in result.left[:_TOLD_LEFT]
    )
    if len(result.left) > _TOLD_LEFT:
        left = tr("{names} and {n} more").format(names=left, n=text.number(len(result.left) - _TOLD_LEFT))
    done = text.plural(count, "{n} session renewed.", "{n} sessions renewed.")
    return tr("{done} Left as they are: {names}.").format(done=done, names=left), "bad"
