"""The attributes of an assertion that mean something to AWS.

Source: IAM User Guide, "Configure SAML assertions for the authentication response".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.adapters import xml
from app.adapters.saml import refusals
from app.domain.arn import ARN_LONGEST, RoleArn, provider_kind
from app.domain.errors import BadInput
from app.domain.saml import SESSION_DURATION, AssertedRole
from app.domain.values import dataclass

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PREFIX = "https://aws.amazon.com/SAML/Attributes/"
_TAG = "PrincipalTag:"
_NAMES = ("Role", "RoleSessionName", "SessionDuration", "SourceIdentity", "TransitiveTagKeys", "PrincipalTag")
# A role's name may hold a comma, so a comma alone is no border.
_BORDER = re.compile(r"[ \t\r\n]*,[ \t\r\n]*(?=arn:)")
_SECONDS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """See `app.domain.saml.Assertion`."""

    roles: tuple[AssertedRole, ...]
    session_name: str
    session_duration: int | None
    session_duration_said: str
    source_identity: str
    tags: tuple[tuple[str, str], ...]
    transitive_tag_keys: tuple[str, ...]


def attributes_of(assertion: Element, namespace: str) -> Attributes:
    """Read all attribute statements. Raises BadInput (see `refusals`)."""
    values = _values(assertion, namespace)
    duration = _single(values, "SessionDuration")
    return Attributes(
        roles=_roles(values.get("Role", ())),
        session_name=_single(values, "RoleSessionName"),
        session_duration=_duration(duration),
        session_duration_said=duration,
        source_identity=_single(values, "SourceIdentity"),
        tags=tuple((name.removeprefix(_TAG), _single(values, name)) for name in values if name.startswith(_TAG)),
        transitive_tag_keys=tuple(dict.fromkeys(filter(None, values.get("TransitiveTagKeys", ())))),
    )


def _values(assertion: Element, namespace: str) -> dict[str, tuple[str, ...]]:
    """All values by the name of the attribute, less what AWS's names begin with."""
    found: dict[str, tuple[str, ...]] = {}
    for attribute in assertion.findall(f"{namespace}AttributeStatement/{namespace}Attribute"):
        full = attribute.get("Name", "").strip()
        if not full.startswith(_PREFIX):
            continue
        name = full.removeprefix(_PREFIX)
        elements = attribute.findall(f"{namespace}AttributeValue")
        if any(len(element) for element in elements):
            raise refusals.attribute(_known(name))
        values = tuple(xml.text_of(element) for element in elements)
        if set(found.setdefault(name, values)) != set(values):
            raise refusals.ambiguous(f"The attribute {_known(name)}")
    return found


def _single(values: dict[str, tuple[str, ...]], name: str) -> str:
    different = set(values.get(name, ()))
    if len(different) > 1:
        raise refusals.ambiguous(f"The value of {_known(name)}")
    return "".join(different)


def _duration(text: str) -> int | None:
    """Seconds, or None when AWS would not take it."""
    low, high = SESSION_DURATION
    seconds = int(text) if _SECONDS.fullmatch(text) else 0
    return seconds if low <= seconds <= high else None


def _roles(values: tuple[str, ...]) -> tuple[AssertedRole, ...]:
    roles = [_role(value, number) for number, value in enumerate(values, 1) if value]
    return tuple(dict.fromkeys(roles))


def _role(value: str, number: int) -> AssertedRole:
    """Role and provider, in either order."""
    parts = _BORDER.split(value) if len(value) <= 3 * ARN_LONGEST else []
    if len(parts) == 2:  # noqa: PLR2004  # role and provider
        for role, provider in (parts, parts[::-1]):
            arn = _role_arn(role)
            if arn is not None and len(provider) <= ARN_LONGEST and provider_kind(provider) == "saml-provider":
                return AssertedRole(role_arn=arn, provider_arn=provider)
    raise refusals.role(number)


def _role_arn(text: str) -> RoleArn | None:
    try:
        return RoleArn.parse(text)
    except BadInput:
        return None


def _known(name: str) -> str:
    """The name, when it is one of AWS's; a stranger's is not repeated."""
    plain = "PrincipalTag" if name.startswith(_TAG) else name
    return plain if plain in _NAMES else "…"
