"""What holds for every test: a home of its own, no outside settings, and no warning that nobody expected."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

pytest_plugins = ["pytester", "tests.faults.table"]

# Variables by which the person's own AWS, proxies, desktop or Rolecall would reach into a test.
FOREIGN = re.compile(
    r"AWS_.*|BOTO_.*|ROLECALL_(?!FAULTS$).*|XDG_.*|(HTTPS?|ALL|NO)_PROXY|DBUS_SESSION_BUS_ADDRESS|DISPLAY"
    r"|WAYLAND_DISPLAY|QT_.*|QTWEBENGINE_.*|QML.*|PYTHON_KEYRING_.*|GNOME_KEYRING_.*|SSH_AUTH_SOCK|BROWSER",
    re.IGNORECASE,
)

settings.register_profile("developer", max_examples=60, deadline=None)
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


def _environment(home: Path) -> dict[str, str]:
    """Return the variables that make `home` the home of the program and of every tool it starts."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    # Chromium's sandbox refuses to run as root. Only tests do: the program never turns it off.
    sandbox = {} if os.geteuid() else {"QTWEBENGINE_DISABLE_SANDBOX": "1"}
    return sandbox | {
        "HOME": str(home),
        "ROLECALL_HOME": str(home / "rolecall"),
        "XDG_RUNTIME_DIR": str(runtime),
        # No bus: otherwise libdbus would start one, or find the person's own with their keyring behind it.
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/no-bus",
        # botocore would otherwise look for a machine's role on the network.
        "AWS_EC2_METADATA_DISABLED": "true",
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


# From here on, so that fixtures of the whole run and imported modules do not see the person's own either.
for _name in [name for name in os.environ if FOREIGN.fullmatch(name)]:
    del os.environ[_name]
_RUN_HOME = Path(tempfile.mkdtemp(prefix="rolecall-tests-"))
os.environ.update(_environment(_RUN_HOME))


# Shells and nohup have ignored what ends programs; those that the tests start, and end so, would inherit it.
for _number, _handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _handler)


def pytest_unconfigure() -> None:
    """Remove the home of the whole run."""
    shutil.rmtree(_RUN_HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty home directory, and return it."""
    path = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if FOREIGN.fullmatch(name)]:
        monkeypatch.delenv(name)
    for name, value in _environment(path).items():
        monkeypatch.setenv(name, value)
    return path


@pytest.fixture
def expect_log(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Announce a warning or error that the test causes on purpose: a pattern searched in `LOGGER: message`.

    A record of level WARNING or above that matches no announced pattern fails the test, and so does a pattern that
    nothing matches.
    """
    patterns: list[re.Pattern[str]] = []
    request.node.stash[_EXPECTED] = patterns
    return lambda pattern: patterns.append(re.compile(pattern))


_EXPECTED = pytest.StashKey[list[re.Pattern[str]]]()


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail the test if it left a warning in the log that it did not announce through `expect_log`."""
    yield
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    lines = [f"{r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    patterns = request.node.stash.get(_EXPECTED, [])
    unexpected = [line for line in lines if not any(pattern.search(line) for pattern in patterns)]
    absent = [pattern.pattern for pattern in patterns if not any(pattern.search(line) for line in lines)]
    if unexpected:
        pytest.fail("unexpected in the log:\n" + "\n".join(unexpected), pytrace=False)
    if absent:
        pytest.fail("expected in the log, but not there:\n" + "\n".join(absent), pytrace=False)


@pytest.fixture(scope="session")
def xvfb() -> Iterator[Mapping[str, str]]:
    """Run a private X server; yield the variables that lead a child process to it.

    The test process itself stays on the offscreen platform: what needs a real display is started as a program, with
    `os.environ | xvfb`.
    """
    from tests.private_display import private_display

    with private_display() as display:
        yield display
