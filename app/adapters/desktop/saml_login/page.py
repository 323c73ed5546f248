"""A page of a login, which refuses everything that a login does not need. Imports QtWebEngine: import it late."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineLoadingInfo,
    QWebEnginePage,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView

from app.adapters.desktop.saml_login import addresses, scripts
from app.domain.acs import parse_acs
from app.domain.values import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtNetwork import QAuthenticator
    from PySide6.QtWebEngineCore import (
        QWebEngineClientCertificateSelection,
        QWebEngineDesktopMediaRequest,
        QWebEngineDownloadRequest,
        QWebEngineFileSystemAccessRequest,
        QWebEngineFrame,
        QWebEngineFullScreenRequest,
        QWebEnginePermission,
        QWebEngineProfile,
        QWebEngineRegisterProtocolHandlerRequest,
        QWebEngineUrlRequestInfo,
        QWebEngineWebAuthUxRequest,
    )
    from PySide6.QtWidgets import QWidget

_CONTEXT = "QWebEnginePage"
_LEAVING = "Are you sure you want to leave this page? Changes that you made may not be saved."
_LONGEST_WORDS = 160


class Events(Protocol):
    """Who is told what a page does. `words` are for people."""

    def posted(self, page: LoginPage, address: str) -> None:
        """A page went to AWS; it was stopped."""

    def refused(self, words: str) -> None:
        """Something the page wanted was not done."""

    def moved(self, page: LoginPage) -> None:
        """Another page is shown, or its loading began, went on or ended."""

    def loaded(self, page: LoginPage, status: int) -> None:
        """A page came, with this HTTP status, or 0 if unknown."""

    def failed(self, page: LoginPage, host: str, code: int) -> None:
        """A page did not come: Chromium's network error."""

    def untrusted(self, host: str, kind: str) -> None:
        """A page could not prove who it is; `kind` says how."""

    def wants_password(self, host: str, *, proxy: bool) -> None:
        """A password is asked for by HTTP itself, not by a page (RFC 9110, 11)."""

    def crashed(self, page: LoginPage) -> None:
        """The process that draws the page ended."""

    def opens(self, opener: LoginPage) -> LoginPage | None:
        """A page opens another window: what to show it in, or None to refuse."""

    def closes(self, page: LoginPage) -> None:
        """The page wants to be closed."""


class Gate(QWebEngineUrlRequestInterceptor):
    """The second line: whatever a page, frame or script asks for, nothing goes to AWS or in the clear."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Block what may not be loaded."""
        url = text(info.requestUrl())
        local = url.partition(":")[0] in ("data", "blob", "about")
        if addresses.is_aws(url) or not (local or addresses.may_load(url)):
            info.block(True)


