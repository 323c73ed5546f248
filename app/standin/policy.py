"""Session policies, session tags, and how much of the packed size they use.

Source: STS API reference (AssumeRole, GetFederationToken) and IAM User Guide, "Passing session tags in AWS STS".
"""

from __future__ import annotations

import json
import re
import zlib
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from app.standin.wire import Refusal, invalid

if TYPE_CHECKING:
    from app.standin.limits import Parameters

PACKED_MOST = 1024
"""Bytes that policies and tags may fill, packed. AWS does not tell its own figure."""
_PLAIN_MOST = 2048
_MANAGED_THAT_ASSUME = ("AdministratorAccess", "PowerUserAccess")
_VERSIONS = ("2012-10-17", "2008-10-17")
_POLICY_ARN = re.compile(r"arn:aws(-[a-z-]+)?:iam::([0-9]{12}|aws):policy/[!-~]+")

Tags = tuple[tuple[str, str], ...]


def check_policies(given: Parameters) -> None:
    """Refuse an inline policy that is none, ARNs that name no policy, and both together when too long."""
    text = given.text("Policy")
    arns = given.texts("PolicyArns", "arn")
    if text:
        _check_document(text)
    for arn in arns:
        if not _POLICY_ARN.fullmatch(arn):
            raise invalid(f"ARN {arn} is not valid.")
    plain = len(text) + sum(map(len, arns))
    if plain > _PLAIN_MOST:
        raise Refusal("PackedPolicyTooLarge", f"The policies have {plain} characters; at most {_PLAIN_MOST} may be.")


def _check_document(text: str) -> None:
    def refuse(why: str) -> Refusal:
        return Refusal("MalformedPolicyDocument", why)

    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise refuse("This policy contains invalid Json") from None
    if not isinstance(document, dict) or document.get("Version", _VERSIONS[1]) not in _VERSIONS:
        raise refuse("The policy failed legacy parsing: it needs a known Version")
    found = document.get("Statement")
    if not found:
        raise refuse("Syntax errors in policy: it has no statement.")
    for statement in _listed(found):
        if not isinstance(statement, dict) or statement.get("Effect") not in ("Allow", "Deny"):
            raise refuse("Syntax errors in policy: each statement needs the Effect Allow or Deny.")
        if "Principal" in statement or "NotPrincipal" in statement:
            raise refuse("Policy document should not specify a principal.")
        for one, other in (("Action", "NotAction"), ("Resource", "NotResource")):
            if (one in statement) == (other in statement):
                raise refuse(f"Policy statement must contain either {one} or {other}.")


def read_tags(given: Parameters, inherited: Tags) -> tuple[Tags, Tags]:
    """All tags of the new session, and those that chains hand on.

    Keys are compared without case: one that comes twice, or that is inherited as transitive, is refused.
    """
    tags = tuple(zip(given.texts("Tags", "Key"), given.texts("Tags", "Value"), strict=True))
    keys = [key.casefold() for key, _ in tags]
    if len(set(keys)) < len(keys):
        raise Refusal(
            "InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive."
        )
    taken = {key.casefold() for key, _ in inherited}
    transitive = {key.casefold() for key in given.texts("TransitiveTagKeys")}
    if taken & (set(keys) | transitive):
        raise Refusal(
            "InvalidParameterValue",
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from "
            "the calling session.",
        )
    if transitive - set(keys):
        raise invalid("The specified transitive tag key must be included in the requested tags.")
    handed_on = tuple((key, value) for key, value in tags if key.casefold() in transitive)
    return inherited + tags, inherited + handed_on


def session_policies(given: Parameters) -> tuple[str, ...]:
    """The documents and ARNs of the session policies that a call brings."""
    return tuple(filter(None, (given.text("Policy"), *given.texts("PolicyArns", "arn"))))


def let(policies: tuple[str, ...], action: str, resource: str) -> bool:
    """Whether a session's own policies let it do this, like `sts:AssumeRole`; without any they do not narrow it.

    A condition cannot be judged here: one on Allow counts as not met, one on Deny as met.
    """
    effects = [effect for policy in policies for effect in _effects(policy, action.lower(), resource)]
    return "Deny" not in effects and ("Allow" in effects or not policies)


def _effects(policy: str, action: str, resource: str) -> list[str]:
    if policy.startswith("arn:"):
        return ["Allow"] * (policy.rpartition("/")[2] in _MANAGED_THAT_ASSUME)
    statements = [each for each in _listed(json.loads(policy)["Statement"]) if _counts(each)]
    return [
        str(each["Effect"])
        for each in statements
        if _fits(each, "Action", action, fold=True) and _fits(each, "Resource", resource)
    ]


def _counts(statement: dict[str, Any]) -> bool:
    return statement["Effect"] == "Deny" or not statement.get("Condition")


def _fits(statement: dict[str, Any], name: str, value: str, *, fold: bool = False) -> bool:
    patterns = [str(each) for each in _listed(statement.get(name, statement.get(f"Not{name}")))]
    # Only * and ? are wildcards in policies; a bracket is itself.
    plain = [(each.lower() if fold else each).replace("[", "[[]") for each in patterns]
    return any(fnmatchcase(value, each) for each in plain) == (name in statement)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401  # JSON
    return value if isinstance(value, list) else [value]


def packed_percent(given: Parameters, tags: Tags = ()) -> int | None:
    """How full the packed policy is, in whole percent rounded up; None without policy and tags. Raises Refusal."""
    policy = given.text("Policy")
    arns = given.texts("PolicyArns", "arn")
    if not policy and not arns and not tags:
        return None
    content = [json.loads(policy) if policy else None, arns, tags]
    packed = zlib.compress(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(), 9)
    percent = -(-100 * len(packed) // PACKED_MOST)
    if percent > 100:  # noqa: PLR2004  # of a hundred percent
        raise Refusal(
            "PackedPolicyTooLarge", f"Packed policy consumes {percent}% of allotted space, please use smaller policy."
        )
    return percent
