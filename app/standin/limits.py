"""Parameters of a call, read and checked by the traits (required, min, max, pattern) of botocore's model of STS.

Stricter than AWS in one point: a parameter that the action does not have is refused, so that a misspelt one is noticed.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.loaders import Loader

from app.standin.wire import Refusal, invalid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

API_VERSION = "2011-06-15"
ACTIONS = (
    "AssumeRole",
    "AssumeRoleWithSAML",
    "AssumeRoleWithWebIdentity",
    "DecodeAuthorizationMessage",
    "GetAccessKeyInfo",
    "GetCallerIdentity",
    "GetFederationToken",
    "GetSessionToken",
)
UNSIGNED = frozenset({"AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"})
SECRETS = frozenset({"TokenCode", "SAMLAssertion", "WebIdentityToken"})
# Limits of the STS API reference that the model does not state, for every action that has the parameter.
_LONGEST = {"Policy": 2048}
_MOST_MEMBERS = {"PolicyArns": 10}
_RESERVED_PREFIX = {"SourceIdentity": "aws:", "Key": "aws:", "TransitiveTagKeys": "aws:"}
_WIDE = "\\u10000-\\u10FFFF"
_LETTERS = re.compile(r"\\p\{[LZN]\}")

Value = str | int | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Parameters:
    """Checked parameters by name; what was not given is absent."""

    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """A text; empty when absent."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """A whole number."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    def texts(self, name: str, key: str = "") -> list[str]:
        """A list's texts; for a list of structures their `key`."""
        value = self.values.get(name, [])
        members = value if isinstance(value, list) else []
        picked = [each.get(key, "") if isinstance(each, dict) else each for each in members]
        return [each for each in picked if isinstance(each, str)]


@functools.cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = Loader().load_service_model("sts", "service-2", api_version=API_VERSION)
    return model


def read(action: str, given: Mapping[str, str]) -> Parameters:
    """The parameters of `action` from the flat names of the query protocol. Raises Refusal naming each bad field."""
    reading = _Reading(given)
    name = _model()["operations"][action].get("input", {}).get("shape")
    values = reading.structure(_model()["shapes"][name], "", "") if name else {}
    unknown = sorted(set(given) - reading.used - {"Action", "Version"})
    if unknown:
        raise Refusal("InvalidQueryParameter", f"{action} has no parameter {unknown[0]}.")
    if reading.faults:
        count = len(reading.faults)
        raise invalid(f"{count} validation error{'s'[: count > 1]} detected: {'; '.join(reading.faults)}")
    return Parameters(values)


class _Reading:
    """One call on its way to values; collects every fault, as AWS does."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self.used: set[str] = set()
        self.faults: list[str] = []

    def structure(self, shape: Mapping[str, Any], prefix: str, place: str) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, member in shape["members"].items():
            at = f"{place}.{_lower(name)}" if place else _lower(name)
            value = self._value(_model()["shapes"][member["shape"]], prefix + name, at)
            if value is not None:
                found[name] = value
            elif name in shape.get("required", ()):
                self._fault(None, at, "Member must not be null")
        return found

    def _value(self, shape: Mapping[str, Any], name: str, at: str) -> Value | None:
        if shape["type"] == "list":
            return self._list(shape, name, at)
        if shape["type"] == "structure":
            inside = any(key.startswith(f"{name}.") for key in self._given)
            return self.structure(shape, f"{name}.", at) if inside else None
        text = self._given.get(name)
        if text is None:
            return None
        self.used.add(name)
        return self._number(shape, text, at) if shape["type"] == "integer" else self._text(shape, text, name, at)

    def _list(self, shape: Mapping[str, Any], name: str, at: str) -> Value | None:
        members: list[Value] = []
        member = _model()["shapes"][shape["member"]["shape"]]
        while (
            value := self._value(member, f"{name}.member.{len(members) + 1}", f"{at}.{len(members) + 1}.member")
        ) is not None:
            members.append(value)
        most = shape.get("max") or _MOST_MEMBERS.get(name)
        if most is not None and len(members) > most:
            self._fault("[list]", at, f"Member must have length less than or equal to {most}")
        return members or None

    def _number(self, shape: Mapping[str, Any], text: str, at: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            self._fault(text, at, "Member must be a whole number")
            return 0
        number = int(text)
        if number < shape.get("min", number):
            self._fault(text, at, f"Member must have value greater than or equal to {shape['min']}")
        if number > shape.get("max", number):
            self._fault(text, at, f"Member must have value less than or equal to {shape['max']}")
        return number

    def _text(self, shape: Mapping[str, Any], text: str, name: str, at: str) -> str:
        last = name.partition(".")[0] if name.partition(".")[0] in _RESERVED_PREFIX else name.rpartition(".")[2]
        shown = "***" if shape.get("sensitive") or name in SECRETS else text
        longest = shape.get("max") or _LONGEST.get(name)
        if len(text) < shape.get("min", 0):
            self._fault(shown, at, f"Member must have length greater than or equal to {shape['min']}")
        if longest is not None and len(text) > longest:
            self._fault(shown, at, f"Member must have length less than or equal to {longest}")
        if "pattern" in shape and not _matches(shape["pattern"], text):
            self._fault(shown, at, f"Member must satisfy regular expression pattern: {shape['pattern']}")
        reserved = _RESERVED_PREFIX.get(last)
        if reserved and text.lower().startswith(reserved):
            self._fault(shown, at, f"Member must not begin with {reserved}")
        return text

    def _fault(self, shown: str | None, at: str, rule: str) -> None:
        value = "null" if shown is None else f"'{shown}'"
        self.faults.append(f"Value {value} at '{at}' failed to satisfy constraint: {rule}")


def _lower(name: str) -> str:
    """Member names as AWS writes them in its messages: `roleArn`, but `SAMLAssertion`."""
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def _matches(pattern: str, text: str) -> bool:
    r"""Whether the whole text fits a pattern of the model: `\w` and `\d` are ASCII there, `\p{L}` is not."""
    plain = pattern.replace(_WIDE, "\\U00010000-\\U0010FFFF")
    if _LETTERS.search(plain):
        plain = _LETTERS.sub("", plain)
        text = "".join(_without_letters(text))
    return re.fullmatch(plain, text, re.ASCII) is not None


def _without_letters(text: str) -> Iterator[str]:
    """The text with every letter, number and separator as one that every such pattern allows."""
    return ("." if unicodedata.category(each)[0] in "LZN" else each for each in text)
