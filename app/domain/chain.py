"""How profiles hang together: from an identity or provider, over other profiles, to the one wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.configuration import Action, MfaUse, Refusal, SourceKind
from app.domain.errors import BadInput
from app.domain.sts_limits import CHAINED_SECONDS, ROLE_SECONDS, ROLE_SECONDS_DEFAULT, SESSION_SECONDS_DEFAULT
from app.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.arn import MfaDevice
    from app.domain.configuration import Configuration, Identity, Profile, Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A profile with everything it depends on, the first link first.

    Exactly one of `identity` and `provider` is set. `parents` are the profiles between it and `profile`.
    """

    profile: Profile
    parents: tuple[Profile, ...] = ()
    identity: Identity | None = None
    provider: Provider | None = None

    @property
    def parent(self) -> Profile | None:
        """The profile whose session signs, or None when an identity or provider is next."""
        return self.parents[-1] if self.parents else None

    @property
    def chained(self) -> bool:
        """Whether a role's session signs: STS then caps the new session at 3600 s."""
        return self.parent is not None and self.parent.role_arn is not None

    @property
    def action(self) -> Action:
        """The STS action that obtains the last link's credentials."""
        if self.provider is None or self.parents:
            return self.profile.action
        if self.provider.type == "saml":
            return Action.ASSUME_ROLE_WITH_SAML
        return Action.ASSUME_ROLE_WITH_WEB_IDENTITY

    @property
    def mfa_device(self) -> MfaDevice | None:
        """The device whose code this very link needs, or None."""
        if self.profile.mfa is MfaUse.NONE or self.identity is None:
            return None
        return self.profile.mfa_device or self.identity.mfa_device

    @property
    def duration(self) -> int:
        """Seconds that the session will last if AWS agrees, the cap for chained roles and the lease applied."""
        return min(self._unleased, self._leased or self._unleased)

    @property
    def wished_duration(self) -> int | None:
        """Seconds to ask for where AWS has a default; None for that."""
        return self.duration if self.profile.duration or self.shortened else None

    @property
    def shortened(self) -> bool:
        """Whether less is asked for because of the lease: copies of the keys are to die with it."""
        return self._leased is not None and self._leased < self._unleased

    @property
    def _leased(self) -> int | None:
        """Seconds of the shortest life that AWS grants and that covers the lease."""
        return None if self.profile.lease is None else max(self.profile.lease, ROLE_SECONDS[0])

    @property
    def _unleased(self) -> int:
        if self.profile.role_arn is None:
            return self.profile.duration or self._session_default
        wished = self.profile.duration or ROLE_SECONDS_DEFAULT
        return min(wished, CHAINED_SECONDS) if self.chained else wished

    @property
    def capped(self) -> bool:
        """Whether the profile asks for more than a chained role can have."""
        return self.chained and (self.profile.duration or 0) > CHAINED_SECONDS and not self.shortened

    @property
    def shares_mfa_session(self) -> bool:
        """Whether the profile *is* the identity's MFA session: GetSessionToken with MFA and no life of its own."""
        if self.profile.action is not Action.GET_SESSION_TOKEN or self.profile.mfa is MfaUse.NONE or self.shortened:
            return False
        return self.profile.duration in (None, self.identity.mfa_session_duration if self.identity else None)

    @property
    def _session_default(self) -> int:
        if self.profile.mfa is not MfaUse.NONE and self.identity is not None:
            return self.identity.mfa_session_duration
        return SESSION_SECONDS_DEFAULT


def resolve(configuration: Configuration, name: str) -> Chain:
    """Follow the sources of the profile `name`. Raises BadInput when they lead nowhere or in a circle."""
    profiles = configuration.profiles
    if name not in profiles:
        raise BadInput(
            code="profile-unknown",
            title=f"There is no profile “{name}”",
            remedy="`rolecall list` shows the names." if profiles else "Import or add a profile first.",
            field="profile",
        )
    links = [profiles[name]]
    while links[0].source.kind is SourceKind.PROFILE:
        parent = profiles.get(links[0].source.name)
        if parent is None:
            raise _no_source(links[0])
        if parent in links:
            raise _loop([*(each.name for each in (parent, *links))])
        links.insert(0, parent)
    first = links[0].source
    identity = configuration.identities.get(first.name) if first.kind is SourceKind.IDENTITY else None
    provider = configuration.providers.get(first.name) if first.kind is SourceKind.PROVIDER else None
    if identity is None and provider is None:
        raise _no_source(links[0])
    return Chain(profile=links[-1], parents=tuple(links[:-1]), identity=identity, provider=provider)


