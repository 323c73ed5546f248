"""A core for the window's tests: the roles of the drawn pictures, a clock that stands still, every wish recorded."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.domain.arn import MfaDevice, RoleArn
from app.domain.configuration import Configuration, Identity, MfaUse, Profile, Settings, Source, SourceKind
from app.domain.errors import BadInput, Problem, RolecallError
from app.domain.view import (
    Health,
    ImportRow,
    ImportView,
    LinkView,
    NeedView,
    PreviewRow,
    RequestPreview,
    SessionView,
    SignIn,
    Snapshot,
    Status,
)
from tests.ui import fake_providers
from tests.ui.fake_places import PlaceWishes
from tests.ui.fake_providers import CORP, LOGIN, ProviderWishes, providers
from tests.ui.fake_sharing import FakeSharing
from tests.ui.fake_tools import FakeTools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime


NOW = fake_providers.NOW
ACCOUNTS = {"prod": "123456789012", "stage": "210987654321", "sandbox": "345678901234", "shared": "456789012345"}
DENIED = Problem(
    code="access-denied",
    title="Denied: the role's trust policy does not name corp",
    detail="User arn:aws:sts::111122223333:assumed-role/corp/alice is not authorized to perform sts:AssumeRole.",
    remedy="Ask the owner of account 123456789012 to add corp to the trust policy of the role Billing.",
    request_id="0b2c4d1e-90f1-4f5a-8a1e-5f7c1d2e3f4a",
)
WRONG_CODE = Problem(
    code="mfa-invalid", title="That code was wrong", detail="AWS did not accept it.", remedy="Wait for the next one."
)
_SHARED = (
    "artifacts", "backup", "billing-read", "cdn", "data-lake", "dns", "eks-admin", "hub", "logs", "mail", "network",
    "registry", "secrets-audit", "vpn",
)  # fmt: skip


def _m(minutes: float, seconds: float = 0) -> timedelta:
    return timedelta(minutes=minutes, seconds=seconds)


def _view(name: str, role: str, source: str, status: Status = Status.IDLE, **more: object) -> SessionView:
    kind = name.split("-", maxsplit=1)[0]
    group, colour = {
        "prod": ("Production", "red"),
        "stage": ("Staging", "violet"),
        "sandbox": ("Sandbox", "teal"),
    }.get(kind, ("Shared", "grey"))
    facts: dict[str, object] = {
        "name": name,
        "status": status,
        "group": group,
        "colour": colour,
        "role_name": role,
        "account": ACCOUNTS.get(kind, ACCOUNTS["shared"]),
        "region": "eu-west-1",
        "source_name": source,
        "published_as": name,
        "chain": (
            LinkView(name=source, kind={"corp": "saml", "login": "oidc", "hub": "role"}.get(source, "identity")),
            LinkView(name=name, kind="role"),
        ),
    }
    return SessionView(**(facts | more))  # type: ignore[arg-type]  # a table of keyword arguments


def _live(left: timedelta, life: float = 60) -> dict[str, object]:
    expires = NOW + left
    return {
        "expires": expires,
        "issued": expires - _m(life),
        "renews": expires - _m(16),
        "published": True,
        "key_id": "ASIA…7Q2F",
        "packed_policy_size": 12,
    }


def sessions() -> tuple[SessionView, ...]:
    """The rows of the drawn pictures, in their order: 24 roles, 7 of them live, 4 pinned."""
    hub = (
        LinkView(name="alice", kind="identity"),
        LinkView(name="hub", kind="role", until=NOW + _m(48, 10)),
        LinkView(name="prod-admin", kind="role", until=NOW + _m(42, 10)),
    )
    rows = [
        _view(
            "prod-admin", "Admin", "hub", Status.ACTIVE, pinned=True, chained=True, chain=hub,
            arn="arn:aws:sts::123456789012:assumed-role/Admin/alice",
            note="AWS limits a role assumed from another role to 1 h.",
            request_id="c6104cbe-af31-11e0-8154-cbc7ccf896c7", **_live(_m(42, 10)),
        ),
        _view("prod-audit", "SecurityAudit", "corp", pinned=True),
        _view("prod-billing", "Billing", "corp", Status.FAILED, problem=DENIED),
        _view(
            "prod-deploy", "Deploy", "corp", Status.EXPIRING, region="eu-central-1", refresh=False, **_live(_m(8, 36))
        ),
        _view("stage-dev", "Developer", "login", Status.REFRESHING, pinned=True, **_live(_m(15, 31))),
        _view("stage-ops", "Operations", "alice", Status.WAITING, waiting_for="mfa"),
        _view("stage-db", "DatabaseAdmin", "login", Status.ACQUIRING, since=NOW - _m(0, 2)),
        _view("stage-readonly", "ReadOnly", "login", Status.EXPIRED, expires=NOW - _m(12), issued=NOW - _m(72)),
        _view(
            "sandbox-alice", "PowerUser", "corp", Status.EXPIRING, region="us-east-1", refresh=False,
            **_live(_m(0, 48)),
        ),
        _view("sandbox-ml", "Notebook", "login", Status.ACTIVE, region="us-east-1", pinned=True, **_live(_m(72), 120)),
    ]  # fmt: skip
    live = {"data-lake": _m(26, 10), "hub": _m(48, 10)}
    for name in _SHARED:
        if name in live:
            rows.append(
                _view(name, "Shared" + name.title().replace("-", ""), "alice", Status.ACTIVE, **_live(live[name]))
            )
        else:
            rows.append(_view(name, "Shared" + name.title().replace("-", ""), "corp"))
    return tuple(rows)


def profile_of(view: SessionView) -> Profile:
    """A profile that such a row could come from."""
    kind = {"corp": SourceKind.PROVIDER, "login": SourceKind.PROVIDER, "hub": SourceKind.PROFILE}
    return Profile(
        name=view.name,
        source=Source(kind=kind.get(view.source_name, SourceKind.IDENTITY), name=view.source_name),
        role_arn=RoleArn.parse(f"arn:aws:iam::{view.account}:role/{view.role_name}"),
        region=view.region,
        group=view.group,
        colour=view.colour,
        pinned=view.pinned,
        mfa=MfaUse.SESSION if view.source_name == "alice" else MfaUse.NONE,
        refresh=view.refresh,
    )


def configuration(rows: Iterable[SessionView]) -> Configuration:
    """A configuration behind these rows: one identity, two providers."""
    alice = Identity(
        name="alice",
        access_key_id="AKIAIOSFODNN7EXAMPLE",
        mfa_device=MfaDevice.parse("arn:aws:iam::111122223333:mfa/alice"),
    )
    return Configuration(
        settings=Settings(region="eu-west-1"),
        identities=MappingProxyType({"alice": alice}),
        providers=MappingProxyType({"corp": CORP, "login": LOGIN}),
        profiles=MappingProxyType({row.name: profile_of(row) for row in rows}),
    )


class FakeIntents(ProviderWishes, PlaceWishes):
    """The core's front door, without a core.

    `calls` holds every wish as (method, arguments). `fails` maps a method's name to the error it raises next.
    Assuming a profile of `asks` brings a need for an MFA code (`wanted_now`); 000000 is wrong, any other code is right.
    Assuming waits for `gate`, which is open unless a test closes it.
    """

    def __init__(self, rows: Iterable[SessionView] | None = None, *, empty: bool = False) -> None:
        made = () if empty else tuple(sessions() if rows is None else rows)
        self.rows: dict[str, SessionView] = {row.name: row for row in made}
        self.configuration = Configuration() if empty else configuration(made)
        self.provider_views = {} if empty else {view.name: view for view in providers(made)}
        self.needs: tuple[NeedView, ...] = ()
        if "stage-ops" in self.rows and rows is None:
            self.needs = (self.need(("stage-ops", "stage-dba", "ops-breakglass"), wanted_now=False),)
        self.health = Health(online=True, keyring="Secret Service", skew=0.2, next_person_needed=NOW + _m(10, 10))
        self.time = NOW
        self.calls: list[tuple[str, tuple[object, ...]]] = []
        self.fails: dict[str, RolecallError] = {}
        self.asks: set[str] = {"stage-ops"}
        self.gate = asyncio.Event()
        self.gate.set()
        self.import_view = ImportView(path="~/.aws/config")
        self._told: list[Callable[[], None]] = []
        self._answers: dict[str, asyncio.Future[None]] = {}
        self._snapshot: Snapshot | None = None
        self.tools = FakeTools(self._call)
        self.sharing = FakeSharing(self._call)
        self.autostart = False
        self.happened = 0
        self.people: dict[str, datetime] = {}

    # --- What tests turn ------------------------------------------------------------------------------------------

    def need(self, profiles: tuple[str, ...], *, wanted_now: bool = True) -> NeedView:
        return NeedView(
            key="mfa:alice",
            kind="mfa",
            title="MFA code for alice",
            device="arn:aws:iam::111122223333:mfa/alice",
            profiles=profiles,
            wanted_now=wanted_now,
            identity="alice",
        )

    def set_theme(self, theme: str) -> None:
        """Set the theme as the settings page would."""
        settings = replace(self.configuration.settings, theme=theme)
        self.configuration = replace(self.configuration, settings=settings)
        self.tell()

    def change(self, name: str, **facts: object) -> None:
        """Change one row and tell."""
        self.rows[name] = replace(self.rows[name], **facts)  # type: ignore[arg-type]  # a table of keyword arguments
        self.tell()

    def tell(self) -> None:
        """Let the subscribers know."""
        self._snapshot = None
        for told in tuple(self._told):
            told()

    def called(self, method: str) -> list[tuple[object, ...]]:
        """The arguments of each call of a method."""
        return [arguments for name, arguments in self.calls if name == method]

    def _call(self, method: str, *arguments: object) -> None:
        self.calls.append((method, arguments))
        error = self.fails.pop(method, None)
        if error is not None:
            raise error

    # --- Intents --------------------------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        if self._snapshot is None:
            self._snapshot = Snapshot(
                configuration=self.configuration,
                sessions=tuple(self.rows.values()),
                needs=self.needs,
                providers=tuple(self.provider_views.values()),
                health=self.health,
                happened=self.happened,
                people=self.people,
            )
        return self._snapshot

    def now(self) -> datetime:
        return self.time

    def subscribe(self, told: Callable[[], None]) -> Callable[[], None]:
        self._told.append(told)
        return lambda: self._told.remove(told)

    async def assume(self, name: str, *, displace: bool = False, confirmed: str = "") -> None:
        self._call("assume", name, displace)
        if self.rows[name].confirm and confirmed != name and not self.rows[name].live(self.time):
            raise BadInput(code="confirmation-needed", title=f"“{name}” asks for a confirmation", field="confirm")
        self.change(name, status=Status.ACQUIRING, since=self.time, problem=None)
        await self.gate.wait()
        if name in self.asks:
            need = self.need((name,))
            self.needs = (need,)
            waits = self._answers[need.key] = asyncio.get_running_loop().create_future()
            self.change(name, status=Status.WAITING, waiting_for="mfa")
            await waits
        facts = _live(_m(60))
        facts["expires"] = self.time + _m(60)
        facts["issued"] = self.time
        self.change(name, status=Status.ACTIVE, waiting_for="", **facts)

    async def cancel(self, name: str) -> None:
        self._call("cancel", name)
        self.change(name, status=Status.IDLE, waiting_for="")

    async def refresh(self, name: str, *, confirmed: str = "") -> None:
        self._call("refresh", name)
        guarded = self.rows[name].confirm and self.rows[name].lease_ends is not None
        if guarded and confirmed != name:
            raise BadInput(code="confirmation-needed", title=f"“{name}” asks for a confirmation", field="confirm")
        self.change(name, status=Status.REFRESHING, since=self.time)

    async def refresh_all(self) -> tuple[str, ...]:
        self._call("refresh_all")
        return tuple(name for name, view in self.rows.items() if view.lease_ends is not None)

    async def stop(self, name: str) -> None:
        self._call("stop", name)
        self.change(name, status=Status.IDLE, expires=None, issued=None, renews=None, published=False)

    async def stop_all(self) -> None:
        self._call("stop_all")

    async def answer(self, key: str, code: str) -> None:
        self._call("answer", key, code)
        need = next(each for each in self.needs if each.key == key)
        if need.sign_in is not None:
            self.answer_sign_in(need, code)
            return
        if code == "000000":
            self.needs = (replace(need, problem=WRONG_CODE, next_code_at=self.time + timedelta(seconds=12)),)
            self.tell()
            return
        self.needs = tuple(each for each in self.needs if each.key != key)
        self.tell()
        waits = self._answers.pop(key, None)
        if waits is not None:
            waits.set_result(None)

    async def put_off(self, key: str) -> None:
        self._call("put_off", key)
        self.needs = tuple(replace(need, wanted_now=False) if need.key == key else need for need in self.needs)
        self.tell()

    async def decline(self, key: str) -> None:
        self._call("decline", key)
        need = next((each for each in self.needs if each.key == key), None)
        for name in () if need is None else need.profiles:
            if name in self.rows:
                self.rows[name] = replace(self.rows[name], status=Status.IDLE, waiting_for="")
        if need is not None and need.sign_in is not None:
            self.change_provider(need.sign_in.provider, status=SignIn.OUT)
        self.needs = tuple(each for each in self.needs if each.key != key)
        waits = self._answers.pop(key, None)
        if waits is not None:
            waits.cancel()
        self.tell()

    async def copy_console_url(self, name: str, service: str = "") -> None:
        self._call("copy_console_url", name, service)

    async def open_console(self, name: str, service: str = "") -> None:
        self._call("open_console", name, service)

    async def copy_environment(self, name: str, shell: str) -> None:
        self._call("copy_environment", name, shell)

    async def put_profile(self, profile: Profile, *, formerly: str = "") -> None:
        self._call("put_profile", profile, formerly)
        profiles = dict(self.configuration.profiles)
        old = self.rows.pop(formerly or profile.name, None)
        profiles.pop(formerly, None)
        profiles[profile.name] = profile
        self.configuration = replace(self.configuration, profiles=MappingProxyType(profiles))
        base = old or SessionView(name=profile.name, status=Status.IDLE)
        role = profile.role_arn
        self.rows[profile.name] = replace(
            base,
            name=profile.name,
            group=profile.group,
            colour=profile.colour,
            pinned=profile.pinned,
            role_name="" if role is None else role.name,
            account="" if role is None else role.account,
            region=profile.region or "",
            source_name=profile.source.name,
            published_as=profile.published_as,
            refresh=profile.refresh,
        )
        self.tell()

    async def arrange(self, name: str, *, group: str, before: str = "") -> None:
        self._call("arrange", name, group, before)

    async def remove_profile(self, name: str) -> None:
        self._call("remove_profile", name)
        self.rows.pop(name)
        profiles = {key: value for key, value in self.configuration.profiles.items() if key != name}
        self.configuration = replace(self.configuration, profiles=MappingProxyType(profiles))
        self.tell()

    async def put_identity(self, identity: Identity, *, secret: str = "", totp: str = "", formerly: str = "") -> None:
        self._call("put_identity", identity, secret, totp, formerly)
        identities = {key: value for key, value in self.configuration.identities.items() if key != formerly}
        identities[identity.name] = identity
        self.configuration = replace(self.configuration, identities=MappingProxyType(identities))
        self.tell()

    async def remove_identity(self, name: str) -> None:
        self._call("remove_identity", name)
        identities = {key: value for key, value in self.configuration.identities.items() if key != name}
        self.configuration = replace(self.configuration, identities=MappingProxyType(identities))
        self.tell()

    async def keep_secrets_in_memory(self) -> None:
        self._call("keep_secrets_in_memory")
        self.health = replace(self.health, keyring="in memory until quit", keyring_problem=None)
        self.tell()

    async def put_settings(self, settings: Settings) -> None:
        self._call("put_settings", settings)
        self.configuration = replace(self.configuration, settings=settings)
        self.tell()

    def preview(self, profile: Profile) -> RequestPreview:
        self.calls.append(("preview", (profile,)))
        faults: tuple[Problem, ...] = ()
        fault = ""
        if profile.source.kind is SourceKind.PROFILE and (profile.duration or 0) > 3600:
            fault = "At most 3,600 s: AWS limits a role assumed from another role to 1 h."
            faults = (Problem(code="bad-duration", title=fault, field="duration"),)
        rows = [
            PreviewRow(name="Action", value=profile.action.value),
            PreviewRow(name="Version", value="2011-06-15"),
            PreviewRow(name="RoleArn", value=str(profile.role_arn or "")),
            PreviewRow(name="RoleSessionName", value=profile.session_name or "alice"),
            PreviewRow(name="DurationSeconds", value=str(profile.duration or ""), fault=fault),
            PreviewRow(name="Session token", hidden=True),
            PreviewRow(name="Signature", hidden=True),
        ]
        region = profile.region or "us-east-1"
        return RequestPreview(
            host=f"sts.{region}.amazonaws.com",
            rows=tuple(row for row in rows if row.value or row.hidden),
            signed_by=f"{profile.source.name}, ASIA…9K1D",
            policy_characters=len(profile.policy or ""),
            faults=faults,
        )

    async def test(self, profile: Profile, *, confirmed: str = "") -> str:
        self._call("test", profile)
        if profile.confirm and confirmed != profile.name:
            raise BadInput(code="confirmation-needed", title=f"“{profile.name}” asks for a confirmation")
        await self.gate.wait()
        role = profile.role_arn
        if role is None:
            return "arn:aws:iam::111122223333:user/alice"
        return f"arn:aws:sts::{role.account}:assumed-role/{role.name}/alice"

    async def plan_import(self) -> ImportView:
        self._call("plan_import")
        return self.import_view

    async def run_import(self, names: tuple[str, ...], *, keys: bool, digest: str) -> int:
        self._call("run_import", names, keys)
        assert digest == self.import_view.digest, "what was shown"
        return len(names)

    async def starts_with_session(self) -> bool:
        self._call("starts_with_session")
        return self.autostart

    async def start_with_session(self, *, on: bool) -> None:
        self._call("start_with_session", on)
        self.autostart = on


IMPORT = ImportView(
    path="~/.aws/config",
    rows=(
        ImportRow(name="prod-admin", words="Admin, MFA", published_as="prod-admin-rolecall"),
        ImportRow(name="prod-audit", words="SecurityAudit", published_as="prod-audit-rolecall"),
        ImportRow(name="prod-deploy", words="Deploy, from hub", published_as="prod-deploy-rolecall"),
        ImportRow(name="stage-dev", words="Developer", published_as="stage-dev-rolecall"),
        ImportRow(name="stage-ops", words="Operations, MFA", published_as="stage-ops-rolecall"),
        ImportRow(name="stage-readonly", words="ReadOnly", published_as="stage-readonly-rolecall"),
        ImportRow(name="sandbox-alice", words="PowerUser", published_as="sandbox-alice-rolecall"),
    ),
    refused=(
        ImportRow(name="legacy-sso", refusal="signs in through IAM Identity Center (sso_session)"),
        ImportRow(name="old-loop", refusal="its source_profile leads back to itself"),
    ),
    keys=("alice",),
    digest="d1",
)
"""What the picture of the first start shows: seven roles to import, two that cannot be, one identity's keys."""
