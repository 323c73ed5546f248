"""The kinds of signers and keepers, each wrapping what signs for it.

identity → (MFA session, shared by all profiles of that identity and device) → role → chained role, any depth;
or a provider's sign-in (`app.core.sign_ins`) in the place of the identity.
"""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING

from app.core import guards, requests
from app.core.codes import CodeGiver
from app.core.desk import Question
from app.core.guards import leased
from app.core.journal import told
from app.core.keeper import Keeper, Wiring, Wish
from app.core.places import Place, place_of
from app.core.signing import Signer
from app.domain.arn import account_of, partition_of
from app.domain.configuration import MfaUse
from app.domain.credentials import LongTermKey
from app.domain.errors import BadInput, Denied, Retry, RolecallError
from app.domain.proof import signing_key
from app.domain.schedule import SIGNING_MARGIN
from app.domain.session import Dropped, Session, Stopped
from app.domain.sts_requests import GetSessionToken
from app.domain.values import replace

if TYPE_CHECKING:
    from app.core.identity_secrets import IdentitySecrets
    from app.core.journal import Step
    from app.domain.arn import MfaDevice
    from app.domain.chain import Chain
    from app.domain.configuration import Identity, Profile, Settings
    from app.domain.credentials import Obtained
    from app.domain.proof import Means
    from app.domain.secret import Secret
    from app.domain.sts_answers import CallerIdentity


class IdentityKey(Signer):
    """An identity's long-term key, its secret half from the keyring."""

    def __init__(self, identity: Identity, secrets: IdentitySecrets) -> None:
        self._identity = identity
        self._secrets = secrets

    async def sign(self, wish: Wish, child: Keeper | None = None) -> LongTermKey:  # noqa: ARG002  # the key is the same for every wish
        """The key. Raises BadInput `identity-secret-missing`, or what the keyring raises."""
        name = self._identity.name
        secret = await self._secrets.get(name)
        if secret is None:
            raise BadInput(
                code="identity-secret-missing",
                title=f"The secret access key of “{name}” is not in the keyring",
                detail=f"Key {self._identity.access_key_id} is configured, but its secret half was never stored here.",
                remedy=f"Edit the identity “{name}” and enter it, or run `rolecall identity add {name}`.",
                field="secret",
            )
        return LongTermKey(access_key_id=self._identity.access_key_id, secret_access_key=secret)


class MfaSessionKeeper(Keeper):
    """The MFA session of an identity and a device: GetSessionToken with a code, for all who sign with it."""

    shared_when_signing = True

    def __init__(self, identity: Identity, device: MfaDevice, wiring: Wiring) -> None:
        key = mfa_key(identity, device)
        facts = f"{identity.access_key_id} {device} {identity.mfa_session_duration}"
        place = Place(key=key, fingerprint=hashlib.sha256(facts.encode()).hexdigest()[:16], in_keyring=True)
        signer = IdentityKey(identity, wiring.identity_secrets)
        super().__init__(place, signer, wiring)
        self.identity = identity
        self.region = wiring.settings.region_of(identity.region)
        self.device = str(device)
        self._device = device

    def keeps(self, identity: Identity, settings: Settings) -> bool:
        """Whether it would be the same under these settings."""
        return self.identity == identity and self.region == settings.region_of(identity.region)

    def _codes(self) -> AbstractContextManager[CodeGiver]:
        return self._wiring.codes.opened(self.identity, str(self._device), self._question())

    def _question(self) -> Question:
        return _code_question(self.place.key, self.identity, self._device, self)

    async def _ask(self, signer: Means, code: Secret | None) -> Obtained:
        request = GetSessionToken(
            duration_seconds=self.identity.mfa_session_duration, serial_number=str(self._device), token_code=code
        )
        answer = await self._world.sts.get_session_token(request, signer=signing_key(signer), region=self.region)
        return requests.obtained(answer.credentials, self._world.now(), request_id=answer.request_id)


