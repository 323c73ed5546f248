"""Several sections in one write: the same as one by one."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.adapters.credentials_file import replace as replacing
from app.adapters.credentials_file.asynchronous import AsyncCredentialsFile
from app.adapters.credentials_file.edit import Terms, withdraw
from app.adapters.credentials_file.edit_many import publish_all
from app.adapters.credentials_file.file import CredentialsFile, Wish
from app.adapters.credentials_file.reader import described
from app.domain.errors import RolecallError, StorageTrouble
from app.domain.published import Published
from tests.adapters.credentials_file.credfile_helpers import (
    INSTALLATION,
    NAMES,
    NOTHING_KNOWN,
    contents,
    one_by_one,
    wanted,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.adapters.credentials_file.settled import Snapshot
    from app.domain.published import PublishedSection

KEYS = ("ASIAPROD1", "ASIAPROD2")
KNOWN = frozenset(KEYS)


@st.composite
def wishes(draw: st.DrawFn) -> tuple[PublishedSection, Terms]:
    name = draw(st.sampled_from((*NAMES, "one", "two", "three")))
    section = wanted(name, draw(st.sampled_from(KEYS)), region=draw(st.sampled_from((None, "eu-west-1"))))
    known = draw(st.sampled_from((NOTHING_KNOWN, KNOWN)))
    renewal, displace = draw(st.booleans()), draw(st.sampled_from((False, False, True)))
    return section, Terms(installation=INSTALLATION, known_key_ids=known, renewal=renewal, displace=displace)


def put(name: str, key_id: str = "ASIAPROD1", *, renewal: bool = False) -> tuple[PublishedSection, Terms]:
    return wanted(name, key_id), Terms(installation=INSTALLATION, known_key_ids=KNOWN, renewal=renewal)


@given(st.none() | contents(), st.lists(wishes(), max_size=6))
@example(None, [put("one"), put("two"), put("one", "ASIAPROD2", renewal=True)])
@example(b"x\n[prod]\nk = v\n  [two]\na = b\n", [put("one"), put("prod"), put("two"), put("one")])
@example(b"[one]\n[one]\n", [put("two"), put("one"), put("two", "ASIAPROD2")])
@example(b"[a]\nk = v\n  more\n", [put("one"), put("a"), put("two")])
@settings(max_examples=200)
def test_many_at_once_are_the_same_bytes_as_one_by_one(
    content: bytes | None, pairs: list[tuple[PublishedSection, Terms]]
) -> None:
    new, outcomes = publish_all(content, pairs)
    told = [each.code if isinstance(each, RolecallError) else each for each in outcomes]
    assert (new, told) == one_by_one(content, pairs)


@given(
    st.none() | contents(),
    st.lists(st.tuples(wishes(), st.booleans()), max_size=6),
    st.sets(st.sampled_from((*NAMES, "one", "two", "three"))),
)
@example(b"k = v\n", [(put("one"), True), (put("two"), False)], {"one", "two"})
@example(b"k = v", [(put("one"), True), (put("two"), True), (put("three"), False)], {"one", "three"})
@settings(max_examples=200)
def test_many_withdrawn_at_once_leave_the_same_bytes_as_one_by_one(
    content: bytes | None, pairs: list[tuple[tuple[PublishedSection, Terms], bool]], names: set[str]
) -> None:
    """From the last to the first. Between our writes a person may take away the line end of the last line."""
    for pair, is_cut in pairs:
        content, _ = one_by_one(content, [pair])
        content = content.removesuffix(b"\n") if is_cut and content else content
    at_once = withdraw(content or b"", names, INSTALLATION)
    left, is_gone, sections = content or b"", False, described(content or b"", INSTALLATION)
    for name in dict.fromkeys(each.aws_profile for each in reversed(sections) if each.aws_profile in names):
        done = withdraw(left, {name}, INSTALLATION)
        left, is_gone = done.content, done.delete
    assert (at_once.content, at_once.delete) == (left, is_gone)


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The length of each content that was written."""
    seen: list[int] = []
    swap = replacing.swap

    def counting(target: Path, before: Snapshot, content: bytes | None, shown: Callable[[Path], None]) -> bool:
        seen.append(len(content or b""))
        return swap(target, before, content, shown)

    monkeypatch.setattr(replacing, "swap", counting)
    return seen


