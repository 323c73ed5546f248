"""Providers and the sign-ins there as what people see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.configuration import SourceKind
from app.domain.late import rooms
from app.domain.saml import SamlResponse
from app.domain.values import dataclass
from app.domain.view import OfferedRole, ProviderView, SignIn

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.roster import Roster
    from app.core.sign_ins import ProviderSignIn
    from app.domain import saml_explain, token_explain
    from app.domain.configuration import Configuration, Profile, Provider
    from app.domain.proof import Proof
    from app.domain.view import Fact
else:
    # What is shown of a proof, and of one that AWS refused
    saml_explain, token_explain = rooms("app.domain", "saml_explain", "token_explain")


@dataclass(slots=True, kw_only=True, eq=False)
class _Seen:
    """What the microscope showed of a proof, for as long as it says the same."""

    proof: Proof
    usable: bool
    facts: tuple[Fact, ...]


class ProviderViews:
    """Makes the views; what a proof says is read only once while nothing about it changes."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}
        self._profiles: dict[str, list[Profile]] = {}
        self._profiles_of: Configuration | None = None

    def views(self, roster: Roster, now: datetime) -> tuple[ProviderView, ...]:
        """One for each provider of the settings."""
        if self._profiles_of is not roster.configuration:
            self._profiles_of, self._profiles = roster.configuration, behind_providers(roster.configuration)
        return tuple(self._view(sign_in, now) for sign_in in roster.sign_ins.values())

    def _view(self, sign_in: ProviderSignIn, now: datetime) -> ProviderView:
        provider, last = sign_in.provider, sign_in.last
        profiles = self._profiles.get(provider.name, [])
        return ProviderView(
            name=provider.name,
            type=provider.type,
            way=sign_in.way.value,
            ways=tuple(each.value for each in sign_in.ways),
            status=status(sign_in),
            place=provider.place,
            usable_until=sign_in.usable_until,
            remembered=sign_in.remembered,
            keeps=provider.remembers,
            subject=_subject(last),
            seen=sign_in.seen,
            roles=offered(last, profiles),
            facts=self._facts(provider, last, now) if last is not None else (),
            profiles=tuple(each.name for each in profiles),
            problem=sign_in.problem,
        )

    def _facts(self, provider: Provider, proof: Proof, now: datetime) -> tuple[Fact, ...]:
        seen, usable = self._seen.get(provider.name), proof.usable(now)
        if seen is None or seen.proof is not proof or seen.usable is not usable:
            if isinstance(proof, SamlResponse):
                facts = saml_explain.facts(proof, now)
            else:
                facts = token_explain.facts(proof, now, provider)
            seen = self._seen[provider.name] = _Seen(proof=proof, usable=usable, facts=facts)
        return seen.facts


def status(sign_in: ProviderSignIn) -> SignIn:
    """What the sign-in looks like now."""
    found = SignIn.OUT
    if sign_in.asking:
        found = SignIn.WAITING
    elif sign_in.leaving:
        found = SignIn.LEAVING
    elif sign_in.busy:
        found = SignIn.SIGNING_IN
    elif sign_in.held is not None:
        found = SignIn.IN
    elif sign_in.problem is not None:
        found = SignIn.FAILED
    elif sign_in.remembered:
        found = SignIn.REMEMBERED
    return found


def behind_providers(configuration: Configuration) -> dict[str, list[Profile]]:
    """The profiles that start from each provider, by its name."""
    found: dict[str, list[Profile]] = {}
    for profile in configuration.profiles.values():
        if profile.source.kind is SourceKind.PROVIDER:
            found.setdefault(profile.source.name, []).append(profile)
    return found


def offered(proof: Proof | None, profiles: list[Profile]) -> tuple[OfferedRole, ...]:
    """The roles of an assertion, each with the first of the provider's profiles that stands for it."""
    if not isinstance(proof, SamlResponse):
        return ()
    known: dict[str, str] = {}
    for profile in profiles:
        known.setdefault(str(profile.role_arn), profile.name)
    return tuple(
        OfferedRole(
            role_arn=str(each.role_arn),
            role_name=each.role_arn.name,
            account=each.role_arn.account,
            provider_arn=each.provider_arn,
            profile=known.get(str(each.role_arn), ""),
        )
        for each in proof.assertion.roles
    )


def _subject(proof: Proof | None) -> str:
    if proof is None:
        return ""
    if isinstance(proof, SamlResponse):
        return proof.assertion.session_name or proof.assertion.subject
    return proof.facts.claim("email") or proof.facts.subject
