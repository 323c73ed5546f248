"""What lives or waits, and what that depends on, gathered from the keepers for a look ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.keepers import MfaSessionKeeper, ProfileKeeper, SharedMfaKeeper, takes_code_itself
from app.core.views import role_words
from app.domain import foresight
from app.domain import session as sessions
from app.domain.configuration import MfaMethod
from app.domain.foresight import Strand
from app.domain.session import Activity
from app.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.desk import Desk
    from app.core.keeper import Keeper
    from app.core.roster import Roster
    from app.core.sign_ins import ProviderSignIn
    from app.domain.chain import Chain
    from app.domain.configuration import Identity
    from app.domain.deadlines import Deadlines, PersonNeeded
    from app.domain.session import Session

GIVES = {"mfa": "mfa", "command": "command", "browser": "sign-in"}
"""What a person gives, by what a session waits for."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Kept:
    """A strand with what it was made of; it is good until `good_until` (UTC) if nothing of that changes."""

    keeper: Keeper
    chain: Chain | None
    session: Session
    good_until: datetime | None
    strand: Strand


class TimeLine:
    """Looks ahead; what has not changed since the last look is not gathered again."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._made_at: datetime | None = None

    def deadlines(self, roster: Roster, desk: Desk, now: datetime) -> Deadlines:
        """All sessions that live or wait, and what they depend on."""
        return foresight.deadlines(self._strands(roster, now), desk.views(), now)

    def people(self, roster: Roster, now: datetime) -> tuple[PersonNeeded | None, dict[str, datetime]]:
        """The next moment a person is needed; and when for each session that does not renew without one."""
        strands = self._strands(roster, now)
        seen = foresight.Foresight({strand.key: strand for strand in strands}, now)
        return foresight.next_person(strands, (), now, seen), foresight.people(strands, seen, now)

    def _strands(self, roster: Roster, now: datetime) -> list[Strand]:
        """Identities, then providers, as the settings have them; then MFA sessions and profiles that hang on them."""
        shown = {name for name, keeper in roster.profiles.items() if keeper.session.wanted and _shown(keeper, now)}
        shown |= {parent.name for name in shown for parent in roster.profiles[name].chain.parents}
        keepers = [keeper for name, keeper in roster.profiles.items() if name in shown]
        signing = {each.signer for each in keepers}
        every = roster.mfa_sessions.values()
        mfa_sessions = [each for each in every if each in signing or each.session.busy or _lives(each, now)]
        gone_back = self._made_at is not None and now < self._made_at
        before, self._kept, self._made_at = {} if gone_back else self._kept, {}, now
        found = [self._strand(each, before, now) for each in mfa_sessions]
        found += [self._strand(each, before, now) for each in keepers]
        needed = {each.parent for each in found}
        needed |= {f"provider.{name}" for name, sign_in in roster.sign_ins.items() if sign_in.asking}
        identities = roster.configuration.identities.values()
        return [
            *[_identity(each) for each in identities if f"identity.{each.name}" in needed],
            *[_provider(each) for name, each in roster.sign_ins.items() if f"provider.{name}" in needed],
            *found,
        ]

    def _strand(self, keeper: ProfileKeeper | MfaSessionKeeper, before: dict[str, _Kept], now: datetime) -> Strand:
        key, session = keeper.place.key, keeper.session
        chain = keeper.chain if isinstance(keeper, ProfileKeeper) else None
        kept = before.get(key)
        if (
            kept is None
            or kept.keeper is not keeper
            or kept.session is not session
            or kept.chain is not chain
            or (kept.good_until is not None and now >= kept.good_until)
        ):
            made = _profile(keeper, now) if isinstance(keeper, ProfileKeeper) else _mfa_session(keeper, now)
            good_until = min((turn for turn in keeper.turns() if turn > now), default=None)
            kept = _Kept(keeper=keeper, chain=chain, session=session, good_until=good_until, strand=made)
        self._kept[key] = kept
        return kept.strand


def _shown(keeper: ProfileKeeper, now: datetime) -> bool:
    session = keeper.session
    return session.busy or (session.obtained is not None and session.obtained.live(now))


def _lives(keeper: Keeper, now: datetime) -> bool:
    return keeper.session.obtained is not None and keeper.session.obtained.live(now)


def _identity(identity: Identity) -> Strand:
    return Strand(key=f"identity.{identity.name}", name=identity.name, kind="identity")


def _provider(sign_in: ProviderSignIn) -> Strand:
    provider, until = sign_in.provider, sign_in.usable_until
    return Strand(
        key=f"provider.{provider.name}",
        name=provider.name,
        kind=provider.type,
        issued=sign_in.seen if until is not None else None,
        ends=until,
        asks="sign-in" if sign_in.needs_person else "",
        waits_for="sign-in" if sign_in.asking else "",
    )


def _mfa_session(keeper: MfaSessionKeeper, now: datetime) -> Strand:
    session = keeper.session
    held = session.obtained if _lives(keeper, now) else None
    return Strand(
        key=keeper.place.key,
        name="MFA session",
        kind="mfa",
        parent=f"identity.{keeper.identity.name}",
        status=sessions.status(session, keeper.lead(), now),
        issued=held.issued if held is not None else None,
        ends=held.ends if held is not None else None,
        asks="mfa" if keeper.identity.mfa is MfaMethod.ASK else "",
        waits_for=_waits_for(session),
        since=session.since,
    )


def _profile(keeper: ProfileKeeper, now: datetime) -> Strand:
    session, profile = keeper.session, keeper.profile
    held = session.obtained if _lives(keeper, now) else None
    return Strand(
        key=f"profile.{profile.name}",
        name=profile.name,
        kind="role",
        parent=_parent(keeper),
        words=role_words(profile),
        status=sessions.status(session, keeper.lead(), now) if session.wanted else None,
        issued=held.issued if held is not None else None,
        ends=held.ends if held is not None else None,
        renews=_renews(keeper, now),
        asks="mfa" if _asks(keeper) else "",
        waits_for=_waits_for(session),
        since=session.since,
        on_demand=keeper.renews_itself,
        leased=not keeper.renews_itself,
        counts=session.wanted,
    )


def _parent(keeper: ProfileKeeper) -> str:
    chain = keeper.chain
    if isinstance(keeper.signer, MfaSessionKeeper):
        return keeper.signer.place.key
    return str(chain.profile.source)


def _asks(keeper: ProfileKeeper) -> bool:
    """Whether each new session of the profile itself takes a code that a person types."""
    identity = keeper.chain.identity
    takes = isinstance(keeper, SharedMfaKeeper) or takes_code_itself(keeper.chain)
    return takes and identity is not None and identity.mfa is MfaMethod.ASK


def _renews(keeper: ProfileKeeper, now: datetime) -> datetime | None:
    """When a session is renewed by itself, or its failed renewal tried again; None for never."""
    session = keeper.session
    held = session.obtained
    if held is None or not held.live(now) or not (session.wanted and keeper.profile.refresh and keeper.renews_itself):
        return None
    if session.activity is Activity.BACKING_OFF:
        return session.retry_at
    given_up = session.declined or (session.problem is not None and not session.busy)
    return None if given_up or not held.confirmed else held.ends - keeper.lead()


def _waits_for(session: sessions.Session) -> str:
    return GIVES.get(sessions.WAITS_FOR.get(session.activity, ""), "")
