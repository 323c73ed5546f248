"""A core and everyone it asks, connected."""

from __future__ import annotations

import contextlib
import getpass
import re
from typing import TYPE_CHECKING, Protocol

from app.adapters import directories
from app.adapters.clock import ClockMemory, SystemClock, whose_time
from app.adapters.credentials_file.asynchronous import AsyncCredentialsFile
from app.adapters.credentials_file.file import CredentialsFile
from app.adapters.credentials_file.location import credentials_path
from app.adapters.http import Http, HttpOptions
from app.adapters.journal_file import JournalFile
from app.adapters.keyring_store import PASSPHRASE_FILE, open_store
from app.adapters.locks import FileLocks
from app.adapters.settings_file import SettingsFile
from app.adapters.state_file import StateFile
from app.adapters.sts.client import StsClient, StsOptions
from app.bootstrap.parts import Parts
from app.core.front import Front
from app.core.world import World
from app.domain.configuration import Settings
from app.domain.endpoints import EndpointOptions
from app.domain.errors import Problem, StorageTrouble
from app.domain.late import late
from app.domain.values import dataclass, field
from app.ports import SamlLogin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from app.adapters.directories import Directories
    from app.adapters.saml.reader import SamlReader
    from app.domain.secret import Secret
    from app.ports import Clock, Desktop

SESSION_NAME_LONGEST = 64
SIGN_INS = "sign-ins"
"""Below the state: what keeps people signed in at SAML providers, a folder for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wired:
    """A core, where its files are, and how to let go of everything.

    `settled` waits until the browser has fetched what it was given.
    """

    front: Front
    where: Directories
    sts: StsClient
    credentials_file: CredentialsFile
    http: Http
    closers: tuple[Callable[[], None], ...]
    settled: Callable[[], Awaitable[None]]
    ends: tuple[Callable[[], Awaitable[None]], ...]
    passphrase_file: str = ""

    def file_problems(self) -> list[Problem]:
        """What is, or may go, wrong with the credentials file and with who may touch our own files."""
        where = self.where
        from app.adapters import permissions

        open_to_others = permissions.findings(
            [where.config, where.state, where.locks], passphrase_file=self.passphrase_file
        )
        return [*open_to_others, *self._credentials_file_problems()]

    def _credentials_file_problems(self) -> list[Problem]:
        try:
            findings = self.credentials_file.findings()
        except StorageTrouble as error:
            return [error.problem]
        return [
            Problem(
                code=each.code,
                title=f"Credentials file, line {each.line}: {each.title}" if each.line else each.title,
                detail=each.detail,
                remedy=each.remedy,
            )
            for each in findings
        ]

    def keeps_cookies(self, provider: str) -> bool:
        """Whether a SAML provider's window has left what keeps the person signed in."""
        from app.adapters.desktop.saml_login import keeping

        return keeping.holds_cookies(keeping.folder(self.where.state / SIGN_INS, provider))

    def forget_cookies(self, provider: str) -> None:
        """Delete that. Raises StorageTrouble `sign-ins-folder`."""
        from app.adapters import files
        from app.adapters.desktop.saml_login import keeping

        directory = self.where.state / SIGN_INS
        try:
            keeping.delete(keeping.folder(directory, provider))
        except OSError as error:
            title = "What is kept of this provider could not be removed"
            raise files.trouble(error, code="sign-ins-folder", title=title, path=directory) from error

    async def close(self) -> None:
        """End sign-ins, close connections, end threads; what was begun is finished."""
        await self.front.engine.close()
        for end in self.ends:
            await end()
        await self.http.aclose()
        for close in self.closers:
            close()


