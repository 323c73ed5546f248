"""The keys of a section that we write, the mark that makes it ours, and how both are read back."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.adapters.credentials_file.lines import encode
from app.domain.credentials import Credentials
from app.domain.errors import BadInput
from app.domain.published import KEPT_SUFFIX, FoundSection, Origin
from app.domain.secret import Secret

if TYPE_CHECKING:
    from app.adapters.credentials_file.lines import Document, Section
    from app.domain.published import PublishedSection

KEY_ID = "aws_access_key_id"
SECRET_KEY = "aws_secret_access_key"  # noqa: S105  # the name of a key in the file
TOKEN = "aws_session_token"  # noqa: S105  # the name of a key in the file
OLD_TOKEN = "aws_security_token"  # noqa: S105  # the name of a key in the file
EXPIRES = "x_security_token_expires"
REGION = "region"
MARK = "x_rolecall"
ADDED = "x_rolecall_added"
"""What else we added and take away again on withdraw: the words below, blank between them."""

FILE = "file"
"""The file itself: it is deleted once nothing is left in it."""
LINE_END = "line-end"
"""The line end before our first line, because the file did not end with one."""
LINE_END_CRLF = "line-end-crlf"
"""The same, when it was CR LF."""
REGION_LINE = "region"
"""The region line of this section."""
KEYS_ONLY = "keys-only"
"""The header was here before us, and stays."""
DISPLACED = "displaced"
"""The ending of another section's name, which was set aside for this one."""
LINE_ENDS = {LINE_END: b"\n", LINE_END_CRLF: b"\r\n"}

OWN_KEYS = (KEY_ID, SECRET_KEY, TOKEN, EXPIRES, MARK, ADDED)
"""In the order in which a new section holds them; a region of ours stands before the mark."""


LONE_TOKEN = "The AWS CLI and boto3 send it with the long-term key of this section, and AWS then refuses both."  # noqa: S105  # words
_LONG_TERM = "AKIA"


def stale_token(values: dict[str, str]) -> bool:
    """Whether a token under the old name makes AWS refuse a section's keys.

    Botocore takes it before `aws_session_token`, and also beside a long-term key, which has none.
    """
    old = values.get(OLD_TOKEN)
    if old is None:
        return False
    if TOKEN in values:
        return old != values[TOKEN]
    return bool(old) and values.get(KEY_ID, "").startswith(_LONG_TERM)


def mark(installation: str, profile: str) -> str:
    """Return the value of `x_rolecall`."""
    return f"{installation}/{profile}"


def read_mark(values: dict[str, str]) -> tuple[str, str]:
    """Return installation and profile, both empty in a section without our mark."""
    installation, _, profile = values.get(MARK, "").partition("/")
    return installation, profile


def origin(values: dict[str, str], installation: str) -> Origin:
    """Tell by the mark alone whose section it is."""
    marked_by, _ = read_mark(values)
    if not marked_by:
        return Origin.FOREIGN
    return Origin.OURS if marked_by == installation else Origin.OTHER_INSTALLATION


def added_words(values: dict[str, str]) -> frozenset[str]:
    """Return the words of `x_rolecall_added`."""
    return frozenset(values.get(ADDED, "").split())


def format_time(moment: datetime) -> str:
    """Write `2026-11-22T01:23:45Z`; fractions of a second are cut, never rounded up."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_time(text: str) -> datetime | None:
    """Read an ISO 8601 time with its offset; None if it is not one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return moment.astimezone(UTC) if moment.tzinfo else None
    except OverflowError:
        return None


def wanted_values(section: PublishedSection, installation: str) -> dict[str, str]:
    """Return the keys and values of a section, in their order, without region and `x_rolecall_added`.

    Raises BadInput for a name or value that would not be read back as it was written.
    """
    check_name(section.aws_profile)
    keys = section.credentials
    values = {
        KEY_ID: keys.access_key_id,
        SECRET_KEY: keys.secret_access_key.reveal(),
        TOKEN: keys.session_token.reveal(),
        EXPIRES: format_time(keys.expires),
        MARK: mark(installation, section.profile),
    }
    for name, value in values.items():
        check_value(name, value)
    if section.region:
        check_value(REGION, section.region)
    return values


def check_name(aws_profile: str) -> None:
    """Refuse a section name that AWS tools would read differently, or not at all. Raises BadInput."""
    reason = ""
    if not aws_profile or aws_profile != aws_profile.strip():
        reason = "It must not be empty, nor begin or end with a blank."
    elif not _is_plain(aws_profile) or "]" in aws_profile:
        reason = "It must not contain control characters, line breaks or a closing square bracket."
    elif aws_profile == "DEFAULT":
        reason = "The AWS CLI takes a section of this name as defaults for all profiles; the profile is called default."
    elif aws_profile.endswith(KEPT_SUFFIX):
        reason = f"Names that end with {KEPT_SUFFIX} are kept for sections that were set aside."
    if reason:
        raise BadInput(
            code="aws-profile-invalid",
            title="This AWS profile name cannot be used",
            detail=f"{aws_profile!r}: {reason}",
            remedy="Choose another AWS profile name for this profile.",
            field="aws_profile",
        )


def check_value(name: str, value: str) -> None:
    """Refuse a value that one line of the file cannot hold. Raises BadInput, which does not show the value."""
    if value and value == value.strip() and _is_plain(value):
        return
    raise BadInput(
        code="value-invalid",
        title="A value cannot be written to the credentials file",
        detail=f"{name} is empty, has blanks around it, or contains control characters.",
        remedy="Obtain the credentials again; if this stays, look at what answered in place of AWS.",
        field=name,
    )


def _is_plain(text: str) -> bool:
    # str.splitlines knows line breaks (U+2028 and others) at which other readers of the file may cut.
    return _NOT_PLAIN.search(text) is None and len(text.splitlines()) <= 1


_NOT_PLAIN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What terminals may obey (C0, DEL, C1), and surrogates, which are no text."""


def describe(document: Document, section: Section, installation: str) -> FoundSection:
    """Tell what a section is. Secrets are read only from a section that is ours."""
    values = document.values(section)
    whose = origin(values, installation)
    line = section.start + 1
    if whose is Origin.FOREIGN:
        return FoundSection(aws_profile=_as_text(section.name), origin=whose, line=line)
    expires = parse_time(values.get(EXPIRES, ""))
    return FoundSection(
        aws_profile=_as_text(section.name),
        origin=whose,
        profile=_as_text(read_mark(values)[1]),
        access_key_id=_as_text(values.get(KEY_ID, "")),
        expires=expires,
        credentials=_credentials(values, expires) if whose is Origin.OURS else None,
        region=_as_text(values.get(REGION, "")) or None,
        line=line,
    )


def _as_text(text: str) -> str:
    """Replace bytes that were no UTF-8, which nobody could encode again. No section of ours has such a name."""
    return encode(text).decode("utf-8", "replace")


def _credentials(values: dict[str, str], expires: datetime | None) -> Credentials | None:
    key_id, secret, token = values.get(KEY_ID), values.get(SECRET_KEY), values.get(TOKEN)
    if not (key_id and secret and token and expires):
        return None
    return Credentials(
        access_key_id=key_id, secret_access_key=Secret(secret), session_token=Secret(token), expires=expires
    )