class ProfileKeeper(Keeper):
    """A profile's session."""

    def __init__(self, chain: Chain, signer: Signer, wiring: Wiring) -> None:
        super().__init__(place_of(chain), signer, wiring)
        self.chain = chain
        self.region = region_of(chain, wiring.settings)

    @property
    def renews_itself(self) -> bool:
        """Whether it may be obtained anew without a person's wish: what is lent may not."""
        held = self.session.obtained
        return self.profile.lease is None and (held is None or held.lease_ends is None)

    def follow(self, chain: Chain) -> None:
        """Go on with settings that leave the session what it is; a lease that is new counts for it."""
        if chain != self.chain:
            # an equal one is kept: what was made of it stays good
            self.chain, self.place = chain, place_of(chain)
            self._lend()

    def _lend(self) -> None:
        held = self.session.obtained
        if held is not None and (lent := leased(held, self.place.lease)) is not held:
            self.session = replace(self.session, obtained=lent)

    def asks(self, *, force: bool = False) -> str:
        """The guarded profile that a person's word is needed for before this one is assumed; empty for none.

        Its own name: it is guarded and does not live; or is lent, and to be obtained anew all the same (`force`). Or
        the nearest guarded one that it starts from, where that would have to be obtained anew to sign.
        """
        held, now = self.session.obtained, self._world.now()
        live = self.session.wanted and held is not None and held.live(now)
        if self.profile.confirm and not (live and (self.renews_itself or not force)):
            return self.profile.name
        margin = self.lead() if self.renews_itself else timedelta(0)
        if not force and held is not None and held.live(now, margin):
            return ""
        return self.guarded_source()

    def guarded_source(self) -> str:
        """The nearest guarded profile that would have to be obtained anew to sign for this one; empty for none."""
        now, signer = self._world.now(), self.signer
        while isinstance(signer, ProfileKeeper):
            held = signer.session.obtained
            if held is not None and held.live(now, SIGNING_MARGIN):
                break
            if signer.profile.confirm:
                return signer.profile.name
            signer = signer.signer
        return ""

    def check_confirmed(self, confirmed: str, *, force: bool = False) -> None:
        """Raise BadInput `confirmation-needed` unless a person may have the session without another word.

        The word is always the name of the profile that was clicked, also where a guarded one only signs for it.
        """
        guard = self.asks(force=force)
        if guard and confirmed != self.profile.name:
            raise guards.confirmation_needed(self.profile.name, guard, confirmed)

    async def obtain(self, wish: Wish, *, wanted: bool = True, child: Keeper | None = None) -> Obtained:
        """See Keeper. Raises BadInput also for a wish that the profile's guards do not let pass."""
        if wish.by_person and wish.profile == self.profile.name:
            self.check_confirmed(wish.confirmed, force=wish.force)
        elif wish.by_person and self.profile.confirm and wish.confirmed != wish.profile:
            raise guards.confirmation_needed(wish.profile, self.profile.name, wish.confirmed)
        if not wish.by_person and not self.renews_itself:
            raise guards.lease_over(self.profile.name)
        return await super().obtain(wish, wanted=wanted, child=child)

    def keeps(self, chain: Chain, settings: Settings) -> bool:
        """Whether it would obtain the same, the same way, under these settings."""
        place = self.place if chain == self.chain else place_of(chain)
        same = self.place == place and self.chain.shares_mfa_session == chain.shares_mfa_session
        same = same and self.region == region_of(chain, settings)
        return same and (self.chain.identity, self.chain.provider) == (chain.identity, chain.provider)

    def inherit(self, old: ProfileKeeper) -> bool:
        """Take over the session of a keeper whose settings changed; it is renewed with the new ones when due.

        Returns False, and takes nothing over, when the old session is of another role, source or AWS profile name.
        """
        new, was = self.profile, old.profile
        if (self.chain.action, new.role_arn, new.source, self.place.aws_profile) != (
            old.chain.action,
            was.role_arn,
            was.source,
            old.place.aws_profile,
        ):
            return False
        self.spread = old.spread
        kept, held = old.session, old.session.obtained
        if held is not None and new.account_pin not in ("", was.account_pin):
            if account_of(held.arn) not in ("", new.account_pin):
                problem = guards.account_pin(new.name, new.account_pin, account_of(held.arn)).problem
                self.session = Session(problem=problem)
                return False
            held = replace(held, confirmed=held.confirmed and bool(held.arn))
        self.session = Session(
            obtained=held,
            wanted=kept.wanted,
            published=kept.published,
            unwritten=kept.unwritten,
            problem=kept.problem if kept.unwritten else None,
        )
        self._lend()
        return True

    @property
    def profile(self) -> Profile:
        """What is configured."""
        return self.chain.profile

    def _note(self, step: Step) -> None:
        if self.place.fingerprint:  # a trial has none
            self._wiring.journal.add(told(self.profile, step, self._world.now()))

    def _codes(self) -> AbstractContextManager[CodeGiver]:
        identity, device = self.chain.identity, self.chain.mfa_device
        if identity is None or device is None or not takes_code_itself(self.chain):
            return super()._codes()
        question = _code_question(f"role {self.place.key}", identity, device, self)
        return self._wiring.codes.opened(identity, str(device), question)

    async def _ask(self, signer: Means, code: Secret | None) -> Obtained:
        name, now = self._world.default_session_name, self._world.now
        try:
            return await requests.send(
                self._world.sts, self.chain, signer, code, region=self.region, session_name=name, now=now
            )
        except RolecallError as error:
            self.signer.explain(error, signer, self.chain)
            raise

    async def _checked(self, obtained: Obtained) -> Obtained:
        """See Keeper: of the account that the profile is pinned to, and lent if it has a lease."""
        if self.profile.account_pin:
            signer = obtained.credentials_or_fail()
            try:
                answer = await self._world.sts.get_caller_identity(signer=signer, region=self.region)
            except RolecallError as error:
                if error.retry is not Retry.NEVER:
                    # what signed for them is good: only to ask about them did not work
                    error.retry = Retry.BACK_OFF
                raise
            self._check_account(answer)
        return leased(obtained, self.place.lease)

    def _check_account(self, answer: CallerIdentity) -> None:
        pin = self.profile.account_pin
        if pin not in ("", answer.account):
            raise guards.account_pin(self.profile.name, pin, answer.account, request_id=answer.request_id)

    async def _confirm(self, obtained: Obtained) -> Obtained:
        answer = await self._world.sts.get_caller_identity(signer=obtained.credentials_or_fail(), region=self.region)
        self._check_account(answer)
        if not _is_of(self.chain, answer.arn):
            wanted = self.profile.role_arn or f"“{self.place.key}”"
            raise Denied(
                code="section-other-role",
                title="The published credentials are somebody else's",
                detail=f"[{self.place.aws_profile}] holds credentials of {answer.arn}, not of {wanted}.",
                remedy="Stop the profile and assume it again.",
            )
        return replace(obtained, confirmed=True, arn=answer.arn)

    async def _disown(self, obtained: Obtained, error: Denied, *, locked: bool) -> None:
        """See Keeper: what is of another account than the pinned one does not stay anywhere."""
        if error.code != guards.ACCOUNT_PIN:
            return
        async with nullcontext() if locked else self._world.locks.hold(f"session {self.place.key}"):
            if self.session.obtained is None or self.session.obtained.access_key_id != obtained.access_key_id:
                return  # another one by now
            await self._shelf.withdraw(frozenset({self.place.key}))
            self.advance(Dropped() if self.session.busy else Stopped(problem=error.problem))


