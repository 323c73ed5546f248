"""A session policy judged while it is written: where which rule of the policy language is broken.

Source: IAM User Guide, Grammar of the IAM JSON policy language, and IAM JSON policy elements reference; session
policies take no Principal. What a policy permits only AWS judges.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain.json_places import Members, Misread, Node, Number, line_and_column, read
from app.domain.sts_limits import LIMITS
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSIONS = ("2012-10-17", "2008-10-17")
_POLICY_KEYS = ("Version", "Id", "Statement")
_STATEMENT_KEYS = ("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition")
_PRINCIPALS = ("Principal", "NotPrincipal")
_SID = re.compile(r"[0-9A-Za-z]*")
_ACTION = re.compile(r"\*|[0-9A-Za-z*?_.-]+:[0-9A-Za-z*?_.-]+")
_ARN_PARTS = 6
_COMPARISONS = tuple(f"{kind}{how}" for kind in ("Numeric", "Date") for how in (
    "Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals",
))  # fmt: skip
_OPERATORS = frozenset(
    each.lower()
    for each in (
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike",
        "StringNotLike", *_COMPARISONS, "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike",
        "ArnNotEquals", "ArnNotLike", "Null",
    )
)  # fmt: skip
_SET = re.compile("^(forallvalues|foranyvalue):")
_MAYBE = "ifexists"
_REFUSED = re.compile("[^" + LIMITS["Policy"].pattern.removeprefix("[").removesuffix("*"))
_NOT_ALLOWED = "Session policies take tabs, line breaks and the characters U+0020 to U+00FF."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong: where (line and column from 1; `at` and `length` in characters), what, and the remedy.

    `certain`: AWS would refuse the policy. Otherwise it is only worth a look.
    """

    line: int
    column: int
    at: int
    length: int
    message: str
    remedy: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class _Fault:
    node: Node
    message: str
    remedy: str
    certain: bool = True


def findings(text: str) -> tuple[Finding, ...]:
    """Everything that is wrong with a policy, in the order of its text; nothing for an empty one.

    After a fault of the JSON itself only characters that STS does not take are looked for.
    """
    if not text.strip():
        return ()
    found = [_finding(text, at, 1, f"“{text[at]}” is not allowed.", _NOT_ALLOWED) for at in refused_characters(text)]
    try:
        node = read(text)
    except Misread as error:
        found.append(_finding(text, error.at, error.length, error.message, error.remedy))
    else:
        for fault in _policy(node):
            length = fault.node.end - fault.node.at
            made = _finding(text, fault.node.at, length, fault.message, fault.remedy, certain=fault.certain)
            found.append(made)
    return tuple(sorted(found, key=lambda each: each.at))


def refused_characters(text: str) -> tuple[int, ...]:
    """Where the characters stand that STS takes in no policy."""
    return tuple(found.start() for found in _REFUSED.finditer(text))


def minified(text: str) -> str | None:
    """The same document without blanks between its parts; None when it is no JSON."""
    try:
        return _written(text, read(text), "", "")
    except Misread:
        return None


def pretty(text: str) -> str | None:
    """The same document with a line for each part; None when it is no JSON."""
    try:
        return _written(text, read(text), "  ", "\n")
    except Misread:
        return None


def _written(text: str, node: Node, step: str, begin: str) -> str:
    """Texts and numbers stay as they were written; `begin` begins a line (empty: all in one)."""
    deeper = begin + step
    if isinstance(node.value, Members):
        colon = ": " if begin else ":"
        parts = [
            f"{text[key.at : key.end]}{colon}{_written(text, each, step, deeper)}" for key, each in node.value.pairs
        ]
        return "{" + _joined(parts, begin, deeper) + "}"
    if isinstance(node.value, tuple):
        return "[" + _joined([_written(text, each, step, deeper) for each in node.value], begin, deeper) + "]"
    return text[node.at : node.end]


def _joined(parts: list[str], begin: str, deeper: str) -> str:
    return deeper + f",{deeper}".join(parts) + begin if parts else ""


def _finding(text: str, at: int, length: int, message: str, remedy: str, *, certain: bool = True) -> Finding:
    line, column = line_and_column(text, at)
    return Finding(line=line, column=column, at=at, length=length, message=message, remedy=remedy, certain=certain)


# --- The grammar ------------------------------------------------------------------------------------------------------


def _policy(node: Node) -> Iterator[_Fault]:
    if not isinstance(node.value, Members):
        yield _Fault(node, "A policy is an object.", 'Begin with {"Version": "2012-10-17", "Statement": …}.')
        return
    yield from _twice(node)
    yield from _strangers(node.value, _POLICY_KEYS, "a policy")
    members = {str(key.value): value for key, value in node.value.pairs}
    brace = Node(node.at, node.at + 1, None)
    version = members.get("Version")
    if version is None:
        words = "Without Version AWS reads it by the rules of 2008, where ${…} is plain text."
        yield _Fault(brace, words, 'Add "Version": "2012-10-17".', certain=False)
    elif version.value not in VERSIONS:
        yield _Fault(version, "Version is a date AWS has given the language.", 'Write "2012-10-17".')
    if "Id" in members and not isinstance(members["Id"].value, str):
        yield _Fault(members["Id"], "Id is a text.", "Put it in double quotes.")
    statement = members.get("Statement")
    if statement is None:
        yield _Fault(brace, "Statement is missing.", 'Add "Statement": [{"Effect": "Allow", …}].')
        return
    yield from _statements(statement)


