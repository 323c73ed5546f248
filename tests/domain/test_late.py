from __future__ import annotations

import subprocess
import sys

import pytest

from app.domain.late import late, load, rooms


def test_an_object_is_made_once_and_only_when_it_is_used() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return "abc"

    text = late(make)
    assert made == []
    assert (text.upper(), text.startswith("a")) == ("ABC", True)
    assert made == ["made"]
    with pytest.raises(AttributeError):
        text.nothing  # type: ignore[attr-defined]  # noqa: B018  # it is asked for


def test_what_cannot_be_made_is_tried_again() -> None:
    tries: list[int] = []

    def make() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not yet")
        return "abc"

    text = late(make)
    with pytest.raises(ValueError, match="not yet"):
        text.upper()
    assert text.upper() == "ABC"


def test_a_module_is_loaded_when_something_in_it_is_asked_for() -> None:
    code = (
        "import sys; from app.domain.late import rooms; (otp,) = rooms('app.domain', 'otp');"
        "assert 'app.domain.otp' not in sys.modules; otp.__file__; assert 'app.domain.otp' in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    (errors,) = rooms("app.domain", "errors")
    from app.domain.errors import BadInput

    assert errors.BadInput is BadInput


def test_rooms_can_be_loaded_before_they_are_used() -> None:
    code = """
import sys
from app.domain.late import load, rooms
stand_ins = rooms("app.domain", "otp", "arn")
assert "app.domain.otp" not in sys.modules
load(*stand_ins, sys)
assert {"app.domain.otp", "app.domain.arn"} <= sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    load(*rooms("app.domain", "otp"))
