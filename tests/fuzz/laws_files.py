"""Laws of our own files: settings, the file with profiles, state, journal, and the little ones."""

from __future__ import annotations

import contextlib
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.adapters import journal_file, state_file
from app.adapters.settings_file import profiles_file, store
from app.adapters.settings_file.scan import scan
from app.domain.configuration import Configuration, Identity, Profile, Source, SourceKind
from app.domain.errors import RolecallError
from app.domain.redaction import redacted
from app.domain.secret import Secret
from app.domain.settings_schema import kind_of
from tests.fuzz.judging import introduces_itself, judged, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.happening import Happening

PLACE = Path("/home/alice/config.toml")
NEW = "brand-new"
_ARN = "arn:aws:iam::123456789012:role/Admin"


def settings(data: bytes) -> None:
    """A file is read or refused; each edit says what it should, and leaves comments and unknown keys as they are."""
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return  # refused before it is parsed; the law of files that are no text is with the file itself
    read = judged(lambda: store._parsed(text, PLACE))
    if read is None:
        return
    configuration, document = read
    for refusal in configuration.refusals:
        assert refusal.problem.title
        assert 0 <= refusal.line <= text.count("\n") + 1
        introduces_itself_as(refusal.problem)
    found = scan(text)
    assert [each.start for each in found] == sorted(each.start for each in found)
    _adds_and_removes(text, document)
    for entry in _some(configuration):
        _changes(text, document, entry)


def introduces_itself_as(problem: Any) -> None:  # noqa: ANN401  # a Problem, which is no exception
    """Hold what a refusal says against the law of errors."""
    names = ("code", "title", "detail", "remedy", "field", "request_id")
    introduces_itself(RolecallError(**{name: getattr(problem, name) for name in names}))


def _some(configuration: Configuration) -> Iterator[Identity | Profile]:
    """The first entries of two kinds, each with something changed."""
    for identity in list(configuration.identities.values())[:2]:
        yield replace(identity, region="eu-central-1", mfa_session_duration=3600)
    for profile in list(configuration.profiles.values())[:2]:
        yield replace(profile, region="eu-central-1", colour="red", session_name=None)


def _adds_and_removes(text: str, document: dict[str, Any]) -> None:
    identity = Identity(name=NEW, access_key_id="AKIAIOSFODNN7EXAMPLE")
    if NEW in text:
        return
    edited = judged(lambda: store._put(text, document, identity, ""))
    if edited is None:
        return
    added, said = edited
    configuration, after = store._parsed(added, PLACE)
    assert said == after
    assert configuration.identities[NEW] == identity
    del after["identity"][NEW]
    assert store._without_empty(after) == store._without_empty(document)
    assert _comments(added) == _comments(text)
    _, again = store._parsed(added, PLACE)
    source = Source(kind=SourceKind.IDENTITY, name=NEW)
    edited = judged(lambda: store._remove(added, again, source))
    if edited is not None:
        removed, _ = edited
        assert store._without_empty(tomllib.loads(removed)) == store._without_empty(document)
        assert _comments(removed) == _comments(text)


def _changes(text: str, document: dict[str, Any], entry: Identity | Profile) -> None:
    edited = judged(lambda: store._put(text, document, entry, ""))
    if edited is None:
        return
    changed, _ = edited
    configuration, after = store._parsed(changed, PLACE)
    kind = kind_of(entry)
    made = (configuration.identities if kind == "identity" else configuration.profiles).get(entry.name)
    assert made == entry
    before = document[kind][entry.name]
    assert {key: after[kind][entry.name].get(key) for key in before if key.startswith("x")} == {
        key: value for key, value in before.items() if key.startswith("x")
    }, "unknown keys"
    if not _is_inline(text, (kind, entry.name)):
        assert _comments(changed) == _comments(text)


def _is_inline(text: str, path: tuple[str, ...]) -> bool:
    """Whether the entry, or what is around it, is a value in braces: that is written anew, with its comments."""
    return any(not each.header and path[: len(each.path)] == each.path for each in scan(text))


def _comments(text: str) -> list[str]:
    """Lines that are comments between statements, and what follows a value on its line, in their order."""
    found: list[str] = []
    at = 0
    for each in scan(text):
        found += [line.strip() for line in text[at : each.start].splitlines() if line.strip().startswith("#")]
        behind = text[each.value_end : each.end]
        if "#" in behind:
            found.append(behind[behind.index("#") :].strip())
        at = each.end
    return found + [line.strip() for line in text[at:].splitlines() if line.strip().startswith("#")]


def profiles(data: bytes) -> None:
    """A file of somebody else's: profiles, or a refusal; what is taken is written so that it reads the same."""
    read = judged(lambda: profiles_file.read_bytes(data))
    if read is None:
        return
    for refusal in read.refusals:
        assert refusal.problem.title
        assert refusal.problem.detail
    entries: tuple[Any, ...] = (*read.providers.values(), *read.profiles.values())
    text = profiles_file.text_of(entries)
    again = profiles_file.read_bytes(text.encode())
    assert not again.refusals
    assert (dict(again.providers), dict(again.profiles)) == (dict(read.providers), dict(read.profiles))


def state(data: bytes) -> None:
    """A state, or a damaged file: never anything else; what was read is written so that it reads the same."""
    try:
        found = judged(lambda: state_file.parse(data, "f00d"))
    except state_file.DamagedStateError:
        return
    if found is None:
        return
    again = state_file.parse(state_file.dump(found), "f00d")
    assert again == found
    assert found.key_ids == again.key_ids
    for record in found.sessions.values():
        assert record.expires.tzinfo is not None
        assert record.ends <= record.expires


def journal(data: bytes) -> None:
    """Each line is an entry or is passed over; an entry is written so that it reads the same."""
    with contextlib.suppress(RolecallError):
        journal_file._day_of(data.splitlines())
    for line in data.splitlines():
        journal_file._moment_of(line)
        found = journal_file.parse(line)
        if found is None:
            continue
        written = journal_file.dump(found)
        assert b"\n" not in written
        again = journal_file.parse(written)
        assert again is not None
        assert _cut(again) == _cut(found)


def _cut(entry: Happening) -> tuple[object, ...]:
    """An entry as it is written: texts of at most 1000 characters, times to the millisecond."""
    texts = (entry.profile, entry.role, entry.account, entry.session_name, entry.key_id, entry.request_id, entry.why)
    times = [int(each.timestamp() * 1000 // 1) for each in (entry.at, entry.expires) if each is not None]
    return (entry.what, *(each[:1000] for each in texts), entry.by_person, *times)


_HIDDEN = (
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEy",
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg",
    "IQoJb3JpZ2luX2VjE" + "Ax7/b+" * 30,
)
"""A secret access key, a JSON Web Token, a session token; all made up."""


def redaction(data: bytes) -> None:
    """What looks like a secret is taken out wherever it stands, and taking it out twice changes no more."""
    text = text_of(data)
    once = redacted(text)
    assert len(redacted(once)) <= len(once) + 100
    for secret in _HIDDEN:
        told = (f"{text}\n{secret}\n", f" {secret} {text}", f'{text} "SessionToken": "{secret}"')
        # As a `repr` shows it, too: with its line breaks escaped
        for around in (*told, f"{text!r}\\n{secret}\\n", repr(ValueError(f"{text}\n{secret}\t{text}"))):
            shown = redacted(around)
            assert secret not in shown or secret in text, "a secret goes through"
    assert Secret(text).reveal() not in repr(Secret(text)) or len(text) < len("Secret(hidden)")
