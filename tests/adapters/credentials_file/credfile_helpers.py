"""What the tests of the credentials file share."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import botocore.configloader
import botocore.exceptions
from hypothesis import strategies as st

from app.adapters.credentials_file.edit import Terms, publish, withdraw
from app.adapters.credentials_file.file import CredentialsFile
from app.domain.credentials import Credentials
from app.domain.errors import RolecallError
from app.domain.published import Published, PublishedSection
from app.domain.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable

INSTALLATION = "7f3a9c"
EXPIRES = datetime(2026, 11, 22, 1, 23, 45, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
NOTHING_KNOWN: frozenset[str] = frozenset()
FRESH = Terms(installation=INSTALLATION, known_key_ids=NOTHING_KNOWN, renewal=False)
DISPLACE = replace(FRESH, displace=True)


def wanted(
    name: str = "prod", key_id: str = "ASIAPROD1", *, profile: str = "", region: str | None = None
) -> PublishedSection:
    return PublishedSection(
        aws_profile=name,
        profile=profile or name,
        region=region,
        credentials=Credentials(
            access_key_id=key_id,
            secret_access_key=Secret("se/cr+et=;#"),
            session_token=Secret("IQoJ=to:ken=="),
            expires=EXPIRES,
        ),
    )


def read_as_botocore(path: Path, content: bytes) -> dict[str, dict[str, object]] | None:
    """What AWS's Python tools read from these bytes; None if they refuse them."""
    path.write_bytes(content)
    try:
        return botocore.configloader.raw_config_parse(os.fspath(path))
    except botocore.exceptions.ConfigParseError:
        return None


NAMES = ("default", "prod", "dev", "prod--kept-by-rolecall", "DEFAULT", " prod ", "é")
_ODD_LINES = (
    "", "", "   ", "# comment", "  ; indented comment", "junk", "  junk", "= no key", ": no key", "[unclosed", "[]",
    "[prod] # more", "key = value", "Key: other", "  indented = 1", "\tdeep = 2", "empty =", "s3 =",
    "region = eu-west-1", "aws_access_key_id = AKIA1", "aws_secret_access_key=abc", "aws_security_token = stale",
    "aws_session_token = old", "x_rolecall = other/prod", "  x = [y]", "\u00a0nbsp = 1", "a\x0b\x0cb = c",
    "\x1cq = 1", "k = a\u2028b", "role_arn = arn:aws:iam::1:role/x",
)  # fmt: skip

_LINES = st.one_of(
    st.sampled_from(_ODD_LINES),
    st.sampled_from(NAMES).map(lambda name: f"[{name}]"),
    st.sampled_from(NAMES).map(lambda name: f"  [{name}]"),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=6),
).map(str.encode)
_RAW_LINES = st.one_of(_LINES, _LINES, _LINES, st.binary(max_size=4))
_ENDS = st.sampled_from((b"\n", b"\n", b"\r\n", b"\r"))


@st.composite
def contents(draw: Callable[..., object], *, raw: bool = True) -> bytes:
    """Files as people and tools leave them, and worse."""
    pairs = draw(st.lists(st.tuples(_RAW_LINES if raw else _LINES, _ENDS), max_size=10))
    assert isinstance(pairs, list)
    text = b"".join(line + end for line, end in pairs)
    if draw(st.booleans()):
        text = text.rstrip(b"\r\n")
    return b"\xef\xbb\xbf" + text if draw(st.integers(0, 9)) == 0 else text


CHILD = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from tests.adapters.credentials_file.credfile_helpers import INSTALLATION, NOTHING_KNOWN, open_file, wanted
"""
"""How a child process of the tests begins: it has our code and the helpers below."""


def open_file(path: Path | str, **options: float) -> CredentialsFile:
    return CredentialsFile(path, installation=INSTALLATION, **options)


def child(code: str, *args: object, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    command = [*prefix, sys.executable, "-c", CHILD + code, *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for a child; its standard output. A child that failed shows its traceback."""
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return out


def one_by_one(
    content: bytes | None, pairs: list[tuple[PublishedSection, Terms]]
) -> tuple[bytes | None, list[Published | str]]:
    """What comes of publishing one section after the other, and of each; an error's code stands for it."""
    outcomes: list[Published | str] = []
    for section, terms in pairs:
        try:
            new = publish(content, section, terms)
        except RolecallError as error:
            outcomes.append(error.code)
            continue
        outcomes.append(Published.GONE if new is None else Published.WRITTEN)
        content = content if new is None else new
    return content, outcomes


def put(content: bytes | None, section: PublishedSection | None = None, terms: Terms = FRESH) -> bytes:
    """What is in the file when a section was published."""
    new = publish(content, section or wanted(), terms)
    assert new is not None
    return new


def take(content: bytes, *names: str) -> bytes:
    """What is in the file when sections were withdrawn; without names `prod`."""
    return withdraw(content, names or ("prod",), INSTALLATION).content
