"""Laws of the two INI files: the credentials file that is edited, and the config file that is only read."""

from __future__ import annotations

import contextlib
import functools
import os
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.configloader
import botocore.exceptions

from app.adapters import aws_config
from app.adapters.credentials_file import edit, lines, merge
from app.adapters.credentials_file.edit_many import publish_all
from app.adapters.credentials_file.reader import described
from app.domain.credentials import Credentials
from app.domain.published import Origin, PublishedSection
from app.domain.secret import Secret
from tests.fuzz.judging import judged, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

INSTALLATION = "5ec0ffee5ec0"
NAME = "ours"
NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
FIRST = Credentials(
    access_key_id="ASIAFIRSTFIRSTFIRST1",
    secret_access_key=Secret("first/secret+first"),
    session_token=Secret("first-token=="),
    expires=NOW + timedelta(hours=1),
)
SECOND = replace(FIRST, access_key_id="ASIASECONDSECOND0002", session_token=Secret("second-token=="))
_SECRETS = ("first/secret+first", "first-token==", "second-token==")


def credentials_file(content: bytes) -> None:
    """Add, renew, withdraw: every byte outside our section survives, and AWS's reader sees the same as before."""
    document = lines.parse(content)
    assert b"".join(line.raw for line in document.lines) == content
    assert b"".join(lines.pieces(content)) == content
    described(content, INSTALLATION)
    if INSTALLATION.encode() in content:
        _own_already(content)
        return
    added = _published(content, FIRST, renewal=False)
    if added is None:
        return
    renewed = _published(added, SECOND, renewal=True)
    assert renewed is not None, "a section of ours is found again"
    for now, keys in ((added, FIRST), (renewed, SECOND)):
        _holds(now, keys)
        _foreign_is_same(document, lines.parse(now))
        _botocore_agrees(content, now, keys)
    gone = edit.withdraw(renewed, [NAME], INSTALLATION)
    assert gone.removed == {NAME}
    assert gone.content == content
    assert merge.merge(content, content, renewed) == renewed
    many, outcomes = publish_all(content, [(_section(FIRST), _terms(renewal=False))])
    assert (many, len(outcomes)) == (added, 1)


def _own_already(content: bytes) -> None:
    """A file that claims to hold sections of ours may be wrong in any way: it is edited, or refused."""
    names = {section.name for section in lines.parse(content).sections}
    for section in (replace(_section(FIRST), aws_profile=name) for name in (*sorted(names)[:3], NAME)):
        for terms in (_terms(renewal=False, displace=True), _terms(renewal=True)):
            judged(functools.partial(edit.publish, content, section, terms), hidden=_SECRETS)
    left = edit.withdraw(content, names, INSTALLATION)
    assert not [each for each in described(left.content, INSTALLATION) if each.origin is Origin.OURS]


def _section(keys: Credentials) -> PublishedSection:
    return PublishedSection(aws_profile=NAME, profile="prod/admin", credentials=keys, region="eu-west-1")


def _terms(*, renewal: bool, displace: bool = False) -> edit.Terms:
    known = frozenset({FIRST.access_key_id})
    return edit.Terms(installation=INSTALLATION, known_key_ids=known, renewal=renewal, displace=displace)


def _published(content: bytes, keys: Credentials, *, renewal: bool) -> bytes | None:
    return judged(lambda: edit.publish(content, _section(keys), _terms(renewal=renewal)), hidden=_SECRETS)


def _holds(content: bytes, keys: Credentials) -> None:
    [own] = [each for each in described(content, INSTALLATION) if each.origin is Origin.OURS]
    assert (own.aws_profile, own.profile, own.credentials) == (NAME, "prod/admin", keys)


def _foreign_is_same(before: lines.Document, after: lines.Document) -> None:
    def foreign(document: lines.Document) -> list[tuple[str, dict[str, str]]]:
        return [(each.name, document.values(each)) for each in document.sections if each.name != NAME]

    assert foreign(before) == foreign(after)


def _botocore_agrees(before: bytes, after: bytes, keys: Credentials) -> None:
    """What botocore can read it reads after us, too: the same, and our keys."""
    was = botocore_reads(before)
    if was is None:
        return
    now = botocore_reads(after)
    assert now is not None, "botocore cannot read the file any more"
    ours = now.pop(NAME)
    assert ours["aws_access_key_id"] == keys.access_key_id
    assert ours["aws_secret_access_key"] == keys.secret_access_key.reveal()
    assert ours["aws_session_token"] == keys.session_token.reveal()
    own = was.pop(NAME, {})
    assert {name: ours.get(name) for name in own} == own
    assert now == was


@functools.cache
def _scratch() -> Path:
    memory = Path("/dev/shm")  # only where files are cheap; the name below is made at random
    handle, name = tempfile.mkstemp(prefix="rolecall-fuzz-", dir=memory if memory.is_dir() else None)
    os.close(handle)
    return Path(name)


@functools.lru_cache(maxsize=4)
def _botocore_reads(content: bytes) -> Mapping[str, Any] | None:
    path = _scratch()
    path.write_bytes(content)
    try:
        return dict(botocore.configloader.raw_config_parse(str(path)))
    except (botocore.exceptions.ConfigParseError, ValueError, TypeError, AttributeError):
        # It refuses the file; of some it does not even say so, but stumbles
        return None
    finally:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


def botocore_reads(content: bytes) -> dict[str, Any] | None:
    """The sections as botocore sees them; None when it cannot read the file."""
    found = _botocore_reads(content)
    return None if found is None else dict(found)


def config_file(content: bytes) -> None:
    """Every line is read or named; where botocore reads the whole file, both find the same profiles and settings."""
    text = content.decode("utf-8-sig", "replace")
    sections, unreadable = aws_config.parse(text)
    profiles = aws_config._profiles(sections)
    assert all(1 <= line <= text.count("\n") + text.count("\r") + 1 for line in unreadable)
    whole = botocore_reads(content)
    if whole is None or unreadable or content.startswith(b"\xef\xbb\xbf") or "\x00" in text_of(content):
        return
    try:
        theirs = botocore.configloader.build_profile_map(whole)["profiles"]
    except ValueError:  # of shlex: an odd quote in a header
        return
    for name, settings in theirs.items():
        plain = {key: value for key, value in settings.items() if isinstance(value, str) and "\n" not in value}
        ours = profiles.get(name, {})
        assert {key: ours.get(key) for key in plain} == plain, name
