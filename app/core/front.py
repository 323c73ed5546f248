"""The core's front door: every wish of `Intents`, fulfilled by the room behind that does it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from app.core import refreshing, views
from app.core.engine import Engine
from app.core.provider_views import ProviderViews
from app.core.rows import Rows
from app.core.sign_ins import ProviderSignIn
from app.core.supervisor import Supervisor
from app.core.time_line import TimeLine
from app.domain.configuration import Flow
from app.domain.errors import BadInput, StorageTrouble
from app.domain.late import late, rooms
from app.domain.secret import Secret
from app.domain.view import Health, Snapshot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from datetime import datetime

    from app.core import console, editing, environment, importing, preview, providers, topping_up
    from app.core.keepers import ProfileKeeper
    from app.core.sharing import SharingDesk
    from app.core.tools import CoreTools
    from app.core.world import World
    from app.domain.configuration import Identity, Profile, Provider, Settings
    from app.domain.deadlines import Deadlines, PersonNeeded, ToppedUp
    from app.domain.errors import Problem
    from app.domain.happening import Happening
    from app.domain.view import ImportView, RequestPreview, SessionView
    from app.ports import Desktop
else:
    # Each is for some wishes only
    console, editing, environment, importing, preview, providers, topping_up = rooms(
        "app.core", "console", "editing", "environment", "importing", "preview", "providers", "topping_up"
    )

CLIPBOARD_SECONDS = 60.0


class Front:
    """Implements `app.core.intents.Intents` on a world."""

    def __init__(self, world: World) -> None:
        self.engine = Engine(world, self._changed)
        self.supervisor = Supervisor(self.engine)
        self.sharing: SharingDesk = late(self._sharing)
        self.tools: CoreTools = late(self._tools)
        self._told: list[Callable[[], None]] = []
        self._telling = False
        self._snapshot: Snapshot | None = None
        self._rows = Rows()
        self._time_line = TimeLine()
        self._providers = ProviderViews()
        self._keyring = ""
        self._keyring_problem: Problem | None = None
        self._inspections = 0

    def _sharing(self) -> SharingDesk:
        from app.core.sharing import SharingDesk

        return SharingDesk(self.engine)

    def _tools(self) -> CoreTools:
        from app.core.tools import CoreTools

        return CoreTools(self.engine)

    async def start(self) -> None:
        """Load settings, adopt what lives."""
        await self.engine.start()

    async def inspect_keyring(self) -> None:
        """Name the keyring for the status line; slow where a keyring is, so never at start."""
        self._inspections += 1
        inspection = self._inspections
        name, problem = "", None
        try:
            name = await self.engine.world.secrets.describe()
        except StorageTrouble as error:
            problem = error.problem
        # A keyring that was given up meanwhile may still fail, much later.
        if inspection == self._inspections:
            self._keyring, self._keyring_problem = name, problem
            self._changed()

    def _changed(self) -> None:
        self._snapshot = None
        if self._told and not self._telling:
            self._telling = True
            asyncio.get_running_loop().call_soon(self._tell)

    def _tell(self) -> None:
        self._telling = False
        for told in list(self._told):
            told()

    def subscribe(self, told: Callable[[], None]) -> Callable[[], None]:
        """See Intents."""
        self._told.append(told)
        return lambda: self._told.remove(told) if told in self._told else None

    def now(self) -> datetime:
        """See Intents."""
        return self.engine.world.now()

    def snapshot(self) -> Snapshot:
        """See Intents."""
        if self._snapshot is None:
            roster = self.engine.roster
            now = self.now()
            person, people = self._time_line.people(roster, now)
            self._snapshot = Snapshot(
                configuration=roster.configuration,
                sessions=self._rows.views(roster, now),
                needs=self.engine.desk.views(),
                providers=self._providers.views(roster, now),
                health=self._health(person),
                people=people,
                happened=self.engine.journal.happened,
            )
        return self._snapshot

    def row(self, name: str) -> SessionView:
        """One profile's row, without making all of them. Raises BadInput for a name that is unknown or was refused."""
        return views.session_view(self.engine.keeper(name), self.engine.roster, self.now())

    def deadlines(self) -> Deadlines:
        """See Intents."""
        return self._time_line.deadlines(self.engine.roster, self.engine.desk, self.now())

    def _health(self, person: PersonNeeded | None) -> Health:
        engine = self.engine
        return Health(
            online=engine.online,
            keyring=self._keyring,
            keyring_problem=self._keyring_problem or engine.shelf.keyring_problem,
            skew=engine.world.sts.clock_skew.total_seconds(),
            settings_problem=engine.settings_problem,
            file_problem=engine.file_problem or engine.journal.problem,
            # who waits for something that never worked sees that without a clock
            next_person_needed=person.at if person is not None and person.works_until is not None else None,
        )

    def _root(self, keeper: ProfileKeeper) -> ProfileKeeper:
        """The first profile of a keeper's chain, which starts from the identity."""
        parents = keeper.chain.parents
        return self.engine.roster.profiles[parents[0].name] if parents else keeper

    async def assume(self, name: str, *, displace: bool = False, confirmed: str = "") -> None:
        """See Intents."""
        await self.engine.assume(name, displace=displace, confirmed=confirmed)

    async def cancel(self, name: str) -> None:
        """See Intents."""
        await self.engine.cancel(name)

    async def refresh(self, name: str, *, confirmed: str = "") -> None:
        """See Intents."""
        await self.engine.assume(name, force=True, confirmed=confirmed)

    async def refresh_all(self) -> tuple[str, ...]:
        """See Intents; the first failure is raised after all have ended."""
        return await refreshing.refresh_all(self.engine)

    async def activity(self) -> tuple[Happening, ...]:
        """See Intents."""
        return await self.engine.journal.read()

    async def top_up(self) -> ToppedUp:
        """See Intents."""
        return await topping_up.top_up(self.engine)

    async def stop(self, name: str) -> None:
        """See Intents."""
        await self.engine.stop(name)

    async def stop_all(self) -> None:
        """See Intents."""
        await self.engine.stop_all()

    async def answer(self, key: str, code: str) -> None:
        """See Intents."""
        self.engine.desk.answer(key, code)

    async def decline(self, key: str) -> None:
        """See Intents."""
        self.engine.desk.decline(key)

    async def put_off(self, key: str) -> None:
        """See Intents."""
        self.engine.desk.put_off(key)

    async def copy_console_url(self, name: str, service: str = "") -> None:
        """See Intents."""
        url = await console.sign_in_url(self.engine, name, service)
        self._desktop().copy_secret(url, seconds=CLIPBOARD_SECONDS)
        await console.remember_service(self.engine, name, service)

    async def open_console(self, name: str, service: str = "") -> None:
        """See Intents."""
        url = await console.sign_in_url(self.engine, name, service)
        self._desktop().open_secret_url(url)
        await console.remember_service(self.engine, name, service)

    async def copy_environment(self, name: str, shell: str) -> None:
        """See Intents."""
        keeper = self.engine.keeper(name)
        obtained = await self.engine.assume(name)
        credentials = (await keeper.loaded(obtained)).credentials_or_fail()
        text = environment.in_words_of(shell, credentials, region=keeper.region)
        self._desktop().copy_secret(text, seconds=CLIPBOARD_SECONDS)

    async def put_profile(self, profile: Profile, *, formerly: str = "") -> None:
        """See Intents."""
        await editing.put_profile(self.engine, profile, formerly=formerly)

    async def arrange(self, name: str, *, group: str, before: str = "") -> None:
        """See Intents."""
        await editing.arrange(self.engine, name, group=group, before=before)

    async def remove_profile(self, name: str) -> None:
        """See Intents."""
        await editing.remove_profile(self.engine, name)

    async def put_identity(self, identity: Identity, *, secret: str = "", totp: str = "", formerly: str = "") -> None:
        """See Intents."""
        async with self._minding_keyring(used=bool(secret or totp)):
            await editing.put_identity(self.engine, identity, secret=secret, totp=totp, formerly=formerly)

    async def remove_identity(self, name: str) -> None:
        """See Intents."""
        await editing.remove_identity(self.engine, name)

    async def sign_in(self, provider: str, way: str = "") -> None:
        """See Intents."""
        await self.engine.sign_in(provider).sign_in(Flow(way) if way else None)

    async def sign_out(self, provider: str) -> None:
        """See Intents."""
        await providers.sign_out(self.engine, provider)

    async def choose_way(self, key: str, way: str) -> None:
        """See Intents."""
        self.engine.desk.choose_way(key, way)

    async def copy_sign_in_link(self, key: str) -> None:
        """See Intents."""
        link = self.engine.desk.link(key)
        if not link:
            raise BadInput(
                code="sign-in-link",
                title="There is no link to copy",
                detail="Nothing is open that another browser could open too.",
                remedy="Open the sign-in first, or choose another way.",
            )
        if isinstance(link, str):
            self._desktop().copy_text(link)
        else:
            self._desktop().copy_secret(link, seconds=CLIPBOARD_SECONDS)

    async def assume_offered(self, provider: str, role_arns: tuple[str, ...]) -> Mapping[str, str]:
        """See Intents."""
        return await providers.assume_offered(self.engine, provider, role_arns)

    async def put_provider(self, provider: Provider, *, client_secret: str = "", formerly: str = "") -> None:
        """See Intents."""
        async with self._minding_keyring(used=bool(client_secret)):
            await providers.put_provider(self.engine, provider, client_secret=client_secret, formerly=formerly)

    async def remove_provider(self, name: str) -> None:
        """See Intents."""
        await providers.remove_provider(self.engine, name)

    async def give_response(self, name: str, text: str) -> None:
        """Sign in for a profile with a SAML response that a person got elsewhere. Raises BadInput."""
        self._sign_in_of(name).hand_in(Secret(text))

    def prefer_way(self, name: str, way: Flow) -> None:
        """Sign in this way, in this process, when the profile `name` needs it. Raises BadInput."""
        self._sign_in_of(name).prefer(way)

    def _sign_in_of(self, name: str) -> ProviderSignIn:
        root = self._root(self.engine.keeper(name)).signer
        if isinstance(root, ProviderSignIn):
            return root
        raise BadInput(
            code="no-provider",
            title=f"“{name}” does not start from a provider",
            detail="There is nothing to sign in to: its first link is an identity's key.",
            remedy="Leave the way of signing in out.",
            field="source",
        )

    async def keep_secrets_in_memory(self) -> None:
        """See Intents."""
        self.engine.world.secrets.keep_in_memory()
        self.engine.shelf.keyring_problem = None
        await self.inspect_keyring()
        await self.engine.find_out("oidc")

    async def put_settings(self, settings: Settings) -> None:
        """See Intents."""
        await editing.put_settings(self.engine, settings)

    def preview(self, profile: Profile) -> RequestPreview:
        """See Intents."""
        return preview.preview(self.engine, profile)

    async def test(self, profile: Profile, *, confirmed: str = "") -> str:
        """See Intents."""
        return await editing.test(self.engine, profile, confirmed=confirmed)

    async def plan_import(self) -> ImportView:
        """See Intents."""
        return await importing.plan(self.engine)

    async def run_import(self, names: tuple[str, ...], *, keys: bool, digest: str) -> int:
        """See Intents."""
        async with self._minding_keyring(used=keys):
            return await importing.run(self.engine, names, keys=keys, digest=digest)

    async def starts_with_session(self) -> bool:
        """See Intents."""
        return await self.engine.world.autostart.is_on()

    async def start_with_session(self, *, on: bool) -> None:
        """See Intents."""
        await self.engine.world.autostart.switch(on=on)

    @asynccontextmanager
    async def _minding_keyring(self, *, used: bool) -> AsyncIterator[None]:
        """Show what a person's own wish to store something has found out about the keyring."""
        try:
            yield
        except StorageTrouble as error:
            if error.code.startswith("keyring-"):
                self._keyring_problem = error.problem
                self._changed()
            raise
        if used and self._keyring_problem is not None:
            self._keyring_problem = None
            self._changed()

    def _desktop(self) -> Desktop:
        desktop = self.engine.world.desktop
        if desktop is None:
            raise BadInput(code="no-desktop", title="There is no desktop here", remedy="Use the window.")
        return desktop
