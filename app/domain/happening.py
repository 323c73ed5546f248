"""What happened to sessions, sign-ins and files: the entries of the activity journal. Holds no secret."""

from __future__ import annotations

import enum
from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

KEPT = timedelta(days=30)
"""Older entries are forgotten."""


class What(enum.Enum):
    """The kinds of things that happen."""

    OBTAINED = "obtained"
    RENEWED = "renewed"
    REFUSED = "refused"
    """Not obtained or not renewed; `why` says what was in the way."""
    STOPPED = "stopped"
    EXPIRED = "expired"
    LEASE_ENDED = "lease ended"
    REPLACED = "replaced"
    """Another profile is published under the same AWS profile name now."""
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    FILE_CHANGED = "file changed"
    """Somebody else changed the credentials file; `why` says what of ours it concerned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One entry. `at` is UTC; `key_id` is shortened (`ASIA…7Q2F`).

    `profile` is the profile's name, or the provider's for a sign-in; empty for the file. `by_person` tells a click from
    what Rolecall did by itself. `code` is that of the error. `expires` (UTC) is set when something was obtained.
    """

    at: datetime
    what: What
    profile: str = ""
    role: str = ""
    account: str = ""
    session_name: str = ""
    key_id: str = ""
    request_id: str = ""
    code: str = ""
    why: str = ""
    by_person: bool = False
    expires: datetime | None = None
