"""From a wish to an intent: sends it, answers at once, and brings what went wrong to where it can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.console import SERVICES
from app.domain.values import replace
from app.ui import deadlines_words
from app.ui.acts import Act
from app.ui.tasks import spawn
from app.ui.text import number, tr
from app.ui.toasts import Toast

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from app.core.intents import Intents
    from app.domain.errors import RolecallError
    from app.domain.view import SessionView, Snapshot
    from app.ui.toasts import Toasts
    from app.ui.window_state import WindowState

SHELLS = (("bash", "bash, zsh"), ("fish", "fish"), ("powershell", "PowerShell"), ("cmd", "cmd"), ("json", "JSON"))
_FREQUENT = ("ec2", "s3", "cloudwatch", "logs", "lambda", "rds", "iam", "billing")
_FOREIGN = {"section-foreign", "section-unknown-origin"}
_CONFIRM = "confirmation-needed"


class Doer(QObject):
    """Does what rows, menus, keys and tray ask for, by profile name.

    `edit_wanted` and `duplicate_wanted` carry a name, `answer_wanted` the profile whose question is to be opened,
    `details_wanted` the profile whose failure is to be shown, `displace_wanted` the profile whose AWS section is
    somebody else's, and the name typed to confirm it; `confirm_wanted` the profile that a person has to confirm, and
    whether a foreign section is set aside for it; `refresh_confirm_wanted` the one that has to be before it is renewed.
    `twin_wanted`, `why_wanted`, `activity_wanted`, `export_wanted` and `shells_wanted` carry a name, too: the window
    answers all of these.
    """

    edit_wanted = Signal(str)
    duplicate_wanted = Signal(str)
    answer_wanted = Signal(str)
    details_wanted = Signal(str)
    displace_wanted = Signal(str, str)
    confirm_wanted = Signal(str, bool)
    refresh_confirm_wanted = Signal(str)
    twin_wanted = Signal(str)
    why_wanted = Signal(str)
    activity_wanted = Signal(str)
    export_wanted = Signal(str)
    shells_wanted = Signal(str)

    def __init__(self, intents: Intents, toasts: Toasts, state: WindowState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._intents, self._toasts, self._state = intents, toasts, state
        self._views: dict[str, SessionView] = {}
        self._of: Snapshot | None = None
        self.seen: Callable[[str], bool] = lambda _name: False
        """Whether a profile's row can be seen now; set by the window."""

    def view(self, name: str) -> SessionView | None:
        """A session as it is now."""
        snapshot = self._intents.snapshot()
        if snapshot is not self._of:
            self._of = snapshot
            self._views = {view.name: view for view in snapshot.sessions}
        return self._views.get(name)

    def do(self, act: Act, name: str) -> None:
        """Do an act on a profile that exists; a name that is gone meanwhile is let pass."""
        if self.view(name) is None:
            return
        acts: dict[Act, Callable[[str], None]] = {
            Act.ASSUME: self.assume,
            Act.RETRY: self.assume,
            Act.ANSWER: self.answer_wanted.emit,
            Act.CANCEL: lambda each: self._go(self._intents.cancel(each)),
            Act.REFRESH: self.refresh,
            Act.STOP: self.stop,
            Act.OPEN_CONSOLE: self.open_console,
            Act.COPY_URL: self.copy_url,
            Act.COPY_ENVIRONMENT: self.shells_wanted.emit,
            Act.WHY_DENIED: self.why_wanted.emit,
            Act.DETAILS: self.details_wanted.emit,
            Act.ACTIVITY: self.activity_wanted.emit,
            Act.TWIN: self.twin_wanted.emit,
            Act.EXPORT: self.export_wanted.emit,
            Act.PIN: self.pin,
            Act.EDIT: self.edit_wanted.emit,
            Act.DUPLICATE: self.duplicate_wanted.emit,
            Act.DELETE: self.delete,
        }
        acts[act](name)

    def assume(self, name: str, *, displace: bool = False, confirmed: str = "") -> None:
        """Obtain credentials; with `displace` in place of a section that is somebody else's.

        `confirmed` is what a person typed for a profile that asks for its name.
        """

        def failed(error: RolecallError) -> None:
            if error.code == _CONFIRM and not confirmed:
                self.confirm_wanted.emit(name, displace)
            elif error.code in _FOREIGN and not displace:
                self.displace_wanted.emit(name, confirmed)
            else:
                self._failed(error, name)

        spawn(self._intents.assume(name, displace=displace, confirmed=confirmed), failed)

    def refresh(self, name: str, *, confirmed: str = "") -> None:
        """Renew now. `confirmed` is what a person typed where that needs a name."""

        def failed(error: RolecallError) -> None:
            if error.code == _CONFIRM and not confirmed:
                self.refresh_confirm_wanted.emit(name)
            else:
                self._failed(error, name)

        if self.needs_live(name):
            spawn(self._intents.refresh(name, confirmed=confirmed), failed)

    def needs_live(self, name: str) -> bool:
        """Whether there are credentials to use; says so where there are none."""
        view = self.view(name)
        live = view is not None and view.live(self._intents.now())
        if not live:
            self._toasts.say(tr("{name} has no credentials now. Assume it first.").format(name=name))
        return live

    def stop(self, name: str) -> None:
        """Withdraw the credentials."""
        self._go(self._intents.stop(name))

    def refresh_all(self) -> None:
        """Renew everything that is live, and tell what was left as it is."""

        async def refresh_all() -> None:
            left = await self._intents.refresh_all()
            if left:
                one = tr("{name} was left as it is: it is lent, or has to be confirmed.").format(name=left[0])
                many = tr("{n} sessions were left as they are: they are lent, or have to be confirmed.")
                self._toasts.say(one if len(left) == 1 else many.format(n=number(len(left))))

        self._go(refresh_all())

    def top_up(self) -> None:
        """Renew everything in the right order, and tell what came of it."""

        async def top_up() -> None:
            self._toasts.say(*deadlines_words.topped(await self._intents.top_up()))

        self._go(top_up())

    def stop_all(self) -> None:
        """Withdraw everything."""
        self._go(self._then(self._intents.stop_all(), tr("All stopped. Nothing of Rolecall is left in the file.")))

    def open_console(self, name: str, service: str = "") -> None:
        """Open the console in the browser, at a service (its ID) or the one used last."""
        if not self.needs_live(name):
            return
        if service:
            self._state.used_service(service)
        self._go(self._intents.open_console(name, service))

    def copy_url(self, name: str) -> None:
        """Put a sign-in URL on the clipboard."""
        if not self.needs_live(name):
            return
        done = tr("Sign-in URL copied. Valid 15 min, cleared from the clipboard in 60 s.")
        self._go(self._then(self._intents.copy_console_url(name), done))

    def copy_environment(self, name: str, shell: str = "") -> None:
        """Put the credentials on the clipboard for a shell, or for the one used last."""
        if not self.needs_live(name):
            return
        shell = shell or self._state.now.shell
        self._state.keep(shell=shell)
        words = dict(SHELLS).get(shell, shell)
        done = tr("Environment for {shell} copied, cleared from the clipboard in 60 s.").format(shell=words)
        self._go(self._then(self._intents.copy_environment(name, shell), done))

    def sign_in(self, provider: str) -> None:
        """Sign in at a provider; what came of it stands on its page."""
        self._go(self._intents.sign_in(provider), at=provider)

    def pin(self, name: str) -> None:
        """Pin a profile, or take the pin out."""
        profile = self._intents.snapshot().configuration.profiles.get(name)
        if profile is not None:
            self._go(self._intents.put_profile(replace(profile, pinned=not profile.pinned), formerly=name))

    def delete(self, name: str) -> None:
        """Remove a profile, with a way back."""
        profiles = self._intents.snapshot().configuration.profiles
        profile = profiles.get(name)
        if profile is None:
            return
        after = list(profiles)[list(profiles).index(name) + 1 :]
        view = self.view(name)
        lived = view is not None and view.live(self._intents.now())

        async def remove() -> None:
            await self._intents.remove_profile(name)
            words = tr("{name} deleted").format(name=name)
            self._toasts.offer_undo(words, lambda: self._go(bring_back()))

        async def bring_back() -> None:
            await self._intents.put_profile(profile)
            there = self._intents.snapshot().configuration.profiles
            before = next((each for each in after if each in there), "")
            if before:
                await self._intents.arrange(name, group=profile.group, before=before)
            if lived:
                words = tr("{name} is back, without its credentials: they were withdrawn. Assume it again.")
                self._toasts.say(words.format(name=name))

        self._go(remove())

    def shells(self) -> list[tuple[str, str]]:
        """The shells as (id, word), the one used last on top."""
        last = self._state.now.shell
        return sorted(SHELLS, key=lambda each: each[0] != last)

    def services(self) -> tuple[list[str], list[str], dict[str, str]]:
        """The console's services by ID: home and the recent ones, the frequent ones, and the titles of all."""
        titles = {service.id: service.title for service in SERVICES}
        recent = [each for each in self._state.now.services if each in titles and each != "home"]
        frequent = [each for each in _FREQUENT if each in titles and each not in recent]
        return ["home", *recent], frequent, titles

    # --- Inside ----------------------------------------------------------------------------------------------------

    def _go(self, coro: Coroutine[object, object, object], name: str = "", *, at: str = "") -> None:
        spawn(coro, lambda error: self._failed(error, name, at=at))

    async def _then(self, coro: Coroutine[object, object, object], words: str) -> None:
        await coro
        self._toasts.say(words, "good")

    def _failed(self, error: RolecallError, name: str, *, at: str = "") -> None:
        view = self.view(name) if name else None
        told = view is not None and view.problem is not None and view.problem.code == error.code
        if told and self.seen(name):
            return
        words = f"{name or at}: {error.title}" if name or at else error.title
        if told:
            action = tr("Details")
            self._toasts.add(Toast(words=words, kind="bad", action=action, done=lambda: self.details_wanted.emit(name)))
            return
        more = " ".join(part for part in (error.detail, error.remedy) if part)
        self._toasts.add(Toast(words=f"{words}. {more}" if more else words, kind="bad", stays_ms=12000))