class SharedMfaKeeper(ProfileKeeper):
    """A profile that is its identity's MFA session: the same credentials, published."""

    def __init__(self, chain: Chain, mfa_session: MfaSessionKeeper, wiring: Wiring) -> None:
        super().__init__(chain, mfa_session, wiring)
        self._mfa_session = mfa_session

    def _codes(self) -> AbstractContextManager[CodeGiver]:
        return nullcontext(CodeGiver())

    async def _acquire(self, wish: Wish, attempt: int) -> Obtained:
        held = self._mfa_session.session.obtained
        due = held is not None and self._mfa_session.due(self._world.now())
        stale = wish.force and held is not None and held.issued <= wish.since
        if held is None or stale or due:
            await self._mfa_session.obtain(replace(wish, force=wish.force or due), wanted=False, child=self)
        return await super()._acquire(wish, attempt)

    async def _ask(self, signer: Means, code: Secret | None) -> Obtained:  # noqa: ARG002  # nothing is asked
        held = self._mfa_session.session.obtained
        if held is None:
            message = "the MFA session was signed with a moment ago"
            raise AssertionError(message)
        return await self._mfa_session.confirmed(held)


def mfa_key(identity: Identity, device: MfaDevice) -> str:
    """The name under which an MFA session is shared between processes."""
    return f"mfa:{identity.name}:{device}"


def region_of(chain: Chain, settings: Settings) -> str:
    """The region whose STS is asked for a profile."""
    inherited = [each.region for each in reversed(chain.parents)]
    return settings.region_of(chain.profile.region, *inherited, chain.identity.region if chain.identity else None)


def _is_of(chain: Chain, arn: str) -> bool:
    """Whether the caller that AWS names is what a profile obtains.

    The partition and account of a user are told by its MFA device's ARN alone; without one any will do. An account
    number says nothing without its partition: in another one it is somebody else's.
    """
    profile, identity = chain.profile, chain.identity
    if profile.role_arn is not None:
        role = profile.role_arn
        return arn.startswith(f"arn:{role.partition}:sts::{role.account}:assumed-role/{role.name}/")
    device = str((profile.mfa_device or identity.mfa_device or "") if identity is not None else "")
    if account_of(device) and (partition_of(arn), account_of(arn)) != (partition_of(device), account_of(device)):
        return False
    if profile.federated_user is not None:
        return arn.endswith(f":federated-user/{profile.federated_user}")
    return ":user/" in arn or arn.endswith(":root")


def takes_code_itself(chain: Chain) -> bool:
    """Whether the MFA code goes with the profile's own request, not with a shared MFA session."""
    if chain.mfa_device is None:
        return False
    return chain.profile.mfa is MfaUse.ROLE or (chain.profile.role_arn is None and not chain.shares_mfa_session)


def _code_question(key: str, identity: Identity, device: MfaDevice, keeper: Keeper) -> Question:
    return Question(
        key=key,
        kind="mfa",
        title=f"MFA code for {identity.name}",
        waiting=keeper.waiting,
        owner=keeper.place.key,
        device=str(device),
        identity=identity.name,
    )
