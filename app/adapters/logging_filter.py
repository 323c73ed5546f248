"""The second line of defence: whatever reaches a log handler, or is printed by a crash, is searched for secrets first.

The first line is that nobody logs one.
"""

from __future__ import annotations

import functools
import logging
import re
import sys
import threading
import traceback
from typing import TYPE_CHECKING

from app.domain.secret import Secret

if TYPE_CHECKING:
    from types import TracebackType

HIDDEN = "(hidden)"
QUIET_LOGGERS = ("httpx", "httpcore", "hpack", "urllib3", "keyring", "jeepney", "secretstorage")
"""These log URLs, headers or what they carry, at levels below WARNING."""

_NAMES = (
    r"secret_?access_?key|session_?token|security_?token|secret_?key|signin_?token|saml_?(?:response|assertion)|assertion"
    r"|web_?identity_?token|id_?token|access_?token|refresh_?token|client_?secret|device_?code|code_?verifier"
    r"|token_?code|totp|otp|secret|password|passphrase|session_?key|encoded_?message"
)
# What may stand between a name and its value: k=v, k: v, "k": "v", <K>v</K>, and all that percent-encoded.
_JOINT = r"['\"]?(?:\s*(?:[:=>]|%3D|%3A)\s*['\"]?|%22%3A(?:\+|%20)?%22)"


def _rule(pattern: str, replacement: str = HIDDEN) -> tuple[re.Pattern[str], str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE), replacement


@functools.cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """All rules. Compiled when the first text comes: most runs print none."""
    return (
        # A header, to the end of its line.
        _rule(
            r"\b((?:proxy-)?authorization|x-amz-security-token|(?:set-)?cookie)(['\"]?\s*[:=,]\s*).+", rf"\1\2{HIDDEN}"
        ),
        _rule(r"\botpauth://\S+", f"otpauth://{HIDDEN}"),
        # The JSON session that goes to the federation endpoint, plain or percent-encoded.
        _rule(r"\b(Session=)(?:%7B|\{)\S+", rf"\1{HIDDEN}"),
        _rule(r"\b(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s]+", rf"\1{HIDDEN}"),
        _rule(rf"((?:\b|_|%22)(?:[a-z]{{1,12}}[_-]?)?(?:{_NAMES}){_JOINT})[^\s'\"<>&,;)}}]+", rf"\1{HIDDEN}"),
        # A password in a URL.
        _rule(r"(://[^\s/:@]*:)[^\s/@]+@", rf"\1{HIDDEN}@"),
        # A JSON Web Token.
        _rule(r"\beyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]*"),
        # Long base64: session tokens, assertions.
        _rule(r"[0-9A-Za-z+/_%-]{100,}={0,2}"),
        # Forty characters of base64, not all of them hexadecimal digits: an AWS secret access key.
        _rule(r"(?<![0-9A-Za-z+/])(?=[0-9a-f]{0,39}[g-z+/%])(?:[0-9A-Za-z+/]|%2F|%2B){40}(?![0-9A-Za-z+/=])"),
    )


def redacted(text: str) -> str:
    """The text with everything that looks like a secret replaced by `(hidden)`."""
    for pattern, replacement in _rules():
        text = pattern.sub(replacement, text)
    return text


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
