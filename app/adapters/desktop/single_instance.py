"""One window for each installation: a second start raises the first window and ends."""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)

SOCKET = "window.sock"
_HELLO = b"rolecall show "
_HEARD = b"ok\n"
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  # a variable's name
_LONGEST_LINE = 4096
_LONGEST_PATH = 100
"""`sun_path` has 104 bytes on macOS and 108 on Linux."""


def _fits(path: str) -> bool:
    return len(os.fsencode(path)) <= _LONGEST_PATH


class SingleInstance(QObject):
    """The first one to `claim` a directory listens there; each later one is heard as `asked`.

    `asked` carries the activation token of the later start, or an empty string: on Wayland only its holder may
    raise a window.
    """

    asked = Signal(str)

    def __init__(self, directory: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._directory = directory
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def claim(self, *, wait_seconds: float = 2.0) -> bool:
        """Return True for the first of its kind, False when another one runs and was told to show itself.

        Blocks up to `wait_seconds`; call it before the event loop runs. When neither works (a directory that
        cannot be written), the start goes on alone: two windows are better than none.
        """
        lock = QLockFile(str(self._directory / "window.lock"))
        # Between finding nobody and listening, a second start must wait: else it would remove our new socket.
        locked = lock.tryLock(round(wait_seconds * 1000))
        try:
            if self._tell(round(wait_seconds * 1000)):
                return False
            if not self._server.listen(self._name):
                # A socket that nobody answers at was left by a process that was killed.
                QLocalServer.removeServer(self._name)
                if not self._server.listen(self._name):
                    _log.warning("cannot listen for later starts: %s", self._server.errorString())
            return True
        finally:
            if locked:
                lock.unlock()

    def release(self) -> None:
        """Stop listening; the next start is the first again."""
        self._server.close()
        for socket in self.findChildren(QLocalSocket):
            # Who came and said nothing is still here: its end must not be told while all of this goes
            socket.blockSignals(True)
            socket.abort()

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
        if sys.platform == "win32":
            return False
        try:
            return Path(self._name).lstat().st_uid != os.geteuid()
        except OSError:
            return False

    def _tell(self, milliseconds: int) -> bool:
        if self._is_anothers():
            return False
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(milliseconds):
            return False
        token = os.environ.get(_TOKEN) or os.environ.get("DESKTOP_STARTUP_ID") or ""
        socket.write(_HELLO + token.encode("ascii", "ignore") + b"\n")
        socket.flush()
        # Somebody listens: even if it is too busy to answer in time, a second window would do harm.
        if not socket.waitForReadyRead(milliseconds):
            _log.warning("the running window does not answer")
        socket.disconnectFromServer()
        return True

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setParent(self)
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda it=socket: self._hear(it))
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST_LINE:
                socket.abort()
            return
        line = bytes(socket.readLine().data())
        if line.startswith(_HELLO):
            socket.write(_HEARD)
            token = line.removeprefix(_HELLO).strip().decode("ascii", "ignore")
            if token:
                # Where Qt looks for it when a window asks to be raised (XDG activation protocol).
                os.environ[_TOKEN] = token
            self.asked.emit(token)
        socket.disconnectFromServer()
