from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adapters.keyring_store.keyring_desktop import PASSWORD, Desktop, session_bus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


@pytest.fixture
def bus(home: Path) -> Callable[[], AbstractContextManager[Desktop]]:
    """Start a private session bus on which nobody offers or can be asked for a Secret Service."""
    return lambda: session_bus(home)


@pytest.fixture
def desktop(bus: Callable[[], AbstractContextManager[Desktop]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A desktop with an unlocked gnome-keyring."""
    with bus() as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
        made.keyring_daemon(PASSWORD)
        yield made
