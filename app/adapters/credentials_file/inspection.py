"""What stands in the files of AWS tools, section by section: who holds a key, and what is wrong there.

Pure, bytes in; no text holds a secret. That a profile's settings win over static keys is as botocore has it.
"""

from __future__ import annotations

import hashlib
import shlex
from typing import TYPE_CHECKING

from app.adapters.credentials_file import marks
from app.adapters.credentials_file.diagnose import diagnose
from app.adapters.credentials_file.lines import Kind, parse, shown
from app.domain.aws_import import overriding_key
from app.domain.published import KEPT_SUFFIX, Origin
from app.domain.values import dataclass
from app.domain.x_ray import Ailment, Holder, Remedy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from app.adapters.credentials_file.lines import Document, Section
    from app.domain.published import FileFinding

CREDENTIALS, CONFIG = "credentials file", "config file"
EXPIRY_KEYS = (marks.EXPIRES, "aws_expiration", "aws_session_expiration", "expiration")
"""Where tools note when a section's keys expire; no SDK reads them."""
_OTHERS_MAY, OWNER_MAY = 0o077, 0o700
MODE_WIDE, BOM, STALE, EXPIRED = "file-mode-wide", "byte-order-mark", "stale-security-token", "entry-expired"
MENDABLE = frozenset({MODE_WIDE, BOM, STALE, EXPIRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One section with what matters here. `line` counts from 1; `profile` is the name AWS tools know it by."""

    profile: str
    section: str
    line: int
    values: dict[str, str]
    key_line: int = 0

    @property
    def key_id(self) -> str:
        """The access key ID in it, or ''."""
        return self.values.get(marks.KEY_ID, "")

    @property
    def expires(self) -> datetime | None:
        """When its keys expire, as far as somebody noted it."""
        told = (marks.parse_time(self.values.get(key, "")) for key in EXPIRY_KEYS)
        return next((moment for moment in told if moment is not None), None)

    @property
    def stale_token(self) -> bool:
        """Whether a token under the old name makes AWS refuse the keys, see `marks.stale_token`."""
        return marks.stale_token(self.values)

    def expired(self, now: datetime) -> bool:
        """Whether it holds keys that AWS refuses by now."""
        return bool(self.key_id) and self.expires is not None and self.expires <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolFile:
    """A file of AWS tools as it was read. `mode` are its permission bits, 0 where there are none."""

    path: str
    content: bytes = b""
    mode: int = 0
    links: int = 1
    unreadable: str = ""
    """Why it could not be read; its content is empty then."""

    @property
    def seen(self) -> tuple[int, ...]:
        """What tells this content from any other."""
        return fingerprint(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Both files, and whose marks are ours."""

    credentials: ToolFile
    config: ToolFile
    installation: str


def fingerprint(content: bytes) -> tuple[int, ...]:
    """What tells a content from any other: its length, and 64 bits of its SHA-256."""
    return len(content), int.from_bytes(hashlib.sha256(content).digest()[:8], "big")


def entries(content: bytes, *, config: bool) -> tuple[Entry, ...]:
    """The sections that are profiles, in the order of the file."""
    document = parse(content)
    found = []
    for section in document.sections:
        name = profile_name(section.name) if config else section.name
        if name is not None:
            found.append(_entry(document, section, name))
    return tuple(found)


def _entry(document: Document, section: Section, name: str) -> Entry:
    line = next(
        (
            index + 1
            for index in range(section.start + 1, section.stop)
            if document.lines[index].kind is Kind.KEY and document.lines[index].name == marks.KEY_ID
        ),
        section.start + 1,
    )
    return Entry(
        profile=name,
        section=section.name,
        line=section.start + 1,
        values=document.values(section),
        key_line=line,
    )


def profile_name(header: str) -> str | None:
    """The profile that a header of the config file stands for; None when it is of something else.

    Botocore splits `profile NAME` as a shell would, quotes and all.
    """
    if header == "default":
        return header
    try:
        words = shlex.split(header) if header.startswith("profile") else []
    except ValueError:
        return None
    return words[1] if len(words) == 2 else None  # noqa: PLR2004  # the word and the name


# --- Who holds a key --------------------------------------------------------------------------------------------------


def holders(files: Files, access_key_id: str, now: datetime) -> tuple[Holder, ...]:
    """Where a key ID stands in the two files."""
    credentials = entries(files.credentials.content, config=False)
    config = entries(files.config.content, config=True)
    found = [
        _holder(CREDENTIALS, files.credentials.path, each, _over(each, config), now)
        for each in credentials
        if each.key_id == access_key_id
    ]
    found += [
        _holder(CONFIG, files.config.path, each, _over_config(each, credentials), now)
        for each in config
        if each.key_id == access_key_id
    ]
    return tuple(found)


def _holder(where: str, path: str, entry: Entry, over: str, now: datetime) -> Holder:
    state, note = "", ""
    if entry.expired(now):
        state = "expired"
    elif over:
        state, note = "shadowed", over
    elif entry.stale_token:
        state, note = "stale token", "aws_security_token is taken in place of aws_session_token"
        if marks.TOKEN not in entry.values:
            note = "aws_security_token is sent with a key that needs none"
    elif entry.expires is not None:
        state = "live"
    return Holder(
        where=where,
        name=shown(entry.profile),
        path=path,
        line=entry.key_line,
        state=state,
        expires=entry.expires,
        note=note,
    )


def _over(entry: Entry, config: tuple[Entry, ...]) -> str:
    """What makes AWS tools ignore the keys of a section of the credentials file, in words; or ''."""
    own = overriding_key(entry.values)
    theirs = next(
        (key for each in config if each.profile == entry.profile and (key := overriding_key(each.values))), ""
    )
    if not own and not theirs:
        return ""
    return f"{own or theirs} of this profile wins{'' if own else ' (config file)'}"


def _over_config(entry: Entry, credentials: tuple[Entry, ...]) -> str:
    own = overriding_key(entry.values) or ("credential_process" if entry.values.get("credential_process") else "")
    if own:
        return f"{own} of this profile wins"
    if any(each.profile == entry.profile and each.key_id for each in credentials):
        return "the keys of that name in the credentials file win"
    return ""


# --- What is wrong ----------------------------------------------------------------------------------------------------


def ailments(files: Files, now: datetime) -> tuple[Ailment, ...]:
    """Everything that does, or may, go wrong, the worst for all tools first."""
    file = files.credentials
    findings = diagnose(file.content, installation=files.installation, mode=file.mode, links=file.links)
    credentials, config = entries(file.content, config=False), entries(files.config.content, config=True)
    found = [_of_finding(file, each) for each in sorted(findings, key=lambda each: not each.blinds)]
    found += _expired(files, credentials, now)
    found += _shadowed(credentials, config)
    found += _of_config(files.config, config)
    return tuple(found)


def _of_finding(file: ToolFile, finding: FileFinding) -> Ailment:
    words = {
        MODE_WIDE: _narrowing(file),
        BOM: "Removes the three bytes at the beginning of the file.",
        STALE: f"Removes line {finding.line}, aws_security_token, and nothing else.",
    }.get(finding.code)
    remedy = None
    if words is not None:
        remedy = Remedy(code=finding.code, words=words, path=file.path, line=finding.line, seen=file.seen)
    return Ailment(code=finding.code, title=finding.title, detail=finding.detail, advice=finding.remedy, remedy=remedy)


def _narrowing(file: ToolFile) -> str:
    return f"Sets the file's mode to {file.mode & OWNER_MAY:o}: you alone may read it."


def _expired(files: Files, credentials: tuple[Entry, ...], now: datetime) -> Iterator[Ailment]:
    for entry in credentials:
        if not entry.expired(now) or entry.expires is None:
            continue
        if entry.profile.endswith(KEPT_SUFFIX):
            yield _expired_aside(entry)
            continue
        name, ours = shown(entry.profile), marks.origin(entry.values, files.installation) is Origin.OURS
        whose = "Rolecall wrote it." if ours else "Rolecall did not write it: another tool did, or a person."
        words = f"Removes [{name}] from the file" + (
            "." if ours else ", with all its settings. It is not Rolecall's, and cannot be brought back."
        )
        yield Ailment(
            code=EXPIRED,
            title=f"The keys of [{name}] have expired",
            detail=f"Line {entry.line}: they expired on {entry.expires:%Y-%m-%d at %H:%M} UTC. {whose}",
            advice="Obtain new ones, or remove the section: AWS tools go on sending the old ones.",
            remedy=Remedy(
                code=EXPIRED,
                words=words,
                path=files.credentials.path,
                section=entry.section,
                line=entry.line,
                seen=files.credentials.seen,
            ),
        )


def _expired_aside(entry: Entry) -> Ailment:
    """Without a remedy: Rolecall has to give the section back."""
    name = shown(entry.profile.removesuffix(KEPT_SUFFIX))
    return Ailment(
        code=EXPIRED,
        title=f"The keys of [{shown(entry.profile)}] have expired",
        detail=f"Line {entry.line}: they expired on {entry.expires:%Y-%m-%d at %H:%M} UTC. Rolecall has set this"
        f" section aside, and puts it back when [{name}] is stopped.",
        advice="Leave it as it is until then.",
    )


def _shadowed(credentials: tuple[Entry, ...], config: tuple[Entry, ...]) -> Iterator[Ailment]:
    for entry in credentials:
        over = _over(entry, config)
        if entry.key_id and over:
            yield Ailment(
                code="keys-shadowed",
                title=f"AWS tools ignore the keys of [{shown(entry.profile)}]",
                detail=f"Line {entry.line} of the credentials file: {over}.",
                advice="Rename one of the two, or remove what you do not need.",
            )
    held = {entry.profile for entry in credentials if entry.key_id}
    for entry in config:
        name = shown(entry.profile)
        if entry.values.get("credential_process") and entry.profile in held and not overriding_key(entry.values):
            yield Ailment(
                code="process-shadowed",
                title=f"credential_process of “{name}” never runs",
                detail="The credentials file has keys of that name, and AWS tools take these.",
                advice="Remove the keys, or give them another name.",
            )
        elif entry.key_id and entry.profile in held:
            yield Ailment(
                code="config-keys-shadowed",
                title=f"The keys of “{name}” in the config file are never used",
                detail="The credentials file has keys of that name, and AWS tools take these.",
                advice="Remove one of the two.",
            )


def _of_config(file: ToolFile, config: tuple[Entry, ...]) -> Iterator[Ailment]:
    if file.unreadable:
        yield Ailment(
            code="config-unreadable",
            title="The config file cannot be read",
            detail=file.unreadable,
            advice="Check that it is a plain file, and that you may read it: AWS tools stop at it too.",
        )
    if file.mode & _OTHERS_MAY and any(entry.key_id for entry in config):
        yield Ailment(
            code=MODE_WIDE,
            title="Other users may have access to the config file, which holds keys",
            detail=f"Its mode is {file.mode:04o}.",
            advice="Move the keys to the keyring, or chmod 600 the file.",
            remedy=Remedy(
                code=MODE_WIDE,
                words=_narrowing(file),
                path=file.path,
                seen=file.seen,
            ),
        )
    for entry in config:
        if entry.stale_token and marks.TOKEN not in entry.values:
            yield Ailment(
                code=STALE,
                title=f"aws_security_token of “{shown(entry.profile)}” in the config file belongs to no key",
                detail=marks.LONE_TOKEN,
                advice="Remove the line aws_security_token.",
            )
        elif entry.stale_token:
            yield Ailment(
                code=STALE,
                title=f"aws_security_token of “{shown(entry.profile)}” in the config file hides the session token",
                detail="The AWS CLI and boto3 take it in place of aws_session_token, and AWS then refuses the keys.",
                advice="Remove the line aws_security_token.",
            )
    document = parse(file.content)
    junk = next((number for number, line in enumerate(document.lines, 1) if line.kind is Kind.JUNK), 0)
    if junk:
        yield Ailment(
            code="config-junk-line",
            title=f"Line {junk} of the config file is neither a section, nor a key with its value, nor a comment",
            detail="The AWS CLI and boto3 cannot read any profile of this file because of it.",
            advice="Remove it, or put a # before it.",
        )
