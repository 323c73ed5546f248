"""The managed policies of AWS that sessions are usually narrowed with, and what STS takes beside them.

Source: AWS Managed Policy Reference; IAM User Guide, AWS managed policies for job functions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

READ_ONLY = "ReadOnlyAccess"
_NAMES = (
    READ_ONLY,
    "job-function/ViewOnlyAccess",
    "SecurityAudit",
    "PowerUserAccess",
    "AdministratorAccess",
    "job-function/Billing",
    "job-function/DatabaseAdministrator",
    "job-function/DataScientist",
    "job-function/NetworkAdministrator",
    "job-function/SupportUser",
    "job-function/SystemAdministrator",
)
_ARN = re.compile(r"arn:(aws[a-z-]*):iam::(aws|[0-9]{12}):policy/(?:[!-.0-~]+/)*[0-9A-Za-z_+=,.@-]{1,128}")


def managed_arn(name: str, partition: str) -> str:
    """The ARN of a policy of AWS's own, such as `ReadOnlyAccess` or `job-function/Billing`, in a partition."""
    return f"arn:{partition}:iam::aws:policy/{name}"


def suggestions(partition: str) -> tuple[str, ...]:
    """The ARNs worth offering in a partition, the narrowest first."""
    return tuple(managed_arn(name, partition) for name in _NAMES)


def short_name(arn: str) -> str:
    """What a policy is called: the last part of its ARN."""
    return arn.rpartition("/")[2]


def arn_faults(arns: Iterable[str], partition: str = "", account: str = "") -> dict[int, str]:
    """What is wrong with each of these ARNs, by its place; an empty `partition` or `account` is not known yet.

    Source: STS API reference, AssumeRole, PolicyArns: the policies must exist in the account of the role.
    """
    found: dict[int, str] = {}
    seen: set[str] = set()
    for place, arn in enumerate(arns):
        match = _ARN.fullmatch(arn)
        if match is None:
            found[place] = "A policy's ARN looks like arn:aws:iam::aws:policy/ReadOnlyAccess."
        elif partition and match.group(1) != partition:
            found[place] = f"It is in the partition {match.group(1)}, the role in {partition}."
        elif account and match.group(2) not in ("aws", account):
            found[place] = f"It belongs to account {match.group(2)}; STS takes only policies of account {account}."
        elif arn in seen:
            found[place] = "It stands twice."
        seen.add(arn)
    return found
