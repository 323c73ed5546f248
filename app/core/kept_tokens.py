"""What keeps a person signed in at an OpenID provider: the refresh token in the keyring, and its rotation.

A provider may take each refresh token once and give a new one, and may end the whole login when an old one comes a
second time (RFC 9700, section 4.14.2). So it is used under a lock between processes, and the new one is stored as soon
as it is there: whatever is cancelled, or goes wrong with the token that came along, it is not lost.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from app.core.finishing import being_cancelled, finished
from app.core.provider_secrets import refresh_token_key
from app.domain.errors import ProviderTrouble, Retry, RolecallError, StorageTrouble
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.provider_secrets import ProviderSecrets
    from app.core.world import World
    from app.domain.configuration import Provider
    from app.domain.errors import Problem
    from app.domain.secret import Secret
    from app.domain.web_identity import Tokens, WebIdentityToken

REFUSED = "oidc-refresh-refused"


@dataclass(slots=True, kw_only=True)
class _Memory:
    """What the keyring could not take, or was not to; `known` tells whether there was a token when last looked."""

    token: Secret | None = None
    known: bool = False


class KeptTokens:
    """The refresh token of one provider. `troubled` is told what the keyring does not take, None when it does again."""

    def __init__(
        self,
        provider: Provider,
        world: World,
        secrets: ProviderSecrets,
        troubled: Callable[[Problem | None], None],
    ) -> None:
        self._provider = provider
        self._world = world
        self._secrets = secrets
        self._troubled = troubled
        self._key = refresh_token_key(provider.name)
        self._memory = _Memory()
        self._vain: Secret | None = None
        self._refreshing: set[asyncio.Task[WebIdentityToken | None]] = set()

    @property
    def known(self) -> bool:
        """Whether there was a refresh token when last looked."""
        return self._memory.known

    def inherit(self, old: KeptTokens) -> None:
        """Share what another one keeps in memory: an exchange of its own may still change it."""
        self._memory = old._memory

    async def client_secret(self) -> Secret | None:
        """The client secret, for providers that have one. Raises StorageTrouble, ProviderTrouble."""
        return await self._secrets.client_secret(self._provider)

    async def present(self) -> bool:
        """Whether there is a refresh token for this place; asks no keyring. Raises StorageTrouble."""
        bound = self._provider.remembers and await self._secrets.bound(self._key, self._provider)
        self._memory.known = bound or self._memory.token is not None
        return self._memory.known

    async def refreshed(self, *, anew: bool = False) -> WebIdentityToken | None:
        """A new token, or None when only a person can bring one.

        With `anew`, nothing is tried that was in vain the last time and would be so again.

        Raises StorageTrouble, ProviderTrouble, NetworkTrouble.

        A caller that is cancelled does not end the exchange: the provider may have changed the refresh token already.
        """
        task = asyncio.create_task(self._refresh(anew=anew), name=f"refresh {self._provider.name}")
        self._refreshing.add(task)
        task.add_done_callback(self._refreshed)
        return await asyncio.shield(task)

    def _refreshed(self, task: asyncio.Task[WebIdentityToken | None]) -> None:
        self._refreshing.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waits is told; when nobody does any more, nobody needs to know

    async def settled(self) -> None:
        """Wait for exchanges under way."""
        if self._refreshing:
            await asyncio.wait(self._refreshing)

    async def _refresh(self, *, anew: bool) -> WebIdentityToken | None:
        async with self._world.locks.hold(f"provider {self._provider.name}"):
            token = await self._held()
            if anew and token == self._vain:
                return None
            while token is not None:
                try:
                    return await self._exchange(token)
                except ProviderTrouble as error:
                    if error.code != REFUSED:
                        raise
                # Somebody who knows no lock of ours, another home with this keyring, may have used it a moment ago
                newer = await self._held()
                if newer is None or newer == token:
                    await self._drop()
                    return None
                token = newer
        return None

    async def _exchange(self, token: Secret) -> WebIdentityToken:
        secret = await self.client_secret()
        self._vain = token
        try:
            new = await self._world.oidc.refresh(
                self._provider, client_secret=secret, refresh_token=token, rotated=self._rotated
            )
        except RolecallError as error:
            if error.retry is not Retry.NEVER:
                self._vain = None
            raise
        self._vain = None
        return new

    async def _rotated(self, token: Secret) -> None:
        """Store the next refresh token. To be called with the lock held."""
        self._vain = token
        (await finished(self._store(token))).result()
        if being_cancelled():
            raise asyncio.CancelledError

    async def keep(self, tokens: Tokens) -> WebIdentityToken:
        """Keep what a sign-in brought; the token that STS takes. A keyring that does not take it is told elsewhere."""

        async def keep() -> None:
            async with self._world.locks.hold(f"provider {self._provider.name}"):
                await self._store(tokens.refresh_token)

        (await finished(keep())).result()
        return tokens.token

    async def forget(self) -> Secret | None:
        """Forget the refresh token, and return it. Raises StorageTrouble."""
        async with self._world.locks.hold(f"provider {self._provider.name}"):
            token = await self._held()
            await self._drop()
            return token

    async def _held(self) -> Secret | None:
        """The refresh token that was given for this place. To be called with the lock held.

        One that was kept before staying signed in was switched off, perhaps by hand, is not used any more but removed.
        """
        held = self._memory.token
        if not self._provider.remembers:
            if await self._secrets.bound(self._key, self._provider):
                with suppress(StorageTrouble):  # it is not sent anyway
                    await self._secrets.delete(self._key)
        elif held is None:
            held = await self._secrets.get(self._key, self._provider)
        self._memory.known = held is not None
        return held

    async def _store(self, token: Secret | None) -> None:
        if token is None:
            return
        self._memory.token, self._memory.known = token, True
        if not self._provider.remembers:
            return
        try:
            await self._secrets.put(self._key, token, self._provider)
        except StorageTrouble as error:
            self._troubled(error.problem)
            return
        self._memory.token = None
        self._troubled(None)

    async def _drop(self) -> None:
        self._memory.token = None
        try:
            await self._secrets.delete(self._key)
        finally:
            self._memory.known = False  # what could not be deleted is of no use
