"""The core's answers for the pages Deadlines and Activity, to be turned by tests: those of the drawn picture."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.deadlines import Deadline, Deadlines, PersonNeeded, ToppedUp
from app.domain.happening import Happening, What
from app.domain.view import Status
from tests.ui.fake_providers import NOW

if TYPE_CHECKING:
    from datetime import datetime


def _m(minutes: float, seconds: float = 0) -> datetime:
    return NOW + timedelta(minutes=minutes, seconds=seconds)


def time_line() -> Deadlines:
    """The rows of the drawn picture: 7 live sessions from 3 sources, one that waits, the next sign-in at 14:20."""
    person = _m(10, 10)
    rows = (
        Deadline(key="identity.alice", name="alice", kind="identity"),
        _session("hub", "Hub", Status.ACTIVE, -12, 48 + 1 / 6, renews=32 + 1 / 6, until=108),
        _session("prod-admin", "Admin", Status.ACTIVE, -18, 42 + 1 / 6, renews=26 + 1 / 6, until=102, depth=2),
        Deadline(
            key="profile.stage-ops", name="stage-ops", kind="role", depth=1, words="Operations", status=Status.WAITING,
            person_at=NOW, person_for="mfa",
        ),
        Deadline(key="provider.corp", name="corp", kind="saml", person_at=person, person_for="sign-in"),
        _session("data-lake", "Analyst", Status.ACTIVE, -34, 26 + 1 / 6, person_at=person, person_for="sign-in"),
        _session("prod-deploy", "Deploy", Status.EXPIRING, -51, 8.6),
        _session("sandbox-alice", "PowerUser", Status.EXPIRING, -59, 0.8),
        Deadline(key="provider.login", name="login", kind="oidc", by_itself=True),
        _session("stage-dev", "Developer", Status.REFRESHING, -44, 15 + 31 / 60, renews=-0.1, until=75.6),
        _session("sandbox-ml", "Notebook", Status.ACTIVE, -48, 72 + 1 / 6, renews=42 + 1 / 6, until=132),
    )  # fmt: skip
    needed = PersonNeeded(at=person, kind="sign-in", source="corp", profiles=("data-lake",), works_until=_m(26 + 1 / 6))
    return Deadlines(rows=rows, person=needed, sessions=7, sources=3)


def _session(
    name: str, role: str, status: Status, issued: float, expires: float, *, renews: float | None = None,
    until: float | None = None, depth: int = 1, person_at: datetime | None = None, person_for: str = "",
) -> Deadline:  # fmt: skip
    return Deadline(
        key=f"profile.{name}",
        name=name,
        kind="role",
        depth=depth,
        words=role,
        status=status,
        issued=_m(issued),
        expires=_m(expires),
        renews=None if renews is None else _m(renews),
        renewed_until=None if until is None else _m(until),
        person_at=person_at,
        person_for=person_for,
    )


_ROLES = {
    "prod-admin": ("Admin", "123456789012"),
    "hub": ("Hub", "111122223333"),
    "stage-dev": ("Developer", "210987654321"),
    "prod-billing": ("Billing", "123456789012"),
    "prod-deploy": ("Deploy", "123456789012"),
    "sandbox-ml": ("Notebook", "345678901234"),
    "stage-readonly": ("ReadOnly", "210987654321"),
    "data-lake": ("Analyst", "456789012345"),
}
DENIED = "Denied: the role's trust policy does not name corp"


def _entry(minutes: float, what: What, profile: str = "", n: int = 0, **more: object) -> Happening:
    facts: dict[str, object] = {"at": _m(-minutes), "what": what, "profile": profile}
    role, account = _ROLES.get(profile, ("", ""))
    if role:
        facts |= {"role": role, "account": account, "session_name": "alice"}
    if what in {What.OBTAINED, What.RENEWED}:
        facts |= {
            "key_id": f"ASIA…{(7919 * n + 40009) % 65536:04X}",
            "request_id": f"c6104cbe-af31-11e0-8154-{0xCBC7CCF896C7 + n:012x}",
            "expires": _m(60 - minutes),
        }
    return Happening(**(facts | more))  # type: ignore[arg-type]  # a table of keyword arguments


def happenings() -> tuple[Happening, ...]:
    """What happened today, yesterday and the day before, newest first; of each kind at least one."""
    return (
        _entry(2, What.RENEWED, "stage-dev", 1, why="16 min before it ended"),
        _entry(8, What.REFUSED, "prod-billing", code="access-denied", why=DENIED, by_person=True,
               request_id="0b2c4d1e-90f1-4f5a-8a1e-5f7c1d2e3f4a"),
        _entry(11, What.RENEWED, "hub", 2, why="16 min before it ended"),
        _entry(12, What.EXPIRED, "stage-readonly"),
        _entry(18, What.OBTAINED, "prod-admin", 3, by_person=True),
        _entry(34, What.OBTAINED, "data-lake", 4, by_person=True),
        _entry(35, What.SIGNED_IN, "corp", by_person=True, why="in its own window"),
        _entry(48, What.OBTAINED, "sandbox-ml", 5, by_person=True),
        _entry(51, What.OBTAINED, "prod-deploy", 6, by_person=True),
        _entry(95, What.FILE_CHANGED, why="The section prod-admin was written by another program."),
        _entry(1200, What.LEASE_ENDED, "prod-deploy", why="It was lent for 30 min."),
        _entry(1230, What.OBTAINED, "prod-deploy", 7, by_person=True),
        _entry(1270, What.STOPPED, "sandbox-ml", by_person=True),
        _entry(1300, What.REPLACED, "hub", why="prod-admin is published as hub now."),
        _entry(2700, What.SIGNED_OUT, "login", by_person=True),
        _entry(2710, What.REFUSED, "stage-dev", code="expired-token", why="The session of login has ended."),
    )  # fmt: skip


class PlaceWishes:
    """Mixed into the fake core, which records every wish with `_call`."""

    time_line = time_line()
    happenings = happenings()
    topped_up = ToppedUp(renewed=("hub", "prod-admin"))

    def _call(self, method: str, *arguments: object) -> None:
        raise NotImplementedError

    def deadlines(self) -> Deadlines:
        return self.time_line

    async def activity(self) -> tuple[Happening, ...]:
        self._call("activity")
        return self.happenings

    async def top_up(self) -> ToppedUp:
        self._call("top_up")
        return self.topped_up
