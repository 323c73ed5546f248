"""Commands of the settings file: which program runs must not depend on the folder in which Rolecall was started."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.settings_entries import faults
from app.domain.settings_schema import parse

ALICE = {"access_key_id": "AKIAIOSFODNN7EXAMPLE"}
HALF_PATHS = [
    "scripts/login.sh",
    "./login",
    "../login",
    "x/",
    ".\\login.cmd",
    "tools\\x",
    "\\x",
    "C:x.exe",
    "c:",
    "\n/x",
]
WHOLE_PATHS = ["login", "a b", "/opt/x", "~/bin/x", "~alice/x", "C:\\x.exe", "C:/x.exe", "\\\\server\\share\\x.exe"]


def with_program(program: str) -> list[tuple[str, str, dict[str, Any]]]:
    command = [program, "--for/aws"]
    return [
        ("identity", "mfa", {**ALICE, "mfa": command}),
        ("provider", "command", {"type": "saml", "flow": "command", "command": command}),
        ("provider", "command", {"type": "saml", "command": command, "login_url": "https://idp.example.com"}),
    ]


@pytest.mark.parametrize("program", HALF_PATHS)
def test_a_program_that_is_another_one_in_each_folder_is_refused(program: str) -> None:
    for kind, field, values in with_program(program):
        (error,) = faults(kind, "x", values)
        assert error.field == field
        assert field in error.title
        assert "~/" in error.remedy
        configuration = parse({kind: {"x": values}})
        assert not configuration.identities
        assert not configuration.providers
        assert {each.entry for each in configuration.refusals} == {f"{kind}.x"}


@pytest.mark.parametrize("program", WHOLE_PATHS)
def test_a_program_that_is_the_same_one_everywhere_is_taken(program: str) -> None:
    for kind, _field, values in with_program(program):
        assert faults(kind, "x", values) == []
