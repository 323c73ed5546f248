"""Reading one table of the settings file, field by field: types, and the rules of each kind of text.

The checks are functions from a text to BadInput or None, so that a form can use them while a person types.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.domain import sts_limits as limits
from app.domain.arn import MfaDevice, RoleArn, provider_kind
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from urllib.parse import SplitResult

    Check = Callable[[str], BadInput | None]

NAME_LONGEST = 128
TEXT_LONGEST = 256
DISPLACED_SUFFIX = "--kept-by-rolecall"
MFA_SESSION_PREFIX = "mfa:"
SECRET_KEYS = frozenset(
    {
        "aws_secret_access_key",
        "aws_session_token",
        "client_secret",
        "password",
        "refresh_token",
        "secret_access_key",
        "session_token",
        "totp_secret",
    }
)
_PROVIDER_SECRETS = frozenset({"client_secret", "refresh_token"})
_REGION = re.compile(r"[a-z]{2,8}(?:-[a-z]+){1,3}-[0-9]{1,2}")
_ACCOUNT = re.compile(r"[0-9]{12}")
_SERVICE = re.compile(r"[0-9a-z][0-9a-z/_-]{0,63}")
_SCOPE = re.compile(r"[!#-\[\]-~]+")
_SECRET_CHARACTERS = 40
_TEMPORARY_KEY = "ASIA"
_LARGE = 10**18
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Table:
    """One table of the settings file. Each reading method returns a usable value and notes what was wrong.

    `faults` are in the order of reading; each names its key as `field`.
    """

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values
        self.faults: list[BadInput] = []
        for key in values:
            if key in SECRET_KEYS:
                self.faults.append(_secret(key))

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        """All keys, known or not."""
        return iter(self._values)

    def raw(self, key: str) -> object:
        """The value as it is; None when the key is absent."""
        return self._values.get(key)

    def refuse(self, error: BadInput | None) -> None:
        """Note a fault, if it is one."""
        if error is not None:
            self.faults.append(error)

    def text(self, key: str, check: Check | None = None) -> str | None:
        """A text that passes `check`; None when absent or wrong."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.faults.append(wrong_type(key, value, "a text", f'{key} = "…"'))
            return None
        error = None if check is None else check(value)
        if error is not None:
            self.faults.append(named(error, key))
            return None
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        """One of `choices`."""
        return self.text(key, lambda text: _choice_fault(key, text, choices)) or default

    def flag(self, key: str, *, default: bool) -> bool:
        """`true` or `false`."""
        value = self._values.get(key, default)
        if isinstance(value, bool):
            return value
        self.faults.append(wrong_type(key, value, "true or false", f"{key} = true"))
        return default

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number between `low` and `high`; None when absent or wrong."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            self.faults.append(wrong_type(key, value, "a whole number", f"{key} = {low}"))
            return None
        return None if self._bounded(key, value, low, high) is None else value

    def number(self, key: str, low: float, high: float) -> float | None:
        """A number between `low` and `high`; None when absent or wrong."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.faults.append(wrong_type(key, value, "a number", f"{key} = {low:g}"))
            return None
        return self._bounded(key, value, low, high)

    def texts(self, key: str, check: Check | None = None) -> tuple[str, ...]:
        """A list of texts, each of which passes `check`; empty when absent or wrong."""
        value = self._values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
            self.faults.append(wrong_type(key, value, "a list of texts", f'{key} = ["…", "…"]'))
            return ()
        for each in value:
            error = None if check is None else check(each)
            if error is not None:
                self.faults.append(named(error, key))
                return ()
        return tuple(value)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Tags: a table of texts, or a list of `{key = "…", value = "…"}`."""
        value = self._values.get(key)
        if value is None:
            return ()
        found = list(value.items()) if isinstance(value, dict) else _listed_pairs(value)
        if found is None or not all(isinstance(part, str) for pair in found for part in pair):
            self.faults.append(wrong_type(key, value, "a table of texts", f'{key} = {{Team = "Data"}}'))
            return ()
        return tuple(found)

    def _bounded(self, key: str, value: float, low: float, high: float) -> float | None:
        if low <= value <= high:
            return value
        # A whole number of TOML may be larger than any float.
        this = "this is far beyond" if abs(value) >= _LARGE else f"this is {value:,g}"
        self.faults.append(_bad(key, f"“{key}” is out of bounds", f"{low:,g} to {high:,g} are possible; {this}."))
        return None


