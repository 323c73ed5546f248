"""What people are shown: plain values without secrets, made from sessions, configuration and the clock."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from app.domain.configuration import Configuration
    from app.domain.differences import EntryChange
    from app.domain.errors import Problem


class Status(enum.Enum):
    """What a session looks like at a moment."""

    IDLE = "idle"
    ACQUIRING = "acquiring"
    WAITING = "waiting for you"
    ACTIVE = "active"
    EXPIRING = "expiring"
    REFRESHING = "refreshing"
    EXPIRED = "expired"
    FAILED = "failed"


LIVE = frozenset({Status.ACTIVE, Status.EXPIRING, Status.REFRESHING})
"""Statuses with credentials that still work. A waiting session may have some too: see `SessionView.live`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """One link of a profile's chain. `kind` is `identity`, `saml`, `oidc`, `mfa` or `role`; `until` is UTC or None."""

    name: str
    kind: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One row of the list, and what its detail panel shows. Times are UTC."""

    name: str
    status: Status
    group: str = ""
    colour: str = ""
    pinned: bool = False
    role_name: str = ""
    account: str = ""
    region: str = ""
    source_name: str = ""
    published_as: str = ""
    """The AWS profile name it is or would be published as; empty with `publish = "none"`."""
    published: bool = False
    refresh: bool = True
    issued: datetime | None = None
    expires: datetime | None = None
    renews: datetime | None = None
    """When it renews by itself, or None."""
    since: datetime | None = None
    """When the present activity began."""
    retry_at: datetime | None = None
    """When a failed renewal is tried again, or None."""
    waiting_for: str = ""
    """`mfa`, `command` or `browser` while a person is needed."""
    problem: Problem | None = None
    """Why it failed, or why renewal has not worked so far while the credentials still do."""
    note: str = ""
    """A word about a limit that was applied, such as the cap for chained roles."""
    key_id: str = ""
    """The access key ID, shortened: `ASIA…7Q2F`."""
    access_key_id: str = ""
    """The whole access key ID, to be copied: no secret."""
    arn: str = ""
    packed_policy_size: int | None = None
    chained: bool = False
    request_id: str = ""
    confirmed: bool = True
    chain: tuple[LinkView, ...] = ()
    usable_for_console: bool = True
    confirm: bool = False
    """A person has to type the name, or press and hold, before it is assumed."""
    guarded_by: str = ""
    """The guarded profile that it starts from and that would be obtained anew for it; empty for none."""
    mfa: bool = False
    """An MFA code may be needed for it, or for what it starts from."""
    lease_ends: datetime | None = None
    """When it is withdrawn whatever AWS still accepts; `expires` is then not later than this."""

    def time_left(self, now: datetime) -> timedelta | None:
        """Time until AWS refuses the credentials; None without credentials."""
        return None if self.expires is None else self.expires - now

    def live(self, now: datetime) -> bool:
        """Whether there are credentials that still work."""
        return self.expires is not None and self.expires > now


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """One thing only a person can do, and everything that waits for it.

    `key` identifies it in answers. `kind` is `mfa`, `command` or `sign-in`. `wanted_now` is true when a person's own
    click led here, so that the window may open the sheet by itself; a renewal in the background never does.
    `next_code_at` (UTC) is set while a code of the present 30 s step has been used already. `sending` is true
    from an answer until AWS's reply.
    """

    key: str
    kind: str
    title: str
    device: str = ""
    command: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    wanted_now: bool = False
    sending: bool = False
    problem: Problem | None = None
    next_code_at: datetime | None = None
    identity: str = ""
    codes: int = 1
    """For `mfa`: how many codes of the device are needed, one after the other: AWS takes each for one call only."""
    sign_in: SignInView | None = None
    """For `sign-in`: how it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInView:
    """A sign-in at a provider that needs a person.

    `way` is the `Flow` in use (its value), `ways` those that can be chosen instead. `opened`: window, browser or device
    code are there and wait for the person; before that, answering with an empty text opens them. An answer with a text
    is a pasted SAML response. `user_code` and `url` belong to the device grant; `code_expires` is UTC.
    """

    provider: str
    way: str
    ways: tuple[str, ...] = ()
    opened: bool = False
    has_link: bool = False
    """Whether there is a link to copy (`Intents.copy_sign_in_link`)."""
    user_code: str = ""
    url: str = ""
    complete_url: str = ""
    code_expires: datetime | None = None


