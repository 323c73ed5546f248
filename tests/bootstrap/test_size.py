"""The size that a person wishes, as the settings file has it and as a real screen gets it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import size
from tests.private_display import private_display

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWN = """
import os, sys
from app.bootstrap import size
from PySide6.QtWidgets import QApplication, QWidget
with size.enlarged(int(sys.argv[1])):
    app = QApplication(["rolecall"])
made = QWidget()
made.resize(300, 200)
print(made.devicePixelRatio(), made.grab().width(), os.environ.get("QT_SCALE_FACTOR"))
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", 100),
        ("[settings]\nsize = 150\n", 150),
        ('[settings]\n  "size"=200 # large\n', 200),
        ("settings = {size = 125}\n", 100),
        ("[settings]\nsize = 110\n", 100),
        ('[settings]\nsize = "150"\n', 100),
        ("[profile.big]\nsize = 150\n", 100),
        ("settings = 3\nsize = 150\n", 100),
        ("[settings\nsize = 150\n", 100),
        ("size = \ufffe\ud7ff\n", 100),
    ],
)
def test_what_the_file_wishes(tmp_path: Path, text: str, wanted: int) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    assert size.wished(path) == wanted


def test_no_file_and_no_text_wish_nothing(tmp_path: Path) -> None:
    assert size.wished(tmp_path / "none") == 100
    (tmp_path / "bytes").write_bytes(b"size = \xff\n")
    assert size.wished(tmp_path / "bytes") == 100


def test_a_file_that_does_not_mention_it_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(_text: str) -> None:
        pytest.fail("parsed")

    monkeypatch.setattr(tomllib, "loads", parsed)
    path = tmp_path / "config.toml"
    path.write_text('[profile.size]\nresize = 3\n# size\nsession_name = "size = 3"\n')
    assert size.wished(path) == 100


@pytest.mark.parametrize(
    ("before", "percent", "inside"), [(None, 100, None), (None, 150, "1.5"), ("1.5", 200, "3"), ("x", 125, "1.25")]
)
def test_only_what_is_made_inside_is_enlarged(
    monkeypatch: pytest.MonkeyPatch, before: str | None, percent: int, inside: str | None
) -> None:
    monkeypatch.delenv("QT_SCALE_FACTOR", raising=False)
    if before is not None:
        monkeypatch.setenv("QT_SCALE_FACTOR", before)
    with size.enlarged(percent):
        assert os.environ.get("QT_SCALE_FACTOR") == inside
    assert os.environ.get("QT_SCALE_FACTOR") == before


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    with private_display("1366x768x24") as display:
        yield {name: value for name, value in os.environ.items() if name != "QT_SCALE_FACTOR"} | display


def shown(environ: dict[str, str], percent: int) -> list[str]:
    command = [sys.executable, "-c", SHOWN, str(percent)]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.x11
def test_on_a_screen_it_is_that_large(screen: dict[str, str]) -> None:
    assert shown(screen, 100) == ["1.0", "300", "None"]
    assert shown(screen, 200) == ["2.0", "600", "None"]
    assert shown(screen | {"QT_SCALE_FACTOR": "1.5"}, 200) == ["3.0", "900", "1.5"]


@pytest.mark.x11
def test_what_the_desktop_says_of_its_screen_counts_too(screen: dict[str, str]) -> None:
    value = "Xft.dpi:\t192\n"
    command = ["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", value]
    subprocess.run(command, env=screen, check=True)
    assert shown(screen, 100)[:2] == ["2.0", "600"]
    assert shown(screen, 150)[:2] == ["3.0", "900"]