class LoginPage(QWebEnginePage):
    """One page, or one window that a page opened, from the address `opened_from` (None: opened by nobody).

    Nobody may write into a page but who has its origin. A page without an address has that of whoever made it (HTML,
    "determining the origin"), which can be any page or frame that knows the window: only the page itself can tell.
    """

    def __init__(self, profile: QWebEngineProfile, events: Events, *, opened_from: str | None = None) -> None:
        super().__init__(profile)
        self._events = events
        self.progress = 0
        self.busy = False
        self.committed = ""
        self._owner = opened_from or ""
        self._is_empty = opened_from is None
        """Whether nothing was shown yet that could be anybody's."""
        self._asked = 0
        # A window's address is told before anything came from there, if another page opened it.
        self._came = opened_from is None
        self._failed = False
        self.urlChanged.connect(self._moved)
        self.loadProgress.connect(self._progressed)
        self.loadingChanged.connect(self._loading)
        self.certificateError.connect(self._untrusted)
        self.renderProcessTerminated.connect(self._ended)
        self.windowCloseRequested.connect(lambda: self._events.closes(self))
        self._refuse_the_rest()

    def _refuse_the_rest(self) -> None:
        self.authenticationRequired.connect(self._no_authentication)
        self.proxyAuthenticationRequired.connect(self._no_proxy_password)
        self.permissionRequested.connect(self._no_permission)
        self.fullScreenRequested.connect(self._no_full_screen)
        self.desktopMediaRequested.connect(self._no_screen)
        self.selectClientCertificate.connect(self._no_client_certificate)
        self.registerProtocolHandlerRequested.connect(self._no_protocol_handler)
        self.fileSystemAccessRequested.connect(self._no_files)
        self.webAuthUxRequested.connect(self._no_security_key)
        self.printRequested.connect(lambda: self._events.refused(tr("Printing is not possible here.")))

    def frames(self) -> list[QWebEngineFrame]:
        """The page's main frame and all inside it."""
        found = [self.mainFrame()]
        for frame in found:
            found += frame.children()
        return found

    def ask(self, script: str, then: Callable[[object], None]) -> None:
        """Ask the main frame something, in our own world."""
        self.runJavaScript(script, scripts.WORLD, then)

    # --- Where it may go --------------------------------------------------------------------------------------------

    def acceptNavigationRequest(self, url: QUrl | str, _kind: QWebEnginePage.NavigationType, isMainFrame: bool) -> bool:
        """Called before any request is made; what is refused here never reaches the network."""
        address = text(url)
        if addresses.is_aws(address):
            if isMainFrame and parse_acs(address) is not None:
                self._events.posted(self, address)
            elif addresses.carries_response(address):
                self._events.refused(
                    tr("The provider put its answer into an address, which AWS does not take. Nothing was sent.")
                )
            else:
                self._events.refused(tr("The page tried to reach AWS by itself. Nothing was sent."))
            return False
        if addresses.may_be_page(address) if isMainFrame else addresses.may_be_frame(address):
            return True
        self._events.refused(_not_loaded(address))
        if isMainFrame and not self.committed:
            self._events.closes(self)
        return False

    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        """New windows open inside ours, under the same bar."""
        opened = self._events.opens(self)
        if opened is None:
            self._events.refused(tr("The page tried to open another window."))
        # None refuses, which the stubs do not know.
        return opened  # type: ignore[return-value]

    def chooseFiles(
        self, _mode: QWebEnginePage.FileSelectionMode, _old: Sequence[str], _kinds: Sequence[str]
    ) -> list[str]:
        """No file leaves this machine."""
        self._events.refused(tr("Files cannot be uploaded from here."))
        return []

    # --- What it says -----------------------------------------------------------------------------------------------

    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:
        """Shown as a line: a dialog of the page could pass for one of ours."""
        self._events.refused(_said(securityOrigin, msg))

    def javaScriptConfirm(self, securityOrigin: QUrl | str, msg: str) -> bool:
        """Leaving a page is allowed; every other question is answered with no."""
        if msg == QCoreApplication.translate(_CONTEXT, _LEAVING):
            return True
        self._events.refused(_said(securityOrigin, msg))
        return False

    def javaScriptPrompt(self, securityOrigin: QUrl | str, msg: str, _default: str) -> tuple[bool, str]:
        """Not answered."""
        self._events.refused(_said(securityOrigin, msg))
        return False, ""

    def javaScriptConsoleMessage(
        self, _level: QWebEnginePage.JavaScriptConsoleMessageLevel, _message: str, _line: int, _source: str
    ) -> None:
        """Not logged: pages print what they handle."""

    @property
    def origin(self) -> str:
        """The address that answers for what is shown."""
        return self.committed if addresses.host_of(self.committed) else self._owner

    @property
    def place(self) -> addresses.Place | None:
        """What to tell people of where it is from; None while there is nothing."""
        found = addresses.place(self.origin)
        if found is None:
            return None if self._is_empty else addresses.NOBODYS
        if self.origin != self.committed:
            return found
        return replace(found, loading=not (self._came or self._failed), failed=self._failed)

    @property
    def host(self) -> str:
        """Of the page that is shown."""
        return addresses.host_of(self.origin)

    # --- How it goes ------------------------------------------------------------------------------------------------

    def _moved(self, url: QUrl) -> None:
        self.committed = text(url)
        self._is_empty = self._failed = False
        if not addresses.host_of(self.committed):
            self._owner = ""
            self._ask_owner()
        self._events.moved(self)

    def _ask_owner(self) -> None:
        self._asked += 1
        self.ask(scripts.ORIGIN, lambda found, asked=self._asked: self._owned(found, asked))  # type: ignore[misc]

    def _owned(self, found: object, asked: int) -> None:
        # What comes when the page is gone is no text.
        if isinstance(found, str) and asked == self._asked:
            self._owner = found if addresses.host_of(found) else ""
            self._events.moved(self)

    def _progressed(self, percent: int) -> None:
        self.progress = percent
        self._events.moved(self)

    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        status = info.status()
        self.busy = status is QWebEngineLoadingInfo.LoadStatus.LoadStartedStatus
        http = info.errorDomain() is QWebEngineLoadingInfo.ErrorDomain.HttpStatusCodeDomain
        host = addresses.host_of(text(info.url()))
        if status is QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus or http:
            self._came, self._failed = True, False
        elif status is QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus and host == addresses.host_of(self.committed):
            self._failed = True
        if not self.busy and not addresses.host_of(self.committed):
            # Made anew in the same place, perhaps by somebody else.
            self._ask_owner()
        self._events.moved(self)
        if status is QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus:
            self._events.loaded(self, info.errorCode() if http else 0)
        elif status is QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus:
            if http:
                self._events.loaded(self, info.errorCode())
            else:
                self._events.failed(self, host, info.errorCode())

    def _untrusted(self, error: QWebEngineCertificateError) -> None:
        error.rejectCertificate()
        host = addresses.host_of(text(error.url()))
        if error.isMainFrame():
            self._events.untrusted(host, _flaw(error))
        else:
            self._events.refused(tr("A part of the page was left out: its certificate is not valid."))

    def _ended(self, status: QWebEnginePage.RenderProcessTerminationStatus, _code: int) -> None:
        if status is not QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            self._events.crashed(self)

    # --- What it may not --------------------------------------------------------------------------------------------

    def _no_authentication(self, url: QUrl, _authenticator: QAuthenticator) -> None:
        # The answer would have to be here at once; an empty one is sent until the provider gives up.
        self._events.wants_password(addresses.host_of(text(url)), proxy=False)

    def _no_proxy_password(self, _url: QUrl, _authenticator: QAuthenticator, proxy: str) -> None:
        self._events.wants_password(proxy, proxy=True)

    def _no_permission(self, permission: QWebEnginePermission) -> None:
        permission.deny()
        words = tr("The page asked for more than a sign-in needs ({what}). It was refused.")
        self._events.refused(words.replace("{what}", _spaced(permission.permissionType().name)))

    def _no_full_screen(self, request: QWebEngineFullScreenRequest) -> None:
        request.reject()

    def _no_screen(self, request: QWebEngineDesktopMediaRequest) -> None:
        request.cancel()
        self._events.refused(tr("The page asked to see the screen. It was refused."))

    def _no_client_certificate(self, selection: QWebEngineClientCertificateSelection) -> None:
        selection.selectNone()
        self._events.refused(tr("The provider asks for a client certificate, which is not offered here."))

    def _no_protocol_handler(self, request: QWebEngineRegisterProtocolHandlerRequest) -> None:
        request.reject()

    def _no_files(self, request: QWebEngineFileSystemAccessRequest) -> None:
        request.reject()
        self._events.refused(tr("The page asked for files. It was refused."))

    def _no_security_key(self, request: QWebEngineWebAuthUxRequest) -> None:
        request.cancel()
        words = tr(
            "Security keys and passkeys do not work in this window. Choose another method, or “Use another way”."
        )
        self._events.refused(words)

    def no_download(self, item: QWebEngineDownloadRequest) -> None:
        """To be connected with the profile, which is told of downloads."""
        item.cancel()
        self._events.refused(tr("The page tried to download a file. It was refused."))


