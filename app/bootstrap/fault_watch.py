"""Faults of the program that nobody catches: in slots of the window, and in what the event loop runs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any

from app.domain.errors import RolecallError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

_log = logging.getLogger(__name__)


@contextlib.contextmanager
def watching(tell: Callable[[str], None]) -> Iterator[None]:
    """Log where such a fault was, and `tell` its kind. What was told before (a redacted traceback) still is.

    Needs a running event loop.
    """
    before, loop = sys.excepthook, asyncio.get_running_loop()

    def crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        before(kind, error, trace)
        if issubclass(kind, Exception):
            _log.error("A slot of the window failed: %s", _where(kind, trace))
            tell(kind.__name__)

    def failed(running: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        running.default_exception_handler(context)
        error = context.get("exception")
        if isinstance(error, Exception) and not isinstance(error, RolecallError):
            tell(type(error).__name__)

    sys.excepthook = crashed
    loop.set_exception_handler(failed)
    try:
        yield
    finally:
        sys.excepthook = before
        loop.set_exception_handler(None)


def _where(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Without the exception's text, which might hold anything."""
    frames = traceback.extract_tb(trace)
    return f"{kind.__name__} in {frames[-1].name}, line {frames[-1].lineno}" if frames else kind.__name__
