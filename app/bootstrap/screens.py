"""Pictures of every page, from the demo as it would look at ten past two on a busy day.

Usage: python -m app.bootstrap.screens DIRECTORY NAME, on a display. NAME goes before each picture's; the index of the
directory is made anew each time. With QT_SCALE_FACTOR=2 the same at twice the size. `NAME first` takes the pictures of
a first start instead.
"""

from __future__ import annotations

import asyncio
import html
import os
import sys
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QMenu

from app.adapters.totp import Totp
from app.bootstrap import demo, hands, window
from app.bootstrap.autoplay import DemoClock
from app.bootstrap.player import Player, StepFailed, require
from app.domain import otp
from app.domain.secret import Secret
from app.domain.values import dataclass, replace
from app.domain.view import Status
from app.ui import theme
from app.ui.confirm_sheet import ConfirmSheet
from app.ui.mfa_sheet import MfaSheet
from app.ui.places import PLACES
from app.ui.profile_editor import ProfileEditor
from app.ui.provider_page import ProviderPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap.window import Running
    from app.standin import StandIn, World

_TEN_PAST_TWO = {"hour": 14, "minute": 10, "second": 0, "microsecond": 0}
_FOR_EVER = 300.0
_ASKED = 0.6
"""What a page of the tools needs for its answer, seconds."""
_AWS_CONFIG = "[profile work]\nregion = eu-west-1\n" + "".join(
    f"[profile {name}]\nrole_arn = arn:aws:iam::210987654321:role/{role}\nsource_profile = work\n"
    for name, role in {
        "build": "Builder",
        "release": "Release",
        "metrics": "Metrics",
        "search": "SearchAdmin",
        "queues": "QueueReader",
        "archive": "Archive",
        "billing-view": "BillingView",
    }.items()
)
_AWS_CONFIG += "[profile company]\nsso_session = company\nsso_account_id = 210987654321\nsso_role_name = Staff\n"
_AWS_KEYS = "[work]\naws_access_key_id = AKIAWORKWORKWORKWORK\naws_secret_access_key = not-a-real-secret-either\n"
_USUAL, _NARROW, _SMALLEST = (1120, 720), (680, 720), (640, 480)
_CONTROL = Qt.KeyboardModifier.ControlModifier
_NO_RENEWAL: dict[str, object] = {"refresh": False}
_ENTRIES: dict[str, dict[str, object]] = {
    "stage-readonly": _NO_RENEWAL,
    "sandbox-alice": _NO_RENEWAL,
    "prod-deploy": {"refresh": False, "duration": 3600},
    "sandbox-ml": {"duration": 7200},
    "stage-dev": {"refresh": False, "duration": 3600},
    "stage-ops": {"mfa": "role"},
    "prod-audit": {"confirm": True},
}
"""What is different from the demo's settings, so that a day's states can be seen at one moment."""
_DAY = (
    ("stage-readonly", timedelta(minutes=72)),
    ("sandbox-alice", timedelta(minutes=59, seconds=12)),
    ("prod-deploy", timedelta(minutes=51, seconds=24)),
    ("sandbox-ml", timedelta(minutes=48)),
    ("stage-dev", timedelta(minutes=44, seconds=29)),
    ("prod-admin", timedelta(minutes=17, seconds=50)),
    ("network", timedelta(minutes=12)),
    ("data-lake", timedelta(minutes=11)),
)
"""Who was assumed how long before the moment of the pictures, in order."""


