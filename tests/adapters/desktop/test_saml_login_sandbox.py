from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from app.adapters.desktop.saml_login import engine, sandbox
from app.domain.errors import ProviderTrouble

if TYPE_CHECKING:
    from pathlib import Path

ALICE = 1000


def machine(root: Path, **files: str) -> Path:
    for name, content in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="ascii")
    return root


def test_an_ordinary_system_has_one(tmp_path: Path) -> None:
    root = machine(tmp_path, proc__sys__user__max_user_namespaces="96551\n")
    assert not sandbox.missing({}, root=root, user=ALICE)


def test_a_system_that_says_nothing_is_trusted(tmp_path: Path) -> None:
    assert not sandbox.missing({}, root=tmp_path, user=ALICE)


def test_root_has_none(tmp_path: Path) -> None:
    assert "root" in sandbox.missing({}, root=tmp_path, user=0)


@pytest.mark.parametrize("value", ["1", "true"])
def test_a_person_may_do_without(tmp_path: Path, value: str) -> None:
    assert not sandbox.missing({sandbox.DISABLED: value}, root=tmp_path, user=0)


@pytest.mark.parametrize("value", ["", "0"])
def test_the_switch_may_be_off(tmp_path: Path, value: str) -> None:
    assert sandbox.missing({sandbox.DISABLED: value}, root=tmp_path, user=0)


@pytest.mark.parametrize(
    "name", ["proc__sys__user__max_user_namespaces", "proc__sys__kernel__unprivileged_userns_clone"]
)
def test_namespaces_may_be_switched_off(tmp_path: Path, name: str) -> None:
    root = machine(tmp_path, **{name: "0\n"})
    assert "user namespaces" in sandbox.missing({}, root=root, user=ALICE)


@pytest.mark.parametrize(
    ("restricted", "profile", "told"),
    [
        ("1\n", "unconfined\n", True),
        ("1\n", "unconfined\0", True),
        ("1\n", "rolecall (unconfined)\n", False),
        ("0\n", "unconfined\n", False),
    ],
)
def test_apparmor_restricts_what_has_no_profile(tmp_path: Path, restricted: str, profile: str, *, told: bool) -> None:
    root = machine(
        tmp_path,
        proc__sys__kernel__apparmor_restrict_unprivileged_userns=restricted,
        proc__self__attr__current=profile,
    )
    assert bool(sandbox.missing({}, root=root, user=ALICE)) is told


def test_chromium_itself_is_of_the_same_opinion(tmp_path: Path) -> None:
    """Without a sandbox the process ends, with whatever else it was doing: the reason for looking before."""
    program = (
        "from PySide6.QtWidgets import QApplication; from PySide6.QtWebEngineCore import QWebEngineProfile;"
        "app = QApplication([]); QWebEngineProfile(); print('still here')"
    )
    environ = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=False)
    assert ("still here" in done.stdout) is not bool(sandbox.missing(environ))


def test_without_one_no_page_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "missing", lambda: "there is none")
    with pytest.raises(ProviderTrouble) as caught:
        engine.open_profile(None)
    assert "there is none" in str(caught.value)
    assert "paste a response" in caught.value.remedy
