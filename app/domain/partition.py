"""AWS partitions: separate worlds of accounts, regions and host names.

Source: AWS General Reference, Service endpoints; IAM User Guide, Amazon Resource Names.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.domain.errors import BadInput
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """One partition: its ARN name, how its regions begin, and where its services live.

    `home_region` is the region that global services and the pseudo region `NAME-global` are signed for.
    """

    name: str
    title: str
    region_prefixes: tuple[str, ...]
    dns_suffix: str
    dual_stack_suffix: str
    home_region: str


AWS = Partition(
    name="aws",
    title="AWS",
    region_prefixes=(),
    dns_suffix="amazonaws.com",
    dual_stack_suffix="api.aws",
    home_region="us-east-1",
)
PARTITIONS = (
    AWS,
    Partition(
        name="aws-cn",
        title="AWS China",
        region_prefixes=("cn-",),
        dns_suffix="amazonaws.com.cn",
        dual_stack_suffix="api.amazonwebservices.com.cn",
        home_region="cn-northwest-1",
    ),
    Partition(
        name="aws-us-gov",
        title="AWS GovCloud (US)",
        region_prefixes=("us-gov-",),
        dns_suffix="amazonaws.com",
        dual_stack_suffix="api.aws",
        home_region="us-gov-west-1",
    ),
    Partition(
        name="aws-eusc",
        title="AWS European Sovereign Cloud",
        region_prefixes=("eusc-",),
        dns_suffix="amazonaws.eu",
        dual_stack_suffix="api.amazonwebservices.eu",
        home_region="eusc-de-east-1",
    ),
    Partition(
        name="aws-iso",
        title="AWS ISO (US)",
        region_prefixes=("us-iso-",),
        dns_suffix="c2s.ic.gov",
        dual_stack_suffix="api.aws.ic.gov",
        home_region="us-iso-east-1",
    ),
    Partition(
        name="aws-iso-b",
        title="AWS ISOB (US)",
        region_prefixes=("us-isob-",),
        dns_suffix="sc2s.sgov.gov",
        dual_stack_suffix="api.aws.scloud",
        home_region="us-isob-east-1",
    ),
    Partition(
        name="aws-iso-e",
        title="AWS ISOE (Europe)",
        region_prefixes=("eu-isoe-",),
        dns_suffix="cloud.adc-e.uk",
        dual_stack_suffix="api.cloud-aws.adc-e.uk",
        home_region="eu-isoe-west-1",
    ),
    Partition(
        name="aws-iso-f",
        title="AWS ISOF",
        region_prefixes=("us-isof-",),
        dns_suffix="csp.hci.ic.gov",
        dual_stack_suffix="api.aws.hci.ic.gov",
        home_region="us-isof-south-1",
    ),
)
_BY_NAME = {partition.name: partition for partition in PARTITIONS}
_REGION = re.compile(r"[a-z][0-9a-z]*(?:-[0-9a-z]+)+")
_REGION_LONGEST = 63  # a label of a host name, RFC 1035


def check_region(region: str, *, field: str = "region") -> str:
    """Return `region` if it can be one: it becomes part of a host name.

    Raises BadInput. Regions that AWS opens later are taken too, so only the form is checked.
    """
    if _REGION.fullmatch(region) and len(region) <= _REGION_LONGEST:
        return region
    raise BadInput(
        code="region",
        title="Not an AWS region" if region else "The region is missing",
        detail=f"“{region[:_REGION_LONGEST]}” does not have the form of a region." if region else "",
        remedy="Regions look like eu-west-1; the account menu of the console lists them.",
        field=field,
    )


@lru_cache(maxsize=64)
def partition_of_region(region: str) -> Partition:
    """The partition that a region belongs to, told by how its name begins; unknown beginnings are `aws`.

    Raises BadInput when the text cannot be a region.
    """
    check_region(region)
    for partition in PARTITIONS:
        if region == f"{partition.name}-global" or region.startswith(partition.region_prefixes or "\0"):
            return partition
    return AWS


def partition_named(name: str) -> Partition:
    """The partition that an ARN names. Raises BadInput for one that does not exist."""
    partition = _BY_NAME.get(name)
    if partition is None:
        raise BadInput(
            code="partition",
            title="No such AWS partition",
            detail=f"There is no partition “{name[:40]}”.",
            remedy=f"The second part of an ARN is one of {', '.join(_BY_NAME)}.",
            field="RoleArn",
        )
    return partition


def check_agreement(arn: str, region: str, *, field: str = "RoleArn") -> None:
    """Raise BadInput unless the ARN's partition is the region's: STS knows only the roles of its own."""
    theirs = partition_named(arn.split(":")[1] if ":" in arn else "")
    ours = partition_of_region(region)
    if theirs is not ours:
        raise BadInput(
            code="partition-mismatch",
            title="Role and region are in different partitions",
            detail=f"The ARN is in {theirs.title} ({theirs.name}), but {region} is in {ours.title} ({ours.name}).",
            remedy=f"Set a region of {theirs.title}, such as {theirs.home_region}, or correct the ARN.",
            field=field,
        )
