"""The rows of the list, each made again only when something it shows has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core import views
from app.core.keepers import MfaSessionKeeper
from app.core.sign_ins import ProviderSignIn
from app.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from app.core.keeper import Keeper
    from app.core.keepers import ProfileKeeper
    from app.core.roster import Roster
    from app.domain.chain import Chain
    from app.domain.configuration import Configuration
    from app.domain.session import Session
    from app.domain.view import SessionView


@dataclass(slots=True, kw_only=True, eq=False)
class _Kept:
    """A row with what it was made of; it is good until `good_until` (UTC) if nothing of that changes.

    `others` are what it shows of the sessions it depends on. `alone`: nothing but its own session can change it.
    """

    keeper: ProfileKeeper
    chain: Chain
    session: Session
    others: tuple[tuple[Keeper, Session], ...]
    alone: bool
    provider: str
    until: datetime | None
    good_until: datetime | None
    view: SessionView


class Rows:
    """Makes the rows. What did not change is told by identity: sessions are replaced as a whole, never edited."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._made_at: datetime | None = None
        self._refused: tuple[SessionView, ...] = ()
        self._refused_of: Configuration | None = None

    def views(self, roster: Roster, now: datetime) -> tuple[SessionView, ...]:
        """One for each profile, also for those that were refused, in the order of the settings."""
        if self._refused_of is not roster.configuration:
            self._refused_of = roster.configuration
            self._refused = tuple(views.refused_view(each) for each in views.refused_profiles(roster.configuration))
            self._kept = {name: kept for name, kept in self._kept.items() if name in roster.profiles}
        if self._made_at is not None and now < self._made_at:
            self._kept = {}  # the clock was wrong, or is now: what was over may live again
        self._made_at = now
        until = {name: sign_in.usable_until for name, sign_in in roster.sign_ins.items()}
        kept = self._kept
        rows = []
        for name, keeper in roster.profiles.items():
            known = kept.get(name)
            # Spelled out, for most of a thousand rows have nothing to tell
            if (
                known is None
                or known.session is not keeper.session
                or known.chain is not keeper.chain
                or known.keeper is not keeper
                or not (known.alone or _is_good(known, until, now))
            ):
                known = kept[name] = _made(keeper, roster, now, known)
            rows.append(known.view)
        return (*rows, *self._refused)


def _is_good(kept: _Kept, until: dict[str, datetime | None], now: datetime) -> bool:
    if kept.good_until is not None and now >= kept.good_until:
        return False
    for other, session in kept.others:
        if other.session is not session:
            return False
    return not kept.provider or kept.until == until.get(kept.provider)


def _made(keeper: ProfileKeeper, roster: Roster, now: datetime, before: _Kept | None) -> _Kept:
    parents = [roster.profiles[parent.name] for parent in keeper.chain.parents]
    signer = (parents[0] if parents else keeper).signer
    others: list[Keeper] = [*parents]
    if isinstance(signer, MfaSessionKeeper):
        others.append(signer)
    provider = signer if isinstance(signer, ProviderSignIn) else None
    view = views.session_view(keeper, roster, now)
    if before is not None and before.view == view:
        view = before.view  # the same object: who compares rows is done at once
    good_until = min((turn for each in (keeper, *others) for turn in each.turns() if turn > now), default=None)
    return _Kept(
        keeper=keeper,
        chain=keeper.chain,
        session=keeper.session,
        others=tuple((each, each.session) for each in others),
        alone=not others and provider is None and good_until is None,
        provider=provider.provider.name if provider is not None else "",
        until=provider.usable_until if provider is not None else None,
        good_until=good_until,
        view=view,
    )