async def test_200_sections_at_once_are_two_writes(target: Path, writes: list[int]) -> None:
    """The first begins at once, the others go together; each hears what became of its own."""
    target.write_bytes(b"[taken]\naws_access_key_id = AKIATAKEN\naws_secret_access_key = s\n")  # noqa: ASYNC240  # a test's own small file
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=0)
    held, free = threading.Event(), threading.Event()
    fingerprint = file.fingerprint

    def holding() -> tuple[int, ...]:
        held.set()
        free.wait()
        return fingerprint()

    object.__setattr__(file, "fingerprint", holding)
    published = AsyncCredentialsFile(file)
    before = asyncio.create_task(published.fingerprint())
    await asyncio.to_thread(held.wait)
    names = [f"team-{n:03}" for n in range(200)]
    tasks = [asyncio.create_task(published.publish(wanted(name), known_key_ids=KNOWN, renewal=False)) for name in names]
    refused = asyncio.create_task(published.publish(wanted("taken"), known_key_ids=KNOWN, renewal=False))
    gone = asyncio.create_task(published.publish(wanted("gone"), known_key_ids=KNOWN, renewal=True))
    given_up = asyncio.create_task(published.publish(wanted("given-up"), known_key_ids=KNOWN, renewal=False))
    reads = [asyncio.create_task(published.sections()) for _ in range(50)]
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.sleep(0)
    free.set()
    await before
    assert await asyncio.gather(*tasks) == [Published.WRITTEN] * 200
    assert await gone is Published.GONE
    with pytest.raises(StorageTrouble) as caught:
        await refused
    assert caught.value.code == "section-foreign"
    found = [{each.aws_profile for each in sections} for sections in await asyncio.gather(*reads)]
    assert all(each == {"taken", *names} for each in found)
    assert len(writes) == 1
    published.close()


async def test_what_is_withdrawn_in_between_keeps_its_turn(target: Path) -> None:
    published = AsyncCredentialsFile(CredentialsFile(target, installation=INSTALLATION, look_again_seconds=0))
    steps = [
        published.publish(wanted("one"), known_key_ids=KNOWN, renewal=False),
        published.withdraw(frozenset({"one"})),
        published.publish(wanted("two"), known_key_ids=KNOWN, renewal=False),
        published.publish(wanted("one", "ASIAPROD2"), known_key_ids=KNOWN, renewal=False),
    ]
    done = await asyncio.gather(*map(asyncio.create_task, steps))
    assert done == [Published.WRITTEN, {"one"}, Published.WRITTEN, Published.WRITTEN]
    found = {each.aws_profile: each.access_key_id for each in await published.sections()}
    assert found == {"one": "ASIAPROD2", "two": "ASIAPROD1"}
    published.close()


async def test_a_write_that_fails_is_told_to_all_that_waited_for_it(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    published = AsyncCredentialsFile(CredentialsFile(target, installation=INSTALLATION, look_again_seconds=0))
    with monkeypatch.context() as patched:
        patched.setattr(replacing, "swap", full)
        tasks = [published.publish(wanted(name), known_key_ids=KNOWN, renewal=False) for name in ("one", "two")]
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert [getattr(each, "code", "") for each in ended] == ["disk-full"] * 2
    assert ended[0] is not ended[1]
    assert await published.sections() == ()
    published.close()


def test_only_what_was_written_is_written_again(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that overwrites what we wrote gets ours again, but a renewal whose section was gone stays away."""
    target.write_bytes(b"[mine]\nk = v\n")
    file = CredentialsFile(target, installation=INSTALLATION, look_again_seconds=0.01)
    file.publish(wanted("here"), known_key_ids=KNOWN, renewal=False)
    target.read_bytes()  # somebody is at the file
    slept: list[float] = []

    def meddling(seconds: float) -> None:
        if not slept:
            target.write_bytes(b"[mine]\nk = other\n")
        slept.append(seconds)

    monkeypatch.setattr(time, "sleep", meddling)
    base = Wish(section=wanted("here", "ASIAPROD2"), known_key_ids=KNOWN, renewal=True)
    outcomes = file.publish_all([base, replace(base, section=wanted("gone"))])
    assert outcomes == [Published.WRITTEN, Published.GONE]
    assert {each.aws_profile for each in file.sections()} == {"mine", "here"}
    assert b"k = other" in target.read_bytes()


def test_sections_are_described_as_in_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "credentials"
    file = CredentialsFile(path, installation=INSTALLATION, look_again_seconds=0)
    head = b"# mine\n[other]\nregion = x\n  [inner]\nk = v\n"
    path.write_bytes(head)
    for key_id in KEYS:
        file.publish_all([Wish(section=put(name, key_id)[0], known_key_ids=KNOWN, renewal=False) for name in NAMES[:2]])
        assert file.sections() == described(path.read_bytes(), INSTALLATION)
    path.write_bytes(b"# one line more\n" + path.read_bytes())
    assert file.sections() == described(path.read_bytes(), INSTALLATION)
    path.write_bytes(head)
    assert file.sections() == described(head, INSTALLATION)
