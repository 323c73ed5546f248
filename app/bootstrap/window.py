"""The window's life: one instance, one event loop, one event that ends it, and a tidy end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.bootstrap import later
from app.domain.errors import RolecallError
from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from PySide6.QtWidgets import QApplication

    from app.adapters.desktop.notifications import Notifications
    from app.adapters.desktop.single_instance import SingleInstance
    from app.adapters.desktop.theme_signal import ThemeSignal
    from app.bootstrap.wiring import Wired
    from app.core.front import Front
    from app.ports import Clock, Notifier
    from app.ui.faults import Faults
    from app.ui.main_window import MainWindow
    from app.ui.tray import Tray

NO_DISPLAY = 1
WITHDRAW_SECONDS = 5.0
"""How long quitting waits for sections to be withdrawn."""
_SWITCH_SECONDS = 0.0001
"""How long a busy thread may keep Python to itself while the window's thread waits (by default 50 times that)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A window that is up, for whoever plays on it."""

    wired: Wired
    window: MainWindow
    tray: Tray


def _system_clock() -> Clock:
    from app.adapters.clock import SystemClock

    return SystemClock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What is different when the window is shown or played with: another clock, another browser, a script.

    `hidden`: it begins in the tray, where there is one, else minimized. `prepare` runs before anything is read, `play`
    beside the window; when `play` ends, so does the program.
    """

    demo: bool = False
    hidden: bool = False
    prepare: Callable[[Wired], Awaitable[None]] | None = None
    play: Callable[[Running], Awaitable[int]] | None = None
    clock: Clock = field(default_factory=_system_clock)
    open_url: Callable[[str], None] | None = None


def run(environ: Mapping[str, str] | None = None, *, stage: Stage | None = None) -> int:
    """Show the window until it is quit; returns the exit code."""
    environ = os.environ if environ is None else environ
    if not _has_display(environ):
        print(
            "No display: set DISPLAY or WAYLAND_DISPLAY, or use the command line (`rolecall --help`).", file=sys.stderr
        )
        return NO_DISPLAY
    # Nothing of what a start makes is garbage; `later` looks for it again
    gc.disable()
    from app.adapters import directories, logging_filter
    from app.bootstrap import size, wiring  # noqa: F401  # what knows no Qt is loaded before it, see `plain_imports`

    logging_filter.install()
    sys.setswitchinterval(_SWITCH_SECONDS)
    # PySide6 has to be imported before qasync
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtWidgets import QApplication

    later.plain_imports()
    # Else QtWebEngine, loaded late, would leave a dangling slot behind that ends the program with a fault
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    where = directories.find(environ)
    with size.enlarged(size.wished(where.settings)):
        app = QApplication([sys.argv[0]])
    app.setApplicationName("rolecall")
    app.setDesktopFileName("rolecall")
    app.setQuitOnLastWindowClosed(False)
    where.create()
    from app.adapters.desktop.single_instance import SingleInstance

    instance = SingleInstance(where.state)
    if not instance.claim():
        return 0
    import qasync

    try:
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            return runner.run(_live(app, instance, environ, stage or Stage()))
    finally:
        instance.release()


async def _live(app: QApplication, instance: SingleInstance, environ: Mapping[str, str], stage: Stage) -> int:
    from app.adapters.desktop.browser import QtDesktop, open_url
    from app.adapters.desktop.clipboard import SecretClipboard
    from app.adapters.loopback import OneTimeRedirects
    from app.bootstrap.fault_watch import watching
    from app.bootstrap.login_windows import LateLoginWindows
    from app.bootstrap.wiring import Surroundings, wire

    ended = asyncio.Event()
    desktop_theme = _dress(app)
    clipboard, redirects = SecretClipboard(), OneTimeRedirects()
    desktop = QtDesktop(clipboard, redirects.offer, stage.open_url or open_url)
    around = Surroundings(desktop=desktop, saml_login=LateLoginWindows, clock=stage.clock)
    wired = wire(environ, person_present=True, around=around)
    if stage.prepare is not None:
        await stage.prepare(wired)
    await wired.front.start()
    _speak(app, wired)
    window = _window(wired, ended, stage)
    faults = _faults(window)
    # A stage has a browser of its own
    redirects.missed = faults.no_browser if stage.open_url is None else None
    instance.asked.connect(lambda _token: window.come())
    app.commitDataRequest.connect(lambda _manager: ended.set())
    if not stage.hidden:
        window.show()
        await later.painted(window)
    instance.hear()
    _wear_icon(window)
    later.collect_again()
    from app.adapters.desktop.sleep_signal import SleepSignal

    notifications = _notifications()
    running = Running(wired=wired, window=window, tray=_tray(window, notifications, stage))
    sleep = SleepSignal()
    sleep.woke.connect(wired.front.supervisor.wake)
    tasks = [asyncio.create_task(wired.front.supervisor.run()), asyncio.create_task(later.ready(wired))]
    try:
        with _signals(ended), watching(faults.fault):
            return await _until(ended, running, stage.play)
    finally:
        # From here on a start opens a window of its own, and is not told that this one will show itself
        instance.release()
        await _end(wired, running, tasks)
        if notifications is not None:
            notifications.end()
        clipboard.forget()
        desktop_theme.deleteLater()
        await redirects.close()
        await wired.close()


def _dress(app: QApplication) -> ThemeSignal:
    from app.adapters.desktop.theme_signal import ThemeSignal
    from app.ui import theme

    installed = theme.install(app)
    desktop = ThemeSignal(parent=app)
    desktop.changed.connect(installed.set_system_dark)
    installed.set_system_dark(desktop.dark)
    return desktop


def _speak(app: QApplication, wired: Wired) -> None:
    from app.ui import translation

    translation.install(app, wired.front.snapshot().configuration.settings.language)


def _notifications() -> Notifications | None:
    """Over D-Bus where desktops have it; elsewhere Qt's own lead to the window."""
    if sys.platform in ("darwin", "win32"):
        return None
    from app.adapters.desktop.notifications import Notifications

    return Notifications()