class StillClock(DemoClock):
    """A clock that stands still until it is put somewhere, so that every picture shows the same second."""

    def __init__(self) -> None:
        super().__init__()
        today = datetime.now().astimezone()
        later = today.replace(**_TEN_PAST_TWO)  # type: ignore[arg-type]  # whole numbers
        # Ahead of the machine's own: nothing of what is kept may lie in the future
        while later < today + timedelta(hours=2):
            later += timedelta(days=1)
        self.goal = later.astimezone(super().now().tzinfo)
        self._still = self.goal - timedelta(hours=2)

    def now(self) -> datetime:
        """Where it was put, UTC."""
        return self._still

    def advance(self, by: timedelta) -> None:
        """Put it forward."""
        super().advance(by)
        self._still += by

    def put(self, before: timedelta) -> None:
        """Put it so long before the moment of the pictures."""
        self.advance(self.goal - before - self._still)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is played with."""

    aws: StandIn
    world: World
    clock: StillClock
    opened: list[str]
    directory: Path
    name: str


class Screens:
    """Somebody who brings the window to its states, and takes the pictures."""

    def __init__(self, scene: Scene, environ: dict[str, str]) -> None:
        self._scene, self._environ = scene, environ

    async def play(self, running: Running) -> int:
        """All of it; 0 when every state was reached."""
        scene = self._scene
        self._player = Player(running, scene.aws.url, self._environ, scene.directory)
        self._window = running.window
        self._window.resize(*_USUAL)
        await self._player.come()
        try:
            if scene.name.endswith("-first"):
                await self._both("first-run", self._window.show_roles)
            else:
                await self._live_the_day()
                await self._now()
                await self._all_pages()
        except StepFailed as error:
            await self._player.look(f"{scene.name}-failed")
            print(f"FAILED: {error}", file=sys.stderr, flush=True)
            return 1
        return 0

    # --- Bringing it about -------------------------------------------------------------------------------------------

    async def _live_the_day(self) -> None:
        self._window.pages.provider("corp")
        page = self._window.pages.page
        if isinstance(page, ProviderPage):
            await hands.click(page.status.stay)
            await self._player.until(lambda: self._player.provider("corp").keeps, "corp is to stay signed in")
        self._window.show_roles()
        for name, before in _DAY:
            self._scene.clock.put(before)
            await self._player.press_button(name)
            await self._until_live(name)
        self._scene.clock.put(timedelta())

    async def _until_live(self, name: str) -> None:
        """Do what a person has to do on the way, as often as it takes."""
        player = self._player
        for _ in range(4):
            await player.until(lambda: player.live(name) or self._asked(), f"{name} is live, or somebody asked for")
            if player.live(name):
                return
            if self._scene.opened:
                await player.browse(self._scene.opened.pop())
            elif isinstance(sheet := self._window.prompts.sheet, MfaSheet):
                await hands.write(sheet.boxes, self._code())
                await player.until(lambda: self._window.prompts.sheet is None, "the code was taken")
            else:
                await hands.press(await player.field_of_page(), Qt.Key.Key_Return)
            await player.until(lambda: player.live(name) or not self._asked(), f"{name} goes on")
        await player.until_live(name)

    def _asked(self) -> bool:
        sheet = self._window.prompts.sheet
        return bool(self._scene.opened) or isinstance(sheet, MfaSheet) or hands.login_window() is not None

    def _code(self) -> str:
        secret = Secret(self._scene.world.users["alice"].totp_secret)
        return Totp().code(secret, otp.step_of(self._window.intents.now())).reveal()

    async def _now(self) -> None:
        """What happens at the very moment."""
        player, aws = self._player, self._scene.aws
        await player.press_button("prod-billing")
        await player.until(lambda: self._is("prod-billing", Status.FAILED), "prod-billing is refused")
        aws.fault("hang", action="AssumeRoleWithWebIdentity", times=20)
        await player.press_button("stage-db")
        player.choose("stage-dev")
        await player.press(Qt.Key.Key_R, _CONTROL)
        await player.until(lambda: self._is("stage-db", Status.ACQUIRING), "stage-db is being asked for")
        await player.until(lambda: self._is("stage-dev", Status.REFRESHING), "stage-dev is being renewed")
        require(self._is("stage-readonly", Status.EXPIRED), "stage-readonly has expired")
        await player.press_button("stage-ops")
        await player.until(lambda: self._window.prompts.sheet is not None, "a code is asked for")
        player.choose("prod-admin")
        await self._leave()

    async def _leave(self) -> None:
        """No row is hovered in the pictures."""
        await hands.move(lambda: QCoreApplication.sendEvent(self._player.list, QEvent(QEvent.Type.Leave)))

    def _is(self, name: str, status: Status) -> bool:
        from app.ui import text

        return text.shown(self._player.view(name), self._window.intents.now()) is status

    # --- Pictures ----------------------------------------------------------------------------------------------------

    async def _all_pages(self) -> None:
        window, pages = self._window, self._window.pages
        await self._mfa()
        await self._both("main", self._roles)
        for size, name in ((_NARROW, "narrow"), (_SMALLEST, "smallest")):
            window.resize(*size)
            await self._both(name, self._roles)
        window.resize(*_USUAL)
        await self._both("refused", lambda: self._chosen("prod-billing"))
        for key in PLACES:
            await self._both(key, partial(pages.place, key))
        await self._both("sharing-import", partial(pages.place, "sharing", "import"))
        await self._tools()
        await self._editor()
        await self._both("new", pages.new_profile)
        await self._both("identity", lambda: pages.edit_identity("alice"))
        for provider in ("corp", "login"):
            await self._both(f"provider-{provider}", partial(pages.provider, provider))
            await self._both(f"provider-{provider}-edit", partial(pages.edit_provider, provider))
        await self._both("import", pages.import_roles)
        await self._both("settings", pages.settings)
        self._roles()
        await self._both("palette", window.find_anything, again=True)
        await self._both("palette-prod", window.find_anything, again=True, typed="prod")
        await self._both("shortcuts", window.show_shortcuts, again=True)
        await self._sure()
        await self._toast()
        await self._tray()

    async def _mfa(self) -> None:
        """A code that was wrong, and half of the next one."""
        sheet = self._window.prompts.sheet
        if not isinstance(sheet, MfaSheet):
            raise StepFailed("the sheet for the code is not open")
        await self._both("mfa", lambda: None)
        await hands.write(sheet.boxes, f"{(int(self._code()) + 1) % 1_000_000:06}")
        await self._player.until(lambda: sheet.need.problem is not None, "the wrong code is refused")
        await hands.write(sheet.boxes, "417")
        await self._both("mfa-wrong", lambda: None)
        # Put off, not refused: the row goes on waiting
        sheet.declined.emit(sheet.need.key)
        sheet.close_sheet()

    async def _tools(self) -> None:
        pages = self._window.pages
        key = self._player.view("prod-admin").access_key_id
        for tab, name in (("who", "profile.prod-admin"), ("key", key), ("why", "prod-billing"), ("requests", "")):
            await hands.move(partial(pages.place, "tools", tab, name))
            await asyncio.sleep(_ASKED)
            await self._both(f"tools-{tab}", lambda: None)

    async def _editor(self) -> None:
        """With a field to correct."""
        pages = self._window.pages
        pages.edit_profile("prod-admin")
        await self._player.until(lambda: isinstance(pages.page, ProfileEditor), "the editor is open")
        duration = cast("ProfileEditor", pages.page).form.fields["duration"].control
        for text, name in (("7200", "editor"), ("", "")):
            await hands.press(duration, Qt.Key.Key_A, _CONTROL)
            await hands.press(duration, Qt.Key.Key_Delete)
            await hands.write(duration, text)
            if name:
                await self._both(name, lambda: None)

    async def _sure(self) -> None:
        """What is asked before a role that is to be confirmed."""
        await self._player.press_button("prod-audit")
        await self._player.until(lambda: self._window.findChild(ConfirmSheet) is not None, "it is asked whether to")
        await self._both("confirm", lambda: None)
        await self._escape()
        await self._leave()

    async def _toast(self) -> None:
        self._player.choose("prod-admin")
        await self._player.press(Qt.Key.Key_C, _CONTROL, Qt.KeyboardModifier.ShiftModifier)
        await self._player.until(lambda: self._window.toasts.words != "", "the URL is copied")
        await self._both("toast", lambda: None)

    def _roles(self) -> None:
        self._chosen("prod-admin")

    def _chosen(self, name: str) -> None:
        self._window.show_roles()
        self._player.choose(name)

    async def _both(self, name: str, show: Callable[[], object], *, again: bool = False, typed: str = "") -> None:
        """Show something and take its picture, light and dark; `again`: it is a sheet, which closes with Esc."""
        for mode in ("light", "dark"):
            await self._dress(mode)
            await hands.move(show)
            if typed:
                await hands.write(QApplication.focusWidget() or self._window, typed)
            await self._player.look(f"{self._scene.name}-{name}-{mode}")
            if again:
                await self._escape()

    async def _escape(self) -> None:
        target = QApplication.focusWidget() or self._window
        await hands.press(target, Qt.Key.Key_Escape)
        await asyncio.sleep(0.2)

    async def _dress(self, mode: str) -> None:
        intents = self._window.intents
        await intents.put_settings(replace(intents.snapshot().configuration.settings, theme=mode))
        await self._player.until(lambda: theme.current().tokens.dark == (mode == "dark"), f"the window is {mode}")

    async def _tray(self) -> None:
        menu = self._player.running.tray.menu
        for mode in ("light", "dark"):
            await self._dress(mode)
            await hands.move(lambda: menu.popup(self._window.mapToGlobal(self._window.rect().center())))
            await self._player.look(f"{self._scene.name}-tray-{mode}", menu)
            session = next(each.menu() for each in menu.actions() if each.text().startswith("prod-admin"))
            if not isinstance(session, QMenu):
                raise StepFailed("prod-admin has no menu of its own")
            await hands.move(lambda session=session: session.popup(menu.geometry().topRight()))  # type: ignore[misc]  # bound now
            await self._player.look(f"{self._scene.name}-tray-session-{mode}", session)
            session.close()
            menu.close()


# --- The program -----------------------------------------------------------------------------------------------------


def run(directory: Path, name: str) -> int:
    """Take one set of pictures, and make the index anew; returns the exit code."""
    import tomlkit

    from app.standin import StandIn, demo_settings, demo_world

    directory.mkdir(parents=True, exist_ok=True)
    world, clock, opened = demo_world(), StillClock(), list[str]()
    with tempfile.TemporaryDirectory(prefix="rolecall-screens-") as home, StandIn(world, clock.now) as aws:
        environ = demo.demo_environment(os.environ, Path(home), aws.url)
        # Where AWS tools have their files, and where the window finds a person's home
        files = Path(home) / ".aws"
        environ |= {
            "HOME": home,
            "AWS_CONFIG_FILE": str(files / "config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(files / "credentials"),
        }
        os.environ["HOME"] = home
        settings = tomlkit.parse(demo_settings(world, aws.url))
        for profile, entry in _ENTRIES.items():
            settings["profile"][profile].update(entry)
        settings["settings"].update(read_timeout=_FOR_EVER)  # what hangs is to hang in every picture
        demo.furnish(Path(home), "schema = 1\n" if name.endswith("-first") else tomlkit.dumps(settings))
        (Path(home) / "aws").rename(files)
        (files / "config").write_text(_AWS_CONFIG, encoding="utf-8")
        with (files / "credentials").open("a", encoding="utf-8") as file:
            file.write(_AWS_KEYS)
        scene = Scene(aws=aws, world=world, clock=clock, opened=opened, directory=directory, name=name)
        stage = window.Stage(
            demo=not name.endswith("-first"),  # a first start offers the demo
            prepare=partial(demo.fill_keyring, world),
            clock=clock,
            play=Screens(scene, environ).play,
            open_url=opened.append,
        )
        code = window.run(environ, stage=stage)
    (directory / "index.html").write_text(index(sorted(directory.glob("*.png"))), encoding="utf-8")
    return code


def index(pictures: list[Path]) -> str:
    """A page with all pictures side by side: light beside dark."""
    rows: dict[str, list[str]] = {}
    for picture in pictures:
        name = html.escape(picture.name)
        what = picture.stem.removesuffix("-light").removesuffix("-dark")
        rows.setdefault(what, []).insert(0, f'<a href="{name}"><img loading="lazy" alt="{name}" src="{name}"></a>')
    parts = [f"<h2>{html.escape(what)}</h2><div>{''.join(shown)}</div>" for what, shown in rows.items()]
    style = "body{font:14px sans-serif;margin:24px}div{display:flex;gap:16px;flex-wrap:wrap}img{max-width:48vw}"
    return f"<!doctype html><meta charset=utf-8><title>Rolecall</title><style>{style}</style>{''.join(parts)}\n"


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        raise SystemExit(run(Path(sys.argv[1]), sys.argv[2]))
