"""Addresses where AWS receives SAML responses (assertion consumer services).

A provider's page posts to one of these, and that is how it is recognised, not by its own address.
Source: IAM User Guide, "Configure your SAML 2.0 IdP with relying party trust"; AWS General Reference, "AWS Sign-In
endpoints and quotas".
"""

from __future__ import annotations

import re

from app.domain.partition import partition_of_region
from app.domain.values import dataclass

_HOSTS = {
    "signin.aws.amazon.com": ("aws", "us-east-1"),
    "signin.amazonaws.cn": ("aws-cn", "cn-north-1"),
    "signin.amazonaws-us-gov.com": ("aws-us-gov", "us-gov-west-1"),
    "signin.amazonaws-eusc.eu": ("aws-eusc", "eusc-de-east-1"),
}
# The whole address, so that no two parsers can read it differently. Scheme and host have no case (RFC 3986, 6.2.2.1).
# AWS documents no query, and the path of IAM Identity Center (`/platform/saml/…`) is another service's.
_ADDRESS = re.compile(
    rf"(?i:https)://(?:(?P<region>(?i:[a-z]{{2,8}}(?:-[a-z]{{1,16}}){{1,3}}-[0-9]{{1,2}}))\.)?"
    rf"(?P<host>(?i:{'|'.join(map(re.escape, _HOSTS))}))(?::443)?/saml(?:/acs/[0-9A-Za-z_-]{{1,128}})?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acs:
    """One address: its partition and the region whose STS takes what is posted there."""

    url: str
    partition: str
    region: str


def parse_acs(url: str) -> Acs | None:
    """Read `https://[REGION.]signin.aws.amazon.com/saml[/acs/ID]` and its like; None for every other address.

    The whole address counts: what only contains such an address, or can be read as one, is another one. The region has
    to be one of the host's partition.
    """
    match = _ADDRESS.fullmatch(url)
    if match is None:
        return None
    partition, home = _HOSTS[match["host"].lower()]
    region = (match["region"] or home).lower()
    if partition_of_region(region).name != partition:
        return None
    return Acs(url=url, partition=partition, region=region)


def acs_of(partition: str) -> str:
    """The address that a trust policy of that partition names as the audience of assertions, or ''."""
    return next((f"https://{host}/saml" for host, (name, _) in _HOSTS.items() if name == partition), "")
