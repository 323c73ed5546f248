"""Session tags: what may be asked for, and what goes on through a chain of roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.standin.refusals import invalid_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.standin.sessions import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTags:
    """Tags that were asked for, tags the session will have, and which of those go on to the next role (lower case)."""

    asked: Mapping[str, str]
    all: Mapping[str, str]
    transitive: frozenset[str]


def session_tags(
    tags: Sequence[Mapping[str, str]], transitive_keys: Sequence[str], parent: Session | None
) -> SessionTags:
    """Join asked and inherited tags. Keys are compared without case. Raises Refused (InvalidParameterValue)."""
    asked: dict[str, str] = {}
    seen: set[str] = set()
    for tag in tags:
        key = tag["Key"]
        if key.lower() in seen:
            raise invalid_value("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
        if key.lower().startswith("aws:"):
            raise invalid_value(f"The tag key {key} begins with the reserved prefix aws:.")
        seen.add(key.lower())
        asked[key] = tag["Value"]
    wanted = {key.lower() for key in transitive_keys}
    if len(wanted) < len(transitive_keys):
        raise invalid_value("A transitive tag key is named twice. Tag keys are compared without case.")
    if not wanted <= seen:
        raise invalid_value(f"The transitive tag key {min(wanted - seen)} is not among the tags.")
    inherited: dict[str, str] = {}
    if parent is not None:
        inherited = {key: value for key, value in parent.tags.items() if key.lower() in parent.transitive}
    repeated = seen & {key.lower() for key in inherited}
    if repeated:
        raise invalid_value(f"The tag key {min(repeated)} is inherited as transitive from the calling session.")
    return SessionTags(
        asked=asked,
        all={**inherited, **asked},
        transitive=frozenset(wanted | {key.lower() for key in inherited}),
    )
