"""A private D-Bus, with this test as the system services on it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtDBus import QDBusConnection

from tests.adapters.desktop.saml_login_stage import stage, whole_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["bus_address", "buses", "stage", "whole_stage"]

CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={path}</listen>
  <policy context="default"><allow send_destination="*"/><allow own="*"/><allow eavesdrop="true"/></policy>
</busconfig>
"""


@pytest.fixture
def bus_address(tmp_path: Path) -> Iterator[str]:
    configuration = tmp_path / "bus.conf"
    configuration.write_text(CONFIGURATION.format(path=tmp_path / "bus"))
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    assert address
    yield address
    daemon.terminate()
    daemon.communicate(timeout=10)


@pytest.fixture
def buses(bus_address: str, tmp_path: Path, qapp: object) -> Iterator[tuple[QDBusConnection, QDBusConnection]]:
    """Ours, and the one of the service under whose name the test speaks."""
    names = [f"ours-{tmp_path.name}", f"theirs-{tmp_path.name}"]
    ours, theirs = (QDBusConnection.connectToBus(bus_address, name) for name in names)
    assert ours.isConnected()
    assert theirs.isConnected()
    yield ours, theirs
    for name in names:
        QDBusConnection.disconnectFromBus(name)
