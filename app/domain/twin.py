"""The read-only twin of a profile: the same role, narrowed to reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.configuration import Action
from app.domain.errors import BadInput
from app.domain.managed_policies import READ_ONLY, managed_arn
from app.domain.partition import partition_of_region
from app.domain.values import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.domain.configuration import Profile

SUFFIX = "-readonly"
_NAME_LONGEST = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """The new profile; `policy_left_out` and `arns_left_out` say what of the old one's session policy is not in it."""

    profile: Profile
    policy_left_out: bool = False
    arns_left_out: tuple[str, ...] = ()


def read_only_twin(profile: Profile, taken: Collection[str], region: str) -> Twin:
    """A profile that obtains the same with AWS's ReadOnlyAccess as its only session policy, under a free name.

    A session may do what the role and its session policies allow, and session policies add up among themselves
    (IAM User Guide, Session policies). So ReadOnlyAccess replaces the profile's own: beside it, what those grant would
    stay possible, writing too. `taken` are the names in use (of profiles, and what they are published as); `region` is
    the one it is asked in, which tells the partition where no role does. Raises BadInput for GetSessionToken, which
    takes no policy.
    """
    if profile.action is Action.GET_SESSION_TOKEN:
        raise BadInput(
            code="no-twin",
            title=f"“{profile.name}” cannot have a read-only twin",
            detail="It is a session of the IAM user itself (GetSessionToken), and AWS takes no session policy there.",
            remedy="Make one of a role, or of a federated user.",
            field="policy_arns",
        )
    partition = profile.role_arn.partition if profile.role_arn is not None else partition_of_region(region).name
    twin = replace(
        profile,
        name=free_name(profile.name, taken),
        aws_profile="",
        policy=None,
        policy_arns=(managed_arn(READ_ONLY, partition),),
        confirm=False,
        pinned=False,
        imported_from="",
    )
    return Twin(profile=twin, policy_left_out=profile.policy is not None, arns_left_out=profile.policy_arns)


def free_name(name: str, taken: Collection[str]) -> str:
    """`NAME-readonly`, with a number where that is taken; a name too long is cut."""
    number = 1
    while True:
        suffix = SUFFIX if number == 1 else f"{SUFFIX}-{number}"
        wished = name[: _NAME_LONGEST - len(suffix)].rstrip() + suffix
        if wished not in taken:
            return wished
        number += 1
