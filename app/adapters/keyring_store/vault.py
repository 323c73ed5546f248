"""What every place for secrets can do, and the simplest one: memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.domain.secret import Secret

SERVICE = "rolecall"


class Vault(Protocol):
    """A place for secrets. All methods block; all raise StorageTrouble and nothing else."""

    def get(self, key: str) -> Secret | None:
        """Read an item; None when there is none."""

    def set(self, key: str, value: Secret) -> None:
        """Write an item."""

    def delete(self, key: str) -> None:
        """Remove an item; none there is fine."""

    def describe(self) -> str:
        """Name the place for people."""


class MemoryVault:
    """Keeps secrets until the process ends."""

    def __init__(self) -> None:
        self._items: dict[str, Secret] = {}

    def get(self, key: str) -> Secret | None:
        """See Vault."""
        return self._items.get(key)

    def set(self, key: str, value: Secret) -> None:
        """See Vault."""
        self._items[key] = value

    def delete(self, key: str) -> None:
        """See Vault."""
        self._items.pop(key, None)

    def describe(self) -> str:
        """See Vault."""
        return "in memory until quit"