class LoginWindows(SamlLogin, Protocol):
    """The windows of login pages, with an end."""

    def close(self) -> None:
        """Let go of everything. Comes after every sign-in has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a core has around it besides files, network and keyring; by default nothing, and the machine's clock.

    `saml_login` makes the windows of login pages, given who reads responses, the directory for what is kept, and what
    tells the corrected time. `settled` waits until the browser has fetched what it was given; `ends` are called when
    all is closed.
    """

    desktop: Desktop | None = None
    saml_login: Callable[[SamlReader, Path, Callable[[], datetime]], LoginWindows] | None = None
    ask_passphrase: Callable[[bool], Secret] | None = None
    clock: Clock = field(default_factory=SystemClock)
    settled: Callable[[], Awaitable[None]] | None = None
    ends: tuple[Callable[[], Awaitable[None]], ...] = ()


def wire(environ: Mapping[str, str], *, person_present: bool, around: Surroundings | None = None) -> Wired:
    """Connect a core with this machine. Nothing is asked or read yet, but directories are made."""
    around = around or Surroundings()
    where = directories.find(environ)
    where.create()
    state = StateFile(where.state)
    installation = state.read_now().installation
    file = CredentialsFile(credentials_path(environ), installation=installation)
    published = AsyncCredentialsFile(file)
    settings = SettingsFile(where.settings, lock_path=where.settings_lock)
    clock = around.clock
    http = Http(HttpOptions.from_environment(environ, Settings()), now=clock.now, steady=clock.steady)
    options = StsOptions.from_environment(environ, Settings())
    sts = StsClient(http, options, now=clock.now, monotonic=clock.monotonic)
    sts.go_by(ClockMemory(where.state, clock, endpoint=whose_time(environ)))

    def now() -> datetime:
        return clock.now() + sts.clock_skew

    def configured(new: Settings) -> None:
        http.reconfigure(HttpOptions.from_environment(environ, new))
        sts.reconfigure(StsOptions.from_environment(environ, new))

    parts = Parts(environ, installation, http=http, file=file, now=now)
    reader = late(parts.saml)
    journal = JournalFile(where.state, now=now)
    login = around.saml_login(reader, where.state / SIGN_INS, now) if around.saml_login is not None else None
    secrets = open_store(environ, ask=around.ask_passphrase)
    world = World(
        clock=clock,
        sts=sts,
        console=late(parts.console),
        file=published,
        secrets=secrets,
        state=state,
        settings=settings,
        locks=FileLocks(where.locks),
        mfa_command=late(parts.mfa_command),
        totp=late(parts.totp),
        aws_config=late(parts.aws_config),
        aws_tools=late(parts.aws_tools),
        endpoints=lambda new: EndpointOptions.from_environment(environ, new),
        configured=configured,
        saml=reader,
        oidc=late(parts.oidc),
        tokens=late(parts.tokens),
        journal=journal,
        autostart=late(parts.autostart),
        profiles_file=late(parts.profiles_file),
        saml_login=login,
        desktop=around.desktop,
        person_present=person_present,
        default_session_name=session_name(),
    )
    closers = [published.close, settings.close, state.close, parts.close, journal.close]
    closers += [login.close] if login is not None else []
    # At a terminal the keyring's thread may wait for somebody to type: that ends with the program
    closers += [secrets.close] if around.ask_passphrase is None else []
    return Wired(
        front=Front(world),
        where=where,
        sts=sts,
        credentials_file=file,
        http=http,
        closers=tuple(closers),
        settled=around.settled or _nothing,
        ends=around.ends,
        passphrase_file=environ.get(PASSPHRASE_FILE, ""),
    )


async def _nothing() -> None:
    """There is nothing to wait for."""


def session_name() -> str:
    """The OS user as a role session name: 2 to 64 letters, digits and `_+=,.@-`."""
    user = ""
    with contextlib.suppress(OSError, KeyError):
        user = getpass.getuser()
    made = re.sub(r"[^0-9A-Za-z_+=,.@-]", "-", user)[:SESSION_NAME_LONGEST]
    return made if len(made) > 1 else f"rolecall-{made}".rstrip("-")
