"""The identities' secret access keys, from the keyring."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.secret import Secret
    from app.ports import SecretStore


class IdentitySecrets:
    """Reads them, and keeps none. Of many who ask for the same one at a time, one asks the keyring for all."""

    def __init__(self, secrets: SecretStore) -> None:
        self._secrets = secrets
        self._asking: dict[str, asyncio.Task[Secret | None]] = {}

    async def get(self, identity: str) -> Secret | None:
        """The secret of an identity's key; None when the keyring has none. Raises StorageTrouble."""
        asking = self._asking.get(identity)
        if asking is None:
            asking = asyncio.create_task(self._ask(identity))
            asking.add_done_callback(lambda each: each.cancelled() or each.exception())
            self._asking[identity] = asking
        return await asyncio.shield(asking)

    async def _ask(self, identity: str) -> Secret | None:
        try:
            return await self._secrets.get(f"identity/{identity}")
        finally:
            del self._asking[identity]
