"""All keepers of a configuration, made anew where the configuration changed and kept where it did not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.core.keeper import Keeper
from app.core.keepers import (
    IdentityKey,
    MfaSessionKeeper,
    ProfileKeeper,
    SharedMfaKeeper,
    mfa_key,
    takes_code_itself,
)
from app.core.places import Place
from app.core.sign_ins import ProviderSignIn
from app.domain import chain as chains

if TYPE_CHECKING:
    import asyncio

    from app.core.keeper import Wiring
    from app.core.signing import Signer
    from app.domain.chain import Chain
    from app.domain.configuration import Configuration, Provider


class Roster:
    """Who keeps what, for one configuration.

    `left_behind` names sessions from before that nobody keeps any more: their profiles are gone, or others now.
    `ending` are their flights, cancelled but perhaps not yet over.
    """

    def __init__(self, configuration: Configuration, wiring: Wiring, before: Roster | None = None) -> None:
        self.configuration = configuration
        self.profiles: dict[str, ProfileKeeper] = {}
        self.mfa_sessions: dict[str, MfaSessionKeeper] = {}
        self.sign_ins: dict[str, ProviderSignIn] = {}
        self.left_behind: set[str] = set()
        self.ending: set[asyncio.Task[Any]] = set()
        self._guarded: dict[str, Place] | None = None
        self._wiring = wiring
        self._before_profiles = before.profiles if before is not None else {}
        self._before_mfa = before.mfa_sessions if before is not None else {}
        before_sign_ins = before.sign_ins if before is not None else {}
        for provider in configuration.providers.values():
            self.sign_ins[provider.name] = self._sign_in(provider, before_sign_ins.get(provider.name))
        untouched = _untouched(before, configuration, wiring) if before is not None else frozenset()
        for name in configuration.profiles:
            old = self._before_profiles[name] if name in untouched else None
            if old is None or not all(parent.name in untouched for parent in old.chain.parents):
                self._profile(chains.resolve(configuration, name))
                continue
            self.profiles[name] = old
            if isinstance(old.signer, MfaSessionKeeper):
                self.mfa_sessions[old.signer.place.key] = old.signer
        # Made with its parents first, shown as the settings file has it.
        self.profiles = {name: self.profiles[name] for name in configuration.profiles}
        self._ordered = sorted(self.profiles.values(), key=lambda keeper: len(keeper.chain.parents))
        self._part_from(before.all() if before is not None else [])
        for sign_in in before_sign_ins.values():
            if sign_in is not self.sign_ins.get(sign_in.provider.name) and (task := sign_in.abandon()) is not None:
                self.ending.add(task)
        self._before_profiles, self._before_mfa = {}, {}

    def _sign_in(self, provider: Provider, old: ProviderSignIn | None) -> ProviderSignIn:
        """The sign-in from before, if it is at the same provider the same way."""
        if old is not None and old.provider == provider:
            return old
        new = ProviderSignIn(provider, self._wiring)
        if old is not None:
            new.inherit(old)
        return new

    def _part_from(self, old_keepers: list[Keeper]) -> None:
        refused = {refusal.entry for refusal in self.configuration.refusals}
        for old in old_keepers:
            key = old.place.key
            if self.by_key(key) is not old and (flight := old.abandon()) is not None:
                self.ending.add(flight)
            if isinstance(old, ProfileKeeper) and key not in self.profiles and f"profile.{key}" not in refused:
                self.left_behind.add(key)

    def by_key(self, key: str) -> Keeper | None:
        """The keeper of a profile's name or an MFA session's key."""
        return self.profiles.get(key) or self.mfa_sessions.get(key)

    def guarded_places(self) -> dict[str, Place]:
        """Where the profiles live that have a lease or are pinned to an account, by name."""
        if self._guarded is None:
            places = ((name, keeper.place) for name, keeper in self.profiles.items())
            self._guarded = {name: each for name, each in places if each.lease is not None or each.account_pin}
        return self._guarded

    def all(self) -> list[Keeper]:
        """Every keeper, those that sign for others first."""
        return [*self.mfa_sessions.values(), *self._ordered]

    def _profile(self, chain: Chain) -> ProfileKeeper:
        name = chain.profile.name
        if name not in self.profiles:
            self.profiles[name] = self._kept(chain) or self._new(chain)
        return self.profiles[name]

    def _kept(self, chain: Chain) -> ProfileKeeper | None:
        """The keeper from before, if what it obtains is the same."""
        old = self._before_profiles.get(chain.profile.name)
        if old is not None and chain == old.chain:
            chain = old.chain
        if old is None or not old.keeps(chain, self._wiring.settings):
            return None
        if isinstance(old.signer, Keeper | ProviderSignIn) and self._signs(chain) is not old.signer:
            return None
        old.follow(chain)
        return old

    def trial(self, chain: Chain) -> ProfileKeeper:
        """A keeper for a profile as it stands in a form: it signs like the others, and keeps nothing anywhere."""
        keeper = self._fresh(chain)
        keeper.place = Place(key=f"test:{chain.profile.name}", fingerprint="")
        return keeper

    def _fresh(self, chain: Chain) -> ProfileKeeper:
        if chain.shares_mfa_session:
            return SharedMfaKeeper(chain, self._mfa_session(chain), self._wiring)
        return ProfileKeeper(chain, self._signer(chain), self._wiring)

    def _new(self, chain: Chain) -> ProfileKeeper:
        keeper = self._fresh(chain)
        old = self._before_profiles.get(chain.profile.name)
        if old is not None and not keeper.inherit(old):
            self.left_behind.add(old.place.key)
        return keeper

    def _signs(self, chain: Chain) -> Signer:
        return self._mfa_session(chain) if chain.shares_mfa_session else self._signer(chain)

    def _signer(self, chain: Chain) -> Signer:
        if chain.parent is not None:
            return self._profile(chains.resolve(self.configuration, chain.parent.name))
        if chain.provider is not None:
            return self.sign_ins[chain.provider.name]
        if chain.identity is None:
            message = "a chain begins with an identity or a provider"
            raise AssertionError(message)
        if chain.mfa_device is not None and not takes_code_itself(chain):
            return self._mfa_session(chain)
        return IdentityKey(chain.identity, self._wiring.identity_secrets)

    def _mfa_session(self, chain: Chain) -> MfaSessionKeeper:
        identity, device = chain.identity, chain.mfa_device
        if identity is None or device is None:
            message = "only chains that begin with an identity and a device have an MFA session"
            raise AssertionError(message)
        key = mfa_key(identity, device)
        if key not in self.mfa_sessions:
            old = self._before_mfa.get(key)
            keeps = old is not None and old.keeps(identity, self._wiring.settings)
            self.mfa_sessions[key] = old if old and keeps else MfaSessionKeeper(identity, device, self._wiring)
        return self.mfa_sessions[key]


def _untouched(before: Roster, configuration: Configuration, wiring: Wiring) -> frozenset[str]:
    """Names of profiles that are kept as they are, if their parents are too: most of a thousand, when one changes."""
    old = before.configuration
    if (old.identities, old.providers) != (configuration.identities, configuration.providers):
        return frozenset()
    if before._wiring.settings != wiring.settings:  # noqa: SLF001  # another of its own kind
        return frozenset()
    profiles = configuration.profiles
    return frozenset(name for name in before.profiles if profiles.get(name) == before.profiles[name].profile)
