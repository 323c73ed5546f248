"""A small text that is read at start and written in passing: lost writes do no harm, blocking ones would."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from app.adapters import files

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


class TextFile:
    """Remembers one text in the file `path`. Writes happen on a thread, the last one wins."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._waiting: str | None = None

    def read(self) -> str:
        """The text written last; empty when there is none, or it cannot be read."""
        files.clean_up(self._path)
        try:
            return (files.read(self._path) or b"").decode()
        except (OSError, UnicodeDecodeError):
            return ""

    def write(self, text: str) -> None:
        """Keep this text instead, soon."""
        with self._lock:
            idle = self._waiting is None
            self._waiting = text
        if idle:
            threading.Thread(target=self.flush, name="rolecall-window-state").start()

    def flush(self) -> None:
        """Write what waits, now."""
        with self._lock:
            text, self._waiting = self._waiting, None
            if text is None:
                return
            try:
                files.replace(self._path, text.encode(), alone=False)
            except OSError as error:
                _log.info("%s was not written: %s", self._path, error.strerror)
