"""Notifications that lead somewhere: with a button, closed when their thing is over. Linux and its like, over D-Bus."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.adapters.desktop.notification_bus import PATIENCE, Conversation, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.notice import Notice

_GOODBYE_SECONDS = 0.5


class Notifications(QObject):
    """Answers `app.ports.Notifier`. Nothing is connected, and no thread runs, before the first notice."""

    _called = Signal(object)

    def __init__(self, address: str = "", patience: float = PATIENCE, parent: QObject | None = None) -> None:
        """`address`: the session bus's, by default the environment's. `patience`: seconds the daemon has to answer."""
        super().__init__(parent)
        self._address, self._patience = address, patience
        self._orders: deque[Callable[[Conversation], None] | None] = deque()
        self._thread: threading.Thread | None = None
        self._waking: socket.socket | None = None
        self._called.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def show(self, notice: Notice, chosen: Callable[[], None], otherwise: Callable[[], None]) -> None:
        """Have it shown. Later, in this thread: `chosen` when it is clicked, `otherwise` if nobody can show it."""
        if self._thread is None:
            self._start()
        self._order(lambda talk: talk.show(Wish(notice, chosen, otherwise)))

    def close(self, tag: str) -> None:
        """Take what is shown under `tag` away."""
        if self._thread is not None:
            self._order(lambda talk: talk.close(tag))

    def end(self) -> None:
        """Take everything away, since nobody would hear a click, and hang up. Waits half a second at most."""
        if self._thread is not None:
            self._order(None)
            self._thread.join(_GOODBYE_SECONDS)
        if self._waking is not None:
            self._waking.close()
        self._thread = self._waking = None

    def _start(self) -> None:
        woken, self._waking = socket.socketpair()
        self._waking.setblocking(False)
        talk = Conversation(self._deliver, self._address, self._patience)
        run = threading.Thread(target=talk.run, args=(self._orders, woken), name="notifications", daemon=True)
        self._thread = run
        run.start()

    def _order(self, order: Callable[[Conversation], None] | None) -> None:
        self._orders.append(order)
        if self._waking is not None:
            # Full means that it was woken often enough
            with contextlib.suppress(OSError):
                self._waking.send(b"!")

    def _deliver(self, call: Callable[[], None]) -> None:
        # The window may be gone by now
        with contextlib.suppress(RuntimeError):
            self._called.emit(call)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()
