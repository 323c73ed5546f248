"""One window for each installation: a second start raises the first window and ends.

Where sockets are files, Python's own claim the place, and Qt's network, which takes a while to load, hears who comes
once the window is there: until then they wait in line. Windows has named pipes, which only Qt knows.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QLockFile, QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)

SOCKET = "window.sock"
_HELLO = b"rolecall show "
_HEARD = b"ok\n"
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  # a variable's name
_LONGEST_LINE = 4096
_RELEASE_SECONDS = 1.0
"""How long another start may keep this one from ending."""
_LONGEST_PATH = 100
"""`sun_path` has 104 bytes on macOS and 108 on Linux."""


def _fits(path: str) -> bool:
    return len(os.fsencode(path)) <= _LONGEST_PATH


class SingleInstance(QObject):
    """The first one to `claim` a directory has it; from `hear` on, each later one is heard as `asked`.

    `asked` carries the activation token of the later start, or an empty string: on Wayland only its holder may
    raise a window.
    """

    asked = Signal(str)

    def __init__(self, directory: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._directory = directory
        self._place: socket.socket | None = None
        self._server: QLocalServer | None = None

    def claim(self, *, wait_seconds: float = 2.0) -> bool:
        """Return True for the first of its kind, False when another one runs and was told to show itself.

        Blocks up to `wait_seconds`; call it before the event loop runs. When neither works (a directory that
        cannot be written), the start goes on alone: two windows are better than none.
        """
        # Between finding nobody and listening, a second start must wait: else it would remove our new socket.
        with self._alone(wait_seconds):
            if sys.platform == "win32":
                return self._claim_pipe(round(wait_seconds * 1000))
            return self._claim_socket(wait_seconds)

    def hear(self) -> None:
        """Hear later starts from now on, and those that came meanwhile."""
        if self._place is not None:
            self._serve().listen(self._place.detach())
            self._place = None

    def release(self) -> None:
        """Stop listening; the next start is the first again. A second time it does nothing."""
        if self._place is None and self._server is None:
            return
        # What is removed is our own socket: nobody claims its place meanwhile
        with self._alone(_RELEASE_SECONDS):
            if self._place is not None:
                self._place.close()
                Path(self._name).unlink(missing_ok=True)
                self._place = None
            server, self._server = self._server, None
            if server is not None:
                server.close()
        if server is None:
            return
        from PySide6.QtNetwork import QLocalSocket

        for each in self.findChildren(QLocalSocket):
            # Who came and said nothing is still here: its end must not be told while all of this goes
            each.blockSignals(True)
            each.abort()

    @contextlib.contextmanager
    def _alone(self, seconds: float) -> Iterator[None]:
        """While nobody else claims or releases; after so many seconds of waiting, all the same."""
        lock = QLockFile(str(self._directory / "window.lock"))
        locked = lock.tryLock(round(seconds * 1000))
        try:
            yield
        finally:
            if locked:
                lock.unlock()

    def _claim_socket(self, seconds: float) -> bool:
        try:
            if not self._is_anothers() and self._tell(seconds):
                return False
            place = socket.socket(socket.AF_UNIX)
        except OSError as error:  # no more files can be opened
            _log.warning("cannot listen for later starts: %s", error.strerror or error)
            return True
        try:
            # A socket that nobody answers at was left by a process that was killed.
            Path(self._name).unlink(missing_ok=True)
            place.bind(self._name)
            # Nobody can come before `listen`
            Path(self._name).chmod(0o600)
            place.listen()
        except OSError as error:
            place.close()
            _log.warning("cannot listen for later starts: %s", error.strerror or error)
        else:
            self._place = place
        return True

    def _tell(self, seconds: float) -> bool:
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(seconds)
            try:
                caller.connect(self._name)
                caller.sendall(_hello())
                heard = caller.recv(len(_HEARD))
            except (BlockingIOError, BrokenPipeError, ConnectionResetError, TimeoutError):
                heard = b""
            except OSError:
                return False
        if not heard:
            # Somebody listens: even if it is too busy to answer in time, a second window would do harm.
            _log.warning("the running window does not answer")
        return True

    def _claim_pipe(self, milliseconds: int) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        caller = QLocalSocket()
        caller.connectToServer(self._name)
        if caller.waitForConnected(milliseconds):
            caller.write(_hello())
            caller.flush()
            if not caller.waitForReadyRead(milliseconds):
                _log.warning("the running window does not answer")
            caller.disconnectFromServer()
            return False
        server = self._serve()
        if not server.listen(self._name):
            _log.warning("cannot listen for later starts: %s", server.errorString())
        return True

    def _serve(self) -> QLocalServer:
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        return self._server

    @property
    def _name(self) -> str:
        path = str(self._directory / SOCKET)
        if sys.platform != "win32" and _fits(path):
            return path
        short = f"rolecall-{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"
        if sys.platform == "win32":
            return short
        # The person's own directory, if there is one: the one for temporary files is everybody's (XDG Base Directory).
        own = str(Path(os.environ.get("XDG_RUNTIME_DIR") or QDir.tempPath()) / short)
        return own if _fits(own) else str(Path(QDir.tempPath()) / short)

    def _is_anothers(self) -> bool:
        """Whether somebody else's socket stands in our place: it must not keep us from starting, nor hear us."""
        try:
            return Path(self._name).lstat().st_uid != os.geteuid()
        except OSError:
            return False

    def _welcome(self) -> None:
        while self._server is not None and (caller := self._server.nextPendingConnection()) is not None:
            caller.setParent(self)
            caller.disconnected.connect(caller.deleteLater)
            caller.readyRead.connect(lambda it=caller: self._hear(it))
            self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() > _LONGEST_LINE:
                caller.abort()
            return
        line = bytes(caller.readLine().data())
        if line.startswith(_HELLO):
            caller.write(_HEARD)
            token = line.removeprefix(_HELLO).strip().decode("ascii", "ignore")
            if token:
                # Where Qt looks for it when a window asks to be raised (XDG activation protocol).
                os.environ[_TOKEN] = token
            self.asked.emit(token)
        caller.disconnectFromServer()


def _hello() -> bytes:
    token = os.environ.get(_TOKEN) or os.environ.get("DESKTOP_STARTUP_ID") or ""
    return _HELLO + token.encode("ascii", "ignore") + b"\n"