def _window(wired: Wired, ended: asyncio.Event, stage: Stage) -> MainWindow:
    from app.adapters.text_file import TextFile
    from app.ui.main_window import MainWindow
    from app.ui.told_intents import in_the_persons_language
    from app.ui.window_state import WindowState

    intents = in_the_persons_language(wired.front)
    state = WindowState(TextFile(wired.where.state / "window.json"))
    window = MainWindow(intents, state=state, demo=stage.demo, settings_path=str(wired.where.settings))
    window.quit_wanted.connect(ended.set)
    window.demo_wanted.connect(_start_demo)
    return window


def _wear_icon(window: MainWindow) -> None:
    """Only lists of windows show it: its eight sizes can be drawn when the window is there."""
    from app.ui import icons

    window.setWindowIcon(icons.app_icon())


def _tray(window: MainWindow, notifier: Notifier | None, stage: Stage) -> Tray:
    from app.ui.tray import Tray

    tray = Tray(window.intents, window, notifier)
    if stage.hidden and not window.tray:
        # A tray may still come while the session begins; until then the window can be found in the task bar
        window.showMinimized()
    return tray


def _faults(window: MainWindow) -> Faults:
    from app.ui.faults import Faults

    return Faults(window.toasts, window)


def _start_demo() -> None:
    """The stand-in in a program of its own: nothing of this one's is touched."""
    from PySide6.QtCore import QProcess

    arguments = ["-c", "from app.cli.main import main; raise SystemExit(main(['--demo']))"]
    QProcess.startDetached(sys.executable, arguments, str(Path(__file__).parents[2]))


async def _until(ended: asyncio.Event, running: Running, play: Callable[[Running], Awaitable[int]] | None) -> int:
    if play is None:
        await ended.wait()
        return 0
    playing = asyncio.ensure_future(play(running))
    waiting = asyncio.ensure_future(ended.wait())
    await asyncio.wait({playing, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    return await playing


async def _end(wired: Wired, running: Running, tasks: list[asyncio.Task[None]]) -> None:
    from app.ui import tasks as ui_tasks

    running.tray.icon.hide()
    running.window.end()
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    ui_tasks.cancel_all()
    await ui_tasks.drained()
    if wired.front.snapshot().configuration.settings.withdraw_on_quit:
        await _withdraw(wired.front)


async def _withdraw(front: Front) -> None:
    """Take everything away before the end, which comes in any case: what could not be taken away stays known."""
    try:
        async with asyncio.timeout(WITHDRAW_SECONDS):
            await front.stop_all()
    except (TimeoutError, RolecallError) as error:
        why = error.title if isinstance(error, RolecallError) else f"it took longer than {WITHDRAW_SECONDS:g} seconds"
        print(f"Not everything could be withdrawn: {why}.", file=sys.stderr)


@contextlib.contextmanager
def _signals(ended: asyncio.Event) -> Iterator[None]:
    """SIGTERM and SIGINT end the program like “Quit”.

    Python runs handlers between bytecodes, and Qt's loop runs none while it waits: a byte on a socket wakes it.
    """
    from PySide6.QtCore import QSocketNotifier

    reading, writing = socket.socketpair()
    for end in (reading, writing):
        end.setblocking(False)  # noqa: FBT003  # its only argument, positional only
    previous_fd = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: reading.recv(1024))
    names = [signal.SIGTERM, signal.SIGINT]
    previous = {name: signal.signal(name, lambda _number, _frame: ended.set()) for name in names}
    try:
        yield
    finally:
        for name, handler in previous.items():
            signal.signal(name, handler)
        signal.set_wakeup_fd(previous_fd)
        notifier.setEnabled(False)
        reading.close()
        writing.close()


def _has_display(environ: Mapping[str, str]) -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