def _listed_pairs(value: object) -> list[tuple[object, object]] | None:
    if not isinstance(value, list | tuple):
        return None
    found = []
    for each in value:
        if not isinstance(each, dict) or {part.lower() for part in each} != {"key", "value"}:
            return None
        lowered = {part.lower(): content for part, content in each.items()}
        found.append((lowered["key"], lowered["value"]))
    return found


def name_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be the name of an entry, or of a section of the credentials file; or None."""
    reason = ""
    if not text:
        reason = "It is empty."
    elif len(text) > NAME_LONGEST:
        reason = f"It has {len(text)} characters; {NAME_LONGEST} are possible."
    elif not text.isprintable():
        reason = "It holds a line break, a tab or another character that cannot be seen."
    elif text != text.strip():
        reason = "It begins or ends with a blank."
    elif "[" in text or "]" in text:
        reason = "[ and ] would break the section header of the AWS credentials file."
    elif text.startswith("-"):
        reason = "It begins with “-”: the command line would take it for an option."
    elif text.startswith(MFA_SESSION_PREFIX):
        reason = f"“{MFA_SESSION_PREFIX}” marks Rolecall's own MFA sessions."
    elif text.endswith(DISPLACED_SUFFIX):
        reason = f"“{DISPLACED_SUFFIX}” marks sections that Rolecall has set aside."
    return _bad("name", f"“{_short(text)}” cannot be a name", reason) if reason else None


def plain_fault(text: str) -> BadInput | None:
    """Say why `text` cannot stand in one line of the window, or None."""
    if not text.isprintable():
        return _bad("", "Some characters cannot be shown", "It holds a line break, a tab or a control character.")
    if len(text) > TEXT_LONGEST:
        return _bad("", "The text is too long", f"{TEXT_LONGEST} characters are possible; this has {len(text):,}.")
    return None


def argument_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be an argument of a command, or None."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return _bad("", "Not an argument", "It holds a character that no command line can carry.")
    return None


def region_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be an AWS region's name, or None. Whether there is such a region only AWS knows."""
    if _REGION.fullmatch(text):
        return None
    return _bad("region", "Not an AWS region", f"“{_short(text)}” does not look like eu-west-1 or us-gov-east-1.")


def service_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be the console path of a service (`ec2`, `cloudwatch`), or None."""
    if _SERVICE.fullmatch(text):
        return None
    return _bad("console_service", "Not a console service", f"“{_short(text)}” is no path such as ec2 or cloudwatch.")


def account_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be the ID of an AWS account, or None."""
    if _ACCOUNT.fullmatch(text):
        return None
    return _bad("account_pin", "Not an account ID", f"“{_short(text)}” is not 12 digits, such as 123456789012.")


def url_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be the URL of a provider, or None: https, or http to this machine."""
    parts = _url(text)
    if parts is None:
        return _bad("", "Not a URL", f"“{_short(text)}” is no address such as https://example.com/path.")
    if "@" in parts.netloc or "\\" in text:
        # Browsers take a backslash for a slash; who reads the beginning sees another host than the one it leads to.
        detail = "It has a user's name before its host, or a backslash: it would lead elsewhere than it seems."
        return _bad("", "The URL is not safe", detail)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return None
    return _bad("", "The URL is not safe", "Only https is accepted, or http to this very machine.")


def issuer_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be an OpenID provider's issuer, or None: a URL without query and fragment.

    Source: OpenID Connect Discovery 1.0, section 2.
    """
    fault = url_fault(text)
    if fault is None and ("?" in text or "#" in text):
        return _bad("issuer", "Not an issuer", "An issuer has no “?” and no “#”.")
    return fault


def scope_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be an OAuth 2.0 scope, or None. Source: RFC 6749, section 3.3."""
    if _SCOPE.fullmatch(text):
        return None
    return _bad("scopes", "Not a scope", f"“{_short(text)}” holds a blank, a quote or another character that none has.")


def proxy_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be a proxy's URL, or None. A password has no place in the settings file."""
    parts = _url(text)
    if parts is None or parts.scheme not in {"http", "https"}:
        return _bad("proxy", "Not a proxy's URL", "It looks like http://proxy.example.com:3128.")
    if parts.password is not None:
        return _bad("proxy", "A password does not belong here", "Set HTTPS_PROXY in the environment instead.")
    return None


