"""The world in memory: every port, on one virtual clock. Two engines on one `Machine` are two processes."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.core.front import Front
from app.core.world import World
from app.domain import otp
from app.domain.arn import MfaDevice, RoleArn
from app.domain.aws_import import AwsFiles
from app.domain.configuration import Configuration, Identity, MfaUse, Profile, Provider, Settings, Source, SourceKind
from app.domain.endpoints import EndpointOptions
from app.domain.errors import RolecallError
from app.domain.secret import Secret
from app.domain.state import SharedState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from app.domain.caller import LookedAt
    from app.domain.credentials import SigningKey
    from app.domain.x_ray import Ailment, Holder, Remedy


from tests.core.fake_aws import FakeConsole, FakeSts, FakeTotp, Loose, code_of
from tests.core.fake_file import FakeFile
from tests.core.fake_keeping import FakeAutostart, FakeJournal, FakeProfilesFile
from tests.core.fake_providers import FakeOidc, FakeSamlLogin, FakeSamlProvider, FakeTokens
from tests.core.virtual_time import FakeClock, until

DEVICE = MfaDevice.parse("arn:aws:iam::111122223333:mfa/alice")
ACCOUNT = "123456789012"


# --- The machine ------------------------------------------------------------------------------------------------------


class FakeState:
    def __init__(self) -> None:
        self.value = SharedState(installation="7f3a")
        self.trouble: RolecallError | None = None
        self._version = 0

    async def read(self) -> SharedState:
        await asyncio.sleep(0)
        return self.value

    async def update(self, change: Callable[[SharedState], SharedState]) -> SharedState:
        await asyncio.sleep(0)
        if self.trouble is not None:
            raise self.trouble
        new = change(self.value)
        if new != self.value:
            self.value = new
            self._version += 1
        return self.value

    async def fingerprint(self) -> tuple[int, ...]:
        return (self._version,)


class FakeKeyring:
    def __init__(self) -> None:
        self.items: dict[str, Secret] = {}
        self.trouble: RolecallError | None = None
        self.asked: list[str] = []
        self.lasting = True

    async def get(self, key: str) -> Secret | None:
        await self._ask(f"get {key}")
        return self.items.get(key)

    async def set(self, key: str, value: Secret) -> None:
        await self._ask(f"set {key}")
        self.items[key] = value

    async def delete(self, key: str) -> None:
        await self._ask(f"delete {key}")
        self.items.pop(key, None)

    async def describe(self) -> str:
        await self._ask("describe")
        return "in memory until quit"

    def keep_in_memory(self) -> None:
        self.items, self.trouble, self.lasting = {}, None, False

    async def _ask(self, what: str) -> None:
        self.asked.append(what)
        await asyncio.sleep(0)
        if self.trouble is not None and "identity/" not in what and "totp/" not in what:
            raise self.trouble


class FakeLocks:
    at_once = 3

    def __init__(self) -> None:
        self.held: dict[str, asyncio.Lock] = {}
        self.trouble: dict[str, RolecallError] = {}

    def hold(self, name: str) -> AbstractAsyncContextManager[None]:
        return self._hold(name)

    @asynccontextmanager
    async def _hold(self, name: str) -> AsyncIterator[None]:
        if name in self.trouble:
            raise self.trouble[name]
        async with self.held.setdefault(name, asyncio.Lock()):
            yield

    def taken(self) -> list[str]:
        return [name for name, lock in self.held.items() if lock.locked()]


class FakeSettings:
    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self.trouble: RolecallError | None = None
        self._version = 0

    async def load(self) -> Configuration:
        if self.trouble is not None:
            raise self.trouble
        return self.configuration

    def write(self, configuration: Configuration) -> None:
        """Somebody edits the file."""
        self.configuration = configuration
        self._version += 1

    async def put(self, entry: Identity | Provider | Profile | Settings, *, formerly: str = "") -> Configuration:
        now = self.configuration
        if isinstance(entry, Settings):
            now = replace(now, settings=entry)
        elif isinstance(entry, Profile):
            profiles = {name: each for name, each in now.profiles.items() if name != formerly}
            now = replace(now, profiles=MappingProxyType({**profiles, entry.name: entry}))
        elif isinstance(entry, Identity):
            identities = {name: each for name, each in now.identities.items() if name != formerly}
            now = replace(now, identities=MappingProxyType({**identities, entry.name: entry}))
            now = _followed(now, SourceKind.IDENTITY, formerly, entry.name)
        else:
            providers = {name: each for name, each in now.providers.items() if name != formerly}
            now = replace(now, providers=MappingProxyType({**providers, entry.name: entry}))
            now = _followed(now, SourceKind.PROVIDER, formerly, entry.name)
        self.write(now)
        return now

    async def put_all(self, entries: tuple[Identity | Provider | Profile, ...]) -> Configuration:
        if self.trouble is not None:
            raise self.trouble
        for entry in entries:
            await self.put(entry)
        return self.configuration

    async def move(self, profile: str, *, before: str, group: str | None = None) -> Configuration:
        now = self.configuration
        moved = now.profiles[profile] if group is None else replace(now.profiles[profile], group=group)
        names = [name for name in now.profiles if name != profile]
        names.insert(names.index(before) if before else len(names), profile)
        profiles = {name: moved if name == profile else now.profiles[name] for name in names}
        self.write(replace(now, profiles=MappingProxyType(profiles)))
        return self.configuration

    async def remove(self, source: Source) -> Configuration:
        now = self.configuration
        profiles = {n: p for n, p in now.profiles.items() if (source.kind, source.name) != (SourceKind.PROFILE, n)}
        identities = {n: i for n, i in now.identities.items() if (source.kind, source.name) != (SourceKind.IDENTITY, n)}
        providers = {n: p for n, p in now.providers.items() if (source.kind, source.name) != (SourceKind.PROVIDER, n)}
        self.write(
            replace(
                now,
                profiles=MappingProxyType(profiles),
                identities=MappingProxyType(identities),
                providers=MappingProxyType(providers),
            )
        )
        return self.configuration

    async def fingerprint(self) -> tuple[int, ...]:
        return (self._version,)


def _followed(now: Configuration, kind: SourceKind, formerly: str, name: str) -> Configuration:
    """References follow an entry to its new name."""
    old, new = (Source(kind=kind, name=each) for each in (formerly, name))
    moved = {p.name: replace(p, source=new) if p.source == old else p for p in now.profiles.values()}
    return replace(now, profiles=MappingProxyType(moved))


class FakeMfaCommand:
    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.ran: list[tuple[str, ...]] = []
        self.seconds = 0.1

    async def code(self, command: tuple[str, ...]) -> Secret:
        self.ran.append(command)
        await asyncio.sleep(self.seconds)
        return Secret(code_of(otp.step_of(self.clock.true())))


class FakeAwsConfig:
    def __init__(self) -> None:
        self.settings: dict[str, str] = {}
        self.files = AwsFiles(config_path="~/.aws/config")

    async def overriding(self, aws_profile: str) -> str:
        return self.settings.get(aws_profile, "")

    async def names(self) -> frozenset[str]:
        return frozenset(self.settings)

    async def read(self) -> AwsFiles:
        return self.files


class FakeAwsTools:
    """What AWS tools find: told by the test."""

    def __init__(self) -> None:
        self.places: tuple[LookedAt, ...] = ()
        self.key: SigningKey | None = None
        self.asked: list[str] = []
        self.held: dict[str, tuple[Holder, ...]] = {}
        self.ailing: tuple[Ailment, ...] = ()
        self.mended: list[Remedy] = []

    async def chain(self, aws_profile: str = "") -> tuple[tuple[LookedAt, ...], SigningKey | None]:
        self.asked.append(aws_profile)
        return self.places, self.key

    async def holders(self, access_key_id: str, *, now: datetime) -> tuple[Holder, ...]:
        assert now.tzinfo is not None
        return self.held.get(access_key_id, ())

    async def ailments(self, *, now: datetime) -> tuple[Ailment, ...]:
        assert now.tzinfo is not None
        return self.ailing

    async def mend(self, remedy: Remedy) -> None:
        self.mended.append(remedy)


class FakeDesktop:
    def __init__(self) -> None:
        self.copied: list[str] = []
        self.opened: list[str] = []

    def copy_secret(self, text: Secret, *, seconds: float) -> None:
        self.copied.append(text.reveal())

    def open_secret_url(self, url: Secret) -> None:
        self.opened.append(url.reveal())

    def copy_text(self, text: str) -> None:
        self.copied.append(text)


@dataclass(kw_only=True)
class Machine:
    """One computer and AWS. `process()` starts a window or command line on it."""

    configuration: Configuration
    clock: FakeClock = field(default_factory=FakeClock)
    file: FakeFile = field(default_factory=FakeFile)
    state: FakeState = field(default_factory=FakeState)
    keyring: FakeKeyring = field(default_factory=FakeKeyring)
    locks: FakeLocks = field(default_factory=FakeLocks)
    aws_config: FakeAwsConfig = field(default_factory=FakeAwsConfig)
    aws_tools: FakeAwsTools = field(default_factory=FakeAwsTools)
    desktop: FakeDesktop = field(default_factory=FakeDesktop)
    console: FakeConsole = field(default_factory=FakeConsole)
    journal: FakeJournal = field(default_factory=FakeJournal)
    autostart: FakeAutostart = field(default_factory=FakeAutostart)
    profiles_file: FakeProfilesFile = field(default_factory=FakeProfilesFile)
    seed: int = 7

    def __post_init__(self) -> None:
        self.sts = FakeSts(self.clock)
        self.settings = FakeSettings(self.configuration)
        self.mfa_command = FakeMfaCommand(self.clock)
        self.idp = FakeSamlProvider(self.clock)
        self.window = FakeSamlLogin(self.idp)
        self.oidc = FakeOidc(self.clock)
        self.tokens = FakeTokens()
        self.sts.assertions, self.sts.tokens = self.idp.given, self.oidc.given
        for identity in self.configuration.identities.values():
            self.keyring.items[f"identity/{identity.name}"] = Secret(f"secret-{identity.access_key_id}")

    async def process(self, *, person_present: bool = True, window: bool = True) -> Front:
        world = World(
            clock=self.clock,
            sts=self.sts,
            console=self.console,
            file=self.file,
            secrets=self.keyring,
            state=self.state,
            settings=self.settings,
            locks=self.locks,
            mfa_command=self.mfa_command,
            totp=FakeTotp(),
            aws_config=self.aws_config,
            aws_tools=self.aws_tools,
            endpoints=lambda settings: EndpointOptions.from_environment({}, settings),
            configured=lambda _: None,
            saml=self.idp,
            oidc=self.oidc,
            tokens=self.tokens,
            journal=self.journal,
            autostart=self.autostart,
            profiles_file=self.profiles_file,
            saml_login=self.window if window else None,
            desktop=self.desktop,
            person_present=person_present,
            chance=Random(self.seed),  # noqa: S311  # the same spread in every run
        )
        front = Front(world)
        await front.start()
        return front

    def code(self) -> str:
        """What the device shows now."""
        return code_of(otp.step_of(self.clock.true()))


# --- What is configured -----------------------------------------------------------------------------------------------


def identity(name: str = "alice", **changes: Loose) -> Identity:
    values: dict[str, Any] = {"access_key_id": f"AKIA{name.upper():0<16}", "mfa_device": DEVICE}
    return Identity(name=name, **(values | changes))


def saml(name: str = "corp", **changes: Loose) -> Provider:
    values: dict[str, Any] = {"login_url": "https://idp.example.com/aws"}
    return Provider(name=name, type="saml", **(values | changes))


def oidc(name: str = "login", **changes: Loose) -> Provider:
    values: dict[str, Any] = {"issuer": "https://login.example.com", "client_id": "rolecall"}
    return Provider(name=name, type="oidc", **(values | changes))


def profile(name: str, source: str = "identity.alice", role: str = "", **changes: Loose) -> Profile:
    kind, _, source_name = source.partition(".")
    arn = RoleArn.parse(f"arn:aws:iam::{ACCOUNT}:role/{role or name}") if role != "-" else None
    return Profile(name=name, source=Source(kind=SourceKind(kind), name=source_name), role_arn=arn, **changes)


def configuration(*entries: Identity | Profile | Provider, settings: Settings | None = None) -> Configuration:
    identities = [each for each in entries if isinstance(each, Identity)] or [identity()]
    return Configuration(
        settings=settings or Settings(region="eu-west-1"),
        identities=MappingProxyType({each.name: each for each in identities}),
        profiles=MappingProxyType({each.name: each for each in entries if isinstance(each, Profile)}),
        providers=MappingProxyType({each.name: each for each in entries if isinstance(each, Provider)}),
    )


def machine(*entries: Identity | Profile | Provider, **options: Loose) -> Machine:
    return Machine(configuration=configuration(*entries), **options)


def mfa_profile(name: str, **changes: Loose) -> Profile:
    return profile(name, mfa=MfaUse.SESSION, **changes)


@asynccontextmanager
async def supervised(*fronts: Front) -> AsyncIterator[None]:
    """The supervisors of some processes run, until the end or a failure of theirs."""
    tasks = [asyncio.create_task(front.supervisor.run()) for front in fronts]
    try:
        yield
        assert not [task for task in tasks if task.done()]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def row(front: Front, name: str) -> Loose:
    return next(each for each in front.snapshot().sessions if each.name == name)


def session(front: Front, name: str) -> Loose:
    return front.engine.roster.profiles[name].session


async def give_code(front: Front, code: str = "", machine: Machine | None = None) -> str:
    """Wait for a need and answer it; its key."""
    await until(lambda: any(not need.sending for need in front.snapshot().needs))
    need = next(need for need in front.snapshot().needs if not need.sending)
    await front.answer(need.key, code or (machine.code() if machine else "agreed"))
    return need.key


async def imported(front: Front, names: tuple[str, ...], *, keys: bool = False) -> int:
    """A person looks at the AWS config file, and takes these over."""
    return await front.run_import(names, keys=keys, digest=(await front.plan_import()).digest)


async def rejected(awaitable: Loose) -> RolecallError:
    try:
        await awaitable
    except RolecallError as error:
        return error
    raise AssertionError("nothing was refused")
