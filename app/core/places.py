"""Where a profile's credentials live, told by its settings alone. Light: the command line's `list` imports it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.values import dataclass, field

if TYPE_CHECKING:
    from app.domain.chain import Chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a session's credentials are to live besides memory.

    `aws_profile` is empty for sessions that are not published; these go to the keyring if `in_keyring`. `lease` is how
    long they stay at most; it does not make another place. `account_pin` is the only account they may be of, if any.
    """

    key: str
    fingerprint: str
    aws_profile: str = ""
    region: str | None = None
    in_keyring: bool = False
    lease: timedelta | None = field(default=None, compare=False)
    account_pin: str = ""


def place_of(chain: Chain) -> Place:
    """Where a profile's credentials live."""
    from app.domain.configuration import Publish, fingerprint

    profile = chain.profile
    published = profile.publish is Publish.FILE
    return Place(
        key=profile.name,
        fingerprint=fingerprint(profile, chain.parents),
        aws_profile=profile.published_as if published else "",
        region=profile.region,
        in_keyring=not published,
        lease=None if profile.lease is None else timedelta(seconds=profile.lease),
        account_pin=profile.account_pin,
    )