def _url(text: str) -> SplitResult | None:
    if not text.isprintable() or " " in text:
        return None
    try:
        parts = urlsplit(text)
        good = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if good else None


def access_key_fault(text: str) -> BadInput | None:
    """Say why `text` cannot be the ID of an IAM user's long-term access key, or None."""
    if text.startswith(_TEMPORARY_KEY):
        return _bad(
            "access_key_id",
            "This key is a temporary one",
            f"Key IDs that begin with {_TEMPORARY_KEY} belong to sessions. An IAM user's begin with AKIA.",
        )
    if len(text) == _SECRET_CHARACTERS and not text.isupper():
        # It would go into the settings file, in plain sight
        return _bad(
            "access_key_id",
            "This looks like a secret access key",
            "A key ID has about 20 capital letters and digits; a secret access key has 40 characters of both cases.",
        )
    return limits.fault("AccessKeyId", text)


def role_arn_fault(text: str) -> BadInput | None:
    """Say why `text` is not a role's ARN, or None."""
    return _raised(lambda: RoleArn.parse(text))


def mfa_device_fault(text: str) -> BadInput | None:
    """Say why `text` is not an MFA device that STS takes codes of, or None."""
    return _raised(lambda: MfaDevice.parse(text))


def provider_arn_fault(text: str) -> BadInput | None:
    """Say why `text` is not the ARN of a SAML provider, or None."""
    if provider_kind(text) == "saml-provider":
        return limits.fault("PrincipalArn", text)
    return _bad(
        "provider_arn", "Not a SAML provider's ARN", "It looks like arn:aws:iam::123456789012:saml-provider/NAME."
    )


def policy_fault(text: str) -> BadInput | None:
    """Say why `text` is not a session policy, or None. What it permits only AWS judges."""
    try:
        document = json.loads(text)
    except ValueError as error:
        return _bad("policy", "The policy is not JSON", f"{error}.")
    if not isinstance(document, dict):
        return _bad("policy", "The policy is not a JSON object", 'It begins with {"Version": "2012-10-17", …}.')
    return limits.fault("Policy", text)


def limit_check(parameter: str) -> Check:
    """The check of an STS parameter's limits."""
    return lambda text: limits.fault(parameter, text)


def wrong_type(key: str, value: object, wanted: str, example: str) -> BadInput:
    """The error for a value of another type. The value itself is not repeated."""
    kinds = {
        str: "a text",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        dict: "a table",
        list: "a list",
    }
    found = kinds.get(type(value), "something else")
    return BadInput(
        code="settings-type",
        title=f"“{key}” must be {wanted}",
        detail=f"It is {found}.",
        remedy=f"Write it like this: {example}",
        field=key,
    )


def named(error: BadInput, key: str) -> BadInput:
    """The same error, told with the key of the settings file instead of the STS parameter's name."""
    parameter = error.field

    def told(text: str) -> str:
        return text.replace(parameter, key) if parameter else text

    remedy = told(error.remedy).replace("; nothing was sent", "")
    return BadInput(code=error.code, title=told(error.title), detail=told(error.detail), remedy=remedy, field=key)


def _choice_fault(key: str, text: str, choices: tuple[str, ...]) -> BadInput | None:
    if text in choices:
        return None
    return _bad(key, f"“{key}” cannot be “{_short(text)}”", f"Possible are {', '.join(choices)}.")


def _raised(parse: Callable[[], object]) -> BadInput | None:
    try:
        parse()
    except BadInput as error:
        return error
    return None


def _secret(key: str) -> BadInput:
    kind = "provider" if key in _PROVIDER_SECRETS else "identity"
    return BadInput(
        code="settings-secret",
        title="A secret does not belong in the settings file",
        detail=f"“{key}” stands there in plain text.",
        remedy=f"Give it to the keyring (`rolecall {kind} add` asks for it), and delete the line.",
        field=key,
    )


def _short(text: str) -> str:
    shown = "".join(character if character.isprintable() else "�" for character in text)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"  # noqa: PLR2004  # what fits a line of the window


def _bad(field: str, title: str, detail: str) -> BadInput:
    return BadInput(
        code="settings-value", title=title, detail=detail, remedy="Correct it in the settings.", field=field
    )