class SignIn(enum.Enum):
    """What a provider's sign-in looks like at a moment."""

    OUT = "signed out"
    SIGNING_IN = "signing in"
    WAITING = "waiting for you"
    IN = "signed in"
    """An assertion or token is here that STS still takes."""
    REMEMBERED = "remembered"
    """None is here, but the provider remembers the person: the next one may need nobody."""
    FAILED = "failed"
    LEAVING = "signing out"
    """What the provider remembers the person by is being removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedRole:
    """A role of the last assertion. `profile` is the one that stands for it already, or empty."""

    role_arn: str
    role_name: str
    account: str
    provider_arn: str
    profile: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the microscope: what an assertion or ID token says.

    `verdict` is `good`, `bad` or empty; `note` says why, or what it means. `moment` (UTC) is set for times, to be
    shown in local time and counted down.
    """

    name: str
    value: str = ""
    moment: datetime | None = None
    verdict: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderView:
    """One provider and what is known about the sign-in there. Times are UTC.

    `usable_until`: STS takes the present assertion or token until then. `remembered`: cookies or a refresh token are
    kept. `facts` and `roles` come from the last assertion or token seen, also a refused one; `seen` is when it came.
    `profiles` are those that start from it. `problem` is why the last sign-in, or what STS said to it, failed.
    """

    name: str
    type: str
    way: str
    status: SignIn
    ways: tuple[str, ...] = ()
    """Those that a person can choose instead of `way`."""
    place: str = ""
    """The host of the login page, the issuer, the command or the file."""
    usable_until: datetime | None = None
    remembered: bool = False
    keeps: bool = False
    """Whether it is set to stay signed in."""
    subject: str = ""
    seen: datetime | None = None
    roles: tuple[OfferedRole, ...] = ()
    facts: tuple[Fact, ...] = ()
    profiles: tuple[str, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The status line. `online` is None until AWS was asked. `skew` is AWS's clock minus ours, seconds."""

    online: bool | None = None
    keyring: str = ""
    keyring_problem: Problem | None = None
    skew: float = 0.0
    settings_problem: Problem | None = None
    file_problem: Problem | None = None
    next_person_needed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything the window shows, at one moment."""

    configuration: Configuration
    sessions: tuple[SessionView, ...] = ()
    needs: tuple[NeedView, ...] = ()
    providers: tuple[ProviderView, ...] = ()
    health: Health = field(default_factory=Health)
    happened: int = 0
    """Grows with every entry of the activity journal that this process knows of."""
    people: Mapping[str, datetime] = field(default_factory=dict)
    """When a live session needs a person for its next renewal (UTC), by profile; the others renew without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One line of “what will be sent”. `hidden` values are not shown, `fault` marks a broken limit."""

    name: str
    value: str = ""
    hidden: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPreview:
    """What a profile would send to STS. `capped` tells a limit that applies by itself."""

    host: str
    rows: tuple[PreviewRow, ...] = ()
    signed_by: str = ""
    policy_characters: int = 0
    faults: tuple[Problem, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One role of the AWS config file: importable, or not and why.

    `note` tells what will be different, `published_as` is the free AWS profile name chosen for it.
    """

    name: str
    words: str = ""
    note: str = ""
    published_as: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """What an import would do. `keys` are identities whose access keys stand in the credentials file.

    `kept` are the roles that came from there before: what is different there now (`CHANGED`, `SAME`, `GONE`).
    `digest` (hex) binds a later import to what was looked at.
    """

    path: str
    rows: tuple[ImportRow, ...] = ()
    refused: tuple[ImportRow, ...] = ()
    keys: tuple[str, ...] = ()
    kept: tuple[EntryChange, ...] = ()
    digest: str = ""
