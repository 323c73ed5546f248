"""A decoded authorization message: JSON text as values, tolerant of what is missing or of another kind, and bounded.

Source: STS API reference, DecodeAuthorizationMessage, and the messages it gives.
"""

from __future__ import annotations

import json
from typing import Any

from app.domain.denial import Condition, MatchedStatement
from app.domain.values import dataclass

ITEMS_MOST = 200
TEXT_MOST = 4_096
RAW_MOST = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """`explicit` is None when the message does not tell; `raw` is the message indented."""

    raw: str
    allowed: bool = False
    explicit: bool | None = None
    who: str = ""
    who_id: str = ""
    action: str = ""
    resource: str = ""
    statements: tuple[MatchedStatement, ...] = ()
    failures: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()


def parse(text: str) -> Decoded:
    """Read a message; one that is no JSON object comes back as `raw` alone."""
    try:
        message: object = json.loads(text)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        return Decoded(raw=text[:RAW_MOST])
    context = _object(message.get("context"))
    principal = _object(context.get("principal"))
    explicit = message.get("explicitDeny")
    return Decoded(
        raw=json.dumps(message, indent=2, ensure_ascii=False)[:RAW_MOST],
        allowed=message.get("allowed") is True,
        explicit=explicit if isinstance(explicit, bool) else None,
        who=_text(principal.get("arn")),
        who_id=_text(principal.get("id")),
        action=_text(context.get("action")),
        resource=_text(context.get("resource")),
        statements=tuple(map(_statement, _items(message.get("matchedStatements")))),
        failures=tuple(filter(None, map(_failure, _items(message.get("failures"))))),
        conditions=tuple(filter(None, map(_condition, _items(context.get("conditions"))))),
    )


def _statement(item: object) -> MatchedStatement:
    found = _object(item)
    return MatchedStatement(
        id=_text(found.get("statementId")) or _text(found.get("id")),
        effect=_text(found.get("effect")).capitalize(),
        policy=_text(found.get("sourcePolicyId")) or _text(found.get("policy")),
        principals=_values(found.get("principals")),
        actions=_values(found.get("actions")),
        resources=_values(found.get("resources")),
        conditions=tuple(filter(None, map(_condition, _items(found.get("conditions"))))),
    )


def _failure(item: object) -> str:
    return _text(_object(item).get("reason")) or _text(item)


def _condition(item: object) -> Condition | None:
    found = _object(item)
    key = _text(found.get("key")) or _text(found.get("name"))
    operator = _text(found.get("operator"))
    if not key:
        return None
    return Condition(key=f"{operator} {key}".lstrip(), values=_values(found.get("values")))


def _values(found: object) -> tuple[str, ...]:
    """`{"items": [{"value": "x"}]}`, a list of texts, or one text."""
    if isinstance(found, str):
        return (_text(found),)
    values = (_object(each).get("value") if isinstance(each, dict) else each for each in _items(found))
    return tuple(filter(None, map(_text, values)))


def _items(found: object) -> list[Any]:
    listed = found.get("items") if isinstance(found, dict) else found
    return listed[:ITEMS_MOST] if isinstance(listed, list) else []


def _object(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _text(found: object) -> str:
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, int | float):
        return str(found)
    return found[:TEXT_MOST] if isinstance(found, str) else ""
