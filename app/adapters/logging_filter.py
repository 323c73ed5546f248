"""The second line of defence: whatever reaches a log handler, or is printed by a crash, is searched for secrets first.

The first line is that nobody logs one.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from typing import TYPE_CHECKING

from app.domain.redaction import HIDDEN, redacted
from app.domain.secret import Secret

if TYPE_CHECKING:
    from types import TracebackType

QUIET_LOGGERS = ("httpx", "httpcore", "hpack", "urllib3", "keyring", "jeepney", "secretstorage")
"""These log URLs, headers or what they carry, at levels below WARNING."""


class RedactingFilter(logging.Filter):
    """Rewrites each record before a handler sees it: message with arguments, exception and stack."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact `record` in place; it is always let through."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            message = f"{record.msg} (its arguments do not fit and are left out)"
        record.msg = redacted(message)
        record.args = None
        if record.exc_info:
            if record.exc_info[0] is not None:
                record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            # Without it no handler can format, or send, the exception itself.
            record.exc_info = None
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        if record.stack_info:
            record.stack_info = redacted(record.stack_info)
        for name, value in vars(record).items():
            if isinstance(value, Secret):
                setattr(record, name, HIDDEN)
        return True


def install(*handlers: logging.Handler) -> None:
    """Put a filter on these handlers, or on all of the root logger's, and keep talkative libraries at WARNING.

    On handlers, not on loggers: a logger's filter does not see what its children send up. A root logger without any
    gets one that writes warnings to standard error: Python's own last resort would write them unfiltered.
    """
    root = logging.getLogger()
    if not handlers and not root.handlers:
        last = logging.StreamHandler()
        last.setLevel(logging.WARNING)
        root.addHandler(last)
    for handler in handlers or tuple(root.handlers):
        if not any(isinstance(each, RedactingFilter) for each in handler.filters):
            handler.addFilter(RedactingFilter())
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)


def guard_crashes() -> None:
    """Redact what Python prints about exceptions that nobody caught: at the end, in threads, slots and finalisers."""
    sys.excepthook = _crashed
    threading.excepthook = _thread_crashed
    sys.unraisablehook = _could_not_raise


def _crashed(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, /, before: str = ""
) -> None:
    if sys.stderr is not None:
        sys.stderr.write(redacted(before + "".join(traceback.format_exception(kind, error, trace))))


def _thread_crashed(what: threading.ExceptHookArgs) -> None:
    # A thread that ends itself is no crash.
    if what.exc_type is not SystemExit:
        _crashed(what.exc_type, what.exc_value, what.exc_traceback)


def _could_not_raise(what: sys.UnraisableHookArgs) -> None:
    # The object itself is left out: its repr might say anything.
    _crashed(what.exc_type, what.exc_value, what.exc_traceback, f"{what.err_msg or 'Exception ignored'}:\n")