def view_of(page: LoginPage, parent: QWidget) -> QWebEngineView:
    """Something to see a page in."""
    view = QWebEngineView(parent)
    view.setPage(page)
    view.setAcceptDrops(False)
    # Qt's own menu saves pages, shows sources and opens windows.
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    return view


def text(url: QUrl | str) -> str:
    """An address as it goes over the wire."""
    return url if isinstance(url, str) else bytes(url.toEncoded().data()).decode("ascii", "replace")


def tr(words: str) -> str:
    """A text in the person's language."""
    return QCoreApplication.translate("Rolecall", words)


def sent(found: object) -> dict[str, list[str]] | None:
    """What `scripts.take` found: fields of the form, none when it was too large; None when there was no such form."""
    if not isinstance(found, str) or not found:
        return None
    answer = json.loads(found)
    return {} if answer["large"] else answer["fields"]


def _said(origin: QUrl | str, words: str) -> str:
    plain = " ".join(words.split())
    shortened = plain[: _LONGEST_WORDS - 1] + "…" if len(plain) > _LONGEST_WORDS else plain
    host = addresses.host_of(text(origin))
    return tr("{host} says: {words}").replace("{host}", host).replace("{words}", shortened)


def _not_loaded(address: str) -> str:
    scheme = address.partition(":")[0].lower()
    if scheme == "http":
        words = tr("{host} was not opened: the connection would not be encrypted.")
        return words.replace("{host}", addresses.host_of(address))
    words = tr("The page tried to open another program ({scheme}:). It was refused.")
    return words.replace("{scheme}", scheme[:24])


def _spaced(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _flaw(error: QWebEngineCertificateError) -> str:
    kind = QWebEngineCertificateError.Type
    words = {
        kind.CertificateCommonNameInvalid: "its certificate is for another name",
        kind.CertificateDateInvalid: "its certificate has expired, or is not valid yet",
        kind.CertificateAuthorityInvalid: "its certificate is from an authority that this machine does not trust",
        kind.CertificateRevoked: "its certificate was revoked",
    }
    return words.get(error.type(), "its certificate is not valid")
