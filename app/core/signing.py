"""What can stand behind a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.core.keeper import Keeper, Wish
    from app.domain.chain import Chain
    from app.domain.errors import RolecallError
    from app.domain.proof import Means


class Signer:
    """What can stand behind a request: an identity's key, a session, or a provider's word."""

    async def sign(self, wish: Wish, child: Keeper | None = None) -> Means:
        """The key or proof, obtained first if need be. `child` is the keeper in whose flight the wish travels."""
        raise NotImplementedError

    async def refused(self, means: Means, error: RolecallError) -> None:
        """AWS says that `means` are no longer good: do not use them again."""

    def explain(self, error: RolecallError, means: Means, chain: Chain) -> None:
        """Say better, in place, why AWS refused what `means` were sent for; most have nothing to add."""

    def hasten(self) -> None:
        """A person waits for what is under way; what nobody waits in line for has nothing to hurry."""
