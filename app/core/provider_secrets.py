"""Refresh tokens and client secrets in the keyring, each bound to the place it was given for.

The keyring knows them by the provider's name only, and settings can be edited by hand or come from somebody else: the
name may stand for another place by now. So the state says which place an item belongs to, and it is sent nowhere else.
An entry is written after its item and removed before it: whatever moment a crash picks, no item is left under an entry
of another place, only items without one, which nobody uses.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.domain.configuration import place_fingerprint
from app.domain.errors import ProviderTrouble, StorageTrouble
from app.domain.values import replace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.core.world import World
    from app.domain.configuration import Provider
    from app.domain.secret import Secret
    from app.domain.state import SharedState

NO_KEYRING = frozenset({"keyring-absent", "keyring-plaintext"})
"""A machine without a keyring: nothing was ever kept there, and what would be is held in memory."""


def refresh_token_key(provider: str) -> str:
    """The keyring item of a provider's refresh token."""
    return f"provider/{provider}/refresh-token"


def client_secret_key(provider: str) -> str:
    """The keyring item of the secret that some providers give even to native programs."""
    return f"provider/{provider}/client-secret"


class ProviderSecrets:
    """What this process and others keep of providers.

    What a keyring in memory holds is nobody else's, and gone when the process ends: its entries stay in the process.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._in_memory: dict[str, str] = {}

    async def bound(self, key: str, provider: Provider) -> bool:
        """Whether there is an item for this very place, as far as the entries say; asks no keyring."""
        return (await self._entries()).get(key) == place_fingerprint(provider)

    async def get(self, key: str, provider: Provider) -> Secret | None:
        """The item, if it was given for this very place; what was not is not even read. Raises StorageTrouble."""
        if not await self.bound(key, provider):
            return None
        value = await self._read(key, missing=self._unbind)
        # Another process, with other settings, may have put another one there meanwhile
        return value if await self.bound(key, provider) else None

    async def client_secret(self, provider: Provider) -> Secret | None:
        """The client secret, for providers that have one.

        Raises StorageTrouble, and ProviderTrouble `client-secret-elsewhere` for one that was given for another place.
        """
        key = client_secret_key(provider.name)
        value = await self._read(key)
        if value is None or await self.bound(key, provider):
            return value
        if self._world.secrets.lasting:
            with suppress(StorageTrouble):  # it is not sent anyway
                await self._world.state.update(lambda state: _noticed(state, key))
        raise secret_elsewhere(provider)

    async def put(self, key: str, value: Secret, provider: Provider) -> None:
        """Keep an item for a place. Raises StorageTrouble; the item is then of no use to any."""
        place = place_fingerprint(provider)
        if not await self.bound(key, provider):
            await self._unbind(key)
        await self._world.secrets.set(key, value)
        if self._world.secrets.lasting:
            await self._world.state.update(lambda state: _bound(state, key, place))
        else:
            self._in_memory[key] = place

    async def delete(self, key: str) -> None:
        """Delete an item, whatever place it is for. Raises StorageTrouble; it is of no use then, too."""
        await self._unbind(key)
        try:
            await self._world.secrets.delete(key)
        except StorageTrouble as error:
            if error.code not in NO_KEYRING:
                raise

    async def delete_foreign(self, key: str, provider: Provider) -> None:
        """Delete an item that is known to be for another place. Raises StorageTrouble."""
        if await self.is_foreign(key, provider):
            await self.delete(key)

    async def is_foreign(self, key: str, provider: Provider) -> bool:
        """Whether an item is known to be for another place; asks no keyring."""
        place = (await self._entries()).get(key)
        return place is not None and place != place_fingerprint(provider)

    async def move(self, old: str, new: str, was: Provider, now: Provider) -> None:
        """Keep an item of one provider under another name, if that is the same place. Raises StorageTrouble."""
        if place_fingerprint(was) != place_fingerprint(now):
            return
        value = await self.get(old, was)
        if value is not None:
            await self.put(new, value, now)
            await self.delete(old)

    async def _entries(self) -> Mapping[str, str]:
        if not self._world.secrets.lasting:
            return self._in_memory
        return (await self._world.state.read()).provider_secrets

    async def _unbind(self, key: str) -> None:
        self._in_memory.pop(key, None)
        if self._world.secrets.lasting:
            await self._world.state.update(lambda state: _unbound(state, key))

    async def _read(self, key: str, missing: Callable[[str], Awaitable[None]] | None = None) -> Secret | None:
        """An item. `missing` is called when somebody deleted it; a machine without a keyring does not know."""
        try:
            value = await self._world.secrets.get(key)
        except StorageTrouble as error:
            if error.code in NO_KEYRING:
                return None
            raise
        if value is None and missing is not None:
            await missing(key)
        return value


def _bound(state: SharedState, key: str, place: str) -> SharedState:
    return replace(state, provider_secrets={**state.provider_secrets, key: place})


def _noticed(state: SharedState, key: str) -> SharedState:
    """With an entry for an item that had none, of no place: now it is known to be there."""
    return state if key in state.provider_secrets else _bound(state, key, "")


def _unbound(state: SharedState, key: str) -> SharedState:
    kept = {each: place for each, place in state.provider_secrets.items() if each != key}
    return replace(state, provider_secrets=kept)


def secret_elsewhere(provider: Provider) -> ProviderTrouble:
    """The refusal to send a client secret to a place that it was not given for."""
    return ProviderTrouble(
        code="client-secret-elsewhere",
        title=f"The client secret of “{provider.name}” was stored for another issuer or client",
        detail="It was not entered for the issuer, client ID and addresses that the settings name now, so it is not "
        f"sent to {provider.place}.",
        remedy="If these settings are right, enter it again in the provider's editor or with "
        f"`rolecall provider add {provider.name} --client-secret`. Saved without one, the provider has none.",
        field="client_secret",
    )
