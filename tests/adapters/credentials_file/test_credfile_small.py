"""Every small file of some odd lines: the short ways end where the long ones do, and all of it can be undone."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from app.adapters.credentials_file.edit import Terms, publish, withdraw
from app.adapters.credentials_file.edit_many import publish_all
from app.domain.errors import RolecallError
from tests.adapters.credentials_file.credfile_helpers import INSTALLATION, one_by_one, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.published import PublishedSection

    Wish = tuple[PublishedSection, Terms]

OURS = publish(None, wanted("a"), Terms(installation=INSTALLATION, known_key_ids=frozenset(), renewal=False)) or b""
BASE = OURS.replace(b"x_rolecall_added = file\n", b"")
LINES = (
    *(b"[a]\n", b"[b]\n", b"[a]]\n", b"[[a]\n", b"  [a]\n", b"[a] # x\n", b"# [a]\n", b"[]\n", b"[ a ]\n"),
    *(b"k = v\n", b"  more\n", b"junk\n", b"; c\n", b"\n", BASE, BASE.replace(b"[a]", b"[z]")),
)
MOST = 2


def files(lines: tuple[bytes, ...], most: int) -> Iterator[bytes]:
    for number in range(most + 1):
        yield from map(b"".join, product(lines, repeat=number))


def as_people_leave_them(content: bytes) -> Iterator[bytes]:
    """The same with other line ends, without the last one, and with a byte order mark."""
    for each in {content, content.replace(b"\n", b"\r\n"), content.removesuffix(b"\n")}:
        yield from (each, b"\xef\xbb\xbf" + each)


def wish(name: str, *, renewal: bool = False, displace: bool = False) -> Wish:
    known = frozenset({"ASIAPROD1", "ASIAPROD2"})
    terms = Terms(installation=INSTALLATION, known_key_ids=known, renewal=renewal, displace=displace)
    return wanted(name, "ASIAPROD2"), terms


@pytest.mark.parametrize(
    "wishes",
    [
        [wish("a")],
        [wish("a", renewal=True)],
        [wish("a"), wish("b")],
        [wish("c"), wish("a", renewal=True)],
        [wish("c"), wish("a", displace=True), wish("b")],
    ],
    ids=["one", "one again", "two", "two, one again", "three, one in the place of another"],
)
def test_in_pieces_it_is_the_same_as_in_the_whole(wishes: list[Wish]) -> None:
    for content in files(LINES, MOST):
        new, outcomes = publish_all(content, wishes)
        told = [each.code if isinstance(each, RolecallError) else each for each in outcomes]
        assert (new, told) == one_by_one(content, wishes), content


def without(content: bytes, *names: str) -> bytes:
    return withdraw(content, names, INSTALLATION).content


THEIRS = (
    *(b"[a]\n", b"  [a]\n", b"[b]\n", b"[a]\n  k = v\n", b"[b]\n  k = v\n", b"k = v\n"),
    *(b"  more\n", b"junk\n", b"# c\n", b"region = x\n", b"\n"),
)
IN_BETWEEN = (b"", b"# theirs\n", b"[theirs]\nk = v\n")


@pytest.mark.parametrize("region", [None, "eu-west-1"])
@pytest.mark.parametrize("between", IN_BETWEEN)
def test_withdrawn_in_any_order_nothing_is_left_of_it(region: str | None, between: bytes) -> None:
    for lines in files(THEIRS, MOST):
        for content in as_people_leave_them(lines):
            one = _put(_put(content, "a", region), "a", region, key_id="ASIAPROD2")
            two = _put(one + between, "b", region)
            if one is two:
                continue
            assert without(one, "a") == content, content
            left = {without(two, "a", "b"), without(without(two, "a"), "b"), without(without(two, "b"), "a")}
            if not between:
                assert left == {content}, content
            assert len(left) == 1, content
            assert without(two, "b").replace(between, b"") == one.replace(between, b""), content


def _put(content: bytes, name: str, region: str | None, *, key_id: str = "ASIAPROD1") -> bytes:
    known = frozenset({"ASIAPROD1"})
    terms = Terms(installation=INSTALLATION, known_key_ids=known, renewal=False, displace=True)
    try:
        return publish(content, wanted(name, key_id, region=region), terms) or content
    except RolecallError:
        return content
