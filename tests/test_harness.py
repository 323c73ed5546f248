"""What tests/conftest.py promises to every other test."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[1]
CONFTEST = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")


def test_home_is_empty_and_everybodys(home: Path) -> None:
    assert [path.name for path in home.iterdir()] == ["run"]
    assert Path.home() == home
    assert not any(name.startswith("AWS_") for name in os.environ if name != "AWS_EC2_METADATA_DISABLED")
    assert Path(os.environ["ROLECALL_HOME"]).parent == home


def test_announced_warning_is_no_failure(expect_log: Callable[[str], None]) -> None:
    expect_log("^rolecall.harness: on purpose")
    logging.getLogger("rolecall.harness").warning("on purpose, %s", "with a value")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("    logging.error('nobody said so')", "*unexpected in the log*"),
        ("    expect_log('this')\n    logging.error('that')", "*unexpected in the log*"),
        ("    expect_log('this')", "*expected in the log, but not there*"),
    ],
)
def test_wrong_log_fails(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, body: str, said: str) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(f"import logging\n\n\ndef test_it(expect_log):\n{body}\n")
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([said])


def test_the_tests_are_called_the_same_at_any_time(request: pytest.FixtureRequest) -> None:
    """Processes that share the tests refuse to begin when their names hold the time, an address or a set's order."""
    config = request.config
    found = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--collect-only",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            *config.args,
        ],
        cwd=config.invocation_params.dir,
        env=os.environ | {"PYTHONHASHSEED": "77", "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=True,
    )
    later = set(found.stdout.splitlines())
    assert {name for item in request.session.items if (name := item.nodeid) not in later} == set()


@pytest.mark.x11
def test_private_x_server(xvfb: Mapping[str, str]) -> None:
    child = subprocess.run(
        ["xdotool", "getdisplaygeometry"], env=os.environ | xvfb, capture_output=True, text=True, check=True
    )
    assert child.stdout.split() == ["1600", "1000"]