def _statements(node: Node) -> Iterator[_Fault]:
    each = node.value if isinstance(node.value, tuple) else (node,)
    if not each:
        yield _Fault(node, "Statement is empty.", "Add at least one statement.")
    seen: set[str] = set()
    for statement in each:
        if not isinstance(statement.value, Members):
            yield _Fault(statement, "A statement is an object.", 'Write {"Effect": "Allow", "Action": …}.')
            continue
        yield from _statement(statement, statement.value, seen)


def _statement(node: Node, value: Members, seen: set[str]) -> Iterator[_Fault]:
    members = {str(key.value): (key, each) for key, each in value.pairs}
    brace = Node(node.at, node.at + 1, None)
    for name in _PRINCIPALS:
        if name in members:
            words = f"A session policy takes no {name}: it is about the session itself."
            yield _Fault(members[name][0], words, f"Remove {name}.")
    yield from _strangers(value, _STATEMENT_KEYS, "a statement", told=_PRINCIPALS)
    if "Sid" in members:
        yield from _sid(members["Sid"][1], seen)
    if "Effect" not in members:
        yield _Fault(brace, "Effect is missing.", 'Add "Effect": "Allow" or "Deny".')
    elif members["Effect"][1].value not in ("Allow", "Deny"):
        yield _Fault(members["Effect"][1], "Effect is Allow or Deny.", 'Write "Allow" or "Deny", just like that.')
    for name, check in (("Action", _action), ("Resource", _resource)):
        yield from _one_of_two(brace, members, name, check)
    if "Condition" in members:
        yield from _condition(members["Condition"][1])


def _sid(node: Node, seen: set[str]) -> Iterator[_Fault]:
    if not isinstance(node.value, str) or not _SID.fullmatch(node.value):
        yield _Fault(node, "A Sid has letters and digits only.", "Remove blanks and signs.")
    elif node.value and node.value in seen:
        yield _Fault(node, f"The Sid “{node.value[:40]}” stands twice.", "Give each statement its own, or none.")
    if isinstance(node.value, str):
        seen.add(node.value)


def _one_of_two(
    brace: Node, members: dict[str, tuple[Node, Node]], name: str, check: Callable[[Node, str], _Fault | None]
) -> Iterator[_Fault]:
    there = [each for each in (name, f"Not{name}") if each in members]
    if not there:
        yield _Fault(brace, f"{name} is missing.", f'Add "{name}": "*" or something narrower, or Not{name}.')
    if len(there) > 1:
        yield _Fault(members[there[1]][0], f"{name} and Not{name} exclude each other.", "Remove one of them.")
    for each in there:
        node = members[each][1]
        items = node.value if isinstance(node.value, tuple) else (node,)
        if not items:
            yield _Fault(node, f"{each} is empty.", "Add at least one text.")
        for item in items:
            if not isinstance(item.value, str):
                yield _Fault(item, f"{each} is a text, or a list of texts.", "Put it in double quotes.")
            elif (fault := check(item, item.value)) is not None:
                yield fault


def _action(node: Node, text: str) -> _Fault | None:
    if _ACTION.fullmatch(text):
        return None
    return _Fault(node, "An action is a service and what it does, like s3:GetObject.", "Write s3:Get*, or * for all.")


def _resource(node: Node, text: str) -> _Fault | None:
    if text == "*" or (text.startswith("arn:") and len(text.split(":")) >= _ARN_PARTS) or text.startswith(("*", "${")):
        return None
    words = "A resource is an ARN, or * for all."
    return _Fault(node, words, "Write arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE; parts may be empty.")


def _condition(node: Node) -> Iterator[_Fault]:
    if not isinstance(node.value, Members):
        yield _Fault(node, "Condition is an object.", 'Write {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}.')
        return
    for operator, tests in node.value.pairs:
        if not _is_operator(str(operator.value)):
            words = f"There is no condition operator “{str(operator.value)[:40]}”."
            yield _Fault(operator, words, "StringEquals, StringLike, ArnLike, IpAddress, Bool, Null… exist.")
        if not isinstance(tests.value, Members):
            yield _Fault(tests, "Keys and values stand in an object.", 'Write {"aws:RequestedRegion": "eu-west-1"}.')
            continue
        for _key, wanted in tests.value.pairs:
            for item in wanted.value if isinstance(wanted.value, tuple) else (wanted,):
                if not isinstance(item.value, str | Number | bool):
                    yield _Fault(item, "A condition compares with texts, numbers, true or false.", "Write one of them.")


def _is_operator(name: str) -> bool:
    lowered = _SET.sub("", name.lower())
    return lowered in _OPERATORS or lowered.removesuffix(_MAYBE) in _OPERATORS - {"null"}


def _strangers(members: Members, known: tuple[str, ...], where: str, *, told: tuple[str, ...] = ()) -> Iterator[_Fault]:
    """Names that are not `known`; of those in `told` something was said already."""
    for key, _value in members.pairs:
        if key.value in (*known, *told):
            continue
        name = str(key.value)
        meant = next((each for each in known if each.lower() == name.lower()), "")
        remedy = f"Write “{meant}”." if meant else f"Known are {', '.join(known)}."
        yield _Fault(key, f"“{name[:40]}” is no element of {where}.", remedy)


def _twice(node: Node) -> Iterator[_Fault]:
    """Names that stand twice in one object, anywhere below."""
    waiting = [node]
    while waiting:
        value = waiting.pop().value
        if isinstance(value, tuple):
            waiting.extend(value)
        elif isinstance(value, Members):
            seen: set[str] = set()
            for key, each in value.pairs:
                if str(key.value) in seen:
                    yield _Fault(key, f"“{str(key.value)[:40]}” stands twice.", "Put both into one, or remove one.")
                seen.add(str(key.value))
                waiting.append(each)
