"""An input ten times as long takes about ten times as long to be read, whatever it consists of.

Both times are processor times of this thread in one run; where they look like more than in proportion they are taken
again, and the best of each counts. Time that grows with the square would be a hundred times as long.
"""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.adapters import aws_config, journal_file, state_file
from app.adapters.credentials_file import edit, lines
from app.adapters.http import Answer
from app.adapters.oidc import callback
from app.adapters.saml.reader import SamlReader
from app.adapters.settings_file import profiles_file, store
from app.adapters.settings_file.scan import scan
from app.adapters.sts import replies
from app.domain import decoded_denial, denied_text, otp, policy_check, sts_limits
from app.domain.arn import RoleArn
from app.domain.errors import RolecallError
from app.domain.redaction import redacted
from app.domain.secret import Secret
from app.domain.sts_requests import AssumeRole
from tests.faults.tally import amount
from tests.fuzz.judging import text_of
from tests.fuzz.laws_answers import AWAITED
from tests.fuzz.laws_files import PLACE
from tests.fuzz.laws_ini import FIRST, INSTALLATION, _section
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.tally import Tally

SHORT, TIMES, MOST = 1_000, 10, 45
"""Characters, how many times as many, and how many times the time is taken for in proportion, with slack."""
NEGLIGIBLE = 0.02
"""Seconds that the long input may take whatever the short one took."""
ATTEMPTS = 4
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ROLE = AssumeRole(role_arn="arn:aws:iam::123456789012:role/Admin", role_session_name="me")


def _sts(data: bytes) -> object:
    answer = Answer(status=403, headers={}, body=data, sent=NOW, received=NOW)
    return replies.read_reply(answer, ROLE, "sts.example.com", signer=FIRST)


def _publish(data: bytes) -> object:
    terms = edit.Terms(installation=INSTALLATION, known_key_ids=frozenset(), renewal=False)
    return edit.withdraw(edit.publish(data, _section(FIRST), terms) or b"", ["ours"], INSTALLATION)


def _withdraw(data: bytes) -> object:
    return edit.withdraw(data, {section.name for section in lines.parse(data).sections}, INSTALLATION)


READERS: dict[str, Callable[[bytes], object]] = {
    "credentials-file": _publish,
    "withdrawal": _withdraw,
    "config-file": lambda data: aws_config.parse(data.decode("utf-8-sig", "replace")),
    "arn": lambda data: RoleArn.parse(text_of(data)),
    "policy": lambda data: (policy_check.findings(text_of(data)), policy_check.pretty(text_of(data))),
    "tags": lambda data: sts_limits.tag_faults(tuple((each, each) for each in text_of(data).split("\n")), ()),
    "names": lambda data: sts_limits.fault("SAMLAssertion", text_of(data)),
    "otpauth": lambda data: otp.parse(Secret(text_of(data))),
    "denied": lambda data: (denied_text.read(text_of(data)), decoded_denial.parse(text_of(data))),
    "sts": _sts,
    "saml": lambda data: SamlReader().read(Secret(text_of(data)), now=NOW),
    "request": lambda data: callback.read(data, AWAITED),
    "settings": lambda data: (store._parsed(text_of(data), PLACE), scan(text_of(data))),
    "profiles": profiles_file.read_bytes,
    "state": lambda data: state_file.parse(data, ""),
    "journal": lambda data: [journal_file.parse(line) for line in data.splitlines()],
    "redaction": lambda data: redacted(text_of(data)),
    "lines": lines.pieces,
}


def _seconds(read: Callable[[bytes], object], data: bytes) -> float:
    begun = time.thread_time()
    with suppress(RolecallError, state_file.DamagedStateError):
        read(data)
    return time.thread_time() - begun


def _factor(read: Callable[[bytes], object], short: bytes, long: bytes) -> float:
    """How many times as long the long one takes; 0 where that is not worth a word."""
    best_short = best_long = float("inf")
    for _attempt in range(ATTEMPTS):
        best_long = min(best_long, _seconds(read, long))
        if best_long < NEGLIGIBLE:
            return 0
        best_short = min(best_short, _seconds(read, short))
        if best_long < best_short * MOST:
            break
    return best_long / best_short


def _grown(before: bytes, piece: bytes, after: bytes, length: int) -> bytes:
    """A piece over and over, between two others; `%d` in it is its number."""
    number = length // len(piece)
    middle = (
        b"".join(piece.replace(b"%d", b"%d" % each) for each in range(number)) if b"%d" in piece else piece * number
    )
    return before + middle + after


OURS = f"]\nx_rolecall = {INSTALLATION}/p\n".encode()
NUMBERED = (
    *(b"k%d = 1\n", b"[s%d]\nk = v\n", b"[profile.p%d]\nx = 1\n", b'"k%d": 1,', b"<a%d/>", b"&k%d=1"),
    *(b"[s" + OURS, b"[s%d" + OURS, b"[s%d" + OURS + b"x_rolecall_added = displaced\n"),
)


def _shapes(pieces: list[bytes], ends: tuple[bytes, ...], most: int) -> list[tuple[bytes, bytes, bytes]]:
    around = [
        (b"", b""),
        (b"a", b"b"),
        (b"{", b"}"),
        *((before, b"") for before in pieces),
        *((b"", end) for end in ends),
    ]
    shapes = [(before, piece, after) for piece in pieces for before, after in around]
    first = [(before, piece, after) for piece in (*NUMBERED, b" ", b"\t") for before, after in around[:3]]
    return [*first, *shapes[:: len(shapes) // most + 1]]


@pytest.mark.parametrize("name", READERS)
def test_ten_times_as_long_takes_about_ten_times_as_long(name: str, tally: Tally) -> None:
    target = TARGETS.get(name, TARGETS["credentials-file"])
    pieces = [each for each in dict.fromkeys((*target.pieces, b"a", b" ", b"\t", b"\n", b"a=1\n")) if len(each) < 200]
    ends = (b"", b"\x00", *target.pieces[:: max(1, len(target.pieces) // 4)])
    worst, row = 0.0, f"input: growth, {name}"
    for before, piece, after in _shapes(pieces, ends, amount(400, 15)):
        with tally.case(row, f"{before[:20]!r} {piece[:20]!r} {after[:20]!r}"):
            short, long = (_grown(before, piece, after, length) for length in (SHORT, SHORT * TIMES))
            factor = _factor(READERS[name], short, long)
            worst = max(worst, factor)
            assert factor < MOST, f"{factor:.0f} times as long"
    tally.note(row, f"at worst {worst:.0f} times")
