"""Addresses where AWS receives SAML responses (assertion consumer services).

A provider's page posts to one of these, and that is how it is recognised, not by its own address.
Source: IAM User Guide, "Configure your SAML 2.0 IdP with relying party trust"; AWS General Reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_HOSTS = (
    ("signin.aws.amazon.com", "aws", "us-east-1"),
    ("signin.amazonaws.cn", "aws-cn", "cn-north-1"),
    ("signin.amazonaws-us-gov.com", "aws-us-gov", "us-gov-west-1"),
    ("signin.amazonaws-eusc.eu", "aws-eusc", "eusc-de-east-1"),
)
_REGION = re.compile(r"[a-z]{2,8}(?:-[a-z]+){1,3}-[0-9]{1,2}")
_PATH = re.compile(r"/saml(?:/acs/[0-9A-Za-z_-]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acs:
    """One address: its partition and the region whose STS takes what is posted there."""

    url: str
    partition: str
    region: str


def parse_acs(url: str) -> Acs | None:
    """Read `https://[REGION.]signin.aws.amazon.com/saml` and its like; None for every other address.

    The whole parsed host and path count: what only contains such an address is another one.
    """
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    plain = parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc and not parts.fragment
    if not plain or parts.hostname is None or not _PATH.fullmatch(parts.path):
        return None
    for suffix, partition, home in _HOSTS:
        if parts.hostname == suffix:
            return Acs(url=url, partition=partition, region=home)
        region = parts.hostname.removesuffix(f".{suffix}")
        if region != parts.hostname and _REGION.fullmatch(region):
            return Acs(url=url, partition=partition, region=region)
    return None
