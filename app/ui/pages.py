"""The pages over list and detail: which one is open, and how one leads to another. Pages are made when first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.configuration import Source, SourceKind
from app.ui.session_model import Show
from app.ui.tasks import spawn
from app.ui.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.domain.configuration import Configuration, Provider
    from app.domain.errors import RolecallError
    from app.domain.view import Snapshot
    from app.ui.first_run import FirstRun
    from app.ui.identity_editor import IdentityEditor
    from app.ui.main_window import MainWindow
    from app.ui.page import Page
    from app.ui.profile_editor import ProfileEditor
    from app.ui.provider_editor import ProviderEditor
    from app.ui.provider_page import ProviderPage


_SETTINGS, _NEEDS, _SHARING = "settings", "needs", "sharing"


class Pages(QObject):
    """Opens the pages of a window. A page with unsaved changes is asked before another takes its place."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._open: Page | None = None
        self._first: FirstRun | None = None
        self._provider_page: ProviderPage | None = None
        self._made: dict[str, Page] = {}
        self._places: set[str] = set()
        self._mark: Callable[[], None] = self._mark_roles

    @property
    def page(self) -> Page | None:
        """The open page, or None while list and detail are shown."""
        return self._open

    # --- Opening ---------------------------------------------------------------------------------------------------

    def new_profile(self) -> None:
        """A new role; from the source whose roles are shown, where there is one."""
        source = self._source()
        self.leave(lambda: self._profile(lambda editor: editor.new(source)))

    def edit_profile(self, name: str) -> None:
        """Edit a profile."""
        self.leave(lambda: self._profile(lambda editor: editor.edit(name)))

    def duplicate_profile(self, name: str) -> None:
        """A new role like another."""
        self.leave(lambda: self._profile(lambda editor: editor.duplicate(name)))

    def new_identity(self) -> None:
        """A new IAM user."""
        self.leave(lambda: self._identity(lambda editor: editor.new()))

    def edit_identity(self, name: str) -> None:
        """Edit an IAM user's entry."""
        self.leave(lambda: self._identity(lambda editor: editor.edit(name)))

    def store_totp(self, name: str) -> None:
        """Edit an IAM user's entry, at the place for the TOTP secret."""
        self.leave(lambda: self._identity(lambda editor: editor.edit(name, "totp")))

    def remove_identity(self, name: str) -> None:
        """Remove an IAM user's entry, with a way back to what is no secret; a refusal is shown as a toast."""
        window = self._window
        identity = self._configured().identities.get(name)
        if identity is None:
            return

        async def remove() -> None:
            await window.intents.remove_identity(name)
            words = tr("{name} deleted, with its secrets").format(name=name)
            window.toasts.offer_undo(words, undo)

        def undo() -> None:
            spawn(back(), self._refused)

        async def back() -> None:
            await window.intents.put_identity(identity)
            window.toasts.say(tr("{name} is back. Its secrets have to be entered anew.").format(name=name))
            self.leave(lambda: self._identity(lambda editor: editor.edit(name, "secret")))

        spawn(remove(), self._refused)

    def source(self, name: str) -> None:
        """What there is to say about a source: a provider's page, an IAM user's entry."""
        (self.provider if name in self._configured().providers else self.edit_identity)(name)

    def provider(self, name: str) -> None:
        """How the sign-in at a provider stands, and what it offers."""
        self.leave(lambda: self._provider(name))

    def new_provider(self, kind: str = "saml") -> None:
        """A new provider of a type."""
        self.leave(lambda: self._provider_editor(lambda editor: editor.new(kind)))

    def edit_provider(self, name: str) -> None:
        """Edit a provider's entry."""
        self.leave(lambda: self._provider_editor(lambda editor: editor.edit(name)))

    def remove_provider(self, name: str) -> None:
        """Remove a provider's entry, with a way back; a refusal is shown as a toast."""
        window = self._window
        provider = self._configured().providers.get(name)
        if provider is None:
            return

        async def remove() -> None:
            await window.intents.remove_provider(name)
            self.offer_undo(provider)

        spawn(remove(), self._refused)

    def offer_undo(self, provider: Provider) -> None:
        """Say that a provider was removed, and bring it back if that was wrong; its secrets are gone."""
        window = self._window
        words = tr("{name} deleted, with its sign-in").format(name=provider.name)

        def undo() -> None:
            spawn(window.intents.put_provider(provider), self._refused)

        window.toasts.offer_undo(words, undo)

    @property
    def provider_shown(self) -> str:
        """The provider whose page is open, or an empty string."""
        page = self._provider_page
        return page.name if page is not None and page is self._open else ""

    def import_roles(self) -> None:
        """What could be imported from the AWS config file."""
        self.leave(self._import)

    def settings(self, field: str = "theme") -> None:
        """The settings, with the keyboard in a field."""
        self.leave(lambda: self._settings(field))

    def show(self, show: Show) -> None:
        """What the first entries of the sidebar stand for: a part of the list, or the page of what needs a person."""
        if show is Show.NEEDS_YOU:
            self.place(_NEEDS)
        else:
            self.leave(lambda: self._window.show_only(show))

    def place(self, key: str, *wish: str) -> None:
        """One of the sidebar's own pages, by its key in `PLACES`; `wish` is what it is to show first."""
        self.leave(lambda: self._place(key, wish))

    @property
    def shown(self) -> str:
        """The key of the open page, if it is one that can be opened again as it is; else an empty string."""
        page = self._open
        again = (_SETTINGS, *self._places)
        return next((key for key in again if page is not None and self._made.get(key) is page), "")

    def open_again(self, key: str) -> None:
        """Open the page that was open when the window was closed the last time, if there still is one like it."""
        from app.ui.places import PLACES

        if key == _SETTINGS:
            self._settings()
        elif key in PLACES and key != _SHARING:
            self._place(key, ())

    def _place(self, key: str, wish: tuple[str, ...]) -> None:
        from app.ui.places import PLACES

        made = self._made.get(key)
        if made is None:
            made = PLACES[key](self._window)
            self._keep(key, made)
            self._places.add(key)
        sidebar = self._window.sidebar
        self._enter(made, (lambda: sidebar.mark_place(key)) if key in sidebar.places else self._mark_roles)
        opened = getattr(made, "opened", None)
        if opened is not None:
            opened(*wish)
        follow = getattr(made, "follow", None)
        if follow is not None:
            follow(self._window.intents.snapshot())

    def _profile(self, begin: Callable[[ProfileEditor], None]) -> None:
        from app.ui.profile_editor import ProfileEditor

        made = self._made.get("profile")
        if not isinstance(made, ProfileEditor):
            made = ProfileEditor(self._window.intents)
            made.saved.connect(self._saved)
            self._keep("profile", made)
        self._enter(made)
        begin(made)

    def _identity(self, begin: Callable[[IdentityEditor], None]) -> None:
        from app.ui.identity_editor import IdentityEditor

        made = self._made.get("identity")
        if not isinstance(made, IdentityEditor):
            made = IdentityEditor(self._window.intents)
            self._keep("identity", made)
        self._enter(made)
        begin(made)
        self._mark_as(lambda: self._mark_source(made.editing))

    def _provider(self, name: str) -> None:
        from app.ui.provider_page import ProviderPage

        made = self._provider_page
        if made is None:
            window = self._window
            made = self._provider_page = ProviderPage(window.intents, lambda words: window.toasts.say(words, "good"))
            made.edit_wanted.connect(self.edit_provider)
            made.answer_wanted.connect(window.answer_need)
            made.reveal_wanted.connect(window.reveal)
            made.new_role_wanted.connect(self._new_from)
            self._keep("provider", made)
        made.show_provider(name)
        self._enter(made, lambda: self._mark_source(name))
        made.status.main.setFocus()

    def _provider_editor(self, begin: Callable[[ProviderEditor], None]) -> None:
        from app.ui.provider_editor import ProviderEditor

        made = self._made.get("provider editor")
        if not isinstance(made, ProviderEditor):
            made = ProviderEditor(self._window.intents)
            made.removed.connect(self.offer_undo)
            self._made["provider editor"] = made
            made.closed.connect(self._provider_edited)
        self._enter(made)
        begin(made)
        self._mark_as(lambda: self._mark_source(made.editing))

    def _provider_edited(self) -> None:
        """Back to the provider's page, if there is such a provider now."""
        from app.ui.provider_editor import ProviderEditor

        made = self._made.get("provider editor")
        name = made.editing if isinstance(made, ProviderEditor) else ""
        if name in self._configured().providers:
            self._open = None
            self._provider(name)
        else:
            self._closed()

    def _new_from(self, provider: str) -> None:
        source = Source(kind=SourceKind.PROVIDER, name=provider)
        self.leave(lambda: self._profile(lambda editor: editor.new(source)))

    def _import(self) -> None:
        from app.ui.import_page import ImportPage

        made = self._made.get("import")
        if not isinstance(made, ImportPage):
            made = ImportPage(self._window.intents)
            made.imported.connect(self._imported)
            made.applied.connect(self._applied)
            made.file_wanted.connect(lambda: self.place("sharing", "import"))
            self._keep("import", made)
        self._enter(made)
        made.look()

    def _settings(self, field: str = "theme") -> None:
        from app.ui.settings_page import SettingsPage

        made = self._made.get(_SETTINGS)
        if not isinstance(made, SettingsPage):
            made = SettingsPage(self._window.intents, self._window.settings_path)
            self._keep(_SETTINGS, made)
        self._enter(made, lambda: self._window.sidebar.mark(None))
        made.look()
        made.form.fields[field].control.setFocus()

    # --- Leaving ---------------------------------------------------------------------------------------------------

    def leave(self, then: Callable[[], None]) -> None:
        """Go on with `then` once the open page lets go; at once when none is open."""
        page = self._open
        if page is None:
            then()
            return

        async def ask() -> None:
            if await page.may_leave():
                self._open = None
                then()
            else:
                self._mark()  # a click has marked what was wanted

        spawn(ask())

    def tick(self) -> None:
        """Let the open page show the time as it is now."""
        tick = getattr(self._open, "tick", None)
        if tick is not None:
            tick()

    def follow(self, snapshot: Snapshot) -> None:
        """Tell the pages what is configured now."""
        for page in self._made.values():
            follow = getattr(page, "follow", None)
            if follow is not None and page is self._open:
                follow(snapshot)
        if self._first is not None:
            self._first.follow(snapshot)
        if self._open is None and self._window.stack.currentWidget() is not self.home():
            self._window.show_roles()

    def home(self) -> QWidget:
        """List and detail; while no role is configured, the three ways to begin."""
        window = self._window
        snapshot = window.intents.snapshot()
        configured = snapshot.configuration
        if configured.profiles or configured.refusals or snapshot.health.settings_problem is not None:
            return window.roles
        if self._first is None:
            from app.ui.first_run import FirstRun

            self._first = FirstRun(window.intents, demo=not window.demo)
            self._first.imported.connect(self._imported)
            self._first.import_wanted.connect(self.import_roles)
            self._first.add_identity_wanted.connect(self.new_identity)
            self._first.add_provider_wanted.connect(self.new_provider)
            self._first.role_wanted.connect(self.new_profile)
            self._first.demo_wanted.connect(window.demo_wanted)
            self._first.follow(snapshot)
            self._first.look()
        return self._first

    def _keep(self, key: str, page: Page) -> None:
        self._made[key] = page
        page.closed.connect(self._closed)

    def _enter(self, page: Page, mark: Callable[[], None] | None = None) -> None:
        """Show a page; `mark` marks its entry of the sidebar. Where it has none, that which leaving it leads to."""
        self._open = page
        self._window.show_page(page)
        self._mark_as(mark or self._mark_roles)

    def _mark_as(self, mark: Callable[[], None]) -> None:
        self._mark = mark
        mark()

    def _mark_roles(self) -> None:
        window = self._window
        window.sidebar.mark(window.model.shown, window.model.source)

    def _mark_source(self, name: str) -> None:
        if name in self._window.sidebar.sources:
            self._window.sidebar.mark(Show.ALL, name)
        else:
            self._window.sidebar.mark_nothing()

    def _closed(self) -> None:
        self._open = None
        self._window.show_roles()
        self._window.follow()

    def _saved(self, name: str) -> None:
        window = self._window
        window.follow()
        if window.model.row_of(name) < 0:
            window.show_only(Show.ALL)
        window.roles.list_page.list.choose(name)

    def _imported(self, count: int) -> None:
        window = self._window
        window.toasts.say(plural(count, "{n} role imported", "{n} roles imported"), "good")

    def _applied(self, count: int) -> None:
        words = plural(count, "1 change taken over", "{n} changes taken over")
        self._window.toasts.say(words, "good")

    def _refused(self, error: RolecallError) -> None:
        self._window.toasts.say(str(error), "bad")

    def _configured(self) -> Configuration:
        return self._window.intents.snapshot().configuration

    def _source(self) -> Source | None:
        name = self._window.model.source or self.provider_shown
        configured = self._configured()
        if name in configured.identities:
            return Source(kind=SourceKind.IDENTITY, name=name)
        return Source(kind=SourceKind.PROVIDER, name=name) if name in configured.providers else None
