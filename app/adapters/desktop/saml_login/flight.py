"""One sign-in: a profile, its pages, a window if it may be seen, and the answer that ends it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import shiboken6

from app.adapters.desktop.saml_login import addresses, engine, keeping, scripts, troubles
from app.adapters.desktop.saml_login.window import LoginWindow, tr
from app.domain.errors import BadInput, Declined, RolecallError
from app.domain.secret import Secret
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtGui import QIcon
    from PySide6.QtWebEngineCore import QWebEngineProfile
    from PySide6.QtWidgets import QWidget

    from app.adapters.desktop.saml_login.page import Gate, LoginPage
    from app.domain.configuration import Provider
    from app.domain.saml import SamlResponse
    from app.ports import SamlReader

_MOST_WINDOWS = 5
_LOOK_SECONDS = 0.3
_OTHERS_SECONDS = 0.25
"""How long the page that went to AWS is waited for before others are believed."""
_FORM_SECONDS = 1.0
"""After this time without a form people are told; one that comes later is taken all the same."""
_OK_UNDER = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long a page may take (seconds): one that is seen to post, one that is hidden to post."""

    shown: float = 300.0
    hidden: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What every sign-in needs. `draw` makes an icon of a name, a colour and a size in pixels.

    `paste_field` makes a `paste_panel.PasteField` of an accessible name and a hint.
    """

    reader: SamlReader
    now: Callable[[], datetime]
    draw: Callable[[str, str, int], QIcon]
    paste_field: Callable[[str, str], QWidget]
    times: Times
    switches: Sequence[str]


class Flight:
    """Answers `page.Events`. `kept` is the folder for cookies, None to leave no trace."""

    def __init__(self, provider: Provider, means: Means, *, hidden: bool, kept: Path | None) -> None:
        self._provider = provider
        self._means = means
        self._hidden = hidden
        self._kept = kept
        self._ended: asyncio.Future[SamlResponse] = asyncio.get_running_loop().create_future()
        self._timers: list[asyncio.TimerHandle] = []
        self._profile: QWebEngineProfile | None = None
        self._gate: Gate | None = None
        self._pages: list[tuple[LoginPage, QWidget | None]] = []
        self._asked = False
        self.window: LoginWindow | None = None

    async def run(self) -> SamlResponse:
        """Load the page and wait. Raises what the port says."""
        login_url = self._provider.login_url
        if not addresses.may_be_page(login_url) or addresses.is_aws(login_url):
            raise troubles.bad_address()
        try:
            self._start(login_url)
            return await self._ended
        finally:
            self._close()

    def decline(self) -> None:
        """End it as if the person had closed the window."""
        self._fail(Declined())

    # --- Beginning and end ------------------------------------------------------------------------------------------

    def _start(self, login_url: str) -> None:
        from PySide6.QtCore import QUrl

        profile = engine.open_profile(self._kept, self._means.switches)
        self._profile = profile
        from app.adapters.desktop.saml_login.page import Gate

        self._gate = Gate()
        profile.setUrlRequestInterceptor(self._gate)
        if not self._hidden:
            self.window = LoginWindow(self._provider.name, self._means.draw, self._means.paste_field)
            self.window.closed.connect(self.decline)
            self.window.back_wanted.connect(self._back)
            self.window.reload_wanted.connect(self._reload)
            self.window.offered.connect(self._offered)
        page = self._add_page(profile)
        profile.downloadRequested.connect(page.no_download)
        if self.window is not None:
            self.window.show()
            self.window.come()
            self.window.show_page()
        limit = self._means.times.hidden if self._hidden else self._means.times.shown
        self._after(limit, self._too_late)
        if self._hidden:
            self._after(_LOOK_SECONDS, self._look)
        page.load(QUrl(login_url))
        # Chromium would slow down the timers of a page that knows nobody sees it.
        page.setVisible(True)

    def _close(self) -> None:
        """Let go of everything at once, pages before their profile."""
        for timer in self._timers:
            timer.cancel()
        window, self.window = self.window, None
        if window is not None:
            window.closed.disconnect(self.decline)
            window.hide()
        for page, view in reversed(self._pages):
            _delete(view)
            _delete(page)
        self._pages.clear()
        _delete(self._profile)
        self._profile = None
        if self._kept is not None:
            keeping.tighten(self._kept)
        _delete(self._gate)
        _delete(window)

    def _after(self, seconds: float, act: Callable[[], object]) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds, act))

    def _fail(self, error: RolecallError) -> None:
        if not self._ended.done():
            self._ended.set_exception(error)

    @property
    def _host(self) -> str:
        page = self._pages[-1][0] if self._pages else None
        return (page.host if page is not None else "") or addresses.host_of(self._provider.login_url)

    def _too_late(self) -> None:
        if self._hidden:
            self._fail(troubles.needs_person(self._host, "did not sign in by itself"))
        else:
            self._fail(troubles.silent(self._host, self._means.times.shown))

    # --- A page that nobody sees ------------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._pages and not self._ended.done():
            page = self._pages[-1][0]
            page.ask(scripts.ASKS, lambda asks: self._seen(asks=asks is True and not page.busy))
            self._after(_LOOK_SECONDS, self._look)

    def _seen(self, *, asks: bool) -> None:
        # Twice in a row: some pages show a form for a moment and fill it in themselves.
        if asks and self._asked:
            self._fail(troubles.needs_person(self._host, "asks for something"))
        self._asked = asks

    # --- What pages do (page.Events) --------------------------------------------------------------------------------

    def posted(self, page: LoginPage, address: str) -> None:
        """Fetch the form. The navigation was stopped before any request.

        The page that went to AWS is believed at once. What others have sent, its frames among them, counts only if it
        has nothing: they may be strangers' (advertisements, captchas) with a response of their own.
        """
        if self._ended.done():
            return
        action = addresses.without_query(address)
        others: list[object] = []
        page.mainFrame().runJavaScript(
            scripts.take(action, searched=True), scripts.WORLD, lambda found: self._take(found, action)
        )
        for each, _ in self._pages:
            for frame in each.frames()[1 if each is page else 0 :]:
                frame.runJavaScript(scripts.take(action, searched=False), scripts.WORLD, others.append)
        # Not counted: a frame that is gone meanwhile never answers.
        self._after(_OTHERS_SECONDS, lambda: self._take_others(others, action))
        self._after(_FORM_SECONDS, self._nothing_found)

    def _take_others(self, answers: list[object], action: str) -> None:
        found = {answer for answer in answers if isinstance(answer, str) and answer}
        if len(found) > 1 and not self._ended.done():
            self._fail(troubles.unclear(self._host))
        for answer in found:
            self._take(answer, action)

    def _nothing_found(self) -> None:
        if not self._ended.done():
            self.refused(tr("The page went to AWS in a way that cannot be read here. Nothing was sent."))

    def _take(self, found: object, action: str) -> None:
        from app.adapters.desktop.saml_login.page import sent

        fields = sent(found)
        if fields is None or self._ended.done():
            return
        if not fields:
            self._fail(troubles.too_large(self._host))
        elif len(fields["SAMLResponse"]) > 1:
            self._fail(troubles.unclear(self._host))
        else:
            role_index = next(iter(fields["roleIndex"]), "")
            self._read(Secret(fields["SAMLResponse"][0]), acs=action, role_index=role_index)

    def _read(self, text: Secret, *, acs: str, role_index: str) -> None:
        try:
            response = self._means.reader.read(text, now=self._means.now(), acs=acs, role_index=role_index)
        except RolecallError as error:
            self._fail(error)
        else:
            self._ended.set_result(response)

    def refused(self, words: str) -> None:
        """See Events."""
        if self.window is not None:
            self.window.tell(words)

    def moved(self, page: LoginPage) -> None:
        """See Events."""
        if self.window is None or not self._pages or self._pages[-1][0] is not page:
            return
        self.window.show_place(page.place)
        can_go_back = page.history().canGoBack() or len(self._pages) > 1
        self.window.show_progress(page.progress if page.busy else None, can_go_back=can_go_back)

    def loaded(self, page: LoginPage, status: int) -> None:
        """See Events. An HTTP error ends it, unless the page offers something to do."""
        if status < _OK_UNDER or not self._is_first(page):
            return
        host = page.host

        def answered(offers: object) -> None:
            if offers is not True:
                self._fail(troubles.refused(host, status, hidden=self._hidden))

        page.ask(scripts.OFFERS, answered)

    def failed(self, page: LoginPage, host: str, code: int) -> None:
        """See Events."""
        if self._is_first(page):
            self._fail(troubles.not_loaded(host or self._host, code, hidden=self._hidden))
        else:
            self.refused(tr("A page of {host} could not be loaded.").replace("{host}", host))

    def untrusted(self, host: str, kind: str) -> None:
        """See Events."""
        self._fail(troubles.bad_certificate(host or self._host, kind))

    def wants_password(self, host: str, *, proxy: bool) -> None:
        """See Events."""
        self._fail(troubles.wants_password(host or self._host, proxy=proxy))

    def crashed(self, page: LoginPage) -> None:
        """See Events."""
        self._fail(troubles.crashed(page.host or self._host))

    def opens(self, opener: LoginPage) -> LoginPage | None:
        """See Events."""
        if self._profile is None or self._hidden or self._ended.done() or len(self._pages) >= _MOST_WINDOWS:
            return None
        return self._add_page(self._profile, opened_from=opener.origin)

    def closes(self, page: LoginPage) -> None:
        """See Events. The page that the login began with stays."""
        # Not now: the page is in the middle of saying so.
        self._after(0, lambda: self._drop(page))

    # --- Pages ------------------------------------------------------------------------------------------------------

    def _add_page(self, profile: QWebEngineProfile, *, opened_from: str | None = None) -> LoginPage:
        from app.adapters.desktop.saml_login.page import LoginPage, view_of

        page = LoginPage(profile, self, opened_from=opened_from)
        view = None
        if self.window is not None:
            view = view_of(page, self.window)
            self.window.push(view)
        self._pages.append((page, view))
        self.moved(page)
        return page

    def _is_first(self, page: LoginPage) -> bool:
        return bool(self._pages) and self._pages[0][0] is page

    def _drop(self, page: LoginPage) -> None:
        for each in self._pages[1:]:
            if each[0] is page and not self._ended.done():
                self._pages.remove(each)
                if self.window is not None and each[1] is not None:
                    self.window.pop(each[1])
                _delete(each[1])
                _delete(page)
                self.moved(self._pages[-1][0])

    # --- What the person does ---------------------------------------------------------------------------------------

    def _back(self) -> None:
        page = self._pages[-1][0]
        if page.history().canGoBack():
            page.history().back()
        else:
            self._drop(page)

    def _reload(self) -> None:
        from PySide6.QtWebEngineCore import QWebEnginePage

        self._pages[-1][0].triggerAction(QWebEnginePage.WebAction.Reload)

    def _offered(self, text: Secret) -> None:
        if self._ended.done() or self.window is None:
            return
        try:
            response = self._means.reader.read(text, now=self._means.now())
        except BadInput as error:
            self.window.paste.refuse(str(error))
        else:
            self._ended.set_result(response)


def _delete(what: shiboken6.Object | None) -> None:
    if what is not None and shiboken6.isValid(what):
        shiboken6.delete(what)
