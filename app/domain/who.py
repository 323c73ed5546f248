"""Who an ARN of GetCallerIdentity is.

Source: STS API reference, GetCallerIdentity; IAM User Guide, "IAM identifiers".
"""

from __future__ import annotations

from app.domain.values import dataclass

_PARTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """`kind` is `role`, `user`, `root` or `federated user`, empty for what is none of them.

    `name` is the role's or user's, without its path.
    """

    partition: str = ""
    account: str = ""
    kind: str = ""
    name: str = ""
    session_name: str = ""

    @property
    def words(self) -> str:
        """`the session “alice” of the role Admin`, `the user alice`…; empty when unknown."""
        if self.kind == "role" and self.session_name:
            return f"the session “{self.session_name}” of the role {self.name}"
        if self.kind == "root":
            return "the account's root user"
        return f"the {self.kind} {self.name}" if self.kind else ""


def who(arn: str) -> Who:
    """Take an ARN apart; never fails."""
    parts = arn.split(":", _PARTS - 1)
    if len(parts) < _PARTS or parts[0] != "arn":
        return Who()
    kind, name, session_name = _principal(parts[2], parts[5])
    return Who(partition=parts[1], account=parts[4], kind=kind, name=name, session_name=session_name)


def _principal(service: str, resource: str) -> tuple[str, str, str]:
    first, _, rest = resource.partition("/")
    name = rest.rpartition("/")[2]
    if service == "sts" and first == "assumed-role":
        role, _, session_name = rest.partition("/")
        return "role", role, session_name
    if service == "sts" and first == "federated-user":
        return "federated user", rest, ""
    if service == "iam" and first in {"role", "user"} and name:
        return first, name, ""
    return ("root", "", "") if service == "iam" and resource == "root" else ("", "", "")