def check(chain: Chain) -> None:
    """Raise BadInput when AWS can never grant what the last link of `chain` asks for.

    Sources: IAM user guide, "Request temporary security credentials" (who may call what); STS API reference.
    """
    profile = chain.profile
    if profile.action in (Action.GET_SESSION_TOKEN, Action.GET_FEDERATION_TOKEN) and (
        chain.parents or chain.provider is not None
    ):
        raise _refused(
            profile,
            "source",
            f"{profile.action.value} takes only an IAM user's own key, not a session's.",
            "Give it an identity as source, or a role_arn.",
        )
    if chain.parent is not None and chain.parent.action is Action.GET_FEDERATION_TOKEN:
        raise _refused(
            profile,
            "source",
            f"“{chain.parent.name}” is a federated user, and federated users cannot assume roles.",
            "Start from the identity itself.",
        )
    if profile.action is Action.ASSUME_ROLE and chain.identity is not None and _is_root(chain.identity):
        raise _refused(
            profile,
            "source",
            f"“{chain.identity.name}” is the root user of its account, and root cannot assume roles.",
            "Use an IAM user's access key; root should have none.",
        )
    _check_federated(chain)
    _check_mfa(chain)


def _check_federated(chain: Chain) -> None:
    """What only AssumeRole takes; left out in silence, the session would be another than the one configured."""
    if chain.action not in (Action.ASSUME_ROLE_WITH_SAML, Action.ASSUME_ROLE_WITH_WEB_IDENTITY):
        return
    for key in ("external_id", "source_identity", "tags", "transitive_tag_keys"):
        if getattr(chain.profile, key):
            raise _refused(
                chain.profile,
                key,
                f"{chain.action.value} takes no {key}: tags and source identity come from the provider.",
                f"Remove {key}, or set it on a role that is assumed from this one.",
            )
    if chain.action is Action.ASSUME_ROLE_WITH_SAML and chain.profile.session_name:
        raise _refused(
            chain.profile,
            "session_name",
            "With SAML the provider names the session (RoleSessionName in the assertion).",
            "Remove session_name.",
        )


def _is_root(identity: Identity) -> bool:
    """Root's key looks like any other; what gives it away is the device that AWS names for root alone."""
    return identity.mfa_device is not None and identity.mfa_device.serial.endswith(":mfa/root-account-mfa-device")


def _check_mfa(chain: Chain) -> None:
    profile = chain.profile
    if profile.mfa is MfaUse.NONE:
        return
    if profile.action is Action.GET_FEDERATION_TOKEN:
        raise _refused(
            profile, "mfa", "GetFederationToken takes no MFA code.", "Remove mfa, or use a role that asks for MFA."
        )
    if chain.parents or chain.provider is not None:
        raise _refused(
            profile,
            "mfa",
            "Only the first link of a chain, the one that starts from an identity, can use MFA.",
            f"Set mfa on “{chain.parents[0].name}”." if chain.parents else "Remove mfa: the provider asks for it.",
        )
    if chain.mfa_device is None:
        name = chain.identity.name if chain.identity else ""
        raise _refused(
            profile, "mfa_device", f"mfa is set, but neither it nor “{name}” names a device.", "Set mfa_device."
        )


def refuse_broken(configuration: Configuration, profiles: Mapping[str, Profile]) -> tuple[Refusal, ...]:
    """Find the profiles that can never work: loops, missing sources, combinations that STS refuses."""
    found = []
    for name in profiles:
        try:
            chain = resolve(configuration, name)
            for depth in range(len(chain.parents)):
                check(resolve(configuration, chain.parents[depth].name))
            check(chain)
        except BadInput as error:
            role = str(profiles[name].role_arn or "")
            found.append(Refusal(entry=f"profile.{name}", problem=error.problem, role_arn=role))
    return tuple(found)


def _loop(names: list[str]) -> BadInput:
    return BadInput(
        code="source-loop",
        title="The sources lead back to where they began",
        detail=" → ".join(names),
        remedy="Let one of them start from an identity or a provider.",
        field="source",
    )


def _no_source(profile: Profile) -> BadInput:
    return BadInput(
        code="source-missing",
        title=f"“{profile.name}” has no source",
        detail=f"There is no {profile.source.kind.value} named “{profile.source.name}”.",
        remedy=f"Add it, or choose another source for “{profile.name}”.",
        field="source",
    )


def _refused(profile: Profile, field: str, detail: str, remedy: str) -> BadInput:
    return BadInput(
        code="profile-impossible",
        title=f"“{profile.name}” cannot work like this",
        detail=detail,
        remedy=remedy,
        field=field,
    )
