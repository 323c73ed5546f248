"""The XML of the query protocol: answers and errors, as botocore's model of STS says they are built."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from app.standin.limits import ACTIONS, model
from app.standin.refusals import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.standin.refusals import Refused

XML = "text/xml"
SERVER_FAULT = 500


def answer(action: str, result: Mapping[str, Any], request_id: str) -> Answer:
    """A successful answer. Raises ValueError when the model has no such field: then this stand-in is wrong."""
    if action not in ACTIONS:
        raise ValueError(action)
    shape = model().operation_model(action).output_shape
    inner = _fields(result, shape)
    body = (
        f'<{action}Response xmlns="{_namespace()}">\n  <{action}Result>\n{inner}  </{action}Result>\n'
        f"  <ResponseMetadata>\n    <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n</{action}Response>\n"
    )
    return _xml(200, body, request_id)


def error(refused: Refused, request_id: str) -> Answer:
    """A refusal."""
    kind = "Receiver" if refused.status >= SERVER_FAULT else "Sender"
    body = (
        f'<ErrorResponse xmlns="{_namespace()}">\n  <Error>\n    <Type>{kind}</Type>\n    <Code>{refused.code}</Code>\n'
        f"    <Message>{escape(refused.message)}</Message>\n  </Error>\n  <RequestId>{request_id}</RequestId>\n"
        "</ErrorResponse>\n"
    )
    return _xml(refused.status, body, request_id)


def _xml(status: int, body: str, request_id: str) -> Answer:
    # A control character cannot stand in XML, not even escaped.
    clean = "".join(each if each >= " " or each in "\t\n\r" else "\N{REPLACEMENT CHARACTER}" for each in body)
    return Answer(
        status=status,
        content_type=XML,
        body=clean.encode("utf-8", "replace"),
        headers=(("x-amzn-RequestId", request_id),),
    )


def _namespace() -> str:
    return str(model().metadata["xmlNamespace"])


def _fields(values: Mapping[str, Any], shape: Any, indent: str = "    ") -> str:  # noqa: ANN401  botocore has no types
    lines = []
    for name, value in values.items():
        member = shape.members.get(name)
        if member is None:
            raise ValueError(f"{shape.name} has no {name}")
        if member.type_name == "structure":
            text = f"\n{_fields(value, member, indent + '  ')}{indent}"
        elif isinstance(value, datetime):
            text = f"{value:%Y-%m-%dT%H:%M:%SZ}"
        else:
            text = escape(str(value))
        lines.append(f"{indent}<{name}>{text}</{name}>\n")
    return "".join(lines)
