"""What the beginning of an AWS unique ID says.

Source: IAM User Guide, "IAM identifiers", Understanding unique ID prefixes.
"""

from __future__ import annotations

import re

from app.domain.errors import BadInput
from app.domain.values import dataclass

PREFIX = 4
SHORTEST, LONGEST = 16, 128
"""Of an access key ID: STS API reference, GetAccessKeyInfo."""
_ID = re.compile(r"[0-9A-Za-z_]{16,128}")
_SECRET_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyKind:
    """`words` say what the ID is of. `key`: it is an access key, so that AWS can tell its account."""

    words: str
    temporary: bool = False
    key: bool = False


KINDS = {
    "ABIA": KeyKind(words="a bearer token that STS made for a service"),
    "ACCA": KeyKind(words="a credential for one service alone"),
    "AGPA": KeyKind(words="an IAM user group"),
    "AIDA": KeyKind(words="an IAM user"),
    "AIPA": KeyKind(words="an EC2 instance profile"),
    "AKIA": KeyKind(words="a long-term access key of an IAM user or of an account's root user", key=True),
    "ANPA": KeyKind(words="a managed policy"),
    "ANVA": KeyKind(words="a version of a managed policy"),
    "APKA": KeyKind(words="a public key"),
    "AROA": KeyKind(words="an IAM role"),
    "ASCA": KeyKind(words="a certificate"),
    "ASIA": KeyKind(words="a temporary access key of a session", temporary=True, key=True),
}
UNKNOWN = KeyKind(words="of a kind that this version of Rolecall does not know", key=True)
"""AWS may tell its account all the same."""


def kind_of(unique_id: str) -> KeyKind:
    """What an ID is of, told by its first four characters."""
    return KINDS.get(unique_id[:PREFIX], UNKNOWN)


def checked(text: str) -> str:
    """The ID without blanks around it. Raises BadInput for what cannot be one, without showing what it is."""
    found = text.strip()
    if _ID.fullmatch(found) and not (len(found) == _SECRET_LENGTH and not found.isupper()):
        return found
    is_secret = len(found) == _SECRET_LENGTH
    raise BadInput(
        code="access-key-id",
        title="This looks like a secret access key" if is_secret else "Not an access key ID",
        detail="Only the ID is asked for: about 20 capital letters and digits. Nothing was sent anywhere."
        if is_secret
        else f"One has {SHORTEST} to {LONGEST} letters and digits and begins like AKIA or ASIA.",
        remedy="Take the value after aws_access_key_id.",
        field="AccessKeyId",
    )
