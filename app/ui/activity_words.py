"""The words and signs of what happened. Pure; times where the person is, by their locale."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from app.domain.happening import Happening, What
from app.ui import text
from app.ui.text import tr
from app.ui.translation import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DENIED = "access-denied"
_SIGN_INS = frozenset({What.SIGNED_IN, What.SIGNED_OUT})
_SIGNS: Mapping[What, tuple[str, str]] = MappingProxyType(
    {
        What.OBTAINED: ("check", "good"),
        What.RENEWED: ("refresh", "text2"),
        What.REFUSED: ("warning", "bad"),
        What.STOPPED: ("stop", "text2"),
        What.EXPIRED: ("clock", "text2"),
        What.LEASE_ENDED: ("lock", "text2"),
        What.REPLACED: ("duplicate", "text2"),
        What.SIGNED_IN: ("sign-in", "text2"),
        What.SIGNED_OUT: ("power", "text2"),
        What.FILE_CHANGED: ("file", "warn"),
    }
)


def sign(what: What) -> tuple[str, str]:
    """The drawing and the tone (a text token) of a kind."""
    return _SIGNS[what]


def word(what: What) -> str:
    """What happened, in a word or two."""
    return {
        What.OBTAINED: tr("Obtained"),
        What.RENEWED: tr("Renewed"),
        What.REFUSED: tr("Refused"),
        What.STOPPED: tr("Stopped"),
        What.EXPIRED: tr("Expired"),
        What.LEASE_ENDED: tr("Lease ended"),
        What.REPLACED: tr("Replaced"),
        What.SIGNED_IN: tr("Signed in"),
        What.SIGNED_OUT: tr("Signed out"),
        What.FILE_CHANGED: tr("File changed"),
    }[what]


def title(entry: Happening) -> str:
    """Whom it concerns."""
    return entry.profile or tr("Credentials file")


def of_provider(entry: Happening) -> bool:
    """Whether its name is a provider's."""
    return entry.what in _SIGN_INS


def more(entry: Happening) -> str:
    """The second line of a row: role and session, and why."""
    return " · ".join(part for part in (entry.role, entry.session_name, told(entry.why)) if part)


def day_word(day: date, today: date) -> str:
    """The name of a day."""
    if day == today:
        return tr("Today")
    if day == today - timedelta(days=1):
        return tr("Yesterday")
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def searched(entries: Iterable[Happening]) -> list[str]:
    """Everything a filter looks at, in small letters, of each entry."""
    words = {what: word(what) for what in What}
    return [
        "\n".join(
            (words[entry.what], entry.profile, entry.role, entry.account, entry.session_name, entry.key_id,
             entry.request_id, entry.code, entry.why)
        ).lower()
        for entry in entries
    ]  # fmt: skip


def spoken(entry: Happening) -> str:
    """A row in one sentence, for screen readers."""
    by = tr("by you") if entry.by_person else ""
    parts = (text.clock(entry.at), f"{title(entry)} {word(entry.what).lower()}", more(entry), by)
    return ", ".join(part for part in parts if part)


def details(entry: Happening, now: datetime) -> tuple[tuple[str, str, bool], ...]:
    """All that is known, as (name, value, whether it is an identifier); what is not known is left out."""
    rows = (
        (tr("When"), text.local_name(entry.at), False),
        (tr("What"), word(entry.what), False),
        (tr("Provider") if of_provider(entry) else tr("Profile"), entry.profile, False),
        (tr("Role"), entry.role, False),
        (tr("Account"), entry.account, True),
        (tr("Session name"), entry.session_name, True),
        (tr("Key ID"), entry.key_id, True),
        (tr("Request ID"), entry.request_id, True),
        (tr("Valid until"), "" if entry.expires is None else text.day_and_clock(entry.expires, now), False),
        (tr("Error code"), entry.code, True),
        (tr("Why"), told(entry.why), False),
        (tr("By"), tr("you") if entry.by_person else tr("Rolecall itself"), False),
    )
    return tuple(row for row in rows if row[1])


def in_lines(entry: Happening, now: datetime) -> str:
    """One entry as lines of text."""
    return "\n".join(f"{name}: {value}" for name, value, _mono in details(entry, now))


def as_table(entries: Iterable[Happening]) -> str:
    """Entries as lines with tabs, times in UTC; the first line names the columns."""
    head = (
        tr("Time"), tr("What"), tr("Profile"), tr("Role"), tr("Account"), tr("Session name"), tr("Key ID"),
        tr("Request ID"), tr("Error code"), tr("Why"), tr("By"),
    )  # fmt: skip
    lines = ["\t".join(head)]
    words = {what: word(what) for what in What}
    by_whom = {True: tr("you"), False: tr("Rolecall itself")}
    for entry in entries:
        at = entry.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        by = by_whom[entry.by_person]
        cells = (
            at, words[entry.what], entry.profile, entry.role, entry.account, entry.session_name, entry.key_id,
            entry.request_id, entry.code, entry.why, by,
        )  # fmt: skip
        # A cell is one cell, whatever AWS wrote into it.
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "\n".join(lines)
