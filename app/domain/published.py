"""Sections of the shared credentials file: what we publish, and what we find there."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from app.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from app.domain.credentials import Credentials
    from app.domain.errors import RolecallError


class Origin(enum.Enum):
    """Whose a section is, told by its mark alone."""

    OURS = "ours"
    OTHER_INSTALLATION = "another installation of Rolecall"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSection:
    """What is to stand in the file under `[aws_profile]`.

    `profile` is the name of the Rolecall profile. `region` is written only if the profile sets one.
    """

    aws_profile: str
    profile: str
    credentials: Credentials
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSection:
    """A section as it stands in the file.

    `profile` is empty unless the section bears a mark of Rolecall. `credentials` is None when keys are missing
    or the expiry cannot be read. `line` counts from 1.
    """

    aws_profile: str
    origin: Origin
    profile: str = ""
    access_key_id: str = ""
    expires: datetime | None = None
    credentials: Credentials | None = None
    region: str | None = None
    line: int = 0


class Published(enum.Enum):
    """How a write to the credentials file ended."""

    WRITTEN = "written"
    GONE = "gone"
    """A renewal found its section removed by somebody else: that means stop, and nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A section to be written, and what it may replace.

    One of that name is replaced when it is ours and its key ID is in `known_key_ids`; with `displace` a foreign one is
    set aside under another name, and an unknown one of ours is replaced. With `renewal` a missing one stays missing.
    """

    section: PublishedSection
    known_key_ids: frozenset[str]
    renewal: bool
    displace: bool = False


if TYPE_CHECKING:
    Outcome = Published | RolecallError
    """What became of a section; an error says why it was refused, and then nothing was done for it."""

KEPT_SUFFIX = "--kept-by-rolecall"
"""What the name of a section ends with while it is set aside for one of ours."""


def kept_name(aws_profile: str) -> str:
    """Return the name under which a displaced section waits to be put back."""
    return aws_profile + KEPT_SUFFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFinding:
    """Something about the credentials file that does, or may, go wrong.

    `line` counts from 1; 0 means the file as a whole. `blinds` tells that AWS's Python tools (the AWS CLI, boto3)
    cannot read anything in the file because of it. No text holds a value from the file.
    """

    code: str
    title: str
    detail: str = ""
    remedy: str = ""
    line: int = 0
    blinds: bool = False
