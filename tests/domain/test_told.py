from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.errors import Problem
from app.domain.told import Reason, retold, shown, span


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (7500, "2 h 5 min"),
     (86399, "23 h 59 min"), (86400, "1 d"), (100000, "1 d 3 h"), (-90, "1 min")],
)  # fmt: skip
def test_spans(seconds: float, words: str) -> None:
    assert span(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("text", "line"),
    [("alice", "alice"), (" a\n\tb\0c ", "a b c"), ("a\u202eb\u2066", "a b"), ("x" * 20, "x" * 10 + "…"), ("", "")],
)
def test_texts_of_strangers(text: str, line: str) -> None:
    assert shown(text, 10) == line


def test_a_reason_keeps_what_aws_said() -> None:
    reason = Reason(title="Why", detail="This.", remedy="That.")
    told = retold(Problem(code="c", title="t", detail="Words.", request_id="r"), reason)
    assert told == Problem(code="c", title="Why", detail="This. AWS said: Words.", remedy="That.", request_id="r")
    assert retold(Problem(code="c", title="t"), reason).detail == "This."
