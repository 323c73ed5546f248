"""What is wrong with a credentials file, or soon may be, line by line. Pure; no finding shows a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.adapters.credentials_file import marks
from app.adapters.credentials_file.lines import BOM_BYTES, Document, Kind, Section, parse, shown
from app.domain.published import KEPT_SUFFIX, FileFinding, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLIND = "The AWS CLI and boto3 cannot read any profile of this file because of it."
_OTHERS_MAY_READ = 0o077
_DEFAULTS = "DEFAULT"
_TOKEN_KEYS = frozenset({marks.KEY_ID, marks.SECRET_KEY, marks.TOKEN, marks.OLD_TOKEN})
_ROLE_KEYS = ("role_arn", "web_identity_token_file", "login_session")


def diagnose(content: bytes, *, installation: str, mode: int = 0, links: int = 1) -> tuple[FileFinding, ...]:
    """Return all findings, those of the whole file first, then by line.

    `mode` are the permission bits, 0 where there are none; `links` counts the file's names.
    """
    document = parse(content)
    findings = [*_of_lines(content, document), *_of_sections(document, installation)]
    findings.sort(key=lambda finding: finding.line)
    return (*_of_file(mode, links), *findings)


def _of_file(mode: int, links: int) -> Iterator[FileFinding]:
    if mode & _OTHERS_MAY_READ:
        yield FileFinding(
            code="file-mode-wide",
            title="Other users may have access to the credentials file",
            detail=f"Its mode is {mode:04o}. Rolecall keeps the mode of a file it did not create.",
            remedy="chmod 600 the file.",
        )
    if links > 1:
        yield FileFinding(
            code="file-hard-linked",
            title="The credentials file has a second name",
            detail=f"{links} hard links lead to it. Rolecall replaces the file under this name; the others keep the"
            " old content.",
            remedy="Use a symbolic link instead.",
        )


# --- Lines at which botocore gives up --------------------------------------------------------------------------------


def _of_lines(content: bytes, document: Document) -> Iterator[FileFinding]:
    if content.startswith(BOM_BYTES):
        yield _blinding("byte-order-mark", 1, "begins with a byte order mark", "Save the file as UTF-8 without BOM.")
    for number, line in enumerate(document.lines, start=1):
        if not _is_utf8(line.raw):
            yield _blinding("not-utf-8", number, "holds bytes that are not UTF-8", "Save the file as UTF-8.")
        if line.kind is Kind.JUNK:
            yield _blinding(
                "junk-line",
                number,
                "is neither a section, nor a key with its value, nor a comment",
                "Remove it, or put a # before it.",
            )
    yield from _repeated(document)
    yield from _bad_nesting(document)


def _blinding(code: str, line: int, what: str, remedy: str) -> FileFinding:
    return FileFinding(
        code=code,
        title=f"Line {line} of the credentials file {what}",
        detail=_BLIND,
        remedy=remedy,
        line=line,
        blinds=True,
    )


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _repeated(document: Document) -> Iterator[FileFinding]:
    """Sections and keys that stand in the file twice. The section DEFAULT may come again, its keys may not."""
    sections: set[str] = set()
    keys: set[tuple[str, str]] = set()
    for section in document.sections:
        number = section.start + 1
        if section.name in sections and section.name != _DEFAULTS:
            yield _blinding(
                "section-twice", number, f"begins [{shown(section.name)}] a second time", "Join or rename the two."
            )
        sections.add(section.name)
        for index in range(section.start + 1, section.stop):
            line = document.lines[index]
            if line.kind is not Kind.KEY:
                continue
            if (section.name, line.name) in keys:
                where = f"sets {shown(line.name)} of [{shown(section.name)}] a second time"
                yield _blinding("key-twice", index + 1, where, "Remove one of the two.")
            keys.add((section.name, line.name))


def _bad_nesting(document: Document) -> Iterator[FileFinding]:
    """Lines below `key =` without a value are a nested block to botocore: each must be `name = value`."""
    for section in document.sections:
        for index in range(section.start + 1, section.stop):
            key = document.lines[index]
            if key.kind is not Kind.KEY or key.value or not _is_asked_for(document, section, key.name):
                continue
            bad = next(_without_equals(document, section, index), None)
            if bad is not None:
                what = f"is read as a part of the empty {shown(key.name)} above it, but is no name = value"
                yield _blinding("nested-junk", bad + 1, what, "Begin the line at the left edge, or remove it.")


def _is_asked_for(document: Document, section: Section, key: str) -> bool:
    """Whether botocore looks at this key: one of DEFAULT is seen only through sections that do not have it."""
    if section.name != _DEFAULTS:
        return True
    return any(key not in document.values(other) for other in document.sections if other.name != _DEFAULTS)


def _without_equals(document: Document, section: Section, key: int) -> Iterator[int]:
    for index in range(key + 1, section.stop):
        line = document.lines[index]
        if line.kind in {Kind.KEY, Kind.JUNK}:
            return
        if line.kind is Kind.CONTINUATION and any(part.strip() and "=" not in part for part in line.value.splitlines()):
            yield index


# --- Sections that do not do what they seem to do --------------------------------------------------------------------


def _of_sections(document: Document, installation: str) -> Iterator[FileFinding]:
    for section in document.sections:
        values = document.values(section)
        whose = marks.origin(values, installation)
        yield from _of_tokens(document, section, values)
        if section.name == _DEFAULTS and _TOKEN_KEYS & values.keys():
            yield FileFinding(
                code="default-section",
                title="[DEFAULT] gives its keys to every profile of the credentials file",
                detail="Python's reader takes it as defaults for all sections; the default profile is [default].",
                remedy="Rename it to [default], or remove it.",
                line=section.start + 1,
            )
        if whose is Origin.OTHER_INSTALLATION:
            yield FileFinding(
                code="section-of-other-installation",
                title=f"[{shown(section.name)}] was written by another installation of Rolecall",
                detail="This one neither renews nor removes it.",
                remedy="Stop it there, or delete the section if that installation is gone.",
                line=section.start + 1,
            )
        if whose is Origin.OURS:
            yield from _of_ours(document, section, values)
        if section.name.endswith(KEPT_SUFFIX) and not _is_awaited(document, section, installation):
            yield FileFinding(
                code="section-orphaned",
                title=f"[{shown(section.name)}] was set aside and never put back",
                detail="The section that took its place is gone, or is not ours any more.",
                remedy=f"Rename it to [{shown(section.name.removesuffix(KEPT_SUFFIX))}], or delete it.",
                line=section.start + 1,
            )


def _of_tokens(document: Document, section: Section, values: dict[str, str]) -> Iterator[FileFinding]:
    if not marks.stale_token(values):
        return
    title = f"aws_security_token in [{shown(section.name)}] hides the session token"
    detail = "The AWS CLI and boto3 take it in place of aws_session_token, and AWS then refuses the keys."
    if marks.TOKEN not in values:
        title, detail = f"aws_security_token in [{shown(section.name)}] belongs to no key", marks.LONE_TOKEN
    yield FileFinding(
        code="stale-security-token",
        title=title,
        detail=detail,
        remedy="Remove the line aws_security_token.",
        line=_line_of(document, section, marks.OLD_TOKEN),
    )


def _of_ours(document: Document, section: Section, values: dict[str, str]) -> Iterator[FileFinding]:
    for name in values:
        if name in _ROLE_KEYS or name.startswith("sso_"):
            yield FileFinding(
                code="keys-ignored",
                title=f"{shown(name)} in [{shown(section.name)}] makes AWS tools ignore the keys",
                detail="Tools obtain credentials in the way this line says, and do not use the published ones.",
                remedy="Remove the line, or publish under another name.",
                line=_line_of(document, section, name),
            )
    own = False
    for index in range(section.start + 1, section.stop):
        line = document.lines[index]
        if line.kind is Kind.KEY:
            own = line.name in marks.OWN_KEYS
        elif line.kind is Kind.CONTINUATION and own:
            yield FileFinding(
                code="value-continued",
                title=f"Line {index + 1} of the credentials file is read as a part of the value above it",
                detail=f"It is indented, and so changes what tools read from [{shown(section.name)}].",
                remedy="Begin the line at the left edge, or remove it.",
                line=index + 1,
            )


def _line_of(document: Document, section: Section, name: str) -> int:
    return next(
        index + 1
        for index in range(section.start + 1, section.stop)
        if document.lines[index].kind is Kind.KEY and document.lines[index].name == name
    )


def _is_awaited(document: Document, section: Section, installation: str) -> bool:
    """Whether the section of this installation still stands for which this one was set aside."""
    return any(
        marks.origin(values, installation) is Origin.OURS and marks.DISPLACED in marks.added_words(values)
        for values in map(document.values, document.named(section.name.removesuffix(KEPT_SUFFIX)))
    )
