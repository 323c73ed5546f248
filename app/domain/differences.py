"""What would change in the settings, entry by entry and field by field, before anything does."""

from __future__ import annotations

import enum

from app.domain.values import dataclass


class Change(enum.Enum):
    """What would become of an entry."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"
    """It is no longer where it came from."""
    REFUSED = "refused"
    """It cannot be taken over; `note` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One setting, as the settings file writes it. An empty `old` or `new` means that it is not set there."""

    name: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """One entry: `kind` is `profile`, `provider` or `identity`.

    `command` (of a provider) will not run before a person has seen and confirmed it. `needs` are entries (like
    `identity.alice`) that it starts from and that are neither here nor among what would come with it.
    """

    kind: str
    name: str
    change: Change
    fields: tuple[FieldChange, ...] = ()
    note: str = ""
    command: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilesPlan:
    """What a colleague's file would change. `digest` (SHA-256, hex) binds a later `take` to what was looked at.

    `missing` lists the sources nobody here has (like `identity.alice`), for which one of ours may be chosen.
    """

    path: str
    digest: str
    entries: tuple[EntryChange, ...] = ()
    missing: tuple[str, ...] = ()
