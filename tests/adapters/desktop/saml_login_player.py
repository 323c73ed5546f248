"""Login windows under remote control: a program of its own on a real display, told what to do in JSON lines.

Usage: saml_login_player.py DIRECTORY READER [SWITCH...]; READER is `real` or `plain` (takes any base64). A line on
standard input is a command with a number; each answer and each end of a sign-in is a line on standard output. Standard
error holds everything that is logged, at DEBUG, so that a test can search it for secrets.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import json
import logging
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPlainTextEdit, QWidget

from app.adapters.desktop.saml_login import SamlLoginWindows, Times
from app.domain.acs import parse_acs
from app.domain.configuration import Provider
from app.domain.errors import BadInput, RolecallError
from app.domain.saml import Assertion, SamlResponse
from app.ui import icons, theme
from app.ui.paste_field import PasteField

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app import ports
    from app.adapters.desktop.saml_login.window import LoginWindow
    from app.domain.secret import Secret


class PlainReader:
    """Knows base64 and nothing of SAML."""

    def read(self, text: Secret, *, now: datetime, acs: str = "", role_index: str = "") -> SamlResponse:
        try:
            base64.b64decode(text.reveal(), validate=True)
        except (binascii.Error, ValueError):
            # Without the cause, which would hold the text.
            raise BadInput(code="saml-response", title="This is no SAML response", field="saml_response") from None
        return SamlResponse(
            text=text, assertion=Assertion(), received=now, acs=parse_acs(acs) if acs else None, role_index=role_index
        )


class Player:
    """Does what it is told."""

    def __init__(self, directory: Path, reader: ports.SamlReader, switches: list[str]) -> None:
        self._means: dict[str, Any] = {"draw": icons.icon, "paste_field": PasteField, "switches": switches}
        self._reader = reader
        self._directory = directory
        self.logins = SamlLoginWindows(reader, directory, **self._means)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.over = asyncio.Event()

    def say(self, **what: object) -> None:
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()

    async def obey(self, order: dict[str, Any]) -> None:
        number = order.pop("number")
        act: Callable[..., Any] = getattr(self, f"do_{order.pop('do')}")
        answer = act(**order)
        if asyncio.iscoroutine(answer):
            answer = await answer
        self.say(number=number, answer=answer)

    # --- Orders -----------------------------------------------------------------------------------------------------

    def do_times(self, shown: float, hidden: float) -> None:
        times = Times(shown=shown, hidden=hidden)
        before, self.logins = self.logins, SamlLoginWindows(self._reader, self._directory, **self._means, times=times)
        before.close()

    def do_sign_in(self, ident: str, name: str, url: str, hidden: bool, stay: bool) -> None:
        provider = Provider(name=name, type="saml", login_url=url, stay_signed_in=stay)
        self._tasks[ident] = asyncio.create_task(self._sign_in(ident, provider, hidden=hidden))

    async def _sign_in(self, ident: str, provider: Provider, *, hidden: bool) -> None:
        try:
            response = await self.logins.sign_in(provider, hidden=hidden)
        except RolecallError as error:
            text = "".join(str(each) for each in (error, repr(error), error.__cause__, error.__context__))
            self.say(ended=ident, kind=type(error).__name__, code=error.code, text=text, retry=error.retry.value)
        except asyncio.CancelledError:
            self.say(ended=ident, kind="cancelled")
            raise
        else:
            self.say(
                ended=ident,
                kind="response",
                digest=hashlib.sha256(response.text.reveal().encode()).hexdigest(),
                acs=response.acs.url if response.acs else "",
                region=response.acs.region if response.acs else "",
                role_index=response.role_index,
                roles=[str(role.role_arn) for role in response.assertion.roles],
                shown=repr(response),
            )

    def do_cancel(self, ident: str) -> None:
        self._tasks[ident].cancel()

    def do_raise(self, name: str) -> None:
        self.logins.raise_window(name)

    async def do_remembers(self, name: str) -> bool:
        return await self.logins.remembers(name)

    async def do_forget(self, name: str) -> None:
        await self.logins.forget(name)

    def do_theme(self, mode: str) -> None:
        theme.current().set_mode(mode)

    def do_windows(self) -> list[dict[str, object]]:
        return [self._window(window) for window in self._windows()]

    def do_top_levels(self) -> int:
        """How many windows of any kind are seen."""
        return sum(each.isVisible() for each in QApplication.topLevelWidgets())

    def do_resize(self, width: int, height: int) -> None:
        for window in self._windows():
            window.resize(width, height)

    def do_where(self, name: str) -> list[int] | None:
        """The middle of a control, on the screen, by its accessible name or its words."""
        for window in self._windows():
            for each in window.findChildren(QWidget):
                words = each.text() if isinstance(each, QAbstractButton) else ""
                if name in (each.accessibleName(), words) and each.isVisible():
                    middle = each.mapToGlobal(QPoint(each.width() // 2, each.height() // 2))
                    return [middle.x(), middle.y()]
        return None

    async def do_where_in_page(self, selector: str) -> list[int] | None:
        """The middle of an element of the page on top, on the screen."""
        script = (
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); if (!e) return '';"
            "const r = e.getBoundingClientRect();"
            "return JSON.stringify([r.x + r.width / 2, r.y + r.height / 2]); })()"
        )
        flight = next(flight for group in self.logins._flights.values() for flight in group)
        page, view = flight._pages[-1]
        found: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        page.runJavaScript(script, 3, lambda text: None if found.done() else found.set_result(text))
        try:
            # A page that goes away never answers
            text = await asyncio.wait_for(found, 1)
        except TimeoutError:
            return None
        if not text or view is None:
            return None
        at = json.loads(text)
        where = view.mapToGlobal(QPoint(round(at[0]), round(at[1])))
        return [where.x(), where.y()]

    def do_menu(self) -> list[str]:
        """The lines of the menu that is open."""
        popup = QApplication.activePopupWidget()
        return [each.text() for each in popup.actions()] if isinstance(popup, QMenu) else []

    def do_read_file(self, path: str) -> None:
        for window in self._windows():
            window.show_paste()
            window.paste.read_file(path)

    def do_renderer(self) -> int:
        """The process that draws the page."""
        flight = next(flight for group in self.logins._flights.values() for flight in group)
        return flight._pages[0][0].renderProcessPid()

    def do_nameless(self) -> list[str]:
        """Controls that a screen reader could not name."""
        found = []
        for window in self._windows():
            for each in window.findChildren(QWidget):
                if isinstance(each, QAbstractButton | QPlainTextEdit):
                    words = each.text() if isinstance(each, QAbstractButton) else ""
                    if not (each.accessibleName() or words) and each.objectName() != "qt_toolbar_ext_button":
                        found.append(type(each).__name__)
        return found

    def _windows(self) -> list[LoginWindow]:
        flights = [flight for group in self.logins._flights.values() for flight in group]
        return [flight.window for flight in flights if flight.window is not None]

    def _window(self, window: LoginWindow) -> dict[str, object]:
        labels = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
        web = [each for each in window.findChildren(QWidget) if each.inherits("QWebEngineView") and each.isVisible()]
        at = window.mapToGlobal(QPoint(0, 0))
        middle = web[0].mapToGlobal(web[0].rect().center()) if web else at
        focus = QApplication.focusWidget()
        return {
            "title": window.windowTitle(),
            "host": window._host._whole,
            "said": window._host.accessibleName(),
            "manner": window._manner.text(),
            "notice": window._notice._words.text() if window._notice.isVisible() else "",
            "busy": window._progress._percent is not None,
            "active": window.isActiveWindow(),
            "in_page": bool(web) and focus is not None and (focus is web[0] or web[0].isAncestorOf(focus)),
            "pages": window._pages.count(),
            "page_at": [middle.x(), middle.y()],
            "bar_seen": window._host.isVisible() and window._lock.isVisible(),
            "back": window._back.isEnabled(),
            "problem": window.paste._problem.text() if window.paste._problem.isVisible() else "",
            "labels": labels,
            "geometry": [at.x(), at.y(), window.width(), window.height()],
        }

    def do_quit(self) -> None:
        self.over.set()


async def play(player: Player) -> None:
    loop = asyncio.get_running_loop()
    orders: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def listen() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(orders.put_nowait, json.loads(line))

    threading.Thread(target=listen, daemon=True).start()
    player.say(ready=True)
    while not player.over.is_set():
        await player.obey(await orders.get())
    for task in player._tasks.values():
        task.cancel()
    await asyncio.gather(*player._tasks.values(), return_exceptions=True)
    player.logins.close()


def main() -> None:
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication([sys.argv[0]])
    app.setApplicationName("rolecall")
    app.setQuitOnLastWindowClosed(False)
    theme.install(app, "light")
    import qasync

    reader: ports.SamlReader = PlainReader()
    if sys.argv[2] == "real":
        from app.adapters.saml.reader import SamlReader

        reader = SamlReader()
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        runner.run(_run(reader))


async def _run(reader: ports.SamlReader) -> None:
    await play(Player(Path(sys.argv[1]), reader, sys.argv[3:]))


if __name__ == "__main__":
    main()
