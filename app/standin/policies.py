"""Session policies: are they well-formed, how large are they, and do they let a session assume a role."""

from __future__ import annotations

import json
import re
import zlib
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from app.standin.refusals import Refused, invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VERSIONS = ("2008-10-17", "2012-10-17")
PLAIN_MOST = 2048
ARNS_MOST = 10
PACKED_BYTES = 1536
_MANAGED = re.compile(r"arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/[0-9A-Za-z+=,.@_/-]+")
_THAT_ASSUME = frozenset({"AdministratorAccess", "PowerUserAccess"})


def check(policy: str | None, arns: Sequence[Mapping[str, str]], account: str, tags: Mapping[str, str]) -> int | None:
    """The packed size in percent, None when there is nothing to pack.

    The real packed format is not documented; here it is what zlib makes of the same texts, measured against a limit of
    its own. Raises Refused: ValidationError, MalformedPolicyDocument, PackedPolicyTooLarge.
    """
    names = [each.get("arn", "") for each in arns]
    if len(names) > ARNS_MOST:
        raise invalid(f"'policyArns' failed to satisfy constraint: at most {ARNS_MOST} managed policies")
    if len(policy or "") + sum(map(len, names)) > PLAIN_MOST:
        raise invalid(
            f"'policy' and 'policyArns' together failed to satisfy constraint: Member must have length less "
            f"than or equal to {PLAIN_MOST}"
        )
    for name in names:
        _check_managed(name, account)
    if policy is not None:
        check_document(policy)
    if policy is None and not names and not tags:
        return None
    text = "\n".join([policy or "", *names, *(f"{key}={value}" for key, value in tags.items())])
    percent = -(-100 * len(zlib.compress(text.encode(), 9)) // PACKED_BYTES)
    if percent > 100:  # noqa: PLR2004  per cent
        raise Refused(
            "PackedPolicyTooLarge", f"Packed policy consumes {percent}% of allotted space, please use smaller policy."
        )
    return percent


def check_document(policy: str) -> None:
    """Refuse what is no session policy: MalformedPolicyDocument, saying where."""
    try:
        document = json.loads(policy)
    except ValueError as error:
        raise _malformed(f"This policy contains invalid Json: {error}") from None
    if not isinstance(document, dict):
        raise _malformed("The policy is not a JSON object.")
    if document.get("Version", VERSIONS[0]) not in VERSIONS:
        raise _malformed("Version is neither 2012-10-17 nor 2008-10-17.")
    statements = _listed(document.get("Statement"))
    if not statements:
        raise _malformed("Missing required field Statement.")
    for number, statement in enumerate(statements, 1):
        _check_statement(number, statement)


def let_assume(policies: Iterable[str], role_arn: str) -> bool:
    """Whether a session's own policies let it call AssumeRole on that role; without any they do not narrow it."""
    effects = [effect for policy in policies for effect in _effects(policy, "sts:AssumeRole", role_arn)]
    return "Deny" not in effects and ("Allow" in effects or not policies)


def _check_managed(name: str, account: str) -> None:
    match = _MANAGED.fullmatch(name)
    if match is None:
        raise invalid(f"'{name}' at 'policyArns' is not the ARN of a managed policy.")
    if match[1] not in {"aws", account}:
        raise invalid(f"'{name}' at 'policyArns' belongs to another account than the role.")


def _check_statement(number: int, statement: object) -> None:
    if not isinstance(statement, dict):
        raise _malformed(f"Statement {number} is not an object.")
    if statement.get("Effect") not in {"Allow", "Deny"}:
        raise _malformed(f"Statement {number}: Effect is neither Allow nor Deny.")
    if "Principal" in statement or "NotPrincipal" in statement:
        raise _malformed(f"Statement {number}: Policy document should not specify a principal.")
    for field in ("Action", "Resource"):
        given = [name for name in (field, f"Not{field}") if name in statement]
        if len(given) != 1:
            raise _malformed(f"Statement {number} needs either {field} or Not{field}.")
        values = _listed(statement[given[0]])
        if not values or not all(isinstance(value, str) and value for value in values):
            raise _malformed(f"Statement {number}: {given[0]} is not a text or a list of texts.")
    if not isinstance(statement.get("Condition", {}), dict):
        raise _malformed(f"Statement {number}: Condition is not an object.")


def _effects(policy: str, action: str, resource: str) -> list[str]:
    if policy.startswith("arn:"):
        return ["Allow"] if policy.rpartition("/")[2] in _THAT_ASSUME else []
    found = []
    for statement in _listed(json.loads(policy)["Statement"]):
        effect = str(statement["Effect"])
        # No condition can be judged here: one on Allow does not hold, one on Deny does.
        if "Condition" in statement and effect == "Allow":
            continue
        if _matches(statement, "Action", action.lower(), str.lower) and _matches(statement, "Resource", resource, str):
            found.append(effect)
    return found


def _matches(statement: Mapping[str, Any], field: str, value: str, fold: Any) -> bool:  # noqa: ANN401  str or str.lower
    patterns = _listed(statement.get(field, statement.get(f"Not{field}")))
    # Only * and ? are wildcards in policies; a bracket is itself.
    matched = any(fnmatchcase(value, fold(pattern).replace("[", "[[]")) for pattern in patterns)
    return matched == (field in statement)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401  JSON
    return value if isinstance(value, list) else [] if value is None else [value]


def _malformed(message: str) -> Refused:
    return Refused("MalformedPolicyDocument", message)
