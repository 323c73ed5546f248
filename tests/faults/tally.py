"""Cases counted, not only tests: one test of a sweep tries hundreds, goes on after a failure, and tells them all.

    def test_every_call_fails_once(tally: Tally) -> None:
        for call in chosen(all_calls(), 40):
            with tally.case("errno: publish", f"{call} ENOSPC"):
                assert ...

A test with a failed case fails when it ends. `make faults` prints the rows of all tests as one table.
"""

from __future__ import annotations

import os
import random
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WHOLE = os.environ.get("ROLECALL_FAULTS") == "whole"
"""Whether all cases are tried (`make faults`), or the slice of them that every test run takes."""

SHOWN = 20
_Case = TypeVar("_Case")


def chosen(cases: Sequence[_Case], most: int) -> list[_Case]:
    """All cases, or of a slice at most `most` of them: always the same ones, from all over the sequence, in order."""
    if WHOLE or len(cases) <= most:
        return list(cases)
    picked = random.Random(len(cases)).sample(range(len(cases)), most)  # noqa: S311  # nothing here is a secret
    return [cases[index] for index in sorted(picked)]


def amount(whole: int, of_slice: int) -> int:
    """How many: `whole` for all, `of_slice` in every test run."""
    return whole if WHOLE else of_slice


@dataclass(slots=True)
class Row:
    """What is counted under one name. `seconds` is the time the cases took."""

    tried: int = 0
    failed: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)


class Tally:
    """The cases of one test, by the row of the table they belong to; threads may try them beside each other."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self._failures: list[str] = []
        self._guard = threading.Lock()

    @contextmanager
    def case(self, row: str, name: str) -> Iterator[None]:
        """Try one case: an AssertionError or another error in it is counted, and told when the test ends."""
        self.count(row, 1)
        begun = time.monotonic()
        try:
            yield
        except Exception as error:  # noqa: BLE001  # whatever it was, the other cases are wanted too
            with self._guard:
                self.rows[row].failed += 1
                self._failures.append(f"{row}: {name}: {type(error).__name__}: {error}")
        finally:
            with self._guard:
                self.rows[row].seconds += time.monotonic() - begun

    def count(self, row: str, tried: int) -> None:
        """Add cases that are known to have passed (a library tried them, say): inside a case, as its last word."""
        with self._guard:
            self.rows.setdefault(row, Row()).tried += tried

    def note(self, row: str, text: str) -> None:
        """Tell a figure behind the row."""
        with self._guard:
            self.rows.setdefault(row, Row()).notes.append(text)

    def verdict(self) -> None:
        """Raise AssertionError if a case failed."""
        if self._failures:
            more = len(self._failures) - SHOWN
            shown = self._failures[:SHOWN] + ([f"and {more} more"] if more > 0 else [])
            raise AssertionError(f"{len(self._failures)} cases failed:\n" + "\n".join(shown))


def added(rows: Iterable[Sequence[Any]]) -> dict[str, Row]:
    """The rows of many tests, as name, tried, failed, seconds, notes; those of one name are added up."""
    sums: dict[str, Row] = {}
    for name, tried, failed, seconds, notes in rows:
        sum_of = sums.setdefault(name, Row())
        sum_of.tried += tried
        sum_of.failed += failed
        sum_of.seconds += seconds
        sum_of.notes += notes
    return sums


def table(rows: dict[str, Row]) -> str:
    """Rows as a text, with their sum."""
    lines = [f"{'case':<58}{'tried':>8}{'passed':>8}{'failed':>8}{'s':>8}"]
    for name, row in sorted(rows.items()):
        noted = f"  {'; '.join(row.notes)}" if row.notes else ""
        lines.append(_line(name, row) + noted)
    total = Row(*(sum(getattr(row, name) for row in rows.values()) for name in ("tried", "failed", "seconds")))
    return "\n".join([*lines, _line("all", total)])


def _line(name: str, row: Row) -> str:
    return f"{name:<58}{row.tried:>8}{row.tried - row.failed:>8}{row.failed:>8}{row.seconds:>8.1f}"
