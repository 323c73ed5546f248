"""What looks like a secret, taken out of a text: the second line of defence behind never putting one there."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Replacement = str | Callable[[re.Match[str]], str]

HIDDEN = "(hidden)"

_NAMES = (
    r"secret_?access_?key|session_?token|security_?token|secret_?key|signin_?token|saml_?(?:response|assertion)|assertion"
    r"|web_?identity_?token|id_?token|access_?token|refresh_?token|client_?secret|device_?code|code_?verifier"
    r"|token_?code|totp|otp|secret|password|passphrase|session_?key|encoded_?message"
)
# What may stand between a name and its value: k=v, k: v, "k": "v", <K>v</K>, and all that percent-encoded.
_JOINT = r"['\"]?(?:\s*(?:[:=>]|%3D|%3A)\s*['\"]?|%22%3A(?:\+|%20)?%22)"
# Of a word; in a `repr` an escaped line break may stand before it, and looks like a letter.
_BEGIN = r"(?:\b|(?<=\\[nrt]))"


def _hide_if_whole(found: re.Match[str]) -> str:
    return found[0] if found[1] is None else HIDDEN


def _rule(pattern: str, replacement: Replacement = HIDDEN) -> tuple[re.Pattern[str], Replacement]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE), replacement


@functools.cache
def _rules() -> tuple[tuple[re.Pattern[str], Replacement], ...]:
    """All rules. Compiled when the first text comes: most runs print none."""
    return (
        # A header, to the end of its line.
        _rule(
            rf"{_BEGIN}((?:proxy-)?authorization|x-amz-security-token|(?:set-)?cookie)(['\"]?\s*[:=,]\s*).+",
            rf"\1\2{HIDDEN}",
        ),
        _rule(r"otpauth://\S+", f"otpauth://{HIDDEN}"),
        # The JSON session that goes to the federation endpoint, plain or percent-encoded.
        _rule(r"\b(Session=)(?:%7B|\{)\S+", rf"\1{HIDDEN}"),
        _rule(r"\b(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s]+", rf"\1{HIDDEN}"),
        _rule(rf"((?:\b|_|%22)(?:[a-z]{{1,12}}[_-]?)?(?:{_NAMES}){_JOINT})[^\s'\"<>&,;)}}]+", rf"\1{HIDDEN}"),
        # A password in a URL.
        _rule(r"(://[^\s/:@]*:)[^\s/@]+@", rf"\1{HIDDEN}@"),
        # A JSON Web Token. What only begins like one is passed over as a whole: it may begin so a thousand times.
        _rule(r"eyJ[0-9A-Za-z_-]{8,}(\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]*)?", _hide_if_whole),
        # Long base64: session tokens, assertions.
        _rule(r"[0-9A-Za-z+/_%-]{100,}={0,2}"),
        # Forty characters of base64, not all of them hexadecimal digits: an AWS secret access key.
        _rule(
            r"(?:(?<![0-9A-Za-z+/])|(?<=\\[nrt]))"
            r"(?=[0-9a-f]{0,39}[g-z+/%])(?:[0-9A-Za-z+/]|%2F|%2B){40}(?![0-9A-Za-z+/=])"
        ),
    )


def redacted(text: str) -> str:
    """The text with everything that looks like a secret replaced by `(hidden)`."""
    for pattern, replacement in _rules():
        text = pattern.sub(replacement, text)
    return text
